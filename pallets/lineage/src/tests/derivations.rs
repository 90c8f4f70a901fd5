use super::mock::*;
use crate::{AncestorSets, AssetDraft, Deposit, Derivations, Error};
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use heirloom_primitives::{AssetId, Parent, Purpose, Relation, Terms, U};
use std::collections::BTreeSet;

const MAX: u128 = 1_000 * U;

fn open(who: AccountId) -> u64 {
	let id = crate::NextDerivationId::<Test>::get();
	Lineage::open_derivation(RuntimeOrigin::signed(who)).unwrap();
	id
}

fn call_under(
	who: AccountId,
	derivation: u64,
	asset: AssetId,
	relation: Relation,
) -> sp_runtime::DispatchResult {
	let under = Some((derivation, relation));
	outcome(Lineage::call(RuntimeOrigin::signed(who), asset, 1, Purpose::Training, MAX, under))
}

fn mint_derived(
	who: AccountId,
	derivation: u64,
	handle: &str,
) -> frame_support::dispatch::DispatchResultWithPostInfo {
	Lineage::mint_derived(RuntimeOrigin::signed(who), derivation, draft(handle), Default::default())
}

fn held(who: AccountId) -> u128 {
	Balances::balance_on_hold(&crate::HoldReason::Derivation.into(), &who)
}

#[test]
fn parents_should_be_what_was_called() {
	build_and_execute(|| {
		let (a, b) = (mint(ANN, draft("A")), mint(ANN, draft("B")));
		let derivation = open(BOB);
		assert_ok!(call_under(BOB, derivation, b, Relation::Merge));
		assert_ok!(call_under(BOB, derivation, a, Relation::TrainedOn));
		assert_ok!(call_under(BOB, derivation, b, Relation::Merge));
		assert_ok!(mint_derived(BOB, derivation, "C"));
		let view = Lineage::asset(2).unwrap();
		assert_eq!(
			view.parents,
			[
				Parent { asset: b, relation: Relation::Merge },
				Parent { asset: a, relation: Relation::TrainedOn }
			]
		);
		assert_eq!((view.generation, view.ancestors), (1, 2));
	});
}

#[test]
fn mint_derived_should_return_the_derivation_deposit() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		let derivation = open(BOB);
		assert_eq!(held(BOB), DERIVATION_DEPOSIT);
		assert_ok!(call_under(BOB, derivation, asset, Relation::Finetune));
		assert_ok!(mint_derived(BOB, derivation, "B"));
		assert_eq!(held(BOB), 0);
		assert!(!Derivations::<Test>::contains_key(derivation));
	});
}

#[test]
fn derived_asset_should_hold_more_for_each_parent_and_ancestor() {
	build_and_execute(|| {
		let (a, b) = (mint(ANN, draft("A")), mint(ANN, draft("B")));
		let derive = |who: AccountId, handle: &str, parents: &[AssetId]| {
			let (derivation, asset) = (open(who), crate::NextAssetId::<Test>::get());
			for parent in parents {
				assert_ok!(call_under(who, derivation, *parent, Relation::Merge));
			}
			assert_ok!(mint_derived(who, derivation, handle));
			(asset, crate::Assets::<Test>::get(asset).unwrap().deposit)
		};
		let (c, deposit) = derive(BOB, "C", &[a, b]);
		let two = ASSET_DEPOSIT + 2 * PARENT_DEPOSIT + 2 * ANCESTOR_DEPOSIT;
		assert_eq!(deposit, Some(Deposit::Native(two)));
		assert_eq!(Balances::balance_on_hold(&crate::HoldReason::Asset.into(), &BOB), two);
		// One parent, and its parents behind it; from an account without the native token.
		let (_, deposit) = derive(DEE, "D", &[c]);
		let three = ASSET_DEPOSIT + PARENT_DEPOSIT + 3 * ANCESTOR_DEPOSIT;
		assert_eq!(deposit, Some(Deposit::U(three)));
	});
}

#[test]
fn close_derivation_should_return_its_deposit() {
	build_and_execute(|| {
		let derivation = open(BOB);
		assert_ok!(Lineage::close_derivation(RuntimeOrigin::signed(BOB), derivation));
		assert_eq!(held(BOB), 0);
		assert_noop!(
			Lineage::close_derivation(RuntimeOrigin::signed(BOB), derivation),
			Error::<Test>::DerivationNotFound
		);
	});
}

#[test]
fn close_derivation_should_fail_for_others() {
	build_and_execute(|| {
		let derivation = open(BOB);
		let closed = Lineage::close_derivation(RuntimeOrigin::signed(CYD), derivation);
		assert_noop!(closed, Error::<Test>::NotDerivationOwner);
	});
}

#[test]
fn call_should_fail_under_a_derivation_of_somebody_else() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		let derivation = open(BOB);
		assert_noop!(call_under(CYD, derivation, asset, Relation::Merge), Error::<Test>::NotDerivationOwner);
	});
}

#[test]
fn call_should_fail_under_an_unknown_derivation() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_noop!(call_under(BOB, 3, asset, Relation::Merge), Error::<Test>::DerivationNotFound);
	});
}

#[test]
fn mint_derived_should_fail_from_a_derivation_of_somebody_else() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		let derivation = open(BOB);
		assert_ok!(call_under(BOB, derivation, asset, Relation::Merge));
		assert_noop!(mint_derived(CYD, derivation, "C"), Error::<Test>::NotDerivationOwner);
	});
}

#[test]
fn mint_derived_should_fail_from_an_empty_derivation() {
	build_and_execute(|| {
		let derivation = open(BOB);
		assert_noop!(mint_derived(BOB, derivation, "C"), Error::<Test>::NoParents);
	});
}

#[test]
fn same_parent_should_not_have_two_relations() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		let derivation = open(BOB);
		assert_ok!(call_under(BOB, derivation, asset, Relation::Merge));
		assert_noop!(call_under(BOB, derivation, asset, Relation::Adapter), Error::<Test>::RelationConflict);
	});
}

#[test]
fn call_should_fail_with_too_many_parents() {
	build_and_execute(|| {
		let derivation = open(BOB);
		for number in 0..8 {
			let asset = mint(ANN, draft(&format!("A{number}")));
			assert_ok!(call_under(BOB, derivation, asset, Relation::Merge));
		}
		let one_more = mint(ANN, draft("A8"));
		assert_noop!(call_under(BOB, derivation, one_more, Relation::Merge), Error::<Test>::TooManyParents);
	});
}

#[test]
fn mint_derived_should_fail_with_too_many_ancestors() {
	build_and_execute(|| {
		// Each generation has one parent, so the 81st asset below the root would have 81 ancestors.
		let mut parent = mint(ANN, draft("A0"));
		for generation in 1..=80 {
			let derivation = open(BOB);
			assert_ok!(call_under(BOB, derivation, parent, Relation::Finetune));
			assert_ok!(mint_derived(BOB, derivation, &format!("A{generation}")));
			parent = generation;
		}
		// Those of the last ones take more than 64 bytes and stand apart from their page.
		assert_eq!(AncestorSets::<Test>::iter_keys().collect::<BTreeSet<_>>(), (65..=80).collect());
		assert_eq!(Lineage::ancestors(80), Some((0..80).collect()));
		let derivation = open(BOB);
		assert_ok!(call_under(BOB, derivation, parent, Relation::Finetune));
		assert_noop!(mint_derived(BOB, derivation, "A81"), Error::<Test>::TooManyAncestors);
	});
}

#[test]
fn deriving_from_an_asset_for_sale_should_need_a_licence() {
	build_and_execute(|| {
		let asset = mint(ANN, AssetDraft { terms: Terms::Buyout { price: 5 * U }, ..draft("A") });
		let derivation = open(BOB);
		assert_noop!(call_under(BOB, derivation, asset, Relation::Merge), Error::<Test>::LicenceRequired);
		assert_ok!(Lineage::buy(RuntimeOrigin::signed(BOB), asset, MAX));
		assert_ok!(call_under(BOB, derivation, asset, Relation::Merge));
		assert_ok!(mint_derived(BOB, derivation, "B"));
	});
}

#[test]
fn deposit_in_u_should_be_returned_in_u() {
	build_and_execute(|| {
		let before = Assets::balance(1, DEE);
		let derivation = open(DEE);
		assert_eq!(Assets::balance(1, DEE), before - DERIVATION_DEPOSIT);
		assert_ok!(Lineage::close_derivation(RuntimeOrigin::signed(DEE), derivation));
		assert_eq!(Assets::balance(1, DEE), before);
	});
}
