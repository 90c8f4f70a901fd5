//! The command line of `heirloom spec`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Write the specification of a new chain.
#[derive(Debug, Subcommand)]
pub enum SpecCommand {
	/// Fill in the node's chain `production`, which has everything but people.
	#[command(after_help = "Files have one entry per line; lines that begin with # are ignored.
  validators  ACCOUNT,BOND,SESSION_KEYS   bond in LOOM
  curators    ACCOUNT
  balances    ACCOUNT,LOOM,U              decimal amounts

Session keys are written as heirloom-session-keys prints them on the validator's machine. Each validator needs more LOOM \
than it bonds.

Example:
  heirloom spec production --validators validators.csv \\
      --curators curators.csv --balances balances.csv --out spec.json
  heirloom-node export-chain-spec --chain spec.json --raw \\
      --output heirloom.json")]
	Production(ProductionArgs),
}

/// Arguments of `spec production`.
#[derive(Debug, Args)]
pub struct ProductionArgs {
	/// Who makes blocks.
	#[arg(long, value_name = "FILE")]
	pub validators: PathBuf,
	/// Who decides.
	#[arg(long, value_name = "FILE")]
	pub curators: PathBuf,
	/// Who has how much.
	#[arg(long, value_name = "FILE")]
	pub balances: PathBuf,
	/// The address of a node that new nodes ask for others, as /dns/boot.example.org/tcp/30333/p2p/12D3….
	#[arg(long = "bootnode", value_name = "ADDRESS")]
	pub bootnodes: Vec<String>,
	/// The node's program; without it, the one next to this program, or in PATH.
	#[arg(long, value_name = "PATH")]
	pub node: Option<PathBuf>,
	/// Write the spec to a file instead of to the terminal.
	#[arg(long, value_name = "FILE")]
	pub out: Option<PathBuf>,
}
