//! `heirloom asset`: everything the chain holds of an asset.

use crate::{
	args::AssetArgs,
	chain::{AccountId, Chain},
	output::{self, Style, percent, styled, word},
};
use anyhow::Result;
use heirloom_primitives::{AssetView, Status, Terms, format_u_exact, grouped};

/// Runs the command.
pub async fn run(chain: &Chain, args: &AssetArgs, json: bool) -> Result<()> {
	let asset = chain.asset(&args.asset).await?;
	if json { output::json(&asset) } else { show(&asset) }
}

fn show(asset: &AssetView<AccountId>) -> Result<()> {
	let quality = asset.quality.map_or("not stated".into(), |quality| {
		let by = if quality.attested { "attested" } else { "claimed" };
		format!("{}, {by}", percent(quality.bps))
	});
	let status = match asset.status {
		Status::Active => "active",
		Status::Delisted => "delisted",
	};
	output::line(format_args!(
		"{} {}",
		styled(Style::Bold, &asset.handle),
		styled(Style::Dim, format!("asset {}", asset.id))
	))?;
	output::fields([
		("kind", word(&asset.kind)?),
		("domain", asset.domain.clone().unwrap_or_else(|| "none".into())),
		("status", status.into()),
		("minted", asset.minted.to_string()),
		("terms", terms(&asset.terms)),
		("call fee", format!("{} U per unit", format_u_exact(asset.call_fee))),
		("quality", quality),
		("impact", percent(asset.impact)),
		("used", if asset.sandboxed { "inside a sandbox only" } else { "freely, for the call fee" }.into()),
		("creator", asset.creator.to_string()),
		("owner", asset.owner.to_string()),
		("paid to", asset.payee.to_string()),
		("parents", grouped(asset.parents.len() as u128)),
		("ancestors", grouped(u128::from(asset.ancestors))),
		("children", grouped(u128::from(asset.children))),
		(
			"receipts",
			format!("{}, hash {:?}", grouped(u128::from(asset.receipts.count)), asset.receipts.hash),
		),
	])
}

/// Terms as a person says them.
pub(super) fn terms(terms: &Terms) -> String {
	match terms {
		Terms::Share { rate } => format!("derivatives share {} of their call fees", percent(*rate)),
		Terms::Buyout { price } => format!("a licence for {} U", format_u_exact(*price)),
	}
}
