//! Motions of the curators, made by whichever of them have well-known keys.

use super::{
	AccountId,
	accounts::{Accounts, id_of},
	calls,
	follow::Outcome,
	submit::Submitter,
};
use anyhow::{Context, Result, bail};
use codec::Decode;
use indicatif::ProgressBar;
use subxt::{
	dynamic::storage,
	ext::scale_value::{Composite, Value},
};
use subxt_signer::sr25519::Keypair;

/// The development accounts that curators of a test chain are.
const WELL_KNOWN: [&str; 6] = ["Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie"];

/// Has the curators dispatch an encoded call: two thirds of them vote for it.
pub async fn decide(
	submitter: &mut Submitter<'_>,
	accounts: &mut Accounts,
	call: Vec<u8>,
	what: &str,
) -> Result<()> {
	let (voters, threshold) = voters(submitter, accounts).await?;
	let Some(proposer) = voters.first() else { bail!("{what}: the chain has no curators") };
	let length = u32::try_from(call.len()).context("a motion's length")?;
	let hash = sp_crypto_hashing::blake2_256(&call).into();
	let proposed = submitter.run_one(proposer, &calls::propose(threshold, call), what).await?;
	if threshold == 1 {
		return executed(&proposed, what);
	}
	let index = proposed.number("Curators", "Proposed", "proposal_index")?;
	let index = u32::try_from(index).context("a motion's number")?;
	let mut votes = Vec::new();
	for voter in &voters {
		votes.push(submitter.sign(voter, &calls::vote(hash, index), what.into()).await?);
	}
	submitter.run(votes, &ProgressBar::hidden()).await?;
	let closed = submitter.run_one(proposer, &calls::close(hash, index, length), what).await?;
	executed(&closed, what)
}

/// The keys of as many curators as it takes, and how many that are.
async fn voters(submitter: &Submitter<'_>, accounts: &mut Accounts) -> Result<(Vec<Keypair>, u32)> {
	let at = submitter.chain().finalized().await?;
	let address = storage::<(), Value>("Curators", "Members");
	let stored = at.storage().fetch(address, ()).await.context("the list of curators")?;
	let members = Vec::<[u8; 32]>::decode(&mut stored.bytes()).context("the list of curators")?;
	let threshold = (2 * members.len()).div_ceil(3);
	let mut voters = Vec::new();
	for name in WELL_KNOWN {
		let key = accounts.key(name)?;
		let AccountId(id) = id_of(key);
		if members.contains(&id) && voters.len() < threshold {
			voters.push(key.clone());
		}
	}
	if voters.len() < threshold {
		bail!("{threshold} of the chain's curators must vote, and {} have well-known keys", voters.len());
	}
	Ok((voters, u32::try_from(threshold)?))
}

/// Fails where a motion was dispatched and failed, or was not dispatched.
fn executed(outcome: &Outcome, what: &str) -> Result<()> {
	let event = outcome.events.iter().find(|left| left.pallet == "Curators" && left.name == "Executed");
	let Some(event) = event else { bail!("{what}: the curators' motion was not dispatched") };
	let Composite::Named(fields) = &event.fields else { return Ok(()) };
	match fields.iter().find(|(name, _)| name == "result") {
		Some((_, result)) if result.to_string().starts_with("Err") => {
			bail!("{what}: the curators' motion failed: {result}")
		}
		_ => Ok(()),
	}
}
