//! Invariants that hold after every block.

use crate::{
	AccountIdOf, Budgets, Challenges, Config, HoldReason, NextPermitId, OpenChallenges, OpenPermits,
	Operators, Pallet, PermitRecord, Permits, Policies, SandboxedAssets,
};
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::fungible::InspectHold};
use heirloom_primitives::{AssetId, Catalogue, Challenge, ChallengeStatus, MicroU, PermitStatus};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks all of this pallet's invariants.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_operators()?;
		Self::check_assets()?;
		Self::check_permits()?;
		Self::check_budgets()?;
		Self::check_challenges()?;
		Self::check_money()?;
		Self::check_challengers_money()
	}

	/// * What is held for bonds is those of the operators.
	fn check_operators() -> Result<(), TryRuntimeError> {
		let mut bonds: BTreeMap<_, _> =
			Operators::<T>::iter().map(|(who, record)| (who, record.bond)).collect();
		for who in frame_system::Account::<T>::iter_keys() {
			let held = T::Native::balance_on_hold(&HoldReason::Bond.into(), &who);
			let bond = bonds.remove(&who).unwrap_or_default();
			ensure!(held == bond, "What is held for bonds is those of the operators.");
		}
		ensure!(bonds.values().all(|bond| *bond == 0), "What is held for bonds is those of the operators.");
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
	/// * An operator is none of those that are to repeat its job.
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
			ensure!(
				!record.sealed_to.contains(&record.operator),
				"An operator is none of those that are to repeat its job."
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

	/// * What is reserved of a budget is the output caps of the open permits.
	/// * A budget of which nothing is used is not stored.
	fn check_budgets() -> Result<(), TryRuntimeError> {
		let mut reserved = BTreeMap::<(AssetId, AccountIdOf<T>), u64>::new();
		for record in Permits::<T>::iter_values().filter(PermitRecord::is_open) {
			for used in &record.uses {
				*reserved.entry((used.asset, record.consumer.clone())).or_default() += record.output_cap;
			}
		}
		for (asset, consumer, budget) in Budgets::<T>::iter() {
			ensure!(
				reserved.remove(&(asset, consumer)).unwrap_or_default() == budget.reserved,
				"What is reserved of a budget is the output caps of the open permits."
			);
			ensure!(budget != Default::default(), "A budget of which nothing is used is not stored.");
		}
		ensure!(
			reserved.values().all(|bytes| *bytes == 0),
			"What is reserved of a budget is the output caps of the open permits."
		);
		Ok(())
	}

	/// * Challenged permits are completed.
	/// * Every open challenge is listed under the operator that is to answer it, and no other is.
	/// * Operators count the open challenges of their jobs.
	/// * Who is to answer a challenge is one of the other operators that all assets were sealed to.
	/// * Nobody is to answer its own challenge.
	/// * An answer's fee is no more than the challenger's bond.
	fn check_challenges() -> Result<(), TryRuntimeError> {
		let mut against = BTreeMap::<AccountIdOf<T>, u32>::new();
		let mut open = 0;
		for (permit, challenge) in Challenges::<T>::iter() {
			let record = Permits::<T>::get(permit).filter(|record| {
				matches!(record.status, PermitStatus::Completed | PermitStatus::Consumed { .. })
			});
			let PermitRecord { operator, sealed_to, .. } =
				record.ok_or("Challenged permits are completed.")?;
			ensure!(
				sealed_to.contains(&challenge.second) && challenge.second != operator,
				"Who is to answer a challenge is one of the other operators that all assets were sealed to."
			);
			ensure!(challenge.second != challenge.challenger, "Nobody is to answer its own challenge.");
			ensure!(
				challenge.fee <= challenge.bond,
				"An answer's fee is no more than the challenger's bond."
			);
			let is_open = challenge.status == ChallengeStatus::Open;
			open += usize::from(is_open);
			*against.entry(operator).or_default() += u32::from(is_open);
			ensure!(
				OpenChallenges::<T>::contains_key(&challenge.second, permit) == is_open,
				"Every open challenge is listed under the operator that is to answer it, and no other is."
			);
		}
		ensure!(
			OpenChallenges::<T>::iter().count() == open,
			"Every open challenge is listed under the operator that is to answer it, and no other is."
		);
		for (operator, record) in Operators::<T>::iter() {
			ensure!(
				against.remove(&operator).unwrap_or_default() == record.challenges,
				"Operators count the open challenges of their jobs."
			);
		}
		// Who has left has none.
		ensure!(
			against.values().all(|challenges| *challenges == 0),
			"Operators count the open challenges of their jobs."
		);
		Ok(())
	}

	/// * What is held for challenges is the bonds of the open ones.
	fn check_challengers_money() -> Result<(), TryRuntimeError> {
		let mut bonds = BTreeMap::<AccountIdOf<T>, MicroU>::new();
		for Challenge { challenger, bond, status, .. } in Challenges::<T>::iter_values() {
			let held = if status == ChallengeStatus::Open { bond } else { 0 };
			*bonds.entry(challenger).or_default() += held;
		}
		// Whoever has U has an account, so a bond that outlived its challenge is seen, too.
		for who in frame_system::Account::<T>::iter_keys() {
			ensure!(
				T::U::balance_on_hold(&HoldReason::Challenge.into(), &who)
					== bonds.remove(&who).unwrap_or_default(),
				"What is held for challenges is the bonds of the open ones."
			);
		}
		ensure!(
			bonds.values().all(|bond| *bond == 0),
			"What is held for challenges is the bonds of the open ones."
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
		for consumer in frame_system::Account::<T>::iter_keys() {
			let (fees, deposits) = sums.remove(&consumer).unwrap_or_default();
			let held = |reason: HoldReason| T::U::balance_on_hold(&reason.into(), &consumer);
			ensure!(
				held(HoldReason::Fees) == fees,
				"What is held for fees is the price of the open permits."
			);
			ensure!(held(HoldReason::Permit) == deposits, "What is held for permits is their deposits.");
		}
		ensure!(
			sums.values().all(|sums| *sums == (0, 0)),
			"What is held for permits is their deposits, and for fees the price of the open ones."
		);
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
