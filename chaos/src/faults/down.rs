//! Some validators are down for two months, and come back.

use super::Seen;
use crate::{
	network::{PATIENCE, VALIDATORS},
	stage::Stage,
	wait,
};
use anyhow::{Result, ensure};
use heirloom_primitives::Progress;
use std::time::Instant;
use subxt::rpcs::rpc_params;

/// How many months pass without them.
const MONTHS: u32 = 2;

pub async fn run(stage: &mut Stage, victims: &[&str]) -> Result<Seen> {
	stage.begin().await?;
	stage.months(1, "before").await?;
	let middle = stage.settling("before").await?;
	for victim in victims {
		stage.network.node(victim)?.kill()?;
	}
	// A majority of more than two thirds makes blocks final.
	let finality = 3 * (VALIDATORS.len() - victims.len()) > 2 * VALIDATORS.len();
	let mut seen = Seen::default();
	seen.remarks.push(format!("they went down {middle}"));
	let down = format!("{} down", victims.join(" and "));
	if finality {
		stage.months(MONTHS, &down).await?;
		seen.remarks.push(format!("finality went on with {down}, and {MONTHS} months were settled"));
	} else {
		let (built, held) = without_finality(stage, &down).await?;
		seen.remarks.push(format!(
			"with {down} nothing after block {held} became final, while {built} blocks and the settlement of {MONTHS} \
			 months were built on it"
		));
	}
	stage.told.say("starting them again");
	let end = Instant::now();
	stage.network.start().await?;
	seen.recoveries.push(stage.network.recovered(end).await?);
	stage.months(2, "after").await?;
	Ok(seen)
}

/// Waits until months were settled in blocks that are not final; returns how many blocks were built, and on which.
async fn without_finality(stage: &Stage, down: &str) -> Result<(u32, u32)> {
	let chain = stage.network.chain().await?;
	let target = stage.network.settled(stage.first).await? + MONTHS;
	let first = stage.first;
	let told = &stage.told;
	wait::until(&format!("{target} months are settled in blocks that are not final"), PATIENCE, async || {
		let progress: Progress = chain.eye.request("royalty_progress", rpc_params![]).await?;
		let settled = progress.settled.map_or(0, |settled| settled.0 + 1 - first.0);
		let (best, last) = (chain.eye.best().await?.number, chain.eye.finalized().await?.number);
		told.say(format!("{down}: block {best}, final {last}; {settled} of {target} months settled"));
		Ok((settled >= target).then_some(()))
	})
	.await?;
	let (best, last) = (chain.eye.best().await?, chain.eye.finalized().await?);
	// Two months have 20 slots, of which half have an author: what was final shortly after the fall does not move.
	ensure!(best.number > last.number + 5, "blocks became final without a majority");
	Ok((best.number - last.number, last.number))
}
