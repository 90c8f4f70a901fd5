//! From the month's last transaction to its report.

use super::Replay;
use crate::{
	chain::{accounts::Accounts, calls, clock, council, follow::Head, submit::Submitter},
	output::{self, count},
};
use anyhow::Result;
use heirloom_primitives::{Phase, Progress};
use heirloom_scenario::Status;
use std::time::Duration;

/// How long to wait before asking again how far a settlement is.
const POLL: Duration = Duration::from_millis(500);

/// The curators delist what is delisted at the month's close.
pub async fn delist(
	replay: &Replay<'_>,
	submitter: &mut Submitter<'_>,
	accounts: &mut Accounts,
) -> Result<()> {
	let mut delisting = Vec::new();
	let reason = format!("delisted at the close of {} in the scenario", replay.period);
	for (asset, view) in replay.scenario.assets.iter().zip(&replay.assets) {
		if asset.status == Status::Delisted {
			delisting.push(submitter.encode(&calls::delist(view.id, &reason))?);
		}
	}
	if delisting.is_empty() {
		return Ok(());
	}
	let progress = output::spinner("the curators delist");
	let assets = count(delisting.len(), "asset");
	let motion = submitter.encode(&calls::batch_all(delisting))?;
	council::decide(submitter, accounts, motion, "delisting").await?;
	output::done(&progress, format!("{assets} delisted by the curators"));
	Ok(())
}

/// Ends the month, on a chain with a simulated clock at once, and waits for its report.
pub async fn wait(replay: &Replay<'_>) -> Result<()> {
	let (chain, period) = (replay.chain, replay.period);
	let mut simulated = clock::is_simulated(chain);
	let progress = output::spinner(format!("waiting for the end of {period}"));
	let mut state = chain.progress().await?;
	if simulated && state.open == period {
		clock::advance_to(chain, period.plus(1)).await?;
	}
	loop {
		state = chain.progress().await?;
		if state.settled >= Some(period) {
			break;
		}
		if let Some(text) = phase(&state) {
			progress.set_message(text);
		}
		if simulated && state.settling.is_some() {
			simulated = clock::seal(chain).await?;
		} else {
			tokio::time::sleep(POLL).await;
		}
	}
	let report = chain.report(period).await?;
	while Head::Final.number(chain).await? < report.reported_in {
		tokio::time::sleep(POLL).await;
	}
	let blocks = count((report.reported_in - report.closed_in + 1) as usize, "block");
	output::done(&progress, format!("{period} is closed and settled by the chain's hooks, in {blocks}"));
	Ok(())
}

/// Where a settlement is, for a person.
fn phase(state: &Progress) -> Option<String> {
	let settling = state.settling?;
	let doing = match settling.phase {
		Phase::Count => "counting units",
		Phase::Rank => "ranking",
		Phase::Weigh => "weighing ancestors",
		Phase::Spread => "spreading pots",
		Phase::Due => "stating what is due",
		Phase::Pay => "paying",
		Phase::Report => "reporting",
	};
	let pages =
		if settling.of > 0 { format!(", {} of {}", settling.done, settling.of) } else { String::new() };
	Some(format!("settling {}: {doing}{pages}", settling.period))
}
