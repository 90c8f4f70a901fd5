//! Counting: how many active assets had so many units, and what curators attested, kind by kind.

use super::{Budget, Outcome};
use crate::{BookingPages, Config, Pallet, Settlement, UnitDirectory, WeightInfo, units::pages_written};
use alloc::collections::BTreeMap;
use heirloom_primitives::{ASSETS_PER_PAGE, Genealogy, Kind, Units, average, pages_below};

/// Distinct numbers of units that are kept in memory before they are added to their pages: some 4 MiB.
const MAX_COUNTED: usize = 1 << 17;

impl<T: Config> Pallet<T> {
	/// Counts page by page. Assets without a booking are most, and have no units: they are counted in one number.
	pub(crate) fn count(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		let mut outcome = Outcome::Again;
		while outcome == Outcome::Again {
			let directory = UnitDirectory::<T>::get().len() as u32;
			let mut counted = BTreeMap::<Units, u32>::new();
			outcome = loop {
				if settlement.page >= pages_below(settlement.report.assets) {
					break Outcome::Done;
				}
				if counted.len() >= MAX_COUNTED {
					break Outcome::Again;
				}
				let distinct = (counted.len() as u32).saturating_add(ASSETS_PER_PAGE);
				let adding = T::WeightInfo::add_counts(pages_written(distinct, directory));
				if !budget.admits(T::WeightInfo::count(ASSETS_PER_PAGE).saturating_add(adding)) {
					break Outcome::Paused;
				}
				budget.spend(T::WeightInfo::count(Self::count_page(settlement, &mut counted)));
				settlement.page += 1;
			};
			budget.spend(T::WeightInfo::add_counts(Self::add_counts(counted)));
		}
		if outcome == Outcome::Done {
			settlement.report.averages = Kind::ALL
				.map(|kind| settlement.qualities[kind.index()])
				.map(|(sum, number)| average(sum, number));
		}
		outcome
	}

	/// Counts the assets of the settlement's page, and returns how many of them have a booking.
	pub(crate) fn count_page(settlement: &mut Settlement, counted: &mut BTreeMap<Units, u32>) -> u32 {
		let bookings = BookingPages::<T>::get(settlement.period, settlement.page);
		let mut booked = bookings.iter(settlement.page).peekable();
		let mut unused = 0u32;
		let first = settlement.page * ASSETS_PER_PAGE;
		let facts = T::Genealogy::facts_page(settlement.page);
		for (asset, facts) in (first..settlement.report.assets).zip(&facts) {
			let booking = booked.next_if(|(next, _)| *next == asset);
			if !facts.active {
				continue;
			}
			settlement.report.active += 1;
			match booking.map_or(0, |(_, booking)| booking.units) {
				0 => unused += 1,
				units => *counted.entry(units).or_default() += 1,
			}
			if let Some(quality) = facts.quality.filter(|quality| quality.attested) {
				let (sum, number) = &mut settlement.qualities[facts.kind.index()];
				*sum += u64::from(quality.bps);
				*number += 1;
			}
		}
		if unused > 0 {
			*counted.entry(0).or_default() += unused;
		}
		bookings.len()
	}
}
