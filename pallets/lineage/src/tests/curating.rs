use super::mock::*;
use crate::{DeferredChanges, Error, Event, FactPages};
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::{Ancestry, AssetFacts, Genealogy, Period, Quality, Status, Terms, Words};
use sp_runtime::DispatchError;

fn attest(asset: u32, quality: Option<u16>, impact: Option<u16>) -> sp_runtime::DispatchResult {
	Lineage::attest(RuntimeOrigin::signed(CURATOR), asset, quality, impact, reason())
}

fn facts(asset: usize) -> AssetFacts {
	FactPages::<Test>::get(0)[asset]
}

fn lower_rate(asset: u32, rate: u16) -> sp_runtime::DispatchResult {
	Lineage::set_terms(RuntimeOrigin::signed(ANN), asset, Terms::Share { rate })
}

#[test]
fn attested_quality_should_replace_the_claim() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(attest(asset, Some(9_800), None));
		assert_eq!(facts(0).quality, Some(Quality { bps: 9_800, attested: true }));
		let reason = reason();
		System::assert_last_event(
			Event::Attested { asset, quality: Some(9_800), impact: None, reason }.into(),
		);
	});
}

#[test]
fn attested_impact_should_leave_quality_alone() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(attest(asset, None, Some(1_200)));
		let facts = facts(0);
		assert_eq!((facts.impact, facts.quality), (1_200, Some(Quality { bps: 9_000, attested: false })));
	});
}

#[test]
fn attest_should_fail_for_others() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		let attested = Lineage::attest(RuntimeOrigin::signed(ANN), asset, Some(1), None, reason());
		assert_noop!(attested, DispatchError::BadOrigin);
	});
}

#[test]
fn attest_should_fail_above_one_hundred_percent() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_noop!(attest(asset, Some(10_001), None), Error::<Test>::AboveOneHundredPercent);
		assert_noop!(attest(asset, Some(1), Some(10_001)), Error::<Test>::AboveOneHundredPercent);
	});
}

#[test]
fn attest_should_fail_with_nothing_to_attest() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_noop!(attest(asset, None, None), Error::<Test>::NothingAttested);
	});
}

#[test]
fn attest_should_fail_where_who_decides_has_an_interest() {
	build_and_execute(|| {
		let own = mint(ANN, draft("A"));
		assert_ok!(Nfts::transfer(RuntimeOrigin::signed(ANN), crate::COLLECTION, own, CURATOR));
		assert_noop!(attest(own, Some(9_800), None), Error::<Test>::ConflictOfInterest);
		let paid = mint(ANN, draft("B"));
		assert_ok!(Lineage::set_payee(RuntimeOrigin::signed(ANN), paid, Some(CURATOR)));
		assert_noop!(attest(paid, Some(9_800), None), Error::<Test>::ConflictOfInterest);
	});
}

#[test]
fn decisions_should_say_why() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		let curator = || RuntimeOrigin::signed(CURATOR);
		let attested = Lineage::attest(curator(), asset, Some(9_800), None, Words::new());
		assert_noop!(attested, Error::<Test>::NoReason);
		assert_noop!(Lineage::delist(curator(), asset, Words::new()), Error::<Test>::NoReason);
	});
}

#[test]
fn delist_should_fail_for_others() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_noop!(Lineage::delist(RuntimeOrigin::signed(ANN), asset, reason()), DispatchError::BadOrigin);
	});
}

#[test]
fn delisting_should_say_why() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Lineage::delist(RuntimeOrigin::signed(CURATOR), asset, reason()));
		System::assert_last_event(Event::Delisted { asset, reason: reason() }.into());
	});
}

#[test]
fn delist_should_fail_twice() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Lineage::delist(RuntimeOrigin::signed(CURATOR), asset, reason()));
		assert_noop!(
			Lineage::delist(RuntimeOrigin::signed(CURATOR), asset, reason()),
			Error::<Test>::NotActive
		);
	});
}

#[test]
fn relisted_asset_should_be_active_again() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Lineage::delist(RuntimeOrigin::signed(CURATOR), asset, reason()));
		assert_eq!(<Lineage as Ancestry<AccountId>>::delisted_at(asset), Some(1_772_323_200_000));
		assert_ok!(<Lineage as Ancestry<AccountId>>::relist(asset));
		assert_eq!(<Lineage as Ancestry<AccountId>>::delisted_at(asset), None);
		assert!(facts(0).active);
		System::assert_last_event(Event::Relisted { asset }.into());
		assert_noop!(<Lineage as Ancestry<AccountId>>::relist(asset), Error::<Test>::NotDelisted);
	});
}

#[test]
fn relisting_should_wait_for_a_settlement() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Lineage::delist(RuntimeOrigin::signed(CURATOR), asset, reason()));
		Frozen::set(true);
		assert_ok!(<Lineage as Ancestry<AccountId>>::relist(asset));
		assert!(!facts(0).active);
		<Lineage as Genealogy<AccountId>>::apply_deferred(MARCH);
		assert!(facts(0).active);
	});
}

#[test]
fn parties_should_be_creator_owner_and_payee() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Nfts::transfer(RuntimeOrigin::signed(ANN), crate::COLLECTION, asset, BOB));
		assert_ok!(Lineage::set_payee(RuntimeOrigin::signed(BOB), asset, Some(CYD)));
		assert_eq!(<Lineage as Ancestry<AccountId>>::parties(asset), [ANN, BOB, CYD]);
		assert!(<Lineage as Ancestry<AccountId>>::parties(7).is_empty());
	});
}

#[test]
fn curating_should_fail_for_an_unknown_asset() {
	build_and_execute(|| {
		assert_noop!(attest(4, Some(1), None), Error::<Test>::NotFound);
		assert_noop!(Lineage::delist(RuntimeOrigin::root(), 4, reason()), Error::<Test>::NotFound);
	});
}

#[test]
fn facts_should_stand_still_during_a_settlement() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		let before = facts(0);
		Frozen::set(true);
		OpenPeriod::set(MARCH.plus(1));
		assert_ok!(attest(asset, Some(9_800), None));
		assert_ok!(Lineage::delist(RuntimeOrigin::signed(CURATOR), asset, reason()));
		assert_eq!(facts(0), before);
		assert_eq!(Lineage::asset(asset).unwrap().status, Status::Delisted);
	});
}

#[test]
fn deferred_changes_should_apply_after_the_report() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		Frozen::set(true);
		OpenPeriod::set(MARCH.plus(1));
		assert_ok!(lower_rate(asset, 1_000));
		<Lineage as Genealogy<AccountId>>::apply_deferred(MARCH.plus(1));
		assert_eq!(facts(0).share_rate, Some(1_000));
		assert!(DeferredChanges::<Test>::get().is_empty());
	});
}

#[test]
fn later_changes_should_wait_for_their_own_close() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		Frozen::set(true);
		for (later, rate) in [(1, 2_000), (2, 1_000)] {
			OpenPeriod::set(MARCH.plus(later));
			assert_ok!(lower_rate(asset, rate));
		}
		<Lineage as Genealogy<AccountId>>::apply_deferred(MARCH.plus(1));
		assert_eq!(facts(0).share_rate, Some(2_000));
		<Lineage as Genealogy<AccountId>>::apply_deferred(Period(u32::MAX));
		assert_eq!(facts(0).share_rate, Some(1_000));
	});
}

#[test]
fn owners_should_not_keep_curators_out() {
	build_and_execute(|| {
		for handle in ["A", "B", "C", "D", "E"] {
			mint(ANN, draft(handle));
		}
		Frozen::set(true);
		// Of the four places owners get two, attestations a third, and the last is for what must be stopped.
		assert_ok!(lower_rate(0, 2_000));
		assert_ok!(lower_rate(1, 2_000));
		assert_noop!(lower_rate(2, 2_000), Error::<Test>::TooManyDeferred);
		assert_ok!(attest(3, Some(1), None));
		assert_noop!(attest(4, Some(1), None), Error::<Test>::TooManyDeferred);
		assert_ok!(Lineage::delist(RuntimeOrigin::signed(CURATOR), 4, reason()));
		// A change of what waits already takes no place.
		assert_ok!(lower_rate(0, 1_000));
		assert_eq!(DeferredChanges::<Test>::get().len(), 4);
	});
}
