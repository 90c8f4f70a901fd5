//! What consumers do.

use super::RequestArgs;
use crate::{
	chain::{
		AccountId, Chain, read, rpc_params,
		sandbox::{self, Job},
	},
	output::{self, count, word},
	signing::SigningArgs,
};
use anyhow::{Context, Result};
use codec::Decode;
use heirloom_primitives::{AssetId, MicroU, Moment, PermitId, PermitView, format_u_exact};
use serde_json::json;

/// Milliseconds of a day.
const DAY: Moment = 24 * 60 * 60 * 1_000;

/// Asks for a permit.
pub async fn request(chain: &Chain, args: &RequestArgs, json: bool) -> Result<()> {
	let mut signer = args.signing.signer(chain).await?;
	let at = chain.finalized().await?;
	let (mut uses, mut fees) = (Vec::new(), operator_fee(&at, &args.operator).await?);
	for used in &args.uses {
		let asset = chain.asset(&used.asset).await?;
		let licensed = has_licence(&at, asset.id, &signer.account()).await?;
		let fee = if licensed { Some(0) } else { asset.call_fee.checked_mul(MicroU::from(used.units)) };
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
	let outcome = signer.run(&sandbox::request(job, most), "asking for a permit").await?;
	let permit = outcome.number("SandboxAccess", "Requested", "permit")?;
	if json {
		return output::json(&json!({
			"permit": permit, "code": code, "parameters": parameters, "fees": fees.to_string(), "block": outcome.block,
		}));
	}
	output::line(format_args!(
		"permit {permit}, {} U held, {}",
		format_u_exact(fees),
		signer.place(&outcome)
	))?;
	output::line(format_args!("  code        uploads/{code}"))?;
	output::line(format_args!("  parameters  uploads/{parameters}"))?;
	Ok(())
}

/// Shows a permit.
pub async fn show(chain: &Chain, permit: PermitId, json: bool) -> Result<()> {
	let view: PermitView<AccountId> = chain.request("sandbox_permit", rpc_params![permit]).await?;
	if json {
		return output::json(&view);
	}
	output::line(format_args!("permit {permit}  {}", word(&view.status)?))?;
	output::line(format_args!("  consumer    {}", view.consumer))?;
	output::line(format_args!(
		"  operator    {}, for {} U",
		view.operator,
		format_u_exact(view.operator_fee)
	))?;
	for other in &view.sealed_to {
		output::line(format_args!("  sealed to   {other} too, which can repeat the job"))?;
	}
	for used in &view.uses {
		output::line(format_args!(
			"  uses        {} of asset {} for {} U",
			count(usize::try_from(used.units)?, "unit"),
			used.asset,
			format_u_exact(used.fee)
		))?;
	}
	output::line(format_args!("  code        {}", hex::encode(view.code_hash)))?;
	output::line(format_args!("  parameters  {}", hex::encode(view.parameters_hash)))?;
	if let Some(report) = view.report {
		output::line(format_args!("  report      {}", hex::encode(report)))?;
	}
	if let Some(challenge) = &view.challenge {
		output::line(format_args!(
			"  challenge   {}, to be repeated by {}",
			word(&challenge.status)?,
			challenge.second
		))?;
	}
	Ok(())
}

/// Withdraws a permit.
pub async fn revoke(chain: &Chain, permit: PermitId, signing: &SigningArgs, json: bool) -> Result<()> {
	let mut signer = signing.signer(chain).await?;
	let what = format!("revoking permit {permit}");
	let outcome = signer.run(&sandbox::revoke(permit), &what).await?;
	if json {
		return output::json(&json!({ "permit": permit, "block": outcome.block }));
	}
	output::line(format_args!("permit {permit} is revoked {}", signer.place(&outcome)))
}

/// Doubts a completed job.
pub async fn challenge(chain: &Chain, permit: PermitId, signing: &SigningArgs, json: bool) -> Result<()> {
	let mut signer = signing.signer(chain).await?;
	let what = format!("challenging permit {permit}");
	let outcome = signer.run(&sandbox::challenge(permit), &what).await?;
	if json {
		return output::json(&json!({ "permit": permit, "block": outcome.block }));
	}
	output::line(format_args!("permit {permit} is challenged {}", signer.place(&outcome)))
}

/// Whether an account bought a licence of an asset, under which its units cost nothing.
async fn has_licence(at: &crate::chain::At, asset: AssetId, account: &AccountId) -> Result<bool> {
	Ok(read::fetch(at, "Lineage", "Licences", (asset, account.0)).await?.is_some())
}

/// What an operator takes for a job; its request says so if it is none.
async fn operator_fee(at: &crate::chain::At, operator: &AccountId) -> Result<MicroU> {
	let stored = read::fetch(at, "SandboxAccess", "Operators", (operator.0,)).await?;
	let Some(bytes) = stored else { return Ok(0) };
	Ok(sandbox::Profile::decode(&mut &bytes[..]).context("an operator")?.fee)
}
