//! The real end of a month: the validators' system clocks show 23:58 on its last day. And the leap day.

use super::Seen;
use crate::{
	clocks::{DAY, Moment, midnight, moved, seconds_to, shown},
	network::{Network, PATIENCE},
	stage::Stage,
	wait,
};
use anyhow::{Context, Result, ensure};
use heirloom_primitives::{Period, PeriodReport};
use std::time::Instant;
use subxt::rpcs::rpc_params;

/// How long before midnight the nodes start.
const BEFORE: Moment = 2 * 60 * 1_000;
/// By when everybody has to be paid, after midnight.
const PAID_BY: Moment = 5 * 60 * 1_000;

/// From March 31 to April 1, 2026.
pub async fn month_end(stage: &mut Stage) -> Result<Seen> {
	let end = midnight(2026, 4, 1);
	set_clocks(&mut stage.network, end - BEFORE)?;
	stage.begin().await?;
	let mut seen = Seen::default();
	let march = stage.first;
	ensure!(march == month(2026, 3)?, "the chain begins in {march}");
	settles_at(stage, march, end, &mut seen).await?;
	seen.recoveries.push(stage.network.recovered(Instant::now()).await?);
	Ok(seen)
}

/// February 29 of a leap year belongs to February: nothing is settled as it begins, and the month as it ends.
pub async fn leap_day(stage: &mut Stage) -> Result<Seen> {
	let leap = midnight(2028, 2, 29);
	let ahead = set_clocks(&mut stage.network, leap - BEFORE)?;
	stage.begin().await?;
	let mut seen = Seen::default();
	let february = stage.first;
	ensure!(february == month(2028, 2)?, "the chain begins in {february}");
	let network = &stage.network;
	let told = &stage.told;
	wait::until("blocks of February 29 are final", PATIENCE, async || {
		told.say(format!("{} on the clocks", minute(shown(ahead)?)));
		Ok((chain_time(network).await? >= leap + 20_000).then_some(()))
	})
	.await?;
	let open = stage.network.progress().await?;
	ensure!(open.open == february && open.settled.is_none(), "{} is open on February 29", open.open);
	stage.told.say("stopping the nodes, to start them on February 29");
	stage.network.stop().await?;
	set_clocks(&mut stage.network, leap + DAY - BEFORE)?;
	let up = Instant::now();
	stage.network.start().await?;
	seen.recoveries.push(stage.network.recovered(up).await?);
	settles_at(stage, february, leap + DAY, &mut seen).await?;
	seen.remarks.push("February 29 began and nothing was settled".into());
	Ok(seen)
}

/// Waits until a month is settled, and compares when it was with when it had to be.
async fn settles_at(stage: &Stage, period: Period, end: Moment, seen: &mut Seen) -> Result<()> {
	let (network, told) = (&stage.network, &stage.told);
	let report: PeriodReport = wait::until(&format!("{period} is settled"), PATIENCE, async || {
		told.say(format!("{} on the chain", minute(chain_time(network).await?)));
		if network.progress().await?.settled != Some(period) {
			return Ok(None);
		}
		let chain = network.chain().await?;
		let at = chain.eye.finalized().await?.hash;
		Ok(Some(chain.eye.request("royalty_period", rpc_params![period, at]).await?))
	})
	.await?;
	let PeriodReport { closed_at, reported_at, payments, .. } = report;
	ensure!(closed_at >= end, "{period} was closed at {}, before its end", time_of_day(closed_at));
	ensure!(reported_at < end + PAID_BY, "{period} was paid at {} only", time_of_day(reported_at));
	ensure!(payments > 0, "{period} paid nobody");
	seen.remarks.push(format!(
		"{period} was closed by the block of {} and paid to {payments} payees by that of {}",
		time_of_day(closed_at),
		time_of_day(reported_at)
	));
	Ok(())
}

/// Moves the clocks of all nodes, which are down, so that they show a moment now; returns by how many seconds.
fn set_clocks(network: &mut Network, moment: Moment) -> Result<i64> {
	let ahead = seconds_to(moment)?;
	for node in &mut network.nodes {
		node.place.environment = moved(ahead)?;
	}
	Ok(ahead)
}

/// The time of the last final block.
async fn chain_time(network: &Network) -> Result<Moment> {
	let chain = network.chain().await?;
	let at = chain.at(chain.eye.finalized().await?.hash).await?;
	crate::chain::read::time(&at).await
}

fn month(year: u32, month: u32) -> Result<Period> {
	Period::new(year, month).context("a month")
}

/// `00:00` of a moment, in UTC.
fn minute(moment: Moment) -> String {
	let minutes = moment % DAY / 60_000;
	format!("{:02}:{:02} UTC", minutes / 60, minutes % 60)
}

/// `00:00:06` of a moment, in UTC.
fn time_of_day(moment: Moment) -> String {
	let seconds = moment % DAY / 1_000;
	format!("{:02}:{:02}:{:02} UTC", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn time_of_day_is_written_in_utc() {
		assert_eq!(time_of_day(midnight(2026, 4, 1)), "00:00:00 UTC");
		assert_eq!(time_of_day(midnight(2026, 4, 1) - BEFORE), "23:58:00 UTC");
		assert_eq!(minute(midnight(2026, 4, 1) - 1), "23:59 UTC");
	}
}
