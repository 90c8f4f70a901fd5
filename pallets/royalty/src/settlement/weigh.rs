//! Weighing every eligible ancestor: `Share` terms, and active at the close.

use super::{Budget, Outcome};
use crate::{
	AtClose, BookingPages, ClosePage, ClosePages, Config, PackedStanding, Pallet, Settlement, WeightInfo,
	WeightPages, WeightsPage, units::Ranks,
};
use alloc::vec::Vec;
use frame_support::BoundedVec;
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, Bps, Formula, Genealogy, Period, WeightInput, pages_below, weigh,
};

impl<T: Config> Pallet<T> {
	/// Weighs page by page.
	pub(crate) fn weigh(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		let mut ranks = Ranks::new::<T>();
		while settlement.page < pages_below(settlement.report.assets) {
			if !budget.admits(T::WeightInfo::weigh(ASSETS_PER_PAGE, ASSETS_PER_PAGE)) {
				return Outcome::Paused;
			}
			let (booked, reads) = Self::weigh_page(settlement, &mut ranks);
			budget.spend(T::WeightInfo::weigh(booked, reads));
			settlement.page += 1;
		}
		Outcome::Done
	}

	/// Weighs the assets of the settlement's page. Returns how many had a booking, and how many pages of ranks were
	/// read for them.
	fn weigh_page(settlement: &Settlement, ranks: &mut Ranks) -> (u32, u32) {
		let formula = settlement.report.formula.formula();
		let bookings = BookingPages::<T>::get(settlement.period, settlement.page);
		let mut booked = bookings.iter(settlement.page).peekable();
		let mut reads = 0;
		let mut weights = Vec::with_capacity(ASSETS_PER_PAGE as usize);
		let mut standings = Vec::with_capacity(ASSETS_PER_PAGE as usize);
		let mut close = Vec::with_capacity(ASSETS_PER_PAGE as usize);
		let first = settlement.page * ASSETS_PER_PAGE;
		let facts = T::Genealogy::facts_page(settlement.page);
		for (asset, facts) in (first..settlement.report.assets).zip(facts) {
			let units = booked.next_if(|(next, _)| *next == asset).map_or(0, |(_, booking)| booking.units);
			let rank = if facts.active { ranks.of::<T>(units, &mut reads) } else { 0 };
			let average = settlement.report.averages[facts.kind.index()];
			weights.push(weight_of(&formula, &facts, average, rank, settlement.period));
			standings.push(facts.standing().map(PackedStanding::from).unwrap_or_default());
			close.push(AtClose { rank, facts });
		}
		// As many as a page of facts has.
		let page = WeightsPage {
			weights: BoundedVec::truncate_from(weights),
			standings: BoundedVec::truncate_from(standings),
		};
		WeightPages::<T>::insert(settlement.period, settlement.page, page);
		ClosePages::<T>::insert(settlement.period, settlement.page, ClosePage::truncate_from(close));
		(bookings.len(), reads)
	}
}

/// What an asset weighs as an ancestor: nothing if it is not eligible.
pub(crate) fn weight_of(
	formula: &Formula,
	facts: &AssetFacts,
	average: Option<Bps>,
	rank: Bps,
	period: Period,
) -> Bps {
	let AssetFacts { quality, impact, minted, .. } = *facts;
	let input = WeightInput { quality, average, rank, impact, minted };
	facts.eligible_rate().map_or(0, |_| weigh(formula, &input, period).weight)
}
