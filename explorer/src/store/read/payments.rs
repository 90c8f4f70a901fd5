//! Payments, what waits for payees, and what was claimed of it.

use crate::{
	on,
	store::{Cursor, Listed, Money, Month, Result, Store},
};
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;

/// What a payee got for a period, for all its assets at once.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Payment {
	/// The block.
	pub height: i64,
	/// The event's position in it.
	pub event: i64,
	/// The period.
	pub period: Month,
	/// Who was paid.
	pub payee: String,
	/// The amount, in whole cents; what is held for disputes is not in it.
	pub amount: Money,
	/// Whether it arrived. Else it is held, and can be claimed.
	pub delivered: bool,
	/// Of the amount, what had waited from earlier periods, or was released before.
	pub held_before: Money,
	/// When, in milliseconds.
	pub at: i64,
}

/// What had waited and was claimed.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Claim {
	/// The block.
	pub height: i64,
	/// The event's position in it.
	pub event: i64,
	/// Who was paid.
	pub payee: String,
	/// The amount.
	pub amount: Money,
	/// When, in milliseconds.
	pub at: i64,
}

impl Store {
	/// What an account was paid, the newest first; the cursor is `period-0`.
	pub async fn payments_of(&self, payee: &str, before: Cursor, limit: i64) -> Result<Listed<Payment>> {
		const SQL: &str =
			"SELECT * FROM payments WHERE payee = $1 AND period < $2 ORDER BY period DESC LIMIT $3";
		let found: Vec<Payment> = on!(self, pool => sqlx::query_as(SQL)
			.bind(payee).bind(before.0).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |payment| Cursor(payment.period.0, 0)))
	}

	/// One payment.
	pub async fn payment(&self, payee: &str, period: Month) -> Result<Option<Payment>> {
		const SQL: &str = "SELECT * FROM payments WHERE payee = $1 AND period = $2";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(payee).bind(period).fetch_optional(pool).await)?)
	}

	/// The payments of a period in the order they were made in.
	pub async fn payments_in(&self, period: Month, after: Cursor, limit: i64) -> Result<Listed<Payment>> {
		const SQL: &str = "SELECT * FROM payments WHERE period = $1 AND (height, event) > ($2, $3)
			ORDER BY height, event LIMIT $4";
		let found: Vec<Payment> = on!(self, pool => sqlx::query_as(SQL)
			.bind(period).bind(after.0).bind(after.1).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |payment| Cursor(payment.height, payment.event)))
	}

	/// What waits for an account.
	pub async fn held(&self, payee: &str) -> Result<Money> {
		const SQL: &str = "SELECT amount FROM held WHERE payee = $1";
		let held: Option<Money> =
			on!(self, pool => sqlx::query_scalar(SQL).bind(payee).fetch_optional(pool).await)?;
		Ok(held.unwrap_or_default())
	}

	/// What an account claimed, the newest first.
	pub async fn claims_of(&self, payee: &str) -> Result<Vec<Claim>> {
		const SQL: &str = "SELECT * FROM claims WHERE payee = $1 ORDER BY height DESC, event DESC LIMIT 1000";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(payee).fetch_all(pool).await)?)
	}
}
