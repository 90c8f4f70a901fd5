//! What is held of payments while it is disputed who descends from whom, and what became of it.

use crate::{
	on,
	store::{Cursor, Listed, Money, Month, Result, Store},
};
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;

/// A part of a payment that is held, or was, while it is disputed whether an asset is an ancestor of a derivative.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Withheld {
	/// The block.
	pub height: i64,
	/// The event's position in it.
	pub event: i64,
	/// The period whose payment it is of.
	pub period: Month,
	/// Whose ancestors are disputed.
	pub derivative: i64,
	/// Its name.
	pub derivative_handle: String,
	/// The disputed ancestor.
	pub ancestor: i64,
	/// Its name.
	pub ancestor_handle: String,
	/// The one of both whose payment it is of.
	pub asset: i64,
	/// Who was paid so much less.
	pub payee: String,
	/// The amount, in whole cents.
	pub amount: Money,
	/// When, in milliseconds.
	pub at: i64,
	/// The block in which it was given away; none while it is held.
	pub released_in: Option<i64>,
	/// The event's position in that block.
	pub released_event: Option<i64>,
	/// When, in milliseconds.
	pub released_at: Option<i64>,
	/// Who can claim it, and is paid it with the next settlement; none where it became revenue of the derivative once more.
	pub released_to: Option<String>,
}

impl Withheld {
	/// The name of the asset whose payment it is of.
	pub fn asset_handle(&self) -> &str {
		if self.asset == self.ancestor { &self.ancestor_handle } else { &self.derivative_handle }
	}

	/// Whether it was given to whom the asset pays after all. An ancestor's share is that, whoever is its payee by then, or
	/// becomes revenue again; a derivative's own payment can go to the ancestor's payee instead.
	pub fn came_back(&self) -> bool {
		let to = self.released_to.as_ref();
		to.is_some_and(|to| self.asset == self.ancestor || *to == self.payee)
	}
}

/// What was contested when a period was reported, of earlier periods and altogether. Nothing is released while a settlement
/// is under way, so what was in the block of the report was behind it.
pub(in crate::store) const CONTESTED: &str = "SELECT
		CAST(COALESCE(SUM(CASE WHEN period < $1 THEN amount ELSE 0 END), 0) AS BIGINT),
		CAST(COALESCE(SUM(amount), 0) AS BIGINT)
	FROM withheld WHERE period <= $1 AND (released_in IS NULL
		OR released_in >= (SELECT reported_in FROM periods WHERE period = $1))";

/// Rows with the names of both assets, and whose payment they are of. The genealogy is not corrected while a month is settled:
/// where the disputed edge stood in the block that held, it is said to be one too many and the ancestor's share is held; where
/// it did not, it is said to be missing and the derivative's own payment bears it.
macro_rules! named {
	($rest:literal) => {
		concat!(
			"SELECT w.*, d.handle AS derivative_handle, a.handle AS ancestor_handle,
				CASE WHEN EXISTS (SELECT 1 FROM parents p WHERE p.child = w.derivative AND p.parent = w.ancestor
					AND p.since <= w.height AND (p.until IS NULL OR p.until > w.height))
				THEN w.ancestor ELSE w.derivative END AS asset
			FROM withheld w JOIN assets d ON d.id = w.derivative JOIN assets a ON a.id = w.ancestor WHERE ",
			$rest
		)
	};
}
pub(in crate::store) use named;

impl Store {
	/// What was held of an account's payments, the newest first.
	pub async fn withheld_of(&self, payee: &str, before: Cursor, limit: i64) -> Result<Listed<Withheld>> {
		const SQL: &str = named!(
			"w.payee = $1 AND (w.height, w.event) < ($2, $3) ORDER BY w.height DESC, w.event DESC LIMIT $4"
		);
		let found: Vec<Withheld> = on!(self, pool => sqlx::query_as(SQL)
			.bind(payee).bind(before.0).bind(before.1).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |held| Cursor(held.height, held.event)))
	}

	/// What was held of one payment, in order: at most one part a dispute.
	pub async fn withheld_in(&self, payee: &str, period: Month) -> Result<Vec<Withheld>> {
		const SQL: &str = named!("w.period = $2 AND w.payee = $1 ORDER BY w.height, w.event");
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(payee).bind(period).fetch_all(pool).await)?)
	}

	/// What was held of an asset's payments, in order.
	pub async fn withheld_from(&self, asset: i64) -> Result<Vec<Withheld>> {
		// Found by the asset's statements, which an index leads from to what was held of their payments.
		const SQL: &str = named!(
			"(w.period, w.payee) IN (SELECT s.period, s.payee FROM statements s WHERE s.asset = $1)
			AND (w.derivative = $1 OR w.ancestor = $1) ORDER BY w.height, w.event"
		);
		let mut found: Vec<Withheld> =
			on!(self, pool => sqlx::query_as(SQL).bind(asset).fetch_all(pool).await)?;
		found.retain(|held| held.asset == asset);
		Ok(found)
	}

	/// What was contested at a period's report: of earlier periods, and altogether.
	pub async fn contested(&self, period: Month) -> Result<(Money, Money)> {
		Ok(on!(self, pool => sqlx::query_as(CONTESTED).bind(period).fetch_one(pool).await)?)
	}
}
