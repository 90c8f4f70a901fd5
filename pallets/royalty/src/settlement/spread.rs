//! Spreading: each earning asset is split, and its pot's rate is added to its eligible ancestors.
//!
//! A pair of asset and ancestor costs one addition. Pages of weights and accruals stay in memory while one hook runs.

use super::count::in_page;
use super::{Budget, Outcome};
use crate::{
	AccrualPages, AccrualsPage, Booking, BookingPages, Config, Pallet, Settlement, Weighed, WeightInfo,
	WeightPages, WeightsPage,
};
use alloc::{collections::BTreeMap, vec::Vec};
use heirloom_primitives::{
	AssetId, Genealogy, MicroU, PageIndex, Period, RatePerWeight, page_of, pages_below, rate_per_weight,
	slot_of, split,
};

/// The pages that one hook has read.
struct Pages {
	period: Period,
	read: BTreeMap<PageIndex, (WeightsPage, AccrualsPage)>,
}

impl Pages {
	/// Reads the pages of these ascending assets that are not there yet, and returns their number.
	fn load<T: Config>(&mut self, assets: &[AssetId]) -> u32 {
		let mut loaded = 0;
		let mut last = None;
		for page in
			assets.iter().map(|asset| page_of(*asset)).filter(|page| last.replace(*page) != Some(*page))
		{
			self.read.entry(page).or_insert_with(|| {
				loaded += 1;
				(WeightPages::<T>::get(self.period, page), AccrualPages::<T>::get(page))
			});
		}
		loaded
	}

	fn weighed(&self, asset: AssetId) -> Option<Weighed> {
		let page = self.read.get(&page_of(asset));
		page.and_then(|(weights, _)| in_page(weights, asset))
	}

	/// Adds to what an ancestor accrues. None on an overflow, which the period's limit excludes.
	fn accrue(&mut self, ancestor: AssetId, rate: RatePerWeight) -> Option<()> {
		let (_, accruals) = self.read.get_mut(&page_of(ancestor))?;
		let accrued = accruals.get_mut(slot_of(ancestor))?;
		*accrued = accrued.checked_add(rate)?;
		Some(())
	}

	fn store<T: Config>(self) {
		for (page, (_, accruals)) in self.read {
			AccrualPages::<T>::insert(page, accruals);
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Spreads asset by asset.
	pub(crate) fn spread(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		let mut pages = Pages { period: settlement.period, read: BTreeMap::new() };
		let mut outcome = Outcome::Done;
		while settlement.page < pages_below(settlement.report.assets) {
			outcome = Self::spread_page(settlement, &mut pages, budget);
			if outcome == Outcome::Paused {
				break;
			}
			settlement.page += 1;
			settlement.position = 0;
		}
		pages.store::<T>();
		outcome
	}

	/// Spreads the assets of one page of bookings, from the settlement's position on.
	fn spread_page(settlement: &mut Settlement, pages: &mut Pages, budget: &mut Budget) -> Outcome {
		let mut bookings = BookingPages::<T>::get(settlement.period, settlement.page);
		if bookings.is_empty() && !budget.admits(T::WeightInfo::spread(0, 0)) {
			return Outcome::Paused;
		}
		budget.spend(T::WeightInfo::spread(0, 0));
		let (mut outcome, begun) = (Outcome::Done, settlement.position);
		while let Some((asset, booking)) = bookings.at(settlement.page, settlement.position) {
			let mut booking = *booking;
			let ancestors = T::Genealogy::ancestors(asset);
			let number = ancestors.len() as u32;
			if !budget.admits(T::WeightInfo::spread(number, number)) {
				outcome = Outcome::Paused;
				break;
			}
			let loaded = pages.load::<T>(&ancestors);
			budget.spend(T::WeightInfo::spread(number, loaded));
			if let Some(pot) = Self::spread_asset(settlement, pages, &ancestors, &booking) {
				booking.pot = pot;
				bookings.set(asset, booking);
			}
			settlement.position += 1;
		}
		if settlement.position > begun {
			BookingPages::<T>::insert(settlement.period, settlement.page, bookings);
		}
		outcome
	}

	/// Splits what an asset took in and spreads its pot over its eligible ancestors. Returns the pot.
	fn spread_asset(
		settlement: &mut Settlement,
		pages: &mut Pages,
		ancestors: &[AssetId],
		booking: &Booking,
	) -> Option<MicroU> {
		let formula = settlement.report.formula.formula();
		let eligible: Vec<(AssetId, Weighed)> = ancestors
			.iter()
			.filter_map(|ancestor| Some((*ancestor, pages.weighed(*ancestor)?)))
			.filter(|(_, weighed)| weighed.weight > 0)
			.collect();
		let highest_rate = eligible.iter().filter_map(|(_, weighed)| weighed.facts.eligible_rate()).max();
		let split = split(booking.gross, booking.reported, highest_rate)?;
		let report = &mut settlement.report;
		report.call_fees = report.call_fees.checked_add(split.own)?;
		report.revenue = report.revenue.checked_add(split.pot)?;
		if split.pot > 0 {
			let total = eligible.iter().map(|(_, weighed)| u64::from(weighed.weight)).sum();
			let rate = rate_per_weight(&formula, split.pot, total)?;
			report.pots += 1;
			report.pairs += eligible.len() as u64;
			for (ancestor, _) in eligible {
				pages.accrue(ancestor, rate)?;
			}
		}
		Some(split.pot)
	}
}
