//! Settles two months of a platform while users go on, and measures everything around it.
//!
//! The first month is settled under saturating transfers, the second under 60 % of what fills a block: both on one
//! chain, whose state has the same bookings for both months, so that no second copy of the state is needed.

use crate::{
	args::{SettlementArgs, Size},
	calendar::{self, MONTHS},
	chain::{Block, Chain, Load},
	figures::Figures,
	machine, memory,
	node::{self, Executor},
	platform::{Platform, Shape},
	progress,
	reference::{self, Each, Transfers, Trie},
	report,
	spread::{Accesses, Pages},
	state::Cache,
	users::{Action, Objects},
};
use anyhow::{Context, Result, ensure};
use heirloom_primitives::PeriodReport;
use heirloom_runtime::WASM_BINARY;
use indicatif::ProgressBar;
use sc_service::TaskManager;
use std::fs;

/// Parts of a saturated block that users send in the second month.
const MODERATE: f64 = 0.6;
/// Blocks from which the throughput before a settlement is taken.
const BEFORE: usize = 5;
/// A settlement that takes more blocks has failed.
const MOST_BLOCKS: usize = 5_000;

/// A settled month.
#[derive(Clone, Debug)]
pub struct Month {
	/// The blocks from the one that closed the month to the one with the last payment.
	pub blocks: Vec<Block>,
	/// The month's report.
	pub report: PeriodReport,
}

/// All that was measured at one size.
#[derive(Clone, Debug)]
pub struct Measured {
	/// The size that was asked for.
	pub size: Size,
	/// Edges of the platform, and those of them that the real shape does not have.
	pub edges: (u64, u64),
	/// Assets that earn.
	pub earning: usize,
	/// Pairs of an earning derivative and an eligible ancestor. The report counts those that share.
	pub pairs: u64,
	/// Transfers and empty blocks.
	pub transfers: Transfers,
	/// What owners do; measured at the last size only.
	pub owners_calls: Vec<(Action, Each)>,
	/// What spreading read and wrote in the first month.
	pub spread: Accesses,
	/// Seconds of the ideal loop over all pairs.
	pub scatter_add: f64,
	/// The database alone, with all payees' keys.
	pub trie: Trie,
	/// The month under saturating transfers.
	pub saturated: Month,
	/// User transactions of each block before the second month's end.
	pub before: Vec<usize>,
	/// The month under moderate transfers.
	pub moderate: Month,
	/// The most memory that the process had, in bytes.
	pub peak_rss: u64,
}

/// Runs the benchmark.
pub fn run(args: &SettlementArgs) -> Result<()> {
	let cache = Cache::open(args.cache.directory()?, WASM_BINARY.context("the runtime has no wasm binary")?)?;
	let runtime = tokio::runtime::Runtime::new()?;
	let tasks = TaskManager::new(runtime.handle().clone(), None)?;
	let bench = Bench { cache, executor: node::executor(), tasks, shape: Shape::read()? };
	let mut all = Vec::new();
	let mut outcome = Ok(());
	let sizes = args.sizes()?;
	for size in &sizes {
		match bench.measure(*size, Some(size) == sizes.last()).with_context(|| format!("{size} assets")) {
			Ok(measured) => all.push(measured),
			// What was measured before is shown all the same.
			Err(error) => {
				outcome = Err(error);
				break;
			}
		}
	}
	if !all.is_empty() {
		show(args, &bench.cache, &all)?;
	}
	outcome
}

/// Prints the table and writes the files.
fn show(args: &SettlementArgs, cache: &Cache, all: &[Measured]) -> Result<()> {
	let figures = Figures::of_all(all, &machine::describe());
	println!("{}", report::table(all, &figures));
	let plot = args.plot.clone().unwrap_or_else(|| cache.file("settlement.svg"));
	fs::write(&plot, report::plot(all, &figures)).with_context(|| format!("{}", plot.display()))?;
	println!("plot: {}", plot.display());
	if let Some(file) = &args.blocks {
		report::blocks(all, file).with_context(|| format!("{}", file.display()))?;
	}
	if let Some(file) = &args.json {
		let json: Vec<_> = figures.iter().map(|figures| &figures.json).collect();
		let text = serde_json::to_string_pretty(&json)? + "\n";
		fs::write(file, text).with_context(|| format!("{}", file.display()))?;
	}
	Ok(())
}

struct Bench {
	cache: Cache,
	executor: Executor,
	tasks: TaskManager,
	shape: Shape,
}

impl Bench {
	/// Measures a size, with what owners do or without.
	fn measure(&self, size: Size, with_owners: bool) -> Result<Measured> {
		let state = self.cache.state(size)?;
		let bar = progress::spinner(format!("{size} assets: growing the platform"));
		let platform = Platform::generate(&self.shape, size)?;
		bar.set_message(format!("{size} assets: native loop"));
		let scatter_add = reference::scatter_add(&platform)?;
		let edges = (platform.genealogy.parents.items().len() as u64, platform.genealogy.added);
		let (pairs, sharing) = (platform.pairs().items().len() as u64, platform.sharing());
		let (objects, pages) = (Objects::of(&platform), Pages::of(&platform));
		let earning = objects.earning();
		drop(platform);

		memory::reset_peak();
		bar.set_message(format!("{size} assets: copying the state"));
		let mut chain = Chain::open(&self.cache, &state, &self.executor, &self.tasks, objects)?;
		bar.set_message(format!("{size} assets: transfers and calls"));
		let transfers = reference::transfers(&mut chain)?;
		let saturated = settle(&mut chain, 0, Load::Saturating(Action::TransferLoom), size, &bar)?;
		let moderate_load = Load::Transfers((transfers.loom.number as f64 * MODERATE) as usize);
		let before =
			(0..BEFORE).map(|_| Ok(chain.block(moderate_load)?.transactions)).collect::<Result<_>>()?;
		let moderate = settle(&mut chain, 1, moderate_load, size, &bar)?;
		for Month { report, .. } in [&saturated, &moderate] {
			let (paid, shared) = (report.payments, report.pairs);
			ensure!(paid == size.payees, "{paid} payees were paid instead of {}", size.payees);
			ensure!(shared == sharing, "{shared} pairs share instead of {sharing}");
		}
		let peak_rss = memory::peak()?;
		bar.set_message(format!("{size} assets: what owners do"));
		let owners_calls =
			if with_owners { reference::owners_calls(&mut chain, transfers.empty)? } else { Vec::new() };
		chain.close()?;

		bar.set_message(format!("{size} assets: bare trie"));
		let paying = saturated.blocks.iter().filter(|block| block.payments > 0).count();
		let batch = size.payees as usize / paying.max(1);
		let trie = reference::trie(&self.cache, &state, size.payees, batch)?;
		bar.finish_and_clear();
		Ok(Measured {
			size,
			edges,
			earning,
			pairs,
			transfers,
			owners_calls,
			spread: pages.accesses(&saturated.blocks),
			scatter_add,
			trie,
			saturated,
			before,
			moderate,
			peak_rss,
		})
	}
}

/// Goes to the end of a month and on, a block each slot, until the month is reported.
fn settle(chain: &mut Chain, month: usize, load: Load, size: Size, bar: &ProgressBar) -> Result<Month> {
	chain.skip_to(calendar::last_of(month))?;
	chain.block(load)?;
	let mut blocks: Vec<Block> = Vec::new();
	let mut backlog = 0;
	loop {
		let block = chain.block(with_backlog(load, backlog))?;
		backlog = waiting(load, backlog, block.transactions);
		let done = block.settled == Some(MONTHS[month]);
		let phase = block.phases.last().map(|phase| format!("{phase:?}")).unwrap_or_default();
		bar.set_message(format!("{size} assets: {}: block {} {phase}", MONTHS[month], blocks.len()));
		blocks.push(block);
		if done {
			break;
		}
		ensure!(blocks.len() < MOST_BLOCKS, "{} is not settled after {MOST_BLOCKS} blocks", MONTHS[month]);
	}
	let last_payment = blocks.iter().position(|block| block.paid).unwrap_or(blocks.len() - 1);
	blocks.truncate(last_payment + 1);
	Ok(Month { blocks, report: chain.report(MONTHS[month])? })
}

/// Transfers that an earlier block had no room for are sent again.
fn with_backlog(load: Load, backlog: usize) -> Load {
	match load {
		Load::Transfers(count) => Load::Transfers(count + backlog),
		other => other,
	}
}

/// How many transfers wait behind a block.
fn waiting(load: Load, backlog: usize, included: usize) -> usize {
	match load {
		Load::Transfers(count) => (count + backlog).saturating_sub(included),
		Load::Nothing | Load::Saturating(_) => 0,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn transfers_without_room_wait_for_the_next_block() {
		let load = Load::Transfers(10);
		assert_eq!(waiting(load, 0, 7), 3);
		assert!(matches!(with_backlog(load, 3), Load::Transfers(13)));
		assert_eq!(waiting(load, 3, 13), 0);
	}
}
