//! `heirloom session-keys`: a validator's new keys, from the account that answers for it.

use crate::{
	chain::{
		Chain,
		accounts::{id_of, key_of},
		calls,
		submit::Submitter,
	},
	output,
};
use anyhow::Result;
use clap::Args;
use serde_json::json;

/// Arguments of `session-keys`.
#[derive(Debug, Args)]
pub struct SessionKeysArgs {
	/// The public halves, as the node answered.
	#[arg(value_parser = bytes)]
	pub keys: Bytes,
	/// The proof, as the node answered.
	#[arg(value_parser = bytes)]
	pub proof: Bytes,
	/// The validator's account: a secret URI.
	#[arg(long, value_name = "SECRET")]
	pub from: String,
}

/// Bytes, written in hexadecimal.
#[derive(Clone, Debug)]
pub struct Bytes(Vec<u8>);

/// Runs the command.
pub async fn run(chain: &Chain, args: &SessionKeysArgs, json: bool) -> Result<()> {
	let key = key_of(&args.from)?;
	let account = id_of(&key);
	let mut submitter = Submitter::new(chain).await?;
	let call = calls::set_session_keys(args.keys.0.clone(), args.proof.0.clone());
	let outcome = submitter.run_one(&key, &call, "new session keys").await?;
	if json {
		return output::json(&json!({ "account": account, "block": outcome.block }));
	}
	println!(
		"{account} has new session keys since block {}; they count from the session after the next",
		outcome.block
	);
	Ok(())
}

fn bytes(text: &str) -> Result<Bytes, String> {
	let digits = text.strip_prefix("0x").unwrap_or(text);
	hex::decode(digits).map(Bytes).map_err(|_| "hexadecimal digits, two a byte".into())
}
