//! Reading the chain's state. Every function is given the block it reads: what an operator acts on must be final.

use crate::{
	AccountId, At,
	types::{
		AssetId, AssetRecord, Challenge, Mode, Moment, OperatorRecord, PermitId, PermitRecord, PermitStatus,
		PolicyRecord,
	},
};
use anyhow::{Context, Result};
use subxt::{
	dynamic::storage,
	ext::{
		frame_decode::storage::{IntoDecodableValues, IntoEncodableValues},
		scale_decode::DecodeAsType,
		scale_value::Value,
	},
};

/// The collection whose items the assets are.
const COLLECTION: u32 = 0;

/// An operator; none where the account is not one.
///
/// # Errors
/// The node does not answer, or its chain has no sandbox.
pub async fn operator(at: &At, account: &AccountId) -> Result<Option<OperatorRecord>> {
	fetch(at, "SandboxAccess", "Operators", (account.0,)).await
}

/// A permit; none where there is none of this number, or it was pruned.
///
/// # Errors
/// As [`operator`].
pub async fn permit(at: &At, permit: PermitId) -> Result<Option<PermitRecord>> {
	fetch(at, "SandboxAccess", "Permits", (permit,)).await
}

/// All permits that wait for owners' approval, ascending.
///
/// # Errors
/// As [`operator`].
pub async fn requested_permits(at: &At) -> Result<Vec<(PermitId, PermitRecord)>> {
	let address = storage::<(PermitId,), Value>("SandboxAccess", "Permits");
	let mut entries = at.storage().iter(address, ()).await.context("the permits")?;
	let mut permits = Vec::new();
	while let Some(entry) = entries.next().await {
		let entry = entry.context("the permits")?;
		let (permit,) = entry.key()?.decode()?;
		let record: PermitRecord = entry.value().decode_as().context("a permit")?;
		if record.status == PermitStatus::Requested {
			permits.push((permit, record));
		}
	}
	permits.sort_unstable_by_key(|(permit, _)| *permit);
	Ok(permits)
}

/// The numbers of an operator's permits that have not ended, ascending.
///
/// # Errors
/// As [`operator`].
pub async fn open_permits(at: &At, operator: &AccountId) -> Result<Vec<PermitId>> {
	listed(at, "OpenPermits", operator).await
}

/// The permits whose challenges an operator is to answer, ascending.
///
/// # Errors
/// As [`operator`].
pub async fn open_challenges(at: &At, second: &AccountId) -> Result<Vec<PermitId>> {
	listed(at, "OpenChallenges", second).await
}

/// The challenge of a permit; none where nobody doubts it.
///
/// # Errors
/// As [`operator`].
pub async fn challenge(at: &At, permit: PermitId) -> Result<Option<Challenge>> {
	fetch(at, "SandboxAccess", "Challenges", (permit,)).await
}

/// The permits that a list by operator has under one, ascending.
async fn listed(at: &At, list: &str, operator: &AccountId) -> Result<Vec<PermitId>> {
	let unreadable = || format!("SandboxAccess.{list} cannot be read");
	let address = storage::<([u8; 32], PermitId), Value>("SandboxAccess", list);
	let mut entries = at.storage().iter(address, (operator.0,)).await.with_context(unreadable)?;
	let mut permits = Vec::new();
	while let Some(entry) = entries.next().await {
		let (_, permit) = entry.with_context(unreadable)?.key()?.decode()?;
		permits.push(permit);
	}
	permits.sort_unstable();
	Ok(permits)
}

/// What an asset's owner allows; none where nothing was ever said. Void where `set_by` is not [`owner`].
///
/// # Errors
/// As [`operator`].
pub async fn policy(at: &At, asset: AssetId) -> Result<Option<PolicyRecord>> {
	fetch(at, "SandboxAccess", "Policies", (asset,)).await
}

/// Why an asset is sandboxed; none where it is not.
///
/// # Errors
/// As [`operator`].
pub async fn mode(at: &At, asset: AssetId) -> Result<Option<Mode>> {
	fetch(at, "SandboxAccess", "SandboxedAssets", (asset,)).await
}

/// An asset; none where there is none of this number.
///
/// # Errors
/// As [`operator`].
pub async fn asset(at: &At, asset: AssetId) -> Result<Option<AssetRecord>> {
	fetch(at, "Lineage", "Assets", (asset,)).await
}

/// Who owns an asset; none where there is none.
///
/// # Errors
/// As [`operator`].
pub async fn owner(at: &At, asset: AssetId) -> Result<Option<AccountId>> {
	#[derive(DecodeAsType)]
	#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
	struct Item {
		owner: AccountId,
	}
	let item: Option<Item> = fetch(at, "Nfts", "Item", (COLLECTION, asset)).await?;
	Ok(item.map(|item| item.owner))
}

/// The chain's time, in milliseconds since the Unix epoch.
///
/// # Errors
/// As [`operator`].
pub async fn now(at: &At) -> Result<Moment> {
	Ok(fetch(at, "Timestamp", "Now", ()).await?.unwrap_or_default())
}

/// What an account can spend of U, in micro-U.
///
/// # Errors
/// As [`operator`].
pub async fn free_u(at: &At, account: &AccountId) -> Result<u128> {
	#[derive(DecodeAsType)]
	#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
	struct Account {
		balance: u128,
	}
	let account: Option<Account> = fetch(at, "Assets", "Account", (crate::U_ID, account.0)).await?;
	Ok(account.map_or(0, |account| account.balance))
}

/// A storage value; none where it is not set.
async fn fetch<Stored: DecodeAsType, Keys: IntoEncodableValues + IntoDecodableValues>(
	at: &At,
	pallet: &str,
	entry: &str,
	keys: Keys,
) -> Result<Option<Stored>> {
	let unreadable = || format!("{pallet}.{entry} cannot be read");
	let stored =
		at.storage().try_fetch(storage::<Keys, Value>(pallet, entry), keys).await.with_context(unreadable)?;
	stored.map(|stored| stored.decode_as()).transpose().with_context(unreadable)
}
