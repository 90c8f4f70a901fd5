//! Ranking: from counts of units to ranks, those with the fewest units first.

use super::{Budget, Outcome};
use crate::{Config, Pallet, Ranks, Settlement, UnitCounts, WeightInfo};
use heirloom_primitives::rank;

impl<T: Config> Pallet<T> {
	/// Ranks one distinct number of units a step, in the order in which the trie keeps them.
	pub(crate) fn rank(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		for (units, equal) in UnitCounts::<T>::iter() {
			if !budget.admits(T::WeightInfo::rank()) {
				return Outcome::Paused;
			}
			budget.spend(T::WeightInfo::rank());
			UnitCounts::<T>::remove(units);
			Ranks::<T>::insert(units, rank(settlement.ranked, equal, settlement.report.active));
			settlement.ranked += equal;
		}
		Outcome::Done
	}
}
