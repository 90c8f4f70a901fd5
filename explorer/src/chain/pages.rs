//! State at a block, where no event says it: records of assets, and the pages that a settlement left.

use super::{
	At, Chain, Error, Result,
	decode::{
		royalty::Rule,
		values::{AssetRecord, Domain},
	},
};
use codec::Decode;
use futures::{Stream, StreamExt, TryStreamExt};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetId, FormulaVersion, PAYEES_PER_PAGE, Parent, PayeeIndex, Period, Schedule,
};
use scale_decode::DecodeAsType;
use subxt::{
	dynamic::storage,
	ext::{
		frame_decode::storage::{IntoDecodableValues, IntoEncodableValues},
		scale_value::Value,
	},
	storage::PrefixOf,
	utils::AccountId32,
};

/// The record of an asset.
pub async fn record(chain: &Chain, at: &At, asset: u32) -> Result<(u32, AssetRecord)> {
	let address = storage::<(u32,), AssetRecord>("Lineage", "Assets");
	let value = at.storage().fetch(address, (asset,)).await;
	let value = value.map_err(|error| chain.state_error(at.block_number(), &error))?;
	let record = value.decode().map_err(|error| Error::unreadable(format!("asset {asset}"), error))?;
	Ok((asset, record))
}

/// The validators whose turn it is to make blocks on a state; none where the chain has no list.
pub async fn validators(chain: &Chain, at: &At) -> Result<Vec<AccountId32>> {
	let found = optional::<(), Vec<AccountId32>>(chain, at, "Session", "Validators", ()).await?;
	Ok(found.unwrap_or_default())
}

/// When periods end, and the chain's first moment, once it has one.
pub async fn schedule(chain: &Chain, at: &At) -> Result<(Schedule, Option<u64>)> {
	let schedule = bytes_of(chain, at, "Royalty", "PeriodSchedule", ()).await?;
	let schedule = schedule.map(|bytes| Schedule::decode(&mut &bytes[..])).transpose();
	let schedule = schedule.map_err(|error| Error::unreadable("the schedule of periods", error))?;
	let start = optional::<(), u64>(chain, at, "Royalty", "Start", ()).await?;
	Ok((schedule.unwrap_or_default(), start))
}

/// The rule of a period that is not closed yet; the first one where the chain states none.
pub async fn formula(chain: &Chain, at: &At, period: Period) -> Result<FormulaVersion> {
	let rule = optional::<(), Rule>(chain, at, "Royalty", "CurrentRule", ()).await?;
	Ok(rule.map(|rule| rule.of(period.0).into()).unwrap_or_default())
}

/// All assets of a state with their parents, as they come.
pub async fn assets<'a>(
	chain: &'a Chain,
	at: &'a At,
) -> Result<impl Stream<Item = Result<(u32, AssetRecord)>> + 'a> {
	let entries = iterate::<(u32,), AssetRecord, _>(chain, at, "Lineage", "Assets", ()).await?;
	Ok(entries.map_ok(|((asset,), record)| (asset, record)))
}

/// The parents of all assets that have some, as they come.
pub async fn parents<'a>(
	chain: &'a Chain,
	at: &'a At,
) -> Result<impl Stream<Item = Result<(u32, Vec<Parent>)>> + 'a> {
	let entries = raw::<(u32,), _>(chain, at, "Lineage", "Parents", ()).await?;
	Ok(entries.map(|entry| {
		let ((child,), bytes) = entry?;
		Ok((child, decoded::<Vec<Parent>>("a list of parents", &bytes)?))
	}))
}

/// The assets that are used inside sandboxes only, as they come, with 0 where the owner chose so and 1 for medical data.
pub async fn sandboxed<'a>(
	chain: &'a Chain,
	at: &'a At,
) -> Result<impl Stream<Item = Result<(u32, u8)>> + 'a> {
	let entries = raw::<(u32,), _>(chain, at, "SandboxAccess", "SandboxedAssets", ()).await?;
	Ok(entries.map(|entry| {
		let ((asset,), bytes) = entry?;
		Ok((asset, decoded::<u8>("a mode", &bytes)?))
	}))
}

/// The list of domains.
pub async fn domains(chain: &Chain, at: &At) -> Result<Vec<(u16, Domain)>> {
	let entries = iterate::<(u16,), Domain, _>(chain, at, "Lineage", "Domains", ()).await?;
	entries.map_ok(|((id,), domain)| (id, domain)).try_collect().await
}

/// What a map of pages of a period holds, asset by asset, page by page as they come.
pub async fn sparse<'a, Entry: Decode + 'a>(
	chain: &'a Chain,
	at: &'a At,
	entry: &'static str,
	period: Period,
) -> Result<impl Stream<Item = Result<Vec<(AssetId, Entry)>>> + 'a> {
	let pages = raw::<(u32, u32), _>(chain, at, "Royalty", entry, (period.0,)).await?;
	Ok(pages.map(move |page| {
		let ((_, page), bytes) = page?;
		let first = page
			.checked_mul(ASSETS_PER_PAGE)
			.ok_or_else(|| Error::unreadable(entry, "a page beyond all assets"))?;
		let values = decoded::<Vec<(u8, Entry)>>(entry, &bytes)?;
		Ok(values.into_iter().map(|(slot, value)| (first + u32::from(slot), value)).collect())
	}))
}

/// What a map of full pages holds, with the first asset of each page.
pub async fn dense<'a, Entry: Decode + 'a>(
	chain: &'a Chain,
	at: &'a At,
	entry: &'static str,
	period: Period,
) -> Result<impl Stream<Item = Result<(AssetId, Vec<Entry>)>> + 'a> {
	let pages = raw::<(u32, u32), _>(chain, at, "Royalty", entry, (period.0,)).await?;
	Ok(pages.map(move |page| {
		let ((_, page), bytes) = page?;
		let first = page
			.checked_mul(ASSETS_PER_PAGE)
			.ok_or_else(|| Error::unreadable(entry, "a page beyond all assets"))?;
		Ok((first, decoded(entry, &bytes)?))
	}))
}

/// The packed ancestors of all assets: pages with the first asset of each, and the sets that stand apart.
pub async fn ancestor_pages<'a>(
	chain: &'a Chain,
	at: &'a At,
) -> Result<impl Stream<Item = Result<(AssetId, heirloom_primitives::packed::PackedSets)>> + 'a> {
	let pages = raw::<(u32,), _>(chain, at, "Lineage", "AncestorPages", ()).await?;
	Ok(pages.map(|page| {
		let ((page,), bytes) = page?;
		Ok((page.saturating_mul(ASSETS_PER_PAGE), decoded("a page of ancestors", &bytes)?))
	}))
}

/// The packed ancestors that are too many for a page.
pub async fn ancestor_sets<'a>(
	chain: &'a Chain,
	at: &'a At,
) -> Result<impl Stream<Item = Result<(AssetId, Vec<u8>)>> + 'a> {
	let sets = raw::<(u32,), _>(chain, at, "Lineage", "AncestorSets", ()).await?;
	Ok(sets.map(|set| {
		let ((asset,), bytes) = set?;
		Ok((asset, decoded("a set of ancestors", &bytes)?))
	}))
}

/// The accounts that assets pay, with their indices.
pub async fn payees<'a>(
	chain: &'a Chain,
	at: &'a At,
) -> Result<impl Stream<Item = Result<Vec<(PayeeIndex, AccountId32)>>> + 'a> {
	let pages = raw::<(u32,), _>(chain, at, "Lineage", "PayeeAccounts", ()).await?;
	Ok(pages.map(|page| {
		let ((page,), bytes) = page?;
		let accounts = decoded::<Vec<[u8; 32]>>("a page of payees", &bytes)?;
		let first = page.wrapping_mul(PAYEES_PER_PAGE);
		Ok((first..).zip(accounts).map(|(index, account)| (index, AccountId32(account))).collect())
	}))
}

fn decoded<Entry: Decode>(what: &str, bytes: &[u8]) -> Result<Entry> {
	Entry::decode(&mut &bytes[..]).map_err(|error| Error::unreadable(what, error))
}

/// What state has in one place; none where nothing is there.
pub(super) async fn optional<Keys, Entry>(
	chain: &Chain,
	at: &At,
	pallet: &str,
	entry: &str,
	keys: Keys,
) -> Result<Option<Entry>>
where
	Keys: IntoEncodableValues + IntoDecodableValues,
	Entry: DecodeAsType,
{
	let value = at.storage().try_fetch(storage::<Keys, Entry>(pallet, entry), keys).await;
	let value = value.map_err(|error| chain.state_error(at.block_number(), &error))?;
	let decoded = value.map(|value| value.decode()).transpose();
	decoded.map_err(|error| Error::unreadable(format!("{pallet}.{entry}"), error))
}

async fn bytes_of<Keys: IntoEncodableValues + IntoDecodableValues>(
	chain: &Chain,
	at: &At,
	pallet: &str,
	entry: &str,
	keys: Keys,
) -> Result<Option<Vec<u8>>> {
	let value = at.storage().try_fetch(storage::<Keys, Value>(pallet, entry), keys).await;
	let value = value.map_err(|error| chain.state_error(at.block_number(), &error))?;
	Ok(value.map(|value| value.into_bytes()))
}

async fn iterate<'a, Keys, Entry, Prefix>(
	chain: &'a Chain,
	at: &'a At,
	pallet: &'static str,
	entry: &'static str,
	prefix: Prefix,
) -> Result<impl Stream<Item = Result<(Keys, Entry)>> + 'a>
where
	Keys: IntoEncodableValues + IntoDecodableValues + 'a,
	Entry: DecodeAsType + 'a,
	Prefix: PrefixOf<Keys>,
{
	let unreadable = move |error: String| Error::unreadable(format!("{pallet}.{entry}"), error);
	let entries = at.storage().iter(storage::<Keys, Entry>(pallet, entry), prefix).await;
	let entries = entries.map_err(|error| chain.state_error(at.block_number(), &error))?;
	Ok(entries.map(move |item| {
		let item = item.map_err(|error| chain.state_error(at.block_number(), &error))?;
		let key = item.key().map_err(|error| unreadable(error.to_string()))?;
		let key = key.decode().map_err(|error| unreadable(error.to_string()))?;
		let value = item.value().decode().map_err(|error| unreadable(error.to_string()))?;
		Ok((key, value))
	}))
}

async fn raw<'a, Keys, Prefix>(
	chain: &'a Chain,
	at: &'a At,
	pallet: &'static str,
	entry: &'static str,
	prefix: Prefix,
) -> Result<impl Stream<Item = Result<(Keys, Vec<u8>)>> + 'a>
where
	Keys: IntoEncodableValues + IntoDecodableValues + 'a,
	Prefix: PrefixOf<Keys>,
{
	let unreadable = move |error: String| Error::unreadable(format!("{pallet}.{entry}"), error);
	let entries = at.storage().iter(storage::<Keys, Value>(pallet, entry), prefix).await;
	let entries = entries.map_err(|error| chain.state_error(at.block_number(), &error))?;
	Ok(entries.map(move |item| {
		let item = item.map_err(|error| chain.state_error(at.block_number(), &error))?;
		let key = item.key().map_err(|error| unreadable(error.to_string()))?;
		let key = key.decode().map_err(|error| unreadable(error.to_string()))?;
		Ok((key, item.value().bytes().to_vec()))
	}))
}
