//! Consumers' money: held at the request, released or paid later.

use crate::{AccountIdOf, Config, Error, HoldReason, Pallet, PermitRecord};
use frame_support::traits::{
	fungible::MutateHold,
	tokens::{Fortitude, Precision, Restriction},
};
use heirloom_primitives::{Catalogue, MicroU, PermitId, PermittedUse};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn hold(reason: HoldReason, who: &AccountIdOf<T>, amount: MicroU) -> DispatchResult {
		T::U::hold(&reason.into(), who, amount).map_err(|_| Error::<T>::NotEnoughU.into())
	}

	pub(crate) fn release(reason: HoldReason, who: &AccountIdOf<T>, amount: MicroU) -> DispatchResult {
		// Even of nothing a ledger asks for an account that could receive it.
		if amount > 0 {
			T::U::release(&reason.into(), who, amount, Precision::Exact)?;
		}
		Ok(())
	}

	/// Gives back what was held for the job.
	pub(crate) fn refund(record: &PermitRecord<T>) -> DispatchResult {
		let price = record.price().ok_or(Error::<T>::AmountTooLarge)?;
		Self::release(HoldReason::Fees, &record.consumer, price)
	}

	/// Frees what was held and lets the catalogue take and book each asset's fee; the operator's goes straight to it.
	/// An asset that was delisted meanwhile stops all of it.
	pub(crate) fn pay(permit: PermitId, record: &PermitRecord<T>) -> DispatchResult {
		let fees = record.fees().ok_or(Error::<T>::AmountTooLarge)?;
		Self::release(HoldReason::Fees, &record.consumer, fees)?;
		for used in &record.uses {
			T::Catalogue::record(PermittedUse {
				permit,
				consumer: record.consumer.clone(),
				asset: used.asset,
				units: used.units,
				purpose: record.purpose,
				fee: used.fee,
			})?;
		}
		Self::pay_operator(record)
	}

	fn pay_operator(record: &PermitRecord<T>) -> DispatchResult {
		if record.operator_fee > 0 {
			T::U::transfer_on_hold(
				&HoldReason::Fees.into(),
				&record.consumer,
				&record.operator,
				record.operator_fee,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Polite,
			)
			.map_err(|_| Error::<T>::OperatorCannotReceive)?;
		}
		Ok(())
	}
}
