//! What is in demand.

use crate::{
	on,
	store::{Cursor, Listed, Money, Month, Result, Store},
};
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;

/// What was used how much in a period.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Usage {
	/// The asset.
	pub asset: i64,
	/// Its name.
	pub handle: String,
	/// `data`, `model` or `script`.
	pub kind: String,
	/// Name of its domain.
	pub domain: Option<String>,
	/// Receipts of the period.
	pub calls: i64,
	/// Units that were paid for.
	pub units: i64,
	/// Fees.
	pub fees: Money,
	/// Different accounts that called it.
	pub callers: i64,
}

/// What a domain's assets were used in a period.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct DomainUsage {
	/// The domain; none for assets without one.
	pub domain: Option<String>,
	/// Its assets that were used.
	pub assets: i64,
	/// Receipts.
	pub calls: i64,
	/// Fees.
	pub fees: Money,
}

impl Store {
	/// The most called assets of a period first; the cursor is `calls-asset`.
	pub async fn most_called(&self, period: Month, before: Cursor, limit: i64) -> Result<Listed<Usage>> {
		const SQL: &str = "SELECT u.asset, a.handle, a.kind, a.domain, u.calls, u.units, u.fees, u.callers
			FROM usage u JOIN assets a ON a.id = u.asset
			WHERE u.period = $1 AND (u.calls, u.asset) < ($2, $3) ORDER BY u.calls DESC, u.asset DESC LIMIT $4";
		let found: Vec<Usage> = on!(self, pool => sqlx::query_as(SQL)
			.bind(period).bind(before.0).bind(before.1).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |usage| Cursor(usage.calls, usage.asset)))
	}

	/// What an asset was used in a period.
	pub async fn usage(&self, asset: i64, period: Month) -> Result<Option<Usage>> {
		const SQL: &str = "SELECT u.asset, a.handle, a.kind, a.domain, u.calls, u.units, u.fees, u.callers
			FROM usage u JOIN assets a ON a.id = u.asset WHERE u.asset = $1 AND u.period = $2";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(asset).bind(period).fetch_optional(pool).await)?)
	}

	/// Domains of a period, the most called first.
	pub async fn domains_in_demand(&self, period: Month) -> Result<Vec<DomainUsage>> {
		const SQL: &str = "SELECT NULLIF(domain, '') AS domain, assets, calls, fees FROM domain_sums
			WHERE period = $1 ORDER BY calls DESC, domain_sums.domain LIMIT 1000";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(period).fetch_all(pool).await)?)
	}
}
