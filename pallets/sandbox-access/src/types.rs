//! What the pallet stores and takes.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use heirloom_primitives::{
	AssetId, MicroU, Moment, OutputLimits, PermitStatus, PermitUse, Purpose, Report, Units,
};
use scale_info::TypeInfo;
use sp_core::H256;

pub(crate) type AccountIdOf<T> = <T as frame_system::Config>::AccountId;
pub(crate) type UsesOf<T> = BoundedVec<PermitUse, <T as Config>::MaxUsesPerPermit>;
pub(crate) type ReportOf<T> = Report<<T as Config>::MaxUsesPerPermit>;

/// What an operator states of itself.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct OperatorProfile<AccountId> {
	/// The account of the key that signs its reports; for sr25519 and ed25519 that is the public key. It need not be
	/// the operator's own account: a runner's key lies on a machine, a bond's better does not.
	pub signing_key: AccountId,
	/// The X25519 public key that owners seal data keys to.
	pub sealing_key: [u8; 32],
	/// Hash of the runner it runs.
	pub measurement: H256,
	/// What it takes for a completed job, in micro-U.
	pub fee: MicroU,
}

/// Whether an operator can be given jobs.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum OperatorStatus {
	/// Not admitted yet, or not any more: suspended, slashed, or with a measurement that nobody has looked at.
	Registered,
	/// Admitted by the curators, with the measurement it has now.
	Admitted,
	/// Leaving.
	Unbonding {
		/// From then on its bond can be withdrawn.
		until: Moment,
	},
}

/// An operator.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct OperatorRecord<AccountId> {
	/// What it states of itself.
	pub profile: OperatorProfile<AccountId>,
	/// What is held of it, in the native token.
	pub bond: u128,
	/// Whether it can be given jobs.
	pub status: OperatorStatus,
	/// Open challenges of jobs that it completed.
	pub challenges: u32,
}

/// Why an asset is sandboxed.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Mode {
	/// Its owner chose so.
	Chosen,
	/// It is data of a medical domain, or the curators said so: a runner de-identifies it before a job sees it.
	Medical,
}

/// Who lets a request pass that keeps to the policy.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Approval {
	/// Its owner, each time.
	Owner,
	/// Nobody: it passes.
	Automatic,
}

/// What an owner allows to be done with an asset. What is not named is refused.
#[derive(
	CloneNoBound,
	DebugNoBound,
	PartialEqNoBound,
	EqNoBound,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Policy<T: Config> {
	/// Hashes of the code that may see it.
	pub codes: BoundedVec<H256, T::MaxCodes>,
	/// The operators it is sealed to.
	pub operators: BoundedVec<AccountIdOf<T>, T::MaxOperatorsPerPolicy>,
	/// What may come out of a job.
	pub limits: OutputLimits,
	/// Who lets a request pass.
	pub approval: Approval,
}

/// A policy, void while its setter does not own the asset.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct PolicyRecord<T: Config> {
	/// The policy.
	pub policy: Policy<T>,
	/// The owner who set it. Nothing tells this pallet of a transfer, so it is compared when it matters.
	pub set_by: AccountIdOf<T>,
}

/// A job as a consumer asks for it.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Job<T: Config> {
	/// The assets it uses, each once, with the units paid for.
	pub uses: BoundedVec<(AssetId, Units), T::MaxUsesPerPermit>,
	/// What it is for.
	pub purpose: Purpose,
	/// Hash of the code to run.
	pub code_hash: H256,
	/// Hash of its parameters.
	pub parameters_hash: H256,
	/// Who is to run it.
	pub operator: AccountIdOf<T>,
	/// The most bytes that may leave the sandbox.
	pub output_cap: u64,
	/// After this moment it cannot be completed.
	pub expires_at: Moment,
}

/// What is kept of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Reported {
	/// Hash of what was signed.
	pub hash: H256,
	/// Hash of what a repetition has to meet, see [`Report::result_hash`].
	pub result: H256,
	/// Hash of the runner that made it. Another one may use other fuel and find other residue, so it cannot contradict.
	pub measurement: H256,
	/// When it came in.
	pub at: Moment,
	/// Until when it can be challenged: time in which a challenge waited for its answer does not count.
	pub challengeable_until: Moment,
}

/// A permit.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct PermitRecord<T: Config> {
	/// Who asked for it and pays.
	pub consumer: AccountIdOf<T>,
	/// Who runs the job.
	pub operator: AccountIdOf<T>,
	/// What is used, with the fees agreed.
	pub uses: UsesOf<T>,
	/// Of these, the assets whose owners have not approved yet.
	pub awaiting: BoundedVec<AssetId, T::MaxUsesPerPermit>,
	/// The other operators that all assets were sealed to at the request: who can repeat the job. It is kept, so that
	/// nobody is put in or taken out once the job ran, but for who was named to repeat it and did not answer.
	pub sealed_to: BoundedVec<AccountIdOf<T>, T::MaxOperatorsPerPolicy>,
	/// What the job is for.
	pub purpose: Purpose,
	/// Hash of the code that runs.
	pub code_hash: H256,
	/// Hash of its parameters.
	pub parameters_hash: H256,
	/// The most bytes that may leave the sandbox.
	pub output_cap: u64,
	/// What else limits what may leave: the strictest of the assets' policies at the request. It is kept, so that an
	/// owner who changes its mind later neither widens nor narrows what was agreed.
	pub limits: OutputLimits,
	/// The operator's own fee, in micro-U.
	pub operator_fee: MicroU,
	/// Held for the record's space in state, in micro-U.
	pub deposit: MicroU,
	/// After this moment it cannot be completed.
	pub expires_at: Moment,
	/// Where it stands.
	pub status: PermitStatus,
	/// Since when.
	pub since: Moment,
	/// The operator's signed report, once there is one.
	pub report: Option<Reported>,
	/// The assets that it says were de-identified before the job saw them: a repetition has to do the same, whatever mode
	/// an asset was put into since.
	pub deidentified: BoundedVec<AssetId, T::MaxUsesPerPermit>,
}

impl<T: Config> PermitRecord<T> {
	/// Fees of all uses, in micro-U. None on overflow.
	pub fn fees(&self) -> Option<MicroU> {
		self.uses.iter().try_fold(0, |sum: MicroU, used| sum.checked_add(used.fee))
	}

	/// What is held for the job itself: all fees and the operator's. None on overflow.
	pub fn price(&self) -> Option<MicroU> {
		self.fees()?.checked_add(self.operator_fee)
	}

	/// Whether it has not ended.
	pub fn is_open(&self) -> bool {
		matches!(self.status, PermitStatus::Requested | PermitStatus::Approved)
	}
}

/// What a consumer has of its budget of one asset, in bytes of outputs and logs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct BudgetUse {
	/// Released over all jobs, whoever ran them and whether they were completed or refused.
	pub released: u64,
	/// What open permits may still release.
	pub reserved: u64,
}

impl BudgetUse {
	/// What is stored of it: what nothing was asked of, or was asked for and never released, leaves nothing behind.
	pub(crate) fn if_any(self) -> Option<Self> {
		(self != Self::default()).then_some(self)
	}
}

/// What happened to an asset inside sandboxes during one period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PrivacyLog {
	/// Jobs that an operator reported on.
	pub jobs: u32,
	/// Of these, jobs that were refused or whose output was.
	pub refused: u32,
	/// Traces of persons that were found in what jobs were to read.
	pub findings: u64,
}

/// The length of a bounded list, whose bound is a `u32`.
pub(crate) fn count<Item>(items: &[Item]) -> u32 {
	u32::try_from(items.len()).unwrap_or(u32::MAX)
}
