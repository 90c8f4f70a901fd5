//! Measures Heirloom at full scale: `heirloom-bench settlement` settles the month of a platform as large as those that
//! exist, in a real database, with real blocks and the real runtime, and compares it with what else these can do;
//! `heirloom-bench rpc` asks a node of such a platform while it settles; `heirloom-bench pages` compares how many assets
//! share an item of the trie.

mod args;
mod calendar;
mod chain;
mod declared;
mod figures;
mod machine;
mod memory;
mod node;
mod pages;
mod platform;
mod progress;
mod quiet;
mod reference;
mod report;
mod rpc;
mod settlement;
mod spread;
mod state;
mod users;

use args::{Cli, Command};
use clap::Parser;
use std::process::ExitCode;
use tikv_jemallocator::Jemalloc;

/// The node's own allocator.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
	let result = match Cli::parse().command {
		Command::Settlement(args) => settlement::run(&args),
		Command::Rpc(args) => rpc::run(&args),
		Command::Pages(args) => pages::run(&args),
		Command::State(args) => state::generate(&args),
	};
	match result {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("heirloom-bench: {error:#}");
			ExitCode::FAILURE
		}
	}
}
