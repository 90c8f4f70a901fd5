//! Output that a gate holds.

use super::{Deciding, requests::content_of};
use crate::keyring::Keyring;
use anyhow::{Context, Result, bail};
use heirloom_exchange::{Decision, Exchange, Held, SignedDecision};
use heirloom_gate::decode;
use heirloom_sandbox_chain::Chain;
use serde_json::json;
use std::{fs, path::Path};

/// Lists what waits in an operator's folder and this owner can open.
pub async fn list(chain: &Chain, folder: &Path, keys: Option<&Path>, json: bool) -> Result<()> {
	let found = open_all(chain, folder, keys, None).await?;
	if json {
		let documents = found.iter().map(document).collect::<Result<Vec<_>>>()?;
		println!("{}", serde_json::to_string(&documents)?);
		return Ok(());
	}
	for held in &found {
		let hold = &held.hold;
		println!("permit {} for asset {}", hold.permit, hold.asset);
		println!("  consumer  {}", hold.consumer);
		println!("  code      {:?}", hold.code_hash);
		match hold.reasons.is_empty() {
			true => {
				println!("  held      a model leaves with your approval only; nothing else speaks against it")
			}
			false => {
				for (code, why) in &hold.reasons {
					println!("  held      {code}: {why}");
				}
			}
		}
		for output in decode(&held.bundle)? {
			println!("  output    {} {} bytes", output.name, output.bytes.len());
		}
	}
	if found.is_empty() {
		println!("nothing waits that your keys can open");
	}
	Ok(())
}

/// Writes held output into a new folder.
pub async fn show(
	chain: &Chain,
	permit: u64,
	folder: &Path,
	keys: Option<&Path>,
	out: &Path,
	json: bool,
) -> Result<()> {
	let held = one(chain, permit, folder, keys).await?;
	fs::create_dir(out).with_context(|| out.display().to_string())?;
	for output in decode(&held.bundle)? {
		let path = out.join(&output.name);
		fs::write(&path, &output.bytes).with_context(|| path.display().to_string())?;
		if !json {
			println!("{}", path.display());
		}
	}
	if json {
		println!("{}", document(&held)?);
	}
	Ok(())
}

/// Signs a decision about held output, and hands it to the operator.
pub async fn decide(
	chain: &Chain,
	deciding: &Deciding,
	keys: Option<&Path>,
	decision: Decision,
	json: bool,
) -> Result<()> {
	let permit = deciding.permit;
	// Opened, since what is signed is the hash of what was looked at.
	let held = one(chain, permit, &deciding.exchange, keys).await?;
	let signed = SignedDecision::sign(&deciding.key()?, chain.genesis(), permit, held.hold.entry, decision);
	let path = Exchange::open(&deciding.exchange)?.put_decision(&signed)?;
	if json {
		println!("{}", json!({ "permit": permit, "decision": decision, "path": path }));
	} else {
		println!("{}", path.display());
	}
	Ok(())
}

async fn one(chain: &Chain, permit: u64, folder: &Path, keys: Option<&Path>) -> Result<Held> {
	let found = open_all(chain, folder, keys, Some(permit)).await?.into_iter().next();
	found.with_context(|| format!("nothing of permit {permit} waits that your keys can open"))
}

/// All held output of a folder, or of one permit, that this owner's keys open.
async fn open_all(
	chain: &Chain,
	folder: &Path,
	keys: Option<&Path>,
	permit: Option<u64>,
) -> Result<Vec<Held>> {
	let (keyring, at) = (Keyring::open(keys)?, chain.finalized().await?);
	let mut found = Vec::new();
	for (of, asset, path) in Exchange::open(folder)?.held()? {
		if permit.is_some_and(|permit| permit != of) {
			continue;
		}
		// Other owners' output lies here as well.
		let Ok(key) = keyring.key_of(&content_of(&at, asset).await?) else { continue };
		let sealed = fs::read(&path).with_context(|| path.display().to_string())?;
		let held = Held::open(&sealed, &key).with_context(|| path.display().to_string())?;
		let hold = &held.hold;
		if hold.genesis != chain.genesis() || (hold.permit, hold.asset) != (of, asset) {
			bail!("{}: is of another chain, permit or asset than it says", path.display());
		}
		found.push(held);
	}
	Ok(found)
}

fn document(held: &Held) -> Result<serde_json::Value> {
	let outputs: Vec<_> = decode(&held.bundle)?
		.into_iter()
		.map(|output| json!({ "name": output.name, "bytes": output.bytes.len() }))
		.collect();
	Ok(json!({ "hold": held.hold, "outputs": outputs }))
}
