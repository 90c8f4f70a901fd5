//! The clock of one validator is wrong by 20 seconds: more than three slots.

use super::Seen;
use crate::{clocks::moved, stage::Stage};
use anyhow::Result;

/// Whose clock it is.
const VICTIM: &str = "charlie";
/// How wrong it is: first ahead, then behind.
const SECONDS: [i64; 2] = [20, -20];

pub async fn run(stage: &mut Stage) -> Result<Seen> {
	stage.begin().await?;
	stage.months(1, "before").await?;
	let mut seen = Seen::default();
	for seconds in SECONDS {
		let node = stage.network.node(VICTIM)?;
		node.stop().await?;
		node.place.environment = moved(seconds)?;
		node.start()?;
		node.answering().await?;
		let what = format!("{VICTIM}'s clock {seconds:+} s");
		stage.months(2, &what).await?;
		stage.network.recovered().await?;
		seen.remarks
			.push(format!("with {what} finality went on, also on that node, and 2 months were settled"));
	}
	let node = stage.network.node(VICTIM)?;
	node.stop().await?;
	node.place.environment.clear();
	node.start()?;
	node.answering().await?;
	seen.recoveries.push(stage.network.recovered().await?);
	stage.months(1, "after").await?;
	Ok(seen)
}
