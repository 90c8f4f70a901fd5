//! Sandboxes: permits, what came of them, and operators.

use crate::{
	on,
	store::{Cursor, Json, Listed, Money, Month, Result, Store},
};
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;

/// A permit to use sensitive assets inside a sandbox.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Permit {
	/// Its number.
	pub id: i64,
	/// Who asked for it and pays.
	pub consumer: String,
	/// Who runs the job.
	pub operator: String,
	/// What for.
	pub purpose: String,
	/// Hash of the code that runs.
	pub code_hash: String,
	/// Hash of its parameters.
	pub parameters_hash: String,
	/// The most bytes that may leave the sandbox.
	pub output_cap: String,
	/// After this moment it cannot be completed.
	pub expires_at: i64,
	/// The operator's own fee.
	pub operator_fee: Money,
	/// `requested`, `approved`, `completed`, `refused`, `revoked`, `expired` or `consumed`.
	pub status: String,
	/// The derived asset it was used up by.
	pub consumed_into: Option<i64>,
	/// The block of the request.
	pub requested_in: i64,
	/// When it was requested, in milliseconds.
	pub requested_at: i64,
	/// When its status changed last.
	pub changed_at: i64,
	/// The operator's signed report.
	pub report: Option<Json>,
	/// Hash of what was signed.
	pub report_hash: Option<String>,
	/// The runner's code for a refusal; see the handbook of refusals.
	pub refusal_code: Option<i64>,
	/// Traces of persons that were found before the job ran.
	pub findings: Option<i64>,
	/// What the job used of the runner's fuel.
	pub fuel: Option<String>,
	/// Bytes of its output, padding included.
	pub output_bytes: Option<String>,
	/// The period the report counts for.
	pub reported_period: Option<Month>,
	/// `open`, `dismissed`, `upheld` or `expired`, once somebody doubted the report.
	pub challenge: Option<String>,
	/// Who doubts it.
	pub challenger: Option<String>,
	/// Who repeats the job.
	pub second_operator: Option<String>,
	/// Why the curators revoked it, in their words; none where somebody else did.
	pub reason: Option<String>,
}

/// An asset of a permit.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct PermitUse {
	/// The asset.
	pub asset: i64,
	/// Its name.
	pub handle: String,
	/// Units that are paid for.
	pub units: String,
	/// Their fee.
	pub fee: Money,
}

/// A step of a permit.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct PermitEvent {
	/// The block.
	pub height: i64,
	/// The event's position in it.
	pub event: i64,
	/// The permit.
	pub permit: i64,
	/// The event: `Requested`, `UseApproved`, `Approved`, `Completed`, …
	pub name: String,
	/// Whose doing it was, where the event says so.
	pub account: Option<String>,
	/// Why, in the curators' words: of a permit that they revoked.
	pub reason: Option<String>,
	/// When, in milliseconds.
	pub at: i64,
}

/// An operator of sandboxes.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Operator {
	/// Its account.
	pub account: String,
	/// The account of the key that signs its reports.
	pub signing_key: String,
	/// The key that owners seal data keys to.
	pub sealing_key: String,
	/// Hash of the runner it runs.
	pub measurement: String,
	/// What it takes for a completed job, in micro-U.
	pub fee: String,
	/// `registered`, `admitted`, `unbonding` or `left`.
	pub status: String,
	/// The block it registered in.
	pub registered_in: i64,
	/// Why the curators suspended or slashed it last, in their words; none where they admitted it since.
	pub reason: Option<String>,
}

/// Permits `p` of these tables, with what the curators said when they revoked one: that happens once.
macro_rules! permits {
	($from:literal) => {
		concat!(
			"SELECT p.*, (SELECT e.reason FROM permit_events e WHERE e.permit = p.id AND e.name = 'Revoked' LIMIT 1) AS reason
			FROM ",
			$from
		)
	};
}

impl Store {
	/// One permit.
	pub async fn permit(&self, id: i64) -> Result<Option<Permit>> {
		const SQL: &str = permits!("permits p WHERE p.id = $1");
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(id).fetch_optional(pool).await)?)
	}

	/// The assets of a permit.
	pub async fn permit_uses(&self, id: i64) -> Result<Vec<PermitUse>> {
		const SQL: &str = "SELECT u.asset, a.handle, u.units, u.fee FROM permit_uses u
			JOIN assets a ON a.id = u.asset WHERE u.permit = $1 ORDER BY u.asset";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(id).fetch_all(pool).await)?)
	}

	/// What happened to a permit, in order.
	pub async fn permit_events(&self, id: i64) -> Result<Vec<PermitEvent>> {
		const SQL: &str = "SELECT * FROM permit_events WHERE permit = $1 ORDER BY height, event";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(id).fetch_all(pool).await)?)
	}

	/// Permits, the newest first; the cursor is `id-0`.
	pub async fn permits(&self, before: Cursor, limit: i64) -> Result<Listed<Permit>> {
		const SQL: &str = permits!("permits p WHERE p.id < $1 ORDER BY p.id DESC LIMIT $2");
		let found: Vec<Permit> =
			on!(self, pool => sqlx::query_as(SQL).bind(before.0).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |permit| Cursor(permit.id, 0)))
	}

	/// Permits that use an asset, the newest first; the cursor is `id-0`.
	pub async fn permits_of_asset(&self, asset: i64, before: Cursor, limit: i64) -> Result<Listed<Permit>> {
		const SQL: &str = permits!(
			"permit_uses u JOIN permits p ON p.id = u.permit
			WHERE u.asset = $1 AND u.permit < $2 ORDER BY u.permit DESC LIMIT $3"
		);
		let found: Vec<Permit> = on!(self, pool => sqlx::query_as(SQL)
			.bind(asset).bind(before.0).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |permit| Cursor(permit.id, 0)))
	}

	/// All operators.
	pub async fn operators(&self) -> Result<Vec<Operator>> {
		// Whatever an operator was told before it was admitted, or came anew, is over. What a challenge took has no reason, and
		// leaves that of the curators as it is.
		const SQL: &str = "SELECT o.*, (SELECT e.reason FROM operator_events e WHERE e.operator = o.account
				AND (e.reason IS NOT NULL OR e.name IN ('OperatorRegistered', 'OperatorAdmitted'))
				ORDER BY e.height DESC, e.event DESC LIMIT 1) AS reason
			FROM operators o ORDER BY o.registered_in, o.account";
		Ok(on!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
	}
}
