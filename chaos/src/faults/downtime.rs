//! All nodes are down over a month's end. The month is settled once, by the first block after it, and so are those after.

use super::{MONTH, Seen};
use crate::{
	chain::{keys::pallet_account, read},
	stage::Stage,
};
use anyhow::{Result, ensure};
use heirloom_primitives::PeriodReport;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use subxt::rpcs::rpc_params;
use tokio::time::sleep;

pub async fn run(stage: &mut Stage) -> Result<Seen> {
	stage.begin().await?;
	stage.months(1, "before").await?;
	stage.told.say("waiting for bookings of the open month");
	booked(stage).await?;
	let chain = stage.network.chain().await?;
	let open = stage.network.progress().await?.open;
	let head = chain.eye.finalized().await?;
	let start = read::start(&chain.at(head.hash).await?).await?;
	let end = start + u64::from(open.0 + 1 - stage.first.0) * MONTH * 1_000;
	stage.told.say(format!("all nodes down over the end of {open}"));
	for node in &mut stage.network.nodes {
		node.kill()?;
	}
	// Until a clock that nobody can look at has passed the month's end: here it is the time itself that is waited for.
	let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
	sleep(Duration::from_millis(end).saturating_sub(now) + Duration::from_secs(5)).await;
	stage.told.say("starting all nodes");
	let started = SystemTime::now().duration_since(UNIX_EPOCH)?;
	let end = Instant::now();
	stage.network.start().await?;
	let mut seen = Seen::default();
	seen.recoveries.push(stage.network.recovered(end).await?);
	stage.months(2, "after").await?;
	let chain = stage.network.chain().await?;
	let at = chain.eye.finalized().await?.hash;
	let report: PeriodReport = chain.eye.request("royalty_period", rpc_params![open, at]).await?;
	// Blocks are not made before the slot that they are stamped with.
	ensure!(
		u128::from(report.closed_at) >= started.as_millis(),
		"{open} was closed before the nodes were down over its end"
	);
	seen.remarks.push(format!("{open} ended with all nodes down, and was settled when they were up again"));
	Ok(seen)
}

/// Waits until something is booked for the open month.
async fn booked(stage: &Stage) -> Result<()> {
	let pot = pallet_account(b"hl/royal");
	let chain = stage.network.chain().await?;
	let before = read::balance(&chain.at(chain.eye.finalized().await?.hash).await?, &pot).await?;
	crate::wait::until("something is booked", crate::network::PATIENCE, async || {
		let now = read::balance(&chain.at(chain.eye.finalized().await?.hash).await?, &pot).await?;
		Ok((now > before).then_some(()))
	})
	.await
}
