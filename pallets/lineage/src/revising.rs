//! Revisions: a parent that was left out is added, or one that was never used is removed, and the sets of ancestors of
//! all descendants follow.
//!
//! A revision changes one edge and is worked off in steps, in hooks, one revision after the other:
//!
//! 1. The child's list of parents is changed, and the parent's pages of children are shifted by one place. A child that
//!    is on its way to the neighbouring page is the only one that is missing in between.
//! 2. From the child on, assets are looked at in the order of their ids. Who has the child among its ancestors gets a new
//!    set from those of its parents. Parents have smaller ids than their children, so every set is final when it is
//!    written, and no list of who is to be updated has to be kept. Assets that are minted meanwhile are looked at like
//!    any other.
//!
//! While a settlement is under way nothing is done: what it reads stands still. A month that closes in the middle of a
//! revision is split by the sets as they are: the new ones up to the asset that was reached, the old ones from there on.
//!
//! Minting refuses an asset with more than [`Config::MaxAncestors`]. A revision does not: neither the child nor a
//! descendant, however many ancestors it was filled with, keeps a claim from being upheld. Who would have more keeps its
//! own parents and, of the others, the youngest: what is near rather than what is far away. Such an asset is looked at in
//! every later revision, since the child may be one of those that it dropped.

use crate::{
	AncestorPages, AncestorSets, AssetRecord, Assets, CHILDREN_PER_PAGE, ChildCounts, ChildPage, ChildPages,
	Config, Error, Event, MostParents, NextAssetId, Pallet, Parents, Revision, Revisions, Stage, WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{
	BoundedVec, ensure,
	traits::Get,
	weights::{Weight, WeightMeter},
};
use heirloom_primitives::{
	AssetId, Bookings, EdgeChange, EdgeEdit, Parent,
	packed::{self, InPage},
	page_of, slot_of,
};
use sp_runtime::DispatchResult;

/// Whether a revision has more to do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
	/// It is worked off.
	Done,
	/// There was nothing to change.
	Unneeded,
	/// It can go on at once.
	Next,
	/// What is left of the block does not suffice for its next step.
	Paused,
}

impl<T: Config> Pallet<T> {
	/// Refuses an edge that cannot be added or removed.
	pub(crate) fn check_edit(edit: &EdgeEdit) -> Result<(), Error<T>> {
		let EdgeEdit { child, parent, change } = *edit;
		ensure!(Assets::<T>::contains_key(child), Error::<T>::NotFound);
		ensure!(Assets::<T>::contains_key(parent), Error::<T>::NotFound);
		let parents = Parents::<T>::get(child);
		let EdgeChange::Add { .. } = change else {
			let is_parent = parents.iter().any(|known| known.asset == parent);
			return if is_parent { Ok(()) } else { Err(Error::<T>::NotAParent) };
		};
		ensure!(parent < child, Error::<T>::ParentNotOlder);
		ensure!(!packed::contains(&Self::packed_ancestors(child), parent), Error::<T>::AlreadyAncestor);
		let queued = Revisions::<T>::get();
		let added = queued.iter().filter(|queued| queued.edit.child == child && queued.edit.is_addition());
		let parents = parents.len().saturating_add(added.count());
		ensure!(parents < MostParents::<T>::get() as usize, Error::<T>::TooManyParents);
		Ok(())
	}

	/// Has an edge added or removed as soon as what was decided before is worked off and no settlement is under way.
	pub(crate) fn queue_edit(edit: EdgeEdit) -> DispatchResult {
		Self::check_edit(&edit)?;
		let revision = Revision { edit, stage: Stage::Waiting };
		Revisions::<T>::try_append(revision).map_err(|()| Error::<T>::TooManyRevisions)?;
		Ok(())
	}

	/// Goes on with the revisions as far as the weight reaches. Returns what was used.
	pub(crate) fn revise(mut meter: WeightMeter) -> Weight {
		if meter.try_consume(T::WeightInfo::look_for_revisions()).is_err() {
			return meter.consumed();
		}
		if !Revisions::<T>::exists() || T::Bookings::ancestors_frozen() {
			return meter.consumed();
		}
		let mut waiting = Revisions::<T>::get();
		while let Some(revision) = waiting.get_mut(0) {
			match Self::step(revision, &mut meter) {
				Progress::Next => {}
				Progress::Paused => break,
				Progress::Unneeded => {
					waiting.remove(0);
				}
				Progress::Done => {
					let EdgeEdit { child, parent, change } = waiting.remove(0).edit;
					Self::deposit_event(Event::Revised { child, parent, change });
				}
			}
		}
		if waiting.is_empty() {
			Revisions::<T>::kill();
		} else {
			Revisions::<T>::put(waiting);
		}
		meter.consumed()
	}

	fn step(revision: &mut Revision, meter: &mut WeightMeter) -> Progress {
		let needed = match revision.stage {
			Stage::Waiting if revision.edit.is_addition() => T::WeightInfo::begin_addition(),
			Stage::Waiting => T::WeightInfo::begin_removal(),
			Stage::Shifting { .. } => T::WeightInfo::shift_children(),
			Stage::Updating { next } => return Self::update(revision, next, meter),
		};
		if meter.try_consume(needed).is_err() {
			return Progress::Paused;
		}
		let next = match revision.stage {
			Stage::Shifting { page, carried } => Self::shift(&revision.edit, page, carried),
			_ => Self::begin(&revision.edit),
		};
		match next {
			Some(stage) => {
				revision.stage = stage;
				Progress::Next
			}
			None => Progress::Unneeded,
		}
	}

	/// Changes the child's parents. None where an earlier revision has done that already.
	pub(crate) fn begin(edit: &EdgeEdit) -> Option<Stage> {
		let EdgeEdit { child, parent, change } = *edit;
		let mut parents = Parents::<T>::get(child);
		let at = parents.iter().position(|known| known.asset == parent);
		let count = ChildCounts::<T>::get(parent);
		let stage = match (change, at) {
			(EdgeChange::Add { relation }, None) => {
				parents.try_push(Parent { asset: parent, relation }).ok()?;
				let page = Self::position_from(parent, child)? / CHILDREN_PER_PAGE;
				Stage::Shifting { page, carried: child }
			}
			(EdgeChange::Remove, Some(at)) => {
				parents.remove(at);
				// From the end on: the last child moves to the place before, and so do those of all pages between.
				let page = count.checked_sub(1)? / CHILDREN_PER_PAGE;
				let mut last = ChildPages::<T>::get(parent, page);
				let carried = last.pop()?;
				write_children::<T>(parent, page, last);
				count_children::<T>(parent, count - 1);
				if carried == child {
					Stage::Updating { next: child }
				} else {
					Stage::Shifting { page, carried }
				}
			}
			_ => return None,
		};
		if parents.is_empty() {
			Parents::<T>::remove(child);
		} else {
			Parents::<T>::insert(child, parents);
		}
		Some(stage)
	}

	/// Puts the carried child into a page, and takes out the one that the page has no place for, or that the page before
	/// it lacks.
	pub(crate) fn shift(edit: &EdgeEdit, page: u32, carried: AssetId) -> Option<Stage> {
		let EdgeEdit { child, parent, change } = *edit;
		let done = Stage::Updating { next: child };
		let mut children = ChildPages::<T>::get(parent, page).into_inner();
		let next = match change {
			EdgeChange::Add { .. } => {
				children.insert(children.partition_point(|known| *known < carried), carried);
				if children.len() <= CHILDREN_PER_PAGE as usize {
					count_children::<T>(parent, ChildCounts::<T>::get(parent).checked_add(1)?);
					done
				} else {
					Stage::Shifting { page: page + 1, carried: children.pop()? }
				}
			}
			EdgeChange::Remove => {
				let found = children.binary_search(&child).ok();
				// Where the first is behind the carried one, the page came to be after the carried one was taken out.
				let out = found.or_else(|| (children.first()? < &carried).then_some(0));
				let taken = out.map(|at| children.remove(at));
				if taken.is_some() {
					children.insert(children.partition_point(|known| *known < carried), carried);
				}
				if found.is_some() {
					done
				} else {
					Stage::Shifting { page: page.checked_sub(1)?, carried: taken.unwrap_or(carried) }
				}
			}
		};
		write_children::<T>(parent, page, BoundedVec::truncate_from(children));
		Some(next)
	}

	/// Updates the sets of the assets of one page, from `next` on.
	fn update(revision: &mut Revision, next: AssetId, meter: &mut WeightMeter) -> Progress {
		let end = NextAssetId::<T>::get();
		if next >= end {
			return Progress::Done;
		}
		let greatest = greatest_update::<T>();
		let page = page_of(next);
		if !meter.can_consume(T::WeightInfo::look_at_sets(heirloom_primitives::ASSETS_PER_PAGE)) {
			return Progress::Paused;
		}
		let child = revision.edit.child;
		let (affected, apart) = Self::affected(page, next, child);
		meter.consume(T::WeightInfo::look_at_sets(apart));
		for asset in affected {
			revision.stage = Stage::Updating { next: asset };
			if !meter.can_consume(greatest) {
				return Progress::Paused;
			}
			let (changed, weight) = Self::update_asset(asset);
			meter.consume(weight);
			if asset == child && !changed {
				// It descends from the other one in another way as well, so for nobody anything changes.
				return Progress::Done;
			}
		}
		revision.stage = Stage::Updating { next: (page + 1) * heirloom_primitives::ASSETS_PER_PAGE };
		Progress::Next
	}

	/// The assets of a page from `from` on that are `child` or descend from it, and those that may have dropped it; and how
	/// many sets stand apart from the page.
	pub(crate) fn affected(page: u32, from: AssetId, child: AssetId) -> (Vec<AssetId>, u32) {
		let most = T::MaxAncestors::get() as usize;
		let concerns = |set: &[u8]| {
			packed::contains(set, child) || set.len() >= most && packed::unpack(set).count() >= most
		};
		let mut apart = 0u32;
		let first = page * heirloom_primitives::ASSETS_PER_PAGE;
		let sets = AncestorPages::<T>::get(page);
		let affected =
			(first..).zip(sets.iter()).filter(|(asset, _)| *asset >= from).filter(|(asset, set)| {
				let concerned = match set {
					InPage::Packed(set) => concerns(set),
					InPage::Apart => {
						apart += 1;
						concerns(&AncestorSets::<T>::get(asset))
					}
				};
				concerned || *asset == child
			});
		let affected = affected.map(|(asset, _)| asset).collect();
		(affected, apart)
	}

	/// Joins an asset's parents anew. Returns whether that changed anything, and what it cost.
	pub(crate) fn update_asset(asset: AssetId) -> (bool, Weight) {
		let parents = Parents::<T>::get(asset);
		let width = parents.len() as u32;
		let most = T::MaxAncestors::get() as usize;
		let mut own: Vec<AssetId> = parents.iter().map(|parent| parent.asset).collect();
		own.sort_unstable();
		let descent = Self::join(&parents, |ancestors| {
			drop_oldest(ancestors, &own, most);
			Ok(())
		});
		let record: Option<AssetRecord<T::AccountId>> = Assets::<T>::get(asset);
		let (Ok(descent), Some(mut record)) = (descent, record) else {
			return (false, update_weight::<T>(width, 0));
		};
		let ancestors = descent.ancestors.len() as u32;
		let weight = update_weight::<T>(width, ancestors);
		let changed = packed::pack(&descent.ancestors)
			.filter(|packed| {
				*packed != Self::packed_ancestors(asset) || descent.generation != record.generation
			})
			.and_then(|packed| replace_set::<T>(asset, packed));
		if changed.is_some() {
			record.ancestors = ancestors;
			record.generation = descent.generation;
			Assets::<T>::insert(asset, record);
			Self::deposit_event(Event::AncestorsRevised { asset, ancestors });
		}
		(changed.is_some(), weight)
	}

	/// The greatest weight of a single step of a revision.
	#[cfg(feature = "std")]
	pub(crate) fn greatest_revision_step() -> Weight {
		T::WeightInfo::look_for_revisions()
			.saturating_add(T::WeightInfo::look_at_sets(heirloom_primitives::ASSETS_PER_PAGE))
			.saturating_add(greatest_update::<T>())
			.max(T::WeightInfo::begin_addition())
			.max(T::WeightInfo::begin_removal())
			.max(T::WeightInfo::shift_children())
	}
}

/// Leaves `most` of more ancestors: the asset's own parents and the youngest of the others. Both are ascending.
fn drop_oldest(ancestors: &mut Vec<AssetId>, parents: &[AssetId], most: usize) {
	let mut excess = ancestors.len().saturating_sub(most);
	if excess == 0 {
		return;
	}
	let mut parents = parents.iter().copied().peekable();
	ancestors.retain(|ancestor| {
		while parents.next_if(|parent| parent < ancestor).is_some() {}
		let dropped = excess > 0 && parents.peek() != Some(ancestor);
		excess -= usize::from(dropped);
		!dropped
	});
}

/// Replaces an asset's set. None where its page would be too long, which pages of 256 sets are not.
pub(crate) fn replace_set<T: Config>(asset: AssetId, packed: Vec<u8>) -> Option<()> {
	let mut sets = AncestorPages::<T>::get(page_of(asset));
	if sets.replace(slot_of(asset), &packed)? {
		AncestorSets::<T>::remove(asset);
	} else {
		AncestorSets::<T>::insert(asset, BoundedVec::try_from(packed).ok()?);
	}
	AncestorPages::<T>::insert(page_of(asset), sets);
	Some(())
}

fn write_children<T: Config>(parent: AssetId, page: u32, children: ChildPage) {
	if children.is_empty() {
		ChildPages::<T>::remove(parent, page);
	} else {
		ChildPages::<T>::insert(parent, page, children);
	}
}

fn count_children<T: Config>(parent: AssetId, count: u32) {
	if count == 0 {
		ChildCounts::<T>::remove(parent);
	} else {
		ChildCounts::<T>::insert(parent, count);
	}
}

/// Updating an asset with so many parents that gets so many ancestors; no parent has more than it, or than an asset can.
fn update_weight<T: Config>(parents: u32, ancestors: u32) -> Weight {
	T::WeightInfo::update_asset(parents)
		.saturating_add(T::WeightInfo::join_ancestors(ancestors).saturating_mul(parents.into()))
		.saturating_add(T::WeightInfo::store_ancestors(ancestors))
}

fn greatest_update<T: Config>() -> Weight {
	update_weight::<T>(MostParents::<T>::get(), T::MaxAncestors::get())
}
