//! What the chain stores and takes, by the names that its metadata gives the fields.

use crate::AccountId;
use subxt::{
	ext::{scale_decode::DecodeAsType, scale_encode::EncodeAsType},
	utils::H256,
};

/// An asset's number.
pub type AssetId = u32;
/// A permit's number.
pub type PermitId = u64;
/// A time of the chain, in milliseconds since the Unix epoch.
pub type Moment = u64;
/// An amount in micro-U: 1 U = 1,000,000.
pub type MicroU = u128;

/// What an operator states of itself.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType, EncodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub struct OperatorProfile {
	/// The account of the key that signs its reports.
	pub signing_key: AccountId,
	/// The X25519 key that data keys are sealed to.
	pub sealing_key: [u8; 32],
	/// Hash of its runner.
	pub measurement: H256,
	/// What it takes for a completed job, in micro-U.
	pub fee: MicroU,
}

/// Whether an operator can be given jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub enum OperatorStatus {
	/// Not admitted yet, or not any more.
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
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct OperatorRecord {
	/// What it states of itself.
	pub profile: OperatorProfile,
	/// Whether it can be given jobs.
	pub status: OperatorStatus,
}

/// Why an asset is sandboxed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub enum Mode {
	/// Its owner chose so.
	Chosen,
	/// It is data of a medical domain, or the curators said so.
	Medical,
}

/// Who lets a request pass that keeps to the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType, EncodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub enum Approval {
	/// Its owner, each time.
	Owner,
	/// Nobody: it passes.
	Automatic,
}

/// What may come out of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType, EncodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub struct OutputLimits {
	/// The fewest people that a released number may stand for.
	pub smallest_group: u32,
	/// The most bytes of a job's output other than models.
	pub largest_output: u64,
	/// The most bytes of a job's models together; 0 where none may leave.
	pub largest_model: u64,
	/// The most bytes that may ever be released to one consumer from one asset, over all jobs.
	pub release_budget: u64,
}

/// What an owner allows to be done with an asset.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType, EncodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub struct Policy {
	/// Hashes of the code that may see it.
	pub codes: Vec<H256>,
	/// The operators it is sealed to.
	pub operators: Vec<AccountId>,
	/// What may come out of a job.
	pub limits: OutputLimits,
	/// Who lets a request pass.
	pub approval: Approval,
}

/// A policy, void once its setter no longer owns the asset.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct PolicyRecord {
	/// The policy.
	pub policy: Policy,
	/// The owner who set it.
	pub set_by: AccountId,
}

/// What a job is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType, EncodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub enum Purpose {
	/// Running a model.
	Inference,
	/// Training from the start.
	Training,
	/// Continuing a training.
	FineTuning,
	/// Measuring.
	Evaluation,
}

/// A job as a consumer asks for it.
#[derive(Clone, Debug, PartialEq, Eq, EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub struct Job {
	/// The assets it uses, each once, with the units paid for.
	pub uses: Vec<(AssetId, u64)>,
	/// What it is for.
	pub purpose: Purpose,
	/// Hash of the code to run.
	pub code_hash: H256,
	/// Hash of its parameters.
	pub parameters_hash: H256,
	/// Who is to run it.
	pub operator: AccountId,
	/// The most bytes that may leave the sandbox.
	pub output_cap: u64,
	/// After this moment it cannot be completed.
	pub expires_at: Moment,
}

/// One asset of a permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct PermitUse {
	/// The asset.
	pub asset: AssetId,
	/// Units that are paid for.
	pub units: u64,
	/// Their fee in micro-U, held when the permit was requested.
	pub fee: MicroU,
}

/// Where a permit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub enum PermitStatus {
	/// Waits for the owners' approval.
	Requested,
	/// The operator may run the job.
	Approved,
	/// The job ran and its output was released.
	Completed,
	/// The operator refused to run it or to release its output.
	Refused,
	/// Withdrawn by the consumer or an owner.
	Revoked,
	/// Past its time.
	Expired,
	/// Completed, and used up by a derived asset.
	Consumed {
		/// The derived asset.
		into: AssetId,
	},
}

/// A permit.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct PermitRecord {
	/// Who asked for it and pays.
	pub consumer: AccountId,
	/// Who runs the job.
	pub operator: AccountId,
	/// What is used, with the fees agreed.
	pub uses: Vec<PermitUse>,
	/// Of these, the assets whose owners have not approved yet.
	pub awaiting: Vec<AssetId>,
	/// Hash of the code that runs.
	pub code_hash: H256,
	/// Hash of its parameters.
	pub parameters_hash: H256,
	/// The most bytes that may leave the sandbox.
	pub output_cap: u64,
	/// What else limits what may leave.
	pub limits: OutputLimits,
	/// After this moment it cannot be completed.
	pub expires_at: Moment,
	/// Where it stands.
	pub status: PermitStatus,
	/// What is kept of the operator's signed report, once there is one.
	pub report: Option<Reported>,
	/// The assets that it says were de-identified before the job saw them.
	pub deidentified: Vec<AssetId>,
}

/// What the chain keeps of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct Reported {
	/// Hash of what was signed.
	pub hash: H256,
	/// Hash of what must come out the same whoever repeats the job.
	pub result: H256,
	/// Hash of the runner that made it, which a repetition has to have in common.
	pub measurement: H256,
}

/// Where a challenge stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub enum ChallengeStatus {
	/// The second operator has not answered yet.
	Open,
	/// Both came to the same.
	Dismissed,
	/// The second came to something else.
	Upheld,
}

/// Somebody's doubt whether a completed job came to what its operator reported.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct Challenge {
	/// The operator that repeats the job.
	pub second: AccountId,
	/// After this moment it cannot be answered.
	pub answer_until: Moment,
	/// Where it stands.
	pub status: ChallengeStatus,
}

/// What a runner needs to know of an asset.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct AssetRecord {
	/// Its unique name.
	pub handle: Vec<u8>,
	/// CID of the content; of the ciphertext where it is sandboxed.
	pub content: Vec<u8>,
}
