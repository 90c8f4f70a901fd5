use super::mock::*;
use crate::{AssetDraft, Call, Error, Event, FactPages, WeightInfo, weights::SubstrateWeight};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use heirloom_primitives::{Genealogy, Terms, U, payee_page_of, payee_slot_of};
use sp_runtime::traits::Dispatchable;

/// Who a settlement would pay, once it has looked.
fn paid(asset: u32) -> Option<AccountId> {
	let index = <Lineage as Genealogy<AccountId>>::find_payee(asset)?;
	<Lineage as Genealogy<AccountId>>::payee_accounts(payee_page_of(index)).get(payee_slot_of(index)).copied()
}

fn remembered(asset: u32) -> Option<u32> {
	<Lineage as Genealogy<AccountId>>::payees_page(0)[asset as usize]
}

fn set_terms(who: AccountId, asset: u32, terms: Terms) -> sp_runtime::DispatchResult {
	Lineage::set_terms(RuntimeOrigin::signed(who), asset, terms)
}

#[test]
fn transfer_should_transfer_the_income() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Nfts::transfer(RuntimeOrigin::signed(ANN), 0, asset, BOB));
		assert_eq!(paid(asset), Some(BOB));
	});
}

#[test]
fn transfer_and_binding_should_be_charged_for_the_look_up_they_cause() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		let before = System::block_weight().total();
		assert_ok!(Nfts::transfer(RuntimeOrigin::signed(ANN), 0, asset, BOB));
		// The transfer's own weight is added by the transaction's extension, which there is none of here.
		assert!((System::block_weight().total() - before).all_gte(LOOK_UP));
		let binding = Call::<Test>::set_payee { asset, payee: None }.get_dispatch_info().call_weight;
		assert!(binding.all_gte(LOOK_UP + SubstrateWeight::<Test>::set_payee()));
	});
}

#[test]
fn bound_payee_should_be_paid() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Lineage::set_payee(RuntimeOrigin::signed(ANN), asset, Some(CYD)));
		assert_eq!(paid(asset), Some(CYD));
		System::assert_last_event(Event::PayeeSet { asset, payee: Some(CYD) }.into());
	});
}

#[test]
fn bound_payee_should_be_void_after_a_transfer() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Lineage::set_payee(RuntimeOrigin::signed(ANN), asset, Some(CYD)));
		assert_ok!(Nfts::transfer(RuntimeOrigin::signed(ANN), 0, asset, BOB));
		assert_eq!(paid(asset), Some(BOB));
	});
}

#[test]
fn unbound_payee_should_be_the_owner_again() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Lineage::set_payee(RuntimeOrigin::signed(ANN), asset, Some(CYD)));
		assert_ok!(Lineage::set_payee(RuntimeOrigin::signed(ANN), asset, None));
		assert_eq!(paid(asset), Some(ANN));
	});
}

#[test]
fn creator_should_be_remembered_as_payee() {
	build_and_execute(|| {
		let [first, second, third] = [mint(ANN, draft("A")), mint(BOB, draft("B")), mint(ANN, draft("C"))];
		assert!(remembered(first).is_some() && remembered(second).is_some());
		assert_ne!(remembered(first), remembered(second));
		assert_eq!(remembered(first), remembered(third));
	});
}

#[test]
fn payee_should_be_looked_up_again_after_a_transfer_or_a_binding() {
	build_and_execute(|| {
		let [sold, bound, kept] = [mint(ANN, draft("A")), mint(ANN, draft("B")), mint(ANN, draft("C"))];
		assert_ok!(Nfts::transfer(RuntimeOrigin::signed(ANN), 0, sold, BOB));
		assert_ok!(Lineage::set_payee(RuntimeOrigin::signed(ANN), bound, Some(CYD)));
		assert_eq!([sold, bound].map(remembered), [None, None]);
		assert!(remembered(kept).is_some());
		assert_eq!([sold, bound, kept].map(paid), [Some(BOB), Some(CYD), Some(ANN)]);
		assert!([sold, bound].map(remembered).iter().all(Option::is_some));
	});
}

#[test]
fn failed_transfer_should_forget_nothing() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		let transfer =
			RuntimeCall::Nfts(pallet_nfts::Call::transfer { collection: 0, item: asset, dest: CYD });
		assert!(transfer.dispatch(RuntimeOrigin::signed(BOB)).is_err());
		assert!(remembered(asset).is_some());
	});
}

#[test]
fn only_owner_should_set_payee_fee_or_terms() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		let bob = || RuntimeOrigin::signed(BOB);
		assert_noop!(Lineage::set_payee(bob(), asset, Some(BOB)), Error::<Test>::NotOwner);
		assert_noop!(Lineage::set_call_fee(bob(), asset, 0), Error::<Test>::NotOwner);
		assert_noop!(set_terms(BOB, asset, Terms::Share { rate: 0 }), Error::<Test>::NotOwner);
	});
}

#[test]
fn creator_should_not_set_anything_after_a_transfer() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Nfts::transfer(RuntimeOrigin::signed(ANN), 0, asset, BOB));
		assert_noop!(Lineage::set_call_fee(RuntimeOrigin::signed(ANN), asset, 0), Error::<Test>::NotOwner);
		assert_ok!(Lineage::set_call_fee(RuntimeOrigin::signed(BOB), asset, 5));
	});
}

#[test]
fn setting_should_fail_for_an_unknown_asset() {
	build_and_execute(|| {
		assert_noop!(Lineage::set_call_fee(RuntimeOrigin::signed(ANN), 3, 0), Error::<Test>::NotFound);
	});
}

#[test]
fn call_fee_should_change() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Lineage::set_call_fee(RuntimeOrigin::signed(ANN), asset, 7 * U));
		assert_eq!(Lineage::asset(asset).unwrap().call_fee, 7 * U);
	});
}

#[test]
fn rate_should_only_fall() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_noop!(set_terms(ANN, asset, Terms::Share { rate: 3_001 }), Error::<Test>::TermsNotInFavour);
		assert_ok!(set_terms(ANN, asset, Terms::Share { rate: 2_999 }));
		assert_eq!(FactPages::<Test>::get(0)[0].share_rate, Some(2_999));
	});
}

#[test]
fn share_may_become_a_sale() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(set_terms(ANN, asset, Terms::Buyout { price: U }));
		assert_eq!(FactPages::<Test>::get(0)[0].share_rate, None);
	});
}

#[test]
fn sale_should_not_become_a_share() {
	build_and_execute(|| {
		let asset = mint(ANN, AssetDraft { terms: Terms::Buyout { price: U }, ..draft("A") });
		assert_noop!(set_terms(ANN, asset, Terms::Share { rate: 0 }), Error::<Test>::TermsNotInFavour);
	});
}

#[test]
fn creator_owner_or_payee_may_report() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Nfts::transfer(RuntimeOrigin::signed(ANN), 0, asset, BOB));
		assert_ok!(Lineage::set_payee(RuntimeOrigin::signed(BOB), asset, Some(CYD)));
		let may = |who| <Lineage as Genealogy<AccountId>>::may_report(asset, &who);
		assert_eq!([ANN, BOB, CYD, DEE].map(may), [true, true, true, false]);
	});
}
