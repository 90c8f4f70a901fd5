//! What the measurements come to.

use crate::{
	chain::Block,
	declared::{self, OfBlocks, OfPhase},
	reference::{Each, Transfers},
	settlement::{Measured, Month},
	spread::Spread,
	users::Action,
};
use codec::Encode;
use heirloom_primitives::Phase;
use heirloom_runtime::MILLISECS_PER_BLOCK;
use serde::Serialize;
use std::{collections::BTreeMap, time::Duration};

/// The size that growth is told from.
const SMALL: u32 = 100_000;

/// The figures of one size, as `--json` writes them. Ratios compare times of the same run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Json {
	/// Assets of the platform.
	pub assets: u32,
	/// Pairs of an earning derivative and an eligible ancestor that were settled, those included whose ancestor does not
	/// share.
	pub pairs: u64,
	/// Payees that were paid.
	pub payees: u32,
	/// Blocks from the close of the month to its last payment, users saturating them.
	pub blocks: usize,
	/// Seconds to build these blocks, user transactions included.
	pub build_seconds: f64,
	/// Seconds to import them.
	pub import_seconds: f64,
	/// Settlement's import time a payee ÷ a `balances.transfer_keep_alive`'s.
	pub payee_per_transfer: f64,
	/// Settlement's import time a payee ÷ a bare update and commit of its key.
	pub payee_per_trie_update: f64,
	/// The spread phase's import time a pair ÷ the native loop's.
	pub pair_per_scatter_add: f64,
	/// User transactions a second while the second month is settled ÷ before.
	pub user_tps_ratio: f64,
	/// Growth of settlement's import time from 100,000 assets on ÷ growth of pairs and payees; none below that size,
	/// and where it was not measured.
	pub growth_ratio: Option<f64>,
	/// Weight that settlement declared ÷ import time it took.
	pub declared_per_measured: f64,
	/// The most memory that the process of both nodes had, in bytes.
	pub peak_rss_bytes: u64,
	/// Weight that each phase declared ÷ import time it took.
	pub declared_per_measured_of_phases: Vec<OfPhase>,
	/// The same of blocks.
	pub declared_per_measured_of_blocks: OfBlocks,
	/// Weight that each call declares ÷ import time it takes in a full block.
	pub declared_per_measured_of_calls: BTreeMap<&'static str, f64>,
	/// What the time of spreading is made of.
	pub spread: Spread,
	/// What it was measured on.
	pub machine: String,
}

/// The figures of one size, and what else its table shows.
#[derive(Clone, Debug)]
pub struct Figures {
	/// What is told to programs.
	pub json: Json,
	/// Settlement's part of the import time of the first month's blocks, in seconds.
	pub settlement_seconds: f64,
	/// The same, phase by phase.
	pub phases: Vec<(Phase, f64)>,
	/// The least and the greatest part of a block's weight that hooks declared, among the first month's blocks in which
	/// settlement had more to do.
	pub hooks_share: (f64, f64),
	/// The slowest block to build and to import, in seconds.
	pub slowest: (f64, f64),
	/// Blocks of the second month from its close to its last payment.
	pub moderate_blocks: usize,
	/// User transactions a second before the second month's settlement and during it.
	pub user_tps: (f64, f64),
}

impl Figures {
	/// The figures of all sizes.
	pub fn of_all(measured: &[Measured], machine: &str) -> Vec<Self> {
		let mut all: Vec<_> = measured.iter().map(|measured| Self::of(measured, machine)).collect();
		let small = all.iter().find(|figures| figures.json.assets == SMALL).cloned();
		for figures in all.iter_mut().filter(|figures| figures.json.assets >= SMALL) {
			figures.json.growth_ratio = small.as_ref().map(|small| figures.growth_from(small));
		}
		all
	}

	fn of(measured: &Measured, machine: &str) -> Self {
		let Month { blocks, report } = &measured.saturated;
		let (pairs, payees) = (measured.pairs, report.payments);
		let work: Vec<_> = blocks.iter().map(|block| Work::of(measured, block)).collect();
		let moderate = measured.moderate.blocks.iter().map(|block| Work::of(measured, block));
		let both: Vec<_> = work.iter().cloned().chain(moderate).collect();
		let settlement_seconds: f64 = work.iter().map(|work| work.seconds).sum();
		let phases = by_phase(&work);
		let spread = phases.iter().find(|(phase, _)| *phase == Phase::Spread).map_or(0.0, |(_, time)| *time);
		let per_payee = settlement_seconds / f64::from(payees.max(1));
		let per_trie_update = measured.trie.updates / f64::from(measured.size.payees.max(1));
		let user_tps = (tps(measured.before.iter().copied()), tps(transactions(&measured.moderate.blocks)));
		let declared: f64 = work.iter().map(|work| work.declared).sum();
		// The first block closes the month and the last one runs out of work: what is between has as much as it gets.
		let shares = || work.iter().map(|work| work.declared / BLOCK_SECONDS);
		let busy = || shares().take(work.len() - 1).skip(1);
		Self {
			json: Json {
				assets: measured.size.assets,
				pairs,
				payees,
				blocks: blocks.len() - 1,
				build_seconds: seconds(blocks, |block| block.build),
				import_seconds: seconds(blocks, |block| block.import),
				payee_per_transfer: per_payee / measured.transfers.loom.time,
				payee_per_trie_update: per_payee / per_trie_update,
				pair_per_scatter_add: spread / measured.scatter_add,
				user_tps_ratio: user_tps.1 / user_tps.0,
				growth_ratio: None,
				declared_per_measured: declared / settlement_seconds,
				peak_rss_bytes: measured.peak_rss,
				declared_per_measured_of_phases: declared::of_phases(&both),
				declared_per_measured_of_blocks: declared::of_blocks(&both),
				declared_per_measured_of_calls: calls(measured)
					.map(|(action, each)| (action.name(), each.declared / each.time))
					.collect(),
				spread: Spread::of(measured, spread),
				machine: machine.into(),
			},
			settlement_seconds,
			phases,
			hooks_share: if work.len() > 2 {
				(least(busy()), greatest(busy()))
			} else {
				(0.0, greatest(shares()))
			},
			slowest: (
				greatest(blocks.iter().map(|block| block.build.as_secs_f64())),
				greatest(blocks.iter().map(|block| block.import.as_secs_f64())),
			),
			moderate_blocks: measured.moderate.blocks.len() - 1,
			user_tps,
		}
	}

	fn growth_from(&self, small: &Self) -> f64 {
		let work = |figures: &Self| figures.json.pairs as f64 + f64::from(figures.json.payees);
		(self.settlement_seconds / small.settlement_seconds) / (work(self) / work(small))
	}
}

/// The weight limit of a block, in seconds of reference time.
pub const BLOCK_SECONDS: f64 =
	heirloom_runtime::configs::MAXIMUM_BLOCK_WEIGHT.ref_time() as f64 / 1_000_000_000_000.0;

/// Every call that was measured, with its time.
pub fn calls(measured: &Measured) -> impl Iterator<Item = (Action, Each)> {
	let Transfers { loom, u, call, .. } = measured.transfers;
	let anybodys = [(Action::TransferLoom, loom), (Action::TransferU, u), (Action::Call, call)];
	anybodys.into_iter().chain(measured.owners_calls.iter().copied())
}

/// Settlement's part of a block.
#[derive(Clone, Debug)]
pub struct Work {
	/// The phases that went on in it.
	pub phases: Vec<Phase>,
	/// Of its import time: what an empty block takes and what its transfers take is not settlement's.
	pub seconds: f64,
	/// What hooks declared beyond what they declare in an empty block, in seconds.
	pub declared: f64,
	/// Whether the block took longer to import than all that is in it declared.
	pub whole_longer: bool,
}

impl Work {
	fn of(measured: &Measured, block: &Block) -> Self {
		let transfers = &measured.transfers;
		let others = transfers.empty + block.transactions as f64 * transfers.loom.time;
		Self {
			phases: block.phases.clone(),
			// Never nothing, so that it can be divided by.
			seconds: (block.import.as_secs_f64() - others).max(1e-6),
			declared: (block.mandatory - transfers.empty_declared).max(0.0),
			whole_longer: block.import.as_secs_f64() > block.mandatory + block.normal,
		}
	}
}

/// The seconds of each phase. A block in which several went on counts for them in equal parts.
fn by_phase(work: &[Work]) -> Vec<(Phase, f64)> {
	let mut phases: Vec<(Phase, f64)> = Vec::new();
	for block in work {
		for phase in &block.phases {
			let part = block.seconds / block.phases.len() as f64;
			match phases.iter_mut().find(|(known, _)| known == phase) {
				Some((_, sum)) => *sum += part,
				None => phases.push((*phase, part)),
			}
		}
	}
	phases.sort_by_key(|(phase, _)| phase.encode());
	phases
}

fn transactions(blocks: &[Block]) -> impl Iterator<Item = usize> {
	blocks.iter().map(|block| block.transactions)
}

/// Transactions a second, by those of each block.
fn tps(blocks: impl Iterator<Item = usize>) -> f64 {
	let (count, sum) = blocks.fold((0u32, 0), |(count, sum), block| (count + 1, sum + block));
	sum as f64 / (f64::from(count.max(1)) * MILLISECS_PER_BLOCK as f64 / 1_000.0)
}

fn seconds(blocks: &[Block], time: impl Fn(&Block) -> Duration) -> f64 {
	blocks.iter().map(time).sum::<Duration>().as_secs_f64()
}

fn least(values: impl Iterator<Item = f64>) -> f64 {
	values.fold(f64::INFINITY, f64::min)
}

fn greatest(values: impl Iterator<Item = f64>) -> f64 {
	values.fold(0.0, f64::max)
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use crate::{args::Size, reference::Trie, spread::Accesses};
	use heirloom_primitives::PeriodReport;

	/// A block in which phases went on.
	pub fn block(transactions: usize, import: f64, mandatory: f64, phases: &[Phase]) -> Block {
		Block {
			transactions,
			build: Duration::from_secs_f64(2.0 * import),
			import: Duration::from_secs_f64(import),
			mandatory,
			normal: 0.0,
			phases: phases.to_vec(),
			at: None,
			payments: 0,
			paid: false,
			settled: None,
		}
	}

	/// A settlement of three blocks: 1 s of counting and spreading, 2 s of spreading, 1 s of paying.
	pub fn measured(assets: u32) -> Measured {
		let size = Size::of(assets);
		let blocks = vec![
			block(1_000, 1.2, 1.6, &[Phase::Count, Phase::Spread]),
			block(0, 2.1, 2.6, &[Phase::Spread]),
			block(500, 1.15, 1.6, &[Phase::Pay]),
		];
		let report = PeriodReport { pairs: size.pairs, payments: size.payees, ..Default::default() };
		let month = Month { blocks, report };
		let each = |time: f64| Each { time, declared: 1.5 * time, number: 5_000 };
		Measured {
			size,
			edges: (10, 4),
			earning: 1,
			transfers: Transfers {
				empty: 0.1,
				empty_declared: 0.1,
				loom: each(1e-4),
				u: each(2e-4),
				call: each(3e-4),
			},
			owners_calls: vec![(Action::SetTerms, each(4e-4))],
			pairs: size.pairs,
			spread: Accesses { reads: 10_000, writes: 5_000 },
			scatter_add: 0.5,
			trie: Trie { reads: 1.0, updates: 2.0 },
			saturated: month.clone(),
			before: vec![600, 600],
			moderate: month,
			peak_rss: 1 << 30,
		}
	}

	fn close(found: f64, expected: f64) {
		assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
	}

	#[test]
	fn settlement_is_what_transfers_and_empty_blocks_leave() {
		let figures = &Figures::of_all(&[measured(100_000)], "")[0];
		close(figures.settlement_seconds, 4.0);
		close(figures.json.payee_per_transfer, 4.0 / 25_000.0 / 1e-4);
		close(figures.json.payee_per_trie_update, 2.0);
		close(figures.json.declared_per_measured, 5.5 / 4.0);
		close(figures.json.declared_per_measured_of_blocks.least, 2.5 / 2.0);
		assert_eq!(figures.json.blocks, 2);
	}

	#[test]
	fn phases_share_a_block_in_equal_parts() {
		let figures = &Figures::of_all(&[measured(100_000)], "")[0];
		let phases: Vec<_> = figures.phases.iter().map(|(phase, _)| *phase).collect();
		assert_eq!(phases, [Phase::Count, Phase::Spread, Phase::Pay]);
		close(figures.json.pair_per_scatter_add, 2.5 / 0.5);
	}

	#[test]
	fn throughput_is_told_by_slots() {
		let figures = &Figures::of_all(&[measured(100_000)], "")[0];
		close(figures.user_tps.0, 100.0);
		close(figures.json.user_tps_ratio, 1_500.0 / 18.0 / 100.0);
	}

	#[test]
	fn growth_is_told_from_100k_on() {
		let sizes = [10_000, 100_000, 1_000_000].map(measured);
		let growth: Vec<_> =
			Figures::of_all(&sizes, "").iter().map(|figures| figures.json.growth_ratio).collect();
		assert_eq!((growth[0], growth[1]), (None, Some(1.0)));
		close(growth[2].unwrap(), 0.1);
		assert_eq!(Figures::of_all(&[measured(1_000_000)], "")[0].json.growth_ratio, None);
	}

	#[test]
	fn json_has_the_agreed_keys() {
		let figures = &Figures::of_all(&[measured(10_000)], "two cores")[0];
		let json = serde_json::to_string(&figures.json).unwrap();
		let keys: Vec<_> = json.split('"').skip(1).step_by(2).collect();
		assert_eq!(
			keys[..13],
			[
				"assets",
				"pairs",
				"payees",
				"blocks",
				"build_seconds",
				"import_seconds",
				"payee_per_transfer",
				"payee_per_trie_update",
				"pair_per_scatter_add",
				"user_tps_ratio",
				"growth_ratio",
				"declared_per_measured",
				"peak_rss_bytes",
			]
		);
		assert!(json.contains("\"growth_ratio\":null"));
	}

	#[test]
	fn json_tells_of_phases_calls_blocks_and_the_machine() {
		let figures = &Figures::of_all(&[measured(10_000)], "two cores")[0];
		let json = serde_json::to_value(&figures.json).unwrap();
		assert_eq!(json["declared_per_measured_of_phases"][1]["phase"], "spread");
		assert_eq!(json["declared_per_measured_of_phases"][1]["declared_per_measured"], 2.5 / 2.0);
		assert_eq!(json["declared_per_measured_of_calls"]["lineage.set_terms"], 1.5);
		assert_eq!(json["declared_per_measured_of_blocks"]["longer"], 0);
		assert_eq!(json["machine"], "two cores");
	}
}
