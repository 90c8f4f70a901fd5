//! The close of a period: constant work, before any transaction of the new one.

use crate::{
	Closing, Closings, Config, CurrentRule, Error, Event, LastClosed, NextRule, OldestDetail, OpenPeriod,
	Pallet, PendingPeriod, Rule, Start, WeightInfo,
};
use frame_support::{dispatch::DispatchClass, ensure, traits::OnTimestampSet};
use heirloom_primitives::{FormulaVersion, Genealogy, Moment, Period};
use sp_runtime::{DispatchResult, SaturatedConversion};

/// `on_initialize` still sees the previous block's time, so the clock itself tells of the new period.
impl<T: Config> OnTimestampSet<Moment> for Pallet<T> {
	fn on_timestamp_set(now: Moment) {
		let schedule = crate::PeriodSchedule::<T>::get();
		let Some(start) = Start::<T>::get() else {
			Start::<T>::put(now);
			OpenPeriod::<T>::put(schedule.period(now, now));
			return;
		};
		let (open, current) = (OpenPeriod::<T>::get(), schedule.period(start, now));
		if current > open {
			Self::close(open, now);
			// The clock's transaction has paid for a look at the period.
			let class = DispatchClass::Mandatory;
			frame_system::Pallet::<T>::register_extra_weight_unchecked(T::WeightInfo::close(), class);
			OpenPeriod::<T>::put(current);
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Closes a period: assets minted from here on take no part in it. Periods that the chain slept through were
	/// never open and have nothing to settle.
	pub(crate) fn close(period: Period, at: Moment) {
		let assets = T::Genealogy::next_asset();
		let block = frame_system::Pallet::<T>::block_number().saturated_into();
		let rule = CurrentRule::<T>::get();
		let Rule { current: formula, next } = rule.as_of(period);
		if next != rule.next {
			CurrentRule::<T>::put(Rule { current: formula, next });
		}
		let closing = Closing { assets, at, block, formula, next: None };
		Closings::<T>::insert(period, closing);
		if let Some(last) = LastClosed::<T>::get() {
			Closings::<T>::mutate_extant(last, |closing| closing.next = Some(period));
		}
		LastClosed::<T>::put(period);
		if !PendingPeriod::<T>::exists() {
			PendingPeriod::<T>::put(period);
		}
		if !OldestDetail::<T>::exists() {
			OldestDetail::<T>::put(period);
		}
		Self::deposit_event(Event::Closed { period, assets, at });
	}

	pub(crate) fn do_set_formula(formula: FormulaVersion, from: Period) -> DispatchResult {
		let open = OpenPeriod::<T>::get();
		ensure!(from > open, Error::<T>::NotAhead);
		let rule = CurrentRule::<T>::get().as_of(open);
		CurrentRule::<T>::put(Rule { next: Some(NextRule { from, formula }), ..rule });
		Self::deposit_event(Event::FormulaSet { formula, from });
		Ok(())
	}
}
