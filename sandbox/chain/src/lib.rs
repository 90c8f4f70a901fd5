//! The chain, as the sandbox's programs see it: the operator's daemon, the owner's commands, and the tests of both.
//!
//! - [`Chain`]: the connection to a node.
//! - [`types`]: what the chain stores and takes. They are read by the names of their fields in the chain's metadata, so
//!   a field that the chain adds does not break a program that does not use it.
//! - [`report`]: what an operator signs. It is encoded by itself, never by what a node says: a signature is under bytes
//!   that the signer knows.
//! - [`read`]: reading state, always of a final block.
//! - [`secret`]: where somebody's secret is read from, and which are refused.
//! - [`calls`], [`submit`]: mortal transactions, followed until a final block holds them.
//!
//! Operators build this without the chain's own crates: linking FRAME into a runner would multiply what is measured and
//! audited. A test in `e2e` holds both sides together against a real node.

pub mod calls;
mod connection;
pub mod keys;
pub mod read;
pub mod report;
/// The client's own source: an owner's commands refuse the same secrets.
#[path = "../../../cli/src/secret.rs"]
pub mod secret;
pub mod submit;
pub mod types;

pub use connection::{At, Chain, Config};
pub use subxt::{
	rpcs::rpc_params,
	utils::{AccountId32 as AccountId, H256},
};
pub use subxt_signer::sr25519::Keypair;

/// The id of U in the assets pallet.
pub const U_ID: u32 = 1;

/// What the chain calls a hash of code, parameters or a runner: Blake2 with 256 bits.
pub fn blake2_256(bytes: &[u8]) -> H256 {
	sp_crypto_hashing::blake2_256(bytes).into()
}
