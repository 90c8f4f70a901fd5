//! What is held of payments while it is disputed who descends from whom.

use super::{Tx, within};
use crate::store::{
	Money, Month, Result,
	read::withheld::{CONTESTED, Withheld, named},
};

/// A part of a payment that is held, to write.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewWithheld {
	pub period: Month,
	pub derivative: i64,
	pub ancestor: i64,
	pub payee: String,
	pub amount: Money,
}

impl Tx {
	/// Writes that a part of a payment is held. Returns it as it is told.
	pub async fn withhold(
		&mut self,
		place: (i64, i64),
		held: &NewWithheld,
		at: i64,
	) -> Result<Vec<Withheld>> {
		const SQL: &str =
			"INSERT INTO withheld (height, event, period, derivative, ancestor, payee, amount, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
		const WRITTEN: &str = named!("w.height = $1 AND w.event = $2");
		within!(self, connection => sqlx::query(SQL).bind(place.0).bind(place.1).bind(held.period)
			.bind(held.derivative).bind(held.ancestor).bind(&held.payee).bind(held.amount).bind(at)
			.execute(connection).await.map(|_| ()))?;
		Ok(within!(self, connection => sqlx::query_as(WRITTEN).bind(place.0).bind(place.1)
			.fetch_all(connection).await)?)
	}

	/// Writes that all that is held for a derivative and an ancestor is given away, to an account or as revenue. Returns it,
	/// month by month.
	pub async fn release(
		&mut self,
		place: (i64, i64),
		(derivative, ancestor): (i64, i64),
		to: Option<&str>,
		at: i64,
	) -> Result<Vec<Withheld>> {
		const SQL: &str = "UPDATE withheld
			SET released_in = $3, released_event = $4, released_at = $5, released_to = $6
			WHERE derivative = $1 AND ancestor = $2 AND released_in IS NULL";
		const WRITTEN: &str = named!(
			"w.derivative = $1 AND w.ancestor = $2 AND w.released_in = $3 AND w.released_event = $4
			ORDER BY w.period, w.height, w.event"
		);
		within!(self, connection => sqlx::query(SQL).bind(derivative).bind(ancestor).bind(place.0).bind(place.1)
			.bind(at).bind(to).execute(connection).await.map(|_| ()))?;
		Ok(within!(self, connection => sqlx::query_as(WRITTEN).bind(derivative).bind(ancestor).bind(place.0)
			.bind(place.1).fetch_all(connection).await)?)
	}

	/// What was contested at a period's report: of earlier periods, and altogether.
	pub async fn contested(&mut self, period: Month) -> Result<(Money, Money)> {
		Ok(within!(self, connection => sqlx::query_as(CONTESTED).bind(period).fetch_one(connection).await)?)
	}
}
