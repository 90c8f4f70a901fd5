//! Weighing every eligible ancestor: `Share` terms, and active at the close.

use super::count::key;
use super::{Budget, Outcome};
use crate::{
	AccrualPages, AccrualsPage, BookingPages, Config, Pallet, Ranks, Settlement, Weighed, WeightInfo,
	WeightPages, WeightsPage,
};
use alloc::{collections::BTreeMap, vec, vec::Vec};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, Bps, Formula, Genealogy, Period, Units, WeightInput, pages_below, weigh,
};

impl<T: Config> Pallet<T> {
	/// Weighs page by page.
	pub(crate) fn weigh(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		let formula = settlement.report.formula.formula();
		let averages = settlement.report.averages;
		// Distinct numbers of units repeat a lot: most assets have none.
		let mut ranks = BTreeMap::<Units, Bps>::new();
		loop {
			if settlement.page >= pages_below(settlement.report.assets) {
				return Outcome::Done;
			}
			if !budget.admits(T::WeightInfo::weigh(ASSETS_PER_PAGE)) {
				return Outcome::Paused;
			}
			let bookings = BookingPages::<T>::get(settlement.period, settlement.page);
			budget.spend(T::WeightInfo::weigh(bookings.len()));
			let mut rank_of = |units: Units| {
				*ranks.entry(units).or_insert_with(|| Ranks::<T>::get(key(units)).unwrap_or_default())
			};
			let first = settlement.page * ASSETS_PER_PAGE;
			let page: Vec<Weighed> = (first..settlement.report.assets)
				.zip(T::Genealogy::facts_page(settlement.page))
				.map(|(asset, facts)| {
					let average = averages[facts.kind.index()];
					let rank = || rank_of(bookings.get(asset).units);
					weighed(&formula, facts, average, rank, settlement.period)
				})
				.collect();
			let accruals = AccrualsPage::truncate_from(vec![0; page.len()]);
			AccrualPages::<T>::insert(settlement.page, accruals);
			WeightPages::<T>::insert(settlement.period, settlement.page, WeightsPage::truncate_from(page));
			settlement.page += 1;
		}
	}
}

/// How an asset stands as an ancestor. One that is not eligible weighs nothing.
pub(crate) fn weighed(
	formula: &Formula,
	facts: AssetFacts,
	average: Option<Bps>,
	rank: impl FnOnce() -> Bps,
	period: Period,
) -> Weighed {
	let rank = if facts.active { rank() } else { 0 };
	let input =
		WeightInput { quality: facts.quality, average, rank, impact: facts.impact, minted: facts.minted };
	let weight = if facts.eligible_rate().is_some() { weigh(formula, &input, period).weight } else { 0 };
	Weighed { weight, rank, facts }
}
