//! Months as wholes: the open one so far, what was paid how often, what is usual.

use crate::{
	on,
	store::{Cursor, Listed, Money, Month, Result, Store, read::receipts::NamedReceipt},
};
use heirloom_primitives::Period;
use sqlx::FromRow;

/// A month in numbers, as far as it is indexed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct SoFar {
	/// Assets that were used.
	pub assets: i64,
	/// Receipts.
	pub calls: i64,
	/// Units that were paid for.
	pub units: i64,
	/// Fees.
	pub fees: Money,
	/// Revenue that was reported.
	pub reported: Money,
}

/// How many assets were paid an amount of an order of magnitude.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Magnitude {
	/// 0: below 1 U, 1: below 10 U, and so on; 6: all above.
	pub magnitude: i64,
	/// Assets.
	pub assets: i64,
	/// What they were paid together.
	pub paid: Money,
}

/// The middle payment of a domain's assets.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DomainMedian {
	/// The domain; none for assets without one.
	pub domain: Option<String>,
	/// What its middle asset was paid.
	pub paid: Money,
	/// Assets that had something to be paid.
	pub assets: i64,
}

/// What an account's asset was used in a period.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct OwnUsage {
	/// The asset.
	pub asset: i64,
	/// Receipts.
	pub calls: i64,
	/// Units that were paid for.
	pub units: i64,
	/// Fees.
	pub fees: Money,
}

/// The most amounts a range of what is usual rests on.
pub const MOST_SAMPLES: i64 = 20_000;

impl Store {
	/// The period that is open: the one after the last that was closed, else the one of the last block.
	pub async fn open_month(&self) -> Result<Month> {
		const SQL: &str = "SELECT MAX(period) FROM periods";
		let closed: Option<Month> = on!(self, pool => sqlx::query_scalar(SQL).fetch_one(pool).await)?;
		Ok(match closed {
			Some(closed) => closed.period().plus(1).into(),
			None => {
				let at = self.last_block().await?.map(|block| block.at).unwrap_or_default();
				Period::of(at.try_into().unwrap_or_default()).into()
			}
		})
	}

	/// How many assets there are: they are numbered from 0 on, without gaps.
	pub async fn asset_count(&self) -> Result<i64> {
		const SQL: &str = "SELECT COALESCE(MAX(id) + 1, 0) FROM assets";
		Ok(on!(self, pool => sqlx::query_scalar(SQL).fetch_one(pool).await)?)
	}

	/// A month so far.
	pub async fn month_so_far(&self, month: Month) -> Result<SoFar> {
		const SQL: &str = "SELECT COUNT(*) AS assets, CAST(COALESCE(SUM(calls), 0) AS BIGINT) AS calls,
				CAST(COALESCE(SUM(units), 0) AS BIGINT) AS units, CAST(COALESCE(SUM(fees), 0) AS BIGINT) AS fees,
				(SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM revenues WHERE period = $1) AS reported
			FROM usage WHERE period = $1";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(month).fetch_one(pool).await)?)
	}

	/// How many assets a month paid how much.
	pub async fn magnitudes(&self, month: Month) -> Result<Vec<Magnitude>> {
		const SQL: &str = "SELECT magnitude, COUNT(*) AS assets, CAST(SUM(paid) AS BIGINT) AS paid FROM (
				SELECT paid, CASE WHEN paid < 1000000 THEN 0 WHEN paid < 10000000 THEN 1 WHEN paid < 100000000 THEN 2
					WHEN paid < 1000000000 THEN 3 WHEN paid < 10000000000 THEN 4 WHEN paid < 100000000000 THEN 5
					ELSE 6 END AS magnitude
				FROM statements WHERE period = $1 AND paid > 0) t
			GROUP BY magnitude ORDER BY magnitude";
		let found: Vec<Magnitude> = on!(self, pool => sqlx::query_as(SQL).bind(month).fetch_all(pool).await)?;
		Ok(found)
	}

	/// The middle payment of each domain's assets in a month.
	pub async fn domain_medians(&self, month: Month) -> Result<Vec<DomainMedian>> {
		const SQL: &str = "SELECT domain, paid, many AS assets FROM (
				SELECT a.domain, s.paid, ROW_NUMBER() OVER (PARTITION BY a.domain ORDER BY s.paid) AS place,
					COUNT(*) OVER (PARTITION BY a.domain) AS many
				FROM statements s JOIN assets a ON a.id = s.asset WHERE s.period = $1) t
			WHERE place = (many + 1) / 2 ORDER BY domain";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(month).fetch_all(pool).await)?)
	}

	/// What assets of a kind that weighed about as much earned in a month, ascending; of more than [`MOST_SAMPLES`] an
	/// arbitrary part.
	pub async fn earned_by_like(&self, month: Month, kind: &str, weights: (i64, i64)) -> Result<Vec<Money>> {
		const SQL: &str = "SELECT earned FROM (
				SELECT s.shared + s.call_fees AS earned FROM statements s JOIN assets a ON a.id = s.asset
				WHERE s.period = $1 AND s.weight BETWEEN $2 AND $3 AND a.kind = $4 LIMIT $5) t ORDER BY earned";
		Ok(on!(self, pool => sqlx::query_scalar(SQL)
			.bind(month).bind(weights.0).bind(weights.1).bind(kind).bind(MOST_SAMPLES).fetch_all(pool).await)?)
	}

	/// Of the assets that were used in a month: how many with at least so many units, and how many with just as many.
	pub async fn used_at_least(&self, month: Month, units: i64) -> Result<(i64, i64)> {
		const SQL: &str =
			"SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN units = $2 THEN 1 ELSE 0 END), 0) AS BIGINT)
			FROM usage WHERE period = $1 AND units >= $2";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(month).bind(units).fetch_one(pool).await)?)
	}

	/// What an account's assets were used in a month.
	pub async fn own_usage(&self, owner: &str, month: Month) -> Result<Vec<OwnUsage>> {
		const SQL: &str = "SELECT u.asset, u.calls, u.units, u.fees FROM assets a
			JOIN usage u ON u.asset = a.id AND u.period = $2 WHERE a.owner = $1";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(owner).bind(month).fetch_all(pool).await)?)
	}

	/// The latest uses of an account's assets by others, the newest first.
	pub async fn uses_of_owner(&self, owner: &str, limit: i64) -> Result<Listed<NamedReceipt>> {
		const SQL: &str = "SELECT a.handle, r.* FROM assets a JOIN receipts r ON r.asset = a.id
			WHERE a.owner = $1 AND r.caller <> $1 ORDER BY r.height DESC, r.event DESC LIMIT $2";
		let found: Vec<NamedReceipt> =
			on!(self, pool => sqlx::query_as(SQL).bind(owner).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |named| Cursor(named.receipt.height, named.receipt.event)))
	}
}
