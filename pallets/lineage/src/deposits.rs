//! Deposits for what stays in state: held in LOOM where the account has it, else in U at the current rate.

use crate::{AccountIdOf, Config, Deposit, Error, HoldReason, Pallet};
use frame_support::traits::{fungible::MutateHold, tokens::Precision};
use heirloom_primitives::DepositRate;
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Holds `amount` of the native token on `who`, or what that is in U.
	pub(crate) fn hold_deposit(
		who: &AccountIdOf<T>,
		reason: HoldReason,
		amount: u128,
	) -> Result<Deposit, DispatchError> {
		let reason = reason.into();
		if T::Native::hold(&reason, who, amount).is_ok() {
			return Ok(Deposit::Native(amount));
		}
		let micro = T::DepositRate::to_micro_u(amount).ok_or(Error::<T>::DepositNotAffordable)?;
		T::U::hold(&reason, who, micro).map_err(|_| Error::<T>::DepositNotAffordable)?;
		Ok(Deposit::U(micro))
	}

	/// Returns a deposit to `who`.
	pub(crate) fn release_deposit(
		who: &AccountIdOf<T>,
		reason: HoldReason,
		deposit: Deposit,
	) -> DispatchResult {
		let reason = reason.into();
		match deposit {
			Deposit::Native(amount) => T::Native::release(&reason, who, amount, Precision::Exact)?,
			Deposit::U(amount) => T::U::release(&reason, who, amount, Precision::Exact)?,
		};
		Ok(())
	}
}
