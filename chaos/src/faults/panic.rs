//! The council brings a runtime that panics at the beginning of every block: no more can be made, and so no motion replaces it.
//! All nodes are given good code in its place, with which the council puts a repaired runtime on the chain.

use super::{Seen, downtime, upgrade};
use crate::{
	chain::{council::Sight, rpc_params},
	clocks,
	network::{PATIENCE, VALIDATORS},
	stage::Stage,
	wait,
};
use anyhow::{Result, ensure};
use heirloom_primitives::{Period, Progress};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// What a validator says whose block fails: the runtime's last words, and its own.
const SAID: [&str; 2] = ["the migration of a broken runtime", "Proposing failed"];
/// A node that comes when all is over, and executes all blocks.
const LATE: &str = "late";

pub async fn run(stage: &mut Stage) -> Result<Seen> {
	let programs = &stage.network.programs;
	let (broken, good) = (programs.broken_code()?, programs.next_code()?);
	let repaired = programs.repaired_code()?;
	stage.begin().await?;
	stage.months(2, "before").await?;
	// Nothing is built on the last block, so it never becomes final: it is looked for among blocks that are not.
	let last = upgrade::bring(stage, broken, Sight::Best).await?;
	let middle = upgrade::in_the_middle(stage, last).await?;
	let open = without_blocks(stage, last).await?;
	stage.told.say("stopping all nodes");
	stage.network.stop().await?;
	stage.network.substitute(last, &good)?;
	stage.told.say("starting all nodes with a substitute");
	let started = clocks::now()?;
	let end = Instant::now();
	stage.network.start().await?;
	let mut seen = Seen::default();
	seen.recoveries.push(stage.network.recovered(end).await?);
	// The chain's own code has a migration that panics; the substitute's is the one that was meant.
	upgrade::migrated(stage, last).await?;
	stage.months(2, "with the substitute").await?;
	downtime::closed_since(stage, open, started).await?;
	seen.remarks.push(format!(
		"the code changed in block {last}, {middle}, and no block followed until all nodes had a substitute, whose migration ran \
		 in the next; {open}, which ended meanwhile, was settled then"
	));
	let changed = upgrade::apply(stage, repaired).await?;
	stage.told.say("a new node executes all blocks");
	let begun = Instant::now();
	let late = stage.network.add(LATE, &["--sync", "full"])?;
	late.start()?;
	late.answering().await?;
	stage.network.recovered(begun).await?;
	stage.months(1, "after").await?;
	seen.remarks.push(format!(
		"the council put a repaired runtime on the chain in block {changed}, after which the substitute is not used; a new \
		 node with it in its spec executed all blocks"
	));
	Ok(seen)
}

/// Waits until the open month has ended, and every validator has failed to make a block after the last one; returns which
/// month.
async fn without_blocks(stage: &Stage, last: u32) -> Result<Period> {
	let chain = stage.network.chain().await?;
	let at = chain.eye.block(last).await?.hash;
	let Progress { open, .. } = chain.eye.request("royalty_progress", rpc_params![at]).await?;
	let end = downtime::end(stage, &chain.at(at).await?, open).await?;
	stage.told.say(format!("no block can follow block {last}, over the end of {open}"));
	// No block tells the time: here it is the time itself that is waited for.
	sleep(downtime::left(end)? + Duration::from_secs(5)).await;
	wait::until("every validator has failed to make a block", PATIENCE, async || {
		let validators = stage.network.nodes.iter().filter(|node| VALIDATORS.contains(&node.name.as_str()));
		let failed =
			validators.map(|node| node.said()).all(|said| SAID.iter().all(|what| said.contains(what)));
		Ok(failed.then_some(()))
	})
	.await?;
	for node in &stage.network.nodes {
		let best = node.eye().await?.best().await?.number;
		ensure!(best == last, "{} has block {best}, and none can follow block {last}", node.name);
	}
	Ok(open)
}
