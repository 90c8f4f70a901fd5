//! Declared weight ÷ measured time, of what a settlement is made of.

use crate::figures::Work;
use codec::Encode;
use heirloom_primitives::Phase;
use serde::Serialize;

/// The least that settlement declares in a block that is looked at alone, in seconds: in one where it does less, it
/// decides more how long the transfers beside it took.
const LEAST_DECLARED: f64 = 0.2;

/// A phase. Declared weight and time are of the same blocks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OfPhase {
	/// Which.
	#[serde(serialize_with = "lowercase")]
	pub phase: Phase,
	/// Declared weight ÷ time.
	pub declared_per_measured: f64,
	/// In so many blocks.
	pub blocks: usize,
	/// Whether they are blocks in which nothing else was settled. Where a phase has none, they are all in which it went
	/// on, with what else did.
	pub alone: bool,
}

/// The blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct OfBlocks {
	/// How many.
	pub blocks: usize,
	/// The greatest that settlement declared ÷ took in a block.
	pub greatest: f64,
	/// The least.
	pub least: f64,
	/// In how many of them it took longer than it declared.
	pub longer: usize,
	/// How many of them took longer to import than all that is in them declared.
	pub whole_longer: usize,
}

/// Every phase that went on, in order.
pub fn of_phases(work: &[Work]) -> Vec<OfPhase> {
	let mut phases: Vec<_> = work.iter().flat_map(|work| &work.phases).copied().collect();
	phases.sort_by_key(Encode::encode);
	phases.dedup();
	phases.into_iter().map(|phase| of_phase(work, phase)).collect()
}

fn of_phase(work: &[Work], phase: Phase) -> OfPhase {
	let alone: Vec<_> = work.iter().filter(|work| work.phases == [phase]).collect();
	let (blocks, alone) = if alone.is_empty() {
		(work.iter().filter(|work| work.phases.contains(&phase)).collect(), false)
	} else {
		(alone, true)
	};
	let declared: f64 = blocks.iter().map(|work| work.declared).sum();
	let seconds: f64 = blocks.iter().map(|work| work.seconds).sum();
	OfPhase { phase, declared_per_measured: declared / seconds, blocks: blocks.len(), alone }
}

/// Every block in which settlement has something to do.
pub fn of_blocks(work: &[Work]) -> OfBlocks {
	let busy: Vec<_> = work.iter().filter(|work| work.declared >= LEAST_DECLARED).collect();
	let ratios: Vec<_> = busy.iter().map(|work| work.declared / work.seconds).collect();
	OfBlocks {
		blocks: busy.len(),
		greatest: ratios.iter().copied().fold(0.0, f64::max),
		// Not the infinity that JSON does not know, where no block is busy.
		least: ratios.iter().copied().reduce(f64::min).unwrap_or(0.0),
		longer: ratios.iter().filter(|ratio| **ratio < 1.0).count(),
		whole_longer: busy.iter().filter(|work| work.whole_longer).count(),
	}
}

fn lowercase<S: serde::Serializer>(phase: &Phase, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.serialize_str(&format!("{phase:?}").to_lowercase())
}

#[cfg(test)]
mod tests {
	use super::*;

	fn work(phases: &[Phase], declared: f64, seconds: f64) -> Work {
		Work { phases: phases.to_vec(), seconds, declared, whole_longer: declared < seconds }
	}

	#[test]
	fn phase_is_judged_by_blocks_of_its_own_where_it_has_some() {
		let work = [
			work(&[Phase::Count, Phase::Spread], 2.0, 1.0),
			work(&[Phase::Spread], 1.2, 1.0),
			work(&[Phase::Spread], 1.6, 1.0),
		];
		let [count, spread] = of_phases(&work).try_into().unwrap();
		assert_eq!((count.declared_per_measured, count.blocks, count.alone), (2.0, 1, false));
		assert_eq!((spread.declared_per_measured, spread.blocks, spread.alone), (1.4, 2, true));
	}

	#[test]
	fn blocks_with_little_to_settle_are_left_out() {
		let work = [
			work(&[Phase::Pay], 1.0, 0.8),
			work(&[Phase::Pay], 1.0, 2.0),
			work(&[Phase::Report], 0.1, 0.001),
		];
		let blocks = of_blocks(&work);
		assert_eq!((blocks.blocks, blocks.longer, blocks.whole_longer), (2, 1, 1));
		assert_eq!((blocks.greatest, blocks.least), (1.25, 0.5));
		assert_eq!(of_blocks(&[]), OfBlocks::default());
	}
}
