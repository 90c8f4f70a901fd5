//! What an asset weighs among the ancestors of a derivative: quality, usage and impact, in basis points.
//!
//! Plain numbers in, plain numbers out; `docs/arithmetic.md` derives every rounding.

use crate::{Bps, Formula, Period, Quality};
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What a weight is computed from.
#[derive(Clone, Copy, Debug)]
pub struct WeightInput {
	/// The asset's stated quality.
	pub quality: Option<Quality>,
	/// Average of the attested qualities of its kind, where there is one.
	pub average: Option<Bps>,
	/// Its usage rank among all active assets, see [`rank`].
	pub rank: Bps,
	/// Attested improvement of its derivatives.
	pub impact: Bps,
	/// When it was minted.
	pub minted: Period,
}

/// A weight and the parts it is made of, so that a person can follow it. All in basis points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct WeightParts {
	/// From quality: 5 × (quality - average of its kind).
	pub quality: i32,
	/// From usage: rank - 5,000.
	pub usage: i32,
	/// From impact: 5 × impact / 3, at most 10,000.
	pub impact: i32,
	/// Whether the bonus for new assets (× 1.2) is in the weight.
	pub bonus: bool,
	/// The weight: 10,000 and the parts above, between 1,000 and 30,000, with the bonus where it applies.
	pub weight: Bps,
}

/// The usage rank of an asset: `10,000 × (2 × fewer + equal) / (2 × active)`, the middle of the ranks of all assets
/// with the same number of units. `fewer` of the `active` assets had fewer units, `equal` had as many (itself among
/// them). An asset that is not counted among the active ones has no use for a rank; without active assets it is 0.
pub fn rank(fewer: u32, equal: u32, active: u32) -> Bps {
	let (fewer, equal, active) = (u64::from(fewer), u64::from(equal), u64::from(active));
	let scaled = (10_000 * (2 * fewer + equal)).checked_div(2 * active).unwrap_or(0);
	Bps::try_from(scaled).unwrap_or(10_000).min(10_000)
}

/// The average of `count` qualities that add up to `sum`, rounded down; none of none.
pub fn average(sum: u64, count: u32) -> Option<Bps> {
	sum.checked_div(u64::from(count)).and_then(|average| Bps::try_from(average).ok())
}

/// Weighs one asset in `period`.
pub fn weigh(formula: &Formula, input: &WeightInput, period: Period) -> WeightParts {
	let quality = input.quality.map_or(0, |quality| {
		let stated = i64::from(quality.bps);
		let gain = formula.quality_slope * (stated - input.average.map_or(stated, i64::from));
		if quality.attested { gain } else { gain.min(formula.unattested_cap) }
	});
	let usage = i64::from(input.rank) - formula.median_rank;
	let (numerator, denominator) = formula.impact_slope;
	let impact = (numerator * i64::from(input.impact) / denominator).min(formula.impact_cap);
	let clamped = (formula.base + quality + usage + impact).clamp(formula.floor, formula.ceiling);
	let bonus = period < input.minted.plus(formula.bonus_periods);
	let weight = if bonus { clamped * formula.bonus.0 / formula.bonus.1 } else { clamped };
	// `Formula::greatest_weight` fits a Bps, and no part can reach the ends of an i32: inputs have 16 bits, slopes 3.
	let part = |value: i64| i32::try_from(value).unwrap_or(i32::MAX);
	WeightParts {
		quality: part(quality),
		usage: part(usage),
		impact: part(impact),
		bonus,
		weight: Bps::try_from(weight).unwrap_or(Bps::MAX),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::FormulaVersion;
	use proptest::prelude::*;

	const V1: Formula = FormulaVersion::V1.formula();
	const MARCH: Period = Period(12 * 2026 + 2);

	fn input(quality: Bps, average: Bps, rank: Bps, impact: Bps) -> WeightInput {
		let quality = Some(Quality { bps: quality, attested: true });
		WeightInput { quality, average: Some(average), rank, impact, minted: Period(12 * 2025) }
	}

	#[test]
	fn worked_example_of_the_annotator_weighs_1_8() {
		let parts = weigh(&V1, &input(9_800, 9_200, 8_000, 1_200), MARCH);
		assert_eq!((parts.quality, parts.usage, parts.impact, parts.weight), (3_000, 3_000, 2_000, 18_000));
	}

	#[test]
	fn an_average_asset_weighs_one() {
		assert_eq!(weigh(&V1, &input(9_200, 9_200, 5_000, 0), MARCH).weight, 10_000);
	}

	#[test]
	fn weight_stays_between_its_ends() {
		assert_eq!(weigh(&V1, &input(0, 10_000, 0, 0), MARCH).weight, 1_000);
		assert_eq!(weigh(&V1, &input(10_000, 0, 10_000, 10_000), MARCH).weight, 30_000);
	}

	#[test]
	fn unattested_gain_is_capped() {
		let mut claimed = input(9_900, 5_000, 5_000, 0);
		claimed.quality = Some(Quality { bps: 9_900, attested: false });
		assert_eq!(weigh(&V1, &claimed, MARCH).weight, 11_000);
	}

	#[test]
	fn claim_adds_nothing_by_the_second_version() {
		let mut claimed = input(9_900, 5_000, 5_000, 0);
		claimed.quality = Some(Quality { bps: 9_900, attested: false });
		assert_eq!(weigh(&FormulaVersion::V2.formula(), &claimed, MARCH).weight, 10_000);
	}

	#[test]
	fn unattested_loss_is_not_capped() {
		let mut claimed = input(5_000, 6_000, 5_000, 0);
		claimed.quality = Some(Quality { bps: 5_000, attested: false });
		assert_eq!(weigh(&V1, &claimed, MARCH).weight, 5_000);
	}

	#[test]
	fn quality_counts_nothing_without_an_average() {
		let mut alone = input(9_900, 0, 5_000, 0);
		alone.average = None;
		assert_eq!(weigh(&V1, &alone, MARCH).quality, 0);
	}

	#[test]
	fn bonus_ends_after_three_months() {
		let weight_when_minted =
			|minted| weigh(&V1, &WeightInput { minted, ..input(9_200, 9_200, 5_000, 0) }, MARCH);
		assert_eq!(
			[0, 1, 2, 3].map(|age| weight_when_minted(Period(MARCH.0 - age)).weight),
			[12_000, 12_000, 12_000, 10_000]
		);
	}

	#[test]
	fn rank_is_the_middle_of_equals() {
		assert_eq!(rank(0, 4, 4), 5_000);
		assert_eq!(rank(3, 1, 4), 8_750);
		assert_eq!(rank(0, 0, 0), 0);
	}

	proptest! {
		#[test]
		fn ranks_stay_within_one_hundred_percent(fewer in 0u32..2_000_000, equal in 0u32..2_000_000, rest in 0u32..9) {
			prop_assert!(rank(fewer, equal, fewer + equal + rest) <= 10_000);
		}

		#[test]
		fn more_of_anything_never_weighs_less(
			quality in 0u16..10_000, average in 0u16..10_000, usage in 0u16..10_000, impact in 0u16..10_000,
		) {
			let weight = |quality, usage, impact| weigh(&V1, &input(quality, average, usage, impact), MARCH).weight;
			let before = weight(quality, usage, impact);
			prop_assert!(weight(quality + 1, usage, impact) >= before);
			prop_assert!(weight(quality, usage + 1, impact) >= before);
			prop_assert!(weight(quality, usage, impact + 1) >= before);
		}
	}
}
