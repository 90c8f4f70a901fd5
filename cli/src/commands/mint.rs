//! `heirloom mint`: mint a root, or an asset derived from others.

use super::asset;
use crate::{
	args::{KindArg, MintArgs, ParentArg},
	chain::{Chain, Refusal, calls, follow::Outcome, read::AssetRef},
	output::{self, count, percent, u},
	signing::Signer,
};
use anyhow::{Context, Result, bail, ensure};
use codec::{Decode, Encode};
use heirloom_primitives::{
	AssetId, AssetView, DomainId, Evidence, Kind, MicroU, Purpose, Relation, Terms, Units,
};
use serde_json::json;
use subxt::{dynamic::storage, ext::scale_value::Value};

/// A use that an asset is to be derived by.
struct Use {
	asset: AssetId,
	relation: Relation,
	units: Units,
	/// The most that it may cost.
	fee: MicroU,
}

/// Runs the command.
pub async fn run(chain: &Chain, args: &MintArgs, json: bool) -> Result<()> {
	let mut signer = args.signing.signer(chain).await?;
	ensure_free(chain, &args.handle).await?;
	let draft = draft(chain, args).await?;
	let mut uses = Vec::new();
	for parent in &args.parents {
		uses.push(planned(parent, &chain.asset(&parent.asset).await?)?);
	}
	let total = total(&uses, args.max_fee)?;
	let minting = format!("minting {}", args.handle);
	let outcome = if uses.is_empty() && args.permits.is_empty() {
		signer.run(&calls::mint(draft), &minting).await?
	} else {
		if !uses.is_empty() {
			eprintln!("uses of {} cost {} at most", count(uses.len(), "parent"), u(total));
		}
		derived(&mut signer, args, &uses, draft, &minting).await?
	};
	show(&outcome, &signer, args, json)
}

/// Fails where the handle is taken: minting would fail after its parents were looked up.
async fn ensure_free(chain: &Chain, handle: &str) -> Result<()> {
	match chain.asset(&AssetRef::Handle(handle.into())).await {
		Ok(taken) => bail!("there is an asset {handle} already: it is asset {}", taken.id),
		Err(error) if Refusal::of(&error).is_some_and(Refusal::is_of_unknown_asset) => Ok(()),
		Err(error) => Err(error),
	}
}

/// What a parent is to be used for, and what that costs.
fn planned<AccountId>(parent: &ParentArg, asset: &AssetView<AccountId>) -> Result<Use> {
	let handle = &asset.handle;
	ensure!(
		!asset.sandboxed,
		"{handle} can only be used inside a sandbox: name the completed permit with --permit instead"
	);
	let fee = asset.call_fee.checked_mul(MicroU::from(parent.units)).context("too many units")?;
	Ok(Use { asset: asset.id, relation: parent.relation, units: parent.units, fee })
}

/// What all uses cost together, which is not to be more than `most`.
fn total(uses: &[Use], most: Option<MicroU>) -> Result<MicroU> {
	let total =
		uses.iter().try_fold(0, |sum: MicroU, used| sum.checked_add(used.fee)).context("too many units")?;
	if let Some(most) = most {
		ensure!(total <= most, "the uses of its parents cost {}, more than --max-fee {}", u(total), u(most));
	}
	Ok(total)
}

/// Opens a derivation, then pays all parents and mints in one transaction, so that nobody is paid unless it is minted.
async fn derived(
	signer: &mut Signer<'_>,
	args: &MintArgs,
	uses: &[Use],
	draft: Vec<u8>,
	minting: &str,
) -> Result<Outcome> {
	let opened = signer.run(&calls::open_derivation(), "opening a derivation").await?;
	let derivation = opened.number("Lineage", "DerivationOpened", "derivation")?;
	let mut batch = Vec::new();
	for Use { asset, relation, units, fee } in uses {
		let towards = Some((derivation, *relation));
		batch.push(signer.encode(&calls::call(*asset, *units, purpose(*relation), *fee, towards))?);
	}
	batch.push(signer.encode(&calls::mint_derived(derivation, draft, args.permits.clone()))?);
	let failed = match signer.run(&calls::batch_all(batch), minting).await {
		Ok(outcome) => return Ok(outcome),
		Err(failed) => failed,
	};
	// The deposit of a derivation that is left open stays held. One that can be closed was not minted from.
	match signer.run(&calls::close_derivation(derivation), "closing the derivation").await {
		Ok(_) => Err(failed.context("nothing is minted, and nobody was paid")),
		Err(_) => Err(failed.context(format!("derivation {derivation} may still be open, with its deposit"))),
	}
}

fn show(outcome: &Outcome, signer: &Signer<'_>, args: &MintArgs, json: bool) -> Result<()> {
	let asset = outcome.number("Lineage", "Minted", "asset")?;
	let ancestors = outcome.number("Lineage", "Minted", "ancestors")?;
	let paid: MicroU = outcome.numbers("Lineage", "Called", "fee").sum();
	if json {
		return output::json(&json!({
			"asset": asset,
			"ancestors": ancestors,
			"paid": paid.to_string(),
			"block": outcome.block,
		}));
	}
	let for_uses = if args.parents.is_empty() { String::new() } else { format!(", {} paid", u(paid)) };
	output::line(format_args!(
		"{} is asset {asset} with {}{for_uses}, minted {}",
		args.handle,
		count(usize::try_from(ancestors)?, "ancestor"),
		signer.place(outcome)
	))?;
	output::line(format_args!("  {}", stated(args)?))
}

/// What the owner cannot put right later if it was mistyped.
fn stated(args: &MintArgs) -> Result<String> {
	let quality = match args.quality {
		Some(bps) => format!("claimed quality {}", percent(bps)),
		None => "no claimed quality".into(),
	};
	Ok(format!("{}; {quality}", asset::terms(&terms(args)?)))
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
	let domain = match &args.domain {
		Some(name) => Some(domain_id(chain, name).await?),
		None => None,
	};
	let (content, scenario) = (args.content.as_bytes(), args.scenario.as_bytes());
	let about = (args.handle.as_bytes(), kind, content, domain, scenario);
	Ok((about, Evidence::default(), terms(args)?, args.call_fee, args.quality).encode())
}

/// What its owner asks of those who derive from it.
fn terms(args: &MintArgs) -> Result<Terms> {
	match (args.terms.share_rate, args.terms.buyout) {
		(Some(rate), _) => Ok(Terms::Share { rate }),
		(None, Some(price)) => Ok(Terms::Buyout { price }),
		(None, None) => bail!("terms are missing: --share-rate or --buyout"),
	}
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

#[cfg(test)]
mod tests {
	use super::*;
	use crate::args::{Cli, Command};
	use clap::Parser;
	use heirloom_primitives::U;

	/// The arguments of `mint` with these besides.
	fn args(more: &[&str]) -> MintArgs {
		let words = ["heirloom", "mint", "A", "--kind", "data", "--call-fee", "1"];
		match Cli::parse_from([&words[..], more].concat()).command {
			Command::Mint(args) => args,
			other => panic!("{other:?}"),
		}
	}

	fn used(fee: MicroU) -> Use {
		Use { asset: 1, relation: Relation::TrainedOn, units: 1, fee }
	}

	#[test]
	fn parents_that_cost_more_than_the_limit_together_are_refused() {
		let uses = [used(2 * U), used(3 * U)];
		assert_eq!(total(&uses, Some(5 * U)).unwrap(), 5 * U);
		assert_eq!(total(&uses, None).unwrap(), 5 * U);
		let error = total(&uses, Some(5 * U - 1)).unwrap_err().to_string();
		assert_eq!(error, "the uses of its parents cost 5.00 U, more than --max-fee 4.999999 U");
		assert!(total(&[used(MicroU::MAX), used(1)], None).is_err());
	}

	#[test]
	fn terms_should_be_told_with_the_claimed_quality() {
		let shared = stated(&args(&["--share-rate", "30%", "--quality", "9850"])).unwrap();
		assert_eq!(shared, "derivatives share 30.00 % of their call fees; claimed quality 98.50 %");
		let sold = stated(&args(&["--buyout", "120"])).unwrap();
		assert_eq!(sold, "a licence for 120.00 U; no claimed quality");
	}
}
