//! Operators, assets, policies, permits and reports for the benchmarks.

use crate::{
	AccountIdOf, Approval, Challenges, Config, Job, JobInput, NextPermitId, OperatorProfile, Operators,
	Pallet, PermitRecord, Permits, Policy, Report, ReportOf, ReportRole, Verdict,
};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	BoundedVec,
	traits::{
		EnsureOrigin, Get, Time,
		fungible::{Inspect, Unbalanced},
		tokens::Precision,
	},
};
use frame_system::pallet_prelude::BlockNumberFor;
use heirloom_primitives::{
	AssetId, CatalogueSetup, Challenge, ChallengeStatus, Moment, OutputLimits, PermitId, PermitStatus,
	Purpose, U, Words,
};
use sp_core::H256;
use sp_runtime::{
	DispatchError,
	traits::{BlakeTwo256, Hash, Zero},
};

/// What the benchmarks need of a runtime beside its pallets.
pub trait BenchmarkHelper<AccountId, Signature> {
	/// Sets the chain's clock, in milliseconds.
	fn set_now(now: Moment);

	/// The account of a new key that can sign.
	fn signing_key() -> AccountId;

	/// What that key signs. Of the schemes that the runtime knows, the slowest to verify.
	fn sign(key: &AccountId, payload: &[u8]) -> Signature;
}

/// 2026-03-01.
pub(super) const NOW: Moment = 1_772_323_200_000;

/// An account with the native token for three bonds.
pub(super) fn bonded<T: Config>(name: &'static str) -> Result<AccountIdOf<T>, DispatchError> {
	bonded_as::<T>(name, 0)
}

/// The same, one of several by a name.
fn bonded_as<T: Config>(name: &'static str, number: u32) -> Result<AccountIdOf<T>, DispatchError> {
	let who = account(name, number, 0);
	let amount = T::OperatorBond::get().saturating_mul(3).saturating_add(T::Native::minimum_balance());
	T::Native::increase_balance(&who, amount, Precision::Exact)?;
	Ok(who)
}

pub(super) fn hash(number: u32) -> H256 {
	BlakeTwo256::hash_of(&number)
}

pub(super) fn profile<T: Config>() -> OperatorProfile<AccountIdOf<T>> {
	let signing_key = T::BenchmarkHelper::signing_key();
	OperatorProfile { signing_key, sealing_key: [7; 32], measurement: hash(0), fee: U }
}

pub(super) fn registered<T: Config>() -> Result<AccountIdOf<T>, DispatchError> {
	let operator = bonded::<T>("operator")?;
	Pallet::<T>::do_register_operator(operator.clone(), profile::<T>())?;
	Ok(operator)
}

/// An operator that is admitted and holds no U, so that its fee opens an account.
pub(super) fn admitted<T: Config>() -> Result<AccountIdOf<T>, DispatchError> {
	let operator = registered::<T>()?;
	Pallet::<T>::do_admit_operator(operator.clone(), hash(0))?;
	Ok(operator)
}

/// The longest policy. What a job of `operator` needs stands last.
pub(super) fn policy<T: Config>(operator: &AccountIdOf<T>) -> Policy<T> {
	let others = (1..T::MaxOperatorsPerPolicy::get()).map(|index| account("other", index, 0));
	Policy {
		codes: BoundedVec::truncate_from((1..=T::MaxCodes::get()).map(hash).collect()),
		operators: BoundedVec::truncate_from(others.chain([operator.clone()]).collect()),
		limits: OutputLimits {
			smallest_group: 10,
			largest_output: 4_096,
			largest_model: 0,
			release_budget: u64::MAX,
		},
		approval: Approval::Owner,
	}
}

/// As many bytes as a reason may have.
pub(super) fn longest_reason() -> Words {
	Words::truncate_from(vec![b'x'; Words::bound()])
}

/// Sandboxed assets with a policy each, the `n`th of them owned by `owner(n)`.
pub(super) fn sandboxed<T: Config<Catalogue: CatalogueSetup<AccountIdOf<T>>>>(
	assets: u32,
	operator: &AccountIdOf<T>,
	owner: impl Fn(u32) -> AccountIdOf<T>,
) -> Result<Vec<AssetId>, DispatchError> {
	(0..assets)
		.map(|number| {
			let owner = owner(number);
			let asset = T::Catalogue::new_asset(&owner);
			Pallet::<T>::do_force_sandboxed(asset, longest_reason())?;
			Pallet::<T>::do_set_policy(owner, asset, policy(operator))?;
			Ok(asset)
		})
		.collect()
}

/// A job that uses these assets.
pub(super) fn job<T: Config>(assets: &[AssetId], operator: AccountIdOf<T>) -> Job<T> {
	Job {
		uses: BoundedVec::truncate_from(assets.iter().map(|asset| (*asset, 1)).collect()),
		purpose: Purpose::Training,
		code_hash: hash(T::MaxCodes::get()),
		parameters_hash: hash(0),
		operator,
		output_cap: 4_096,
		expires_at: T::Time::now() + T::MaxPermitMillis::get(),
	}
}

/// Who pays, in U.
pub(super) fn consumer<T: Config>() -> Result<AccountIdOf<T>, DispatchError> {
	let consumer = account("consumer", 0, 0);
	T::U::increase_balance(&consumer, 100_000 * U, Precision::Exact)?;
	Ok(consumer)
}

pub(super) fn same_owner<T: Config>(_: u32) -> AccountIdOf<T> {
	account("owner", 0, 0)
}

pub(super) fn own_owner<T: Config>(number: u32) -> AccountIdOf<T> {
	account("owner", number, 0)
}

/// A permit that waits for the owners of all its assets.
pub(super) fn requested<T: Config<Catalogue: CatalogueSetup<AccountIdOf<T>>>>(
	uses: u32,
	owner: impl Fn(u32) -> AccountIdOf<T>,
) -> Result<PermitId, DispatchError> {
	T::BenchmarkHelper::set_now(NOW);
	let operator = admitted::<T>()?;
	let assets = sandboxed::<T>(uses, &operator, owner)?;
	let permit = NextPermitId::<T>::get();
	Pallet::<T>::do_request(consumer::<T>()?, job(&assets, operator), 100_000 * U)?;
	Ok(permit)
}

/// A permit under which the operator may work.
pub(super) fn approved<T: Config<Catalogue: CatalogueSetup<AccountIdOf<T>>>>(
	uses: u32,
) -> Result<PermitId, DispatchError> {
	let permit = requested::<T>(uses, same_owner::<T>)?;
	Pallet::<T>::do_approve(same_owner::<T>(0), permit)?;
	Ok(permit)
}

pub(super) fn status<T: Config>(permit: PermitId) -> Option<PermitStatus> {
	Permits::<T>::get(permit).map(|record| record.status)
}

pub(super) fn challenge_status<T: Config>(permit: PermitId) -> Option<ChallengeStatus> {
	Challenges::<T>::get(permit).map(|challenge| challenge.status)
}

/// Moves the clock to where an open permit's time has run out.
pub(super) fn run_out<T: Config>() {
	T::BenchmarkHelper::set_now(T::Time::now() + T::MaxPermitMillis::get() + 1);
}

/// A completed permit, whose assets are sealed to as many admitted operators as a policy names.
pub(super) fn completed<T: Config<Catalogue: CatalogueSetup<AccountIdOf<T>>>>(
	uses: u32,
) -> Result<PermitId, BenchmarkError> {
	let permit = approved::<T>(uses)?;
	let (report, signature) = signed_report::<T>(permit, Verdict::Released)?;
	Pallet::<T>::do_complete(permit, report, signature)?;
	for number in 1..T::MaxOperatorsPerPolicy::get() {
		let other = bonded_as::<T>("other", number)?;
		Pallet::<T>::do_register_operator(other.clone(), profile::<T>())?;
		Pallet::<T>::do_admit_operator(other, hash(0))?;
	}
	Ok(permit)
}

/// The same, challenged.
pub(super) fn challenged<T: Config<Catalogue: CatalogueSetup<AccountIdOf<T>>>>()
-> Result<(PermitId, Challenge<AccountIdOf<T>>), BenchmarkError> {
	let permit = completed::<T>(T::MaxUsesPerPermit::get())?;
	Pallet::<T>::do_challenge(challenger::<T>()?, permit)?;
	let challenge = Challenges::<T>::get(permit).ok_or("the permit was challenged")?;
	Ok((permit, challenge))
}

/// Who doubts a job, with U for one challenge.
pub(super) fn challenger<T: Config>() -> Result<AccountIdOf<T>, DispatchError> {
	let challenger = account("challenger", 0, 0);
	let amount = T::ChallengeBond::get().saturating_add(U);
	T::U::increase_balance(&challenger, amount, Precision::Exact)?;
	Ok(challenger)
}

/// A report of a permit's job and the operator's signature under it.
pub(super) fn signed_report<T: Config>(
	permit: PermitId,
	verdict: Verdict,
) -> Result<(ReportOf<T>, T::ReportSignature), BenchmarkError> {
	let record = Permits::<T>::get(permit).ok_or("the permit was requested")?;
	let report = report_by::<T>(&record.operator, &record, verdict)?;
	let signature = sign::<T>(&record.operator, ReportRole::First, permit, &report)?;
	Ok((report, signature))
}

/// The report of a permit's job that an operator makes.
pub(super) fn report_by<T: Config>(
	operator: &AccountIdOf<T>,
	record: &PermitRecord<T>,
	verdict: Verdict,
) -> Result<ReportOf<T>, BenchmarkError> {
	let operator = Operators::<T>::get(operator).ok_or("the operator was registered")?;
	let input = |asset| JobInput { asset, commitment: hash(asset), findings: 9, deidentified: true };
	Ok(Report {
		measurement: operator.profile.measurement,
		code_hash: record.code_hash,
		parameters_hash: record.parameters_hash,
		inputs: BoundedVec::truncate_from(record.uses.iter().map(|used| input(used.asset)).collect()),
		output: hash(0),
		output_bytes: record.output_cap,
		smallest_group: Some(record.limits.smallest_group),
		fuel: u64::MAX,
		verdict,
	})
}

/// An operator's signature under a report in its role.
pub(super) fn sign<T: Config>(
	operator: &AccountIdOf<T>,
	role: ReportRole,
	permit: PermitId,
	report: &ReportOf<T>,
) -> Result<T::ReportSignature, BenchmarkError> {
	let record = Operators::<T>::get(operator).ok_or("the operator was registered")?;
	let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
	let payload = report.payload(&genesis, permit, operator, role);
	Ok(T::BenchmarkHelper::sign(&record.profile.signing_key, &payload))
}

pub(super) fn curators<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::CuratorOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)
}
