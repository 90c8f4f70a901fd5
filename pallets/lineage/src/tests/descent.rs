use super::mock::*;
use crate::GenesisAsset;
use heirloom_primitives::{AssetId, Descendant, Kind, Parent, Relation, Terms};
use proptest::{collection::vec, prelude::*, sample::Index};
use std::collections::BTreeSet;

fn asset(number: usize, parents: &[AssetId]) -> GenesisAsset<AccountId> {
	GenesisAsset {
		handle: format!("A{number}"),
		kind: Kind::Model,
		creator: ANN,
		content: String::new(),
		domain: None,
		scenario: String::new(),
		terms: Terms::Share { rate: 1_000 },
		call_fee: 1,
		quality: None,
		impact: 0,
		minted: MARCH,
		parents: parents.iter().map(|asset| Parent { asset: *asset, relation: Relation::Merge }).collect(),
	}
}

pub fn graph(parents: &[Vec<AssetId>]) -> Vec<GenesisAsset<AccountId>> {
	parents.iter().enumerate().map(|(number, parents)| asset(number, parents)).collect()
}

/// All descendants, walked in pages of `limit`.
pub fn walk(root: AssetId, limit: u32) -> Vec<Descendant> {
	let (mut all, mut after) = (Vec::new(), None);
	loop {
		let page = Lineage::descendants(root, after, limit).unwrap();
		assert!(page.items.len() <= limit as usize);
		all.extend(page.items);
		match page.next {
			Some(last) => after = Some(last),
			None => return all,
		}
	}
}

/// Up to 20 assets, each with up to three older parents.
pub fn any_graph() -> impl Strategy<Value = Vec<Vec<AssetId>>> {
	vec(vec(any::<Index>(), 0..4), 1..20).prop_map(|picks| {
		let parents = |(child, picks): (usize, Vec<Index>)| {
			let older: BTreeSet<AssetId> =
				picks.iter().filter(|_| child > 0).map(|pick| pick.index(child) as AssetId).collect();
			older.into_iter().collect()
		};
		picks.into_iter().enumerate().map(parents).collect()
	})
}

#[test]
fn diamond_should_be_listed_once() {
	build_with_assets_and_execute(graph(&[vec![], vec![0], vec![0], vec![1, 2]]), || {
		let listed = walk(0, 10);
		let expected = [(1, 0, 1), (3, 1, 2), (2, 0, 1)];
		let expected: Vec<_> =
			expected.map(|(asset, under, depth)| Descendant { asset, under, depth }).into_iter().collect();
		assert_eq!(listed, expected);
	});
}

#[test]
fn walk_should_go_on_across_pages_of_children() {
	let mut parents = vec![vec![]];
	parents.extend((0..600).map(|_| vec![0]));
	build_with_assets_and_execute(graph(&parents), || {
		let listed: Vec<AssetId> = walk(0, 100).iter().map(|descendant| descendant.asset).collect();
		assert_eq!(listed, (1..=600).collect::<Vec<_>>());
	});
}

#[test]
fn descendants_should_be_none_for_an_unknown_asset() {
	build_and_execute(|| assert_eq!(Lineage::descendants(0, None, 10), None));
}

#[test]
fn descendants_should_be_none_after_a_stranger() {
	build_with_assets_and_execute(graph(&[vec![], vec![]]), || {
		assert_eq!(Lineage::descendants(0, Some(1), 10), None);
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn walk_should_meet_every_descendant_once(parents in any_graph(), limit in 1u32..7) {
		build_with_assets_and_execute(graph(&parents), || {
			for root in 0..parents.len() as AssetId {
				let listed: Vec<AssetId> = walk(root, limit).iter().map(|descendant| descendant.asset).collect();
				let distinct: BTreeSet<AssetId> = listed.iter().copied().collect();
				assert_eq!(listed.len(), distinct.len());
				let below = |asset: &AssetId| Lineage::ancestors(*asset).unwrap().contains(&root);
				let expected: BTreeSet<AssetId> = (0..parents.len() as AssetId).filter(below).collect();
				assert_eq!(distinct, expected);
			}
		});
	}

	#[test]
	fn generation_should_be_the_longest_way_up(parents in any_graph()) {
		build_with_assets_and_execute(graph(&parents), || {
			let mut generations = Vec::new();
			for (asset, parents) in parents.iter().enumerate() {
				let generation = parents.iter().map(|parent| generations[*parent as usize] + 1).max().unwrap_or(0);
				generations.push(generation);
				assert_eq!(Lineage::asset(asset as AssetId).unwrap().generation, generation);
			}
		});
	}
}
