//! Reporting: the pool gets the rest of the pots, old detail is pruned, and the period is settled.

use super::{Budget, Outcome};
use crate::{
	BookingPages, ClosePages, Closings, Config, Event, LastReported, OldestDetail, Pallet, PendingPeriod,
	PoolDue, PotPages, Reports, Settlement, Totals, UnitDirectory, UnitPages, WeightInfo, WeightPages,
};
use alloc::boxed::Box;
use frame_support::traits::{Get, Time, fungible::Mutate, tokens::Preservation};
use heirloom_primitives::{Genealogy, MicroU, PageIndex, Period, pages_below};
use sp_runtime::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// Clears what was needed for this settlement only, prunes the detail that is old enough, and reports.
	pub(crate) fn report(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		if settlement.position == 0 {
			if Self::clear_units(settlement, budget) == Outcome::Paused {
				return Outcome::Paused;
			}
			settlement.page = 0;
			settlement.position = 1;
		}
		while let Some(period) = Self::prunable(settlement.period) {
			if !budget.admits(T::WeightInfo::prune()) {
				return Outcome::Paused;
			}
			budget.spend(T::WeightInfo::prune());
			Self::prune(settlement, period);
		}
		if !budget.admits(T::WeightInfo::report().saturating_add(T::Genealogy::apply_deferred_weight())) {
			return Outcome::Paused;
		}
		budget.spend(T::WeightInfo::report());
		Self::finish(settlement, budget)
	}

	/// Removes the pages of ranks, one a step.
	fn clear_units(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		let pages = UnitDirectory::<T>::decode_len().unwrap_or_default() as PageIndex;
		while settlement.page < pages {
			if !budget.admits(T::WeightInfo::prune()) {
				return Outcome::Paused;
			}
			budget.spend(T::WeightInfo::prune());
			// Pages are numbered from 0, as they came to be.
			UnitPages::<T>::remove(settlement.page);
			settlement.page += 1;
		}
		UnitDirectory::<T>::kill();
		Outcome::Done
	}

	/// The oldest period with detail, if it is past keeping when `settled` is.
	fn prunable(settled: Period) -> Option<Period> {
		let kept_from = settled.minus(T::DetailPeriods::get())?;
		OldestDetail::<T>::get().filter(|oldest| *oldest < kept_from)
	}

	/// Removes one page of an old period's detail, or, behind its last page, the period's closing.
	fn prune(settlement: &mut Settlement, period: Period) {
		let closing = Closings::<T>::get(period);
		let pages: PageIndex = closing.as_ref().map_or(0, |closing| pages_below(closing.assets));
		if settlement.page < pages {
			BookingPages::<T>::remove(period, settlement.page);
			ClosePages::<T>::remove(period, settlement.page);
			PotPages::<T>::remove(period, settlement.page);
			WeightPages::<T>::remove(period, settlement.page);
			settlement.page += 1;
		} else {
			Closings::<T>::remove(period);
			OldestDetail::<T>::set(closing.and_then(|closing| closing.next));
			settlement.page = 0;
		}
	}

	/// Pays the pool and writes the report.
	fn finish(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		let period = settlement.period;
		let report = &mut settlement.report;
		// Shares are rounded so that they stay below the pots while the weights of all ancestors add up to less than
		// 2^48; beyond that the excess is a micro-U of the pool's part.
		report.pool = report.revenue.saturating_sub(report.shared);
		// What is neither paid nor held of what statements gave waited from before; what was contested before still is.
		let contested = report.held_in;
		let waited = report.paid.saturating_add(report.held_out).saturating_sub(settlement.due);
		report.held_in = waited.saturating_add(contested);
		report.held_out = report.held_out.saturating_add(contested);
		Self::pay_pool(report.pool);
		report.reported_at = T::Time::now();
		report.reported_in = frame_system::Pallet::<T>::block_number().saturated_into();
		Reports::<T>::insert(period, &*report);
		LastReported::<T>::put(period);
		Totals::<T>::remove(period);
		let next = Closings::<T>::get(period).and_then(|closing| closing.next);
		PendingPeriod::<T>::set(next);
		// What was decided before the next period closed counts for it; what was decided later waits for its report.
		budget.spend(T::Genealogy::apply_deferred(next.unwrap_or(Period(u32::MAX))));
		Self::deposit_event(Event::Reported { period, report: Box::new(report.clone()) });
		Outcome::Done
	}

	/// Gives the pool its part, and what it could not receive before. A pool that cannot receive holds nobody up.
	fn pay_pool(part: MicroU) {
		let due = PoolDue::<T>::get().saturating_add(part);
		if due == 0 {
			return;
		}
		let paid = T::U::transfer(&T::PotAccount::get(), &T::PoolAccount::get(), due, Preservation::Preserve);
		if let Err(error) = &paid {
			log::warn!(target: "runtime::royalty", "the pool cannot receive now ({error:?}); its part waits");
		}
		PoolDue::<T>::put(if paid.is_ok() { 0 } else { due });
	}
}
