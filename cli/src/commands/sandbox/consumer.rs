//! What consumers do.

use super::RequestArgs;
use crate::{
	chain::{
		AccountId, Chain,
		accounts::key_of,
		read, rpc_params,
		sandbox::{self, Job},
		submit::Submitter,
	},
	output,
};
use anyhow::{Context, Result};
use codec::Decode;
use heirloom_primitives::{MicroU, Moment, PermitId, PermitView, format_u_exact};
use serde_json::json;

/// Milliseconds of a day.
const DAY: Moment = 24 * 60 * 60 * 1_000;

/// Asks for a permit.
pub async fn request(chain: &Chain, args: &RequestArgs, json: bool) -> Result<()> {
	let key = key_of(&args.from)?;
	let at = chain.finalized().await?;
	let (mut uses, mut fees) = (Vec::new(), operator_fee(&at, &args.operator).await?);
	for used in &args.uses {
		let asset = chain.asset(&used.asset).await?;
		let fee = asset.call_fee.checked_mul(MicroU::from(used.units));
		fees = fee.and_then(|fee| fees.checked_add(fee)).context("too many units")?;
		uses.push((asset.id, used.units));
	}
	let job = Job {
		uses,
		purpose: args.purpose,
		code_hash: args.code.hash()?,
		parameters_hash: args.parameters.hash()?,
		operator: args.operator.0,
		output_cap: args.output_cap,
		expires_at: read::now(&at).await? + Moment::from(args.days) * DAY,
	};
	let (code, parameters) = (hex::encode(job.code_hash), hex::encode(job.parameters_hash));
	let most = args.max_fee.unwrap_or(fees);
	let mut submitter = Submitter::new(chain).await?;
	let outcome = submitter.run_one(&key, &sandbox::request(job, most), "asking for a permit").await?;
	let permit = outcome.number("SandboxAccess", "Requested", "permit")?;
	if json {
		return output::json(&json!({
			"permit": permit, "code": code, "parameters": parameters, "fees": fees.to_string(), "block": outcome.block,
		}));
	}
	println!("permit {permit}, {} U held, in block {}", format_u_exact(fees), outcome.block);
	println!("  code        uploads/{code}");
	println!("  parameters  uploads/{parameters}");
	Ok(())
}

/// Shows a permit.
pub async fn show(chain: &Chain, permit: PermitId, json: bool) -> Result<()> {
	let view: PermitView<AccountId> = chain.request("sandbox_permit", rpc_params![permit]).await?;
	if json {
		return output::json(&view);
	}
	println!("permit {permit}  {}", word(&view.status)?);
	println!("  consumer    {}", view.consumer);
	println!("  operator    {}, for {} U", view.operator, format_u_exact(view.operator_fee));
	for other in &view.sealed_to {
		println!("  sealed to   {other}, too: can repeat the job");
	}
	for used in &view.uses {
		println!(
			"  uses        {} units of asset {} for {} U",
			used.units,
			used.asset,
			format_u_exact(used.fee)
		);
	}
	println!("  code        {}", hex::encode(view.code_hash));
	println!("  parameters  {}", hex::encode(view.parameters_hash));
	if let Some(report) = view.report {
		println!("  report      {}", hex::encode(report));
	}
	if let Some(challenge) = &view.challenge {
		println!("  challenge   {}, to be repeated by {}", word(&challenge.status)?, challenge.second);
	}
	Ok(())
}

/// Withdraws a permit.
pub async fn revoke(chain: &Chain, permit: PermitId, from: &str, json: bool) -> Result<()> {
	let mut submitter = Submitter::new(chain).await?;
	let what = format!("revoking permit {permit}");
	let outcome = submitter.run_one(&key_of(from)?, &sandbox::revoke(permit), &what).await?;
	if json {
		return output::json(&json!({ "permit": permit, "block": outcome.block }));
	}
	println!("permit {permit} is revoked in block {}", outcome.block);
	Ok(())
}

/// Doubts a completed job.
pub async fn challenge(chain: &Chain, permit: PermitId, from: &str, json: bool) -> Result<()> {
	let mut submitter = Submitter::new(chain).await?;
	let what = format!("challenging permit {permit}");
	let outcome = submitter.run_one(&key_of(from)?, &sandbox::challenge(permit), &what).await?;
	if json {
		return output::json(&json!({ "permit": permit, "block": outcome.block }));
	}
	println!("permit {permit} is challenged in block {}", outcome.block);
	Ok(())
}

/// What an operator takes for a job; its request says so if it is none.
async fn operator_fee(at: &crate::chain::At, operator: &AccountId) -> Result<MicroU> {
	let stored = read::fetch(at, "SandboxAccess", "Operators", (operator.0,)).await?;
	let Some(bytes) = stored else { return Ok(0) };
	Ok(sandbox::Profile::decode(&mut &bytes[..]).context("an operator")?.fee)
}

/// The word that JSON has for a value.
fn word(value: &impl serde::Serialize) -> Result<String> {
	let value = serde_json::to_value(value)?;
	Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}
