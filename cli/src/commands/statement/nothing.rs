//! Why an asset was due nothing.

use crate::chain::{AccountId, Chain, month};
use anyhow::{Error, Result, anyhow};
use heirloom_primitives::{AssetFacts, AssetView, Booking, Formula, Period, PeriodReport};

/// The error that says so, with the reason.
pub async fn reason(
	chain: &Chain,
	asset: &AssetView<AccountId>,
	period: Period,
	report: &PeriodReport,
) -> Result<Error> {
	let handle = &asset.handle;
	if asset.id >= report.assets {
		return Ok(anyhow!("nothing was due to {handle} in {period}: it was minted later"));
	}
	let now = chain.finalized().await?;
	Ok(match month::at_close(&now, period, asset.id).await? {
		Some((closed, booking)) => anyhow!(
			"nothing was due to {handle} in {period}: {}, and {}",
			of_its_own(&booking),
			of_descendants(&closed.facts, asset.children > 0, &report.formula.formula())
		),
		None => anyhow!("nothing was due to {handle} in {period}; the reason is known for 13 months only"),
	})
}

fn of_its_own(booking: &Booking) -> &'static str {
	if booking.gross == 0 {
		"nobody paid for a use of it"
	} else {
		"all that its uses earned was shared with its ancestors and the pool"
	}
}

fn of_descendants(facts: &AssetFacts, has_children: bool, formula: &Formula) -> &'static str {
	match facts {
		_ if !has_children => "nothing descends from it",
		AssetFacts { active: false, .. } => {
			"it was delisted, so it had no part in what its descendants earned"
		}
		AssetFacts { share_rate: None, .. } => {
			"it is sold by licence, so it has no part in what its descendants earn"
		}
		_ if formula.proven_first && !facts.is_proven() => {
			"what its descendants earned, if anything, was for ancestors whose quality or impact curators attested"
		}
		_ => "nothing that descends from it earned anything",
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_primitives::{FormulaVersion, Kind, Quality};

	#[test]
	fn reason_should_be_what_keeps_an_asset_from_sharing() {
		let [v1, v2] = [FormulaVersion::V1, FormulaVersion::V2].map(FormulaVersion::formula);
		let claimed = Quality { bps: 9_800, attested: false };
		let facts = AssetFacts {
			kind: Kind::Data,
			active: true,
			share_rate: Some(3_000),
			quality: Some(claimed),
			impact: 0,
			minted: Period::default(),
		};
		assert!(of_descendants(&facts, false, &v2).contains("nothing descends"));
		assert!(of_descendants(&facts, true, &v2).contains("curators attested"));
		assert!(of_descendants(&facts, true, &v1).contains("earned anything"));
		let proven = AssetFacts { quality: Some(Quality { attested: true, ..claimed }), ..facts };
		assert!(of_descendants(&proven, true, &v2).contains("earned anything"));
		assert!(of_descendants(&AssetFacts { active: false, ..facts }, true, &v2).contains("delisted"));
		assert!(of_descendants(&AssetFacts { share_rate: None, ..facts }, true, &v2).contains("licence"));
	}

	#[test]
	fn asset_that_was_used_should_not_be_called_unused() {
		assert!(of_its_own(&Booking::default()).contains("nobody"));
		assert!(of_its_own(&Booking { gross: 1, ..Booking::default() }).contains("ancestors"));
	}
}
