use super::mock::*;
use crate::{CarryPages, Error, Event, Reports, Statements};
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::{MicroU, Moment, Statement, U};

const OWNER: AccountId = 10;
const MODELLER: AccountId = 20;
const SLOT: Moment = 6_000;

fn statement(asset: u32) -> Statement<AccountId> {
	Statements::<Test>::get(asset, MARCH).unwrap()
}

fn block_account(who: AccountId) {
	assert_ok!(Assets::block(RuntimeOrigin::signed(COUNCIL), U_ID, who));
}

fn carried(asset: u32) -> MicroU {
	CarryPages::<Test>::get(0).get(asset).amount
}

#[test]
fn ancestor_should_get_eighty_percent_of_a_pot() {
	build_and_execute(vec![root(), child(&[0])], || {
		assert_ok!(report(1, 100 * U));
		settle_from(APRIL_FIRST);
		assert_eq!(earned(OWNER), 80 * U);
		assert_eq!(earned(POOL), 20 * U);
		assert_eq!(in_pot(), 0);
	});
}

#[test]
fn call_fees_should_be_split_by_the_highest_rate() {
	let assets = vec![with_rate(root(), Some(1_000)), with_rate(root(), Some(2_500)), child(&[0, 1])];
	build_and_execute(assets, || {
		book(2, 100 * U, 1);
		settle_from(APRIL_FIRST);
		assert_eq!(earned(MODELLER), 75 * U);
		// Both roots weigh the same and have the same owner.
		assert_eq!(earned(OWNER), 20 * U);
		assert_eq!(earned(POOL), 5 * U);
	});
}

#[test]
fn owner_of_two_assets_should_be_paid_once_with_an_event_each() {
	build_and_execute(vec![root(), root()], || {
		book(0, 3 * U, 1);
		book(1, 4 * U, 1);
		System::reset_events();
		settle_from(APRIL_FIRST);
		let deposits = System::events()
			.iter()
			.filter(|record| {
				matches!(
					&record.event,
					RuntimeEvent::Assets(pallet_assets::Event::Deposited { who, .. }) if *who == OWNER
				)
			})
			.count();
		assert_eq!(deposits, 1);
		for (asset, amount) in [(0, 3 * U), (1, 4 * U)] {
			System::assert_has_event(Event::Paid { period: MARCH, asset, payee: OWNER, amount }.into());
		}
	});
}

#[test]
fn less_than_a_cent_should_be_carried_to_the_next_month() {
	build_and_execute(vec![root()], || {
		book(0, 1_007_000, 1);
		settle_from(APRIL_FIRST);
		assert_eq!((statement(0).paid, statement(0).carried_out), (1_000_000, 7_000));
		book(0, 3_000, 1);
		settle_from(APRIL_FIRST + 31 * 24 * 3_600_000);
		let april = Statements::<Test>::get(0, MARCH.plus(1)).unwrap();
		assert_eq!((april.carried_in, april.paid, april.carried_out), (7_000, 10_000, 0));
		assert_eq!(carried(0), 0);
	});
}

#[test]
fn payee_at_the_pay_step_should_be_paid() {
	build_and_execute(vec![root()], || {
		book(0, U, 1);
		block_at(APRIL_FIRST);
		Fake::change(0, |asset| asset.payee = 11);
		settle_from(APRIL_FIRST + SLOT);
		assert_eq!((earned(OWNER), earned(11)), (0, U));
	});
}

#[test]
fn blocked_payee_should_cost_the_others_nothing() {
	build_and_execute(vec![root(), paid_to(root(), 11)], || {
		book(0, U, 1);
		book(1, 2 * U, 1);
		block_account(OWNER);
		settle_from(APRIL_FIRST);
		assert_eq!(earned(11), 2 * U);
		let kept = statement(0);
		assert_eq!((kept.paid, kept.carried_out, kept.payee), (0, U, Some(OWNER)));
		let report = Reports::<Test>::get(MARCH).unwrap();
		assert_eq!((report.payments, report.undelivered), (1, 1));
		System::assert_has_event(
			Event::PaymentUndelivered { period: MARCH, asset: 0, payee: OWNER, amount: U }.into(),
		);
	});
}

#[test]
fn undelivered_amount_should_be_paid_with_the_next_settlement() {
	build_and_execute(vec![root()], || {
		book(0, U, 1);
		block_account(OWNER);
		settle_from(APRIL_FIRST);
		assert_ok!(Assets::thaw(RuntimeOrigin::signed(COUNCIL), U_ID, OWNER));
		settle_from(APRIL_FIRST + 31 * 24 * 3_600_000);
		assert_eq!(earned(OWNER), U);
	});
}

#[test]
fn undelivered_amount_should_be_claimable() {
	build_and_execute(vec![root()], || {
		book(0, U + 5, 1);
		block_account(OWNER);
		settle_from(APRIL_FIRST);
		assert_ok!(Assets::thaw(RuntimeOrigin::signed(COUNCIL), U_ID, OWNER));
		assert_ok!(Royalty::claim(RuntimeOrigin::signed(33), 0));
		assert_eq!((earned(OWNER), carried(0), in_pot()), (U, 5, 5));
		System::assert_last_event(Event::Claimed { asset: 0, payee: OWNER, amount: U }.into());
	});
}

#[test]
fn claim_should_fail_with_less_than_a_cent() {
	build_and_execute(vec![root()], || {
		book(0, 9_999, 1);
		settle_from(APRIL_FIRST);
		assert_noop!(Royalty::claim(RuntimeOrigin::signed(OWNER), 0), Error::<Test>::NothingToClaim);
	});
}

#[test]
fn claim_should_fail_for_an_unknown_asset() {
	build_and_execute(vec![], || {
		assert_noop!(Royalty::claim(RuntimeOrigin::signed(OWNER), 0), Error::<Test>::NotFound);
	});
}

#[test]
fn claim_should_fail_while_payee_cannot_receive() {
	build_and_execute(vec![root()], || {
		book(0, U, 1);
		block_account(OWNER);
		settle_from(APRIL_FIRST);
		let claimed = Royalty::claim(RuntimeOrigin::signed(OWNER), 0);
		assert_noop!(claimed, sp_runtime::DispatchError::Token(sp_runtime::TokenError::Blocked));
	});
}

#[test]
fn settlement_should_wait_while_u_is_frozen() {
	build_and_execute(vec![root(), child(&[0])], || {
		book(0, U, 1);
		assert_ok!(report(1, 10 * U));
		assert_ok!(Assets::freeze_asset(RuntimeOrigin::signed(COUNCIL), U_ID));
		for slot in 0..20 {
			block_at(APRIL_FIRST + slot * SLOT);
		}
		assert!(Reports::<Test>::get(MARCH).is_none());
		assert_eq!(in_pot(), 11 * U);
		assert_ok!(Assets::thaw_asset(RuntimeOrigin::signed(COUNCIL), U_ID));
		settle_from(APRIL_FIRST + 20 * SLOT);
		assert_eq!((earned(OWNER), earned(POOL), in_pot()), (9 * U, 2 * U, 0));
	});
}

#[test]
fn blocked_pool_should_hold_nobody_up() {
	build_and_execute(vec![root(), child(&[0])], || {
		assert_ok!(report(1, 10 * U));
		block_account(POOL);
		settle_from(APRIL_FIRST);
		assert_eq!((earned(OWNER), earned(POOL), in_pot()), (8 * U, 0, 2 * U));
		assert_ok!(Assets::thaw(RuntimeOrigin::signed(COUNCIL), U_ID, POOL));
		settle_from(APRIL_FIRST + 31 * 24 * 3_600_000);
		assert_eq!((earned(POOL), in_pot()), (2 * U, 0));
	});
}

#[test]
fn pot_without_an_eligible_ancestor_at_the_close_should_be_its_own() {
	build_and_execute(vec![root(), child(&[0])], || {
		assert_ok!(report(1, 10 * U));
		Fake::change(0, |asset| asset.facts.active = false);
		settle_from(APRIL_FIRST);
		assert_eq!(earned(MODELLER), 10 * U);
		assert_eq!(statement(1).call_fees, 10 * U);
	});
}

#[test]
fn pot_of_a_single_micro_u_should_go_to_the_pool() {
	build_and_execute(vec![root(), child(&[0])], || {
		assert_ok!(report(1, 1));
		settle_from(APRIL_FIRST);
		assert_eq!(earned(POOL), 1);
		assert!(Statements::<Test>::get(0, MARCH).is_none());
	});
}
