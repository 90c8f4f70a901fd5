use super::mock::*;
use crate::{Assets, Deposit, Error, Event};
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungible::InspectHold, fungibles::InspectHold as _},
};
use heirloom_primitives::{Evidence, Quality, Status, Terms};

fn mint_refused(draft: crate::AssetDraft, error: Error<Test>) {
	assert_noop!(Lineage::mint(RuntimeOrigin::signed(ANN), draft), error);
}

#[test]
fn mint_should_give_the_item_to_its_creator() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("CT-2025-0312"));
		let view = Lineage::asset(asset).unwrap();
		assert_eq!((view.owner, view.creator, view.payee), (ANN, ANN, ANN));
		assert_eq!(view.quality, Some(Quality { bps: 9_000, attested: false }));
		assert_eq!((view.generation, view.minted, view.status), (0, MARCH, Status::Active));
		System::assert_last_event(
			Event::Minted {
				asset,
				handle: b"CT-2025-0312".to_vec().try_into().unwrap(),
				creator: ANN,
				parents: Default::default(),
				ancestors: 0,
			}
			.into(),
		);
	});
}

#[test]
fn mint_should_number_assets_consecutively() {
	build_and_execute(|| {
		assert_eq!([mint(ANN, draft("A")), mint(BOB, draft("B")), mint(ANN, draft("C"))], [0, 1, 2]);
		assert_eq!(Lineage::asset_id(b"B"), Some(1));
		assert_eq!(Lineage::asset_id(b"D"), None);
	});
}

#[test]
fn mint_should_hold_the_deposit_in_loom() {
	build_and_execute(|| {
		let asset = mint(ANN, draft("A"));
		assert_eq!(Balances::balance_on_hold(&crate::HoldReason::Asset.into(), &ANN), ASSET_DEPOSIT);
		assert_eq!(Assets::<Test>::get(asset).unwrap().deposit, Some(Deposit::Native(ASSET_DEPOSIT)));
	});
}

#[test]
fn mint_should_hold_the_deposit_in_u_without_loom() {
	build_and_execute(|| {
		let asset = mint(DEE, draft("A"));
		assert_eq!(AssetsHolder::balance_on_hold(1, &crate::HoldReason::Asset.into(), &DEE), ASSET_DEPOSIT);
		assert_eq!(Assets::<Test>::get(asset).unwrap().deposit, Some(Deposit::U(ASSET_DEPOSIT)));
	});
}

#[test]
fn mint_should_fail_without_money_for_the_deposit() {
	build_and_execute(|| {
		assert_noop!(
			Lineage::mint(RuntimeOrigin::signed(EVE), draft("A")),
			Error::<Test>::DepositNotAffordable
		);
	});
}

#[test]
fn mint_should_fail_when_handle_is_taken() {
	build_and_execute(|| {
		mint(BOB, draft("A"));
		mint_refused(draft("A"), Error::HandleTaken);
	});
}

#[test]
fn mint_should_fail_when_handle_is_empty() {
	build_and_execute(|| mint_refused(draft(""), Error::HandleEmpty));
}

#[test]
fn mint_should_fail_when_handle_is_not_printable() {
	build_and_execute(|| {
		for handle in ["two words", "tab\t", "nul\0", "Änne", "del\u{7f}"] {
			mint_refused(draft(handle), Error::HandleNotPrintable);
		}
	});
}

#[test]
fn mint_should_fail_when_handle_is_longer_than_256_bytes() {
	build_and_execute(|| {
		mint(ANN, draft(&"a".repeat(256)));
		mint_refused(draft(&"a".repeat(257)), Error::HandleTooLong);
	});
}

#[test]
fn mint_should_fail_when_domain_is_not_in_the_list() {
	build_and_execute(|| {
		mint_refused(crate::AssetDraft { domain: Some(2), ..draft("A") }, Error::DomainNotFound)
	});
}

#[test]
fn mint_should_fail_when_a_rate_is_above_one_hundred_percent() {
	build_and_execute(|| {
		let wrong = [
			crate::AssetDraft { terms: Terms::Share { rate: 10_001 }, ..draft("A") },
			crate::AssetDraft { quality: Some(10_001), ..draft("A") },
			crate::AssetDraft {
				evidence: Evidence { accuracy: Some(10_001), speed_gain: None },
				..draft("A")
			},
		];
		for draft in wrong {
			mint_refused(draft, Error::AboveOneHundredPercent);
		}
	});
}

#[test]
fn speed_gain_may_be_above_one_hundred_percent() {
	build_and_execute(|| {
		let evidence = Evidence { accuracy: None, speed_gain: Some(25_000) };
		assert_ok!(Lineage::mint(RuntimeOrigin::signed(ANN), crate::AssetDraft { evidence, ..draft("A") }));
	});
}
