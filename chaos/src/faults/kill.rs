//! `kill -9` of any validator at random, again and again.

use super::{Options, Seen};
use crate::{
	network::{FULL, VALIDATORS},
	stage::Stage,
};
use anyhow::{Result, ensure};
use heirloom_primitives::Progress;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::{Duration, Instant};
use subxt::rpcs::rpc_params;
use tokio::time::sleep;

/// How long, unless something else is wanted.
const MINUTES: u64 = 30;

/// A victim and how long it lives before and is down after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Blow {
	victim: &'static str,
	spared: Duration,
	down: Duration,
}

/// The next blow. One validator at a time: three of four make blocks final.
fn blow(random: &mut impl Rng) -> Blow {
	Blow {
		victim: VALIDATORS[random.random_range(0..VALIDATORS.len())],
		spared: Duration::from_millis(random.random_range(1_000..15_000)),
		down: Duration::from_millis(random.random_range(500..20_000)),
	}
}

pub async fn run(stage: &mut Stage, options: Options) -> Result<Seen> {
	stage.begin().await?;
	stage.months(1, "before").await?;
	let before = stage.network.settled(stage.first).await?;
	let mut random = ChaCha8Rng::seed_from_u64(options.seed);
	let mut seen = Seen::default();
	let killing = options.lasting(MINUTES);
	let mut in_the_middle = 0;
	let begun = Instant::now();
	while begun.elapsed() < killing {
		let Blow { victim, spared, down } = blow(&mut random);
		sleep(spared).await;
		let full = stage.network.node(FULL)?.eye().await?;
		let progress: Progress = full.request("royalty_progress", rpc_params![]).await?;
		in_the_middle += u32::from(progress.settling.is_some());
		stage.network.node(victim)?.kill()?;
		let minutes = begun.elapsed().as_secs() / 60;
		let settled = stage.network.settled(stage.first).await?;
		let kills = seen.recoveries.len() + 1;
		stage.told.say(format!("{victim} killed, {kills} in {minutes} min; {settled} months settled"));
		sleep(down).await;
		let end = Instant::now();
		let node = stage.network.node(victim)?;
		node.start()?;
		node.answering().await?;
		seen.recoveries.push(stage.network.recovered(end).await?);
		// While the chain keeps what they are recomputed from.
		let different = stage.verify().await?;
		ensure!(different.is_empty(), "{}", different.join("; "));
	}
	ensure!(in_the_middle > 0, "no validator was killed in the middle of a settlement");
	let during = stage.network.settled(stage.first).await? - before;
	seen.remarks.push(format!(
		"{} kills in {} min, seed {}, {in_the_middle} of them in the middle of a settlement; {during} months were settled meanwhile",
		seen.recoveries.len(),
		killing.as_secs() / 60,
		options.seed
	));
	stage.months(1, "after").await?;
	Ok(seen)
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeSet;

	#[test]
	fn every_validator_is_a_victim() {
		let mut random = ChaCha8Rng::seed_from_u64(1);
		let victims: BTreeSet<_> = (0..100).map(|_| blow(&mut random).victim).collect();
		assert_eq!(victims.len(), VALIDATORS.len());
	}

	#[test]
	fn seed_repeats_the_blows() {
		let blows = |seed| {
			let mut random = ChaCha8Rng::seed_from_u64(seed);
			(0..10).map(|_| blow(&mut random)).collect::<Vec<_>>()
		};
		assert_eq!(blows(7), blows(7));
		assert_ne!(blows(7), blows(8));
	}
}
