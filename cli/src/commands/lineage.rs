//! `heirloom lineage`: the tree above or below an asset.

use crate::{
	args::LineageArgs,
	chain::{
		AccountId, Chain,
		read::{AssetRef, for_each},
	},
	output::{self, Style, count, styled, word},
};
use anyhow::Result;
use heirloom_primitives::{AssetId, AssetView, Descendant, grouped};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

type Views = BTreeMap<AssetId, AssetView<AccountId>>;

/// Runs the command.
pub async fn run(chain: &Chain, args: &LineageArgs, json: bool) -> Result<()> {
	let asset = chain.asset(&args.asset).await?;
	if args.down {
		down(chain, &asset, args.limit, json).await
	} else {
		up(chain, asset, args.limit, json).await
	}
}

/// A tree, for JSON.
#[derive(Serialize)]
struct Tree<'a> {
	/// The asset that was asked about, then what is above or below it, depth first.
	items: Vec<&'a Node<'a>>,
	/// Whether there are more than the limit.
	more: bool,
}

/// One asset of a tree, for JSON.
#[derive(Serialize)]
struct Node<'a> {
	asset: AssetId,
	handle: &'a str,
	depth: u32,
	relation: Option<String>,
	/// Shown further up in the tree already, with what is above it.
	repeated: bool,
}

async fn up(chain: &Chain, asset: AssetView<AccountId>, limit: usize, json: bool) -> Result<()> {
	let root = asset.id;
	let ancestors = chain.ancestors(root).await?;
	let all = ancestors.len();
	let mut views = views(chain, ancestors).await?;
	views.insert(root, asset);

	let mut nodes: Vec<(Node<'_>, Vec<bool>)> = Vec::new();
	let mut expanded = BTreeSet::new();
	// What is left to show: the asset, its relation to the one below, and at each depth whether more follow there.
	let mut left = vec![(root, None, Vec::new())];
	while nodes.len() <= limit
		&& let Some((id, relation, more)) = left.pop()
	{
		let Some(view) = views.get(&id) else { continue };
		let repeated = !expanded.insert(id);
		if !repeated {
			let parents = view.parents.iter().enumerate().rev();
			for (position, parent) in parents {
				let mut deeper = more.clone();
				deeper.push(position + 1 < view.parents.len());
				left.push((parent.asset, Some(parent.relation), deeper));
			}
		}
		let relation = relation.map(|relation| word(&relation)).transpose()?;
		let depth = u32::try_from(more.len())?;
		nodes.push((Node { asset: id, handle: &view.handle, depth, relation, repeated }, more));
	}
	if json {
		let items = nodes.iter().map(|(node, _)| node).collect();
		return output::json(&Tree { items, more: !left.is_empty() });
	}
	for (node, more) in &nodes {
		let note = match (&node.relation, node.repeated) {
			(Some(relation), true) => format!("{relation}, see above"),
			(Some(relation), false) => relation.clone(),
			(None, _) => count(all, "ancestor"),
		};
		output::line(format_args!("{}{} {}", branches(more), node.handle, styled(Style::Dim, note)))?;
	}
	cut_off(!left.is_empty(), limit)
}

async fn down(chain: &Chain, asset: &AssetView<AccountId>, limit: usize, json: bool) -> Result<()> {
	let (mut found, mut after) = (Vec::<Descendant>::new(), None);
	loop {
		let page = chain.descendants(asset.id, after).await?;
		found.extend(page.items);
		after = page.next;
		if after.is_none() || found.len() > limit {
			break;
		}
	}
	let cut = found.len() > limit;
	found.truncate(limit);
	let views = views(chain, found.iter().map(|descendant| descendant.asset)).await?;
	let relation = |descendant: &Descendant| {
		let parents = views.get(&descendant.asset).map(|view| view.parents.as_slice()).unwrap_or_default();
		let under = parents.iter().find(|parent| parent.asset == descendant.under);
		under.map(|parent| word(&parent.relation)).transpose()
	};
	let handle = |id| views.get(&id).map_or("", |view| view.handle.as_str());
	if json {
		let root = Node { asset: asset.id, handle: &asset.handle, depth: 0, relation: None, repeated: false };
		let mut nodes = vec![root];
		for descendant in &found {
			let Descendant { asset, depth, .. } = *descendant;
			let relation = relation(descendant)?;
			nodes.push(Node { asset, handle: handle(asset), depth, relation, repeated: false });
		}
		return output::json(&Tree { items: nodes.iter().collect(), more: cut });
	}
	output::line(format_args!("{} {}", asset.handle, styled(Style::Dim, children(asset.children))))?;
	for (position, descendant) in found.iter().enumerate() {
		// The walk is depth first: one of the same depth before any of a lesser one is a sibling further down.
		let more: Vec<_> = (1..=descendant.depth)
			.map(|depth| {
				found[position + 1..]
					.iter()
					.find(|later| later.depth <= depth)
					.is_some_and(|later| later.depth == depth)
			})
			.collect();
		let note = relation(descendant)?.unwrap_or_default();
		output::line(format_args!(
			"{}{} {}",
			branches(&more),
			handle(descendant.asset),
			styled(Style::Dim, note)
		))?;
	}
	cut_off(cut, limit)
}

/// `1 child`, `1,200 children`.
fn children(number: u32) -> String {
	if number == 1 { "1 child".into() } else { format!("{} children", grouped(u128::from(number))) }
}

/// The lines that lead to an asset: at each depth whether more follow.
fn branches(more: &[bool]) -> String {
	let Some((last, above)) = more.split_last() else { return String::new() };
	let above: String = above.iter().map(|more| if *more { "│  " } else { "   " }).collect();
	above + if *last { "├─ " } else { "└─ " }
}

fn cut_off(cut: bool, limit: usize) -> Result<()> {
	if cut {
		output::line(styled(Style::Dim, format!("… more than {limit}; show them with --limit")))?;
	}
	Ok(())
}

async fn views(chain: &Chain, assets: impl IntoIterator<Item = AssetId>) -> Result<Views> {
	let views = for_each(assets, |id| async move { chain.asset(&AssetRef::Id(id)).await }).await?;
	Ok(views.into_iter().map(|view| (view.id, view)).collect())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn branches_end_where_nothing_follows() {
		assert_eq!(branches(&[]), "");
		assert_eq!(branches(&[true, false, true]), "│     ├─ ");
		assert_eq!(branches(&[true, false]), "│  └─ ");
	}
}
