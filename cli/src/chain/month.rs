//! What a settled month was settled from, read from the chain's state.

use super::{At, Chain};
use anyhow::{Context, Result, bail};
use codec::Decode;
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, AssetId, Bps, CENT, Kind, MicroU, Parent, Period, PeriodReport, Statement,
	Units, format_u_exact,
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

/// An asset as it stood at the close, as the chain keeps it with the month's detail.
#[derive(Decode)]
struct Weighed {
	_weight: Bps,
	_rank: Bps,
	facts: AssetFacts,
}

/// Reads a settled month, while the chain keeps its detail.
pub async fn read(chain: &Chain, period: Period, report: &PeriodReport) -> Result<Recorded> {
	let now = chain.finalized().await?;
	let mut month = model::Month {
		period: period.0,
		assets: assets(&now, period, report.assets).await?,
		..model::Month::default()
	};
	carry_in(&now, period, &mut month.assets).await?;
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

/// Writes down what each asset carried into a period: what its statement before it carried out, or less by the whole
/// cents that were claimed in between.
async fn carry_in(now: &At, period: Period, assets: &mut [model::Asset]) -> Result<()> {
	let mut before = BTreeMap::<AssetId, (u32, MicroU)>::new();
	let mut stated = BTreeMap::<AssetId, MicroU>::new();
	for ((asset, of), bytes) in pages::<(AssetId, u32), _>(now, "Statements", ()).await? {
		let statement = Statement::<[u8; 32]>::decode(&mut &bytes[..]).context("a statement")?;
		if of == period.0 {
			stated.insert(asset, statement.carried_in);
		} else if of < period.0 && before.get(&asset).is_none_or(|(last, _)| *last < of) {
			before.insert(asset, (of, statement.carried_out));
		}
	}
	for (asset, carried_in) in stated {
		let carried_out = before.get(&asset).map_or(0, |(_, amount)| *amount);
		let claimed = carried_out.checked_sub(carried_in);
		if claimed.is_none_or(|claimed| claimed % CENT != 0) {
			bail!(
				"asset {asset}: carried {} U into {period} and {} U out of the month before",
				format_u_exact(carried_in),
				format_u_exact(carried_out)
			);
		}
		let asset = assets.get_mut(asset as usize).context("a statement of an asset that took no part")?;
		asset.carried_in = carried_in;
	}
	Ok(())
}

/// The assets as they stood at a close, with their parents.
async fn assets(now: &At, period: Period, count: u32) -> Result<Vec<model::Asset>> {
	let mut kept = BTreeMap::new();
	for ((_, page), bytes) in pages::<(u32, u32), _>(now, "WeightPages", (period.0,)).await? {
		kept.insert(page, Vec::<Weighed>::decode(&mut &bytes[..]).context("a page of weights")?);
	}
	let mut assets: Vec<_> = kept.into_values().flatten().map(|weighed| asset(&weighed.facts)).collect();
	if assets.is_empty() && count > 0 {
		bail!("the detail of {period} is pruned: the chain keeps it for 13 months");
	}
	if assets.len() != count as usize {
		bail!("the chain has facts of {} assets, and {count} took part", assets.len());
	}
	for ((child,), bytes) in entries::<(AssetId,), _>(now, "Lineage", "Parents", ()).await? {
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
