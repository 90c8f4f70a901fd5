//! Invariants that hold after every block.

use crate::{
	AccountIdOf, Config, HoldReason, NextPermitId, OpenPermits, Operators, Pallet, PermitRecord, Permits,
	Policies, SandboxedAssets,
};
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::fungible::InspectHold};
use heirloom_primitives::{Catalogue, MicroU, PermitStatus};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks all of this pallet's invariants.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_operators()?;
		Self::check_assets()?;
		Self::check_permits()?;
		Self::check_money()
	}

	/// * Every operator's bond is held.
	fn check_operators() -> Result<(), TryRuntimeError> {
		for (operator, record) in Operators::<T>::iter() {
			let held = T::Native::balance_on_hold(&HoldReason::Bond.into(), &operator);
			ensure!(held == record.bond, "Every operator's bond is held.");
		}
		Ok(())
	}

	/// * Sandboxed assets and those with a policy exist.
	fn check_assets() -> Result<(), TryRuntimeError> {
		for asset in SandboxedAssets::<T>::iter_keys().chain(Policies::<T>::iter_keys()) {
			ensure!(T::Catalogue::owner(asset).is_some(), "Sandboxed assets and those with a policy exist.");
		}
		Ok(())
	}

	/// * Permits have ids below the next one.
	/// * A permit waits for owners if and only if it is requested.
	/// * A permit has a report if and only if it was completed or refused.
	/// * Every open permit is listed under its operator, and no other is.
	fn check_permits() -> Result<(), TryRuntimeError> {
		let mut open = 0;
		for (permit, record) in Permits::<T>::iter() {
			ensure!(permit < NextPermitId::<T>::get(), "Permits have ids below the next one.");
			let requested = record.status == PermitStatus::Requested;
			ensure!(
				requested != record.awaiting.is_empty(),
				"A permit waits for owners if and only if it is requested."
			);
			ensure!(
				was_reported(record.status) == record.report.is_some(),
				"A permit has a report if and only if it was completed or refused."
			);
			open += usize::from(record.is_open());
			ensure!(
				OpenPermits::<T>::contains_key(&record.operator, permit) == record.is_open(),
				"Every open permit is listed under its operator, and no other is."
			);
		}
		ensure!(
			OpenPermits::<T>::iter().count() == open,
			"Every open permit is listed under its operator, and no other is."
		);
		Ok(())
	}

	/// * What is held for fees is the price of the open permits.
	/// * What is held for permits is their deposits.
	fn check_money() -> Result<(), TryRuntimeError> {
		let mut sums = BTreeMap::<AccountIdOf<T>, (MicroU, MicroU)>::new();
		for PermitRecord { ref consumer, deposit, .. } in Permits::<T>::iter_values() {
			sums.entry(consumer.clone()).or_default().1 += deposit;
		}
		for record in Permits::<T>::iter_values().filter(PermitRecord::is_open) {
			let price = record.price().ok_or("What is held for fees is the price of the open permits.")?;
			sums.entry(record.consumer).or_default().0 += price;
		}
		for (consumer, (fees, deposits)) in sums {
			let held = |reason: HoldReason| T::U::balance_on_hold(&reason.into(), &consumer);
			ensure!(
				held(HoldReason::Fees) == fees,
				"What is held for fees is the price of the open permits."
			);
			ensure!(held(HoldReason::Permit) == deposits, "What is held for permits is their deposits.");
		}
		Ok(())
	}
}

fn was_reported(status: PermitStatus) -> bool {
	match status {
		PermitStatus::Completed | PermitStatus::Refused | PermitStatus::Consumed { .. } => true,
		PermitStatus::Requested | PermitStatus::Approved | PermitStatus::Revoked | PermitStatus::Expired => {
			false
		}
	}
}
