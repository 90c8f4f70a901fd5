//! All nodes are down over a month's end. The month is settled once, by the first block after it, and so are those after.

use super::{MONTH, Seen};
use crate::{
	chain::{At, keys::pallet_account, read},
	clocks,
	stage::Stage,
};
use anyhow::{Result, ensure};
use heirloom_primitives::{Moment, Period, PeriodReport};
use std::time::{Duration, Instant};
use subxt::rpcs::rpc_params;
use tokio::time::sleep;

/// What must be left of a month in which the nodes are killed: one is killed after the other, and blocks are made meanwhile.
const IN_TIME: Duration = Duration::from_secs(20);

pub async fn run(stage: &mut Stage) -> Result<Seen> {
	stage.begin().await?;
	stage.months(1, "before").await?;
	stage.told.say("waiting for bookings of a month that has not ended soon");
	let (open, end) = booked(stage).await?;
	stage.told.say(format!("all nodes down over the end of {open}"));
	for node in &mut stage.network.nodes {
		node.kill()?;
	}
	// Until a clock that nobody can look at has passed the month's end: here it is the time itself that is waited for.
	sleep(left(end)? + Duration::from_secs(5)).await;
	stage.told.say("starting all nodes");
	let started = clocks::now()?;
	let end = Instant::now();
	stage.network.start().await?;
	let mut seen = Seen::default();
	seen.recoveries.push(stage.network.recovered(end).await?);
	stage.months(2, "after").await?;
	closed_since(stage, open, started).await?;
	seen.remarks.push(format!("{open} ended with all nodes down, and was settled when they were up again"));
	Ok(seen)
}

/// Fails where a settled month was closed before this moment, at which nodes that had been down over its end were started.
pub async fn closed_since(stage: &Stage, month: Period, started: Moment) -> Result<()> {
	let chain = stage.network.chain().await?;
	let at = chain.eye.finalized().await?.hash;
	let report: PeriodReport = chain.eye.request("royalty_period", rpc_params![month, at]).await?;
	// Blocks are not made before the slot that they are stamped with.
	ensure!(report.closed_at >= started, "{month} was closed before the nodes were started after its end");
	Ok(())
}

/// Waits until something is booked for an open month with so much time left that the nodes are down before it ends; the month,
/// and when it ends.
async fn booked(stage: &Stage) -> Result<(Period, Moment)> {
	let pot = pallet_account(b"hl/royal");
	let chain = stage.network.chain().await?;
	let mut before = None;
	crate::wait::until("something is booked in time", crate::network::PATIENCE, async || {
		let open = stage.network.progress().await?.open;
		let at = chain.at(chain.eye.finalized().await?.hash).await?;
		let end = end(stage, &at, open).await?;
		let now = read::balance(&at, &pot).await?;
		// From one block to the next: what is paid for the month before lowers it again.
		let rose = matches!(before, Some((month, last)) if month == open && now > last);
		before = Some((open, now));
		let found = rose && left(end)? >= IN_TIME;
		Ok(found.then_some((open, end)))
	})
	.await
}

/// When a month ends.
pub async fn end(stage: &Stage, at: &At, month: Period) -> Result<Moment> {
	Ok(read::start(at).await? + u64::from(month.0 + 1 - stage.first.0) * MONTH * 1_000)
}

/// How long it is until then.
pub fn left(end: Moment) -> Result<Duration> {
	Ok(Duration::from_millis(end.saturating_sub(clocks::now()?)))
}
