//! How full blocks are, which is what fees rise by.

use crate::chain::{Chain, read};
use anyhow::Result;
use std::fmt;

/// How full a block has to be for fees to rise after it, in thousandths: the runtime's `TargetBlockFullness`.
const TARGET: u64 = 250;

/// How full the blocks of a stretch of a chain are: what ordinary transactions weigh in them, in thousandths of the most that
/// they may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fullness {
	/// How many blocks there are.
	pub blocks: usize,
	/// How many of them are so full that fees rise.
	pub over: usize,
	/// How full they are on average.
	pub mean: u64,
	/// How full the fullest is.
	pub most: u64,
}

/// The fullness of the blocks after `from`, up to `to`, of which the node has the states.
pub async fn fullness(chain: &Chain, from: u32, to: u32) -> Result<Fullness> {
	let mut shares = Vec::new();
	for number in from + 1..=to {
		let at = chain.at(chain.eye.block(number).await?.hash).await?;
		shares.push(share(read::weight(&at).await?, read::most_weight(&at)?));
	}
	Ok(of(&shares))
}

/// What a weight is of the most that there may be, in thousandths.
fn share(weight: u64, most: u64) -> u64 {
	weight.saturating_mul(1_000) / most.max(1)
}

impl Fullness {
	/// Whether they are so full on average that fees rise.
	pub fn raises_fees(&self) -> bool {
		self.mean > TARGET
	}
}

fn of(shares: &[u64]) -> Fullness {
	let sum: u64 = shares.iter().sum();
	Fullness {
		blocks: shares.len(),
		over: shares.iter().filter(|share| **share > TARGET).count(),
		mean: sum.checked_div(shares.len() as u64).unwrap_or(0),
		most: shares.iter().copied().max().unwrap_or(0),
	}
}

impl fmt::Display for Fullness {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let percent = |share: u64| format!("{}.{} %", share / 10, share % 10);
		write!(
			f,
			"of {} blocks {} were over the {} from which on fees rise; they were {} full on average, the fullest {}",
			self.blocks,
			self.over,
			percent(TARGET),
			percent(self.mean),
			percent(self.most)
		)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn fullness_is_a_share_of_what_may_be() {
		assert_eq!([share(375, 1_500), share(1_468_000_000_000, 1_500_000_000_000)], [250, 978]);
		assert_eq!(share(1, 0), 1_000);
	}

	#[test]
	fn blocks_are_counted_that_raise_fees() {
		let fullness = of(&[250, 251, 978, 0]);
		assert_eq!(fullness, Fullness { blocks: 4, over: 2, mean: 369, most: 978 });
		assert_eq!(
			fullness.to_string(),
			"of 4 blocks 2 were over the 25.0 % from which on fees rise; they were 36.9 % full on average, the fullest \
			 97.8 %"
		);
	}

	#[test]
	fn few_full_blocks_raise_no_fees() {
		assert!(!of(&[978, 0, 0, 0]).raises_fees());
		assert!(of(&[978, 100, 0, 0]).raises_fees());
	}

	#[test]
	fn stretch_without_blocks_is_empty() {
		assert_eq!(of(&[]), Fullness { blocks: 0, over: 0, mean: 0, most: 0 });
	}
}
