//! A month's statements, read from the state that its report stands in, and compared with a recomputation.

use super::{
	Result,
	block::Context,
	checks::{self, Difference, Tally},
	month::{self, Inputs, Row, Settled, Shared},
};
use crate::{
	chain::{Chain, Error, pages},
	store::{
		Money,
		read::statements::Statement,
		write::{NewPot, Tx},
	},
};
use futures::{TryStreamExt, pin_mut};
use heirloom_primitives::{
	AssetId, AtClose, Booking, MicroU, PackedStatement, PayeeIndex, Period, PeriodReport, Pot,
	packed::{InPage, unpack},
};
use std::collections::HashMap;

/// Takes in the statements and the pots of a period that was just reported.
pub async fn take_in(
	tx: &mut Tx,
	context: &Context<'_>,
	period: Period,
	report: &PeriodReport,
) -> Result<()> {
	let inputs = inputs(tx, context, period, report).await?;
	let settled = month::settle(&inputs)
		.ok_or_else(|| Error::unreadable(format!("the month {period}"), "its amounts do not fit"))?;
	let mut tally = Tally::new("statements", period);
	pots(tx, context, period, &settled, &mut tally).await?;
	statements(tx, context, report, &inputs, &settled, &mut tally).await?;
	totals(report, &settled, &mut tally);
	tx.summarise(period.into(), &unit_counts(&inputs)).await?;
	let height = super::block::height(context.block);
	checks::note(tx, &tally, height).await?;
	checks::payments::compare(tx, period.into(), report, height).await
}

/// By numbers of units, how many active assets were used just as many, of those whose use counted.
fn unit_counts(inputs: &Inputs) -> Vec<(i64, i64)> {
	let counts = month::unit_counts(inputs).into_iter().filter(|(units, _)| *units > 0);
	counts.map(|(units, assets)| (i64::try_from(units).unwrap_or(i64::MAX), assets.into())).collect()
}

/// All that a settlement starts from.
async fn inputs(tx: &mut Tx, context: &Context<'_>, period: Period, report: &PeriodReport) -> Result<Inputs> {
	let (chain, state) = (context.chain, &context.block.state);
	let mut at_close = std::collections::BTreeMap::new();
	{
		let pages = pages::dense::<AtClose>(chain, state, "ClosePages", period).await?;
		pin_mut!(pages);
		while let Some((first, page)) = pages.try_next().await? {
			at_close.insert(first, page);
		}
	}
	let assets: Vec<_> = at_close.into_values().flatten().collect();
	if assets.len() != report.assets as usize {
		let found =
			format!("the chain has facts of {} assets, and {} took part", assets.len(), report.assets);
		return Err(Error::unreadable(format!("the month {period}"), found).into());
	}
	let bookings = all::<Booking>(chain, context, "BookingPages", period).await?;
	let ancestors = ancestors(context, &bookings).await?;
	let carried = tx.carried(period.into()).await?.into_iter();
	let carried = carried
		.filter_map(|(asset, amount)| Some((AssetId::try_from(asset).ok()?, MicroU::try_from(amount).ok()?)));
	let carried = carried.collect();
	Ok(Inputs { period, formula: report.formula, assets, bookings, ancestors, carried })
}

async fn all<Entry: codec::Decode>(
	chain: &Chain,
	context: &Context<'_>,
	entry: &'static str,
	period: Period,
) -> Result<HashMap<AssetId, Entry>> {
	let pages = pages::sparse::<Entry>(chain, &context.block.state, entry, period).await?;
	pin_mut!(pages);
	let mut found = HashMap::new();
	while let Some(page) = pages.try_next().await? {
		found.extend(page);
	}
	Ok(found)
}

/// The ancestors of the assets with a booking.
async fn ancestors(
	context: &Context<'_>,
	bookings: &HashMap<AssetId, Booking>,
) -> Result<HashMap<AssetId, Vec<AssetId>>> {
	let (chain, state) = (context.chain, &context.block.state);
	let mut found = HashMap::new();
	let pages = pages::ancestor_pages(chain, state).await?;
	pin_mut!(pages);
	while let Some((first, sets)) = pages.try_next().await? {
		for (asset, set) in (first..).zip(sets.iter()) {
			if let (InPage::Packed(set), true) = (set, bookings.contains_key(&asset)) {
				found.insert(asset, unpack(set).collect());
			}
		}
	}
	let sets = pages::ancestor_sets(chain, state).await?;
	pin_mut!(sets);
	while let Some((asset, set)) = sets.try_next().await? {
		if bookings.contains_key(&asset) {
			found.insert(asset, unpack(&set).collect());
		}
	}
	Ok(found)
}

async fn pots(
	tx: &mut Tx,
	context: &Context<'_>,
	period: Period,
	settled: &Settled,
	tally: &mut Tally,
) -> Result<()> {
	let pages = pages::sparse::<Pot>(context.chain, &context.block.state, "PotPages", period).await?;
	pin_mut!(pages);
	let mut seen = 0;
	while let Some(page) = pages.try_next().await? {
		let mut rows = Vec::with_capacity(page.len());
		for (asset, pot) in page {
			let Shared { amount: should, total, proven_only } =
				settled.pots.get(&asset).copied().unwrap_or_default();
			tally.compare(asset, "its pot", should, pot.amount);
			seen += 1;
			rows.push(NewPot {
				asset: asset.into(),
				amount: Money::of("a pot", pot.amount)?,
				total_weight: i64::try_from(total).unwrap_or(i64::MAX),
				proven_only,
			});
		}
		tx.pots(period.into(), &rows).await?;
	}
	tally.compare_all("pots", settled.pots.len(), seen);
	Ok(())
}

async fn statements(
	tx: &mut Tx,
	context: &Context<'_>,
	report: &PeriodReport,
	inputs: &Inputs,
	settled: &Settled,
	tally: &mut Tally,
) -> Result<()> {
	let (chain, state, period) = (context.chain, &context.block.state, inputs.period);
	let payees = payees(context).await?;
	let pages = pages::sparse::<PackedStatement>(chain, state, "StatementPages", period).await?;
	pin_mut!(pages);
	let mut seen = 0;
	while let Some(page) = pages.try_next().await? {
		let mut rows = Vec::with_capacity(page.len());
		for (asset, stated) in page {
			let recomputed = settled.statements.get(&asset).copied().unwrap_or_default();
			compare(tally, asset, &stated, &recomputed);
			seen += 1;
			rows.push(row(asset, &stated, report, inputs, &payees)?);
		}
		tx.statements(&rows).await?;
	}
	tally.compare_all("statements", settled.statements.len(), seen);
	Ok(())
}

async fn payees(context: &Context<'_>) -> Result<HashMap<PayeeIndex, String>> {
	let pages = pages::payees(context.chain, &context.block.state).await?;
	pin_mut!(pages);
	let mut found = HashMap::new();
	while let Some(page) = pages.try_next().await? {
		found.extend(page.into_iter().map(|(index, account)| (index, account.to_string())));
	}
	Ok(found)
}

fn compare(tally: &mut Tally, asset: AssetId, stated: &PackedStatement, recomputed: &Row) {
	let weight = |weight: Option<u16>| weight.map_or(0, MicroU::from);
	let (paid, carried_out) = stated.divided().unwrap_or_default();
	tally.compare(asset, "its weight", weight(recomputed.weight), weight(stated.weight));
	tally.compare(asset, "its share", recomputed.shared, stated.shared);
	tally.compare(asset, "its call fees", recomputed.call_fees, stated.call_fees);
	tally.compare(asset, "what it carried in", recomputed.carried_in, stated.carried_in);
	tally.compare(asset, "its payment", recomputed.paid, paid);
	tally.compare(asset, "what it carries on", recomputed.carried_out, carried_out);
}

fn row(
	asset: AssetId,
	stated: &PackedStatement,
	report: &PeriodReport,
	inputs: &Inputs,
	payees: &HashMap<PayeeIndex, String>,
) -> Result<Statement> {
	let booking = inputs.bookings.get(&asset).copied().unwrap_or_default();
	let (paid, carried_out) = stated
		.divided()
		.ok_or_else(|| Error::unreadable(format!("the statement of asset {asset}"), "no amount holds it"))?;
	// How the chain explains the weight: by the averages and the rank that it settled with.
	let at = inputs.assets.get(asset as usize).filter(|_| stated.weight.is_some());
	let average = at.and_then(|at| report.averages[at.facts.kind.index()]);
	let parts = at.map(|at| month::parts(inputs.formula, at, at.rank, average, inputs.period));
	Ok(Statement {
		asset: asset.into(),
		period: inputs.period.into(),
		weight: stated.weight.map(Into::into),
		part_quality: parts.map(|parts| parts.quality.into()),
		part_usage: parts.map(|parts| parts.usage.into()),
		part_impact: parts.map(|parts| parts.impact.into()),
		bonus: parts.map(|parts| parts.bonus),
		quality: at.and_then(|at| at.facts.quality).map(|quality| quality.bps.into()),
		attested: at.and_then(|at| at.facts.quality).map(|quality| quality.attested),
		average: average.map(Into::into),
		rank: at.map(|at| at.rank.into()),
		impact: at.map(|at| at.facts.impact.into()),
		units: i64::try_from(booking.units).unwrap_or(i64::MAX),
		gross: Money::of("call fees", booking.gross)?,
		reported: Money::of("a revenue", booking.reported)?,
		shared: Money::of("a share", stated.shared)?,
		call_fees: Money::of("call fees", stated.call_fees)?,
		carried_in: Money::of("what is carried", stated.carried_in)?,
		paid: Money::of("a payment", paid)?,
		carried_out: Money::of("what is carried", carried_out)?,
		payee: stated.payee.and_then(|index| payees.get(&index).cloned()),
	})
}

fn totals(report: &PeriodReport, settled: &Settled, tally: &mut Tally) {
	let sum = |of: fn(&Row) -> MicroU| settled.statements.values().map(of).sum::<MicroU>();
	let revenue: MicroU = settled.pots.values().map(|shared| shared.amount).sum();
	let amounts = [
		("revenue", revenue, report.revenue),
		("call fees", sum(|row| row.call_fees), report.call_fees),
		("shares", sum(|row| row.shared), report.shared),
		("carried in", sum(|row| row.carried_in), report.carried_in),
		("carried out", sum(|row| row.carried_out), report.carried_out),
		("the pool's part", settled.pool, report.pool),
		("paid and held", sum(|row| row.paid) + report.held_in, report.paid + report.held_out),
	];
	for (what, should, is) in amounts {
		if should != is {
			tally.differ(Difference {
				what: what.into(),
				expected: should.to_string(),
				found: is.to_string(),
			});
		}
	}
	if settled.averages != report.averages {
		tally.differ(Difference {
			what: "average qualities".into(),
			expected: format!("{:?}", settled.averages),
			found: format!("{:?}", report.averages),
		});
	}
}
