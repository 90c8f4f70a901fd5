//! Months as wholes: the open one so far, what was paid how often, what is usual.

use crate::{
	on,
	store::{
		Cursor, Error, Listed, Money, Month, Result, Store,
		read::{lineage::list, receipts::NamedReceipt},
	},
};
use heirloom_primitives::Period;
use sqlx::{AssertSqlSafe, FromRow};

/// What the period that is open is noted as, by its number.
pub const OPEN_MONTH: &str = "month";

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

/// What an asset earned that is among those that a range of what is usual rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Sample {
	/// What it earned.
	pub earned: Money,
	/// For how many assets of its kind it stands.
	pub one_in: i64,
}

impl Store {
	/// The period that is open, as the chain has it. In the index of an earlier explorer, until this one takes a block in, the
	/// one after the last that was closed, else the one of the last block.
	pub async fn open_month(&self) -> Result<Month> {
		const SQL: &str = "SELECT MAX(period) FROM periods";
		if let Some(text) = self.chain_fact(OPEN_MONTH).await? {
			let number = text.parse::<i64>();
			return number
				.map(Month)
				.map_err(|error| Error::Unreadable(format!("the open month {text}: {error}")));
		}
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
		const SQL: &str = "SELECT assets, calls, units, fees, reported FROM month_sums WHERE period = $1";
		let found: Option<SoFar> =
			on!(self, pool => sqlx::query_as(SQL).bind(month).fetch_optional(pool).await)?;
		Ok(found.unwrap_or_default())
	}

	/// How many assets a reported month paid how much.
	pub async fn magnitudes(&self, month: Month) -> Result<Vec<Magnitude>> {
		const SQL: &str =
			"SELECT magnitude, assets, paid FROM magnitudes WHERE period = $1 ORDER BY magnitude";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(month).fetch_all(pool).await)?)
	}

	/// The middle payment of each domain's assets in a reported month.
	pub async fn domain_medians(&self, month: Month) -> Result<Vec<DomainMedian>> {
		const SQL: &str = "SELECT NULLIF(domain, '') AS domain, paid, assets FROM domain_medians
			WHERE period = $1 ORDER BY domain_medians.domain";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(month).fetch_all(pool).await)?)
	}

	/// What assets of a kind that weighed about as much earned in a reported month, ascending.
	pub async fn earned_by_like(&self, month: Month, kind: &str, weights: (i64, i64)) -> Result<Vec<Sample>> {
		const SQL: &str = "SELECT earned, one_in FROM samples
			WHERE period = $1 AND kind = $2 AND weight BETWEEN $3 AND $4 ORDER BY earned";
		Ok(on!(self, pool => sqlx::query_as(SQL)
			.bind(month).bind(kind).bind(weights.0).bind(weights.1).fetch_all(pool).await)?)
	}

	/// Of the active assets whose use counted in a reported month: how many with at least so many units, and how many with
	/// just as many.
	pub async fn used_at_least(&self, month: Month, units: i64) -> Result<(i64, i64)> {
		const SQL: &str = "SELECT CAST(COALESCE(SUM(assets), 0) AS BIGINT),
				CAST(COALESCE(SUM(CASE WHEN units = $2 THEN assets ELSE 0 END), 0) AS BIGINT)
			FROM unit_counts WHERE period = $1 AND units >= $2";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(month).bind(units).fetch_one(pool).await)?)
	}

	/// What assets were used in a month, of those that were.
	pub async fn usage_of(&self, assets: &[i64], month: Month) -> Result<Vec<OwnUsage>> {
		if assets.is_empty() {
			return Ok(Vec::new());
		}
		let sql = format!(
			"SELECT asset, calls, units, fees FROM usage WHERE period = $1 AND asset IN ({})",
			list(assets)
		);
		Ok(on!(self, pool => sqlx::query_as(AssertSqlSafe(sql.as_str())).bind(month).fetch_all(pool).await)?)
	}

	/// The latest uses of an account's assets by others, the newest first. Of an asset that its owner used very often since
	/// somebody else did, the uses before are left out.
	pub async fn uses_of_owner(&self, owner: &str, limit: i64) -> Result<Listed<NamedReceipt>> {
		// The latest uses are of the assets that were used last, and among the last receipts of each.
		const SQL: &str = "SELECT a.handle, r.* FROM (
				SELECT id, handle, receipts FROM assets WHERE owner = $1 AND used_in > 0
				ORDER BY used_in DESC LIMIT $2) a
			JOIN receipts r ON r.asset = a.id AND r.number >= a.receipts - 4 * $2
			WHERE r.caller <> $1 ORDER BY r.height DESC, r.event DESC LIMIT $2";
		let found: Vec<NamedReceipt> =
			on!(self, pool => sqlx::query_as(SQL).bind(owner).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |named| Cursor(named.receipt.height, named.receipt.event)))
	}
}
