//! Who is paid for an asset: its owner or the wallet it bound, remembered by index, packed, so that a settlement reads
//! a page and not an item an asset.
//!
//! `pallet-nfts` tells nobody of a transfer, but it asks its locker before each. That is where what is remembered of
//! an item is forgotten; the next settlement that pays for it looks it up again.

use crate::{AccountIdOf, Config, Pallet, PayeeAccounts, PayeeCounts, PayeeIndices, PayeePages, Payees};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{
	Blake2_128, StorageHasher,
	dispatch::DispatchClass,
	traits::{Get, Locker, nonfungibles_v2::Inspect},
};
use heirloom_primitives::{
	AssetId, Bookings, PAYEES_PER_BUCKET, PageIndex, PayeeIndex, page_of, payee_index, payee_page_of, slot_of,
};

/// What stands in a page for a payee that must be looked up.
pub const UNKNOWN_PAYEE: PayeeIndex = PayeeIndex::MAX;

impl<T: Config> Pallet<T> {
	/// The item's owner.
	pub(crate) fn owner_of(asset: AssetId) -> Option<AccountIdOf<T>> {
		T::Nfts::owner(&crate::COLLECTION, &asset)
	}

	/// Who is paid for an asset now. A wallet that an earlier owner bound is void, but kept until the payee is set
	/// once more: where the item comes back to that owner, the wallet is paid again.
	pub(crate) fn payee_of(asset: AssetId) -> Option<AccountIdOf<T>> {
		let owner = Self::owner_of(asset)?;
		let bound = Payees::<T>::get(asset).filter(|bound| bound.set_by == owner);
		Some(bound.map_or(owner, |bound| bound.payee))
	}

	/// Appends the payee of a new asset: its creator.
	pub(crate) fn push_payee(asset: AssetId, creator: &AccountIdOf<T>) -> Option<()> {
		let index = Self::payee_index_of(creator)?;
		PayeePages::<T>::try_mutate(page_of(asset), |page| page.try_push(index)).ok()
	}

	/// Has the asset's payee looked up when it is paid next.
	pub(crate) fn forget_payee(asset: AssetId) {
		remember::<T>(asset, UNKNOWN_PAYEE);
	}

	/// See [`heirloom_primitives::Genealogy::payees_page`].
	pub(crate) fn remembered_payees(page: PageIndex) -> Vec<Option<PayeeIndex>> {
		let known = |index: &PayeeIndex| Some(*index).filter(|index| *index != UNKNOWN_PAYEE);
		PayeePages::<T>::get(page).iter().map(known).collect()
	}

	/// See [`heirloom_primitives::Genealogy::find_payee`].
	pub(crate) fn look_up_payee(asset: AssetId) -> Option<PayeeIndex> {
		let index = Self::payee_index_of(&Self::payee_of(asset)?)?;
		remember::<T>(asset, index);
		Some(index)
	}

	/// The index of an account, a new one where it has none. None when all are given out.
	fn payee_index_of(account: &AccountIdOf<T>) -> Option<PayeeIndex> {
		if let Some(index) = PayeeIndices::<T>::get(account) {
			return Some(index);
		}
		let bucket = account.using_encoded(Blake2_128::hash)[0];
		let mut counts = PayeeCounts::<T>::get();
		counts.bounded_resize(counts.len().max(usize::from(bucket) + 1), 0);
		let count = counts.get_mut(usize::from(bucket)).filter(|count| **count < PAYEES_PER_BUCKET - 1)?;
		let index = payee_index(bucket, *count);
		*count += 1;
		PayeeAccounts::<T>::try_mutate(payee_page_of(index), |page| page.try_push(account.clone())).ok()?;
		PayeeIndices::<T>::insert(account, index);
		PayeeCounts::<T>::put(counts);
		Some(index)
	}
}

fn remember<T: Config>(asset: AssetId, index: PayeeIndex) {
	PayeePages::<T>::mutate(page_of(asset), |page| {
		if let Some(slot) = page.get_mut(slot_of(asset)) {
			*slot = index;
		}
	});
}

impl<T: Config> Locker<u32, AssetId> for Pallet<T> {
	/// Locks nothing. It is asked before an item is transferred, and a transfer that fails afterwards undoes the
	/// forgetting with everything else. The transfer's own weight does not know of it, nor of the look-up that the next
	/// settlement does for it, so the block is told.
	fn is_locked(collection: u32, item: AssetId) -> bool {
		if collection == crate::COLLECTION {
			Self::forget_payee(item);
			let caused = T::DbWeight::get().reads_writes(1, 1).saturating_add(T::Bookings::look_up_weight());
			frame_system::Pallet::<T>::register_extra_weight_unchecked(caused, DispatchClass::Normal);
		}
		false
	}
}
