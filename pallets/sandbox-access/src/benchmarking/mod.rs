//! Benchmarks of the calls at their worst: policies are as long as they can be and name what a job needs last, each
//! asset waits for its owner, and a payment opens an account.

mod setup;

pub use setup::BenchmarkHelper;

use crate::{
	AccountIdOf, Call, Config, Mode, NextPermitId, OpenPermits, OperatorProfile, OperatorStatus, Operators,
	Pallet, Permits, Policies, PrivacyLogs, Report, ReportRole, SandboxedAssets, Verdict,
};
use frame_benchmarking::v2::*;
use frame_support::traits::{
	Get, Time,
	fungible::{Inspect, InspectHold},
};
use frame_system::RawOrigin;
use heirloom_primitives::{CatalogueSetup, ChallengeStatus, PermitStatus, U};
use setup::*;

#[benchmarks(where T::Catalogue: CatalogueSetup<AccountIdOf<T>>)]
mod benches {
	use super::*;

	/// Registering, with the hold of the bond.
	#[benchmark]
	fn register_operator() -> Result<(), BenchmarkError> {
		let operator = bonded::<T>("operator")?;
		let profile = profile::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()), profile);

		assert_eq!(Operators::<T>::get(&operator).map(|record| record.bond), Some(T::OperatorBond::get()));
		Ok(())
	}

	/// Stating something else.
	#[benchmark]
	fn update_operator() -> Result<(), BenchmarkError> {
		let operator = admitted::<T>()?;
		let profile = OperatorProfile { measurement: hash(1), ..profile::<T>() };

		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()), profile.clone());

		assert_eq!(Operators::<T>::get(&operator).map(|record| record.profile), Some(profile));
		Ok(())
	}

	/// Completing a bond.
	#[benchmark]
	fn top_up_bond() -> Result<(), BenchmarkError> {
		let operator = registered::<T>()?;
		Pallet::<T>::do_slash_operator(operator.clone(), T::OperatorBond::get() / 2, longest_reason())?;

		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()));

		assert_eq!(Operators::<T>::get(&operator).map(|record| record.bond), Some(T::OperatorBond::get()));
		Ok(())
	}

	/// Admitting.
	#[benchmark]
	fn admit_operator() -> Result<(), BenchmarkError> {
		let operator = registered::<T>()?;
		let origin = curators::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, operator.clone(), hash(0));

		let status = Operators::<T>::get(&operator).map(|record| record.status);
		assert_eq!(status, Some(OperatorStatus::Admitted));
		Ok(())
	}

	/// Suspending, with the longest reason.
	#[benchmark]
	fn suspend_operator() -> Result<(), BenchmarkError> {
		let operator = admitted::<T>()?;
		let origin = curators::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, operator.clone(), longest_reason());

		let status = Operators::<T>::get(&operator).map(|record| record.status);
		assert_eq!(status, Some(OperatorStatus::Registered));
		Ok(())
	}

	/// Slashing, with the transfer and the longest reason.
	#[benchmark]
	fn slash_operator() -> Result<(), BenchmarkError> {
		let operator = admitted::<T>()?;
		let origin = curators::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, operator.clone(), T::OperatorBond::get(), longest_reason());

		let record = Operators::<T>::get(&operator).ok_or("a slashed operator stays registered")?;
		assert_eq!((record.bond, record.status), (0, OperatorStatus::Registered));
		Ok(())
	}

	/// Leaving.
	#[benchmark]
	fn begin_unbonding() -> Result<(), BenchmarkError> {
		let operator = admitted::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()));

		let status = Operators::<T>::get(&operator).map(|record| record.status);
		assert!(matches!(status, Some(OperatorStatus::Unbonding { .. })));
		Ok(())
	}

	/// Having left, with the release of the bond.
	#[benchmark]
	fn withdraw_bond() -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::set_now(NOW);
		let operator = admitted::<T>()?;
		Pallet::<T>::do_begin_unbonding(operator.clone())?;
		T::BenchmarkHelper::set_now(NOW + T::UnbondingMillis::get());

		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()));

		assert!(!Operators::<T>::contains_key(&operator));
		assert_eq!(T::Native::total_balance_on_hold(&operator), 0);
		Ok(())
	}

	/// An owner's choice.
	#[benchmark]
	fn set_sandboxed() {
		let owner = same_owner::<T>(0);
		let asset = T::Catalogue::new_asset(&owner);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), asset);

		assert!(SandboxedAssets::<T>::contains_key(asset));
	}

	/// The curators' decision, with the longest reason.
	#[benchmark]
	fn force_sandboxed() -> Result<(), BenchmarkError> {
		let owner = same_owner::<T>(0);
		let asset = T::Catalogue::new_asset(&owner);
		Pallet::<T>::do_set_sandboxed(owner, asset)?;
		let origin = curators::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, asset, longest_reason());

		assert_eq!(SandboxedAssets::<T>::get(asset), Some(Mode::Medical));
		Ok(())
	}

	/// A policy.
	#[benchmark]
	fn set_policy() {
		let owner = same_owner::<T>(0);
		let asset = T::Catalogue::new_asset(&owner);
		let policy = policy::<T>(&owner);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), asset, policy.clone());

		assert_eq!(Policies::<T>::get(asset).map(|record| record.policy), Some(policy));
	}

	/// A request of `u` assets, with two holds.
	#[benchmark]
	fn request(u: Linear<1, { T::MaxUsesPerPermit::get() }>) -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::set_now(NOW);
		let operator = admitted::<T>()?;
		let assets = sandboxed::<T>(u, &operator, own_owner::<T>)?;
		let consumer = consumer::<T>()?;
		let permit = NextPermitId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(consumer.clone()), job(&assets, operator), 100_000 * U);

		let awaiting = Permits::<T>::get(permit).map(|record| record.awaiting.into_inner());
		assert_eq!(awaiting, Some(assets));
		Ok(())
	}

	/// An approval of all `u` assets of a permit.
	#[benchmark]
	fn approve(u: Linear<1, { T::MaxUsesPerPermit::get() }>) -> Result<(), BenchmarkError> {
		let permit = requested::<T>(u, same_owner::<T>)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(same_owner::<T>(0)), permit);

		assert_eq!(status::<T>(permit), Some(PermitStatus::Approved));
		Ok(())
	}

	/// A revocation by the owner of the last of `u` assets, with the refund.
	#[benchmark]
	fn revoke(u: Linear<1, { T::MaxUsesPerPermit::get() }>) -> Result<(), BenchmarkError> {
		let permit = requested::<T>(u, own_owner::<T>)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(own_owner::<T>(u - 1)), permit);

		assert_eq!(status::<T>(permit), Some(PermitStatus::Revoked));
		Ok(())
	}

	/// A revocation by the curators of a permit of `u` assets, with the refund and the longest reason.
	#[benchmark]
	fn force_revoke(u: Linear<1, { T::MaxUsesPerPermit::get() }>) -> Result<(), BenchmarkError> {
		let permit = requested::<T>(u, own_owner::<T>)?;
		let origin = curators::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, permit, longest_reason());

		assert_eq!(status::<T>(permit), Some(PermitStatus::Revoked));
		Ok(())
	}

	/// A completion with `u` assets, whose uses are booked and leave receipts; settling them is not counted.
	#[benchmark]
	fn complete(u: Linear<1, { T::MaxUsesPerPermit::get() }>) -> Result<(), BenchmarkError> {
		let permit = approved::<T>(u)?;
		for used in Permits::<T>::get(permit).map(|record| record.uses).unwrap_or_default() {
			T::Catalogue::book_neighbours(used.asset);
		}
		let (report, signature) = signed_report::<T>(permit, Verdict::Released)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(account("bearer", 0, 0)), permit, report, signature);

		assert_eq!(status::<T>(permit), Some(PermitStatus::Completed));
		assert_eq!(T::U::balance(&account("operator", 0, 0)), U);
		assert_eq!(PrivacyLogs::<T>::iter_values().map(|log| log.jobs).sum::<u32>(), u);
		Ok(())
	}

	/// A refusal with `u` assets, with the refund.
	#[benchmark]
	fn refuse(u: Linear<1, { T::MaxUsesPerPermit::get() }>) -> Result<(), BenchmarkError> {
		let permit = approved::<T>(u)?;
		let (report, signature) = signed_report::<T>(permit, Verdict::Refused { code: 1 })?;

		#[extrinsic_call]
		_(RawOrigin::Signed(account("bearer", 0, 0)), permit, report, signature);

		assert_eq!(status::<T>(permit), Some(PermitStatus::Refused));
		assert_eq!(PrivacyLogs::<T>::iter_values().map(|log| log.refused).sum::<u32>(), u);
		Ok(())
	}

	/// An expiry, with the refund.
	#[benchmark]
	fn expire() -> Result<(), BenchmarkError> {
		let permit = approved::<T>(T::MaxUsesPerPermit::get())?;
		run_out::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(account("bearer", 0, 0)), permit);

		assert_eq!(status::<T>(permit), Some(PermitStatus::Expired));
		assert_eq!(OpenPermits::<T>::iter().count(), 0);
		Ok(())
	}

	/// Pruning, with the release of the deposit.
	#[benchmark]
	fn prune() -> Result<(), BenchmarkError> {
		let permit = approved::<T>(T::MaxUsesPerPermit::get())?;
		run_out::<T>();
		Pallet::<T>::do_expire(permit)?;
		T::BenchmarkHelper::set_now(T::Time::now() + T::KeptMillis::get());

		#[extrinsic_call]
		_(RawOrigin::Signed(account("bearer", 0, 0)), permit);

		assert!(!Permits::<T>::contains_key(permit));
		assert_eq!(T::U::total_balance_on_hold(&account("consumer", 0, 0)), 0);
		Ok(())
	}

	/// A challenge of a permit whose assets are sealed to as many admitted operators as a policy can name.
	#[benchmark]
	fn challenge() -> Result<(), BenchmarkError> {
		let permit = completed::<T>(T::MaxUsesPerPermit::get())?;
		let record = Permits::<T>::get(permit).ok_or("the permit was requested")?;
		assert_eq!(record.sealed_to.len() + 1, T::MaxOperatorsPerPolicy::get() as usize);
		let challenger = challenger::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(challenger), permit);

		assert_eq!(challenge_status::<T>(permit), Some(ChallengeStatus::Open));
		Ok(())
	}

	/// An answer that agrees, with two payments.
	#[benchmark]
	fn dismiss_challenge() -> Result<(), BenchmarkError> {
		let (permit, opened) = challenged::<T>()?;
		let record = Permits::<T>::get(permit).ok_or("the permit was requested")?;
		T::BenchmarkHelper::set_now(opened.answer_until);
		let report = report_by::<T>(&opened.second, &record, Verdict::Released)?;
		let signature = sign::<T>(&opened.second, ReportRole::Answer, permit, &report)?;

		#[extrinsic_call]
		answer_challenge(RawOrigin::Signed(account("bearer", 0, 0)), permit, report, signature);

		assert_eq!(challenge_status::<T>(permit), Some(ChallengeStatus::Dismissed));
		assert_eq!(T::U::balance(&opened.second), U);
		Ok(())
	}

	/// An answer that differs, with the payment, what is left of the bond, and two parts of the slash.
	#[benchmark]
	fn uphold_challenge() -> Result<(), BenchmarkError> {
		let (permit, opened) = challenged::<T>()?;
		let record = Permits::<T>::get(permit).ok_or("the permit was requested")?;
		T::BenchmarkHelper::set_now(opened.answer_until);
		let report = report_by::<T>(&opened.second, &record, Verdict::Released)?;
		let report = Report { fuel: 0, ..report };
		let signature = sign::<T>(&opened.second, ReportRole::Answer, permit, &report)?;

		#[extrinsic_call]
		answer_challenge(RawOrigin::Signed(account("bearer", 0, 0)), permit, report, signature);

		assert_eq!(challenge_status::<T>(permit), Some(ChallengeStatus::Upheld));
		let operator = Operators::<T>::get(&record.operator).ok_or("a slashed operator stays registered")?;
		assert_eq!(operator.bond, T::OperatorBond::get() - T::ChallengeSlash::get());
		assert_eq!(T::U::balance(&opened.second), U);
		assert!(T::Native::balance(&opened.challenger) > 0);
		Ok(())
	}

	/// A challenge that nobody answered, with the refund.
	#[benchmark]
	fn expire_challenge() -> Result<(), BenchmarkError> {
		let (permit, opened) = challenged::<T>()?;
		T::BenchmarkHelper::set_now(opened.answer_until + 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(account("bearer", 0, 0)), permit);

		assert_eq!(challenge_status::<T>(permit), None);
		assert_eq!(T::U::total_balance_on_hold(&opened.challenger), 0);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::tests::mock::genesis(), crate::tests::mock::Test);
}
