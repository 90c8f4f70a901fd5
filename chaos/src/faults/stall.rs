//! Two of four validators lose their GRANDPA keys for good: nothing becomes final any more. They make new ones, and the
//! council notes the stall, which has the nodes go on with the new keys although nothing made that final.

use super::{Seen, upgrade};
use crate::{
	chain::{
		Chain,
		calls::submit,
		council::{self, Sight},
		keys::{Keys, account},
		motions, rpc_params,
	},
	network::{FULL, PATIENCE},
	programs::run as run_program,
	stage::Stage,
	wait,
};
use anyhow::{Context, Result, ensure};
use codec::Encode;
use serde::Deserialize;
use std::{process::Command, time::Instant};

/// Who loses them, by account.
const VICTIMS: [&str; 2] = ["Bob", "Dave"];
/// Blocks after the signal until the new keys count: it must not be undone by then.
const DELAY: u32 = 5;
/// Unfinal blocks that show that finality has stalled.
const STALLED: u32 = 8;

/// Session keys as a node makes them.
#[derive(Deserialize)]
struct Made {
	keys: String,
	proof: String,
}

pub async fn run(stage: &mut Stage) -> Result<Seen> {
	stage.begin().await?;
	stage.months(1, "before").await?;
	// Its sessions last a minute, not an hour: keys count two sessions after they were set.
	upgrade::apply(stage, stage.network.programs.next_code()?).await?;
	for victim in VICTIMS {
		lose_keys(stage, victim).await?;
	}
	let chain = stage.network.chain().await?;
	let told = &stage.told;
	let last_final = wait::until("finality stalls", PATIENCE, async || {
		let (best, last) = (chain.eye.best().await?.number, chain.eye.finalized().await?.number);
		told.say(format!("without the keys of {}: block {best}, final {last}", VICTIMS.join(" and ")));
		Ok((best >= last + STALLED).then_some(last))
	})
	.await?;
	let mut new = Vec::new();
	for victim in VICTIMS {
		new.push(set_new_keys(stage, &chain, victim).await?);
	}
	let told = &stage.told;
	told.say("waiting until the new keys count on the chain");
	wait::until("the new keys count on the chain", PATIENCE, async || {
		let active = authorities(&chain).await?;
		Ok(new.iter().all(|key| active.windows(key.len()).any(|found| found == key)).then_some(()))
	})
	.await?;
	let still = chain.eye.finalized().await?.number;
	ensure!(still == last_final, "block {still} became final without a majority");
	told.say("the council notes the stall");
	let end = Instant::now();
	council::as_root(&chain, &motions::note_stalled(DELAY, last_final), Sight::Best).await?;
	let noted = chain.eye.best().await?.number;
	let mut seen = Seen::default();
	told.say("waiting for finality");
	seen.recoveries.push(stage.network.recovered(end).await?);
	seen.remarks.push(format!(
		"nothing after block {last_final} became final; noted in block {noted}, and all of it became final by the new keys"
	));
	stage.months(2, "after").await?;
	Ok(seen)
}

/// Starts a validator again with the key that it makes blocks with, and without the one that it votes with.
async fn lose_keys(stage: &mut Stage, victim: &str) -> Result<()> {
	let name = victim.to_lowercase();
	let program = stage.network.programs.node.clone();
	let spec = stage.network.directory.join("spec.json");
	let node = stage.network.node(&name)?;
	node.stop().await?;
	node.forget_argument(&format!("--{name}"));
	run_program(
		Command::new(program)
			.args(["key", "insert", "--scheme", "sr25519", "--key-type", "aura", "--suri"])
			.arg(format!("//{victim}"))
			.arg("--chain")
			.arg(spec)
			.arg("--base-path")
			.arg(&node.base),
	)?;
	node.start()?;
	node.answering().await
}

/// Makes new keys on a validator's node and sets them on the chain; returns the one that it votes with.
async fn set_new_keys(stage: &mut Stage, chain: &Chain, victim: &str) -> Result<Vec<u8>> {
	let key = Keys::development()?.key(victim)?;
	let owner = format!("0x{}", hex::encode(account(&key).0.encode()));
	let eye = stage.network.node(&victim.to_lowercase())?.eye().await?;
	let Made { keys, proof } = eye.request("author_rotateKeysWithOwner", rpc_params![owner]).await?;
	let bytes = |text: &str| hex::decode(text.trim_start_matches("0x")).context("a node's new keys");
	let (keys, proof) = (bytes(&keys)?, bytes(&proof)?);
	// After the key that it makes blocks with.
	let voting = keys.get(32..64).context("two keys")?.to_vec();
	let at = council::seen(chain, Sight::Final).await?;
	submit(chain, &at, &key, &motions::set_keys(keys, proof)).await?;
	Ok(voting)
}

/// The keys that vote, as the chain has them in its best block.
async fn authorities(chain: &Chain) -> Result<Vec<u8>> {
	let at = chain.eye.best().await?.hash;
	let answer: String =
		chain.eye.request("state_call", rpc_params!["GrandpaApi_grandpa_authorities", "0x", at]).await?;
	hex::decode(answer.trim_start_matches("0x")).with_context(|| format!("the authorities that {FULL} tells"))
}
