//! Statements: what an asset was due for a period, and how its weight came about.

use super::lineage::list;
use crate::{
	on,
	store::{Cursor, Listed, Money, Month, Result, Store},
};
use serde::Serialize;
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::HashMap;
use utoipa::ToSchema;

/// What an asset was due for a settled period: `shared + call_fees + carried_in = paid + carried_out`.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Statement {
	/// The asset.
	pub asset: i64,
	/// The period.
	pub period: Month,
	/// What it weighed, in basis points, where it shared in a descendant's pot.
	pub weight: Option<i64>,
	/// Of the weight, what its quality gave or took.
	pub part_quality: Option<i64>,
	/// Of the weight, what its usage rank gave or took.
	pub part_usage: Option<i64>,
	/// Of the weight, what its impact gave.
	pub part_impact: Option<i64>,
	/// Whether the weight is × 1.2 because the asset was new.
	pub bonus: Option<bool>,
	/// Its quality at the close, in basis points.
	pub quality: Option<i64>,
	/// Whether that was attested.
	pub attested: Option<bool>,
	/// The average quality of its kind at the close.
	pub average: Option<i64>,
	/// Its usage rank, in basis points of all active assets.
	pub rank: Option<i64>,
	/// Its attested impact at the close.
	pub impact: Option<i64>,
	/// Units that counted as its use.
	pub units: i64,
	/// Gross call fees, and prices of licences.
	pub gross: Money,
	/// Reported revenue.
	pub reported: Money,
	/// Its shares of its descendants' pots.
	pub shared: Money,
	/// Its own part of what was booked for it.
	pub call_fees: Money,
	/// Carried from earlier periods.
	pub carried_in: Money,
	/// To the payee, in whole cents.
	pub paid: Money,
	/// Carried to the next period: less than a cent.
	pub carried_out: Money,
	/// Who got it; none where there was not a cent to pay.
	pub payee: Option<String>,
}

impl Statement {
	/// Whether curators had vouched for the asset at the close; not known of one that shared in no pot.
	pub fn is_proven(&self) -> bool {
		self.attested == Some(true) || self.impact.is_some_and(|impact| impact > 0)
	}
}

/// A statement in a list of several assets'.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct NamedStatement {
	/// The asset's name.
	pub handle: String,
	/// The asset's kind.
	pub kind: String,
	/// The statement.
	#[sqlx(flatten)]
	#[serde(flatten)]
	pub statement: Statement,
}

/// What an earning asset shared in a period.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Pot {
	/// The asset.
	pub asset: i64,
	/// The period.
	pub period: Month,
	/// What it shared with its ancestors and the pool.
	pub amount: Money,
	/// What the ancestors that share it weighed together, in basis points.
	pub total_weight: i64,
	/// Whether those are the proven ones only: the others are left out.
	pub proven_only: bool,
}

impl Store {
	/// One statement; none where the asset was due nothing.
	pub async fn statement(&self, asset: i64, period: Month) -> Result<Option<Statement>> {
		const SQL: &str = "SELECT * FROM statements WHERE asset = $1 AND period = $2";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(asset).bind(period).fetch_optional(pool).await)?)
	}

	/// All statements of an asset, the newest first: at most 12 a year.
	pub async fn statements(&self, asset: i64) -> Result<Vec<Statement>> {
		const SQL: &str = "SELECT * FROM statements WHERE asset = $1 ORDER BY period DESC";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(asset).fetch_all(pool).await)?)
	}

	/// The statements behind a payment, by asset; the cursor is `asset-0`.
	pub async fn statements_of(
		&self,
		payee: &str,
		period: Month,
		after: Cursor,
		limit: i64,
	) -> Result<Listed<NamedStatement>> {
		const SQL: &str = "SELECT a.handle, a.kind, s.* FROM statements s JOIN assets a ON a.id = s.asset
			WHERE s.payee = $1 AND s.period = $2 AND s.asset > $3 ORDER BY s.asset LIMIT $4";
		let found: Vec<NamedStatement> = on!(self, pool => sqlx::query_as(SQL)
			.bind(payee).bind(period).bind(after.0).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |named| Cursor(named.statement.asset, 0)))
	}

	/// The statements of a period, the highest paid first; the cursor is `paid-asset`.
	pub async fn statements_in(
		&self,
		period: Month,
		before: Cursor,
		limit: i64,
	) -> Result<Listed<NamedStatement>> {
		const SQL: &str = "SELECT a.handle, a.kind, s.* FROM statements s JOIN assets a ON a.id = s.asset
			WHERE s.period = $1 AND (s.paid, s.asset) < ($2, $3) ORDER BY s.paid DESC, s.asset DESC LIMIT $4";
		let found: Vec<NamedStatement> = on!(self, pool => sqlx::query_as(SQL)
			.bind(period).bind(before.0).bind(before.1).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |named| Cursor(named.statement.paid.0, named.statement.asset)))
	}

	/// What an asset shared in a period; none where nothing.
	pub async fn pot(&self, asset: i64, period: Month) -> Result<Option<Pot>> {
		const SQL: &str = "SELECT * FROM pots WHERE asset = $1 AND period = $2";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(asset).bind(period).fetch_optional(pool).await)?)
	}

	/// What several assets were paid for a period, of those that were due something.
	pub async fn paid_of(&self, assets: &[i64], period: Month) -> Result<HashMap<i64, Money>> {
		if assets.is_empty() {
			return Ok(HashMap::new());
		}
		let sql =
			format!("SELECT asset, paid FROM statements WHERE period = $1 AND asset IN ({})", list(assets));
		let paid: Vec<(i64, Money)> = on!(self, pool => sqlx::query_as(AssertSqlSafe(sql.as_str()))
			.bind(period).fetch_all(pool).await)?;
		Ok(paid.into_iter().collect())
	}

	/// The middle of what each of several assets was paid for the last periods, of those that it was due something for; of an even
	/// number the lesser of both.
	pub async fn median_paid_of(&self, assets: &[i64], periods: i64) -> Result<HashMap<i64, Money>> {
		if assets.is_empty() {
			return Ok(HashMap::new());
		}
		let sql = format!(
			"SELECT asset, paid FROM statements WHERE asset IN ({}) AND period >
			(SELECT COALESCE(MAX(period), 0) FROM periods WHERE report IS NOT NULL) - $1 ORDER BY asset, paid",
			list(assets)
		);
		let paid: Vec<(i64, Money)> = on!(self, pool => sqlx::query_as(AssertSqlSafe(sql.as_str()))
			.bind(periods).fetch_all(pool).await)?;
		let of_one = paid.chunk_by(|one, other| one.0 == other.0);
		Ok(of_one.map(|amounts| amounts[(amounts.len() - 1) / 2]).collect())
	}

	/// What an asset was paid in all periods together: what its statements say, less what disputes hold of that or gave to
	/// others.
	pub async fn earned(&self, asset: i64) -> Result<Money> {
		const SQL: &str = "SELECT CAST(COALESCE(SUM(paid), 0) AS BIGINT) FROM statements WHERE asset = $1";
		let stated: Money = on!(self, pool => sqlx::query_scalar(SQL).bind(asset).fetch_one(pool).await)?;
		let held = self.withheld_from(asset).await?.into_iter();
		let not_paid = held.filter(|held| !held.came_back()).map(|held| held.amount.0);
		Ok(Money(not_paid.fold(stated.0, i64::saturating_sub)))
	}
}

/// A pot with the name of its asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NamedPot {
	/// The asset's name.
	pub handle: String,
	/// The pot.
	#[serde(flatten)]
	pub pot: Pot,
}

impl Store {
	/// All statements whose payee an account was, the oldest first; the cursor is `period-asset`.
	pub async fn all_statements_of(
		&self,
		payee: &str,
		after: Cursor,
		limit: i64,
	) -> Result<Listed<NamedStatement>> {
		const SQL: &str = "SELECT a.handle, a.kind, s.* FROM statements s JOIN assets a ON a.id = s.asset
			WHERE s.payee = $1 AND (s.period, s.asset) > ($2, $3) ORDER BY s.period, s.asset LIMIT $4";
		let found: Vec<NamedStatement> = on!(self, pool => sqlx::query_as(SQL)
			.bind(payee).bind(after.0).bind(after.1).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |named| Cursor(named.statement.period.0, named.statement.asset)))
	}
}
