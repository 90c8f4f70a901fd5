//! When votes decide.

use heirloom_primitives::Outcome;

/// Votes that count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
	/// For who raised the dispute.
	pub ayes: u32,
	/// Against it.
	pub nays: u32,
	/// Curators who may vote, whether they have or not.
	pub eligible: u32,
}

impl Tally {
	/// Decided is what more than half of all who may vote want. None as long as nothing is, or where they are divided
	/// equally.
	pub fn outcome(&self) -> Option<Outcome> {
		let most = |votes: u32| votes > self.eligible / 2;
		match (most(self.ayes), most(self.nays)) {
			(true, _) => Some(Outcome::Upheld),
			(false, true) => Some(Outcome::Dismissed),
			(false, false) => None,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn outcome(ayes: u32, nays: u32, eligible: u32) -> Option<Outcome> {
		Tally { ayes, nays, eligible }.outcome()
	}

	#[test]
	fn half_decides_nothing() {
		assert_eq!(outcome(2, 2, 4), None);
		assert_eq!(outcome(1, 0, 2), None);
		assert_eq!(outcome(0, 0, 0), None);
	}

	#[test]
	fn more_than_half_decides() {
		assert_eq!(outcome(1, 0, 1), Some(Outcome::Upheld));
		assert_eq!(outcome(2, 1, 3), Some(Outcome::Upheld));
		assert_eq!(outcome(1, 3, 5), Some(Outcome::Dismissed));
	}

	proptest! {
		#[test]
		fn a_decision_stands_whatever_the_others_vote(ayes in 0u32..60, nays in 0u32..60, rest in 0u32..60) {
			if let Some(decided) = outcome(ayes, nays, ayes + nays + rest) {
				for more in 0..=rest {
					prop_assert_eq!(outcome(ayes + more, nays + rest - more, ayes + nays + rest), Some(decided));
				}
			}
		}
	}
}
