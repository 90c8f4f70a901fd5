//! `heirloom claim`: what could not be delivered is paid once more.

use super::balance::account;
use crate::{
	args::ClaimArgs,
	chain::{Chain, calls},
	output,
};
use anyhow::{Context, Result};
use heirloom_primitives::format_u_exact;
use serde_json::json;

/// Runs the command.
pub async fn run(chain: &Chain, args: &ClaimArgs, json: bool) -> Result<()> {
	let named = args.account.as_deref().map(account).transpose()?;
	let mut signer = args.signing.signer(chain).await?;
	let payee = named.unwrap_or_else(|| signer.account());
	let outcome = signer.run(&calls::claim(payee), &format!("claiming for {payee}")).await?;
	let paid = outcome.numbers("Royalty", "Claimed", "amount").next().context("a claim without an amount")?;
	if json {
		return output::json(&json!({ "payee": payee, "paid": paid.to_string(), "block": outcome.block }));
	}
	output::line(format_args!("{payee} received {} U {}", format_u_exact(paid), signer.place(&outcome)))
}
