//! Plain calls and reported revenue, each by the account that made it.

use super::Replay;
use crate::{
	chain::{accounts::Accounts, calls, submit::Submitter},
	output,
};
use anyhow::Result;
use heirloom_primitives::{Purpose, grouped};
use heirloom_scenario::model::Kind;

/// Replays the calls of assets that are used freely, and all revenue.
pub async fn plain(replay: &Replay<'_>, submitter: &mut Submitter<'_>, accounts: &mut Accounts) -> Result<()> {
	let mut transactions = Vec::new();
	let mut called = 0u32;
	for call in replay.scenario.calls.iter().filter(|call| !replay.assets[call.asset].sandboxed) {
		let (fee, id) = (replay.fee(call)?, replay.assets[call.asset].id);
		let payload = calls::call(id, call.units, purpose(replay.scenario.assets[call.asset].kind), fee, None);
		let what = format!("{} calling {}", call.caller, replay.handle(call.asset));
		transactions.push(submitter.sign(accounts.key(&call.caller)?, &payload, what).await?);
		called += 1;
	}
	for revenue in &replay.scenario.revenue {
		let payload = calls::report_revenue(replay.assets[revenue.asset].id, revenue.amount);
		let reporter = &replay.scenario.assets[revenue.asset].creator;
		let what = format!("{reporter} reporting revenue of {}", replay.handle(revenue.asset));
		transactions.push(submitter.sign(accounts.key(reporter)?, &payload, what).await?);
	}
	let progress = output::bar("calls and revenue reports", transactions.len());
	submitter.run(transactions, &progress).await?;
	let reports = replay.scenario.revenue.len();
	output::done(&progress, format!("{} calls and {reports} revenue reports", grouped(u128::from(called))));
	Ok(())
}

/// What assets of a kind are mostly used for.
pub fn purpose(kind: Kind) -> Purpose {
	match kind {
		Kind::Data => Purpose::Training,
		Kind::Model => Purpose::Inference,
		Kind::Script => Purpose::Evaluation,
	}
}
