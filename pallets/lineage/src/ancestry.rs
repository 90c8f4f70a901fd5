//! What disputes ask of assets.

use crate::{AccountIdOf, Assets, Config, Delistings, Pallet, Revisions, WeightInfo};
use alloc::vec::Vec;
use frame_support::{traits::Get, weights::Weight};
use heirloom_primitives::{Ancestry, AssetId, EdgeEdit, Moment, packed};
use sp_runtime::DispatchResult;

impl<T: Config> Ancestry<AccountIdOf<T>> for Pallet<T> {
	fn owner(asset: AssetId) -> Option<AccountIdOf<T>> {
		Self::owner_of(asset)
	}

	fn parties(asset: AssetId) -> Vec<AccountIdOf<T>> {
		let creator = Assets::<T>::get(asset).map(|record| record.creator);
		[creator, Self::owner_of(asset), Self::payee_of(asset)].into_iter().flatten().collect()
	}

	fn ancestor_count(asset: AssetId) -> u32 {
		Self::most_ancestors(asset)
	}

	fn check(edit: &EdgeEdit) -> DispatchResult {
		Ok(Self::check_edit(edit)?)
	}

	fn check_weight() -> Weight {
		T::WeightInfo::check_edit(T::MaxAncestors::get())
	}

	fn revise(edit: EdgeEdit) -> DispatchResult {
		Self::queue_edit(edit)
	}

	fn is_revising(edit: &EdgeEdit) -> bool {
		Revisions::<T>::get().iter().any(|revision| revision.edit == *edit)
	}

	fn is_ancestor(child: AssetId, ancestor: AssetId) -> bool {
		packed::unpack(&Self::packed_ancestors(child)).any(|known| known == ancestor)
	}

	fn delisted_at(asset: AssetId) -> Option<Moment> {
		Delistings::<T>::get(asset)
	}

	fn relist(asset: AssetId) -> DispatchResult {
		Self::do_relist(asset)
	}

	fn keep_delisted(asset: AssetId) {
		Delistings::<T>::remove(asset);
	}
}
