//! The open period as if it were closed now. Read by nodes, never by a block: it settles all assets as far as shares go,
//! in state that is thrown away.

use crate::{
	AccrualPages, BookingPages, CarryPages, ClosePages, Config, CurrentSettlement, OpenPeriod, Pallet,
	PendingPeriod, PotPages, Settlement, UnitDirectory, UnitPages, WeightPages,
	settlement::{Budget, Outcome},
	views::view_of,
};
use frame_support::{
	storage::{TransactionOutcome, with_transaction_unchecked},
	traits::Time,
	weights::Weight,
};
use heirloom_primitives::{AssetId, Estimate, Phase, page_of, share, slot_of};

/// The first phase that an estimate has no need of: it is about payees.
const LAST: Phase = Phase::Due;

impl<T: Config> Pallet<T> {
	/// See [`heirloom_primitives::api::RoyaltyApi::estimate`].
	pub fn estimate(asset: AssetId) -> Option<Estimate> {
		with_transaction_unchecked(|| {
			Self::prepare_estimates();
			TransactionOutcome::Rollback(Self::prepared_estimate(asset))
		})
	}

	/// See [`heirloom_primitives::api::RoyaltyApi::prepare_estimates`].
	pub fn prepare_estimates() {
		Self::set_aside();
		Self::close(OpenPeriod::<T>::get(), T::Time::now());
		let Some(mut settlement) = Self::begin() else { return };
		let mut budget = Budget::spare(Weight::MAX);
		while settlement.phase != LAST {
			if Self::advance(&mut settlement, &mut budget) == Outcome::Paused {
				return;
			}
		}
		CurrentSettlement::<T>::put(settlement);
	}

	/// Forgets the settlement under way and what it has written for itself, so that the open period can be closed as the
	/// only one.
	fn set_aside() {
		CurrentSettlement::<T>::kill();
		PendingPeriod::<T>::kill();
		UnitDirectory::<T>::kill();
		// Whatever it keeps behind the directory, or has not taken yet. All of it: nobody pays for this.
		for outcome in [UnitPages::<T>::clear(u32::MAX, None), AccrualPages::<T>::clear(u32::MAX, None)] {
			debug_assert!(outcome.maybe_cursor.is_none(), "u32::MAX pages are more than there are");
		}
	}

	/// See [`heirloom_primitives::api::RoyaltyApi::prepared_estimate`].
	pub fn prepared_estimate(asset: AssetId) -> Option<Estimate> {
		// A chain's own settlement is never that of the open period.
		let Settlement { period, report, .. } = CurrentSettlement::<T>::get()
			.filter(|settlement| settlement.phase == LAST && settlement.period == OpenPeriod::<T>::get())?;
		let (page, slot) = (page_of(asset), slot_of(asset));
		let at = ClosePages::<T>::get(period, page).get(slot).copied()?;
		let weight = WeightPages::<T>::get(period, page).weights.get(slot).copied().unwrap_or_default();
		let rate = AccrualPages::<T>::get(page).get(slot).copied().unwrap_or_default();
		let booking = BookingPages::<T>::get(period, page).get(asset);
		let pot = PotPages::<T>::get(period, page).get(asset).amount;
		let average = report.averages[at.facts.kind.index()];
		Some(Estimate {
			period,
			units: booking.units,
			gross: booking.gross,
			reported: booking.reported,
			call_fees: booking.total()?.checked_sub(pot)?,
			shared: share(weight, rate)?,
			carried_in: CarryPages::<T>::get(page).get(asset).amount,
			weight: (weight > 0).then(|| view_of(report.formula, &at, average, period)),
		})
	}
}
