//! Months: their reports, and how what was paid spread over payees.

use crate::{
	on,
	store::{Error, Json, Money, Month, Result, Store},
};
use heirloom_primitives::PeriodReport;
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;

/// A closed period.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct ClosedPeriod {
	/// The period.
	pub period: Month,
	/// Assets that existed at the close.
	pub assets: i64,
	/// The closing block.
	pub closed_in: i64,
	/// When it was closed, in milliseconds.
	pub closed_at: i64,
	/// The block of the report; none while it is being settled.
	pub reported_in: Option<i64>,
	/// When it was reported, in milliseconds.
	pub reported_at: Option<i64>,
	/// The chain's report.
	pub report: Option<Json>,
}

impl ClosedPeriod {
	/// The report, once there is one.
	pub fn totals(&self) -> Result<Option<PeriodReport>> {
		let read = |json: &Json| serde_json::from_str(&json.0);
		let report = self.report.as_ref().map(read).transpose();
		report.map_err(|error| Error::Unreadable(format!("a report of {}: {error}", self.period)))
	}
}

/// How what was paid in a period spread over its payees.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Distribution {
	/// Payees with a payment.
	pub payees: i64,
	/// All of it.
	pub paid: Money,
	/// What the tenth of payees with the most got (rounded up to a payee).
	pub top_tenth: Money,
	/// What the half of payees with the least got (rounded down to a payee).
	pub bottom_half: Money,
	/// The middle payment.
	pub median: Money,
	/// The greatest payment.
	pub greatest: Money,
}

/// What happened inside sandboxes for reports of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct SandboxMonth {
	/// Jobs that an operator reported on.
	pub jobs: i64,
	/// Of these, refused ones.
	pub refused: i64,
	/// Traces of persons that were found before jobs ran.
	pub findings: i64,
}

impl Store {
	/// All closed periods, the newest first.
	pub async fn periods(&self) -> Result<Vec<ClosedPeriod>> {
		const SQL: &str = "SELECT * FROM periods ORDER BY period DESC";
		Ok(on!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
	}

	/// One closed period.
	pub async fn period(&self, period: Month) -> Result<Option<ClosedPeriod>> {
		const SQL: &str = "SELECT * FROM periods WHERE period = $1";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(period).fetch_optional(pool).await)?)
	}

	/// The last period that was reported.
	pub async fn last_reported(&self) -> Result<Option<ClosedPeriod>> {
		const SQL: &str = "SELECT * FROM periods WHERE report IS NOT NULL ORDER BY period DESC LIMIT 1";
		Ok(on!(self, pool => sqlx::query_as(SQL).fetch_optional(pool).await)?)
	}

	/// How a period's payments spread.
	pub async fn distribution(&self, period: Month) -> Result<Distribution> {
		const ALL: &str =
			"SELECT COUNT(*), CAST(COALESCE(SUM(amount), 0) AS BIGINT), COALESCE(MAX(amount), 0)
			FROM payments WHERE period = $1";
		const TOP: &str = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM
			(SELECT amount FROM payments WHERE period = $1 ORDER BY amount DESC, payee DESC LIMIT $2) t";
		const BOTTOM: &str = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM
			(SELECT amount FROM payments WHERE period = $1 ORDER BY amount, payee LIMIT $2) t";
		const MEDIAN: &str =
			"SELECT amount FROM payments WHERE period = $1 ORDER BY amount, payee LIMIT 1 OFFSET $2";
		let (payees, paid, greatest): (i64, Money, Money) =
			on!(self, pool => sqlx::query_as(ALL).bind(period).fetch_one(pool).await)?;
		if payees == 0 {
			return Ok(Distribution::default());
		}
		let top_tenth = on!(self, pool => sqlx::query_scalar(TOP).bind(period).bind((payees + 9) / 10)
			.fetch_one(pool).await)?;
		let bottom_half = on!(self, pool => sqlx::query_scalar(BOTTOM).bind(period).bind(payees / 2)
			.fetch_one(pool).await)?;
		let median = on!(self, pool => sqlx::query_scalar(MEDIAN).bind(period).bind((payees - 1) / 2)
			.fetch_one(pool).await)?;
		Ok(Distribution { payees, paid, top_tenth, bottom_half, median, greatest })
	}

	/// Jobs, refusals and findings of a period.
	pub async fn sandbox_month(&self, period: Month) -> Result<SandboxMonth> {
		const SQL: &str = "SELECT COUNT(*) AS jobs,
				CAST(COALESCE(SUM(CASE WHEN refusal_code IS NULL THEN 0 ELSE 1 END), 0) AS BIGINT) AS refused,
				CAST(COALESCE(SUM(findings), 0) AS BIGINT) AS findings
			FROM permits WHERE reported_period = $1";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(period).fetch_one(pool).await)?)
	}
}
