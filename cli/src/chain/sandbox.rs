//! What the sandbox pallet takes, in its encoding: operators, policies and jobs.

use super::{AccountId, calls::Call};
use codec::{Decode, Encode};
use heirloom_primitives::{
	AssetId, MicroU, Moment, OperatorReport, OutputLimits, PermitId, Purpose, ReportRole, Units,
};
use subxt::{
	dynamic::transaction,
	ext::scale_encode::EncodeAsFields,
	utils::{H256, MultiSignature, Static},
};
use subxt_signer::sr25519::Keypair;

/// What an operator states of itself.
#[derive(Clone, Debug, Encode, Decode)]
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
	/// Its owner, each time.
	#[codec(index = 0)]
	Owner,
	/// Nobody: it passes.
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
	/// What may come out of a job.
	pub limits: OutputLimits,
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

/// The signature under a report that ends a permit of the chain with this genesis. The operator signs with its own
/// account's key.
pub fn sign(report: &OperatorReport, key: &Keypair, genesis: H256, permit: PermitId) -> MultiSignature {
	let operator = key.public_key().0;
	key.sign(&report.payload(&genesis, permit, &operator, ReportRole::First)).into()
}

/// Becomes an operator.
pub fn register_operator(profile: Profile) -> Call<impl EncodeAsFields> {
	transaction("SandboxAccess", "register_operator", (Static(profile),))
}

/// States other keys, another measurement or another fee.
pub fn update_operator(profile: Profile) -> Call<impl EncodeAsFields> {
	transaction("SandboxAccess", "update_operator", (Static(profile),))
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

/// Withdraws a permit.
pub fn revoke(permit: PermitId) -> Call<impl EncodeAsFields> {
	transaction("SandboxAccess", "revoke", (permit,))
}

/// Doubts a completed job.
pub fn challenge(permit: PermitId) -> Call<impl EncodeAsFields> {
	transaction("SandboxAccess", "challenge", (permit,))
}

/// Completes a job.
pub fn complete(
	permit: PermitId,
	report: OperatorReport,
	signature: MultiSignature,
) -> Call<impl EncodeAsFields> {
	transaction("SandboxAccess", "complete", (permit, Static(report), Static(signature)))
}
