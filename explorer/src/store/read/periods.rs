//! Months: their reports, and how what was paid spread over payees.

use crate::{
	on,
	store::{Error, Json, Money, Month, Result, Store},
};
use heirloom_primitives::{FormulaVersion, PeriodReport};
use serde::Serialize;
use sqlx::FromRow;
use std::collections::HashMap;
use utoipa::ToSchema;

/// What the rule of the open period is noted as.
pub const FORMULA: &str = "formula";

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
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow, Serialize, ToSchema)]
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

	/// The rule of the period that is open: as the chain has it, else that of the last settled one; of a chain of which nothing
	/// is indexed, the one that new chains begin with.
	pub async fn formula(&self) -> Result<FormulaVersion> {
		if let Some(text) = self.chain_fact(FORMULA).await? {
			return serde_json::from_str(&text)
				.map_err(|error| Error::Unreadable(format!("the rule {text}: {error}")));
		}
		let report = self.last_reported().await?.map(|last| last.totals()).transpose()?.flatten();
		Ok(report.map_or(FormulaVersion::V2, |report| report.formula))
	}

	/// The rule that a period was settled by; of one that is not settled, that of the open period.
	pub async fn formula_of(&self, period: Month) -> Result<FormulaVersion> {
		let report = self.period(period).await?.map(|closed| closed.totals()).transpose()?.flatten();
		match report {
			Some(report) => Ok(report.formula),
			None => self.formula().await,
		}
	}

	/// The rules that settled periods were settled by.
	pub async fn formulas(&self) -> Result<HashMap<Month, FormulaVersion>> {
		let mut rules = HashMap::new();
		for closed in self.periods().await? {
			rules.extend(closed.totals()?.map(|report| (closed.period, report.formula)));
		}
		Ok(rules)
	}

	/// How a reported period's payments spread; nothing of one that is still being paid.
	pub async fn distribution(&self, period: Month) -> Result<Distribution> {
		const SQL: &str = "SELECT payees, paid, top_tenth, bottom_half, median, greatest FROM distributions
			WHERE period = $1";
		let found: Option<Distribution> =
			on!(self, pool => sqlx::query_as(SQL).bind(period).fetch_optional(pool).await)?;
		Ok(found.unwrap_or_default())
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
