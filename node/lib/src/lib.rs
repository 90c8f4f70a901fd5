//! All that Heirloom's validator and RPC node does; the program `heirloom-node` adds its version and an allocator.
//!
//! A chain of type `Development` is sealed by this one node with a simulated clock (`service::dev`); every other
//! chain is run by Aura and GRANDPA over the network (`service::full`). On top of the standard JSON-RPC methods there
//! are those of `rpc`.

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

/// Does what the process's command line asks for: runs a subcommand, or the node until it ends or is told to. Where it
/// fails, says why in one line. For `main`, to call once.
///
/// `version` is the program's, as `0.1.0-3ed33e68bf6`: `--version` prints it, peers and telemetry are told it.
pub fn run(version: &'static str) -> ExitCode {
	let Err(error) = command::run(version) else { return ExitCode::SUCCESS };
	let sentence = command::sentence(&error);
	// The log is written by a thread of its own: said there, the error stands behind what led to it.
	if log::log_enabled!(log::Level::Error) {
		log::error!("{sentence}");
	} else {
		eprintln!("heirloom-node: {sentence}");
	}
	ExitCode::FAILURE
}
