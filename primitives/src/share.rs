//! How revenue is split and shared, to the micro-U.
//!
//! `share(a) = weight(a) × Σ over earning descendants d of 80 % of pot(d) / total(d)`, with `total(d)` the sum of the
//! weights of d's eligible ancestors. The sum is a fixed-point number of [`FRACTION_BITS`] fractional bits: a pair of
//! derivative and ancestor costs one addition, a derivative one division, an ancestor one multiplication. Each
//! quotient is rounded up, so that a share that comes out even stays even.

use crate::{Bps, CENT, Formula, MicroU, ONE};

/// Fractional bits of a rate per weight.
pub const FRACTION_BITS: u32 = 48;

/// All that is booked in one period stays below this, which leaves [`FRACTION_BITS`] of 128 for the fraction: 2^80
/// micro-U are 1.2 × 10^18 U.
pub const PERIOD_LIMIT: MicroU = 1 << 80;

/// What one weight unit earns, in micro-U × 2^48.
pub type RatePerWeight = u128;

/// How an eligible ancestor stands towards its derivatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
	/// The rate at which they share with it.
	pub rate: Bps,
	/// Whether curators vouched for it.
	pub proven: bool,
}

/// The eligible ancestors of one derivative, summed up one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heirs {
	/// The highest rate among all of them: of the derivative's call fees so much is its pot.
	pub highest_rate: Option<Bps>,
	/// What the proven ones weigh together.
	proven: u64,
	/// What the others weigh together.
	others: u64,
}

impl Heirs {
	/// Counts one more. An ancestor's weight is never 0, and 4,096 of them stay far below 64 bits.
	pub fn add(&mut self, weight: Bps, standing: Standing) {
		self.highest_rate = self.highest_rate.max(Some(standing.rate));
		let weights = if standing.proven { &mut self.proven } else { &mut self.others };
		*weights += u64::from(weight);
	}

	/// Whether the pot is shared among the proven ones only.
	pub fn proven_only(&self, formula: &Formula) -> bool {
		formula.proven_first && self.proven > 0
	}

	/// Whether a proven ancestor, or one that is not, shares in the pot.
	pub fn includes(&self, formula: &Formula, proven: bool) -> bool {
		proven || !self.proven_only(formula)
	}

	/// What those weigh together who share in the pot.
	pub fn total(&self, formula: &Formula) -> u64 {
		if self.proven_only(formula) { self.proven } else { self.proven + self.others }
	}
}

/// What an asset took in, divided at the close into what it shares and what is its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
	/// Shared with its eligible ancestors and the pool.
	pub pot: MicroU,
	/// Its owner's.
	pub own: MicroU,
}

/// Splits `gross` call fees and `reported` revenue. `highest_rate` is the highest rate among the eligible ancestors,
/// none where there is none: then everything is the asset's own. None on overflow.
pub fn split(gross: MicroU, reported: MicroU, highest_rate: Option<Bps>) -> Option<Split> {
	let all = gross.checked_add(reported)?;
	let Some(rate) = highest_rate else { return Some(Split { pot: 0, own: all }) };
	let pot = (gross.checked_mul(MicroU::from(rate))? / MicroU::from(ONE)).checked_add(reported)?;
	Some(Split { pot, own: all.checked_sub(pot)? })
}

/// The ancestors' part of a pot, rounded down; the rest is the pool's.
pub fn ancestors_part(formula: &Formula, pot: MicroU) -> Option<MicroU> {
	Some(pot.checked_mul(formula.ancestors_percent)? / 100)
}

/// What each weight unit gets of a pot whose eligible ancestors weigh `total`: `⌈80 % of pot × 2^48 / total⌉`.
/// None where nobody weighs anything or the pot is not below [`PERIOD_LIMIT`].
pub fn rate_per_weight(formula: &Formula, pot: MicroU, total: u64) -> Option<RatePerWeight> {
	let scaled = ancestors_part(formula, pot)?.checked_mul(1 << FRACTION_BITS)?;
	(total > 0).then(|| scaled.div_ceil(u128::from(total)))
}

/// An ancestor's share of all pots that reached it, rounded down.
pub fn share(weight: Bps, rate: RatePerWeight) -> Option<MicroU> {
	Some(u128::from(weight).checked_mul(rate)? >> FRACTION_BITS)
}

/// Divides what is due into whole cents to pay and the remainder to carry to the next month.
pub const fn whole_cents(due: MicroU) -> (MicroU, MicroU) {
	(due - due % CENT, due % CENT)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{FormulaVersion, U};
	use alloc::vec::Vec;
	use proptest::{collection::vec, prelude::*};

	const V1: Formula = FormulaVersion::V1.formula();
	const V2: Formula = FormulaVersion::V2.formula();

	fn heirs(of: &[(Bps, Bps, bool)]) -> Heirs {
		let mut heirs = Heirs::default();
		of.iter()
			.for_each(|(weight, rate, proven)| heirs.add(*weight, Standing { rate: *rate, proven: *proven }));
		heirs
	}

	#[test]
	fn who_is_not_proven_weighs_nothing_beside_who_is() {
		let mixed = heirs(&[(18_000, 3_000, true), (36_000, 9_000, false)]);
		assert_eq!((mixed.total(&V1), mixed.total(&V2)), (54_000, 18_000));
		assert_eq!([true, false].map(|proven| mixed.includes(&V2, proven)), [true, false]);
		assert_eq!([true, false].map(|proven| mixed.includes(&V1, proven)), [true, true]);
	}

	#[test]
	fn who_is_not_proven_shares_where_nobody_is() {
		let unproven = heirs(&[(10_000, 3_000, false), (12_000, 0, false)]);
		assert_eq!((unproven.total(&V1), unproven.total(&V2)), (22_000, 22_000));
		assert!(unproven.includes(&V2, false));
	}

	#[test]
	fn rate_is_the_highest_of_all_whoever_is_proven() {
		assert_eq!(heirs(&[(10_000, 0, true), (10_000, 7_000, false)]).highest_rate, Some(7_000));
		assert_eq!(heirs(&[]).highest_rate, None);
	}

	#[test]
	fn worked_example_of_the_annotator_shares_1600() {
		let rate = rate_per_weight(&V1, 15_000 * U, 135_000).unwrap();
		assert_eq!(share(18_000, rate), Some(1_600 * U));
	}

	#[test]
	fn without_an_eligible_ancestor_all_is_its_own() {
		assert_eq!(split(7, 5, None), Some(Split { pot: 0, own: 12 }));
	}

	#[test]
	fn reported_revenue_is_shared_whole() {
		assert_eq!(split(9_999, 100, Some(3_000)), Some(Split { pot: 3_099, own: 7_000 }));
	}

	#[test]
	fn amounts_past_the_limit_have_no_rate() {
		assert_eq!(rate_per_weight(&V1, PERIOD_LIMIT * 2, 10_000), None);
		assert!(rate_per_weight(&V1, PERIOD_LIMIT - 1, 1).is_some());
	}

	#[test]
	fn nobody_to_share_with_has_no_rate() {
		assert_eq!(rate_per_weight(&V1, U, 0), None);
	}

	proptest! {
		#[test]
		fn a_split_keeps_every_micro_u(gross in 0..PERIOD_LIMIT, reported in 0..PERIOD_LIMIT, rate in 0..=ONE) {
			let split = split(gross, reported, Some(rate)).unwrap();
			prop_assert_eq!(split.pot + split.own, gross + reported);
		}

		#[test]
		fn shares_are_proportional_to_weights_within_a_micro_u(
			pot in 0..PERIOD_LIMIT / 1_000_000, weights in vec(1_000u16..=36_000, 1..200),
		) {
			let total = weights.iter().map(|weight| u64::from(*weight)).sum::<u64>();
			let rate = rate_per_weight(&V1, pot, total).unwrap();
			let part = ancestors_part(&V1, pot).unwrap();
			let shares: Vec<_> = weights.iter().map(|weight| share(*weight, rate).unwrap()).collect();
			for (weight, share) in weights.iter().zip(&shares) {
				let exact = part * u128::from(*weight) / u128::from(total);
				prop_assert!(share.abs_diff(exact) <= 1, "{} for {}", share, exact);
			}
			prop_assert!(shares.iter().sum::<u128>() <= part);
		}

		#[test]
		fn cents_keep_every_micro_u(due in any::<u128>()) {
			let (paid, carried) = whole_cents(due);
			prop_assert_eq!(paid + carried, due);
			prop_assert!(paid % CENT == 0 && carried < CENT);
		}
	}
}
