//! The command line.

use crate::faults::Fault;
use std::path::PathBuf;

/// Starts networks of real nodes, breaks each in one way while months are settled on it, and checks that it recovers and
/// that no money is lost. Ends with 0 only if nothing was lost.
#[derive(Debug, clap::Parser)]
#[command(name = "heirloom-chaos", version)]
pub struct Cli {
	/// Which faults. [default: all, in this order]
	#[arg(value_enum, value_name = "FAULT")]
	pub faults: Vec<Fault>,
	/// How long `kill`, `flood` and `rpc` go on. [default: 30, 10 and 5]
	#[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u64).range(1..=1_440))]
	pub minutes: Option<u64>,
	/// How many networks live side by side; `flood` and `rpc`, which look at how fast blocks are made, have none beside them.
	#[arg(long, value_name = "NETWORKS", default_value_t = 1, value_parser = at_once)]
	pub at_once: usize,
	/// Write the results as JSON: an array of one object a fault; amounts are micro-U, as decimal text.
	#[arg(long, value_name = "FILE")]
	pub json: Option<PathBuf>,
	/// Keep chains and logs there. [default: they are kept only of a fault that the network did not survive]
	#[arg(long, value_name = "DIR")]
	pub keep: Option<PathBuf>,
	/// Begin the choice of victims with this number, to have the same ones again. [default: by the clock]
	#[arg(long, value_name = "NUMBER")]
	pub seed: Option<u64>,
}

/// Networks side by side: there are no more faults than that.
fn at_once(text: &str) -> Result<usize, String> {
	let most = Fault::all().len();
	match text.parse() {
		Ok(networks) if (1..=most).contains(&networks) => Ok(networks),
		_ => Err(format!("a number from 1 to {most}")),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	#[test]
	fn command_line_is_consistent() {
		Cli::command().debug_assert();
	}

	#[test]
	fn fewer_networks_than_one_are_refused() {
		for networks in ["0", "-1", "two", ""] {
			assert!(at_once(networks).is_err(), "{networks}");
		}
	}

	#[test]
	fn there_are_no_more_networks_than_faults() {
		let most = Fault::all().len();
		assert_eq!(at_once(&most.to_string()), Ok(most));
		assert!(at_once(&(most + 1).to_string()).is_err());
	}
}
