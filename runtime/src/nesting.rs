//! How many calls a pool takes in one transaction. What a transaction weighs is asked before anybody signs for it or pays, of
//! every call in it, and some of ours read state to say it.

use crate::{RuntimeCall, UncheckedExtrinsic};
use alloc::vec::Vec;
use sp_runtime::generic::Preamble;

/// The most calls of one transaction, those that wrap others included.
pub const MOST_CALLS: usize = 4_096;

/// Whether a transaction has more calls than [`MOST_CALLS`]; without a signature, than one: what is valid then wraps nothing.
pub fn has_too_many(transaction: &UncheckedExtrinsic) -> bool {
	let most = if matches!(transaction.preamble, Preamble::Signed(..)) { MOST_CALLS } else { 1 };
	is_more_than(most, &transaction.function)
}

/// Whether a call is more than `most` with those inside of it.
fn is_more_than(most: usize, call: &RuntimeCall) -> bool {
	let (mut open, mut counted) = (Vec::from([call]), 0);
	while let Some(call) = open.pop() {
		open.extend(wrapped(call));
		counted += 1;
		if counted + open.len() > most {
			return true;
		}
	}
	false
}

/// The calls right inside of a call.
fn wrapped(call: &RuntimeCall) -> Vec<&RuntimeCall> {
	use pallet_collective::Call as Collective;
	use pallet_multisig::Call as Multisig;
	use pallet_proxy::Call as Proxy;
	use pallet_utility::Call as Utility;
	use pallet_whitelist::Call as Whitelist;
	match call {
		RuntimeCall::Utility(
			Utility::batch { calls } | Utility::batch_all { calls } | Utility::force_batch { calls },
		) => calls.iter().collect(),
		RuntimeCall::Utility(Utility::if_else { main, fallback }) => Vec::from([&**main, &**fallback]),
		RuntimeCall::Utility(
			Utility::as_derivative { call, .. }
			| Utility::dispatch_as { call, .. }
			| Utility::dispatch_as_fallible { call, .. }
			| Utility::with_weight { call, .. },
		)
		| RuntimeCall::Proxy(Proxy::proxy { call, .. } | Proxy::proxy_announced { call, .. })
		| RuntimeCall::Multisig(
			Multisig::as_multi { call, .. } | Multisig::as_multi_threshold_1 { call, .. },
		)
		| RuntimeCall::Whitelist(Whitelist::dispatch_whitelisted_call_with_preimage { call })
		| RuntimeCall::Curators(
			Collective::execute { proposal: call, .. } | Collective::propose { proposal: call, .. },
		) => Vec::from([&**call]),
		_ => Vec::new(),
	}
}
