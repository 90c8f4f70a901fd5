//! What was compared with what, and how far the index is.

use crate::{
	on,
	store::{Result, Store},
};
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;

/// A comparison of what is stored with the chain, or with an own recomputation.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Check {
	/// `receipts` (the running hash of an asset), `payments` (of a period, against its statements), `statements` (of a
	/// period, against the formula), `report` (a period's totals).
	pub kind: String,
	/// The asset's number, or the period, and what of it.
	pub subject: String,
	/// The block up to which it was compared.
	pub height: i64,
	/// Whether both were the same.
	pub ok: bool,
	/// How many things were compared.
	pub compared: i64,
	/// What should be stored.
	pub expected: String,
	/// What is stored.
	pub found: String,
	/// When it was compared, by the explorer's clock, in milliseconds.
	pub at: i64,
}

/// How far the index is.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Position {
	/// The last block that was taken in.
	pub height: i64,
	/// Its hash.
	pub hash: String,
}

impl Store {
	/// How far the index is; none before the first block.
	pub async fn cursor(&self) -> Result<Option<Position>> {
		const SQL: &str = "SELECT height, hash FROM cursor WHERE id = 1";
		Ok(on!(self, pool => sqlx::query_as(SQL).fetch_optional(pool).await)?)
	}

	/// What was noted of the chain itself: `genesis`, …
	pub async fn chain_fact(&self, name: &str) -> Result<Option<String>> {
		const SQL: &str = "SELECT value FROM chain WHERE name = $1";
		Ok(on!(self, pool => sqlx::query_scalar(SQL).bind(name).fetch_optional(pool).await)?)
	}

	/// Comparisons that came out different.
	pub async fn differences(&self, limit: i64) -> Result<Vec<Check>> {
		const SQL: &str = "SELECT * FROM checks WHERE NOT ok ORDER BY kind, subject LIMIT $1";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(limit).fetch_all(pool).await)?)
	}

	/// How many comparisons came out different.
	pub async fn count_differences(&self) -> Result<i64> {
		const SQL: &str = "SELECT COUNT(*) FROM checks WHERE NOT ok";
		Ok(on!(self, pool => sqlx::query_scalar(SQL).fetch_one(pool).await)?)
	}

	/// One comparison.
	pub async fn check(&self, kind: &str, subject: &str) -> Result<Option<Check>> {
		const SQL: &str = "SELECT * FROM checks WHERE kind = $1 AND subject = $2";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(kind).bind(subject).fetch_optional(pool).await)?)
	}
}
