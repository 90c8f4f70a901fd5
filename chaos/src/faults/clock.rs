//! The clock of one validator is wrong by 20 seconds: more than three slots.

use super::Seen;
use crate::{
	clocks::{midnight, moved, now},
	stage::Stage,
};
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path, time::Instant};

/// Whose clock it is.
const VICTIM: &str = "charlie";
/// How wrong it is: first ahead, then behind.
const SECONDS: [i64; 2] = [20, -20];
/// Seconds within which its last word tells its clock, on a machine that others use too.
const TOLERANCE: i64 = 15;

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
		stage.network.recovered(Instant::now()).await?;
		let off = said_at(&stage.network.node(VICTIM)?.log)? - i64::try_from(now()? / 1_000)?;
		// A node tells of itself each five seconds.
		ensure!((off - seconds).abs() <= TOLERANCE, "{VICTIM}'s clock is {off:+} s off, not {seconds:+} s");
		seen.remarks
			.push(format!("with {what} finality went on, also on that node, and 2 months were settled"));
	}
	let node = stage.network.node(VICTIM)?;
	node.stop().await?;
	node.place.environment.clear();
	let end = Instant::now();
	node.start()?;
	node.answering().await?;
	seen.recoveries.push(stage.network.recovered(end).await?);
	stage.months(1, "after").await?;
	Ok(seen)
}

/// The time in front of the last line of a log, by the node's own clock, in seconds since the Unix epoch.
fn said_at(log: &Path) -> Result<i64> {
	let text = fs::read(log)?;
	let text = String::from_utf8_lossy(&text);
	text.lines().rev().find_map(stamp).context("the node's log has no time")
}

/// The time in front of a line: `2026-11-25 21:20:26 Idle`.
fn stamp(line: &str) -> Option<i64> {
	let number = |from: usize, to: usize| line.get(from..to)?.parse::<u32>().ok();
	let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
	let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
	if !(1..=12).contains(&month) || day == 0 || year < 1970 {
		return None;
	}
	let day = i64::try_from(midnight(year, month, day) / 1_000).ok()?;
	Some(day + i64::from(3_600 * hour + 60 * minute + second))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn time_of_a_line_is_read() {
		assert_eq!(stamp("2026-04-01 00:00:07 Idle"), Some(1_775_001_607));
		assert_eq!(stamp("0: no time"), None);
		assert_eq!(stamp("2026-13-01 00:00:07 Idle"), None);
	}
}
