//! What the index knows of an account.

use crate::{
	on,
	store::{Cursor, Listed, Money, Result, Store},
};
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;

/// An account in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct AccountSummary {
	/// Assets it owns.
	pub owned: i64,
	/// Assets it minted.
	pub minted: i64,
	/// Uses it paid for, or has a licence for.
	pub calls: i64,
	/// What these cost.
	pub spent: Money,
	/// Payments to it that arrived.
	pub payments: i64,
	/// What it was paid, claims included.
	pub earned: Money,
	/// What waits for it.
	pub held: Money,
	/// Transactions it signed.
	pub extrinsics: i64,
}

/// Money that was sent.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Transfer {
	/// The block.
	pub height: i64,
	/// The event's position in it.
	pub event: i64,
	/// `U` (in micro-U) or `LOOM` (in its smallest unit, 10^-12).
	pub currency: String,
	/// From whom.
	pub sender: String,
	/// To whom.
	pub receiver: String,
	/// How much, in the smallest unit.
	pub amount: String,
	/// When, in milliseconds.
	pub at: i64,
}

impl Store {
	/// An account in numbers: zeros for one that was never seen.
	pub async fn account(&self, account: &str) -> Result<AccountSummary> {
		const SQL: &str = "SELECT
			(SELECT COUNT(*) FROM assets WHERE owner = $1) AS owned,
			(SELECT COUNT(*) FROM assets WHERE creator = $1) AS minted,
			COALESCE((SELECT calls FROM account_sums WHERE account = $1), 0) AS calls,
			COALESCE((SELECT spent FROM account_sums WHERE account = $1), 0) AS spent,
			(SELECT COUNT(*) FROM payments WHERE payee = $1 AND delivered) AS payments,
			(SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM payments WHERE payee = $1 AND delivered)
				+ (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM claims WHERE payee = $1) AS earned,
			COALESCE((SELECT amount FROM held WHERE payee = $1), 0) AS held,
			COALESCE((SELECT extrinsics FROM account_sums WHERE account = $1), 0) AS extrinsics";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(account).fetch_one(pool).await)?)
	}

	/// Money that an account sent or received, the newest first.
	pub async fn transfers_of(&self, account: &str, before: Cursor, limit: i64) -> Result<Listed<Transfer>> {
		const SQL: &str = "SELECT * FROM (SELECT * FROM (SELECT * FROM transfers WHERE sender = $1
				AND (height, event) < ($2, $3) ORDER BY height DESC, event DESC LIMIT $4) s
			UNION SELECT * FROM (SELECT * FROM transfers WHERE receiver = $1
				AND (height, event) < ($2, $3) ORDER BY height DESC, event DESC LIMIT $4) r) t
			ORDER BY height DESC, event DESC LIMIT $4";
		let found: Vec<Transfer> = on!(self, pool => sqlx::query_as(SQL)
			.bind(account).bind(before.0).bind(before.1).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |transfer| Cursor(transfer.height, transfer.event)))
	}
}
