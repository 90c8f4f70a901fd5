//! Heirloom's validator and RPC node.
//!
//! A chain of type `Development` is sealed by this one node with a simulated clock ([`service::dev`]); every other
//! chain is run by Aura and GRANDPA over the network ([`service::full`]). On top of the standard JSON-RPC methods there
//! are those of [`rpc`].

mod chain_spec;
mod cli;
mod clock;
mod command;
mod metrics;
mod rpc;
mod service;

use std::process::ExitCode;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("heirloom-node: {}", command::sentence(&error));
			ExitCode::FAILURE
		}
	}
}
