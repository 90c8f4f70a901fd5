//! Properties that single calls of every kind have on the real runtime, where `inputs` is about whole blocks.

mod deposits;
mod nesting;

use frame_support::assert_ok;
use heirloom_fuzz::chain;
use heirloom_runtime::{AccountId, Address, RuntimeCall};
use sp_keyring::Sr25519Keyring;

/// Submits a call that must succeed.
fn submit_ok(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) {
	assert_ok!(chain::submit(signer, call).expect("the transaction is valid").result);
}

/// How a transaction names an account.
fn address(who: &AccountId) -> Address {
	Address::Id(who.clone())
}
