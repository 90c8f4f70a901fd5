//! What a settled month was settled from, read from the chain's state.

use super::{At, Chain};
use anyhow::{Context, Result, bail};
use codec::{Compact, Decode};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, AssetId, Bps, CENT, Kind, MicroU, Parent, Period, PeriodReport, Units,
	format_u_exact,
};
use heirloom_scenario::model;
use indicatif::ProgressBar;
use std::collections::BTreeMap;
use subxt::{
	dynamic::storage,
	ext::{
		frame_decode::storage::{IntoDecodableValues, IntoEncodableValues},
		scale_value::Value,
	},
	storage::PrefixOf,
};

/// A month's inputs, and what the chain made of them.
pub struct Recorded {
	/// The inputs, assets by their ids.
	pub month: model::Month,
	/// The pots, by id.
	pub pots: BTreeMap<usize, MicroU>,
	/// The statements, by id.
	pub statements: BTreeMap<usize, Stated>,
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
}

/// What an asset was due, as the chain stores it.
#[derive(Decode)]
pub struct Stated {
	/// Its weight, where it shared.
	pub weight: Option<Bps>,
	/// Its shares, in micro-U.
	#[codec(compact)]
	pub shared: MicroU,
	/// Its own part of what it took in, in micro-U.
	#[codec(compact)]
	pub call_fees: MicroU,
	/// Carried from the settlement before, in micro-U.
	#[codec(compact)]
	pub carried_in: MicroU,
	/// The payee's index, where there was a cent to pay.
	payee: Option<u32>,
}

impl Stated {
	/// Whole cents for the payee, and what is carried, in micro-U.
	pub fn divided(&self) -> (MicroU, MicroU) {
		let due = self.shared + self.call_fees + self.carried_in;
		let carried = if self.payee.is_some() { due % CENT } else { due };
		(due - carried, carried)
	}
}

/// An asset as it stood at the close, as the chain keeps it with the month's detail.
#[derive(Decode)]
struct AtClose {
	_rank: Bps,
	facts: AssetFacts,
}

/// Reads a settled month, while the chain keeps its detail. `progress` is told what is read.
pub async fn read(
	chain: &Chain,
	period: Period,
	report: &PeriodReport,
	progress: &ProgressBar,
) -> Result<Recorded> {
	let now = chain.finalized().await?;
	progress.set_message(format!("{period}: reading assets and their parents"));
	let mut month = model::Month {
		period: period.0,
		assets: assets(&now, period, report.assets).await?,
		..model::Month::default()
	};
	progress.set_message(format!("{period}: reading statements"));
	let statements: BTreeMap<usize, Stated> = sparse(&now, "StatementPages", period).await?;
	carry_in(&now, period, &statements, &mut month.assets).await?;
	progress.set_message(format!("{period}: reading bookings"));
	for (asset, booking) in sparse::<Booking>(&now, "BookingPages", period).await? {
		// Whether a caller was the owner was decided when it called: only units that count are booked.
		let Booking { units, gross: fee, reported: amount } = booking;
		month.calls.push(model::Call { asset, fee, units, own: false });
		month.revenue.push(model::Revenue { asset, amount });
	}
	let pots = sparse::<Compact<MicroU>>(&now, "PotPages", period).await?;
	let pots = pots.into_iter().map(|(asset, pot)| (asset, pot.0)).collect();
	Ok(Recorded { month, pots, statements })
}

/// Writes down what each asset carried into a period: what the settlement before it carried out. What is carried is
/// due with every settlement, so it stands in the statements of the last one.
async fn carry_in(
	now: &At,
	period: Period,
	stated: &BTreeMap<usize, Stated>,
	assets: &mut [model::Asset],
) -> Result<()> {
	let settled = pages::<(u32,), _>(now, "Reports", ()).await?;
	let before = settled.iter().map(|((settled,), _)| *settled).filter(|settled| *settled < period.0).max();
	let before = match before {
		Some(before) => sparse::<Stated>(now, "StatementPages", Period(before)).await?,
		None => BTreeMap::new(),
	};
	for (asset, statement) in before {
		let carried = statement.divided().1;
		let carried_in = stated.get(&asset).map_or(0, |statement| statement.carried_in);
		if carried != carried_in {
			bail!(
				"asset {asset}: carried {} U into {period} and {} U out of the month before",
				format_u_exact(carried_in),
				format_u_exact(carried)
			);
		}
		let asset = assets.get_mut(asset).context("a statement of an asset that took no part")?;
		asset.carried_in = carried;
	}
	Ok(())
}

/// What a map of pages holds for the assets of a period.
async fn sparse<Entry: Decode>(at: &At, entry: &str, period: Period) -> Result<BTreeMap<usize, Entry>> {
	let mut found = BTreeMap::new();
	for ((_, page), bytes) in pages::<(u32, u32), _>(at, entry, (period.0,)).await? {
		let values =
			Vec::<(u8, Entry)>::decode(&mut &bytes[..]).with_context(|| format!("a page of {entry}"))?;
		for (slot, value) in values {
			found.insert(position(page, slot)?, value);
		}
	}
	Ok(found)
}

/// The assets as they stood at a close, with their parents.
async fn assets(now: &At, period: Period, count: u32) -> Result<Vec<model::Asset>> {
	let mut kept = BTreeMap::new();
	for ((_, page), bytes) in pages::<(u32, u32), _>(now, "ClosePages", (period.0,)).await? {
		kept.insert(page, Vec::<AtClose>::decode(&mut &bytes[..]).context("a page of facts")?);
	}
	let mut assets: Vec<_> = kept.into_values().flatten().map(|at| asset(&at.facts)).collect();
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
