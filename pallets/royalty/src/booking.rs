//! What comes in during a period, and what can be claimed of what could not be delivered.

use crate::{
	AccountIdOf, Booking, BookingPages, Config, CurrentSettlement, DuePages, Error, Event, LastReported,
	OpenPeriod, Pallet, PendingPeriod, Reports, Totals, WeightInfo,
	settlement::{StepWeights, due::write_dues},
};
use alloc::vec::Vec;
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, PostDispatchInfo, WithPostDispatchInfo},
	ensure,
	traits::{
		Get,
		fungible::{Inspect, Mutate},
		tokens::{Fortitude, Preservation},
	},
	weights::Weight,
};
use heirloom_primitives::{
	AssetId, Booked, Bookings, Genealogy, MicroU, PERIOD_LIMIT, Period, Units, page_of, payee_page_of,
	payee_slot_of, slot_of,
};
use sp_runtime::{DispatchError, DispatchResult, SaturatedConversion};

impl<T: Config> Bookings<AccountIdOf<T>> for Pallet<T> {
	fn open_period() -> Period {
		OpenPeriod::<T>::get()
	}

	fn facts_frozen() -> bool {
		PendingPeriod::<T>::exists()
	}

	fn ancestors_frozen() -> bool {
		let block: u32 = frame_system::Pallet::<T>::block_number().saturated_into();
		let last = || LastReported::<T>::get().and_then(Reports::<T>::get);
		PendingPeriod::<T>::exists() || last().is_some_and(|report| report.reported_in == block)
	}

	fn book(
		asset: AssetId,
		payer: &AccountIdOf<T>,
		fee: MicroU,
		units: Units,
	) -> Result<Booked, DispatchError> {
		Self::take(asset, payer, fee, |booking| {
			booking.gross = booking.gross.checked_add(fee)?;
			booking.units = booking.units.checked_add(units)?;
			Some(())
		})
	}

	fn settlement_weight(ancestors: u32) -> Weight {
		// At worst no other asset of the month has any of these ancestors, and each of them belongs to somebody else who
		// never had U. What a page costs in any case is not caused by the asset.
		let stated = T::WeightInfo::due(1, 1).saturating_sub(T::WeightInfo::due(0, 0));
		let payees = u64::from(ancestors).saturating_add(1);
		let paid = stated.saturating_add(T::WeightInfo::pay_newcomer());
		T::WeightInfo::spread_asset(ancestors, ancestors.saturating_add(1))
			.saturating_add(paid.saturating_mul(payees))
	}

	fn look_up_weight() -> Weight {
		T::WeightInfo::look_up_one()
	}
}

impl<T: Config> Pallet<T> {
	/// Moves `amount` from the payer to the settlement's account and writes it into the asset's booking.
	fn take(
		asset: AssetId,
		payer: &AccountIdOf<T>,
		amount: MicroU,
		write: impl FnOnce(&mut Booking) -> Option<()>,
	) -> Result<Booked, DispatchError> {
		let period = OpenPeriod::<T>::get();
		let total = Totals::<T>::get(period).checked_add(amount).filter(|total| *total < PERIOD_LIMIT);
		let total = total.ok_or(Error::<T>::PeriodLimitReached)?;
		// The payer's account stays: what would be left below the minimum balance would be lost otherwise.
		let spendable = T::U::reducible_balance(payer, Preservation::Preserve, Fortitude::Polite);
		ensure!(spendable >= amount, Error::<T>::NotEnoughU);
		T::U::transfer(payer, &T::PotAccount::get(), amount, Preservation::Preserve)?;
		Totals::<T>::insert(period, total);

		BookingPages::<T>::try_mutate(period, page_of(asset), |page| {
			let mut booking = page.get(asset);
			let first = booking == Booking::default();
			write(&mut booking).ok_or(Error::<T>::PeriodLimitReached)?;
			page.set(asset, booking);
			Ok(Booked { first })
		})
	}

	pub(crate) fn do_report_revenue(
		who: AccountIdOf<T>,
		asset: AssetId,
		amount: MicroU,
	) -> DispatchResultWithPostInfo {
		let known = asset < T::Genealogy::next_asset();
		let ancestors = if known { T::Genealogy::ancestor_count(asset) } else { 0 };
		// What failed has booked nothing.
		let booked = Self::book_revenue(who, asset, amount)
			.map_err(|error| error.with_weight(Self::report_weight(ancestors, false)))?;
		let actual_weight = Some(Self::report_weight(ancestors, booked.first));
		Ok(PostDispatchInfo { actual_weight, ..Default::default() })
	}

	fn book_revenue(who: AccountIdOf<T>, asset: AssetId, amount: MicroU) -> Result<Booked, DispatchError> {
		ensure!(asset < T::Genealogy::next_asset(), Error::<T>::NotFound);
		ensure!(T::Genealogy::may_report(asset, &who), Error::<T>::NotAuthorized);
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		ensure!(Self::has_eligible_ancestor(asset), Error::<T>::NoEligibleAncestor);
		let booked = Self::take(asset, &who, amount, |booking| {
			booking.reported = booking.reported.checked_add(amount)?;
			Some(())
		})?;
		let period = OpenPeriod::<T>::get();
		Self::deposit_event(Event::RevenueReported { period, asset, who, amount });
		Ok(booked)
	}

	/// What reporting revenue is charged for: the look for an eligible ancestor, and settling the asset where this
	/// books it first.
	pub(crate) fn report_weight(ancestors: u32, first: bool) -> Weight {
		let settling = if first { Self::settlement_weight(ancestors) } else { Weight::zero() };
		T::WeightInfo::report_revenue(ancestors).saturating_add(settling)
	}

	/// Whether revenue of an asset would reach anybody.
	fn has_eligible_ancestor(asset: AssetId) -> bool {
		let mut loaded = (None, Vec::new());
		T::Genealogy::ancestors(asset).into_iter().any(|ancestor| {
			let page = page_of(ancestor);
			if loaded.0 != Some(page) {
				loaded = (Some(page), T::Genealogy::facts_page(page));
			}
			loaded.1.get(slot_of(ancestor)).is_some_and(|facts| facts.eligible_rate().is_some())
		})
	}

	pub(crate) fn do_claim(payee: AccountIdOf<T>) -> DispatchResult {
		// The pot would pay itself.
		ensure!(payee != T::PotAccount::get(), Error::<T>::NothingToClaim);
		// What statements have given to payees is not counted as paid or held yet.
		ensure!(!CurrentSettlement::<T>::exists(), Error::<T>::SettlementUnderWay);
		let index = T::Genealogy::payee_index(&payee).ok_or(Error::<T>::NothingToClaim)?;
		let mut dues = DuePages::<T>::get(payee_page_of(index));
		let held = dues.get_mut(payee_slot_of(index)).ok_or(Error::<T>::NothingToClaim)?;
		let amount = core::mem::take(held);
		ensure!(amount > 0, Error::<T>::NothingToClaim);
		T::U::transfer(&T::PotAccount::get(), &payee, amount, Preservation::Preserve)?;
		write_dues::<T>(payee_page_of(index), dues);
		Self::deposit_event(Event::Claimed { payee, amount });
		Ok(())
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl<T: Config> heirloom_primitives::BookingsSetup<AccountIdOf<T>> for Pallet<T> {
	fn freeze_facts() {
		PendingPeriod::<T>::put(OpenPeriod::<T>::get());
	}
}
