//! `heirloom rotate-keys`: has a validator's node make new session keys, on the machine where they stay.

use crate::{
	chain::{AccountId, Chain, Refusal, rpc_params},
	output,
	values::address,
};
use anyhow::{Context, Result, anyhow};
use clap::Args;
use serde::Deserialize;
use serde_json::json;

/// Arguments of `rotate-keys`.
#[derive(Debug, Args)]
pub struct RotateKeysArgs {
	/// The validator's account, which the proof is made for.
	#[arg(long, value_name = "ACCOUNT", value_parser = address)]
	pub owner: AccountId,
}

/// What a node answers: both in hexadecimal.
#[derive(Deserialize)]
struct Made {
	keys: String,
	proof: Option<String>,
}

/// Runs the command.
pub async fn run(chain: &Chain, args: &RotateKeysArgs, url: &str, json: bool) -> Result<()> {
	let owner = format!("0x{}", hex::encode(args.owner.0));
	let answer = chain.request::<Made>("author_rotateKeysWithOwner", rpc_params![owner]).await;
	let Made { keys, proof } = answer.map_err(|error| match Refusal::of(&error) {
		Some(refusal) if refusal.is_of_method() => anyhow!(
			"{url} makes no keys for callers from elsewhere; ask on the validator's machine, at an address where the node \
			 listens on loopback only"
		),
		_ => error,
	})?;
	let proof = proof.context(
		"the node's runtime makes no proof with its keys, and the chain takes no keys without one",
	)?;
	if json {
		return output::json(&json!({ "owner": args.owner, "keys": keys, "proof": proof }));
	}
	output::fields([("owner", args.owner.to_string()), ("keys", keys), ("proof", proof)])
}
