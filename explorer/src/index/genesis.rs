//! What a chain began with: no event tells of it, so it is read from the first state.

use super::{Result, block::row};
use crate::{
	chain::{Chain, blocks::Block, decode::values, pages},
	store::write::{AssetChange, NewParent, Tx},
};
use futures::{StreamExt, pin_mut};
use heirloom_primitives::Relation;

/// Rows that are in memory at once.
const AT_ONCE: usize = 5_000;

/// Takes in the first state.
pub async fn take_in(tx: &mut Tx, chain: &Chain, block: &Block) -> Result<()> {
	let state = &block.state;
	let domains = pages::domains(chain, state).await?;
	let rows =
		domains.iter().map(|(id, domain)| (i64::from(*id), values::text(&domain.name), domain.medical));
	tx.domains(&rows.collect::<Vec<_>>()).await?;
	let names = tx.domain_names().await?;
	let assets = pages::assets(chain, state).await?.chunks(AT_ONCE);
	pin_mut!(assets);
	while let Some(chunk) = assets.next().await {
		let chunk = chunk.into_iter().collect::<std::result::Result<Vec<_>, _>>()?;
		let rows: Vec<_> = chunk.iter().map(|(id, record)| row(*id, record, &names, 0, None)).collect();
		tx.assets(&rows).await?;
	}
	let parents = pages::parents(chain, state).await?.chunks(AT_ONCE);
	pin_mut!(parents);
	while let Some(chunk) = parents.next().await {
		let mut rows = Vec::new();
		for entry in chunk {
			let (child, parents) = entry?;
			rows.extend((0i64..).zip(parents).map(|(position, parent)| NewParent {
				child: child.into(),
				position,
				parent: parent.asset.into(),
				relation: relation(parent.relation),
			}));
		}
		tx.parents(&rows).await?;
	}
	let sandboxed = pages::sandboxed(chain, state).await?;
	pin_mut!(sandboxed);
	while let Some(entry) = sandboxed.next().await {
		let (asset, mode) = entry?;
		let mode = if mode == 0 { "chosen" } else { "medical" };
		tx.change_asset(asset.into(), &AssetChange::Sandboxed(mode)).await?;
	}
	Ok(())
}

fn relation(relation: Relation) -> &'static str {
	match relation {
		Relation::TrainedOn => "trained_on",
		Relation::Finetune => "finetune",
		Relation::Adapter => "adapter",
		Relation::Quantized => "quantized",
		Relation::Merge => "merge",
		Relation::EvaluatedWith => "evaluated_with",
	}
}
