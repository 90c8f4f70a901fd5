//! # Sandbox access
//!
//! Sensitive assets are used inside a sandbox only: who may run what beside them, under which permit, and what came of
//! it.
//!
//! ## Pallet API
//!
//! See [`Call`], [`Event`], [`Error`] and [`Config`]; nodes read through
//! [`heirloom_primitives::api::SandboxApi`].
//!
//! ## Overview
//!
//! * *Sandboxed* is data of a medical domain from its minting on, what the curators force, and what an owner chooses.
//!   It stays so for good, whoever owns it. Lineage asks [`SandboxGate`](heirloom_primitives::SandboxGate) and refuses
//!   a plain call. An owner cannot choose so for an asset of which licences are for sale: that would take back what others
//!   bought. Where the asset is sandboxed for another reason, a licence spares the asset's fee, and no permit.
//! * *Operators* run jobs. They leave a bond, and are admitted by the curators together with the measurement of their
//!   runner; another measurement has to be admitted again. Misbehaviour is slashed, also while they leave.
//! * A *policy* says what an owner allows: code, operators, the smallest group, how much may come out of a job and how
//!   much ever. Nothing else is, and without a policy nothing at all.
//! * A *permit* is one job: the consumer's fees and the operator's are held at the request, paid at the completion,
//!   and given back at a refusal, a revocation or the expiry. Its consumer revokes it, an owner does, or the curators, who
//!   say why. It is completed by a report that the operator's key signed, leaves a receipt an asset in lineage, and can be
//!   used up by one derived asset, whose parents are all the assets it used.
//! * A *challenge* doubts a completed job: for a bond, the chain names another operator that the data is sealed to and that
//!   runs the same runner, which repeats the job. The job is deterministic, so if its report differs, the first operator is
//!   slashed: the second is believed and loses nothing. The challenger pays for the repetition, and gets that back from the
//!   slash if there is one.
//! * The *privacy log* counts jobs, refusals and findings an asset and period.
//!
//! ## Example
//!
//! ```text
//! set_policy(CT, { codes: [TRAIN], operators: [clinic], limits: { smallest_group: 10, largest_output: 1 MiB,
//!     largest_model: 64 KiB, release_budget: 10 MiB }, Automatic })
//! request({ uses: [(CT, 37)], code: TRAIN, operator: clinic, .. }, 500 U) → Requested { permit: 4 }, Approved
//! complete(4, report, signature)     → lineage.Called { asset: CT, units: 37, permit: 4 }, Completed
//! lineage.mint_derived(.., [(4, TrainedOn)])  → Consumed { permit: 4, into: LUNG-DX }
//! challenge(4)                       → Challenged { permit: 4, second: institute, .. }
//! answer_challenge(4, report, signature)      → ChallengeDismissed or ChallengeUpheld
//! ```
//!
//! ## Low level
//!
//! An open permit is listed under its operator ([`OpenPermits`]), so that a runner which was off finds its work
//! without reading all permits. Released bytes are counted here and not by operators alone ([`Budgets`]): whoever asks
//! several of them has one budget, of which an open permit reserves the most that its job may release. A refusal is counted
//! like a completion, by what its report says left: the log of a job that failed. A permit that has ended stays for
//! [`Config::KeptMillis`], then anybody may prune it; a completed one waits for its consumer, who paid for the right to
//! derive and for the space.
//!
//! Of a report the chain keeps two hashes: of what was signed, and of what a repetition has to meet
//! ([`Report::result_hash`]). A challenge is decided by comparing the second one, where the same inputs were de-identified:
//! the mode of an asset may have changed since. It is answered at most once. One that nobody answered leaves the permit as
//! it was, but for the operator that was silent, which is not named again, and for the time that it took, which does not
//! count as time to challenge. A challenged permit can still be consumed: the data was used, so its
//! owners are parents, whatever the job came to.
//!
//! ## Security considerations
//!
//! * Between the sight of a completion in the transaction pool and its block the consumer or an owner may revoke, or the
//!   curators. Operators hand out an output after its completion is final, and not before; the work on a revoked job is
//!   their risk.
//! * A policy binds requests. Who tightens it, or buys the asset, revokes what is open already.
//! * An NFT transfer tells nobody. A policy is void as soon as its setter is not the owner, so a seller cannot leave
//!   a door open.
//! * A fee may rise between a consumer's look and its request: `max_fee` bounds what is held. Later changes of fees
//!   do not touch it.
//! * A refusal gives the fees back and not the budget: a job that fails on purpose carries out no more by its log than one
//!   that succeeds, whichever operators run it.
//! * The chain checks what the operator signed, not what it did. An operator that breaks its own sandbox sees the
//!   data; the bond, the measurement and repeating the job stand against that.
//! * The second operator's word is believed. It gets the same fee from the challenger's bond whatever it says: its own, but
//!   no more than the first operator's was for the job. It can harm a competitor, and it can agree without repeating, since
//!   the first report is public. Together with a challenger it gains no more than that fee, which the slash gives back to the
//!   challenger: what one job cost. A slash by challenge is therefore a part of the bond, and the curators, who see both
//!   reports, decide on the rest.
//! * An operator can be challenged for more jobs at a time than one slash pays for. All of them together take no more than
//!   one does, so a second operator that lies about several jobs takes no more than one that lies about one; a later
//!   challenger who was right bears the fee. To refuse challenges beyond the bond would let friends of an operator shield it
//!   by challenges of their own.
//! * Friends can have a job challenged and stay silent. Each of them is named once, and the time does not count, until the
//!   operator's bond could otherwise leave before the answer. Who agrees without repeating ends the doubt: a job is answered
//!   about once.
//! * A signed report names its operator and whether it ends a permit or answers a challenge: an answer is no completion,
//!   and two operators with one signing key cannot use each other's.
//! * Who watches the chain knows the parent hash of the next block, and so whom a challenge in it would draw. Who waits
//!   chooses: among k operators the wanted one is drawn within about k blocks, at no cost. The draw keeps a challenger from
//!   naming a second operator in one transaction, and no more.
//! * Where an owner hands out the key for one permit alone, no other operator can repeat the job. Nobody answers then,
//!   the bond comes back, and nobody is punished. Code and parameters come from the consumer to each operator by itself, so
//!   a consumer who keeps them back prevents the repetition, too.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use heirloom_primitives::{JobInput, REPORT_CONTEXT, Report, ReportRole, Verdict};
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod budget;
mod challenges;
mod config;
mod errors;
mod events;
mod gate;
mod money;
mod operators;
mod permits;
mod policies;
mod reporting;
mod storage;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
mod views;
pub mod weights;

#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
pub mod pallet {
	#[cfg(feature = "runtime-benchmarks")]
	use crate::BenchmarkHelper;
	use crate::{types::*, weights::WeightInfo};
	use frame_support::{
		dispatch::WithPostDispatchInfo,
		pallet_prelude::*,
		traits::{Time, fungible},
	};
	use frame_system::pallet_prelude::*;
	use heirloom_primitives::{
		AssetId, Catalogue, Challenge, DepositRate, MicroU, Moment, Period, PermitId, Purpose, Words,
	};
	use sp_core::H256;
	use sp_runtime::traits::{IdentifyAccount, Verify};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Becomes an operator, to be admitted by the curators. Holds `OperatorBond`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register_operator())]
		pub fn register_operator(
			origin: OriginFor<T>,
			profile: OperatorProfile<T::AccountId>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register_operator(who, profile)
		}

		/// States other keys, another measurement or another fee. Another measurement has to be admitted.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::update_operator())]
		pub fn update_operator(
			origin: OriginFor<T>,
			profile: OperatorProfile<T::AccountId>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_update_operator(who, profile)
		}

		/// Holds what a slash took, up to `OperatorBond`.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::top_up_bond())]
		pub fn top_up_bond(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_top_up_bond(who)
		}

		/// Curators admit an operator with the runner they looked at.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::admit_operator())]
		pub fn admit_operator(
			origin: OriginFor<T>,
			operator: T::AccountId,
			measurement: H256,
		) -> DispatchResult {
			T::CuratorOrigin::ensure_origin(origin)?;
			Self::do_admit_operator(operator, measurement)
		}

		/// Curators suspend an operator and say why: no requests and no completions until it is admitted again.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::suspend_operator())]
		pub fn suspend_operator(
			origin: OriginFor<T>,
			operator: T::AccountId,
			reason: Words,
		) -> DispatchResult {
			T::CuratorOrigin::ensure_origin(origin)?;
			Self::do_suspend_operator(operator, reason)
		}

		/// Curators take `amount` of the native token, or all there is, from an operator's bond, suspend it and say why.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::slash_operator())]
		pub fn slash_operator(
			origin: OriginFor<T>,
			operator: T::AccountId,
			#[pallet::compact] amount: u128,
			reason: Words,
		) -> DispatchResult {
			T::CuratorOrigin::ensure_origin(origin)?;
			Self::do_slash_operator(operator, amount, reason)
		}

		/// Leaves: no jobs from now on, the bond after `UnbondingMillis`.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::begin_unbonding())]
		pub fn begin_unbonding(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_begin_unbonding(who)
		}

		/// Takes the bond back after the time of unbonding.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::withdraw_bond())]
		pub fn withdraw_bond(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_bond(who)
		}

		/// The owner lets an asset be used inside sandboxes only, for good. Not one of which licences are for sale.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::set_sandboxed())]
		pub fn set_sandboxed(origin: OriginFor<T>, asset: AssetId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_sandboxed(who, asset)
		}

		/// Curators put an asset into medical mode, for good, and say why.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::force_sandboxed())]
		pub fn force_sandboxed(origin: OriginFor<T>, asset: AssetId, reason: Words) -> DispatchResult {
			T::CuratorOrigin::ensure_origin(origin)?;
			Self::do_force_sandboxed(asset, reason)
		}

		/// The owner says what may be done with an asset. Permits that are open already are not touched.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::set_policy())]
		pub fn set_policy(origin: OriginFor<T>, asset: AssetId, policy: Policy<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_policy(who, asset, policy)
		}

		/// Asks for a permit. The fees at this moment, the operator's included and at most `max_fee` micro-U in all,
		/// and `PermitDeposit` are held.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::request(count(&job.uses)))]
		pub fn request(
			origin: OriginFor<T>,
			job: Job<T>,
			#[pallet::compact] max_fee: MicroU,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_request(who, job, max_fee)
		}

		/// The owner of assets of a permit approves their use.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::approve(T::MaxUsesPerPermit::get()))]
		pub fn approve(origin: OriginFor<T>, permit: PermitId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_approve(who, permit)
		}

		/// The consumer, or the owner of an asset of the permit, withdraws it; everything is refunded.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::revoke(T::MaxUsesPerPermit::get()))]
		pub fn revoke(origin: OriginFor<T>, permit: PermitId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_revoke(who, permit)
		}

		/// Completes a job with the operator's signed report, in time, and pays for it. Anybody may bring the report.
		///
		/// Charged for settling the assets, too.
		#[pallet::call_index(14)]
		#[pallet::weight(Pallet::<T>::completion_weight(*permit))]
		pub fn complete(
			origin: OriginFor<T>,
			permit: PermitId,
			report: ReportOf<T>,
			signature: T::ReportSignature,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			// What failed has booked nothing that is to be settled.
			let failed = T::WeightInfo::complete(T::MaxUsesPerPermit::get());
			Self::do_complete(permit, report, signature).map_err(|error| error.with_weight(failed))?;
			Ok(().into())
		}

		/// Ends a job with the operator's signed report that it, or its output, was refused; everything is refunded.
		/// Anybody may bring the report.
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::refuse(T::MaxUsesPerPermit::get()))]
		pub fn refuse(
			origin: OriginFor<T>,
			permit: PermitId,
			report: ReportOf<T>,
			signature: T::ReportSignature,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_refuse(permit, report, signature)
		}

		/// Ends a permit whose time ran out; everything is refunded. Anybody may say so.
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::expire())]
		pub fn expire(origin: OriginFor<T>, permit: PermitId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_expire(permit)
		}

		/// Removes a permit that ended `KeptMillis` ago and returns its deposit to the consumer. A completed permit
		/// that no derived asset has used up is removed by its consumer alone.
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::prune())]
		pub fn prune(origin: OriginFor<T>, permit: PermitId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_prune(who, permit)
		}

		/// Doubts a job that was completed at most `ChallengeMillis` ago, time in which it was challenged not counted. Holds
		/// `ChallengeBond` of U; the chain names another operator than the challenger, which repeats the job.
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::challenge())]
		pub fn challenge(origin: OriginFor<T>, permit: PermitId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_challenge(who, permit)
		}

		/// Decides a challenge with the signed report of the operator that the chain named, in time but not in the moment of
		/// the challenge. Anybody may bring it.
		#[pallet::call_index(19)]
		#[pallet::weight(T::WeightInfo::dismiss_challenge().max(T::WeightInfo::uphold_challenge()))]
		pub fn answer_challenge(
			origin: OriginFor<T>,
			permit: PermitId,
			report: ReportOf<T>,
			signature: T::ReportSignature,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_answer_challenge(permit, report, signature)
		}

		/// Ends a challenge that was not answered in time; its bond is returned. Anybody may say so. The time that it took does
		/// not count, and the job can be challenged again, with another operator to repeat it.
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::expire_challenge())]
		pub fn expire_challenge(origin: OriginFor<T>, permit: PermitId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_expire_challenge(permit)
		}

		/// Curators withdraw a permit and say why; everything is refunded.
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::force_revoke(T::MaxUsesPerPermit::get()))]
		pub fn force_revoke(origin: OriginFor<T>, permit: PermitId, reason: Words) -> DispatchResult {
			T::CuratorOrigin::ensure_origin(origin)?;
			Self::do_force_revoke(permit, reason)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "std")]
		fn integrity_test() {
			assert!(
				T::UnbondingMillis::get() > T::MaxPermitMillis::get(),
				"an operator must stay bonded until every permit it was given has ended"
			);
			assert!(
				T::ChallengeMillis::get() > T::AnswerMillis::get(),
				"a challenge that nobody answered must leave time for another"
			);
			let twice = T::AnswerMillis::get().saturating_mul(2);
			assert!(
				T::UnbondingMillis::get() >= T::ChallengeMillis::get().saturating_add(twice),
				"an operator must stay bonded until a challenge after one that nobody answered can be decided"
			);
			assert!(
				T::KeptMillis::get() > T::UnbondingMillis::get(),
				"a permit must be kept until every challenge of it can be decided"
			);
			assert!(
				T::ChallengeSlash::get() <= T::OperatorBond::get(),
				"a challenge must not cost more than there is"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
