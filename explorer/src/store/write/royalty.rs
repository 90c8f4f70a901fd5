//! Revenue, periods, statements and payments.

use super::{Tx, bulk::insert, within};
use crate::store::{Money, Month, Result, read::statements::Statement};
use sqlx::FromRow;
use std::collections::HashMap;

/// A payment to write.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewPayment {
	pub event: i64,
	pub period: Month,
	pub payee: String,
	pub amount: Money,
	pub delivered: bool,
	pub held_before: Money,
}

/// A pot to write.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewPot {
	pub asset: i64,
	pub amount: Money,
	pub total_weight: i64,
	pub proven_only: bool,
}

impl Tx {
	/// Writes reported revenue.
	pub async fn revenue(
		&mut self,
		place: (i64, i64),
		period: Month,
		asset: i64,
		reporter: &str,
		amount: Money,
		at: i64,
	) -> Result<()> {
		const SQL: &str = "INSERT INTO revenues (height, event, period, asset, reporter, amount, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)";
		within!(self, connection => sqlx::query(SQL).bind(place.0).bind(place.1).bind(period).bind(asset)
			.bind(reporter).bind(amount).bind(at).execute(connection).await.map(|_| ()))?;
		self.count_revenue(period, amount).await
	}

	/// Writes that a period was closed.
	pub async fn closed(&mut self, period: Month, assets: i64, height: i64, at: i64) -> Result<()> {
		const SQL: &str =
			"INSERT INTO periods (period, assets, closed_in, closed_at) VALUES ($1, $2, $3, $4)";
		within!(self, connection => sqlx::query(SQL).bind(period).bind(assets).bind(height).bind(at)
			.execute(connection).await.map(|_| ()))?;
		Ok(())
	}

	/// Writes a period's report.
	pub async fn reported(&mut self, period: Month, height: i64, at: i64, report: &str) -> Result<()> {
		const SQL: &str =
			"UPDATE periods SET reported_in = $2, reported_at = $3, report = $4 WHERE period = $1";
		within!(self, connection => sqlx::query(SQL).bind(period).bind(height).bind(at).bind(report)
			.execute(connection).await.map(|_| ()))?;
		Ok(())
	}

	/// Writes statements.
	pub async fn statements(&mut self, statements: &[Statement]) -> Result<()> {
		const INTO: &str =
			"INSERT INTO statements (asset, period, weight, part_quality, part_usage, part_impact,
			bonus, quality, attested, average, rank, impact, units, gross, reported, shared, call_fees, carried_in,
			paid, carried_out, payee) ";
		insert!(self, INTO, statements, |row, item| {
			row.push_bind(item.asset)
				.push_bind(item.period)
				.push_bind(item.weight)
				.push_bind(item.part_quality);
			row.push_bind(item.part_usage).push_bind(item.part_impact).push_bind(item.bonus);
			row.push_bind(item.quality).push_bind(item.attested).push_bind(item.average).push_bind(item.rank);
			row.push_bind(item.impact).push_bind(item.units).push_bind(item.gross).push_bind(item.reported);
			row.push_bind(item.shared).push_bind(item.call_fees).push_bind(item.carried_in);
			row.push_bind(item.paid).push_bind(item.carried_out).push_bind(item.payee.as_deref());
		});
		Ok(())
	}

	/// Writes pots of a period.
	pub async fn pots(&mut self, period: Month, pots: &[NewPot]) -> Result<()> {
		const INTO: &str = "INSERT INTO pots (asset, period, amount, total_weight, proven_only) ";
		insert!(self, INTO, pots, |row, item| {
			row.push_bind(item.asset).push_bind(period).push_bind(item.amount).push_bind(item.total_weight);
			row.push_bind(item.proven_only);
		});
		Ok(())
	}

	/// What each asset carried out of the last settled period that states it.
	pub async fn carried(&mut self, before: Month) -> Result<HashMap<i64, i64>> {
		// What an asset carries is due with every settlement, so it stands in the statements of the last one.
		const SQL: &str = "SELECT asset, carried_out FROM statements WHERE carried_out > 0 AND period =
			(SELECT MAX(period) FROM periods WHERE period < $1 AND report IS NOT NULL)";
		let carried: Vec<(i64, i64)> =
			within!(self, connection => sqlx::query_as(SQL).bind(before).fetch_all(connection).await)?;
		Ok(carried.into_iter().collect())
	}

	/// What waits for payees.
	pub async fn all_held(&mut self) -> Result<HashMap<String, Money>> {
		const SQL: &str = "SELECT payee, amount FROM held";
		let held: Vec<(String, Money)> =
			within!(self, connection => sqlx::query_as(SQL).fetch_all(connection).await)?;
		Ok(held.into_iter().collect())
	}

	/// Writes what waits for a payee now.
	pub async fn set_held(&mut self, payee: &str, amount: Money) -> Result<()> {
		const KEEP: &str = "INSERT INTO held (payee, amount) VALUES ($1, $2)
			ON CONFLICT (payee) DO UPDATE SET amount = EXCLUDED.amount";
		const FORGET: &str = "DELETE FROM held WHERE payee = $1";
		if amount.0 == 0 {
			within!(self, connection => sqlx::query(FORGET).bind(payee).execute(connection).await.map(|_| ()))?;
		} else {
			within!(self, connection => sqlx::query(KEEP).bind(payee).bind(amount)
				.execute(connection).await.map(|_| ()))?;
		}
		Ok(())
	}

	/// Adds to what waits for a payee.
	pub async fn add_held(&mut self, payee: &str, amount: Money) -> Result<()> {
		const SQL: &str = "INSERT INTO held (payee, amount) VALUES ($1, $2)
			ON CONFLICT (payee) DO UPDATE SET amount = held.amount + EXCLUDED.amount";
		within!(self, connection => sqlx::query(SQL).bind(payee).bind(amount)
			.execute(connection).await.map(|_| ()))?;
		Ok(())
	}

	/// Writes the payments of a block.
	pub async fn payments(&mut self, height: i64, at: i64, payments: &[NewPayment]) -> Result<()> {
		const INTO: &str =
			"INSERT INTO payments (height, event, period, payee, amount, delivered, held_before, at) ";
		insert!(self, INTO, payments, |row, item| {
			row.push_bind(height).push_bind(item.event).push_bind(item.period).push_bind(item.payee.as_str());
			row.push_bind(item.amount).push_bind(item.delivered).push_bind(item.held_before).push_bind(at);
		});
		Ok(())
	}

	/// Writes a claim.
	pub async fn claim(&mut self, place: (i64, i64), payee: &str, amount: Money, at: i64) -> Result<()> {
		const SQL: &str = "INSERT INTO claims (height, event, payee, amount, at) VALUES ($1, $2, $3, $4, $5)";
		within!(self, connection => sqlx::query(SQL).bind(place.0).bind(place.1).bind(payee).bind(amount)
			.bind(at).execute(connection).await.map(|_| ()))?;
		Ok(())
	}
}

/// What the payments of a period add up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct PaymentTotals {
	/// How many arrived.
	pub count: i64,
	/// What arrived.
	pub paid: Money,
	/// What did not.
	pub undelivered: Money,
	/// Of both, what had waited from earlier periods.
	pub held_before: Money,
}

impl Tx {
	/// The payees of a period that did not get what its statements, less what is held for disputes, and what had waited give
	/// them: at most 100.
	pub async fn unequal_payments(&mut self, period: Month) -> Result<Vec<(String, Money, Money)>> {
		const SQL: &str = "SELECT payee, CAST(SUM(stated) AS BIGINT), CAST(SUM(got) AS BIGINT) FROM (
				SELECT payee, paid AS stated, 0 AS got FROM statements WHERE period = $1 AND payee IS NOT NULL
				UNION ALL SELECT payee, -amount, 0 FROM withheld WHERE period = $1
				UNION ALL SELECT payee, held_before, amount FROM payments WHERE period = $1
			) t GROUP BY payee HAVING SUM(stated) <> SUM(got) ORDER BY payee LIMIT 100";
		Ok(within!(self, connection => sqlx::query_as(SQL).bind(period).fetch_all(connection).await)?)
	}

	/// What the payments of a period add up to.
	pub async fn payment_totals(&mut self, period: Month) -> Result<PaymentTotals> {
		const SQL: &str = "SELECT
				CAST(COALESCE(SUM(CASE WHEN delivered THEN 1 ELSE 0 END), 0) AS BIGINT) AS count,
				CAST(COALESCE(SUM(CASE WHEN delivered THEN amount ELSE 0 END), 0) AS BIGINT) AS paid,
				CAST(COALESCE(SUM(CASE WHEN delivered THEN 0 ELSE amount END), 0) AS BIGINT) AS undelivered,
				CAST(COALESCE(SUM(held_before), 0) AS BIGINT) AS held_before
			FROM payments WHERE period = $1";
		Ok(within!(self, connection => sqlx::query_as(SQL).bind(period).fetch_one(connection).await)?)
	}
}
