//! What an asset's share in a month is made of.

use crate::store::{Cursor, Listed, Money, Month, Result, Store, read::assets::Asset};
use heirloom_primitives::{rate_per_weight, share};
use serde::Serialize;
use utoipa::ToSchema;

/// A descendant's part in a share: `weight × 0.8 × pot ÷ total_weight`.
#[derive(Serialize, ToSchema)]
pub struct Line {
	/// The earning descendant.
	pub descendant: i64,
	/// Its name.
	pub handle: String,
	/// What the asset weighed, in basis points.
	pub weight: i64,
	/// The descendant's pot.
	pub pot: Money,
	/// What the descendant's eligible ancestors weighed together.
	pub total_weight: i64,
	/// This line alone, rounded down.
	pub amount: Money,
}

/// A page of the lines of an asset's share, by descendant; none where it had no share. The work of a page is bounded: it can
/// have fewer lines than `limit`, even none, and yet a next one.
pub async fn page(
	store: &Store,
	asset: &Asset,
	period: Month,
	after: Cursor,
	limit: i64,
) -> Result<Listed<Line>> {
	let statement = store.statement(asset.id, period).await?;
	let Some(weight) = statement.and_then(|statement| u16::try_from(statement.weight?).ok()) else {
		return Ok(Listed { items: Vec::new(), next: None });
	};
	let report = store.period(period).await?.map(|closed| closed.totals()).transpose()?.flatten();
	let formula = report.map(|report| report.formula).unwrap_or_default().formula();
	let pots = store.pots_below_after(asset.id, period, after, limit).await?;
	let mut items = Vec::new();
	for named in pots.items {
		let pot = named.pot;
		let total = u64::try_from(pot.total_weight).unwrap_or_default();
		let rate = rate_per_weight(&formula, pot.amount.micro(), total);
		let Some(amount) = rate.and_then(|rate| share(weight, rate)) else { continue };
		items.push(Line {
			descendant: pot.asset,
			handle: named.handle,
			weight: weight.into(),
			pot: pot.amount,
			total_weight: pot.total_weight,
			amount: Money::of("a line", amount)?,
		});
	}
	Ok(Listed { items, next: pots.next })
}
