//! The greatest step, which a runtime's guaranteed part of a block must have room for.

use super::StepWeights;
use crate::{Config, Pallet, WeightInfo, contests::MAX_CONTESTS_OF_ONE, units::pages_written};
use frame_support::{traits::Get, weights::Weight};
use heirloom_primitives::{ASSETS_PER_PAGE, Genealogy, PAYEES_PER_PAGE};

impl<T: Config> Pallet<T> {
	/// The greatest weight of a single step of any phase.
	pub(crate) fn greatest_step() -> Weight {
		let spread = T::MaxAncestors::get().saturating_add(MAX_CONTESTS_OF_ONE);
		let adding = T::WeightInfo::add_counts(pages_written(ASSETS_PER_PAGE, ASSETS_PER_PAGE));
		let report = T::WeightInfo::report().saturating_add(T::Genealogy::apply_deferred_weight());
		[
			T::WeightInfo::count(ASSETS_PER_PAGE).saturating_add(adding),
			T::WeightInfo::rank(),
			T::WeightInfo::weigh(ASSETS_PER_PAGE, ASSETS_PER_PAGE),
			T::WeightInfo::spread_page(ASSETS_PER_PAGE)
				.saturating_add(T::WeightInfo::spread_asset(spread, spread.saturating_add(1))),
			Self::greatest_due_page(),
			T::WeightInfo::pay_page(0, PAYEES_PER_PAGE),
			T::WeightInfo::prune(),
			report,
		]
		.into_iter()
		.fold(T::WeightInfo::look(), |greatest, step| greatest.max(step))
	}
}
