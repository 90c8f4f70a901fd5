//! The network falls apart into two halves, of which neither makes blocks final, and is joined again.

use super::Seen;
use crate::{
	network::{FULL, PATIENCE},
	stage::Stage,
	wait,
};
use anyhow::{Context, Result, ensure};
use heirloom_primitives::Progress;
use std::time::Instant;
use subxt::rpcs::rpc_params;

/// A validator of the half that the full node is not in.
const OTHER: &str = "alice";
/// Blocks that each half builds alone: more than a month, so that each of them settles one for itself.
const APART: u32 = 12;

pub async fn run(stage: &mut Stage) -> Result<Seen> {
	stage.begin().await?;
	stage.months(1, "before").await?;
	let middle = stage.settling("before").await?;
	let namespaces = stage.network.namespaces.as_ref().context("the nodes have no namespaces")?;
	namespaces.cut()?;
	let (left, right) =
		(stage.network.node(OTHER)?.url().to_owned(), stage.network.node(FULL)?.url().to_owned());
	let halves = [left, right];
	let begin = bests(&halves).await?;
	let before = stage.network.progress().await?;
	let told = &stage.told;
	let fork = wait::until("both halves build blocks of their own", PATIENCE, async || {
		let best = bests(&halves).await?;
		told.say(format!("cut: one half at block {}, the other at {}", best[0].number, best[1].number));
		let long = best.iter().zip(&begin).all(|(now, then)| now.number >= then.number + APART);
		Ok(long.then_some(best))
	})
	.await?;
	let common = fork[0].number.min(fork[1].number);
	let [left, right] =
		[eye(&halves[0]).await?.block(common).await?, eye(&halves[1]).await?.block(common).await?];
	ensure!(left != right, "the halves still build on each other: the network was not cut");
	let finals = [eye(&halves[0]).await?.finalized().await?, eye(&halves[1]).await?.finalized().await?];
	// The last commit before the cut may have reached one half only; nothing that a half built alone is final.
	let last = finals[0].number.max(finals[1].number);
	let same = [eye(&halves[0]).await?.hash(last).await?, eye(&halves[1]).await?.hash(last).await?];
	ensure!(same[0] == same[1], "a half without a majority made its block {last} final");
	for half in &halves {
		let settled: Progress = eye(half).await?.request("royalty_progress", rpc_params![]).await?;
		ensure!(settled.settled > before.settled, "a half settled no month for itself");
	}
	let built = fork.iter().zip(&finals).map(|(best, last)| best.number - last.number).min().unwrap_or(0);
	stage.told.say("healed");
	stage.network.namespaces.as_ref().context("the nodes have no namespaces")?.heal()?;
	let end = Instant::now();
	let mut seen = Seen::default();
	seen.recoveries.push(stage.network.recovered(end).await?);
	seen.remarks.push(format!("the cable was cut {middle}"));
	seen.remarks.push(format!(
		"each half built {built} blocks or more that could not become final, with a settlement in them; one half's were \
		 given up"
	));
	stage.months(2, "after").await?;
	Ok(seen)
}

async fn eye(url: &str) -> Result<crate::chain::Eye> {
	crate::chain::Eye::open(url).await
}

async fn bests(halves: &[String; 2]) -> Result<[crate::chain::Head; 2]> {
	Ok([eye(&halves[0]).await?.best().await?, eye(&halves[1]).await?.best().await?])
}
