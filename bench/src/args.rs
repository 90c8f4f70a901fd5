//! The command line.

use anyhow::{Context, Result, ensure};
use std::{fmt, path::PathBuf};

/// Measures Heirloom at full scale: generated platforms in a real database, real blocks, the real runtime.
#[derive(Debug, clap::Parser)]
pub struct Cli {
	/// What to measure.
	#[command(subcommand)]
	pub command: Command,
}

/// What to measure.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
	/// Settle a month while users go on, and compare with transfers, with the database and with a native loop.
	Settlement(SettlementArgs),
	/// Ask a node of a large platform while it settles a month, and tell how long its answers take.
	Rpc(RpcArgs),
	/// Compare how many assets share an item of the trie.
	Pages(PagesArgs),
	/// Generate a platform's state and keep it. `settlement` does so by itself, in a process of its own.
	#[command(hide = true)]
	State(StateArgs),
}

/// What `settlement` takes.
#[derive(Clone, Debug, clap::Args)]
pub struct SettlementArgs {
	/// Assets of the platform. [default: 10,000, 100,000, 1,000,000 and 2,000,000, one after the other]
	#[arg(long, value_name = "N")]
	pub assets: Option<u32>,
	/// Pairs of an earning derivative and an eligible ancestor. [default: 5 × assets]
	#[arg(long, value_name = "P", requires = "assets")]
	pub pairs: Option<u64>,
	/// Accounts that are paid. [default: assets ÷ 4]
	#[arg(long, value_name = "K", requires = "assets")]
	pub payees: Option<u32>,
	/// Write the figures as JSON: an array of one object a size.
	#[arg(long, value_name = "FILE")]
	pub json: Option<PathBuf>,
	/// Write every block of the settlements as CSV: what was in it, what it declared and how long it took.
	#[arg(long, value_name = "FILE")]
	pub blocks: Option<PathBuf>,
	/// Write the plot there. [default: settlement.svg in the cache]
	#[arg(long, value_name = "FILE")]
	pub plot: Option<PathBuf>,
	/// Where generated states are kept.
	#[command(flatten)]
	pub cache: CacheArgs,
}

/// What `rpc` takes.
#[derive(Clone, Debug, clap::Args)]
pub struct RpcArgs {
	/// Assets of the platform, with 5 pairs each and a payee for each 4.
	#[arg(long, value_name = "N", default_value_t = 2_000_000)]
	pub assets: u32,
	/// How long questions are asked at least; they go on until the month is settled.
	#[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=3_600))]
	pub seconds: u32,
	/// The node is set up as a validator: it forgets old states, and keeps a cache of the trie. Without this it is set up as one
	/// that answers people.
	#[arg(long)]
	pub as_validator: bool,
	/// Write the figures as JSON.
	#[arg(long, value_name = "FILE")]
	pub json: Option<PathBuf>,
	/// Where generated states are kept.
	#[command(flatten)]
	pub cache: CacheArgs,
}

/// What `pages` takes.
#[derive(Clone, Debug, clap::Args)]
pub struct PagesArgs {
	/// Assets of the platform, with 5 pairs each and a payee for each 4.
	#[arg(long, value_name = "N", default_value_t = 2_000_000)]
	pub assets: u32,
	/// Where generated states are kept.
	#[command(flatten)]
	pub cache: CacheArgs,
}

/// Where generated states are kept.
#[derive(Clone, Debug, clap::Args)]
pub struct CacheArgs {
	/// Where generated states are kept. [default: heirloom-bench in $XDG_CACHE_HOME or ~/.cache]
	#[arg(long = "cache", value_name = "DIR")]
	directory: Option<PathBuf>,
}

/// What `state` takes.
#[derive(Clone, Debug, clap::Args)]
pub struct StateArgs {
	/// See [`SettlementArgs::assets`].
	#[arg(long)]
	pub assets: u32,
	/// See [`SettlementArgs::pairs`].
	#[arg(long)]
	pub pairs: u64,
	/// See [`SettlementArgs::payees`].
	#[arg(long)]
	pub payees: u32,
	/// A directory that is not there yet.
	#[arg(long)]
	pub directory: PathBuf,
}

/// How large a platform is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
	/// Assets.
	pub assets: u32,
	/// Pairs of an earning derivative and an eligible ancestor.
	pub pairs: u64,
	/// Accounts that are paid.
	pub payees: u32,
}

/// The sizes that are measured where none is asked for.
const SIZES: [u32; 4] = [10_000, 100_000, 1_000_000, 2_000_000];

impl Size {
	/// The usual number of pairs and payees for so many assets.
	pub fn of(assets: u32) -> Self {
		Self { assets, pairs: 5 * u64::from(assets), payees: assets / 4 }
	}
}

/// As people write it: `2M`, `10k`.
impl fmt::Display for Size {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self.assets {
			assets if assets > 0 && assets % 1_000_000 == 0 => write!(f, "{}M", assets / 1_000_000),
			assets if assets > 0 && assets % 1_000 == 0 => write!(f, "{}k", assets / 1_000),
			assets => write!(f, "{assets}"),
		}
	}
}

impl SettlementArgs {
	/// What is to be measured, the smallest first.
	pub fn sizes(&self) -> Result<Vec<Size>> {
		let Some(assets) = self.assets else { return Ok(SIZES.map(Size::of).to_vec()) };
		let usual = Size::of(assets);
		let size = Size {
			assets,
			pairs: self.pairs.unwrap_or(usual.pairs),
			payees: self.payees.unwrap_or(usual.payees),
		};
		ensure!(size.assets >= 1_000, "--assets: fewer than 1,000 assets have no shape");
		ensure!(size.payees >= 1, "--payees: somebody must be paid");
		Ok(vec![size])
	}
}

impl CacheArgs {
	/// The directory of generated states.
	pub fn directory(&self) -> Result<PathBuf> {
		if let Some(directory) = &self.directory {
			return Ok(directory.clone());
		}
		let base = std::env::var_os("XDG_CACHE_HOME")
			.map(PathBuf::from)
			.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
			.context("neither XDG_CACHE_HOME nor HOME is set: name a directory with --cache")?;
		Ok(base.join("heirloom-bench"))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::{CommandFactory, Parser};

	fn settlement(arguments: &[&str]) -> SettlementArgs {
		match Cli::parse_from(["heirloom-bench", "settlement"].iter().chain(arguments)).command {
			Command::Settlement(settlement) => settlement,
			Command::Rpc(_) | Command::Pages(_) | Command::State(_) => {
				unreachable!("the subcommand is settlement")
			}
		}
	}

	#[test]
	fn command_line_is_well_formed() {
		Cli::command().debug_assert();
	}

	#[test]
	fn four_sizes_are_measured_by_default() {
		let sizes = settlement(&[]).sizes().unwrap();
		assert_eq!(sizes.iter().map(Size::to_string).collect::<Vec<_>>(), ["10k", "100k", "1M", "2M"]);
		assert_eq!(sizes[3], Size { assets: 2_000_000, pairs: 10_000_000, payees: 500_000 });
	}

	#[test]
	fn size_can_be_asked_for_in_part() {
		let sizes = settlement(&["--assets", "20000", "--payees", "7"]).sizes().unwrap();
		assert_eq!(sizes, [Size { assets: 20_000, pairs: 100_000, payees: 7 }]);
	}
}
