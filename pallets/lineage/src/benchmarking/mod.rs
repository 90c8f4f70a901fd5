//! Benchmarks of the calls at their worst: records are as long as they can be, assets and payees lie in pages that are
//! full but for one place, and deposits are tried in LOOM and taken in U.

mod setup;
mod siblings;

use crate::{
	AccountIdOf, AncestorPages, AncestorSets, Assets, CHILDREN_PER_PAGE, Call, ChildCounts, ChildPages,
	Config, DeferredChanges, Derivations, FactPages, Licences, MostParents, NextAssetId, NextDerivationId,
	Pallet, Parents, Payees, ReceiptHeads, Revisions, Stage, descent::union, revising::replace_set,
};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	BoundedVec,
	traits::{Get, fungible::InspectHold},
	weights::WeightMeter,
};
use frame_system::RawOrigin;
use heirloom_primitives::{
	AssetId, Bookings, BookingsSetup, EdgeChange, EdgeEdit, Genealogy, MAX_ASSETS, MicroU, ONE, Purpose,
	Relation, Status, Terms, U, packed,
};
use setup::*;
use sp_runtime::traits::StaticLookup;

#[benchmarks(where T::Bookings: BookingsSetup<AccountIdOf<T>>)]
mod benches {
	use super::*;

	/// A root.
	#[benchmark]
	fn mint() -> Result<(), BenchmarkError> {
		let creator = funded::<T>("creator")?;
		fill_page::<T>();
		fill_payees::<T>();
		let asset = NextAssetId::<T>::get();
		let mut draft = draft(u32::MAX, SHARE);
		draft.domain = Some(medical_domain::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(creator), draft);

		assert!(facts_written::<T>(asset));
		Ok(())
	}

	/// An asset with `p` direct parents. Joining their ancestors and storing those it has is not counted. Parents that
	/// come from permits are charged for like parents, and each permit like one more, which costs less.
	#[benchmark]
	fn mint_derived(p: Linear<1, { T::MaxParents::get() }>) -> Result<(), BenchmarkError> {
		let creator = funded::<T>("creator")?;
		let parents = parents::<T>(p)?;
		let derivation = derivation::<T>(&creator, parents.clone())?;
		fill_page::<T>();
		fill_payees::<T>();
		let asset = NextAssetId::<T>::get();
		let mut draft = draft(u32::MAX, SHARE);
		draft.domain = Some(medical_domain::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(creator), derivation, draft, Default::default());

		assert!(facts_written::<T>(asset));
		assert_eq!(Parents::<T>::get(asset).into_inner(), parents);
		Ok(())
	}

	/// Joining a parent's `a` ancestors, which are too many for its page, to as many that are known already.
	#[benchmark]
	fn join_ancestors(a: Linear<0, { T::MaxAncestors::get() }>) {
		let known = spread_ids(a);
		keep_apart::<T>(0, &known);
		let joined: Vec<AssetId>;

		#[block]
		{
			joined = union(&known, packed::unpack(&AncestorSets::<T>::get(0)));
		}

		assert_eq!(joined, known);
	}

	/// Packing and storing `a` ancestors, which are too many for a page.
	#[benchmark]
	fn store_ancestors(a: Linear<0, { T::MaxAncestors::get() }>) {
		let ancestors = spread_ids(a);

		#[block]
		{
			keep_apart::<T>(0, &ancestors);
		}

		assert_eq!(packed::unpack(&AncestorSets::<T>::get(0)).collect::<Vec<_>>(), ancestors);
	}

	/// A derivation.
	#[benchmark]
	fn open_derivation() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner")?;
		let derivation = NextDerivationId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner));

		assert!(Derivations::<T>::contains_key(derivation));
		Ok(())
	}

	/// Closing a derivation.
	#[benchmark]
	fn close_derivation() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner")?;
		let derivation = derivation::<T>(&owner, other_parents(T::MaxParents::get()))?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), derivation);

		assert!(!Derivations::<T>::contains_key(derivation));
		assert_eq!(T::U::total_balance_on_hold(&owner), 0);
		Ok(())
	}

	/// A use towards a derivation; settling the asset is not counted.
	#[benchmark]
	fn call() -> Result<(), BenchmarkError> {
		let (owner, caller) = (funded::<T>("owner")?, funded::<T>("caller")?);
		let asset = minted::<T>(&owner, SHARE)?;
		book_neighbours::<T>(asset)?;
		let derivation = derivation::<T>(&caller, other_parents(T::MaxParents::get() - 1))?;
		let under = Some((derivation, Relation::TrainedOn));

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), asset, 1_000, Purpose::Training, MicroU::MAX, under);

		assert_eq!(ReceiptHeads::<T>::get(asset).count, 1);
		let used = Derivations::<T>::get(derivation).map(|open| open.used.len() as u32);
		assert_eq!(used, Some(T::MaxParents::get()));
		Ok(())
	}

	/// A licence; settling the asset is not counted.
	#[benchmark]
	fn buy() -> Result<(), BenchmarkError> {
		let (owner, buyer) = (funded::<T>("owner")?, funded::<T>("buyer")?);
		let asset = minted::<T>(&owner, Terms::Buyout { price: 1_000 * U })?;
		book_neighbours::<T>(asset)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(buyer.clone()), asset, MicroU::MAX);

		assert!(Licences::<T>::contains_key(asset, buyer));
		Ok(())
	}

	/// Binding a payee.
	#[benchmark]
	fn set_payee() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner")?;
		let asset = minted::<T>(&owner, SHARE)?;
		let payee: AccountIdOf<T> = account("payee", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), asset, Some(T::Lookup::unlookup(payee.clone())));

		assert_eq!(Payees::<T>::get(asset).map(|bound| bound.payee), Some(payee));
		Ok(())
	}

	/// Setting the fee.
	#[benchmark]
	fn set_call_fee() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner")?;
		let asset = minted::<T>(&owner, SHARE)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), asset, MicroU::MAX);

		assert_eq!(Assets::<T>::get(asset).map(|record| record.call_fee), Some(MicroU::MAX));
		Ok(())
	}

	/// Setting the terms, deferred behind as many changes as an owner's can be.
	#[benchmark]
	fn set_terms() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner")?;
		let asset = minted::<T>(&owner, SHARE)?;
		T::Bookings::freeze_facts();
		let before = T::MaxDeferred::get() / 2 - 1;
		defer::<T>(before);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), asset, Terms::Share { rate: 0 });

		assert_eq!(DeferredChanges::<T>::decode_len(), Some(before as usize + 1));
		Ok(())
	}

	/// Attesting for the longest reason, deferred behind as many changes as an attestation can be.
	#[benchmark]
	fn attest() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner")?;
		let asset = minted::<T>(&owner, SHARE)?;
		T::Bookings::freeze_facts();
		let before = T::MaxDeferred::get() / 4 * 3 - 1;
		defer::<T>(before);
		let origin = curators::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, asset, Some(ONE), Some(ONE), longest_reason());

		assert_eq!(DeferredChanges::<T>::decode_len(), Some(before as usize + 1));
		Ok(())
	}

	/// Delisting for the longest reason, deferred behind as many changes as there can be.
	#[benchmark]
	fn delist() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner")?;
		let asset = minted::<T>(&owner, SHARE)?;
		T::Bookings::freeze_facts();
		defer::<T>(T::MaxDeferred::get() - 1);
		let origin = curators::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, asset, longest_reason());

		assert_eq!(Assets::<T>::get(asset).map(|record| record.status), Some(Status::Delisted));
		assert_eq!(DeferredChanges::<T>::decode_len(), Some(T::MaxDeferred::get() as usize));
		Ok(())
	}

	/// Applying `c` deferred changes, each in a page of its own.
	#[benchmark]
	fn apply_deferred(c: Linear<0, { T::MaxDeferred::get() }>) {
		for _ in 0..c {
			fill_page::<T>();
			NextAssetId::<T>::mutate(|next| *next += 1);
		}
		defer::<T>(c);

		#[block]
		{
			Pallet::<T>::apply_deferred(T::Bookings::open_period());
		}

		let changed = |page| FactPages::<T>::get(page).first().is_some_and(|facts| !facts.active);
		assert!((0..c).all(changed));
		assert!(DeferredChanges::<T>::get().is_empty());
	}

	/// Checking whether a parent with `a` ancestors can be added to an asset that has as many.
	#[benchmark]
	fn check_edit(a: Linear<0, { T::MaxAncestors::get() - 1 }>) -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner")?;
		let [parent, child] = [minted::<T>(&owner, SHARE)?, minted::<T>(&owner, SHARE)?];
		let ancestors: Vec<AssetId> = (MAX_ASSETS - a..MAX_ASSETS).collect();
		for asset in [parent, child] {
			replace_set::<T>(asset, packed::pack(&ancestors).unwrap_or_default());
		}
		let change = EdgeChange::Add { relation: Relation::TrainedOn };

		#[block]
		{
			Pallet::<T>::queue_edit(EdgeEdit { child, parent, change })?;
		}

		assert_eq!(Revisions::<T>::decode_len(), Some(1));
		Ok(())
	}

	/// The look at whether there is an edge to correct.
	#[benchmark]
	fn look_for_revisions() {
		Revisions::<T>::put(waiting::<T>());
		T::Bookings::freeze_facts();

		#[block]
		{
			Pallet::<T>::revise(WeightMeter::new());
		}

		assert_eq!(Revisions::<T>::decode_len(), Some(T::MaxRevisions::get() as usize));
	}

	/// Adding a parent to an asset that can have no more.
	#[benchmark]
	fn begin_addition() -> Result<(), BenchmarkError> {
		let parent = parents::<T>(1)?.remove(0).asset;
		let child = minted::<T>(&funded::<T>("owner")?, SHARE)?;
		let others = other_parents(MostParents::<T>::get() + child);
		let others = others.into_iter().filter(|other| other.asset > child).collect();
		Parents::<T>::insert(child, BoundedVec::truncate_from(others));
		let change = EdgeChange::Add { relation: Relation::TrainedOn };
		let begun;

		#[block]
		{
			begun = Pallet::<T>::begin(&EdgeEdit { child, parent, change });
		}

		assert!(begun.is_some());
		assert_eq!(Parents::<T>::get(child).len(), MostParents::<T>::get() as usize);
		Ok(())
	}

	/// Removing the last parent of an asset that has as many as it can, from a full page of children.
	#[benchmark]
	fn begin_removal() {
		let parents = other_parents(MostParents::<T>::get());
		let parent = parents[parents.len() - 1].asset;
		let child = MAX_ASSETS - 1;
		Parents::<T>::insert(child, BoundedVec::truncate_from(parents));
		let children = (child + 1 - CHILDREN_PER_PAGE..=child).collect();
		ChildPages::<T>::insert(parent, 0, crate::ChildPage::truncate_from(children));
		ChildCounts::<T>::insert(parent, CHILDREN_PER_PAGE);
		let begun;

		#[block]
		{
			begun = Pallet::<T>::begin(&EdgeEdit { child, parent, change: EdgeChange::Remove });
		}

		assert_eq!(begun, Some(Stage::Updating { next: child }));
		assert_eq!(ChildCounts::<T>::get(parent), CHILDREN_PER_PAGE - 1);
	}

	/// Putting a child before all others into the last page of children, which it fills.
	#[benchmark]
	fn shift_children() {
		let children = (1..).step_by(2).take(CHILDREN_PER_PAGE as usize - 1).collect();
		ChildPages::<T>::insert(0, 0, crate::ChildPage::truncate_from(children));
		ChildCounts::<T>::insert(0, CHILDREN_PER_PAGE - 1);
		let change = EdgeChange::Add { relation: Relation::TrainedOn };
		let next;

		#[block]
		{
			next = Pallet::<T>::shift(&EdgeEdit { child: 0, parent: 0, change }, 0, 0);
		}

		assert_eq!(next, Some(Stage::Updating { next: 0 }));
		assert_eq!(ChildCounts::<T>::get(0), CHILDREN_PER_PAGE);
	}

	/// Looking at a page of sets of ancestors of which `a` stand apart.
	#[benchmark]
	fn look_at_sets(a: Linear<0, { heirloom_primitives::ASSETS_PER_PAGE }>) {
		let mut sets = packed::PackedSets::default();
		let ancestors = spread_ids(T::MaxAncestors::get() - 1);
		for asset in 0..heirloom_primitives::ASSETS_PER_PAGE {
			let length = if asset < a { packed::INLINE_BYTES + 1 } else { packed::INLINE_BYTES };
			sets.push(&alloc::vec![0; length as usize]);
			if asset < a {
				keep_apart::<T>(asset, &ancestors);
			}
		}
		AncestorPages::<T>::insert(0, sets);
		let affected;

		#[block]
		{
			affected = Pallet::<T>::affected(0, 0, MAX_ASSETS);
		}

		assert_eq!(affected, (Vec::new(), a));
	}

	/// Joining the `p` parents of an asset anew. Joining their ancestors and storing those it has is not counted.
	#[benchmark]
	fn update_asset(p: Linear<1, { MostParents::<T>::get() }>) -> Result<(), BenchmarkError> {
		let parents = parents::<T>(p)?;
		let asset = minted::<T>(&funded::<T>("owner")?, SHARE)?;
		Parents::<T>::insert(asset, BoundedVec::truncate_from(parents));
		let changed;

		#[block]
		{
			(changed, _) = Pallet::<T>::update_asset(asset);
		}

		assert!(changed);
		assert_eq!(Assets::<T>::get(asset).map(|record| record.ancestors), Some(p));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::tests::mock::genesis(Vec::new()), crate::tests::mock::Test);
}
