//! Invariants that hold after every block.

use crate::{
	AccountIdOf, AncestorPages, AncestorSets, Assets, CHILDREN_PER_PAGE, ChildCounts, ChildPages, Config,
	DeferredChanges, Deposit, Derivations, FactPages, Handles, HoldReason, Licences, NextAssetId, Pallet,
	Parents, PayeeAccounts, PayeeCounts, PayeeIndices, Revisions,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::{
	ensure,
	traits::{Get, fungible::InspectHold},
};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetId, MicroU,
	packed::{self, INLINE_BYTES, InPage},
	page_of, pages_below, payee_page_of, payee_slot_of, slot_of,
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks all of this pallet's invariants.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_records()?;
		Self::check_facts()?;
		Self::check_payees()?;
		Self::check_genealogy()?;
		Self::check_deposits()
	}

	/// * Ids are consecutive from 0 to the next id.
	/// * Every asset has an owner.
	/// * Every handle names the asset that bears it.
	fn check_records() -> Result<(), TryRuntimeError> {
		let next = NextAssetId::<T>::get();
		ensure!(
			Assets::<T>::iter_keys().count() == next as usize,
			"Ids are consecutive from 0 to the next id."
		);
		for asset in 0..next {
			let record = Assets::<T>::get(asset).ok_or("Ids are consecutive from 0 to the next id.")?;
			ensure!(Self::owner_of(asset).is_some(), "Every asset has an owner.");
			let named = Handles::<T>::get(&record.handle);
			ensure!(named == Some(asset), "Every handle names the asset that bears it.");
		}
		ensure!(Handles::<T>::iter().count() == next as usize, "Every handle names the asset that bears it.");
		Ok(())
	}

	/// * Facts are those of the record, or wait for a report.
	/// * Pages of facts end with the last asset.
	fn check_facts() -> Result<(), TryRuntimeError> {
		let next = NextAssetId::<T>::get();
		let waiting: BTreeSet<AssetId> =
			DeferredChanges::<T>::get().iter().map(|change| change.asset).collect();
		for (asset, record) in Assets::<T>::iter() {
			let page = FactPages::<T>::get(page_of(asset));
			let written = page.get(slot_of(asset)) == Some(&record.facts());
			ensure!(
				written || waiting.contains(&asset),
				"Facts are those of the record, or wait for a report."
			);
		}
		let held: usize = FactPages::<T>::iter_values().map(|page| page.len()).sum();
		let pages = FactPages::<T>::iter_keys().count();
		ensure!(
			held == next as usize && pages == pages_below(next) as usize,
			"Pages of facts end with the last asset."
		);
		Ok(())
	}

	/// * What is remembered of an asset's payee is who is paid for it.
	/// * Every payee has the index at which its account stands.
	/// * A set of ancestors stands in its page, or apart where it is too long for it.
	fn check_payees() -> Result<(), TryRuntimeError> {
		let account_of = |index| {
			let page = PayeeAccounts::<T>::get(payee_page_of(index));
			page.get(payee_slot_of(index)).cloned()
		};
		for page in 0..pages_below(NextAssetId::<T>::get()) {
			for (slot, remembered) in Self::remembered_payees(page).into_iter().enumerate() {
				let asset = page * ASSETS_PER_PAGE + slot as AssetId;
				let account = remembered.map(account_of);
				ensure!(
					account.is_none_or(|account| account == Self::payee_of(asset)),
					"What is remembered of an asset's payee is who is paid for it."
				);
			}
		}
		let counted: u32 = PayeeCounts::<T>::get().iter().sum();
		let listed: usize = PayeeAccounts::<T>::iter_values().map(|page| page.len()).sum();
		let indexed = PayeeIndices::<T>::iter().all(|(who, index)| account_of(index) == Some(who));
		let all = [listed, PayeeIndices::<T>::iter_keys().count()] == [counted as usize; 2];
		ensure!(indexed && all, "Every payee has the index at which its account stands.");
		let apart = AncestorPages::<T>::iter_values()
			.map(|page| page.iter().filter(|set| *set == InPage::Apart).count())
			.sum::<usize>();
		let sets: Vec<_> = AncestorSets::<T>::iter_values().collect();
		ensure!(
			sets.len() == apart && sets.iter().all(|set| set.len() > INLINE_BYTES as usize),
			"A set of ancestors stands in its page, or apart where it is too long for it."
		);
		Ok(())
	}

	/// * Parents exist before their children.
	/// * While no edge is corrected, an asset has its parents as ancestors and the youngest of theirs.
	/// * While no edge is corrected, every asset is listed once as a child of each of its parents, in ascending order.
	fn check_genealogy() -> Result<(), TryRuntimeError> {
		let mut links = 0usize;
		let revising = Revisions::<T>::exists();
		for (child, parents) in Parents::<T>::iter() {
			links += parents.len();
			let mut ancestors = BTreeSet::new();
			for parent in &parents {
				ensure!(parent.asset < child, "Parents exist before their children.");
				ancestors.insert(parent.asset);
				ancestors.extend(packed::unpack(&Self::packed_ancestors(parent.asset)));
			}
			let mut excess = ancestors.len().saturating_sub(T::MaxAncestors::get() as usize);
			ancestors.retain(|ancestor| {
				let dropped = excess > 0 && parents.iter().all(|parent| parent.asset != *ancestor);
				excess -= usize::from(dropped);
				!dropped
			});
			let ancestors: Vec<AssetId> = ancestors.into_iter().collect();
			let stored: Vec<AssetId> = packed::unpack(&Self::packed_ancestors(child)).collect();
			let count = Assets::<T>::get(child).map(|record| record.ancestors as usize);
			ensure!(
				revising || stored == ancestors && count == Some(stored.len()),
				"While no edge is corrected, an asset has its parents as ancestors and the youngest of theirs."
			);
		}
		for (parent, count) in ChildCounts::<T>::iter() {
			let pages = count.div_ceil(CHILDREN_PER_PAGE);
			let children: Vec<AssetId> =
				(0..pages).flat_map(|page| ChildPages::<T>::get(parent, page)).collect();
			let all_know_it = children
				.iter()
				.all(|child| Parents::<T>::get(child).iter().any(|known| known.asset == parent));
			links = links.wrapping_sub(children.len());
			ensure!(
				revising
					|| children.len() == count as usize && children.is_sorted_by(|a, b| a < b) && all_know_it,
				"While no edge is corrected, every asset is listed once as a child of each of its parents, in ascending order."
			);
		}
		ensure!(
			revising || links == 0,
			"While no edge is corrected, every asset is listed once as a child of each of its parents, in ascending order."
		);
		Ok(())
	}

	/// * What is held of an account is the deposits for its assets, derivations and licences.
	fn check_deposits() -> Result<(), TryRuntimeError> {
		let mut sums = BTreeMap::<(AccountIdOf<T>, u8), (u128, MicroU)>::new();
		let mut add = |who, reason: HoldReason, deposit| {
			let (native, micro) = sums.entry((who, reason as u8)).or_default();
			match deposit {
				Deposit::Native(amount) => *native += amount,
				Deposit::U(amount) => *micro += amount,
			}
		};
		for record in Assets::<T>::iter_values() {
			if let Some(deposit) = record.deposit {
				add(record.creator, HoldReason::Asset, deposit);
			}
		}
		for derivation in Derivations::<T>::iter_values() {
			add(derivation.owner, HoldReason::Derivation, derivation.deposit);
		}
		for (_, buyer, deposit) in Licences::<T>::iter() {
			add(buyer, HoldReason::Licence, deposit);
		}
		for who in frame_system::Account::<T>::iter_keys() {
			for reason in [HoldReason::Asset, HoldReason::Derivation, HoldReason::Licence] {
				let held = (
					T::Native::balance_on_hold(&reason.into(), &who),
					T::U::balance_on_hold(&reason.into(), &who),
				);
				ensure!(
					held == sums.remove(&(who.clone(), reason as u8)).unwrap_or_default(),
					"What is held of an account is the deposits for its assets, derivations and licences."
				);
			}
		}
		ensure!(
			sums.is_empty(),
			"What is held of an account is the deposits for its assets, derivations and licences."
		);
		Ok(())
	}
}
