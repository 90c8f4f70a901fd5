//! `heirloom session-keys`: a validator's new keys, from the account that answers for it.

use crate::{
	chain::{Chain, calls},
	output,
	signing::SigningArgs,
};
use anyhow::Result;
use clap::Args;
use serde_json::json;

/// Arguments of `session-keys`.
#[derive(Debug, Args)]
pub struct SessionKeysArgs {
	/// The public halves, as the node gave them.
	#[arg(value_parser = bytes)]
	pub keys: Bytes,
	/// The proof, as the node gave it.
	#[arg(value_parser = bytes)]
	pub proof: Bytes,
	/// The validator's account.
	#[command(flatten)]
	pub signing: SigningArgs,
}

/// Bytes, written in hexadecimal.
#[derive(Clone, Debug)]
pub struct Bytes(Vec<u8>);

/// Runs the command.
pub async fn run(chain: &Chain, args: &SessionKeysArgs, json: bool) -> Result<()> {
	let mut signer = args.signing.signer(chain).await?;
	let account = signer.account();
	let call = calls::set_session_keys(args.keys.0.clone(), args.proof.0.clone());
	let outcome = signer.run(&call, "new session keys").await?;
	if json {
		return output::json(&json!({ "account": account, "block": outcome.block }));
	}
	let place = signer.place(&outcome);
	output::line(format_args!(
		"{account} has new session keys {place}; they take effect in the session after next"
	))
}

fn bytes(text: &str) -> Result<Bytes, String> {
	let digits = text.strip_prefix("0x").unwrap_or(text);
	hex::decode(digits).map(Bytes).map_err(|_| "hexadecimal digits, two per byte".into())
}
