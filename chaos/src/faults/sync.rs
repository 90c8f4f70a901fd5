//! Two new nodes come while a month is settled: one executes all blocks, one takes the state with a proof.

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

/// The new nodes and how they sync.
const NEW: [(&str, &str); 2] = [("by-blocks", "full"), ("by-proof", "warp")];

pub async fn run(stage: &mut Stage) -> Result<Seen> {
	stage.begin().await?;
	stage.months(3, "before").await?;
	for (name, mode) in NEW {
		stage.network.add(name, &["--sync", mode])?;
	}
	let middle = stage.settling("before").await?;
	let begun = Instant::now();
	for (name, _) in NEW {
		stage.network.node(name)?.start()?;
	}
	stage.months(1, "two new nodes are syncing").await?;
	for (name, _) in NEW {
		stage.network.node(name)?.answering().await?;
	}
	let mut seen = Seen::default();
	seen.recoveries.push(stage.network.recovered(begun).await?);
	same_state(stage).await?;
	let said = std::fs::read_to_string(&stage.network.node("by-proof")?.log)?;
	ensure!(said.contains("Warp sync is complete"), "the node did not sync by proof");
	seen.remarks.push(format!(
		"both began {middle}; one executed all blocks and one synced by proof, and both have the root of all others"
	));
	stage.months(1, "after").await?;
	Ok(seen)
}

/// Waits until the new nodes answer from the state of one final block as the full node does.
async fn same_state(stage: &mut Stage) -> Result<()> {
	let full = stage.network.node(FULL)?.eye().await?;
	let head = full.finalized().await?;
	let should: Progress = full.request("royalty_progress", rpc_params![head.hash]).await?;
	for (name, _) in NEW {
		let url = stage.network.node(name)?.url().to_owned();
		wait::until(&format!("{name} has the state of block {}", head.number), PATIENCE, async || {
			let eye = crate::chain::Eye::open(&url).await?;
			ensure!(eye.block(head.number).await? == head, "it has another block {}", head.number);
			let is: Progress = eye.request("royalty_progress", rpc_params![head.hash]).await?;
			Ok((is == should).then_some(()))
		})
		.await
		.with_context(|| name.to_owned())?;
	}
	Ok(())
}
