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
//!   a plain call.
//! * *Operators* run jobs. They leave a bond, and are admitted by the curators together with the measurement of their
//!   runner; another measurement has to be admitted again. Misbehaviour is slashed, also while they leave.
//! * A *policy* says what an owner allows: code, operators, the smallest group, how much may come out of a job and how
//!   much ever. Nothing else is, and without a policy nothing at all.
//! * A *permit* is one job: the consumer's fees and the operator's are held at the request, paid at the completion,
//!   and given back at a refusal, a revocation or the expiry. It is completed by a report that the operator's key
//!   signed, leaves a receipt an asset in lineage, and can be used up by one derived asset, whose parents are all the
//!   assets it used.
//! * A *challenge* doubts a completed job: for a bond, the chain names another operator that the data is sealed to and that
//!   runs the same runner, which repeats the job. The job is deterministic, so whoever's report differs is slashed; the
//!   challenger pays for the repetition, and gets that back from the slash if there is one.
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
//! several of them has one budget, of which an open permit reserves the most that its job may release. A permit that has ended stays for [`Config::KeptMillis`], then anybody may prune it;
//! a completed one waits for its consumer, who paid for the right to derive and for the space.
//!
//! Of a report the chain keeps two hashes: of what was signed, and of what a repetition has to meet
//! ([`Report::result_hash`]). A challenge is decided by comparing the second one. It is answered at most once; one that
//! nobody answered leaves the permit as it was. A challenged permit can still be consumed: the data was used, so its
//! owners are parents, whatever the job came to.
//!
//! ## Security considerations
//!
//! * Between the sight of a completion in the transaction pool and its block the consumer or an owner may revoke.
//!   Operators hand out an output after its completion is final, and not before; the work on a revoked job is their
//!   risk.
//! * A policy binds requests. Who tightens it, or buys the asset, revokes what is open already.
//! * An NFT transfer tells nobody. A policy is void as soon as its setter is not the owner, so a seller cannot leave
//!   a door open.
//! * A fee may rise between a consumer's look and its request: `max_fee` bounds what is held. Later changes of fees
//!   do not touch it.
//! * The chain checks what the operator signed, not what it did. An operator that breaks its own sandbox sees the
//!   data; the bond, the measurement and repeating the job stand against that.
//! * The second operator's word is believed. It gets the same fee from the challenger's bond whatever it says, the
//!   challenger is made whole at most, and the rest of a slash goes to the pool, so that nobody earns by accusing; but it
//!   can harm a competitor, and it can agree without repeating, since the first report is public. A slash by challenge is
//!   therefore a part of the bond, and the curators, who see both reports, decide on the rest.
//! * An operator can be challenged for more jobs at a time than its bond can be slashed for. What is slashed is what there
//!   is; once nothing is left, a challenger who was right bears the fee. To refuse challenges beyond the bond would let
//!   friends of an operator shield it by challenges of their own.
//! * A signed report names its operator and whether it ends a permit or answers a challenge: an answer is no completion,
//!   and two operators with one signing key cannot use each other's.
//! * Who watches the chain knows the parent hash of the next block, and so whom a challenge in it would draw. Together with
//!   a second operator that lies, it can choose its moment; the slash is a part of the bond for this, too.
//! * Where an owner hands out the key for one permit alone, no other operator can repeat the job. Nobody answers then,
//!   the bond comes back, and nobody is punished.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use heirloom_primitives::{JobInput, REPORT_CONTEXT, Report, ReportRole, Verdict};
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod budget;
mod challenges;
mod gate;
mod money;
mod operators;
mod permits;
mod policies;
mod reporting;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
mod views;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use crate::{types::*, weights::WeightInfo};
	use frame_support::{
		pallet_prelude::*,
		traits::{Time, fungible},
	};
	use frame_system::pallet_prelude::*;
	use heirloom_primitives::{
		AssetId, Catalogue, Challenge, DepositRate, MicroU, Moment, Period, PermitId, Purpose,
	};
	use sp_core::H256;
	use sp_runtime::traits::{IdentifyAccount, Verify};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The runtime's reasons for holds.
		type RuntimeHoldReason: From<HoldReason>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Who admits, suspends and slashes operators, forces assets into the sandbox and stops permits.
		type CuratorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The native token, for operators' bonds.
		type Native: fungible::MutateHold<Self::AccountId, Balance = u128, Reason = Self::RuntimeHoldReason>;

		/// U, for fees and for the deposits of consumers, who pay in U anyhow.
		type U: fungible::MutateHold<Self::AccountId, Balance = MicroU, Reason = Self::RuntimeHoldReason>;

		/// The assets, and where their use is booked.
		type Catalogue: Catalogue<Self::AccountId>;

		/// The chain's clock, in milliseconds.
		type Time: Time<Moment = Moment>;

		/// The period that is open for bookings: the privacy log counts by it.
		type OpenPeriod: Get<Period>;

		/// Signatures under reports, by any key that accounts are made of.
		type ReportSignature: Verify<Signer: IdentifyAccount<AccountId = Self::AccountId>> + Parameter;

		/// What the native token is worth in U: a fee in U is given back from a slash by it.
		type DepositRate: DepositRate<u128>;

		/// Who receives what is slashed, and what a challenge that proved nothing costs. Exists with at least the minimum
		/// balances of the native token and of U.
		#[pallet::constant]
		type SlashDestination: Get<Self::AccountId>;

		/// An operator's bond, in the native token: what it loses when it takes data away.
		#[pallet::constant]
		type OperatorBond: Get<u128>;

		/// Milliseconds from an operator's farewell to its bond. Longer than [`Config::MaxPermitMillis`], so that
		/// whatever it was trusted with comes to light before.
		#[pallet::constant]
		type UnbondingMillis: Get<Moment>;

		/// What a challenger leaves, in micro-U: U is what consumers and owners have. It pays for the repetition, so no
		/// operator gets more for one.
		#[pallet::constant]
		type ChallengeBond: Get<MicroU>;

		/// What a difference costs the operator that was challenged, in the native token. At most
		/// [`Config::OperatorBond`]: what is left of it stands against what else comes to light.
		#[pallet::constant]
		type ChallengeSlash: Get<u128>;

		/// Milliseconds after a completion in which it can be challenged. Longer than [`Config::AnswerMillis`], so that a
		/// challenge that nobody answered can be raised again; both together shorter than [`Config::UnbondingMillis`] and
		/// [`Config::KeptMillis`].
		#[pallet::constant]
		type ChallengeMillis: Get<Moment>;

		/// Milliseconds in which the second operator answers. As long as a job may take.
		#[pallet::constant]
		type AnswerMillis: Get<Moment>;

		/// The longest that a permit can be open, in milliseconds, and with it the consumer's money held.
		#[pallet::constant]
		type MaxPermitMillis: Get<Moment>;

		/// The most assets of one permit: each is booked and leaves a receipt in the block that completes it. 16
		/// stay below a hundredth of a block.
		#[pallet::constant]
		type MaxUsesPerPermit: Get<u32>;

		/// What completing a permit may weigh, settling its assets included. Not more than one transaction may: what is above
		/// it is refused when it is requested, for nobody could complete it.
		#[pallet::constant]
		type MaxCompletionWeight: Get<Weight>;

		/// The most code hashes of a policy. 16 of them and 16 operators keep a policy at 1 KiB, which an asset's own
		/// deposit covers.
		#[pallet::constant]
		type MaxCodes: Get<u32>;

		/// The most operators of a policy, see [`Config::MaxCodes`]. The owner seals the data to each.
		#[pallet::constant]
		type MaxOperatorsPerPolicy: Get<u32>;

		/// Deposit for a permit, in micro-U: a record of up to 1.5 KiB. Returned when it is pruned.
		#[pallet::constant]
		type PermitDeposit: Get<MicroU>;

		/// Milliseconds for which an ended permit can be looked up before it can be pruned.
		#[pallet::constant]
		type KeptMillis: Get<Moment>;

		/// What benchmarks need of the runtime beside its pallets.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::BenchmarkHelper<Self::AccountId, Self::ReportSignature>;
	}

	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// An operator's bond.
		Bond,
		/// Fees of open permits.
		Fees,
		/// For permits' space in state.
		Permit,
		/// A challenger's bond.
		Challenge,
	}

	/// Operators. Accounts are chosen by people: `Blake2_128Concat`.
	#[pallet::storage]
	pub type Operators<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, OperatorRecord<T::AccountId>>;

	/// Sandboxed assets, and why they are. The chain numbers assets and permits: `Twox64Concat`.
	#[pallet::storage]
	pub type SandboxedAssets<T> = StorageMap<_, Twox64Concat, AssetId, Mode>;

	/// What owners allow.
	#[pallet::storage]
	pub type Policies<T: Config> = StorageMap<_, Twox64Concat, AssetId, PolicyRecord<T>>;

	/// The id that the next permit gets.
	#[pallet::storage]
	pub type NextPermitId<T> = StorageValue<_, PermitId, ValueQuery>;

	/// Permits, until they are pruned.
	#[pallet::storage]
	pub type Permits<T: Config> = StorageMap<_, Twox64Concat, PermitId, PermitRecord<T>>;

	/// The permits of an operator that have not ended: a runner's work.
	#[pallet::storage]
	pub type OpenPermits<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, PermitId, ()>;

	/// Challenges of completed permits; one that was answered stays until its permit is pruned, so that it is not asked
	/// twice.
	#[pallet::storage]
	pub type Challenges<T: Config> = StorageMap<_, Twox64Concat, PermitId, Challenge<T::AccountId>>;

	/// The challenges that an operator is to answer: a runner's work, too.
	#[pallet::storage]
	pub type OpenChallenges<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, PermitId, ()>;

	/// What consumers have of each asset's budget, whoever runs their jobs. At most one small entry a consumer and asset
	/// that it paid for or asked for. What was released is never taken back: the owner's budget is for good.
	#[pallet::storage]
	pub type Budgets<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AssetId, Blake2_128Concat, T::AccountId, BudgetUse, ValueQuery>;

	/// What happened to an asset inside sandboxes, a period. At most one small entry an asset and period, like its
	/// statements.
	#[pallet::storage]
	pub type PrivacyLogs<T> =
		StorageDoubleMap<_, Twox64Concat, AssetId, Twox64Concat, Period, PrivacyLog, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An account became an operator, not admitted yet.
		OperatorRegistered {
			/// Who.
			operator: T::AccountId,
			/// What it states of itself.
			profile: OperatorProfile<T::AccountId>,
		},
		/// An operator stated something else of itself.
		OperatorUpdated {
			/// Who.
			operator: T::AccountId,
			/// What it states of itself.
			profile: OperatorProfile<T::AccountId>,
			/// Whether it can be given jobs now: another measurement has to be admitted.
			status: OperatorStatus,
		},
		/// The curators admitted an operator.
		OperatorAdmitted {
			/// Who.
			operator: T::AccountId,
			/// With which runner.
			measurement: H256,
		},
		/// An admitted operator is not admitted any more.
		OperatorSuspended {
			/// Who.
			operator: T::AccountId,
		},
		/// An operator lost a part of its bond: the curators took it, or a challenge did.
		OperatorSlashed {
			/// Who.
			operator: T::AccountId,
			/// How much, in the native token.
			amount: u128,
			/// Who received it.
			to: T::AccountId,
		},
		/// An operator completed its bond again.
		BondToppedUp {
			/// Who.
			operator: T::AccountId,
			/// By how much, in the native token.
			amount: u128,
		},
		/// An operator is leaving.
		UnbondingBegun {
			/// Who.
			operator: T::AccountId,
			/// When its bond can be withdrawn.
			until: Moment,
		},
		/// An operator left.
		BondWithdrawn {
			/// Who.
			operator: T::AccountId,
			/// What it got back, in the native token.
			amount: u128,
		},
		/// An asset can be used inside sandboxes only from now on.
		Sandboxed {
			/// The asset.
			asset: AssetId,
			/// Why.
			mode: Mode,
		},
		/// An owner said what may be done with an asset.
		PolicySet {
			/// The asset.
			asset: AssetId,
			/// The policy.
			policy: Policy<T>,
		},
		/// A consumer asked for a permit; what it costs is held.
		Requested {
			/// Its id.
			permit: PermitId,
			/// Who pays.
			consumer: T::AccountId,
			/// Who is to run the job.
			operator: T::AccountId,
			/// What is used, with the fees agreed.
			uses: UsesOf<T>,
			/// What the job is for.
			purpose: Purpose,
			/// Hash of the code to run.
			code_hash: H256,
			/// Hash of its parameters.
			parameters_hash: H256,
			/// The most bytes that may leave the sandbox.
			output_cap: u64,
			/// After this moment it cannot be completed.
			expires_at: Moment,
			/// The operator's fee, in micro-U.
			operator_fee: MicroU,
			/// The assets whose owners have to approve.
			awaiting: BoundedVec<AssetId, T::MaxUsesPerPermit>,
		},
		/// An owner approved the use of its assets.
		UseApproved {
			/// The permit.
			permit: PermitId,
			/// The owner.
			owner: T::AccountId,
		},
		/// Nobody's approval is missing: the operator may run the job.
		Approved {
			/// The permit.
			permit: PermitId,
			/// Who may run it.
			operator: T::AccountId,
		},
		/// A job was completed and paid.
		Completed {
			/// The permit.
			permit: PermitId,
			/// Who ran it and was paid its fee.
			operator: T::AccountId,
			/// What the operator signed.
			report: ReportOf<T>,
			/// Hash of what was signed.
			hash: H256,
		},
		/// A job, or its output, was refused by the operator; refunded.
		Refused {
			/// The permit.
			permit: PermitId,
			/// Who refused it.
			operator: T::AccountId,
			/// What the operator signed.
			report: ReportOf<T>,
			/// Hash of what was signed.
			hash: H256,
		},
		/// A permit was withdrawn; refunded.
		Revoked {
			/// The permit.
			permit: PermitId,
			/// The consumer or an owner; none for the curators.
			by: Option<T::AccountId>,
		},
		/// A permit's time ran out; refunded.
		Expired {
			/// The permit.
			permit: PermitId,
		},
		/// A completed permit was used up by a derived asset.
		Consumed {
			/// The permit.
			permit: PermitId,
			/// The derived asset.
			into: AssetId,
		},
		/// Somebody doubts a completed job; `ChallengeBond` is held.
		Challenged {
			/// The permit.
			permit: PermitId,
			/// Who doubts it.
			challenger: T::AccountId,
			/// Who completed the job.
			operator: T::AccountId,
			/// Who is to repeat it.
			second: T::AccountId,
			/// The last moment for the answer.
			answer_until: Moment,
		},
		/// The second operator came to the same; the challenger paid for the repetition.
		ChallengeDismissed {
			/// The permit.
			permit: PermitId,
			/// Who repeated the job.
			second: T::AccountId,
			/// What it signed.
			report: ReportOf<T>,
			/// Hash of what was signed.
			hash: H256,
		},
		/// The second operator came to something else: the first was slashed.
		ChallengeUpheld {
			/// The permit.
			permit: PermitId,
			/// Who repeated the job.
			second: T::AccountId,
			/// What it signed.
			report: ReportOf<T>,
			/// Hash of what was signed.
			hash: H256,
		},
		/// Nobody answered a challenge in time; its bond was returned.
		ChallengeExpired {
			/// The permit.
			permit: PermitId,
			/// Who should have repeated the job.
			second: T::AccountId,
		},
		/// An ended permit was removed from state, and its deposit returned.
		Pruned {
			/// The permit.
			permit: PermitId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// No asset has this id.
		AssetNotFound,
		/// The caller does not own the asset, or none of the permit's.
		NotOwner,
		/// The asset is sandboxed already.
		AlreadySandboxed,
		/// The asset is not sandboxed: it is used by a plain call.
		NotSandboxed,
		/// Its owner has not said what may be done with the asset.
		PolicyNotFound,
		/// A policy names a code hash or an operator twice.
		DuplicateInPolicy,
		/// A policy does not name this code.
		CodeNotApproved,
		/// A policy does not name this operator.
		OperatorNotApproved,
		/// The policies together allow less output.
		OutputCapTooLarge,
		/// The account is an operator already.
		AlreadyRegistered,
		/// The account is not an operator.
		OperatorNotFound,
		/// The operator is not admitted.
		OperatorNotAdmitted,
		/// The operator is admitted already.
		AlreadyAdmitted,
		/// The operator is leaving.
		OperatorUnbonding,
		/// The operator is not leaving.
		NotUnbonding,
		/// The bond cannot be withdrawn yet.
		StillUnbonding,
		/// A challenge of one of its jobs is not decided.
		StillChallenged,
		/// A part of the bond is missing.
		BondIncomplete,
		/// Nothing of the bond is missing.
		BondComplete,
		/// Not enough of the native token for the bond.
		BondNotAffordable,
		/// The measurement is not the one the operator is registered with, or not that of the report that is doubted.
		OtherMeasurement,
		/// A job uses no asset.
		NoUses,
		/// A job names an asset twice.
		DuplicateUse,
		/// The expiry is past, or further away than a permit can be open.
		ExpiryOutOfRange,
		/// All fees together are above what the consumer allows.
		FeeAboveMaximum,
		/// The fees together do not fit an amount.
		AmountTooLarge,
		/// The assets have too many ancestors together: settling them would weigh more than one transaction may.
		TooMuchToSettle,
		/// Not enough U for the fees and the deposit, or for the bond.
		NotEnoughU,
		/// The operator's account cannot receive its fee.
		OperatorCannotReceive,
		/// All ids are given out.
		IdsExhausted,
		/// No permit has this id, or it was pruned.
		NotFound,
		/// The permit is somebody else's.
		NotConsumer,
		/// The caller is neither the consumer nor an owner.
		NotAuthorized,
		/// An owner's approval is missing.
		NotApproved,
		/// The permit is approved already.
		AlreadyApproved,
		/// The job is not completed.
		NotCompleted,
		/// The job is completed: the permit was used.
		AlreadyCompleted,
		/// The permit was used up by a derived asset.
		AlreadyConsumed,
		/// The operator refused the job.
		Refused,
		/// The permit was revoked.
		Revoked,
		/// The permit's time ran out.
		Expired,
		/// The permit's time has not run out.
		NotExpired,
		/// The permit has not ended, or not long enough ago.
		NotPrunable,
		/// The signature is not the operator's, or is for another permit, report, role or chain.
		BadSignature,
		/// The report's verdict is for the other call.
		OtherVerdict,
		/// The report is about other code.
		OtherCode,
		/// The report is about other parameters.
		OtherParameters,
		/// The report is about other assets.
		OtherAssets,
		/// The job was completed too long ago.
		TooLateToChallenge,
		/// The job was challenged already.
		AlreadyChallenged,
		/// No other operator that all assets were sealed to is admitted with the runner that made the report.
		NoSecondOperator,
		/// Nobody challenged the job.
		NotChallenged,
		/// The challenge was answered.
		AlreadyAnswered,
		/// The job was challenged in this very moment.
		TooEarlyToAnswer,
		/// The time for the answer ran out.
		TooLateToAnswer,
		/// The time for the answer has not run out.
		StillAnswerable,
		/// The second operator refused for a reason of its own machine or of the moment, which says nothing of the job.
		NotComparable,
		/// The output is larger than the permit allows.
		OutputTooLarge,
		/// The output tells of fewer people than the policies allow.
		GroupTooSmall,
		/// With what the consumer was given of an asset and what its open permits may still give, it is more than the policies
		/// ever allow.
		BudgetSpent,
	}

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

		/// Curators suspend an operator: no requests and no completions until it is admitted again.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::suspend_operator())]
		pub fn suspend_operator(origin: OriginFor<T>, operator: T::AccountId) -> DispatchResult {
			T::CuratorOrigin::ensure_origin(origin)?;
			Self::do_suspend_operator(operator)
		}

		/// Curators take `amount` of the native token, or all there is, from an operator's bond and suspend it.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::slash_operator())]
		pub fn slash_operator(
			origin: OriginFor<T>,
			operator: T::AccountId,
			#[pallet::compact] amount: u128,
		) -> DispatchResult {
			T::CuratorOrigin::ensure_origin(origin)?;
			Self::do_slash_operator(operator, amount)
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

		/// The owner lets an asset be used inside sandboxes only, for good.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::set_sandboxed())]
		pub fn set_sandboxed(origin: OriginFor<T>, asset: AssetId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_sandboxed(who, asset)
		}

		/// Curators put an asset into medical mode, for good.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::force_sandboxed())]
		pub fn force_sandboxed(origin: OriginFor<T>, asset: AssetId) -> DispatchResult {
			T::CuratorOrigin::ensure_origin(origin)?;
			Self::do_force_sandboxed(asset)
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

		/// The consumer, the owner of an asset of the permit, or the curators withdraw it; everything is refunded.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::revoke(T::MaxUsesPerPermit::get()))]
		pub fn revoke(origin: OriginFor<T>, permit: PermitId) -> DispatchResult {
			let by = Self::curator_or_signed(origin)?;
			Self::do_revoke(by, permit)
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
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_complete(permit, report, signature)
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

		/// Doubts a job that was completed at most `ChallengeMillis` ago. Holds `ChallengeBond` of U; the chain names
		/// another operator, which repeats the job.
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

		/// Ends a challenge that was not answered in time; its bond is returned. Anybody may say so. While time is left,
		/// the job can be challenged again.
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::expire_challenge())]
		pub fn expire_challenge(origin: OriginFor<T>, permit: PermitId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_expire_challenge(permit)
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
			let decided = T::ChallengeMillis::get().saturating_add(T::AnswerMillis::get());
			assert!(
				T::UnbondingMillis::get() > decided,
				"an operator must stay bonded until every challenge of its jobs can be decided"
			);
			assert!(
				T::KeptMillis::get() > decided,
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
