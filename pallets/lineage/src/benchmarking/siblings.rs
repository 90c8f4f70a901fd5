//! What the benchmarks of the other pallets have this one set up.

use super::setup::{SHARE, book_neighbours, fund, longest_reason, minted};
use crate::{
	AccountIdOf, AncestorPages, AncestorSets, Assets, COLLECTION, Config, FactPages, NextAssetId, Pallet,
	PayeeAccounts, PayeeCounts, PayeeIndices, PayeePages, UNKNOWN_PAYEE,
};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::account;
use frame_support::{BoundedVec, traits::nonfungibles_v2::Mutate};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AncestrySetup, AssetFacts, AssetId, CatalogueSetup, EdgeChange, EdgeEdit,
	GenealogySetup, PAYEES_PER_BUCKET, PAYEES_PER_PAGE, PageIndex, PayeeIndex, Relation,
	packed::{InPage, PackedSets, pack},
};

impl<T: Config> CatalogueSetup<AccountIdOf<T>> for Pallet<T> {
	fn new_asset(owner: &AccountIdOf<T>) -> AssetId {
		fund::<T>(owner).and_then(|()| minted::<T>(owner, SHARE)).expect("who has U can mint")
	}

	fn book_neighbours(asset: AssetId) {
		book_neighbours::<T>(asset).expect("who has U can pay");
	}
}

impl<T: Config> AncestrySetup<AccountIdOf<T>> for Pallet<T> {
	fn edge() -> EdgeEdit {
		let [parent, child] = ["parent", "child"].map(|name| Self::new_asset(&account(name, 0, 0)));
		EdgeEdit { child, parent, change: EdgeChange::Add { relation: Relation::TrainedOn } }
	}

	fn delisted(owner: &AccountIdOf<T>) -> AssetId {
		let asset = Self::new_asset(owner);
		Self::do_delist(asset, longest_reason()).expect("it is on the list");
		asset
	}
}

impl<T: Config> GenealogySetup<AccountIdOf<T>> for Pallet<T> {
	fn fill_page(page: PageIndex, facts: AssetFacts, ancestors: &[AssetId]) {
		let size = ASSETS_PER_PAGE as usize;
		let packed = pack(ancestors).expect("ancestors ascend");
		let mut sets = PackedSets::default();
		assert!((0..size).all(|_| sets.push(&packed) == Some(true)), "so few ancestors fit a page");
		FactPages::<T>::insert(page, BoundedVec::truncate_from(vec![facts; size]));
		AncestorPages::<T>::insert(page, sets);
		PayeePages::<T>::insert(page, BoundedVec::truncate_from(vec![UNKNOWN_PAYEE; size]));
		NextAssetId::<T>::mutate(|next| *next = (*next).max((page + 1) * ASSETS_PER_PAGE));
	}

	fn derive(page: PageIndex, creator: &AccountIdOf<T>, ancestors: &[AssetId]) -> AssetId {
		let asset = (page + 1) * ASSETS_PER_PAGE - 1;
		let packed = pack(ancestors).expect("ancestors ascend");
		let mut sets = PackedSets::default();
		for set in AncestorPages::<T>::get(page).iter().take(ASSETS_PER_PAGE as usize - 1) {
			let InPage::Packed(set) = set else { continue };
			sets.push(set);
		}
		if sets.push(&packed) == Some(false) {
			AncestorSets::<T>::insert(asset, BoundedVec::truncate_from(packed));
		}
		AncestorPages::<T>::insert(page, sets);

		let alike = fund::<T>(creator).and_then(|()| minted::<T>(creator, SHARE));
		let record = Assets::<T>::get(alike.expect("who has U can mint")).expect("it was minted");
		Assets::<T>::insert(asset, crate::AssetRecord { ancestors: ancestors.len() as u32, ..record });
		Self::give(asset, &account("owner", asset, 0));
		asset
	}

	fn give(asset: AssetId, owner: &AccountIdOf<T>) {
		T::Nfts::mint_into(&COLLECTION, &asset, owner, &T::ItemConfig::default(), true)
			.expect("nobody owned it");
	}

	fn remember_payees(page: PageIndex, payees: Vec<Option<PayeeIndex>>) {
		let stored = payees.into_iter().map(|payee| payee.unwrap_or(UNKNOWN_PAYEE));
		PayeePages::<T>::insert(page, BoundedVec::truncate_from(stored.collect()));
	}

	fn number_payees(page: PageIndex, accounts: Vec<AccountIdOf<T>>) {
		let first = page * PAYEES_PER_PAGE;
		for (index, account) in (first..).zip(&accounts) {
			PayeeIndices::<T>::insert(account, index);
		}
		PayeeCounts::<T>::mutate(|counts| {
			let bucket = (first / PAYEES_PER_BUCKET) as usize;
			counts.bounded_resize(counts.len().max(bucket + 1), 0);
			counts[bucket] = first % PAYEES_PER_BUCKET + accounts.len() as u32;
		});
		PayeeAccounts::<T>::insert(page, BoundedVec::truncate_from(accounts));
	}
}
