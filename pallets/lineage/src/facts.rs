//! The packed facts that settlements read, and how changes to them wait for a report.

use crate::{
	AccountIdOf, AncestorPages, AssetRecord, Assets, Config, DeferredChanges, DeferredFacts, Error,
	FactPages, NextAssetId, Pallet, PayeeAccounts, PayeeCounts, PayeeIndices, WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get, weights::Weight};
use heirloom_primitives::{
	AssetFacts, AssetId, Bookings, Genealogy, PageIndex, PayeeIndex, Period, packed, packed::PackedSets,
	page_of, slot_of,
};
use sp_runtime::DispatchResult;

/// Who changes facts: owners may fill half of the queue and attestations three quarters, so that a delisting is never
/// kept out by either.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChangedBy {
	Owner,
	Curators,
	/// Curators who take an asset off the list, which must stop its use at once, or put it back.
	Delisting,
}

impl<T: Config> Pallet<T> {
	/// Appends the facts of a new asset.
	pub(crate) fn push_facts(asset: AssetId, facts: AssetFacts) -> DispatchResult {
		FactPages::<T>::try_mutate(page_of(asset), |page| page.try_push(facts))
			.map_err(|_| Error::<T>::IdsExhausted.into())
	}

	/// Writes an asset's record, and its facts now or after the report of the settlement under way.
	pub(crate) fn change_facts(
		asset: AssetId,
		record: AssetRecord<AccountIdOf<T>>,
		by: ChangedBy,
	) -> DispatchResult {
		let facts = record.facts();
		Assets::<T>::insert(asset, record);
		if !T::Bookings::facts_frozen() {
			write_facts::<T>(asset, facts);
			return Ok(());
		}
		let made_in = T::Bookings::open_period();
		DeferredChanges::<T>::try_mutate(|waiting| {
			let same = |change: &&mut DeferredFacts| change.asset == asset && change.made_in == made_in;
			if let Some(change) = waiting.iter_mut().find(same) {
				change.facts = facts;
				return Ok(());
			}
			let room = match by {
				ChangedBy::Owner => T::MaxDeferred::get() / 2,
				ChangedBy::Curators => T::MaxDeferred::get() / 4 * 3,
				ChangedBy::Delisting => T::MaxDeferred::get(),
			};
			ensure!(waiting.len() < room as usize, Error::<T>::TooManyDeferred);
			let change = DeferredFacts { made_in, asset, facts };
			waiting.try_push(change).map_err(|_| Error::<T>::TooManyDeferred.into())
		})
	}
}

fn write_facts<T: Config>(asset: AssetId, facts: AssetFacts) {
	FactPages::<T>::mutate(page_of(asset), |page| {
		if let Some(slot) = page.get_mut(slot_of(asset)) {
			*slot = facts;
		}
	});
}

impl<T: Config> Genealogy<AccountIdOf<T>> for Pallet<T> {
	fn next_asset() -> AssetId {
		NextAssetId::<T>::get()
	}

	fn facts_page(page: PageIndex) -> Vec<AssetFacts> {
		FactPages::<T>::get(page).into_inner()
	}

	fn ancestors(asset: AssetId) -> Vec<AssetId> {
		packed::unpack(&Self::packed_ancestors(asset)).collect()
	}

	fn ancestor_sets(page: PageIndex) -> PackedSets {
		AncestorPages::<T>::get(page)
	}

	fn ancestor_count(asset: AssetId) -> u32 {
		Self::most_ancestors(asset)
	}

	fn payees_page(page: PageIndex) -> Vec<Option<PayeeIndex>> {
		Self::remembered_payees(page)
	}

	fn find_payee(asset: AssetId) -> Option<PayeeIndex> {
		Self::look_up_payee(asset)
	}

	fn payee_counts() -> Vec<u32> {
		PayeeCounts::<T>::get().into_inner()
	}

	fn payee_accounts(page: PageIndex) -> Vec<AccountIdOf<T>> {
		PayeeAccounts::<T>::get(page).into_inner()
	}

	fn payee_index(account: &AccountIdOf<T>) -> Option<PayeeIndex> {
		PayeeIndices::<T>::get(account)
	}

	fn may_report(asset: AssetId, who: &AccountIdOf<T>) -> bool {
		let created = || Assets::<T>::get(asset).is_some_and(|record| record.creator == *who);
		Self::owner_of(asset).as_ref() == Some(who)
			|| Self::payee_of(asset).as_ref() == Some(who)
			|| created()
	}

	fn apply_deferred(until: Period) -> Weight {
		let mut waiting = DeferredChanges::<T>::get();
		let before = waiting.len() as u32;
		waiting.retain(|change| {
			let due = change.made_in <= until;
			if due {
				write_facts::<T>(change.asset, change.facts);
			}
			!due
		});
		let applied = before - waiting.len() as u32;
		DeferredChanges::<T>::put(waiting);
		T::WeightInfo::apply_deferred(applied)
	}

	fn apply_deferred_weight() -> Weight {
		T::WeightInfo::apply_deferred(T::MaxDeferred::get())
	}
}
