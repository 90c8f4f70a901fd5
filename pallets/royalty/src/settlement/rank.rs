//! Ranking: from counts of units to ranks, those with the fewest units first.

use super::{Budget, Outcome};
use crate::{Config, Pallet, Settlement, UnitDirectory, UnitPages, WeightInfo};
use heirloom_primitives::rank;

impl<T: Config> Pallet<T> {
	/// Ranks one page of distinct numbers of units a step.
	pub(crate) fn rank(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		let directory = UnitDirectory::<T>::get();
		while let Some((_, page)) = directory.get(settlement.page as usize) {
			if !budget.admits(T::WeightInfo::rank()) {
				return Outcome::Paused;
			}
			budget.spend(T::WeightInfo::rank());
			UnitPages::<T>::mutate(page, |entries| {
				for entry in entries {
					let equal = entry.value;
					entry.value = rank(settlement.ranked, equal, settlement.report.active).into();
					settlement.ranked += equal;
				}
			});
			settlement.page += 1;
		}
		Outcome::Done
	}
}
