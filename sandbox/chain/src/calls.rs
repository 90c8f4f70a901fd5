//! The transactions that the sandbox's programs make, by their names in the chain's metadata.

use crate::{
	AccountId,
	report::Report,
	types::{AssetId, Job, MicroU, OperatorProfile, PermitId, Policy},
};
use subxt::{
	dynamic::transaction,
	ext::scale_encode::EncodeAsFields,
	transactions::DynamicPayload,
	utils::{Encoded, H256, MultiAddress, MultiSignature, Static},
};

/// A call whose arguments are encoded against the metadata.
pub type Call<Arguments> = DynamicPayload<Arguments>;

/// The pallet of the sandbox.
const PALLET: &str = "SandboxAccess";

/// Becomes an operator.
pub fn register_operator(profile: OperatorProfile) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "register_operator", (profile,))
}

/// States other keys, another measurement or another fee.
pub fn update_operator(profile: OperatorProfile) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "update_operator", (profile,))
}

/// Admits an operator, for the curators.
pub fn admit_operator(operator: &AccountId, measurement: H256) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "admit_operator", (*operator, Static(measurement)))
}

/// Suspends an operator, for the curators, who say why.
pub fn suspend_operator(operator: &AccountId, reason: &str) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "suspend_operator", (*operator, reason.as_bytes().to_vec()))
}

/// Leaves.
pub fn begin_unbonding() -> Call<impl EncodeAsFields> {
	transaction(PALLET, "begin_unbonding", ())
}

/// Lets an asset be used inside sandboxes only.
pub fn set_sandboxed(asset: AssetId) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "set_sandboxed", (asset,))
}

/// Puts an asset into medical mode, for the curators, who say why.
pub fn force_sandboxed(asset: AssetId, reason: &str) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "force_sandboxed", (asset, reason.as_bytes().to_vec()))
}

/// Says what may be done with an asset.
pub fn set_policy(asset: AssetId, policy: Policy) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "set_policy", (asset, policy))
}

/// Asks for a permit, for at most `max_fee` micro-U.
pub fn request(job: Job, max_fee: MicroU) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "request", (job, max_fee))
}

/// Approves the use of one's assets.
pub fn approve(permit: PermitId) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "approve", (permit,))
}

/// Withdraws a permit.
pub fn revoke(permit: PermitId) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "revoke", (permit,))
}

/// Withdraws a permit, for the curators, who say why.
pub fn force_revoke(permit: PermitId, reason: &str) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "force_revoke", (permit, reason.as_bytes().to_vec()))
}

/// Completes a job.
pub fn complete(permit: PermitId, report: Report, signature: MultiSignature) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "complete", (permit, Static(report), Static(signature)))
}

/// Refuses a job, or what came out of it.
pub fn refuse(permit: PermitId, report: Report, signature: MultiSignature) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "refuse", (permit, Static(report), Static(signature)))
}

/// Doubts a completed job.
pub fn challenge(permit: PermitId) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "challenge", (permit,))
}

/// Answers a challenge with the report of the repetition.
pub fn answer_challenge(
	permit: PermitId,
	report: Report,
	signature: MultiSignature,
) -> Call<impl EncodeAsFields> {
	transaction(PALLET, "answer_challenge", (permit, Static(report), Static(signature)))
}

/// Sends LOOM, in planck.
pub fn transfer_loom(to: &AccountId, amount: u128) -> Call<impl EncodeAsFields> {
	transaction("Balances", "transfer_keep_alive", (MultiAddress::<AccountId, ()>::Id(*to), amount))
}

/// Proposes an encoded call to the curators; one who is alone has it dispatched at once.
pub fn propose(threshold: u32, proposal: Vec<u8>) -> Call<impl EncodeAsFields> {
	let length = u32::try_from(proposal.len()).unwrap_or(u32::MAX);
	transaction("Curators", "propose", (threshold, Static(Encoded(proposal)), length))
}
