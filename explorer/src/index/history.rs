//! Changes of assets: in the row, and in its history.

use super::Result;
use crate::{
	chain::decode::{
		lineage::{self, Revised},
		money::Handed,
		sandbox,
		values::{self, EdgeChange},
	},
	store::write::{AssetChange, Tx},
};
use serde_json::{Value, json};
use std::borrow::Cow;

/// An asset changed hands.
pub async fn handed(tx: &mut Tx, place: (i64, i64), handed: &Handed, at: i64) -> Result<()> {
	let detail = json!({ "from": handed.from.to_string(), "to": handed.to.to_string() });
	let change = AssetChange::Owner(handed.to.to_string());
	apply(tx, place, handed.asset, "Transferred", detail, &[change], at).await
}

/// An owner or the curators changed something.
pub async fn lineage(tx: &mut Tx, place: (i64, i64), event: &lineage::Event, at: i64) -> Result<()> {
	match event {
		lineage::Event::PayeeSet(set) => {
			let payee = set.payee.as_ref().map(ToString::to_string);
			let detail = json!({ "payee": payee });
			apply(tx, place, set.asset, "PayeeSet", detail, &[AssetChange::Payee(payee)], at).await
		}
		lineage::Event::CallFeeSet(set) => {
			let fee = set.call_fee.to_string();
			let detail = json!({ "call_fee": fee });
			apply(tx, place, set.asset, "CallFeeSet", detail, &[AssetChange::CallFee(fee)], at).await
		}
		lineage::Event::TermsSet(set) => {
			let (terms, share_rate, price) = (set.terms.text(), set.terms.rate(), set.terms.price());
			let detail = json!({ "terms": terms, "share_rate": share_rate, "price": price });
			let change = AssetChange::Terms { terms, share_rate, price };
			apply(tx, place, set.asset, "TermsSet", detail, &[change], at).await
		}
		lineage::Event::Attested(attested) => {
			let quality = attested.quality.map(|quality| AssetChange::Quality(quality.into()));
			let impact = attested.impact.map(|impact| AssetChange::Impact(impact.into()));
			let changes: Vec<_> = quality.into_iter().chain(impact).collect();
			let (quality, impact) = (attested.quality, attested.impact);
			let detail = json!({ "quality": quality, "impact": impact, "reason": words(&attested.reason) });
			apply(tx, place, attested.asset, "Attested", detail, &changes, at).await
		}
		lineage::Event::Delisted(delisted) => {
			let detail = json!({ "reason": words(&delisted.reason) });
			apply(tx, place, delisted.asset, "Delisted", detail, &[AssetChange::Delisted], at).await
		}
		lineage::Event::Relisted(relisted) => {
			apply(tx, place, relisted.asset, "Relisted", json!({}), &[AssetChange::Relisted], at).await
		}
		lineage::Event::Revised(revised) => revise(tx, place, revised, at).await,
		lineage::Event::AncestorsRevised(revised) => {
			let change = AssetChange::Ancestors(revised.ancestors.into());
			Ok(tx.change_asset(revised.asset.into(), &change).await?)
		}
		lineage::Event::Minted(_) | lineage::Event::Called(_) | lineage::Event::Bought(_) => Ok(()),
	}
}

/// People's words: nothing says that they are UTF-8.
fn words(bytes: &[u8]) -> Cow<'_, str> {
	String::from_utf8_lossy(bytes)
}

/// A parent was added or removed, as the curators decided.
async fn revise(tx: &mut Tx, place: (i64, i64), revised: &Revised, at: i64) -> Result<()> {
	let (child, parent) = (revised.child.into(), revised.parent.into());
	let (name, relation) = match revised.change {
		EdgeChange::Add { relation } => ("ParentAdded", Some(relation.text())),
		EdgeChange::Remove => ("ParentRemoved", None),
	};
	match relation {
		Some(relation) => tx.add_parent(child, parent, relation, place.0).await?,
		None => tx.remove_parent(child, parent, place.0).await?,
	}
	let detail = json!({ "parent": parent, "relation": relation });
	Ok(tx.note_change(place, child, name, &detail.to_string(), at).await?)
}

/// An asset became sandboxed, or its owner said what may be done with it.
pub async fn sandbox(tx: &mut Tx, place: (i64, i64), event: &sandbox::Event, at: i64) -> Result<()> {
	match event {
		sandbox::Event::Sandboxed(sandboxed) => {
			let mode = sandboxed.mode.text();
			let detail = json!({ "mode": mode, "reason": sandboxed.reason.as_deref().map(words) });
			apply(tx, place, sandboxed.asset, "Sandboxed", detail, &[AssetChange::Sandboxed(mode)], at).await
		}
		sandbox::Event::PolicySet { asset, policy } => {
			let detail = policy_of(policy);
			let change = AssetChange::Policy(detail.to_string());
			apply(tx, place, *asset, "PolicySet", detail, &[change], at).await
		}
		sandbox::Event::Operator(_) | sandbox::Event::Requested(_) | sandbox::Event::Permit(_) => Ok(()),
	}
}

fn policy_of(policy: &sandbox::Policy) -> Value {
	let codes: Vec<_> = policy.codes.iter().map(|code| values::hash(*code)).collect();
	let operators: Vec<_> = policy.operators.iter().map(ToString::to_string).collect();
	json!({
		"codes": codes,
		"operators": operators,
		"smallest_group": policy.limits.smallest_group,
		"largest_output": policy.limits.largest_output.to_string(),
		"largest_model": policy.limits.largest_model.to_string(),
		"release_budget": policy.limits.release_budget.to_string(),
		"approval": policy.approval.text(),
	})
}

async fn apply(
	tx: &mut Tx,
	place: (i64, i64),
	asset: u32,
	name: &str,
	detail: Value,
	changes: &[AssetChange],
	at: i64,
) -> Result<()> {
	for change in changes {
		tx.change_asset(asset.into(), change).await?;
	}
	tx.note_change(place, asset.into(), name, &detail.to_string(), at).await?;
	Ok(())
}
