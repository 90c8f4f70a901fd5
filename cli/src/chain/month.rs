//! What a settled month was settled from, read from the chain's state.

use super::{At, Chain};
use anyhow::{Context, Result, bail};
use codec::{Compact, Decode};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, AssetId, Kind, MicroU, Parent, Period, PeriodReport, Units,
};
use heirloom_scenario::model;
use std::collections::BTreeMap;
use subxt::{
	dynamic::storage,
	ext::{
		frame_decode::storage::{IntoDecodableValues, IntoEncodableValues},
		scale_value::Value,
	},
	storage::PrefixOf,
};

/// A month's inputs, and the pots that the chain made of them.
pub struct Recorded {
	/// The inputs, assets by their ids.
	pub month: model::Month,
	/// The pots, by id.
	pub pots: BTreeMap<usize, MicroU>,
}

/// What an asset took in, as the chain stores it.
#[derive(Decode)]
struct Booking {
	#[codec(compact)]
	units: Units,
	#[codec(compact)]
	gross: MicroU,
	#[codec(compact)]
	reported: MicroU,
	#[codec(compact)]
	pot: MicroU,
}

/// Reads a settled month. Facts and carried amounts are those before its settlement began; bookings stay as they are.
pub async fn read(chain: &Chain, period: Period, report: &PeriodReport) -> Result<Recorded> {
	let now = chain.finalized().await?;
	let block = (report.closed_in.saturating_sub(1)).max(last_report_before(&now, period).await?);
	let then = chain.at(chain.block_hash(block).await?).await?;
	let mut month = model::Month {
		period: period.0,
		assets: assets(&then, report.assets).await.with_context(|| {
			format!(
				"the state of block {block} cannot be read (does the node run with --state-pruning archive?)"
			)
		})?,
		..model::Month::default()
	};
	for (page, bytes) in
		pages::<(u32,), _>(&then, "CarryPages", ()).await?.into_iter().map(|((page,), b)| (page, b))
	{
		for (slot, Compact(amount)) in Vec::<(u8, Compact<MicroU>)>::decode(&mut &bytes[..])? {
			if let Some(asset) = month.assets.get_mut(position(page, slot)?) {
				asset.carried_in = amount;
			}
		}
	}
	let mut pots = BTreeMap::new();
	for ((_, page), bytes) in pages::<(u32, u32), _>(&now, "BookingPages", (period.0,)).await? {
		for (slot, booking) in Vec::<(u8, Booking)>::decode(&mut &bytes[..])? {
			let asset = position(page, slot)?;
			// Whether a caller was the owner was decided when it called: only units that count are booked.
			let Booking { units, gross: fee, reported: amount, pot } = booking;
			month.calls.push(model::Call { asset, fee, units, own: false });
			month.revenue.push(model::Revenue { asset, amount });
			if pot > 0 {
				pots.insert(asset, pot);
			}
		}
	}
	Ok(Recorded { month, pots })
}

/// The block of the report before a month's; 0 where it was the first.
async fn last_report_before(at: &At, period: Period) -> Result<u32> {
	let mut last = 0;
	for ((earlier,), bytes) in pages::<(u32,), _>(at, "Reports", ()).await? {
		if earlier < period.0 {
			last = last.max(PeriodReport::decode(&mut &bytes[..]).context("a report")?.reported_in);
		}
	}
	Ok(last)
}

/// The assets that existed at a close, with their parents.
async fn assets(at: &At, count: u32) -> Result<Vec<model::Asset>> {
	let mut facts = BTreeMap::new();
	for ((page,), bytes) in entries::<(u32,), _>(at, "Lineage", "FactPages", ()).await? {
		facts.insert(page, Vec::<AssetFacts>::decode(&mut &bytes[..]).context("a page of facts")?);
	}
	let facts = facts.into_values().flatten().take(count as usize);
	let mut assets: Vec<_> = facts.map(|facts| asset(&facts)).collect();
	if assets.len() != count as usize {
		bail!("the chain has facts of {} assets, and {count} took part", assets.len());
	}
	for ((child,), bytes) in entries::<(AssetId,), _>(at, "Lineage", "Parents", ()).await? {
		let parents = Vec::<Parent>::decode(&mut &bytes[..]).context("a list of parents")?;
		if let Some(asset) = assets.get_mut(child as usize) {
			asset.parents = parents.iter().map(|parent| parent.asset as usize).collect();
		}
	}
	Ok(assets)
}

fn asset(facts: &AssetFacts) -> model::Asset {
	model::Asset {
		kind: match facts.kind {
			Kind::Data => model::Kind::Data,
			Kind::Model => model::Kind::Model,
			Kind::Script => model::Kind::Script,
		},
		minted: facts.minted.0,
		active: facts.active,
		share_rate: facts.share_rate.map(u32::from),
		quality: facts
			.quality
			.map(|quality| model::Quality { bps: u32::from(quality.bps), attested: quality.attested }),
		impact: u32::from(facts.impact),
		parents: Vec::new(),
		carried_in: 0,
	}
}

/// The asset at a position of a page.
fn position(page: u32, slot: u8) -> Result<usize> {
	let first = page.checked_mul(ASSETS_PER_PAGE).context("a page beyond all assets")?;
	Ok(first as usize + usize::from(slot))
}

async fn pages<Keys, Prefix>(at: &At, entry: &str, prefix: Prefix) -> Result<Vec<(Keys, Vec<u8>)>>
where
	Keys: IntoEncodableValues + IntoDecodableValues,
	Prefix: PrefixOf<Keys>,
{
	entries(at, "Royalty", entry, prefix).await
}

/// All entries of a map below a prefix of its keys, with the bytes of their values.
async fn entries<Keys, Prefix>(
	at: &At,
	pallet: &str,
	entry: &str,
	prefix: Prefix,
) -> Result<Vec<(Keys, Vec<u8>)>>
where
	Keys: IntoEncodableValues + IntoDecodableValues,
	Prefix: PrefixOf<Keys>,
{
	let reading = || format!("{pallet}.{entry} cannot be read");
	let address = storage::<Keys, Value>(pallet, entry);
	let mut found = at.storage().iter(address, prefix).await.with_context(reading)?;
	let mut entries = Vec::new();
	while let Some(item) = found.next().await {
		let item = item.with_context(reading)?;
		entries.push((item.key()?.decode()?, item.value().bytes().to_vec()));
	}
	Ok(entries)
}
