//! Receipts: who used what, when, for how much; licences that were bought; revenue that was reported.

use super::lineage::list;
use crate::{
	on,
	store::{Cursor, Listed, Money, Month, Result, Store},
};
use serde::Serialize;
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::HashMap;
use utoipa::ToSchema;

/// One use of an asset.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Receipt {
	/// What was used.
	pub asset: i64,
	/// The asset's how-manyth receipt, from 0.
	pub number: i64,
	/// The block.
	pub height: i64,
	/// The event's position in it.
	pub event: i64,
	/// Who used it.
	pub caller: String,
	/// Metered units.
	pub units: String,
	/// `inference`, `training`, `fine_tuning` or `evaluation`.
	pub purpose: String,
	/// What was paid; 0 under a licence.
	pub fee: Money,
	/// The permit, of a use inside a sandbox.
	pub permit: Option<i64>,
	/// The derivation it was used towards.
	pub derivation: Option<i64>,
	/// When, in milliseconds.
	pub at: i64,
	/// The period it was booked in.
	pub period: Month,
	/// The asset's running hash, this receipt included.
	pub hash: String,
}

/// A receipt in a list of several assets'.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct NamedReceipt {
	/// The asset's name.
	pub handle: String,
	/// The receipt.
	#[sqlx(flatten)]
	#[serde(flatten)]
	pub receipt: Receipt,
}

/// A licence.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Licence {
	/// What may be used.
	pub asset: i64,
	/// Who holds it.
	pub buyer: String,
	/// What it cost.
	pub price: Money,
	/// The block.
	pub height: i64,
	/// The event's position in it.
	pub event: i64,
	/// When, in milliseconds.
	pub at: i64,
	/// The period it was booked in.
	pub period: Month,
}

/// What licences of an asset were sold for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Sold {
	/// How many were sold.
	pub licences: i64,
	/// Their prices together.
	pub amount: Money,
}

/// Revenue that was reported and paid in.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Revenue {
	/// The block.
	pub height: i64,
	/// The event's position in it.
	pub event: i64,
	/// The period it counts for.
	pub period: Month,
	/// The derived asset that made it.
	pub asset: i64,
	/// Who reported and paid it.
	pub reporter: String,
	/// The amount.
	pub amount: Money,
	/// When, in milliseconds.
	pub at: i64,
}

impl Store {
	/// The receipts of an asset, the newest first; the cursor is `number-0`.
	pub async fn receipts(&self, asset: i64, before: Cursor, limit: i64) -> Result<Listed<Receipt>> {
		const SQL: &str =
			"SELECT * FROM receipts WHERE asset = $1 AND number < $2 ORDER BY number DESC LIMIT $3";
		let found: Vec<Receipt> = on!(self, pool => sqlx::query_as(SQL)
			.bind(asset).bind(before.0).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |receipt| Cursor(receipt.number, 0)))
	}

	/// The receipts of an asset from a number on, ascending: the order in which they are hashed.
	pub async fn receipts_from(&self, asset: i64, number: i64, limit: i64) -> Result<Vec<Receipt>> {
		const SQL: &str = "SELECT * FROM receipts WHERE asset = $1 AND number >= $2 ORDER BY number LIMIT $3";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(asset).bind(number).bind(limit).fetch_all(pool).await)?)
	}

	/// The receipts behind a place (asset, number) of assets below `end`, in the order in which they are hashed.
	pub async fn receipts_between(&self, after: (i64, i64), end: i64, limit: i64) -> Result<Vec<Receipt>> {
		const SQL: &str = "SELECT * FROM receipts WHERE (asset, number) > ($1, $2) AND asset < $3
			ORDER BY asset, number LIMIT $4";
		Ok(on!(self, pool => sqlx::query_as(SQL)
			.bind(after.0).bind(after.1).bind(end).bind(limit).fetch_all(pool).await)?)
	}

	/// One receipt.
	pub async fn receipt(&self, asset: i64, number: i64) -> Result<Option<Receipt>> {
		const SQL: &str = "SELECT * FROM receipts WHERE asset = $1 AND number = $2";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(asset).bind(number).fetch_optional(pool).await)?)
	}

	/// What an account used, the newest first.
	pub async fn receipts_of(
		&self,
		caller: &str,
		before: Cursor,
		limit: i64,
	) -> Result<Listed<NamedReceipt>> {
		const SQL: &str = "SELECT a.handle, r.* FROM receipts r JOIN assets a ON a.id = r.asset
			WHERE r.caller = $1 AND (r.height, r.event) < ($2, $3) ORDER BY r.height DESC, r.event DESC LIMIT $4";
		let found: Vec<NamedReceipt> = on!(self, pool => sqlx::query_as(SQL)
			.bind(caller).bind(before.0).bind(before.1).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |named| Cursor(named.receipt.height, named.receipt.event)))
	}

	/// All receipts, the newest first.
	pub async fn latest_receipts(&self, before: Cursor, limit: i64) -> Result<Listed<NamedReceipt>> {
		const SQL: &str = "SELECT a.handle, r.* FROM receipts r JOIN assets a ON a.id = r.asset
			WHERE (r.height, r.event) < ($1, $2) ORDER BY r.height DESC, r.event DESC LIMIT $3";
		let found: Vec<NamedReceipt> = on!(self, pool => sqlx::query_as(SQL)
			.bind(before.0).bind(before.1).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |named| Cursor(named.receipt.height, named.receipt.event)))
	}

	/// How often an asset was called since a moment.
	pub async fn calls_since(&self, asset: i64, moment: i64) -> Result<i64> {
		// Receipts of an asset ascend in number and in time, so those since a moment are the last ones.
		const SQL: &str = "SELECT a.receipts - COALESCE((SELECT r.number + 1 FROM receipts r
				WHERE r.asset = $1 AND r.at < $2 ORDER BY r.number DESC LIMIT 1), 0) FROM assets a WHERE a.id = $1";
		let calls: Option<i64> = on!(self, pool => sqlx::query_scalar(SQL)
			.bind(asset).bind(moment).fetch_optional(pool).await)?;
		Ok(calls.unwrap_or_default())
	}

	/// How often each of several assets was called since a moment.
	pub async fn calls_of_since(&self, assets: &[i64], moment: i64) -> Result<HashMap<i64, i64>> {
		if assets.is_empty() {
			return Ok(HashMap::new());
		}
		let sql = format!(
			"SELECT a.id, a.receipts - COALESCE((SELECT r.number + 1 FROM receipts r
				WHERE r.asset = a.id AND r.at < $1 ORDER BY r.number DESC LIMIT 1), 0)
			FROM assets a WHERE a.id IN ({})",
			list(assets)
		);
		let calls: Vec<(i64, i64)> = on!(self, pool => sqlx::query_as(AssertSqlSafe(sql.as_str()))
			.bind(moment).fetch_all(pool).await)?;
		Ok(calls.into_iter().collect())
	}

	/// Licences of an asset that were bought.
	pub async fn licences(&self, asset: i64) -> Result<Vec<Licence>> {
		const SQL: &str = "SELECT * FROM licences WHERE asset = $1 ORDER BY height, event LIMIT 1000";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(asset).fetch_all(pool).await)?)
	}

	/// The last licences of an asset that were bought, the newest first.
	pub async fn latest_licences(&self, asset: i64, limit: i64) -> Result<Vec<Licence>> {
		const SQL: &str = "SELECT * FROM licences WHERE asset = $1 ORDER BY height DESC, event DESC LIMIT $2";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(asset).bind(limit).fetch_all(pool).await)?)
	}

	/// What all licences of an asset were sold for.
	pub async fn sold(&self, asset: i64) -> Result<Sold> {
		const SQL: &str = "SELECT COUNT(*) AS licences, CAST(COALESCE(SUM(price), 0) AS BIGINT) AS amount
			FROM licences WHERE asset = $1";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(asset).fetch_one(pool).await)?)
	}

	/// What licences of an asset were sold for in a period: a part of its gross fees.
	pub async fn sold_in(&self, asset: i64, period: Month) -> Result<Money> {
		const SQL: &str = "SELECT CAST(COALESCE(SUM(price), 0) AS BIGINT) FROM licences
			WHERE asset = $1 AND period = $2";
		Ok(on!(self, pool => sqlx::query_scalar(SQL).bind(asset).bind(period).fetch_one(pool).await)?)
	}

	/// Revenue reported for an asset, the newest first.
	pub async fn revenues(&self, asset: i64, before: Cursor, limit: i64) -> Result<Listed<Revenue>> {
		const SQL: &str = "SELECT * FROM revenues WHERE asset = $1 AND (height, event) < ($2, $3)
			ORDER BY height DESC, event DESC LIMIT $4";
		let found: Vec<Revenue> = on!(self, pool => sqlx::query_as(SQL)
			.bind(asset).bind(before.0).bind(before.1).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |revenue| Cursor(revenue.height, revenue.event)))
	}
}
