//! Operators: registration, admission, bonds.

use crate::{
	AccountIdOf, Config, Error, Event, HoldReason, OperatorProfile, OperatorRecord, OperatorStatus,
	Operators, Pallet,
};
use frame_support::{
	ensure,
	traits::{
		Get, Time,
		fungible::MutateHold,
		tokens::{Fortitude, Precision, Restriction},
	},
};
use heirloom_primitives::Words;
use sp_core::H256;
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_register_operator(
		operator: AccountIdOf<T>,
		profile: OperatorProfile<AccountIdOf<T>>,
	) -> DispatchResult {
		ensure!(!Operators::<T>::contains_key(&operator), Error::<T>::AlreadyRegistered);
		let bond = T::OperatorBond::get();
		Self::hold_bond(&operator, bond)?;
		let status = OperatorStatus::Registered;
		let record = OperatorRecord { profile: profile.clone(), bond, status, challenges: 0 };
		Operators::<T>::insert(&operator, record);
		Self::deposit_event(Event::OperatorRegistered { operator, profile });
		Ok(())
	}

	pub(crate) fn do_update_operator(
		operator: AccountIdOf<T>,
		profile: OperatorProfile<AccountIdOf<T>>,
	) -> DispatchResult {
		let status = Self::mutate_operator(&operator, |record| {
			ensure_staying::<T>(record.status)?;
			if record.profile.measurement != profile.measurement {
				record.status = OperatorStatus::Registered;
			}
			record.profile = profile.clone();
			Ok(record.status)
		})?;
		Self::deposit_event(Event::OperatorUpdated { operator, profile, status });
		Ok(())
	}

	pub(crate) fn do_top_up_bond(operator: AccountIdOf<T>) -> DispatchResult {
		let amount = Self::mutate_operator(&operator, |record| {
			ensure_staying::<T>(record.status)?;
			let missing = T::OperatorBond::get().saturating_sub(record.bond);
			ensure!(missing > 0, Error::<T>::BondComplete);
			record.bond = T::OperatorBond::get();
			Self::hold_bond(&operator, missing)?;
			Ok(missing)
		})?;
		Self::deposit_event(Event::BondToppedUp { operator, amount });
		Ok(())
	}

	/// The measurement is stated by the curators, so that an operator cannot swap it while they vote.
	pub(crate) fn do_admit_operator(operator: AccountIdOf<T>, measurement: H256) -> DispatchResult {
		Self::mutate_operator(&operator, |record| {
			ensure_staying::<T>(record.status)?;
			ensure!(record.status == OperatorStatus::Registered, Error::<T>::AlreadyAdmitted);
			ensure!(record.profile.measurement == measurement, Error::<T>::OtherMeasurement);
			ensure!(record.bond >= T::OperatorBond::get(), Error::<T>::BondIncomplete);
			record.status = OperatorStatus::Admitted;
			Ok(())
		})?;
		Self::deposit_event(Event::OperatorAdmitted { operator, measurement });
		Ok(())
	}

	pub(crate) fn do_suspend_operator(operator: AccountIdOf<T>, reason: Words) -> DispatchResult {
		ensure!(!reason.is_empty(), Error::<T>::NoReason);
		Self::mutate_operator(&operator, |record| {
			ensure!(record.status == OperatorStatus::Admitted, Error::<T>::OperatorNotAdmitted);
			record.status = OperatorStatus::Registered;
			Ok(())
		})?;
		Self::deposit_event(Event::OperatorSuspended { operator, reason: Some(reason) });
		Ok(())
	}

	/// What the curators take goes to the pool.
	pub(crate) fn do_slash_operator(operator: AccountIdOf<T>, amount: u128, reason: Words) -> DispatchResult {
		ensure!(!reason.is_empty(), Error::<T>::NoReason);
		Self::slash(&operator, amount, &T::SlashDestination::get(), Some(reason))
	}

	/// Moves a part of an operator's bond to somebody else and suspends it. Takes at most the bond: what was decided may
	/// meet a bond that another decision has shrunk since.
	pub(crate) fn slash(
		operator: &AccountIdOf<T>,
		amount: u128,
		to: &AccountIdOf<T>,
		reason: Option<Words>,
	) -> DispatchResult {
		let (amount, suspended) = Self::mutate_operator(operator, |record| {
			let amount = amount.min(record.bond);
			if amount > 0 {
				let reason = HoldReason::Bond.into();
				let (precision, mode, force) = (Precision::Exact, Restriction::Free, Fortitude::Force);
				T::Native::transfer_on_hold(&reason, operator, to, amount, precision, mode, force)?;
				record.bond -= amount;
			}
			let suspended = record.status == OperatorStatus::Admitted;
			if suspended {
				record.status = OperatorStatus::Registered;
			}
			Ok((amount, suspended))
		})?;
		if suspended {
			Self::deposit_event(Event::OperatorSuspended {
				operator: operator.clone(),
				reason: reason.clone(),
			});
		}
		if amount > 0 {
			Self::deposit_event(Event::OperatorSlashed {
				operator: operator.clone(),
				amount,
				to: to.clone(),
				reason,
			});
		}
		Ok(())
	}

	pub(crate) fn do_begin_unbonding(operator: AccountIdOf<T>) -> DispatchResult {
		let until = T::Time::now().saturating_add(T::UnbondingMillis::get());
		Self::mutate_operator(&operator, |record| {
			ensure_staying::<T>(record.status)?;
			record.status = OperatorStatus::Unbonding { until };
			Ok(())
		})?;
		Self::deposit_event(Event::UnbondingBegun { operator, until });
		Ok(())
	}

	pub(crate) fn do_withdraw_bond(operator: AccountIdOf<T>) -> DispatchResult {
		let OperatorRecord { bond, status, challenges, .. } = Self::operator(&operator)?;
		let OperatorStatus::Unbonding { until } = status else { return Err(Error::<T>::NotUnbonding.into()) };
		ensure!(T::Time::now() >= until, Error::<T>::StillUnbonding);
		ensure!(challenges == 0, Error::<T>::StillChallenged);
		T::Native::release(&HoldReason::Bond.into(), &operator, bond, Precision::Exact)?;
		Operators::<T>::remove(&operator);
		Self::deposit_event(Event::BondWithdrawn { operator, amount: bond });
		Ok(())
	}

	pub(crate) fn operator(who: &AccountIdOf<T>) -> Result<OperatorRecord<AccountIdOf<T>>, Error<T>> {
		Operators::<T>::get(who).ok_or(Error::<T>::OperatorNotFound)
	}

	/// The operator, if it can be given jobs.
	pub(crate) fn admitted(who: &AccountIdOf<T>) -> Result<OperatorRecord<AccountIdOf<T>>, Error<T>> {
		let record = Self::operator(who)?;
		match record.status {
			OperatorStatus::Admitted => Ok(record),
			OperatorStatus::Registered => Err(Error::<T>::OperatorNotAdmitted),
			OperatorStatus::Unbonding { .. } => Err(Error::<T>::OperatorUnbonding),
		}
	}

	pub(crate) fn mutate_operator<R>(
		who: &AccountIdOf<T>,
		change: impl FnOnce(&mut OperatorRecord<AccountIdOf<T>>) -> Result<R, DispatchError>,
	) -> Result<R, DispatchError> {
		Operators::<T>::try_mutate(who, |record| change(record.as_mut().ok_or(Error::<T>::OperatorNotFound)?))
	}

	fn hold_bond(who: &AccountIdOf<T>, amount: u128) -> DispatchResult {
		T::Native::hold(&HoldReason::Bond.into(), who, amount)
			.map_err(|_| Error::<T>::BondNotAffordable.into())
	}
}

/// Who is leaving changes nothing any more.
fn ensure_staying<T: Config>(status: OperatorStatus) -> Result<(), Error<T>> {
	ensure!(!matches!(status, OperatorStatus::Unbonding { .. }), Error::<T>::OperatorUnbonding);
	Ok(())
}
