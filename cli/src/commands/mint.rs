//! `heirloom mint`: mint a root, or an asset derived from others.

use crate::{
	args::{KindArg, MintArgs},
	chain::{Chain, accounts::key_of, calls, follow::Outcome, submit::Submitter},
	output,
};
use anyhow::{Context, Result, bail};
use codec::{Decode, Encode};
use heirloom_primitives::{DomainId, Evidence, Kind, MicroU, Purpose, Relation, Terms, grouped};
use serde_json::json;
use subxt::{dynamic::storage, ext::scale_value::Value};

/// Runs the command.
pub async fn run(chain: &Chain, args: &MintArgs, json: bool) -> Result<()> {
	let signer = key_of(&args.from)?;
	let draft = draft(chain, args).await?;
	let mut submitter = Submitter::new(chain).await?;
	let minting = format!("minting {}", args.handle);
	let outcome = match args.parents.is_empty() && args.permits.is_empty() {
		true => submitter.run_one(&signer, &calls::mint(draft), &minting).await?,
		false => {
			let opened =
				submitter.run_one(&signer, &calls::open_derivation(), "opening a derivation").await?;
			let derivation = opened.number("Lineage", "DerivationOpened", "derivation")?;
			for parent in &args.parents {
				let asset = chain.asset(&parent.asset).await?;
				let fee = asset.call_fee.checked_mul(MicroU::from(parent.units)).context("too many units")?;
				let towards = Some((derivation, parent.relation));
				let call = calls::call(asset.id, parent.units, purpose(parent.relation), fee, towards);
				submitter.run_one(&signer, &call, &format!("calling {}", asset.handle)).await?;
			}
			let call = calls::mint_derived(derivation, draft, args.permits.clone());
			submitter.run_one(&signer, &call, &minting).await?
		}
	};
	show(&outcome, args, json)
}

fn show(outcome: &Outcome, args: &MintArgs, json: bool) -> Result<()> {
	let asset = outcome.number("Lineage", "Minted", "asset")?;
	let ancestors = outcome.number("Lineage", "Minted", "ancestors")?;
	if json {
		return output::json(&json!({ "asset": asset, "ancestors": ancestors, "block": outcome.block }));
	}
	println!(
		"{} is asset {asset} with {} ancestors, minted in block {}",
		args.handle,
		grouped(u128::from(ancestors)),
		grouped(u128::from(outcome.block))
	);
	Ok(())
}

/// What a use with this relation is for.
fn purpose(relation: Relation) -> Purpose {
	match relation {
		Relation::TrainedOn => Purpose::Training,
		Relation::EvaluatedWith => Purpose::Evaluation,
		Relation::Finetune | Relation::Adapter | Relation::Quantized | Relation::Merge => Purpose::FineTuning,
	}
}

/// The encoded `AssetDraft`.
async fn draft(chain: &Chain, args: &MintArgs) -> Result<Vec<u8>> {
	let kind = match args.kind {
		KindArg::Data => Kind::Data,
		KindArg::Model => Kind::Model,
		KindArg::Script => Kind::Script,
	};
	let terms = match (args.share_rate, args.buyout) {
		(Some(rate), _) => Terms::Share { rate },
		(None, Some(price)) => Terms::Buyout { price },
		(None, None) => bail!("terms are missing: --share-rate or --buyout"),
	};
	let domain = match &args.domain {
		Some(name) => Some(domain_id(chain, name).await?),
		None => None,
	};
	let (content, scenario) = (args.content.as_bytes(), args.scenario.as_bytes());
	let about = (args.handle.as_bytes(), kind, content, domain, scenario);
	Ok((about, Evidence::default(), terms, args.call_fee, args.quality).encode())
}

/// The id of a domain by its name.
async fn domain_id(chain: &Chain, name: &str) -> Result<DomainId> {
	let at = chain.finalized().await?;
	let address = storage::<(DomainId,), Value>("Lineage", "Domains");
	let mut domains = at.storage().iter(address, ()).await.context("the list of domains")?;
	let mut known = Vec::new();
	while let Some(entry) = domains.next().await {
		let entry = entry.context("the list of domains")?;
		let (id,) = entry.key()?.decode()?;
		let (found, _medical) = <(Vec<u8>, bool)>::decode(&mut entry.value().bytes()).context("a domain")?;
		if found == name.as_bytes() {
			return Ok(id);
		}
		known.push(String::from_utf8_lossy(&found).into_owned());
	}
	known.sort();
	bail!("the chain has no domain {name:?}; it has {}", known.join(", "))
}
