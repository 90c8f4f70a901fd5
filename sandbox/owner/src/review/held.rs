//! Output that a gate holds.

use super::{Deciding, requests::content_of};
use crate::keyring::Keyring;
use anyhow::{Context, Result, bail};
use heirloom_exchange::{Decision, Exchange, Held, Note, SignedDecision};
use heirloom_gate::{Entry, EntryId, Output, decode};
use heirloom_sandbox_chain::{Chain, H256, read};
use serde_json::json;
use std::{fs, path::Path};

/// What is said where there are several owners.
const NOT_SHOWN: &str =
	"not shown, since it may show data of several owners, who have not all let the others see it";

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
		match outputs(held)? {
			Some(outputs) => {
				for output in outputs {
					println!("  output    {} {} bytes", output.name, output.bytes.len());
				}
			}
			None => {
				println!("  output    {NOT_SHOWN}");
				for owner in &hold.owners {
					println!("  owner     {owner}");
				}
			}
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
	let Some(outputs) = outputs(&held)? else { bail!("the output of permit {permit} is {NOT_SHOWN}") };
	fs::create_dir(out).with_context(|| out.display().to_string())?;
	for output in outputs {
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
	let held = one(chain, permit, &deciding.exchange, keys).await?;
	let entry = decided_about(&held, decision)?;
	let signed = SignedDecision::sign(&deciding.key(chain).await?, chain.genesis(), permit, entry, decision);
	let path = Exchange::open(&deciding.exchange)?.put_decision(&signed)?;
	if json {
		println!("{}", json!({ "permit": permit, "decision": decision, "path": path }));
	} else {
		println!("{}", path.display());
	}
	Ok(())
}

/// Lists which files of an owner's assets a job did not see, and why.
pub async fn files(chain: &Chain, permit: u64, folder: &Path, keys: Option<&Path>, json: bool) -> Result<()> {
	let (keyring, exchange, at) = (Keyring::open(keys)?, Exchange::open(folder)?, chain.finalized().await?);
	let record = read::permit(&at, permit).await?.with_context(|| format!("there is no permit {permit}"))?;
	let mut notes = Vec::new();
	for asset in record.uses.iter().map(|used| used.asset) {
		let Ok(key) = keyring.key_of(&content_of(&at, asset).await?) else { continue };
		let Some(sealed) = exchange.take_note(permit, asset)? else { continue };
		let note = Note::open(&sealed, &key).with_context(|| format!("the note of asset {asset}"))?;
		if (note.genesis, note.permit, note.asset) != (chain.genesis(), permit, asset) {
			bail!("the note of asset {asset} is of another chain, permit or asset than it says");
		}
		notes.push(note);
	}
	if json {
		println!("{}", serde_json::to_string(&notes)?);
		return Ok(());
	}
	for note in &notes {
		println!("asset {}: the job saw {} files", note.asset, note.used);
		for left_out in &note.left_out {
			println!("  file {} was left out: {}", left_out.file, left_out.code);
		}
	}
	if notes.is_empty() {
		println!("nothing of permit {permit} was noted that your keys can open");
	}
	Ok(())
}

/// The entry that a decision is signed about: of what is shown its own hash, whatever the operator says of it.
fn decided_about(held: &Held, decision: Decision) -> Result<H256> {
	let (permit, said) = (held.hold.permit, held.hold.entry);
	let Some(entry) = &held.entry else {
		return match decision {
			Decision::Approve => {
				bail!(
					"the output of permit {permit} is {NOT_SHOWN}: `heirloom review share` lets them, and once all have \
					 it is shown to you; nobody approves what it has not seen"
				)
			}
			Decision::Refuse | Decision::Share => Ok(said),
		};
	};
	let mut own = H256::default();
	hex::decode_to_slice(EntryId::of(entry).to_string(), &mut own.0)?;
	if own != said {
		bail!("what is shown of permit {permit} is not the output that the operator holds");
	}
	if Entry::from_bytes(entry)?.job != permit {
		bail!("what is shown is of another permit than {permit}");
	}
	Ok(own)
}

/// What is shown of held output; none where nothing is yet.
fn outputs(held: &Held) -> Result<Option<Vec<Output>>> {
	let Some(entry) = &held.entry else { return Ok(None) };
	Ok(Some(decode(Entry::from_bytes(entry)?.release.bundle.bytes())?))
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
	let exchange = Exchange::open(folder)?;
	for (of, asset) in exchange.held()? {
		if permit.is_some_and(|permit| permit != of) {
			continue;
		}
		// Other owners' output lies here as well.
		let Ok(key) = keyring.key_of(&content_of(&at, asset).await?) else { continue };
		let path = exchange.held_path(of, asset);
		let Some(sealed) = exchange.take_held(of, asset)? else { continue };
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
	let outputs: Option<Vec<_>> = outputs(held)?.map(|outputs| {
		let document = |output: Output| json!({ "name": output.name, "bytes": output.bytes.len() });
		outputs.into_iter().map(document).collect()
	});
	Ok(json!({ "hold": held.hold, "outputs": outputs }))
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_exchange::Hold;
	use heirloom_gate::{Bundle, Quarantine, Release};
	use heirloom_sandbox_chain::AccountId;

	/// An entry of this job, as a gate keeps it.
	fn entry(job: u64) -> (Vec<u8>, H256) {
		let place = tempfile::tempdir().unwrap();
		let quarantine = Quarantine::open(place.path()).unwrap();
		// Of no outputs.
		let mut bundle = b"HLOUTv1\n\0\0\0\0\x80".to_vec();
		bundle.resize(4_096, 0);
		let bundle = Bundle::from_bytes(bundle).unwrap();
		let id = quarantine.keep(job, [1; 32], &[], &Release { bundle, cells: Vec::new() }).unwrap();
		let mut hash = H256::default();
		hex::decode_to_slice(id.to_string(), &mut hash.0).unwrap();
		(quarantine.bytes(id).unwrap(), hash)
	}

	fn held(entry: Option<Vec<u8>>, said: H256) -> Held {
		let hold = Hold {
			genesis: H256([1; 32]),
			permit: 17,
			asset: 3,
			consumer: AccountId([4; 32]),
			operator: AccountId([5; 32]),
			code_hash: H256([6; 32]),
			entry: said,
			owners: Vec::new(),
			reasons: Vec::new(),
			decide_by: 0,
		};
		Held { hold, entry }
	}

	#[test]
	fn decision_should_be_about_what_is_shown() {
		let (bytes, hash) = entry(17);
		let shown = held(Some(bytes), hash);
		for decision in [Decision::Approve, Decision::Refuse] {
			assert_eq!(decided_about(&shown, decision).unwrap(), hash);
		}
		assert_eq!(outputs(&shown).unwrap(), Some(Vec::new()));
	}

	#[test]
	fn nothing_should_be_signed_when_the_operator_shows_something_else() {
		let (bytes, _) = entry(17);
		let (_, other) = entry(18);
		assert!(decided_about(&held(Some(bytes), other), Decision::Approve).is_err());
		let (bytes, hash) = entry(18);
		let error = decided_about(&held(Some(bytes), hash), Decision::Approve).unwrap_err();
		assert!(error.to_string().contains("another permit"), "{error}");
	}

	#[test]
	fn what_is_not_shown_should_be_refused_and_not_approved() {
		let (_, hash) = entry(17);
		let unseen = held(None, hash);
		assert!(decided_about(&unseen, Decision::Approve).unwrap_err().to_string().contains("not shown"));
		for decision in [Decision::Refuse, Decision::Share] {
			assert_eq!(decided_about(&unseen, decision).unwrap(), hash);
		}
		assert_eq!(outputs(&unseen).unwrap(), None);
	}
}
