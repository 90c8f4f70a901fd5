//! Motions of the curators, made by those of them that have well-known keys.

use super::{
	At, Chain, Head,
	calls::submit,
	keys::Keys,
	motions::{self, encode},
	read::{amount, events},
};
use crate::{network::PATIENCE, wait};
use anyhow::{Context, Result, ensure};
use subxt::{ext::scale_value::Composite, transactions::Payload, utils::H256};
use subxt_signer::sr25519::Keypair;

/// The curators of the node's chain `local`; two of three are two thirds.
const CURATORS: [&str; 3] = ["Alice", "Bob", "Charlie"];
/// How many of them have to agree to act as root.
const THRESHOLD: u32 = 2;

/// Which blocks are asked whether something has happened: where nothing becomes final, the best ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
	/// The last final one.
	Final,
	/// The one that the node builds on.
	Best,
}

/// Has the curators dispatch a call as root, and waits until it was.
pub async fn as_root(chain: &Chain, call: &impl Payload, sight: Sight) -> Result<()> {
	let keys = Keys::development()?;
	let curators = CURATORS.map(|name| keys.key(name));
	let [proposer, second, _] = curators;
	let (proposer, second) = (proposer?, second?);
	let at = seen(chain, sight).await?;
	let call = encode(&at, call)?;
	let hash = H256(sp_crypto_hashing::blake2_256(&call));
	let both =
		vec![encode(&at, &motions::whitelist(hash))?, encode(&at, &motions::dispatch_whitelisted(call))?];
	let motion = encode(&at, &motions::batch_all(both))?;
	let length = u32::try_from(motion.len()).context("a motion's length")?;
	let motion_hash = H256(sp_crypto_hashing::blake2_256(&motion));
	let proposed = made(chain, sight, &proposer, &motions::propose(THRESHOLD, motion), "Proposed").await?;
	let index = u32::try_from(amount(&proposed, "proposal_index")?).context("a motion's number")?;
	for voter in [&proposer, &second] {
		made(chain, sight, voter, &motions::vote(motion_hash, index), "Voted").await?;
	}
	let closed =
		made(chain, sight, &proposer, &motions::close(motion_hash, index, length), "Executed").await?;
	let result = closed.clone().into_values().last().context("an event without a result")?.to_string();
	ensure!(result.starts_with("Ok"), "the curators' motion failed: {result}");
	Ok(())
}

/// The block that is looked at now.
pub async fn head(chain: &Chain, sight: Sight) -> Result<Head> {
	match sight {
		Sight::Final => chain.eye.finalized().await,
		Sight::Best => chain.eye.best().await,
	}
}

/// The chain as it is seen now.
pub async fn seen(chain: &Chain, sight: Sight) -> Result<At> {
	chain.at(head(chain, sight).await?.hash).await
}

/// Makes a transaction and waits for the event of the curators that it leaves; returns the event's fields.
async fn made(
	chain: &Chain,
	sight: Sight,
	signer: &Keypair,
	call: &impl Payload,
	event: &str,
) -> Result<Composite<()>> {
	let at = chain.at(chain.eye.finalized().await?.hash).await?;
	let mut next = seen(chain, sight).await?.block_number() + 1;
	submit(chain, &at, signer, call).await?;
	wait::until(&format!("the curators' {} in a block", call.call_name()), PATIENCE, async || {
		let last = seen(chain, sight).await?.block_number();
		while next <= last {
			let hash = chain.eye.block(u32::try_from(next)?).await?.hash;
			let found = events(&chain.at(hash).await?, "Curators", event).await?.into_iter().next();
			if found.is_some() {
				return Ok(found);
			}
			next += 1;
		}
		Ok(None)
	})
	.await
}
