//! What an asset's share in a month is made of.

use crate::store::{Money, Month, Result, Store, read::assets::Asset};
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

/// The lines of an asset's share, by descendant; none where it had no share.
pub async fn of(store: &Store, asset: &Asset, period: Month) -> Result<Vec<Line>> {
	let statement = store.statement(asset.id, period).await?;
	let Some(weight) = statement.and_then(|statement| u16::try_from(statement.weight?).ok()) else {
		return Ok(Vec::new());
	};
	let report = store.period(period).await?.map(|closed| closed.totals()).transpose()?.flatten();
	let formula = report.map(|report| report.formula).unwrap_or_default().formula();
	let mut lines = Vec::new();
	for named in store.pots_below(asset.id, period).await? {
		let pot = named.pot;
		let total = u64::try_from(pot.total_weight).unwrap_or_default();
		let rate = rate_per_weight(&formula, pot.amount.micro(), total);
		let Some(amount) = rate.and_then(|rate| share(weight, rate)) else { continue };
		lines.push(Line {
			descendant: pot.asset,
			handle: named.handle,
			weight: weight.into(),
			pot: pot.amount,
			total_weight: pot.total_weight,
			amount: Money::of("a line", amount)?,
		});
	}
	Ok(lines)
}
