//! Uses of sandboxed assets: owners set policies, consumers ask for permits, an operator completes the jobs.
//!
//! The client plays the operator. It runs no code beside any data; it signs the reports that a runner would.

use super::{Replay, uses::purpose};
use crate::{
	chain::{
		accounts::{Accounts, id_of},
		council, read,
		sandbox::{self, Approval, Job, Policy, Profile},
		submit::{Signed, Submitter},
	},
	output::{self, count},
	spec::OPERATOR,
};
use anyhow::{Result, anyhow};
use heirloom_primitives::{
	AssetId, JobInput, Moment, OperatorReport, OutputLimits, PermitId, Report, Verdict,
};
use heirloom_scenario::Call;
use indicatif::ProgressBar;
use sp_crypto_hashing::blake2_256;
use std::collections::BTreeSet;
use subxt::utils::H256;
use subxt_signer::sr25519::Keypair;

/// The most bytes that a job of a replay gives out.
const OUTPUT_CAP: u64 = 65_536;
/// What the owners of a replay let out of a job: numbers of at least ten people, no model, and of the numbers as much as
/// its permits ask for.
const LIMITS: OutputLimits = OutputLimits {
	smallest_group: 10,
	largest_output: OUTPUT_CAP,
	largest_model: 0,
	release_budget: u64::MAX,
};

/// What comes before the first permit, signed: the operator registers, and owners allow it to run the replay's code.
/// Nothing where the month uses no sandboxed asset.
pub async fn preparations(
	replay: &Replay<'_>,
	submitter: &mut Submitter<'_>,
	accounts: &mut Accounts,
) -> Result<Vec<Signed>> {
	let used: BTreeSet<_> = sandboxed_calls(replay).iter().map(|call| call.asset).collect();
	if used.is_empty() {
		return Ok(Vec::new());
	}
	let operator = accounts.key(OPERATOR)?.clone();
	let account = id_of(&operator);
	let profile =
		Profile { signing_key: account.0, sealing_key: account.0, measurement: measurement(), fee: 0 };
	let registration = sandbox::register_operator(profile);
	let mut transactions =
		vec![submitter.sign(&operator, &registration, "registering the operator".into()).await?];
	for asset in used {
		let policy = Policy {
			codes: vec![code()],
			operators: vec![account.0],
			limits: LIMITS,
			approval: Approval::Automatic,
		};
		let payload = sandbox::set_policy(replay.assets[asset].id, policy);
		let owner = accounts.key(&replay.scenario.assets[asset].creator)?;
		let what = format!("the policy of {}", replay.handle(asset));
		transactions.push(submitter.sign(owner, &payload, what).await?);
	}
	Ok(transactions)
}

/// Replays the calls of sandboxed assets: the curators admit the operator, consumers ask for permits, and the operator
/// completes them.
pub async fn uses(replay: &Replay<'_>, submitter: &mut Submitter<'_>, accounts: &mut Accounts) -> Result<()> {
	let calls = sandboxed_calls(replay);
	if calls.is_empty() {
		return Ok(());
	}
	let operator = accounts.key(OPERATOR)?.clone();
	let progress = output::bar("sandbox permits", 2 * calls.len());
	let admission = submitter.encode(&sandbox::admit_operator(&id_of(&operator), measurement()))?;
	council::decide(submitter, accounts, admission, "admitting the operator").await?;
	let permits = request(replay, submitter, accounts, &operator, &calls, &progress).await?;
	complete(replay, submitter, &operator, &calls, &permits, &progress).await?;
	output::done(&progress, format!("{} through permits", count(calls.len(), "sandboxed use")));
	Ok(())
}

fn sandboxed_calls<'a>(replay: &Replay<'a>) -> Vec<&'a Call> {
	replay.scenario.calls.iter().filter(|call| replay.is_sandboxed(call)).collect()
}

/// Consumers ask for permits, one a call. Returns their numbers.
async fn request(
	replay: &Replay<'_>,
	submitter: &mut Submitter<'_>,
	accounts: &mut Accounts,
	operator: &Keypair,
	calls: &[&Call],
	progress: &ProgressBar,
) -> Result<Vec<u64>> {
	let at = replay.chain.finalized().await?;
	let longest: Moment = read::constant(&at, "SandboxAccess", "MaxPermitMillis")?;
	let expires_at = read::now(&at).await? + longest / 2;
	let mut transactions = Vec::new();
	for call in calls {
		let job = Job {
			uses: vec![(replay.assets[call.asset].id, call.units)],
			purpose: purpose(replay.scenario.assets[call.asset].kind),
			code_hash: code(),
			parameters_hash: H256::zero(),
			operator: id_of(operator).0,
			output_cap: OUTPUT_CAP,
			expires_at,
		};
		let payload = sandbox::request(job, replay.fee(call)?);
		let what = format!("{} asking for a permit to use {}", call.caller, replay.handle(call.asset));
		transactions.push(submitter.sign(accounts.key(&call.caller)?, &payload, what).await?);
	}
	let outcomes = submitter.run(transactions, progress).await?;
	outcomes.iter().map(|outcome| outcome.number("SandboxAccess", "Requested", "permit")).collect()
}

/// The operator completes every job with a signed report.
async fn complete(
	replay: &Replay<'_>,
	submitter: &mut Submitter<'_>,
	operator: &Keypair,
	calls: &[&Call],
	permits: &[u64],
	progress: &ProgressBar,
) -> Result<()> {
	let mut transactions = Vec::new();
	for (call, permit) in calls.iter().zip(permits) {
		let report = report(replay.assets[call.asset].id, *permit)?;
		let signature = sandbox::sign(&report, operator, replay.chain.genesis(), *permit);
		let payload = sandbox::complete(*permit, report, signature);
		let what = format!("completing permit {permit} for {}", replay.handle(call.asset));
		transactions.push(submitter.sign(operator, &payload, what).await?);
	}
	submitter.run(transactions, progress).await?;
	Ok(())
}

/// A report as a runner would make it.
fn report(asset: AssetId, permit: PermitId) -> Result<OperatorReport> {
	let commitment = blake2_256(&asset.to_le_bytes()).into();
	let input = JobInput { asset, commitment, findings: 0, deidentified: true };
	Ok(Report {
		measurement: measurement(),
		code_hash: code(),
		parameters_hash: H256::zero(),
		inputs: vec![input].try_into().map_err(|_| anyhow!("a report takes no input"))?,
		output: blake2_256(&permit.to_le_bytes()).into(),
		output_bytes: OUTPUT_CAP,
		smallest_group: Some(LIMITS.smallest_group),
		fuel: 0,
		verdict: Verdict::Released,
	})
}

/// Hash of the runner that the operator states.
fn measurement() -> H256 {
	blake2_256(b"heirloom replay runner").into()
}

/// Hash of the code that the jobs of a replay run.
fn code() -> H256 {
	blake2_256(b"heirloom replay job").into()
}
