//! Transactions: the runtime's calls with parameters that mostly fit, calls around calls, and calls decoded from bytes.

mod assets;
mod disputes;
mod governance;
mod money;
mod sandbox;
mod staking;
mod wrap;

use crate::{
	chain::Transaction,
	pick::{one_of, planck, signer},
};
use arbitrary::{Result, Unstructured};
use codec::DecodeLimit;
use heirloom_runtime::{AccountId, RuntimeCall, constants::u::U_ID};

/// How deep calls that are decoded from bytes may nest.
const DEPTH: u32 = 8;
/// The longest of them, in bytes.
const LONGEST: u8 = 250;

/// A transaction of somebody.
pub fn transaction(source: &mut Unstructured) -> Result<Transaction> {
	let signer = signer(source)?;
	let (fee_asset, tip) = match source.arbitrary::<u8>()? {
		0..=127 => (None, 0),
		128..=223 => (Some(U_ID), 0),
		224..=239 => (None, planck(source)?),
		240..=251 => (Some(U_ID), planck(source)?),
		_ => (Some(u32::from(source.arbitrary::<u8>()?)), 0),
	};
	let call = call(source, &signer)?;
	Ok(Transaction { signer, call, fee_asset, tip })
}

/// A call of `who`.
fn call(source: &mut Unstructured, who: &AccountId) -> Result<RuntimeCall> {
	match source.arbitrary::<u8>()? {
		0..=79 => assets::call(source),
		80..=119 => sandbox::call(source),
		120..=137 => disputes::call(source),
		138..=159 => money::call(source),
		160..=169 => staking::call(source),
		170..=209 => wrap::call(source, who),
		210..=239 => governance::call(source),
		_ => decoded(source),
	}
}

/// Whatever these bytes decode to. A remark where they do not.
fn decoded(source: &mut Unstructured) -> Result<RuntimeCall> {
	let bytes = crate::pick::bytes(source, LONGEST)?;
	// Zeros behind them, so that few bytes make a call already.
	let padded = [&bytes[..], &[0; 512]].concat();
	let call = RuntimeCall::decode_with_depth_limit(DEPTH, &mut &padded[..]);
	Ok(call.unwrap_or_else(|_| frame_system::Call::remark_with_event { remark: bytes }.into()))
}

/// A yes in one of so many cases.
fn rarely(source: &mut Unstructured, cases: u8) -> Result<bool> {
	Ok(one_of(source, cases)? == cases - 1)
}
