//! Edges that are corrected, and the sets of ancestors that follow.

use super::{
	descent::{any_graph, graph, walk},
	mock::*,
};
use crate::{
	AncestorSets, ChildCounts, ChildPages, Error, Event, Parents, Revisions, Stage, WeightInfo,
	weights::SubstrateWeight,
};
use frame_support::{
	assert_noop, assert_ok,
	traits::Hooks,
	weights::{Weight, WeightMeter},
};
use frame_system::EventRecord;
use heirloom_primitives::{Ancestry, AssetId, EdgeChange, EdgeEdit, Relation};
use proptest::{collection::vec, prelude::*, sample::Index};
use std::collections::BTreeSet;

fn add(child: AssetId, parent: AssetId) -> EdgeEdit {
	EdgeEdit { child, parent, change: EdgeChange::Add { relation: Relation::TrainedOn } }
}

fn remove(child: AssetId, parent: AssetId) -> EdgeEdit {
	EdgeEdit { child, parent, change: EdgeChange::Remove }
}

fn revise(edit: EdgeEdit) -> sp_runtime::DispatchResult {
	<Lineage as Ancestry<AccountId>>::revise(edit)
}

/// Blocks that have nothing to spare, until all is corrected. Returns their number.
fn work_off() -> u32 {
	let mut blocks = 0;
	while Revisions::<Test>::exists() {
		let used = Lineage::on_initialize(1);
		assert!(used.all_lte(RevisionWeight::get()));
		Lineage::do_try_state().unwrap();
		blocks += 1;
		assert!(blocks < 100_000, "a correction does not end");
	}
	blocks
}

fn ancestors(asset: AssetId) -> Vec<AssetId> {
	Lineage::ancestors(asset).unwrap()
}

/// The most ancestors of the mock.
const MOST: u32 = 80;

/// A chain of assets, each with the one before as its parent.
fn chain(length: u32) -> Vec<Vec<AssetId>> {
	(0..length).map(|asset| asset.checked_sub(1).into_iter().collect()).collect()
}

#[test]
fn added_parent_should_reach_all_descendants() {
	build_with_assets_and_execute(graph(&[vec![], vec![], vec![1], vec![2], vec![1]]), || {
		assert_ok!(revise(add(2, 0)));
		assert_eq!(ancestors(2), [1]);
		work_off();
		assert_eq!([2, 3, 4].map(ancestors), [vec![0, 1], vec![0, 1, 2], vec![1]]);
		let relations: Vec<_> = Parents::<Test>::get(2).iter().map(|parent| parent.relation).collect();
		assert_eq!(relations, [Relation::Merge, Relation::TrainedOn]);
		assert_eq!(walk(0, 10).iter().map(|below| below.asset).collect::<Vec<_>>(), [2, 3]);
		let edit = add(2, 0);
		System::assert_last_event(Event::Revised { child: 2, parent: 0, change: edit.change }.into());
		System::assert_has_event(Event::AncestorsRevised { asset: 3, ancestors: 3 }.into());
	});
}

#[test]
fn revision_should_pause_in_a_block_that_others_take() {
	build_with_assets_and_execute(graph(&[vec![], vec![], vec![1]]), || {
		assert_ok!(revise(add(2, 0)));
		BlockIsTaken::set(true);
		assert_eq!(Lineage::on_initialize(1), Weight::zero());
		assert_eq!(ancestors(2), [1]);
		BlockIsTaken::set(false);
		work_off();
		assert_eq!(ancestors(2), [0, 1]);
	});
}

#[test]
fn removed_parent_should_leave_all_descendants() {
	build_with_assets_and_execute(graph(&[vec![], vec![0], vec![], vec![1, 2], vec![3]]), || {
		assert_ok!(revise(remove(3, 1)));
		work_off();
		assert_eq!([3, 4].map(ancestors), [vec![2], vec![2, 3]]);
		assert!(walk(1, 10).is_empty());
		assert_eq!(Lineage::asset(4).unwrap().generation, 2);
	});
}

#[test]
fn asset_whose_only_parent_is_removed_should_be_a_root() {
	build_with_assets_and_execute(graph(&[vec![], vec![0]]), || {
		assert_ok!(revise(remove(1, 0)));
		work_off();
		assert!(ancestors(1).is_empty() && !Parents::<Test>::contains_key(1));
		assert_eq!(Lineage::asset(1).unwrap().generation, 0);
		assert_eq!(Lineage::asset(0).unwrap().children, 0);
		assert!(!ChildPages::<Test>::contains_key(0, 0) && !ChildCounts::<Test>::contains_key(0));
	});
}

#[test]
fn ancestor_in_another_way_should_stay() {
	build_with_assets_and_execute(graph(&[vec![], vec![0], vec![0, 1]]), || {
		assert_ok!(revise(remove(2, 0)));
		work_off();
		assert_eq!(ancestors(2), [0, 1]);
	});
}

#[test]
fn correction_should_wait_for_a_settlement() {
	build_with_assets_and_execute(graph(&[vec![], vec![]]), || {
		assert_ok!(revise(add(1, 0)));
		AncestorsFrozen::set(true);
		Lineage::on_initialize(1);
		Lineage::on_idle(1, Weight::MAX);
		assert!(ancestors(1).is_empty());
		AncestorsFrozen::set(false);
		work_off();
		assert_eq!(ancestors(1), [0]);
	});
}

#[test]
fn spare_weight_should_correct_too() {
	build_with_assets_and_execute(graph(&[vec![], vec![]]), || {
		assert_ok!(revise(add(1, 0)));
		let used = Lineage::on_idle(1, Weight::from_parts(1, 0));
		assert_eq!(used, Weight::zero());
		Lineage::on_idle(1, Weight::MAX);
		assert_eq!(ancestors(1), [0]);
	});
}

#[test]
fn asset_minted_meanwhile_should_get_the_ancestor() {
	build_with_assets_and_execute(graph(&[vec![], vec![]]), || {
		assert_ok!(revise(add(1, 0)));
		// As from the mint of another block, between two steps.
		Revisions::<Test>::mutate(|waiting| waiting[0].stage = Stage::Updating { next: 1 });
		Parents::<Test>::insert(1, crate::AllParentsOf::<Test>::truncate_from(vec![parent(0)]));
		ChildPages::<Test>::insert(0, 0, crate::ChildPage::truncate_from(vec![1]));
		ChildCounts::<Test>::insert(0, 1);
		mint_child(1, "NEW");
		assert_eq!(ancestors(2), [1]);
		work_off();
		assert_eq!(ancestors(2), [0, 1]);
	});
}

/// Mints an asset with one parent.
fn mint_child(of: AssetId, handle: &str) {
	let derivation = crate::NextDerivationId::<Test>::get();
	assert_ok!(Lineage::open_derivation(RuntimeOrigin::signed(ANN)));
	let used = crate::ParentsOf::<Test>::truncate_from(vec![parent(of)]);
	crate::Derivations::<Test>::mutate_extant(derivation, |open| open.used = used);
	let minted =
		Lineage::mint_derived(RuntimeOrigin::signed(ANN), derivation, draft(handle), Default::default());
	assert_ok!(minted);
}

fn parent(asset: AssetId) -> heirloom_primitives::Parent {
	heirloom_primitives::Parent { asset, relation: Relation::TrainedOn }
}

#[test]
fn child_should_be_put_between_full_pages() {
	let mut parents = vec![vec![], vec![]];
	parents.extend((0..700).map(|asset| if asset == 100 { vec![] } else { vec![0] }));
	build_with_assets_and_execute(graph(&parents), || {
		assert_ok!(revise(add(102, 0)));
		work_off();
		assert_eq!(walk(0, 1_000).len(), 700);
		assert_ok!(revise(remove(102, 0)));
		assert_ok!(revise(remove(2, 0)));
		assert_ok!(revise(remove(701, 0)));
		work_off();
		assert_eq!(walk(0, 1_000).len(), 697);
		assert_eq!(ChildCounts::<Test>::get(0), 697);
	});
}

#[test]
fn children_minted_between_steps_should_be_listed() {
	// One more than two pages: when the last child is taken out, its page is empty until another is minted.
	let mut parents = vec![vec![]];
	parents.extend((0..513).map(|_| vec![0]));
	parents.push(vec![]);
	for edit in [remove(1, 0), remove(513, 0), add(514, 0)] {
		build_with_assets_and_execute(graph(&parents), || {
			assert_ok!(revise(edit));
			let begin = if edit.is_addition() {
				SubstrateWeight::<Test>::begin_addition()
			} else {
				SubstrateWeight::<Test>::begin_removal()
			};
			let one_step = SubstrateWeight::<Test>::look_for_revisions().saturating_add(begin);
			let mut expected = if edit.is_addition() { 514 } else { 512 };
			for number in 0..6 {
				Lineage::revise(WeightMeter::with_limit(one_step));
				mint_child(0, &format!("NEW-{number}"));
				expected += 1;
			}
			work_off();
			assert_eq!(walk(0, 1_000).len(), expected);
		});
	}
}

#[test]
fn long_set_should_move_out_of_its_page_and_back() {
	let mut parents = chain(78);
	parents.extend([vec![], vec![78], vec![79]]);
	build_with_assets_and_execute(graph(&parents), || {
		assert_ok!(revise(add(78, 77)));
		work_off();
		assert_eq!(ancestors(78).len(), 78);
		assert!(AncestorSets::<Test>::contains_key(80));
		assert_ok!(revise(remove(78, 77)));
		work_off();
		assert_eq!(ancestors(80), [78, 79]);
		assert!(!AncestorSets::<Test>::contains_key(80));
	});
}

#[test]
fn descendant_with_too_many_should_keep_the_youngest() {
	// 80 ancestors are the most: asset 80 has them, and 81 is one that a middle one left out.
	let mut parents = vec![vec![], vec![]];
	parents.extend((2..82).map(|asset| if asset == 2 { vec![1] } else { vec![asset - 1] }));
	build_with_assets_and_execute(graph(&parents[..82]), || {
		assert_eq!(ancestors(81).len(), MOST as usize);
		assert_ok!(revise(add(40, 0)));
		work_off();
		assert_eq!(ancestors(40).len(), 40);
		assert_eq!(ancestors(81), (1..=80).collect::<Vec<_>>());
		assert_ok!(revise(remove(2, 1)));
		work_off();
		// There is room again for the one that was dropped.
		assert_eq!(ancestors(81), [0].into_iter().chain(2..=80).collect::<Vec<_>>());
	});
}

#[test]
fn impossible_edges_should_be_refused() {
	build_with_assets_and_execute(graph(&[vec![], vec![0], vec![1]]), || {
		assert_noop!(revise(add(3, 0)), Error::<Test>::NotFound);
		assert_noop!(revise(add(2, 3)), Error::<Test>::NotFound);
		assert_noop!(revise(add(2, 1)), Error::<Test>::AlreadyAncestor);
		assert_noop!(revise(add(2, 0)), Error::<Test>::AlreadyAncestor);
		assert_noop!(revise(add(1, 2)), Error::<Test>::ParentNotOlder);
		assert_noop!(revise(add(1, 1)), Error::<Test>::ParentNotOlder);
		assert_noop!(revise(remove(2, 0)), Error::<Test>::NotAParent);
	});
}

#[test]
fn asset_minted_with_all_parents_should_get_two_more() {
	let mut parents = vec![vec![]; 11];
	parents.push((0..8).collect());
	build_with_assets_and_execute(graph(&parents), || {
		assert_ok!(revise(add(11, 8)));
		assert_ok!(revise(add(11, 9)));
		// Those that wait count.
		assert_noop!(revise(add(11, 10)), Error::<Test>::TooManyParents);
		work_off();
		assert_eq!(ancestors(11), (0..10).collect::<Vec<_>>());
		assert_noop!(revise(add(11, 10)), Error::<Test>::TooManyParents);
	});
}

#[test]
fn asset_filled_with_ancestors_should_get_an_old_parent() {
	// The one that was left out is older than all 80 that the asset was filled with.
	let mut parents = vec![vec![], vec![]];
	parents.extend((2..83).map(|asset| if asset == 2 { vec![1] } else { vec![asset - 1] }));
	build_with_assets_and_execute(graph(&parents[..82]), || {
		assert_eq!(ancestors(81), (1..=80).collect::<Vec<_>>());
		assert_ok!(revise(add(81, 0)));
		work_off();
		// Its own parents stay; of the others the oldest goes.
		assert_eq!(ancestors(81), [0].into_iter().chain(2..=80).collect::<Vec<_>>());
	});
}

#[test]
fn more_corrections_than_there_is_room_for_should_be_refused() {
	build_with_assets_and_execute(graph(&vec![vec![]; 6]), || {
		(0..4).for_each(|parent| {
			assert_ok!(revise(add(5, parent)));
		});
		assert_noop!(revise(add(5, 4)), Error::<Test>::TooManyRevisions);
		work_off();
		assert_eq!(ancestors(5), [0, 1, 2, 3]);
	});
}

#[test]
fn same_correction_twice_should_be_made_once() {
	build_with_assets_and_execute(graph(&[vec![], vec![]]), || {
		assert_ok!(revise(add(1, 0)));
		assert_ok!(revise(add(1, 0)));
		work_off();
		assert_eq!(Parents::<Test>::get(1).len(), 1);
		let revised =
			|record: &EventRecord<_, _>| matches!(record.event, RuntimeEvent::Lineage(Event::Revised { .. }));
		assert_eq!(System::events().iter().filter(|record| revised(record)).count(), 1);
	});
}

/// What the sets must be, from the parents alone.
fn closures(parents: &[BTreeSet<AssetId>]) -> Vec<Vec<AssetId>> {
	let mut sets: Vec<BTreeSet<AssetId>> = Vec::new();
	for parents in parents {
		let mut set = parents.clone();
		parents.iter().for_each(|parent| set.extend(&sets[*parent as usize]));
		sets.push(set);
	}
	sets.into_iter().map(|set| set.into_iter().collect()).collect()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(96))]

	#[test]
	fn every_set_should_be_the_closure_of_the_edges(
		parents in any_graph(),
		edits in vec((any::<Index>(), any::<Index>(), any::<bool>(), any::<bool>()), 1..12),
		tight in any::<bool>(),
	) {
		build_with_assets_and_execute(graph(&parents), || {
			if tight {
				RevisionWeight::set(Lineage::greatest_revision_step());
			}
			let number = parents.len() as AssetId;
			let mut edges: Vec<BTreeSet<AssetId>> =
				parents.iter().map(|parents| parents.iter().copied().collect()).collect();
			for (child, parent, at_once, spare) in edits {
				let child = child.index(number as usize) as AssetId;
				let parent = parent.index(number as usize) as AssetId;
				let known = &mut edges[child as usize];
				let edit = if known.contains(&parent) { remove(child, parent) } else { add(child, parent) };
				// What is refused here because an earlier one is not worked off yet is another test's subject.
				if at_once {
					work_off();
				}
				if revise(edit).is_ok() {
					if edit.is_addition() { known.insert(parent) } else { known.remove(&parent) };
				}
				if spare {
					Lineage::revise(WeightMeter::with_limit(Lineage::greatest_revision_step()));
				}
			}
			work_off();
			// The same edge may have been queued in both directions while the first one waited: what counts is what
			// came of it.
			for (child, expected) in (0..).zip(closures(&edges)) {
				let stored: BTreeSet<AssetId> =
					Parents::<Test>::get(child).iter().map(|parent| parent.asset).collect();
				assert_eq!(stored, edges[child as usize], "parents of {child}");
				assert_eq!(ancestors(child), expected, "ancestors of {child}");
			}
		});
	}
}
