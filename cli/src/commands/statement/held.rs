//! What of a payment did not reach its payee when a month was settled, from the events of the settlement.

use crate::chain::{AccountId, At, Chain, read::AssetRef};
use anyhow::{Context, Result};
use codec::Decode;
use heirloom_primitives::{AssetId, MicroU, Period, PeriodReport, StatementView};
use serde::Serialize;

/// A part of a payment that was held back, and why.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Held {
	/// Why.
	pub why: String,
	/// How much, in micro-U.
	#[serde(with = "heirloom_primitives::text")]
	pub amount: MicroU,
}

/// A payment of which a part is held while it is disputed who descends from whom.
#[derive(Decode)]
struct Withheld {
	period: Period,
	derivative: AssetId,
	ancestor: AssetId,
	payee: [u8; 32],
	amount: MicroU,
}

/// A payment that its payee could not receive.
#[derive(Decode)]
struct Undelivered {
	period: Period,
	payee: [u8; 32],
	/// For all assets of the payee.
	_amount: MicroU,
}

/// What was held back of the payment for an asset; none where the node keeps the settlement's blocks no more.
pub async fn of(
	chain: &Chain,
	view: &StatementView<AccountId>,
	report: &PeriodReport,
) -> Result<Option<Vec<Held>>> {
	let Some(payee) = view.statement.payee.filter(|_| report.held_out > 0) else {
		return Ok(Some(Vec::new()));
	};
	let mut disputed = Vec::new();
	let mut undelivered = false;
	for number in report.closed_in..=report.reported_in {
		let Ok(at) = chain.at(chain.block_hash(number).await?).await else { return Ok(None) };
		let Ok(found) = read(&at, view.period, &payee).await else { return Ok(None) };
		disputed.extend(found.0);
		undelivered |= found.1;
	}
	let mut held = Vec::new();
	for Withheld { derivative, ancestor, amount, .. } in disputed {
		if concerns(chain, view.asset, derivative, ancestor).await? {
			let derivative = chain.asset(&AssetRef::Id(derivative)).await?.handle;
			let ancestor = chain.asset(&AssetRef::Id(ancestor)).await?.handle;
			let why = format!("held: it is disputed whether {derivative} descends from {ancestor}");
			held.push(Held { why, amount });
		}
	}
	let rest = view.statement.paid.saturating_sub(held.iter().map(|held| held.amount).sum());
	if undelivered && rest > 0 {
		let why = format!("held for {payee}, which could not receive it");
		held.push(Held { why, amount: rest });
	}
	Ok(Some(held))
}

/// What a block withheld of a payee's payments, and whether the payee could not receive.
async fn read(at: &At, period: Period, payee: &AccountId) -> Result<(Vec<Withheld>, bool)> {
	let (mut withheld, mut undelivered) = (Vec::new(), false);
	for event in at.events().fetch().await?.iter() {
		let event = event?;
		let mut fields = event.field_bytes();
		match (event.pallet_name(), event.event_name()) {
			("Royalty", "Withheld") => {
				let found = Withheld::decode(&mut fields).context("a withheld payment")?;
				withheld.extend(Some(found).filter(|found| found.period == period && found.payee == payee.0));
			}
			("Royalty", "PaymentUndelivered") => {
				let found = Undelivered::decode(&mut fields).context("an undelivered payment")?;
				undelivered |= found.period == period && found.payee == payee.0;
			}
			_ => {}
		}
	}
	Ok((withheld, undelivered))
}

/// Whether it is the asset's payment of which something is held: the derivative's where an ancestor is said to be missing,
/// the ancestor's where it is said to be one too many. The payee may be that of both.
async fn concerns(chain: &Chain, asset: AssetId, derivative: AssetId, ancestor: AssetId) -> Result<bool> {
	if asset != derivative && asset != ancestor {
		return Ok(false);
	}
	let missing = chain.ancestors(derivative).await?.binary_search(&ancestor).is_err();
	Ok(asset == if missing { derivative } else { ancestor })
}
