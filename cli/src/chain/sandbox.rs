//! What the sandbox pallet takes, in its encoding: operators, policies, jobs and reports.

use super::{AccountId, calls::Call};
use codec::Encode;
use heirloom_primitives::{AssetId, MicroU, Moment, PermitId, Purpose, Units};
use subxt::{
	dynamic::transaction,
	ext::scale_encode::EncodeAsFields,
	utils::{H256, MultiSignature, Static},
};
use subxt_signer::sr25519::Keypair;

/// Stands before everything that an operator signs as a report.
const REPORT_CONTEXT: [u8; 16] = *b"heirloom-report1";

/// What an operator states of itself.
#[derive(Clone, Debug, Encode)]
pub struct Profile {
	/// The account of the key that signs its reports.
	pub signing_key: [u8; 32],
	/// The X25519 key that data keys are sealed to.
	pub sealing_key: [u8; 32],
	/// Hash of its runner.
	pub measurement: H256,
	/// What it takes for a job, in micro-U.
	pub fee: MicroU,
}

/// Who lets a request pass that keeps to a policy.
#[derive(Clone, Copy, Debug, Encode)]
pub enum Approval {
	/// Nobody: it passes. The owner's approval each time would be 0.
	#[codec(index = 1)]
	Automatic,
}

/// What an owner allows.
#[derive(Clone, Debug, Encode)]
pub struct Policy {
	/// Hashes of the code that may see the asset.
	pub codes: Vec<H256>,
	/// The operators it is sealed to.
	pub operators: Vec<[u8; 32]>,
	/// The fewest people that a released number may stand for.
	pub smallest_group: u32,
	/// The most bytes of an output.
	pub largest_output: u64,
	/// Who lets a request pass.
	pub approval: Approval,
}

/// A job that a consumer asks for.
#[derive(Clone, Debug, Encode)]
pub struct Job {
	/// The assets used, with the units paid for.
	pub uses: Vec<(AssetId, Units)>,
	/// What it is for.
	pub purpose: Purpose,
	/// Hash of the code.
	pub code_hash: H256,
	/// Hash of its parameters.
	pub parameters_hash: H256,
	/// Who is to run it.
	pub operator: [u8; 32],
	/// The most bytes that may leave the sandbox.
	pub output_cap: u64,
	/// After this moment it cannot be completed.
	pub expires_at: Moment,
}

/// What a job read of one asset.
#[derive(Clone, Debug, Encode)]
pub struct JobInput {
	/// The asset.
	pub asset: AssetId,
	/// Commitment to the bytes it saw.
	pub commitment: H256,
	/// Traces of persons that were found.
	pub findings: u32,
}

/// How a job ended.
#[derive(Clone, Copy, Debug, Encode)]
pub enum Verdict {
	/// It ran, and its output was released.
	Released,
}

/// An operator's report of one job.
#[derive(Clone, Debug, Encode)]
pub struct Report {
	/// Hash of the runner.
	pub measurement: H256,
	/// Hash of the code that ran.
	pub code_hash: H256,
	/// Hash of its parameters.
	pub parameters_hash: H256,
	/// What it read, in the order of the permit's uses.
	pub inputs: Vec<JobInput>,
	/// Commitment to its output.
	pub output: H256,
	/// Bytes of its output.
	pub output_bytes: u64,
	/// The fewest people that a number in its output stands for.
	pub smallest_group: Option<u32>,
	/// Fuel it used.
	pub fuel: u64,
	/// How it ended.
	pub verdict: Verdict,
}

impl Report {
	/// The operator's signature under a report about a permit of the chain with this genesis.
	pub fn sign(&self, key: &Keypair, genesis: H256, permit: PermitId) -> MultiSignature {
		key.sign(&(REPORT_CONTEXT, genesis, permit, self).encode()).into()
	}
}

/// Becomes an operator.
pub fn register_operator(profile: Profile) -> Call<impl EncodeAsFields> {
	transaction("SandboxAccess", "register_operator", (Static(profile),))
}

/// Admits an operator, for the curators.
pub fn admit_operator(operator: &AccountId, measurement: H256) -> Call<impl EncodeAsFields> {
	transaction("SandboxAccess", "admit_operator", (*operator, Static(measurement)))
}

/// Says what may be done with an asset.
pub fn set_policy(asset: AssetId, policy: Policy) -> Call<impl EncodeAsFields> {
	transaction("SandboxAccess", "set_policy", (asset, Static(policy)))
}

/// Asks for a permit.
pub fn request(job: Job, max_fee: MicroU) -> Call<impl EncodeAsFields> {
	transaction("SandboxAccess", "request", (Static(job), max_fee))
}

/// Completes a job.
pub fn complete(permit: PermitId, report: Report, signature: MultiSignature) -> Call<impl EncodeAsFields> {
	transaction("SandboxAccess", "complete", (permit, Static(report), Static(signature)))
}
