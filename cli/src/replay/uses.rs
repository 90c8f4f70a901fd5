//! Plain calls and reported revenue, each by the account that made it.

use super::Replay;
use crate::chain::{
	accounts::Accounts,
	calls,
	submit::{Signed, Submitter},
};
use anyhow::Result;
use heirloom_primitives::Purpose;
use heirloom_scenario::model::Kind;

/// The calls of assets that are used freely, and all reports of revenue, signed.
pub async fn transactions(
	replay: &Replay<'_>,
	submitter: &mut Submitter<'_>,
	accounts: &mut Accounts,
) -> Result<Vec<Signed>> {
	let mut transactions = Vec::new();
	for call in replay.scenario.calls.iter().filter(|call| !replay.is_sandboxed(call)) {
		let (fee, id) = (replay.fee(call)?, replay.assets[call.asset].id);
		let payload =
			calls::call(id, call.units, purpose(replay.scenario.assets[call.asset].kind), fee, None);
		let what = format!("{} calling {}", call.caller, replay.handle(call.asset));
		transactions.push(submitter.sign(accounts.key(&call.caller)?, &payload, what).await?);
	}
	for revenue in &replay.scenario.revenue {
		let payload = calls::report_revenue(replay.assets[revenue.asset].id, revenue.amount);
		let reporter = &replay.scenario.assets[revenue.asset].creator;
		let what = format!("{reporter} reporting revenue of {}", replay.handle(revenue.asset));
		transactions.push(submitter.sign(accounts.key(reporter)?, &payload, what).await?);
	}
	Ok(transactions)
}

/// What assets of a kind are mostly used for.
pub fn purpose(kind: Kind) -> Purpose {
	match kind {
		Kind::Data => Purpose::Training,
		Kind::Model => Purpose::Inference,
		Kind::Script => Purpose::Evaluation,
	}
}
