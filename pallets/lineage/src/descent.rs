//! Who descends from whom: ancestor sets, pages of children, and the walk through descendants.

use crate::{
	AncestorPages, AncestorSets, AssetRecord, Assets, CHILDREN_PER_PAGE, ChildCounts, ChildPages, Config,
	Error, Pallet, Parents,
};
use alloc::vec::Vec;
use frame_support::{BoundedVec, ensure, traits::Get};
use heirloom_primitives::{AssetId, Descendant, Page, Parent, packed, packed::InPage, page_of, slot_of};
use sp_runtime::DispatchResult;

/// The most descendants that one page of a walk holds.
const MAX_WALK: u32 = 1_000;

/// What minting computes from an asset's parents.
pub(crate) struct Descent {
	/// All transitive ancestors, ascending.
	pub ancestors: Vec<AssetId>,
	/// One more than the greatest generation of the parents; 0 without parents.
	pub generation: u32,
}

impl<T: Config> Pallet<T> {
	/// Joins the parents with all their ancestors. An unknown parent is an error, and so are too many ancestors.
	pub(crate) fn descent_from(parents: &[Parent]) -> Result<Descent, Error<T>> {
		Self::join(parents, |ancestors| {
			ensure!(ancestors.len() <= T::MaxAncestors::get() as usize, Error::<T>::TooManyAncestors);
			Ok(())
		})
	}

	/// Joins the parents with all their ancestors; `bound` sees what there is after each parent.
	pub(crate) fn join(
		parents: &[Parent],
		bound: impl Fn(&mut Vec<AssetId>) -> Result<(), Error<T>>,
	) -> Result<Descent, Error<T>> {
		let mut descent = Descent { ancestors: Vec::new(), generation: 0 };
		for parent in parents {
			let record = Assets::<T>::get(parent.asset).ok_or(Error::<T>::NotFound)?;
			let generation = record.generation.checked_add(1).ok_or(Error::<T>::TooManyAncestors)?;
			descent.generation = descent.generation.max(generation);
			let stored = Self::packed_ancestors(parent.asset);
			let with_parent = packed::unpack(&stored).chain(core::iter::once(parent.asset));
			descent.ancestors = union(&descent.ancestors, with_parent);
			bound(&mut descent.ancestors)?;
		}
		Ok(descent)
	}

	/// Stores an asset's place in the genealogy: its parents, its ancestors, and itself as their child.
	pub(crate) fn link(
		child: AssetId,
		parents: crate::ParentsOf<T>,
		ancestors: &[AssetId],
	) -> DispatchResult {
		let packed = packed::pack(ancestors).ok_or(Error::<T>::TooManyAncestors)?;
		let in_page = AncestorPages::<T>::mutate(page_of(child), |page| page.push(&packed));
		if !in_page.ok_or(Error::<T>::IdsExhausted)? {
			let set = BoundedVec::try_from(packed).map_err(|_| Error::<T>::TooManyAncestors)?;
			AncestorSets::<T>::insert(child, set);
		}
		if parents.is_empty() {
			return Ok(());
		}
		for parent in &parents {
			let count = ChildCounts::<T>::get(parent.asset);
			// A child is minted once and its parents differ, so their number stays below that of the asset ids.
			ChildPages::<T>::try_mutate(parent.asset, count / CHILDREN_PER_PAGE, |page| page.try_push(child))
				.map_err(|_| Error::<T>::IdsExhausted)?;
			ChildCounts::<T>::insert(parent.asset, count.checked_add(1).ok_or(Error::<T>::IdsExhausted)?);
		}
		Parents::<T>::insert(child, crate::AllParentsOf::<T>::truncate_from(parents.into_inner()));
		Ok(())
	}

	/// Whether `asset` descends from `ancestor`.
	fn descends(asset: AssetId, ancestor: AssetId) -> bool {
		packed::contains(&Self::packed_ancestors(asset), ancestor)
	}

	/// The child at a position among all children of `parent`, ascending.
	fn child_at(parent: AssetId, position: u32) -> Option<AssetId> {
		let page = ChildPages::<T>::get(parent, position / CHILDREN_PER_PAGE);
		page.get((position % CHILDREN_PER_PAGE) as usize).copied()
	}

	/// The position of `child` among the children of `parent`.
	fn position_of(parent: AssetId, child: AssetId) -> Option<u32> {
		let position = Self::position_from(parent, child)?;
		Self::child_at(parent, position).filter(|found| *found == child).map(|_| position)
	}

	/// How many children of `parent` are older than `child`.
	pub(crate) fn position_from(parent: AssetId, child: AssetId) -> Option<u32> {
		let (mut low, mut high) = (0, ChildCounts::<T>::get(parent));
		while low < high {
			let middle = low + (high - low) / 2;
			if Self::child_at(parent, middle)? < child {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		Some(low)
	}

	/// The parent under which a walk from `root` lists `asset`: of those that are the root or descend from it, the
	/// oldest. It makes the graph below the root a tree, in which every asset is met once.
	fn listed_under(root: AssetId, asset: AssetId) -> Option<AssetId> {
		let below = |parent: &AssetId| *parent == root || Self::descends(*parent, root);
		Parents::<T>::get(asset).iter().map(|parent| parent.asset).filter(below).min()
	}

	/// See [`heirloom_primitives::api::LineageApi::descendants`]. The way from the root to `after` is found again by
	/// climbing, so a walk needs no cursor but the last asset it listed.
	pub fn descendants(root: AssetId, after: Option<AssetId>, limit: u32) -> Option<Page<Descendant>> {
		Assets::<T>::contains_key(root).then_some(())?;
		let limit = limit.clamp(1, MAX_WALK) as usize;
		// Pairs of an asset and the position of its next child to look at, from the root down.
		let mut path: Vec<(AssetId, u32)> = Vec::new();
		let mut below = after;
		while let Some(asset) = below.filter(|asset| *asset != root) {
			let parent = Self::listed_under(root, asset)?;
			path.push((parent, Self::position_of(parent, asset)? + 1));
			below = Some(parent);
		}
		path.reverse();
		path.push((after.unwrap_or(root), 0));

		let mut items = Vec::new();
		while items.len() < limit {
			let depth = path.len() as u32;
			let Some((under, position)) = path.last_mut() else { break };
			let Some(asset) = Self::child_at(*under, *position) else {
				path.pop();
				continue;
			};
			*position += 1;
			let under = *under;
			if Self::listed_under(root, asset) == Some(under) {
				items.push(Descendant { asset, under, depth });
				path.push((asset, 0));
			}
		}
		let next = items.last().map(|last| last.asset).filter(|_| items.len() == limit);
		Some(Page { items, next })
	}

	/// Number of direct children.
	pub(crate) fn child_count(asset: AssetId) -> u32 {
		ChildCounts::<T>::get(asset)
	}

	/// All transitive ancestors, ascending; none for an unknown asset.
	pub fn ancestors(asset: AssetId) -> Option<Vec<AssetId>> {
		let known: Option<AssetRecord<T::AccountId>> = Assets::<T>::get(asset);
		known.map(|_| packed::unpack(&Self::packed_ancestors(asset)).collect())
	}

	/// All transitive ancestors as they are stored; nothing for an unknown asset.
	pub(crate) fn packed_ancestors(asset: AssetId) -> Vec<u8> {
		match AncestorPages::<T>::get(page_of(asset)).iter().nth(slot_of(asset)) {
			Some(InPage::Packed(set)) => set.to_vec(),
			Some(InPage::Apart) => AncestorSets::<T>::get(asset).into_inner(),
			None => Vec::new(),
		}
	}
}

/// The union of two ascending sequences, ascending.
pub(crate) fn union(left: &[AssetId], right: impl Iterator<Item = AssetId>) -> Vec<AssetId> {
	let mut merged = Vec::with_capacity(left.len());
	let mut left = left.iter().copied().peekable();
	for id in right {
		while let Some(smaller) = left.next_if(|other| *other < id) {
			merged.push(smaller);
		}
		left.next_if_eq(&id);
		merged.push(id);
	}
	merged.extend(left);
	merged
}

#[cfg(test)]
mod union_tests {
	use super::union;
	use alloc::{collections::BTreeSet, vec::Vec};
	use proptest::{collection::btree_set, prelude::*};

	proptest! {
		#[test]
		fn union_is_that_of_the_sets(left in btree_set(0u32..50, 0..30), right in btree_set(0u32..50, 0..30)) {
			let expected: Vec<_> = left.union(&right).copied().collect::<BTreeSet<_>>().into_iter().collect();
			let left: Vec<_> = left.into_iter().collect();
			prop_assert_eq!(union(&left, right.into_iter()), expected);
		}
	}
}
