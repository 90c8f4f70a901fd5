//! Clients flood the RPC of a validator and of a full node: its limits hold, no node ends, and blocks come as before.

use super::{Options, Seen};
use crate::{
	assault::{ANSWERED, POSTED, Tally, assault, heavy_calls, post_heavy},
	network::FULL,
	pace::pace,
	stage::Stage,
};
use anyhow::{Context, Result, ensure};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::{
	net::SocketAddr,
	time::{Duration, Instant},
};

/// How long, unless something else is wanted.
const MINUTES: u64 = 5;
/// The nodes that are flooded.
const VICTIMS: [&str; 2] = ["alice", FULL];
/// Connections over which heavy calls are posted to each at a time, beside all else.
const POSTERS: usize = 8;
/// What every limit says that is reached.
const LIMITS: [(&str, &str); 5] = [
	("call", "-32999"),
	("long batch", "-32010"),
	("large body", "status 413"),
	("connection", "status 429"),
	("subscription", "-32006"),
];
/// How much longer the time between blocks may be, in percent.
const SLOWER: f64 = 10.0;

pub async fn run(stage: &mut Stage, options: Options) -> Result<Seen> {
	let mut addresses = Vec::new();
	for name in VICTIMS {
		addresses.push(stage.network.publish(name)?);
	}
	stage.begin().await?;
	stage.months(3, "before").await?;
	let chain = stage.network.chain().await?;
	let begin = chain.eye.finalized().await?.number;
	let quiet = pace(&chain, 1, begin).await?;
	let lasting = options.lasting(MINUTES);
	let tally = flood(stage, &addresses, options.seed, lasting).await?;
	let end = Instant::now();
	let mut seen = Seen::default();
	seen.recoveries.push(stage.network.recovered(end).await?);
	let flooded = pace(&chain, begin, chain.eye.finalized().await?.number).await?;
	for (kind, result) in LIMITS {
		ensure!(
			tally.contains_key(&(kind, result.into())),
			"the limit of each {kind} did not hold: no {result}"
		);
	}
	ensure!(tally.contains_key(&(POSTED, ANSWERED.into())), "no {POSTED} was answered");
	ensure!(
		flooded.mean <= quiet.mean * (1.0 + SLOWER / 100.0),
		"blocks came slower: before {quiet}; flooded {flooded}"
	);
	seen.remarks.push(format!(
		"{} flooded for {} min, seed {}: {}",
		VICTIMS.join(" and "),
		lasting.as_secs() / 60,
		options.seed,
		listed(&tally)
	));
	seen.remarks.push(format!("before the flood {quiet}; in it {flooded}"));
	stage.months(1, "after").await?;
	Ok(seen)
}

/// Floods all addresses at the same time, again and again.
async fn flood(stage: &Stage, addresses: &[SocketAddr], seed: u64, lasting: Duration) -> Result<Tally> {
	let month = stage.network.progress().await?.settled.context("no month is settled")?;
	let end = Instant::now() + lasting;
	let mut floods = tokio::task::JoinSet::new();
	for (address, number) in addresses.iter().copied().zip(seed..) {
		floods.spawn(async move {
			let (mut tally, mut random) = (Tally::new(), ChaCha8Rng::seed_from_u64(number));
			while Instant::now() < end {
				assault(address, &mut random, &mut tally).await;
			}
			tally
		});
		for _ in 0..POSTERS {
			floods.spawn(post_heavy(address, heavy_calls(month), end));
		}
	}
	stage.told.say(format!("flooding the RPC of {}", VICTIMS.join(" and ")));
	let mut sum = Tally::new();
	for tally in floods.join_all().await {
		for (what, count) in tally {
			*sum.entry(what).or_default() += count;
		}
	}
	Ok(sum)
}

/// `call: 3 answered, 1 -32999; batch: 2 answered`.
fn listed(tally: &Tally) -> String {
	let mut kinds: Vec<(&str, Vec<String>)> = Vec::new();
	for ((kind, result), count) in tally {
		let text = format!("{count} {result}");
		match kinds.last_mut() {
			Some((last, results)) if last == kind => results.push(text),
			_ => kinds.push((kind, vec![text])),
		}
	}
	let kinds: Vec<_> =
		kinds.iter().map(|(kind, results)| format!("{kind}: {}", results.join(", "))).collect();
	kinds.join("; ")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn results_are_listed_by_kind() {
		let tally = Tally::from([
			(("call", "answered".into()), 3),
			(("call", "-32999".into()), 1),
			(("batch", "answered".into()), 2),
		]);
		assert_eq!(listed(&tally), "batch: 2 answered; call: 1 -32999, 3 answered");
	}
}
