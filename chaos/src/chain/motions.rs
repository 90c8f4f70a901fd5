//! The transactions by which curators act as root, and what they have done in these trials.

use super::{At, calls::Call};
use anyhow::{Context, Result};
use codec::{Compact, Encode};
use subxt::{
	dynamic::transaction,
	ext::scale_encode::EncodeAsFields,
	transactions::Payload,
	utils::{Encoded, H256, Static},
};

/// Several encoded calls, all or none.
pub fn batch_all(calls: Vec<Vec<u8>>) -> Call<impl EncodeAsFields> {
	let calls: Vec<_> = calls.into_iter().map(|call| Static(Encoded(call))).collect();
	transaction("Utility", "batch_all", (calls,))
}

/// Approves of the hash of a call, so that it may be dispatched as root.
pub fn whitelist(hash: H256) -> Call<impl EncodeAsFields> {
	transaction("Whitelist", "whitelist_call", (Static(hash),))
}

/// Dispatches an encoded call, whose hash is approved of, as root.
pub fn dispatch_whitelisted(call: Vec<u8>) -> Call<impl EncodeAsFields> {
	transaction("Whitelist", "dispatch_whitelisted_call_with_preimage", (Static(Encoded(call)),))
}

/// Lets anybody bring the runtime of this hash.
pub fn authorize_upgrade(hash: H256) -> Call<impl EncodeAsFields> {
	transaction("System", "authorize_upgrade", (Static(hash),))
}

/// Brings a runtime that was authorized.
pub fn apply_authorized_upgrade(code: Vec<u8>) -> Call<impl EncodeAsFields> {
	transaction("System", "apply_authorized_upgrade", (code,))
}

/// Tells that finality stalled: after `delay` further blocks the authorities of `best_final` begin anew.
pub fn note_stalled(delay: u32, best_final: u32) -> Call<impl EncodeAsFields> {
	transaction("Grandpa", "note_stalled", (delay, best_final))
}

/// Has every session begin an era, with an election.
pub fn force_new_era_always() -> Call<impl EncodeAsFields> {
	transaction("Staking", "force_new_era_always", ())
}

/// Sets a validator's session keys, encoded.
pub fn set_keys(keys: Vec<u8>, proof: Vec<u8>) -> Call<impl EncodeAsFields> {
	transaction("Session", "set_keys", (Static(Encoded(keys)), proof))
}

/// Proposes an encoded call to the curators.
pub fn propose(threshold: u32, proposal: Vec<u8>) -> Call<impl EncodeAsFields> {
	let length = u32::try_from(proposal.len()).unwrap_or(u32::MAX);
	transaction("Curators", "propose", (threshold, Static(Encoded(proposal)), length))
}

/// Votes for a motion.
pub fn vote(proposal: H256, index: u32) -> Call<impl EncodeAsFields> {
	transaction("Curators", "vote", (Static(proposal), index, true))
}

/// Closes a motion that has its votes, and so dispatches it.
pub fn close(proposal: H256, index: u32, length: u32) -> Call<impl EncodeAsFields> {
	// Half a second of a block, and a megabyte of proof: more than any motion made here.
	let weight = (Compact(500_000_000_000u64), Compact(1_048_576u64)).encode();
	transaction("Curators", "close", (Static(proposal), index, Static(Encoded(weight)), length))
}

/// The bytes of a call, to be wrapped in another.
pub fn encode(at: &At, call: &impl Payload) -> Result<Vec<u8>> {
	let name = || format!("the chain's runtime has no fitting {}.{}", call.pallet_name(), call.call_name());
	at.tx().call_data(call).with_context(name)
}
