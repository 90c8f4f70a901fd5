//! Reading the chain: its JSON-RPC methods where it has one for the question, its state where not.

use super::{AccountId, At, Chain, Refusal, U_ID, rpc_params};
use anyhow::{Context, Result};
use codec::Decode;
use futures::{StreamExt, TryStreamExt, stream};
use heirloom_primitives::{
	AssetId, AssetView, Descendant, MicroU, Moment, Page, Period, PeriodReport, Progress, StatementLine,
	StatementView,
};
use serde::Serialize;
use std::{fmt, str::FromStr};
use subxt::{
	dynamic::{constant as constant_address, storage},
	ext::{frame_decode::storage::IntoEncodableValues, scale_value::Value},
};

/// Questions under way at once.
const AT_ONCE: usize = 64;

/// An asset as a person names it: by its number or its handle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AssetRef {
	/// Its number.
	Id(AssetId),
	/// Its handle.
	Handle(String),
}

impl FromStr for AssetRef {
	type Err = std::convert::Infallible;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		// No number is written `0012` or `+12`, so that this is a handle.
		let id = text.parse().ok().filter(|id: &AssetId| id.to_string() == text);
		Ok(id.map_or_else(|| Self::Handle(text.into()), Self::Id))
	}
}

impl fmt::Display for AssetRef {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Id(id) => write!(f, "{id}"),
			Self::Handle(handle) => f.write_str(handle),
		}
	}
}

impl Chain {
	/// Everything about an asset. A number that no asset has can be the handle of one.
	pub async fn asset(&self, asset: &AssetRef) -> Result<AssetView<AccountId>> {
		let found = self.request("lineage_asset", rpc_params![asset]).await;
		match (asset, found) {
			(AssetRef::Id(id), Err(unknown))
				if Refusal::of(&unknown).is_some_and(Refusal::is_of_unknown_asset) =>
			{
				let handle = AssetRef::Handle(id.to_string());
				self.request("lineage_asset", rpc_params![handle]).await.map_err(|_| unknown)
			}
			(_, found) => found,
		}
	}

	/// All transitive ancestors of an asset, ascending.
	pub async fn ancestors(&self, asset: AssetId) -> Result<Vec<AssetId>> {
		self.request("lineage_ancestors", rpc_params![asset]).await
	}

	/// A page of an asset's descendants, depth first.
	pub async fn descendants(&self, asset: AssetId, after: Option<AssetId>) -> Result<Page<Descendant>> {
		self.request("lineage_descendants", rpc_params![asset, after, 1_000]).await
	}

	/// An asset's statement of a settled month; none where it was due nothing.
	pub async fn statement(
		&self,
		asset: &AssetRef,
		period: Period,
	) -> Result<Option<StatementView<AccountId>>> {
		self.request("royalty_statement", rpc_params![asset, period]).await
	}

	/// All lines of a statement's share.
	pub async fn statement_lines(&self, asset: AssetId, period: Period) -> Result<Vec<StatementLine>> {
		let (mut lines, mut from) = (Vec::new(), Some(0));
		while let Some(first) = from {
			let page: Page<StatementLine> =
				self.request("royalty_statementLines", rpc_params![asset, period, first, 1_000]).await?;
			lines.extend(page.items);
			from = page.next;
		}
		Ok(lines)
	}

	/// A settled month's report.
	pub async fn report(&self, period: Period) -> Result<PeriodReport> {
		self.request("royalty_period", rpc_params![period]).await
	}

	/// Where the settlement stands.
	pub async fn progress(&self) -> Result<Progress> {
		self.request("royalty_progress", rpc_params![]).await
	}
}

/// What an account has in U, at a block: free and held.
pub async fn balance_u(at: &At, account: &AccountId) -> Result<MicroU> {
	// The balance is the first field of an account.
	let free = fetch(at, "Assets", "Account", (U_ID, account.0)).await?;
	let held = fetch(at, "AssetsHolder", "BalancesOnHold", (U_ID, account.0)).await?;
	let mut balance: MicroU = 0;
	for bytes in [free, held].into_iter().flatten() {
		balance += MicroU::decode(&mut &bytes[..]).context("a balance in U")?;
	}
	Ok(balance)
}

/// The present time of the chain.
pub async fn now(at: &At) -> Result<Moment> {
	let bytes = fetch(at, "Timestamp", "Now", ()).await?;
	bytes.map_or(Ok(0), |bytes| Moment::decode(&mut &bytes[..]).context("the chain's time"))
}

/// A constant of a pallet, in its encoding.
pub fn constant<Value: Decode>(at: &At, pallet: &str, name: &str) -> Result<Value> {
	let address = constant_address::<subxt::utils::Static<Value>>(pallet, name);
	let value = at.constants().entry(address).with_context(|| format!("the constant {pallet}.{name}"))?;
	Ok(value.0)
}

/// What an account has in LOOM, in planck, at a block: free and held.
pub async fn balance_loom(at: &At, account: &AccountId) -> Result<u128> {
	type AccountInfo = ((u32, u32, u32, u32), (u128, u128));
	let bytes = fetch(at, "System", "Account", (account.0,)).await?;
	let Some(bytes) = bytes else { return Ok(0) };
	let (_, (free, reserved)) = AccountInfo::decode(&mut &bytes[..]).context("a balance in LOOM")?;
	Ok(free + reserved)
}

/// The bytes of a storage value; none where it is not set.
pub async fn fetch<Keys: IntoEncodableValues + subxt::ext::frame_decode::storage::IntoDecodableValues>(
	at: &At,
	pallet: &str,
	entry: &str,
	keys: Keys,
) -> Result<Option<Vec<u8>>> {
	let value = at
		.storage()
		.try_fetch(storage::<Keys, Value>(pallet, entry), keys)
		.await
		.with_context(|| format!("{pallet}.{entry} cannot be read"))?;
	Ok(value.map(subxt::storage::StorageValue::into_bytes))
}

/// Asks the same of many, several at once, and keeps their order.
pub async fn for_each<Item, Answer, Asking>(
	items: impl IntoIterator<Item = Item>,
	ask: impl FnMut(Item) -> Asking,
) -> Result<Vec<Answer>>
where
	Asking: Future<Output = Result<Answer>>,
{
	stream::iter(items).map(ask).buffered(AT_ONCE).try_collect().await
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn digits_are_a_number_and_all_else_a_handle() {
		let read = |text: &str| text.parse::<AssetRef>().unwrap();
		assert_eq!(read("17"), AssetRef::Id(17));
		assert_eq!(read("017"), AssetRef::Handle("017".into()));
		assert_eq!(read("CT-2025-0312"), AssetRef::Handle("CT-2025-0312".into()));
		assert_eq!(serde_json::to_string(&read("17")).unwrap(), "17");
	}
}
