//! What is done to a network.

mod backup;
mod clock;
mod disk;
mod down;
mod downtime;
mod equivocation;
mod flood;
mod kill;
mod midnight;
mod panic;
mod partition;
mod rpc;
mod stall;
mod sync;
mod upgrade;

use crate::{network::Setting, platform::Months, stage::Stage};
use anyhow::Result;
use std::time::Duration;

/// Seconds that a month has: ten blocks.
const MONTH: u64 = 60;
/// A way to break a network. The two that take half an hour come first, so that no others are waited with for them where
/// several are tried at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Fault {
	/// Validators are killed at random and started again, for `--minutes`.
	Kill,
	/// A second node makes blocks and votes with a copy of one validator's keys, who is slashed for it.
	Equivocation,
	/// One of four validators goes down for two months, and comes back.
	Third,
	/// Two of four validators go down for two months, so that nothing becomes final, and come back.
	Majority,
	/// All nodes are down over a month's end.
	Downtime,
	/// The validators' system clocks show 23:58 on March 31.
	Midnight,
	/// The validators' system clocks show 23:58 on February 28, and then on February 29, of a leap year.
	Leapday,
	/// The network is cut into two halves, and healed.
	Partition,
	/// The clock of one validator is wrong by 20 seconds, ahead and behind.
	Clock,
	/// The disk of one validator is full, and has space again.
	Disk,
	/// The database of a running node is copied, and restored on another.
	Backup,
	/// Two new nodes sync during a settlement: by executing all blocks, and by proof.
	Sync,
	/// The runtime is replaced by vote of the council in the middle of a settlement, with a migration.
	Upgrade,
	/// An upgrade brings a runtime with which no block can be made; all nodes are given other code in its place.
	Panic,
	/// Two of four validators lose their GRANDPA keys for good; the council notes the stall.
	Stall,
	/// The network is flooded with the cheapest calls, for `--minutes`.
	Flood,
	/// Clients flood the RPC of a validator and of a full node, for `--minutes`.
	Rpc,
}

/// What else a fault depends on.
#[derive(Clone, Copy, Debug)]
pub struct Options {
	/// How long faults go on that last as long as one wants.
	pub minutes: Option<u64>,
	/// Begins the choice of victims.
	pub seed: u64,
}

impl Options {
	/// How long a fault goes on that lasts so many minutes unless something else is wanted.
	pub fn lasting(self, minutes: u64) -> Duration {
		Duration::from_secs(60 * self.minutes.unwrap_or(minutes))
	}
}

/// What was seen of a fault.
#[derive(Debug, Default)]
pub struct Seen {
	/// From the end of each fault until the network had recovered.
	pub recoveries: Vec<Duration>,
	/// What a reader of the results should know.
	pub remarks: Vec<String>,
}

impl Fault {
	/// All faults, in the order in which they are run.
	pub fn all() -> &'static [Self] {
		<Self as clap::ValueEnum>::value_variants()
	}

	/// Whether it compares how fast blocks are made, so that no other network may run beside it.
	pub fn measures_pace(self) -> bool {
		matches!(self, Self::Flood | Self::Rpc)
	}

	/// Whether it takes half an hour, where the others take some minutes.
	pub fn takes_long(self) -> bool {
		matches!(self, Self::Kill | Self::Equivocation)
	}

	/// Its name on the command line.
	pub fn name(self) -> &'static str {
		match self {
			Self::Kill => "kill",
			Self::Third => "third",
			Self::Majority => "majority",
			Self::Downtime => "downtime",
			Self::Midnight => "midnight",
			Self::Leapday => "leapday",
			Self::Partition => "partition",
			Self::Clock => "clock",
			Self::Disk => "disk",
			Self::Backup => "backup",
			Self::Sync => "sync",
			Self::Upgrade => "upgrade",
			Self::Panic => "panic",
			Self::Stall => "stall",
			Self::Equivocation => "equivocation",
			Self::Flood => "flood",
			Self::Rpc => "rpc",
		}
	}

	/// The network that it happens to.
	pub fn setting(self) -> Setting {
		let months = match self {
			Self::Midnight | Self::Leapday => Months::Calendar,
			_ => Months::Seconds(MONTH),
		};
		Setting {
			months,
			// Where it is looked at how soon everybody is paid, nobody is paid slowly on purpose.
			in_steps: !matches!(self, Self::Midnight | Self::Leapday | Self::Flood),
			namespaces: self == Self::Partition,
			short_sessions: self == Self::Equivocation,
		}
	}

	/// Starts the network, breaks it, and waits until it has recovered.
	///
	/// # Errors
	/// Where it does not recover.
	pub async fn happen(self, stage: &mut Stage, options: Options) -> Result<Seen> {
		match self {
			Self::Kill => kill::run(stage, options).await,
			Self::Third => down::run(stage, &["bob"]).await,
			Self::Majority => down::run(stage, &["bob", "dave"]).await,
			Self::Downtime => downtime::run(stage).await,
			Self::Midnight => midnight::month_end(stage).await,
			Self::Leapday => midnight::leap_day(stage).await,
			Self::Partition => partition::run(stage).await,
			Self::Clock => clock::run(stage).await,
			Self::Disk => disk::run(stage).await,
			Self::Backup => backup::run(stage).await,
			Self::Sync => sync::run(stage).await,
			Self::Upgrade => upgrade::run(stage).await,
			Self::Panic => panic::run(stage).await,
			Self::Stall => stall::run(stage).await,
			Self::Equivocation => equivocation::run(stage).await,
			Self::Flood => flood::run(stage, options).await,
			Self::Rpc => rpc::run(stage, options).await,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::ValueEnum;

	#[test]
	fn names_are_those_of_the_command_line() {
		for fault in Fault::all() {
			assert_eq!(fault.to_possible_value().unwrap().get_name(), fault.name());
		}
	}
}
