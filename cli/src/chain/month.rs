//! What a settled month was settled from, read from the chain's state.

use super::{At, Chain, read};
use crate::output;
use anyhow::{Context, Result, bail};
use codec::Decode;
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, AssetId, AtClose, Booking, FormulaVersion, Kind, MicroU, PackedStatement,
	Parent, Period, PeriodReport, Pot, format_u_exact,
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
	pub statements: BTreeMap<usize, PackedStatement>,
	/// The block that reported the month, if the node keeps its state no more: parents are then those of today.
	pub forgotten: Option<u32>,
}

/// Reads a settled month, while the chain keeps its detail, and shows how far it is.
pub async fn read(chain: &Chain, period: Period, report: &PeriodReport) -> Result<Recorded> {
	let now = chain.finalized().await?;
	let assets_of = |what: &str| output::bar(format!("{period}: {what}"), report.assets as usize);
	let bar = assets_of("facts");
	let mut assets = facts(&now, period, report.assets, &bar).await?;
	bar.finish_and_clear();
	let bar = assets_of("parents");
	// Parents can be corrected later, and what a report was made from lies still in its own block.
	let then = match chain.block_hash(report.reported_in).await {
		Ok(hash) => chain.at(hash).await.ok(),
		Err(_) => None,
	};
	let forgotten = then.is_none().then_some(report.reported_in);
	parents(then.as_ref().unwrap_or(&now), &mut assets, &bar).await?;
	bar.finish_and_clear();
	let version = match report.formula {
		FormulaVersion::V1 => model::Version::V1,
		FormulaVersion::V2 => model::Version::V2,
	};
	let mut month = model::Month { version, period: period.0, assets, ..model::Month::default() };
	let bar = assets_of("statements");
	let statements: BTreeMap<usize, PackedStatement> = sparse(&now, "StatementPages", period, &bar).await?;
	bar.finish_and_clear();
	let bar = assets_of("carried in");
	carry_in(&now, period, &statements, &mut month.assets, &bar).await?;
	bar.finish_and_clear();
	let bar = assets_of("bookings");
	for (asset, booking) in sparse::<Booking>(&now, "BookingPages", period, &bar).await? {
		// Whether a caller was the owner was decided when it called: only units that count are booked.
		let Booking { units, gross: fee, reported: amount } = booking;
		month.calls.push(model::Call { asset, fee, units, own: false });
		month.revenue.push(model::Revenue { asset, amount });
	}
	bar.finish_and_clear();
	let bar = assets_of("pots");
	let pots = sparse::<Pot>(&now, "PotPages", period, &bar).await?;
	bar.finish_and_clear();
	let pots = pots.into_iter().map(|(asset, pot)| (asset, pot.amount)).collect();
	Ok(Recorded { month, pots, statements, forgotten })
}

/// An asset as it stood at a close, and what was booked for it in that month; none once the detail is pruned.
pub async fn at_close(at: &At, period: Period, asset: AssetId) -> Result<Option<(AtClose, Booking)>> {
	let (page, slot) = (asset / ASSETS_PER_PAGE, asset % ASSETS_PER_PAGE);
	let Some(bytes) = read::fetch(at, "Royalty", "ClosePages", (period.0, page)).await? else {
		return Ok(None);
	};
	let closed = Vec::<AtClose>::decode(&mut &bytes[..]).context("a page of facts")?;
	let Some(closed) = closed.get(slot as usize) else { return Ok(None) };
	let booked = match read::fetch(at, "Royalty", "BookingPages", (period.0, page)).await? {
		Some(bytes) => Vec::<(u8, Booking)>::decode(&mut &bytes[..]).context("a page of bookings")?,
		None => Vec::new(),
	};
	let booking = booked.into_iter().find(|(booked, _)| u32::from(*booked) == slot);
	Ok(Some((*closed, booking.map(|(_, booking)| booking).unwrap_or_default())))
}

/// Writes down what each asset carried into a period: what the settlement before it carried out. What is carried is
/// due with every settlement, so it stands in the statements of the last one.
async fn carry_in(
	now: &At,
	period: Period,
	stated: &BTreeMap<usize, PackedStatement>,
	assets: &mut [model::Asset],
	bar: &ProgressBar,
) -> Result<()> {
	let settled = entries::<(u32,), _>(now, "Royalty", "Reports", (), |_| {}).await?;
	let before = settled.iter().map(|((settled,), _)| *settled).filter(|settled| *settled < period.0).max();
	let before = match before {
		Some(before) => sparse::<PackedStatement>(now, "StatementPages", Period(before), bar).await?,
		None => BTreeMap::new(),
	};
	for (asset, statement) in before {
		let (_, carried) = statement.divided().context("a statement that no amount holds")?;
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
async fn sparse<Entry: Decode>(
	at: &At,
	entry: &str,
	period: Period,
	bar: &ProgressBar,
) -> Result<BTreeMap<usize, Entry>> {
	let mut found = BTreeMap::new();
	for ((_, page), bytes) in pages(at, entry, period, bar).await? {
		let values =
			Vec::<(u8, Entry)>::decode(&mut &bytes[..]).with_context(|| format!("a page of {entry}"))?;
		for (slot, value) in values {
			found.insert(position(page, slot)?, value);
		}
	}
	Ok(found)
}

/// The assets as they stood at a close, without their parents.
async fn facts(now: &At, period: Period, count: u32, bar: &ProgressBar) -> Result<Vec<model::Asset>> {
	let mut kept = BTreeMap::new();
	for ((_, page), bytes) in pages(now, "ClosePages", period, bar).await? {
		kept.insert(page, Vec::<AtClose>::decode(&mut &bytes[..]).context("a page of facts")?);
	}
	let assets: Vec<_> = kept.into_values().flatten().map(|at| asset(&at.facts)).collect();
	if assets.is_empty() && count > 0 {
		bail!("the detail of {period} is pruned: the chain keeps it for 13 months");
	}
	if assets.len() != count as usize {
		bail!("the chain has facts of {} assets, and {count} took part", assets.len());
	}
	Ok(assets)
}

/// Writes down the parents of all assets that have some.
async fn parents(now: &At, assets: &mut [model::Asset], bar: &ProgressBar) -> Result<()> {
	for ((child,), bytes) in
		entries::<(AssetId,), _>(now, "Lineage", "Parents", (), |read| bar.set_position(read)).await?
	{
		let parents = Vec::<Parent>::decode(&mut &bytes[..]).context("a list of parents")?;
		if let Some(asset) = assets.get_mut(child as usize) {
			asset.parents = parents.iter().map(|parent| parent.asset as usize).collect();
		}
	}
	Ok(())
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

/// The pages of a period in a map of royalty. The bar is in assets.
async fn pages(
	at: &At,
	entry: &str,
	period: Period,
	bar: &ProgressBar,
) -> Result<Vec<((u32, u32), Vec<u8>)>> {
	let read = |pages: u64| bar.set_position(pages * u64::from(ASSETS_PER_PAGE));
	entries(at, "Royalty", entry, (period.0,), read).await
}

/// All entries of a map below a prefix of its keys, with the bytes of their values. Tells how many it has read.
async fn entries<Keys, Prefix>(
	at: &At,
	pallet: &str,
	entry: &str,
	prefix: Prefix,
	read: impl Fn(u64),
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
		read(entries.len() as u64);
	}
	Ok(entries)
}
