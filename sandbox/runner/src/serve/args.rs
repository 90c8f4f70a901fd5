//! The arguments of `serve`.

use clap::Args;
use heirloom_sandbox_chain::AccountId;
use std::path::PathBuf;

/// Arguments of `serve`.
#[derive(Clone, Debug, Args)]
pub struct ServeArgs {
	/// The operator's account, as registered on chain.
	#[arg(long, value_name = "ACCOUNT", env = "HEIRLOOM_OPERATOR")]
	pub operator: AccountId,
	/// WebSocket address of the operator's own node.
	#[arg(long, value_name = "URL", env = "HEIRLOOM_URL", default_value = "ws://127.0.0.1:9944")]
	pub url: String,
	/// The operator's private folder: keys, jobs, ledger, quarantine.
	#[arg(long, value_name = "DIR", default_value = "/var/lib/heirloom-sandbox")]
	pub home: PathBuf,
	/// The folder through which owners and consumers hand over and take; without it `exchange` in the private folder.
	#[arg(long, value_name = "DIR")]
	pub exchange: Option<PathBuf>,
	/// Take ciphertext from a Kubo node by its RPC, instead of from the exchange's `blocks`.
	#[arg(long, value_name = "URL")]
	pub kubo: Option<String>,
	/// Jobs that run at the same time.
	#[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
	pub jobs: u16,
	/// Where inputs are opened: a file system in memory.
	#[arg(long, value_name = "DIR", default_value = "/dev/shm")]
	pub scratch: PathBuf,
	/// Run jobs even where a wall around the worker does not stand on this machine. For tests: it is another measurement.
	#[arg(long)]
	pub accept_missing_walls: bool,
	/// Write the log as JSON, a line an event.
	#[arg(long)]
	pub json_logs: bool,
}

impl ServeArgs {
	/// The exchange folder.
	pub(super) fn exchange(&self) -> PathBuf {
		self.exchange.clone().unwrap_or_else(|| self.home.join("exchange"))
	}
}
