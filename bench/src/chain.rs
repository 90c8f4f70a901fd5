//! A chain of two nodes: one makes the blocks, the other imports them. Both begin with a copy of the same state, and
//! what is timed on one is never helped by what the other has in its cache.

use crate::{
	calendar,
	node::{Executor, Node},
	quiet,
	state::Cache,
	users::{Action, Objects, Users},
};
use anyhow::{Context, Result, bail, ensure};
use codec::{Decode, Encode};
use frame_support::{dispatch::DispatchClass, storage::storage_prefix};
use frame_system::ConsumedWeight;
use heirloom_primitives::{PageIndex, Period, PeriodReport, Phase};
use heirloom_runtime::{Hash, Runtime, RuntimeEvent};
use pallet_royalty::Settlement;
use sc_service::TaskManager;
use std::{
	path::Path,
	time::{Duration, Instant},
};

/// More transactions than a block takes.
const MORE_THAN_A_BLOCK: usize = 20_000;

/// What users send for one block.
#[derive(Clone, Copy, Debug)]
pub enum Load {
	/// Nothing.
	Nothing,
	/// More of it than the block takes.
	Saturating(Action),
	/// So many transfers of LOOM.
	Transfers(usize),
}

/// One block, as it was made and imported.
#[derive(Clone, Debug)]
pub struct Block {
	/// User transactions in it.
	pub transactions: usize,
	/// What building it took.
	pub build: Duration,
	/// What importing it on the other node took: execution, the state's root, the commit.
	pub import: Duration,
	/// What hooks, inherents and the block itself declared, in seconds of reference time.
	pub mandatory: f64,
	/// What its user transactions declared, in the same.
	pub normal: f64,
	/// The phases of a settlement that went on in it.
	pub phases: Vec<Phase>,
	/// Where settlement stands behind it: a phase, and the page that this does next.
	pub at: Option<(Phase, PageIndex)>,
	/// Payments in it.
	pub payments: u32,
	/// Whether nothing is left to pay behind it.
	pub paid: bool,
	/// The last month that is settled behind it.
	pub settled: Option<Period>,
}

/// The two nodes and their users.
pub struct Chain {
	author: Node,
	importer: Node,
	users: Users,
	slot: u64,
	phase: Option<Phase>,
	settled: Option<Period>,
}

impl Chain {
	/// Opens two copies of a state, whose users have these assets.
	pub fn open(
		cache: &Cache,
		state: &Path,
		executor: &Executor,
		tasks: &TaskManager,
		objects: Objects,
	) -> Result<Self> {
		let open = |name| Node::open(cache.copy(state, name)?, executor.clone(), tasks);
		let (author, importer) = (open("author")?, open("importer")?);
		let genesis = author.read(frame_system::BlockHash::<Runtime>::hashed_key_for(0))?;
		let users = Users::new(genesis.context("the state has no genesis hash")?, objects);
		Ok(Self { author, importer, users, slot: calendar::first(), phase: None, settled: None })
	}

	/// How many transactions of a kind went through.
	pub fn done(&self, action: Action) -> usize {
		self.users.done(action)
	}

	/// Goes on in a later slot.
	pub fn skip_to(&mut self, slot: u64) -> Result<()> {
		ensure!(slot >= self.slot, "what came before took longer than its month");
		self.slot = slot;
		Ok(())
	}

	/// Makes a block in the next slot, when what the one before left to the databases is written, and imports it on the
	/// other node.
	pub fn block(&mut self, load: Load) -> Result<Block> {
		let wanted = match load {
			Load::Nothing => 0,
			Load::Saturating(action) => {
				self.users.prepare(action, MORE_THAN_A_BLOCK);
				MORE_THAN_A_BLOCK
			}
			Load::Transfers(count) => {
				self.users.prepare(Action::TransferLoom, count);
				count
			}
		};
		quiet::rest()?;
		let begun = Instant::now();
		let built = self.author.build(self.slot, self.users.waiting().take(wanted))?;
		let build = begun.elapsed();
		let transactions = built.included;
		let saturated = !matches!(load, Load::Saturating(_)) || built.full;
		ensure!(saturated, "{MORE_THAN_A_BLOCK} transactions do not fill a block");
		self.users.included(transactions);

		let begun = Instant::now();
		self.importer.import(&built)?;
		let import = begun.elapsed();
		self.author.import_own(built)?;
		self.slot += 1;
		self.seen(transactions, build, import)
	}

	/// What state says of the block that was imported last.
	fn seen(&mut self, transactions: usize, build: Duration, import: Duration) -> Result<Block> {
		let weight: ConsumedWeight = self.value(frame_system::BlockWeight::<Runtime>::hashed_key())?;
		let settlement: Option<Settlement> =
			self.importer.read(pallet_royalty::CurrentSettlement::<Runtime>::hashed_key())?;
		let pending: Option<Period> =
			self.importer.read(pallet_royalty::PendingPeriod::<Runtime>::hashed_key())?;
		let settled = self.importer.read(pallet_royalty::LastReported::<Runtime>::hashed_key())?;

		let at = settlement.as_ref().map(|settlement| (settlement.phase, settlement.page));
		let phase = settlement.as_ref().map(|settlement| settlement.phase);
		// A phase that stands at its first page has only been entered.
		let begun =
			settlement.as_ref().is_none_or(|settlement| settlement.page > 0 || settlement.position > 0);
		let worked = self.phase.is_some() || phase.is_some() || self.settled != settled;
		let phases = if worked { phases(self.phase, phase, begun) } else { Vec::new() };
		let paid = phase.map_or(pending.is_none(), |phase| phase == Phase::Report);
		(self.phase, self.settled) = (phase, settled);
		let seconds = |class| weight.get(class).ref_time() as f64 / 1e12;
		let (mandatory, normal) = (seconds(DispatchClass::Mandatory), seconds(DispatchClass::Normal));
		let payments = self.payments()?;
		Ok(Block { transactions, build, import, mandatory, normal, phases, at, payments, paid, settled })
	}

	/// How many payments the last block made. A user transaction that failed is an error: it would cost less than one
	/// that went through.
	fn payments(&self) -> Result<u32> {
		type Record = frame_system::EventRecord<RuntimeEvent, Hash>;
		let events: Option<Vec<Record>> = self.importer.read(storage_prefix(b"System", b"Events"))?;
		let mut payments = 0;
		for Record { event, .. } in events.unwrap_or_default() {
			match event {
				RuntimeEvent::Royalty(pallet_royalty::Event::Paid { .. }) => payments += 1,
				RuntimeEvent::System(frame_system::Event::ExtrinsicFailed { dispatch_error, .. }) => {
					bail!("a transaction failed: {dispatch_error:?}")
				}
				_ => {}
			}
		}
		Ok(payments)
	}

	fn value<V: Decode>(&self, key: impl AsRef<[u8]>) -> Result<V> {
		self.importer.read(key)?.context("the state lacks a value that every block writes")
	}

	/// The report of a settled month.
	pub fn report(&self, month: Period) -> Result<PeriodReport> {
		let key = pallet_royalty::Reports::<Runtime>::hashed_key_for(month);
		self.importer.read(key)?.with_context(|| format!("{month} is not reported"))
	}

	/// Closes both databases and removes them.
	pub fn close(self) -> Result<()> {
		self.author.close()?;
		self.importer.close()?;
		Ok(())
	}
}

/// The phases from where a block began to where it ended; `begun` tells whether anything of the last one is done.
/// None before a settlement is its first phase, none behind it its last.
fn phases(before: Option<Phase>, after: Option<Phase>, begun: bool) -> Vec<Phase> {
	let index = |phase: Phase| phase.encode().first().copied().unwrap_or_default();
	let (first, last) = (before.map_or(0, index), after.map_or(index(Phase::Report), index));
	let last = if begun || last == first { last } else { last - 1 };
	(first..=last).filter_map(|index| Phase::decode(&mut &[index][..]).ok()).collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn settlement_within_one_block_goes_through_all_phases() {
		let all = phases(None, None, true);
		assert_eq!((all.first(), all.last()), (Some(&Phase::Count), Some(&Phase::Report)));
	}

	#[test]
	fn phase_that_was_only_entered_does_not_count() {
		assert_eq!(phases(Some(Phase::Count), Some(Phase::Rank), false), [Phase::Count]);
		assert_eq!(phases(Some(Phase::Count), Some(Phase::Rank), true), [Phase::Count, Phase::Rank]);
		assert_eq!(phases(Some(Phase::Spread), Some(Phase::Spread), false), [Phase::Spread]);
	}
}
