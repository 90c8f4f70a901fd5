//! Permits that wait for an owner's approval.

use super::Deciding;
use crate::keyring::Keyring;
use anyhow::{Context, Result, bail};
use heirloom_exchange::Exchange;
use heirloom_sandbox_chain::{
	AccountId, At, Chain, Keypair, calls,
	keys::id_of,
	read, submit,
	types::{AssetId, PermitStatus},
};
use heirloom_seal::{Binding, ContentId, Envelope, Origin, Purpose, SealingPublicKey};
use serde_json::json;
use std::path::Path;

/// Lists requests for an owner's assets.
pub async fn list(chain: &Chain, owner: &AccountId, json: bool) -> Result<()> {
	let at = chain.finalized().await?;
	let mut found = Vec::new();
	for (permit, record) in read::requested_permits(&at).await? {
		let mine = owned(&at, &record.awaiting, owner).await?;
		if !mine.is_empty() {
			found.push((permit, record, mine));
		}
	}
	if json {
		let documents: Vec<_> = found
			.iter()
			.map(|(permit, record, mine)| {
				json!({
					"permit": permit, "assets": mine, "consumer": record.consumer.to_string(),
					"operator": record.operator.to_string(), "code": record.code_hash, "expires_at": record.expires_at,
				})
			})
			.collect();
		println!("{}", serde_json::to_string(&documents)?);
		return Ok(());
	}
	for (permit, record, mine) in &found {
		let assets: Vec<_> = mine.iter().map(ToString::to_string).collect();
		println!("permit {permit} for asset {}", assets.join(", "));
		println!("  consumer  {}", record.consumer);
		println!("  operator  {}", record.operator);
		println!("  code      {:?}", record.code_hash);
	}
	if found.is_empty() {
		println!("no permit waits for {owner}");
	}
	Ok(())
}

/// Approves a request, and hands the operator an envelope for each of the owner's assets. The envelopes go first: a
/// permit that is approved and cannot be opened would let its time run out.
pub async fn allow(chain: &Chain, deciding: &Deciding, keys: Option<&Path>, json: bool) -> Result<()> {
	let (key, permit) = (deciding.key(chain).await?, deciding.permit);
	let owner = id_of(&key);
	let at = chain.finalized().await?;
	let Some(record) = read::permit(&at, permit).await? else { bail!("there is no permit {permit}") };
	if record.status != PermitStatus::Requested {
		bail!("permit {permit} does not wait for an approval");
	}
	let mine = owned(&at, &record.awaiting, &owner).await?;
	if mine.is_empty() {
		bail!("permit {permit} does not wait for {owner}");
	}
	let operator = read::operator(&at, &record.operator).await?;
	let operator = operator.with_context(|| format!("{} is no operator any more", record.operator))?;
	let recipient = SealingPublicKey(operator.profile.sealing_key);
	let (keyring, exchange) = (Keyring::open(keys)?, Exchange::open(&deciding.exchange)?);
	let origin = Origin { genesis: chain.genesis().0, owner: owner.0 };
	for asset in &mine {
		let content = content_of(&at, *asset).await?;
		let binding = Binding { origin, content, purpose: Purpose::Permit(permit) };
		let envelope = Envelope::seal(&keyring.key_of(&content)?, &binding, &recipient)?;
		exchange.put_envelope(&envelope)?;
	}
	let included = submit::run(chain, &key, &calls::approve(permit)).await?;
	if json {
		println!("{}", json!({ "permit": permit, "assets": mine, "block": included.block }));
	} else {
		println!(
			"permit {permit} is approved in block {}, and its operator can open your data for it",
			included.block
		);
	}
	Ok(())
}

/// Withdraws a permit.
pub async fn revoke(chain: &Chain, permit: u64, key: &Keypair, json: bool) -> Result<()> {
	let included = submit::run(chain, key, &calls::revoke(permit)).await?;
	if json {
		println!("{}", json!({ "permit": permit, "block": included.block }));
	} else {
		println!("permit {permit} is revoked in block {}", included.block);
	}
	Ok(())
}

/// Which of the assets an account owns.
async fn owned(at: &At, assets: &[AssetId], owner: &AccountId) -> Result<Vec<AssetId>> {
	let mut mine = Vec::new();
	for asset in assets {
		if read::owner(at, *asset).await?.as_ref() == Some(owner) {
			mine.push(*asset);
		}
	}
	Ok(mine)
}

/// The content id of an asset's ciphertext.
pub async fn content_of(at: &At, asset: AssetId) -> Result<ContentId> {
	let record = read::asset(at, asset).await?.with_context(|| format!("there is no asset {asset}"))?;
	let text = String::from_utf8(record.content).unwrap_or_default();
	text.parse().with_context(|| format!("asset {asset} was minted without a content id"))
}
