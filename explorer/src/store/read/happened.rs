//! What the index keeps of a block's events, in their order.

use super::blocks::Extrinsic;
use crate::{
	on,
	store::{Cursor, ExtrinsicPlace, Json, Listed, Month, Result, Store},
};
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;

/// An event of a block.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Happened {
	/// The block.
	pub height: i64,
	/// Its position in it.
	pub event: i64,
	/// `minted`, `used`, `bought`, `transfer`, `revenue`, `paid`, `undelivered`, `claimed`, `withheld`, `changed`, `permit` or
	/// `operator`.
	pub what: String,
	/// The event's own name: of changes, permits and operators.
	pub name: Option<String>,
	/// The asset that it is about.
	pub asset: Option<i64>,
	/// The asset's name.
	pub handle: Option<String>,
	/// The receipt of a use, the number of a permit.
	pub number: Option<i64>,
	/// Who did it, or got it.
	pub account: Option<String>,
	/// To whom, of transfers.
	pub other: Option<String>,
	/// How much, in the smallest unit of `currency`.
	pub amount: Option<String>,
	/// `U` or `LOOM`.
	pub currency: Option<String>,
	/// The month that it counts for.
	pub period: Option<Month>,
	/// Why, in the curators' words: of an asset that they attested, delisted or forced into sandboxes, of an operator that they
	/// suspended or slashed, of a permit that they revoked.
	pub reason: Option<String>,
	/// The position of the transaction that it is of; none of what the block itself does, and of what was indexed before this
	/// was kept.
	pub extrinsic: Option<i64>,
}

impl Happened {
	/// The transaction that it is of, as [`Self::extrinsic`] has it.
	pub fn transaction(&self) -> Option<ExtrinsicPlace> {
		self.extrinsic.map(|position| ExtrinsicPlace { height: self.height, position })
	}
}

/// Why something was changed, as what is kept of the change says.
fn reason_in(detail: String) -> Option<String> {
	let detail = Json(detail).value();
	detail["reason"].as_str().filter(|reason| !reason.is_empty()).map(Into::into)
}

/// The events of a table that are looked at: what each is, its name, asset, number, account, other, amount, currency, period and
/// reason.
macro_rules! of {
	($table:literal: $what:literal, $name:literal, $asset:literal, $number:literal, $account:literal, $other:literal,
		$amount:literal, $currency:literal, $period:literal, $reason:literal) => {
		concat!(
			"SELECT * FROM (SELECT event, CAST(",
			$what,
			" AS TEXT) AS what, CAST(",
			$name,
			" AS TEXT) AS name, CAST(",
			$asset,
			" AS BIGINT) AS asset, CAST(",
			$number,
			" AS BIGINT) AS number, CAST(",
			$account,
			" AS TEXT) AS account, CAST(",
			$other,
			" AS TEXT) AS other, CAST(",
			$amount,
			" AS TEXT) AS amount, CAST(",
			$currency,
			" AS TEXT) AS currency, CAST(",
			$period,
			" AS BIGINT) AS period, CAST(",
			$reason,
			" AS TEXT) AS reason FROM ",
			$table,
			" WHERE height = $1 AND event > $2 AND event < $4 ORDER BY event LIMIT $3) AS kept"
		)
	};
}

impl Store {
	/// The events of a block that the index keeps, in order; the cursor is `height-event`.
	pub async fn happened_in(&self, height: i64, after: Cursor, limit: i64) -> Result<Listed<Happened>> {
		self.happened_between(height, after.1, i64::MAX, limit).await
	}

	/// The events of a transaction that the index keeps, in order; the cursor is `height-event`.
	pub async fn happened_by(&self, one: &Extrinsic, after: Cursor, limit: i64) -> Result<Listed<Happened>> {
		let (Some(first), Some(events)) = (one.first_event, one.events) else {
			return Ok(Listed { items: Vec::new(), next: None });
		};
		self.happened_between(one.height, after.1.max(first - 1), first.saturating_add(events), limit).await
	}

	/// The events of a block that the index keeps, behind one and before another.
	async fn happened_between(
		&self,
		height: i64,
		after: i64,
		before: i64,
		limit: i64,
	) -> Result<Listed<Happened>> {
		// The last transaction that begins at an event or before is the only one that it can be of.
		const SQL: &str = concat!(
			"SELECT CAST($1 AS BIGINT) AS height, e.*, a.handle,
				(SELECT CASE WHEN x.first_event + x.events > e.event THEN x.position END
				FROM extrinsics x WHERE x.height = $1 AND x.first_event <= e.event
				ORDER BY x.first_event DESC LIMIT 1) AS extrinsic FROM (",
			of!("(SELECT id, creator, minted_in AS height, minted_event AS event FROM assets WHERE minted_event IS NOT NULL)
				AS mints": "'minted'", "NULL", "id", "NULL", "creator", "NULL", "NULL", "NULL", "NULL", "NULL"),
			" UNION ALL ",
			of!("licences": "'bought'", "NULL", "asset", "NULL", "buyer", "NULL", "price", "'U'", "period", "NULL"),
			" UNION ALL ",
			of!("receipts": "'used'", "NULL", "asset", "number", "caller", "NULL", "fee", "'U'", "period", "NULL"),
			" UNION ALL ",
			of!("transfers": "'transfer'", "NULL", "NULL", "NULL", "sender", "receiver", "amount", "currency", "NULL", "NULL"),
			" UNION ALL ",
			of!("revenues": "'revenue'", "NULL", "asset", "NULL", "reporter", "NULL", "amount", "'U'", "period", "NULL"),
			" UNION ALL ",
			of!("payments": "CASE WHEN delivered THEN 'paid' ELSE 'undelivered' END", "NULL", "NULL", "NULL", "payee",
				"NULL", "amount", "'U'", "period", "NULL"),
			" UNION ALL ",
			of!("claims": "'claimed'", "NULL", "NULL", "NULL", "payee", "NULL", "amount", "'U'", "NULL", "NULL"),
			" UNION ALL ",
			of!("withheld": "'withheld'", "NULL", "ancestor", "NULL", "payee", "NULL", "amount", "'U'", "period", "NULL"),
			" UNION ALL ",
			of!("changes": "'changed'", "name", "asset", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "detail"),
			" UNION ALL ",
			of!("permit_events": "'permit'", "name", "NULL", "permit", "account", "NULL", "NULL", "NULL", "NULL", "reason"),
			" UNION ALL ",
			of!("operator_events": "'operator'", "name", "NULL", "NULL", "operator", "NULL", "amount",
				"CASE WHEN amount IS NOT NULL THEN 'LOOM' END", "NULL", "reason"),
			") e LEFT JOIN assets a ON a.id = e.asset ORDER BY e.event LIMIT $3"
		);
		let mut found: Vec<Happened> = on!(self, pool => sqlx::query_as(SQL)
			.bind(height).bind(after).bind(limit + 1).bind(before).fetch_all(pool).await)?;
		// Each database reads JSON by words of its own, so a change came with all that is kept of it.
		for one in found.iter_mut().filter(|one| one.what == "changed") {
			one.reason = one.reason.take().and_then(reason_in);
		}
		Ok(Listed::of(found, limit, |one| Cursor(one.height, one.event)))
	}
}
