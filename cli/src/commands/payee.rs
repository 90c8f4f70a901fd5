//! `heirloom payee`: whom an asset's income is paid to.

use super::balance::account;
use crate::{
	args::PayeeArgs,
	chain::{Chain, calls},
	output,
};
use anyhow::Result;
use serde_json::json;

/// Runs the command.
pub async fn run(chain: &Chain, args: &PayeeArgs, json: bool) -> Result<()> {
	let payee = args.wallet.as_deref().map(account).transpose()?;
	let mut signer = args.signing.signer(chain).await?;
	let asset = chain.asset(&args.asset).await?;
	let handle = &asset.handle;
	let outcome = signer.run(&calls::set_payee(asset.id, payee), &format!("the payee of {handle}")).await?;
	if json {
		return output::json(&json!({ "asset": asset.id, "payee": payee, "block": outcome.block }));
	}
	let place = signer.place(&outcome);
	match payee {
		Some(payee) => {
			output::line(format_args!("{handle} pays {payee} until it has another owner: {place}"))
		}
		None => output::line(format_args!("{handle} pays whoever owns it: {place}")),
	}
}
