//! What validators are paid, out of the pool that all fees go to.

use crate::{AccountIdOf, BalanceOf, Config, Elections, Event, Pallet, RewardRate, Unpaid, WeightInfo};
use frame_support::{
	traits::{
		Get,
		fungible::{Inspect, Mutate},
		tokens::{Fortitude::Polite, Preservation::Preserve},
	},
	weights::Weight,
};
use sp_runtime::{
	Perbill,
	traits::{Saturating, Zero},
};
use sp_staking::{EraIndex, EraPayout};

impl<T: Config> Pallet<T> {
	/// Sets the part of the pool that an era's validators get.
	pub(crate) fn do_set_reward_rate(rate: Perbill) {
		RewardRate::<T>::put(rate);
		Self::deposit_event(Event::RewardRateSet { rate });
	}

	/// Sets an era's reward aside and returns it, in planck: [`RewardRate`] of what the pool can spare, rounded down,
	/// and what is left of earlier rewards once all of them are paid; without [`Config::RoundingReserve`], which stays in
	/// the pot.
	pub(crate) fn set_aside() -> BalanceOf<T> {
		let (pool, pot) = (T::Pool::get(), T::RewardPot::get());
		let spare = |who| T::Currency::reducible_balance(who, Preserve, Polite);
		let left = if Unpaid::<T>::count() == 0 { spare(&pot) } else { Zero::zero() };
		let new = RewardRate::<T>::get().mul_floor(spare(&pool));
		// It fails where the pot does not exist yet and this is less than an account holds; then there is no reward.
		let new = T::Currency::transfer(&pool, &pot, new, Preserve).unwrap_or_default();
		let amount = left.saturating_add(new).saturating_sub(T::RoundingReserve::get());
		Self::deposit_event(Event::RewardSetAside { amount });
		amount
	}

	/// An era has ended in which these validators, at most [`Config::MaxValidators`], earned something.
	pub fn note_era(era: EraIndex, validators: impl IntoIterator<Item = AccountIdOf<T>>) {
		for validator in validators {
			Unpaid::<T>::insert((era, validator), ());
		}
	}

	/// Pays one validator if its weight remains; returns what it took.
	pub(crate) fn pay_next(remaining: Weight) -> Weight {
		let look = T::WeightInfo::pay_next();
		let most = look.saturating_add(T::Elections::pay_weight());
		if remaining.any_lt(most) {
			return Weight::zero();
		}
		if Unpaid::<T>::count() == 0 {
			return T::DbWeight::get().reads(1);
		}
		let Some((era, validator)) = Unpaid::<T>::iter_keys().next() else { return look };
		// What it earned may come in parts: it is done when there is none left.
		if T::Elections::pay(&validator, era).is_err() {
			Unpaid::<T>::remove((era, validator));
		}
		most
	}
}

/// Nothing is minted: what an era pays was set aside.
impl<T: Config> EraPayout<BalanceOf<T>> for Pallet<T> {
	fn era_payout(_: BalanceOf<T>, _: BalanceOf<T>, _: u64) -> (BalanceOf<T>, BalanceOf<T>) {
		(Self::set_aside(), Zero::zero())
	}
}
