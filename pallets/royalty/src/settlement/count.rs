//! Counting: how many active assets had so many units, and what curators attested, kind by kind.

use super::{Budget, Outcome};
use crate::{BookingPages, Config, Pallet, Settlement, UnitCounts, UnitsKey, WeightInfo};
use alloc::collections::BTreeMap;
use heirloom_primitives::{ASSETS_PER_PAGE, Genealogy, Kind, Units, average, pages_below, slot_of};

impl<T: Config> Pallet<T> {
	/// Counts page by page. Assets without a booking are most, and have no units: they are counted in one number.
	pub(crate) fn count(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		let mut counted = BTreeMap::<Units, u32>::new();
		let outcome = loop {
			if settlement.page >= pages_below(settlement.report.assets) {
				break Outcome::Done;
			}
			if !budget.admits(T::WeightInfo::count(ASSETS_PER_PAGE)) {
				break Outcome::Paused;
			}
			let bookings = BookingPages::<T>::get(settlement.period, settlement.page);
			budget.spend(T::WeightInfo::count(bookings.len()));
			let first = settlement.page * ASSETS_PER_PAGE;
			let facts = T::Genealogy::facts_page(settlement.page);
			for (asset, facts) in
				(first..settlement.report.assets).zip(&facts).filter(|(_, facts)| facts.active)
			{
				settlement.report.active += 1;
				*counted.entry(bookings.get(asset).units).or_default() += 1;
				if let Some(quality) = facts.quality.filter(|quality| quality.attested) {
					let (sum, number) = &mut settlement.qualities[facts.kind.index()];
					*sum += u64::from(quality.bps);
					*number += 1;
				}
			}
			settlement.page += 1;
		};
		for (units, number) in counted {
			// Every asset is counted once, so a count stays below the number of ids.
			UnitCounts::<T>::mutate(key(units), |count| *count += number);
		}
		if outcome == Outcome::Done {
			settlement.report.averages = Kind::ALL
				.map(|kind| settlement.qualities[kind.index()])
				.map(|(sum, number)| average(sum, number));
		}
		outcome
	}
}

/// The storage key of a number of units.
pub(crate) fn key(units: Units) -> UnitsKey {
	units.to_be_bytes()
}

/// The facts of the asset in a page that holds it.
pub(crate) fn in_page<V: Copy>(page: &[V], asset: heirloom_primitives::AssetId) -> Option<V> {
	page.get(slot_of(asset)).copied()
}
