//! How fast a network makes blocks.

use crate::{
	chain::{Chain, read},
	clocks::Moment,
};
use anyhow::Result;
use std::fmt;

/// The times between the blocks of a stretch of a chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
	/// How many there are.
	pub blocks: u32,
	/// Seconds from block to block, on average.
	pub mean: f64,
	/// Seconds between the two that are furthest apart.
	pub longest: f64,
}

/// The pace of the blocks after `from`, up to `to`, of which the node has the states.
pub async fn pace(chain: &Chain, from: u32, to: u32) -> Result<Pace> {
	let mut times = Vec::new();
	for number in from..=to {
		let hash = chain.eye.block(number).await?.hash;
		times.push(read::time(&chain.at(hash).await?).await?);
	}
	Ok(of(&times))
}

fn of(times: &[Moment]) -> Pace {
	let gaps: Vec<Moment> = times.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).collect();
	let blocks = u32::try_from(gaps.len()).unwrap_or(u32::MAX);
	let sum: Moment = gaps.iter().sum();
	Pace {
		blocks,
		mean: seconds(sum) / f64::from(blocks.max(1)),
		longest: seconds(gaps.iter().copied().max().unwrap_or(0)),
	}
}

/// Milliseconds as seconds; exact for all that a trial lasts.
fn seconds(millis: Moment) -> f64 {
	f64::from(u32::try_from(millis).unwrap_or(u32::MAX)) / 1_000.0
}

impl fmt::Display for Pace {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} blocks, one each {:.2} s, at most {:.1} s apart", self.blocks, self.mean, self.longest)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn pace_is_of_the_gaps_between_blocks() {
		let pace = of(&[6_000, 12_000, 18_000, 36_000]);
		assert_eq!(pace, Pace { blocks: 3, mean: 10.0, longest: 18.0 });
		assert_eq!(pace.to_string(), "3 blocks, one each 10.00 s, at most 18.0 s apart");
	}

	#[test]
	fn stretch_without_blocks_has_no_pace() {
		assert_eq!(of(&[6_000]), Pace { blocks: 0, mean: 0.0, longest: 0.0 });
	}
}
