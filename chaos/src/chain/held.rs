//! What is held, and what months state of it, read of a node.

use super::{AccountId, Eye, books::below, rpc_params};
use crate::{
	audit::held::Stated,
	platform::{DISPUTED, UNDELIVERED},
};
use anyhow::{Context, Result};
use codec::DecodeAll;
use heirloom_primitives::{
	AssetId, DisputeView, EdgeEdit, MicroU, Page, Period, StatementLine, StatementView, whole_cents,
};
use subxt::utils::H256;

/// What the statements of a settled month say that is to be held of it. `at` is the block that reported it, since they are
/// not kept for ever.
pub async fn stated(eye: &Eye, period: Period, at: H256) -> Result<Stated> {
	let EdgeEdit { child, parent, .. } = DISPUTED;
	// Of all pots, those from the model's on, and no more than one.
	let params = rpc_params![parent, period, child, 1, at];
	let lines: Page<StatementLine> = eye.request("royalty_statementLines", params).await?;
	let share = lines.items.iter().find(|line| line.descendant == child).map_or(0, |line| line.amount);
	let (share, _) = whole_cents(share);
	Ok(Stated {
		contested: share.min(payment(eye, parent, period, at).await?),
		undeliverable: payment(eye, UNDELIVERED, period, at).await?,
	})
}

/// What an asset's statement gives to its payee.
async fn payment(eye: &Eye, asset: AssetId, period: Period, at: H256) -> Result<MicroU> {
	let view: Option<StatementView<AccountId>> =
		eye.request("royalty_statement", rpc_params![asset, period, at]).await?;
	Ok(view.map_or(0, |view| view.statement.paid))
}

/// All disputes that are open.
pub async fn disputes(eye: &Eye, at: H256) -> Result<Vec<DisputeView<AccountId>>> {
	eye.request("lineage_disputes", rpc_params![Option::<AssetId>::None, at]).await
}

/// What is owed to all payees together, in a block in which no month is being settled.
pub async fn due(eye: &Eye, at: H256) -> Result<MicroU> {
	let mut due = 0;
	for (_, page) in below(eye, at, "Royalty", Some("DuePages")).await? {
		due +=
			Vec::<MicroU>::decode_all(&mut &page[..]).context("what payees are due")?.iter().sum::<MicroU>();
	}
	Ok(due)
}
