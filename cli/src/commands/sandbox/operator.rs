//! What operators do.

use super::RegisterArgs;
use crate::{
	chain::{
		AccountId, At, Chain, read,
		sandbox::{self, Profile},
	},
	output::{self, date, loom},
};
use anyhow::{Context, Result, bail};
use codec::Decode;
use heirloom_primitives::{Moment, format_u_exact};
use serde_json::json;

/// Whether an operator can be given jobs, as the chain has it.
#[derive(Decode)]
enum Status {
	Registered,
	Admitted,
	Unbonding { until: Moment },
}

/// What the chain has of an operator; what comes behind is of no interest here.
#[derive(Decode)]
struct Record {
	profile: Profile,
	bond: u128,
	status: Status,
}

/// Registers an operator, or updates what it states of itself.
pub async fn register(chain: &Chain, args: &RegisterArgs, json: bool) -> Result<()> {
	let mut signer = args.signing.signer(chain).await?;
	let profile = Profile {
		signing_key: args.signing_key.0,
		sealing_key: args.sealing_key.0,
		measurement: args.measurement,
		fee: args.fee,
	};
	let known = record(&chain.finalized().await?, &signer.account()).await?.is_some();
	let outcome = match known {
		true => signer.run(&sandbox::update_operator(profile), "updating the operator").await?,
		false => signer.run(&sandbox::register_operator(profile), "registering the operator").await?,
	};
	let done = if known { "updated" } else { "registered" };
	if json {
		return output::json(&json!({ "operator": signer.account(), "done": done, "block": outcome.block }));
	}
	output::line(format_args!(
		"{} is {done} {}; the curators admit it with its measurement",
		signer.account(),
		signer.place(&outcome)
	))
}

/// Shows an operator.
pub async fn show(chain: &Chain, account: &AccountId, json: bool) -> Result<()> {
	let Some(Record { profile, bond, status }) = record(&chain.finalized().await?, account).await? else {
		bail!("{account} is not an operator");
	};
	let status = match status {
		Status::Registered => "not admitted".to_owned(),
		Status::Admitted => "admitted".to_owned(),
		Status::Unbonding { until } => format!("leaving; its bond is free from {} on", date(until)),
	};
	let (signing, sealing) = (AccountId(profile.signing_key).to_string(), hex::encode(profile.sealing_key));
	if json {
		return output::json(&json!({
			"operator": account.to_string(), "status": status, "signing_key": signing, "sealing_key": sealing,
			"measurement": profile.measurement, "fee": profile.fee.to_string(), "bond": bond.to_string(),
		}));
	}
	output::line(format_args!("{account}  {status}"))?;
	output::line(format_args!("  signing key  {signing}"))?;
	output::line(format_args!("  sealing key  {sealing}"))?;
	output::line(format_args!("  measurement  {}", hex::encode(profile.measurement)))?;
	output::line(format_args!("  fee          {} U per job", format_u_exact(profile.fee)))?;
	output::line(format_args!("  bond         {}", loom(bond)))
}

async fn record(at: &At, account: &AccountId) -> Result<Option<Record>> {
	let stored = read::fetch(at, "SandboxAccess", "Operators", (account.0,)).await?;
	stored.map(|bytes| Record::decode(&mut &bytes[..]).context("an operator")).transpose()
}
