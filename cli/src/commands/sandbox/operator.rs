//! What operators do.

use super::RegisterArgs;
use crate::{
	chain::{
		AccountId, At, Chain,
		accounts::{id_of, key_of},
		read,
		sandbox::{self, Profile},
		submit::Submitter,
	},
	output,
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
	let key = key_of(&args.from)?;
	let profile = Profile {
		signing_key: args.signing_key.0,
		sealing_key: args.sealing_key.0,
		measurement: args.measurement,
		fee: args.fee,
	};
	let known = record(&chain.finalized().await?, &id_of(&key)).await?.is_some();
	let mut submitter = Submitter::new(chain).await?;
	let outcome = match known {
		true => submitter.run_one(&key, &sandbox::update_operator(profile), "updating the operator").await?,
		false => {
			submitter.run_one(&key, &sandbox::register_operator(profile), "registering the operator").await?
		}
	};
	let done = if known { "updated" } else { "registered" };
	if json {
		return output::json(
			&json!({ "operator": id_of(&key).to_string(), "done": done, "block": outcome.block }),
		);
	}
	println!(
		"{} is {done} in block {}; the curators admit it with its measurement",
		id_of(&key),
		outcome.block
	);
	Ok(())
}

/// Shows an operator.
pub async fn show(chain: &Chain, account: &AccountId, json: bool) -> Result<()> {
	let Some(Record { profile, bond, status }) = record(&chain.finalized().await?, account).await? else {
		bail!("{account} is no operator");
	};
	let status = match status {
		Status::Registered => "not admitted".to_owned(),
		Status::Admitted => "admitted".to_owned(),
		Status::Unbonding { until } => format!("leaving until {until}"),
	};
	let (signing, sealing) = (AccountId(profile.signing_key).to_string(), hex::encode(profile.sealing_key));
	if json {
		return output::json(&json!({
			"operator": account.to_string(), "status": status, "signing_key": signing, "sealing_key": sealing,
			"measurement": profile.measurement, "fee": profile.fee.to_string(), "bond": bond.to_string(),
		}));
	}
	println!("{account}  {status}");
	println!("  signing key  {signing}");
	println!("  sealing key  {sealing}");
	println!("  measurement  {}", hex::encode(profile.measurement));
	println!("  fee          {} U a job", format_u_exact(profile.fee));
	Ok(())
}

async fn record(at: &At, account: &AccountId) -> Result<Option<Record>> {
	let stored = read::fetch(at, "SandboxAccess", "Operators", (account.0,)).await?;
	stored.map(|bytes| Record::decode(&mut &bytes[..]).context("an operator")).transpose()
}
