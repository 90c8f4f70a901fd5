//! The command line.

use crate::{clock, limits};
use heirloom_primitives::Moment;
use sc_cli::RunCmd;

/// Heirloom's validator and RPC node. Without a subcommand it runs the node.
#[derive(Debug, clap::Parser)]
#[command(
	mut_arg("rpc_rate_limit", limits::rate),
	mut_arg("rpc_rate_limit_whitelisted_ips", limits::trusted),
	mut_arg("rpc_max_batch_request_len", limits::batch),
	mut_arg("rpc_max_request_size", limits::request),
	mut_arg("rpc_max_subscriptions_per_connection", limits::subscriptions)
)]
pub struct Cli {
	/// What to do instead of running the node.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,
	/// How to run the node.
	#[clap(flatten)]
	pub run: RunCmd,
	/// How a development chain runs.
	#[clap(flatten)]
	pub development: DevelopmentParams,
}

/// Parameters of a development chain; refused for any other.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
#[command(next_help_heading = "Development chain")]
pub struct DevelopmentParams {
	/// Date of the chain's first block: 2026-03-01, or a time in RFC 3339.
	///
	/// Without it the chain spec's `clockStart` counts, or else the present time. A chain that has blocks goes on from
	/// its last one.
	#[arg(long, value_name = "DATE", value_parser = clock::parse_date)]
	pub clock: Option<Moment>,
	/// Milliseconds of real time between two blocks; each moves the simulated clock by one slot. 0 makes blocks only
	/// when asked to (`clock_seal`, `clock_advanceTo`). [default: 1000]
	#[arg(long, value_name = "MILLISECONDS")]
	pub seal_millis: Option<u64>,
}

/// What to do instead of running the node.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
	/// Key management: generate, inspect, insert.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),
	/// Write a chain's specification, plain or raw.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),
	/// The same as `export-chain-spec`, with a boot node added; kept for older tools.
	BuildSpec(sc_cli::BuildSpecCmd),
	/// Execute a block again and compare.
	CheckBlock(sc_cli::CheckBlockCmd),
	/// Write blocks to a file.
	ExportBlocks(sc_cli::ExportBlocksCmd),
	/// Write the state at a block as a chain spec.
	ExportState(sc_cli::ExportStateCmd),
	/// Read blocks from a file.
	ImportBlocks(sc_cli::ImportBlocksCmd),
	/// Remove a chain's data.
	PurgeChain(sc_cli::PurgeChainCmd),
	/// Take the chain back by a number of blocks that are not final.
	Revert(sc_cli::RevertCmd),
	/// Print best and final block as JSON.
	ChainInfo(sc_cli::ChainInfoCmd),
}
