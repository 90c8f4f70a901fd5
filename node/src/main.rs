//! Heirloom's validator and RPC node.
//!
//! A chain of type `Development` is sealed by this one node with a simulated clock ([`service::dev`]); every other
//! chain is run by Aura and GRANDPA over the network ([`service::full`]). On top of the standard JSON-RPC methods there
//! are those of [`rpc`].

#![allow(
	clippy::result_large_err,
	reason = "the SDK's error types are large, its traits demand them, and they end the process once"
)]

mod chain_spec;
mod cli;
mod clock;
mod command;
mod equivocations;
mod limits;
mod metrics;
mod offences;
mod rpc;
mod service;

use std::process::ExitCode;
use tikv_jemallocator::Jemalloc;

/// A node's heap is millions of small trie nodes that come and go for months: with the system's own allocator a block
/// took the longer the larger the state was (`docs/settlement.md`).
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
	let Err(error) = command::run() else { return ExitCode::SUCCESS };
	let sentence = command::sentence(&error);
	// The log is written by a thread of its own: said there, the error stands behind what led to it.
	if log::log_enabled!(log::Level::Error) {
		log::error!("{sentence}");
	} else {
		eprintln!("heirloom-node: {sentence}");
	}
	ExitCode::FAILURE
}
