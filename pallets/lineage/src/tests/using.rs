use super::mock::*;
use crate::{AssetDraft, Config, Error, Event, Licences, Receipt, ReceiptHeads, WeightInfo};
use codec::Encode;
use frame_support::{
	assert_noop, assert_ok,
	dispatch::GetDispatchInfo,
	traits::{Get, fungible::InspectHold},
};
use heirloom_primitives::{AssetId, Bookings, Purpose, ReceiptHead, Relation, Terms, U, Units};
use sp_core::H256;
use sp_io::hashing::blake2_256;
use sp_runtime::{DispatchError, DispatchResult, TokenError};

const MAX: u128 = 1_000 * U;

fn call(who: AccountId, asset: AssetId, units: Units) -> DispatchResult {
	outcome(Lineage::call(RuntimeOrigin::signed(who), asset, units, Purpose::Training, MAX, None))
}

fn for_sale(handle: &str) -> AssetDraft {
	AssetDraft { terms: Terms::Buyout { price: 300 * U }, ..draft(handle) }
}

#[test]
fn call_should_book_fee_times_units() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(call(BOB, asset, 37));
		assert_eq!(booked(), vec![(asset, BOB, 74 * U, 37)]);
	});
}

/// A batch may mint the asset first.
#[test]
fn use_of_an_asset_that_does_not_exist_should_be_charged_for_the_most_ancestors_and_then_for_nothing() {
	build_and_execute(|| {
		let used = crate::Call::<Test>::call {
			asset: 9,
			units: 1,
			purpose: Purpose::Training,
			max_fee: MAX,
			derivation: None,
		};
		let call = <<Test as Config>::WeightInfo as WeightInfo>::call();
		let settling =
			<FakeBookings as Bookings<AccountId>>::settlement_weight(<Test as Config>::MaxAncestors::get());
		assert_eq!(used.get_dispatch_info().call_weight, call + settling);
		let failed =
			Lineage::call(RuntimeOrigin::signed(BOB), 9, 1, Purpose::Training, MAX, None).unwrap_err();
		assert_eq!(
			(failed.error, failed.post_info.actual_weight),
			(Error::<Test>::NotFound.into(), Some(call))
		);
	});
}

#[test]
fn call_should_leave_a_receipt_that_the_running_hash_covers() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(call(BOB, asset, 3));
		assert_ok!(call(CYD, asset, 4));
		let receipt = |index, caller, units| Receipt {
			asset,
			index,
			caller,
			units,
			purpose: Purpose::Training,
			fee: u128::from(units) * 2 * U,
			permit: None,
			derivation: None,
			at: 1_772_323_200_000,
		};
		let hash = [receipt(0, BOB, 3), receipt(1, CYD, 4)]
			.iter()
			.fold(H256::zero(), |hash, receipt| H256(blake2_256(&(hash, receipt).encode())));
		assert_eq!(ReceiptHeads::<Test>::get(asset), ReceiptHead { count: 2, hash });
		System::assert_last_event(
			Event::Called {
				asset,
				index: 1,
				caller: CYD,
				units: 4,
				purpose: Purpose::Training,
				fee: 8 * U,
				permit: None,
				derivation: None,
				at: 1_772_323_200_000,
				hash,
			}
			.into(),
		);
	});
}

#[test]
fn call_should_count_no_units_of_the_creator() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Nfts::transfer(RuntimeOrigin::signed(ANN), 0, asset, BOB));
		assert_ok!(call(ANN, asset, 5));
		assert_eq!(booked(), vec![(asset, ANN, 10 * U, 0)]);
	});
}

#[test]
fn call_should_count_no_units_of_the_owner() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Nfts::transfer(RuntimeOrigin::signed(ANN), 0, asset, BOB));
		assert_ok!(call(BOB, asset, 5));
		assert_eq!(booked(), vec![(asset, BOB, 10 * U, 0)]);
	});
}

#[test]
fn free_call_should_leave_a_receipt_without_a_booking() {
	build_and_execute(|| {
		let asset = mint(ANN, AssetDraft { call_fee: 0, ..draft("A") });
		assert_ok!(call(BOB, asset, 5));
		assert_eq!(booked(), vec![]);
		assert_eq!(ReceiptHeads::<Test>::get(asset).count, 1);
	});
}

#[test]
fn first_call_of_a_period_should_be_charged_for_settling_it() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		let weighed = || {
			let used = Lineage::call(RuntimeOrigin::signed(BOB), asset, 1, Purpose::Training, MAX, None);
			used.unwrap().actual_weight.unwrap()
		};
		let (first, second) = (weighed(), weighed());
		let before = crate::Call::<Test>::call {
			asset,
			units: 1,
			purpose: Purpose::Training,
			max_fee: MAX,
			derivation: None,
		};
		assert_eq!(first, before.get_dispatch_info().call_weight);
		assert!(second.ref_time() < 1_000_000_000_000 && first.ref_time() > 1_000_000_000_000);
	});
}

#[test]
fn call_should_fail_when_asset_is_unknown() {
	build_and_execute(|| {
		assert_noop!(call(BOB, 7, 1), Error::<Test>::NotFound);
	});
}

#[test]
fn call_should_fail_with_zero_units() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_noop!(call(BOB, asset, 0), Error::<Test>::ZeroUnits);
	});
}

#[test]
fn call_should_fail_when_fee_is_above_maximum() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		let call =
			outcome(Lineage::call(RuntimeOrigin::signed(BOB), asset, 3, Purpose::Inference, 6 * U - 1, None));
		assert_noop!(call, Error::<Test>::FeeAboveMaximum);
	});
}

#[test]
fn call_should_fail_when_fee_overflows() {
	build_and_execute(|| {
		let asset = mint(ANN, AssetDraft { call_fee: u128::MAX / 2, ..draft("A") });
		assert_noop!(call(BOB, asset, 3), Error::<Test>::AmountTooLarge);
	});
}

#[test]
fn call_should_fail_when_asset_is_delisted() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Lineage::delist(RuntimeOrigin::signed(CURATOR), asset, reason()));
		assert_noop!(call(BOB, asset, 1), Error::<Test>::NotActive);
	});
}

#[test]
fn call_should_fail_when_caller_cannot_pay() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_noop!(call(EVE, asset, 1), DispatchError::Token(TokenError::FundsUnavailable));
	});
}

#[test]
fn plain_call_should_fail_for_medical_data() {
	build_and_execute(|| {
		let asset = mint(ANN, AssetDraft { domain: Some(1), ..draft("A") });
		assert_noop!(call(BOB, asset, 1), Error::<Test>::PermitRequired);
	});
}

#[test]
fn buy_should_book_the_price_without_units() {
	build_and_execute(|| {
		let asset = mint(ANN, for_sale("A"));
		assert_ok!(Lineage::buy(RuntimeOrigin::signed(BOB), asset, 300 * U));
		assert_eq!(booked(), vec![(asset, BOB, 300 * U, 0)]);
		assert_eq!(Balances::balance_on_hold(&crate::HoldReason::Licence.into(), &BOB), LICENCE_DEPOSIT);
		System::assert_last_event(Event::Bought { asset, buyer: BOB, price: 300 * U }.into());
	});
}

#[test]
fn call_should_be_free_under_a_licence() {
	build_and_execute(|| {
		let asset = mint(ANN, for_sale("A"));
		assert_ok!(Lineage::buy(RuntimeOrigin::signed(BOB), asset, 300 * U));
		let call = outcome(Lineage::call(RuntimeOrigin::signed(BOB), asset, 5, Purpose::Inference, 0, None));
		assert_ok!(call);
		assert_eq!(booked().len(), 1);
		assert_eq!(ReceiptHeads::<Test>::get(asset).count, 1);
	});
}

#[test]
fn asset_for_sale_can_be_called_by_the_unit_without_a_licence() {
	build_and_execute(|| {
		let asset = mint(ANN, for_sale("A"));
		assert_ok!(call(BOB, asset, 5));
		assert_eq!(booked(), vec![(asset, BOB, 10 * U, 5)]);
	});
}

#[test]
fn buy_should_fail_when_price_is_above_maximum() {
	build_and_execute(|| {
		let asset = mint(ANN, for_sale("A"));
		let bought = outcome(Lineage::buy(RuntimeOrigin::signed(BOB), asset, 300 * U - 1));
		assert_noop!(bought, Error::<Test>::FeeAboveMaximum);
	});
}

#[test]
fn buy_should_fail_when_asset_is_not_for_sale() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_noop!(
			outcome(Lineage::buy(RuntimeOrigin::signed(BOB), asset, MAX)),
			Error::<Test>::NotForSale
		);
	});
}

#[test]
fn buy_should_fail_when_already_licensed() {
	build_and_execute(|| {
		let asset = mint(ANN, for_sale("A"));
		assert_ok!(Lineage::buy(RuntimeOrigin::signed(BOB), asset, MAX));
		assert_noop!(
			outcome(Lineage::buy(RuntimeOrigin::signed(BOB), asset, MAX)),
			Error::<Test>::AlreadyLicensed
		);
	});
}

#[test]
fn failed_buy_should_leave_no_licence() {
	build_and_execute(|| {
		let asset = mint(ANN, for_sale("A"));
		assert_noop!(
			outcome(Lineage::buy(RuntimeOrigin::signed(EVE), asset, MAX)),
			Error::<Test>::DepositNotAffordable
		);
		assert!(!Licences::<Test>::contains_key(asset, EVE));
	});
}

#[test]
fn relation_of_a_call_is_not_part_of_its_receipt() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_ok!(Lineage::open_derivation(RuntimeOrigin::signed(BOB)));
		let derivation = Some((0, Relation::TrainedOn));
		assert_ok!(Lineage::call(RuntimeOrigin::signed(BOB), asset, 1, Purpose::Training, MAX, derivation));
		let head = ReceiptHeads::<Test>::get(asset);
		let receipt = Receipt {
			asset,
			index: 0,
			caller: BOB,
			units: 1,
			purpose: Purpose::Training,
			fee: 2 * U,
			permit: None,
			derivation: Some(0),
			at: 1_772_323_200_000,
		};
		assert_eq!(head.hash, H256(blake2_256(&(H256::zero(), receipt).encode())));
	});
}
