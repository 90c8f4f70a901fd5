//! Payments against the statements behind them: every payee got what its assets were due, less what is held for disputes, and
//! what had waited.

use super::{Difference, Tally, note};
use crate::{
	index::Result,
	store::{Money, Month, Store, write::Tx},
};
use heirloom_primitives::PeriodReport;

/// Compares the payments of a period with its statements and its report.
pub async fn compare(tx: &mut Tx, period: Month, report: &PeriodReport, height: i64) -> Result<()> {
	let mut tally = Tally::new("payments", period.period());
	for (payee, stated, paid) in tx.unequal_payments(period).await? {
		let what = format!("what {payee} got");
		tally.differ(Difference { what, expected: stated.to_string(), found: paid.to_string() });
	}
	let totals = tx.payment_totals(period).await?;
	tally.compare_all(
		"payments",
		report.payments as usize,
		usize::try_from(totals.count).unwrap_or_default(),
	);
	let (contested_before, contested) = tx.contested(period).await?;
	for (what, should, is) in [
		("all payments", report.paid, totals.paid),
		("all that was held", report.held_in, Money(totals.held_before.0.saturating_add(contested_before.0))),
		("all that is held", report.held_out, Money(totals.undelivered.0.saturating_add(contested.0))),
	] {
		if should != is.micro() {
			tally.differ(Difference {
				what: what.into(),
				expected: should.to_string(),
				found: is.to_string(),
			});
		}
	}
	note(tx, &tally, height).await
}

/// Compares the payments of the first reported month behind `last` once more, as they are stored now, or of the first of all
/// where there is none behind. Returns which it was; `last` where no month was reported.
pub async fn compare_next(store: &Store, last: i64) -> Result<i64> {
	let height = store.cursor().await?.map_or(0, |position| position.height);
	let mut reported = store.periods().await?;
	reported.retain(|closed| closed.report.is_some());
	reported.reverse();
	let next = reported.iter().find(|closed| closed.period.0 > last).or(reported.first());
	let Some(closed) = next else { return Ok(last) };
	if let Some(report) = closed.totals()? {
		let mut tx = store.begin().await?;
		compare(&mut tx, closed.period, &report, height).await?;
		tx.commit().await?;
	}
	Ok(closed.period.0)
}
