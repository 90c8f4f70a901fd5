use super::{mock::*, weights::TestWeight};
use crate::{CarryPages, Error, Event, Reports, StepWeights};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight};
use heirloom_primitives::{MicroU, Moment, Statement, U};

const OWNER: AccountId = 10;
const MODELLER: AccountId = 20;
const SLOT: Moment = 6_000;

fn statement(asset: u32) -> Statement<AccountId> {
	Royalty::stated(asset, MARCH).unwrap()
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
fn payee_who_never_had_u_should_be_charged_for_its_account() {
	const NEWCOMER: AccountId = 70;
	let used_to_pay = |payee| {
		let mut used = Weight::zero();
		build_and_execute(vec![paid_to(root(), payee)], || {
			book(0, 3 * U, 1);
			block_at(APRIL_FIRST);
			used = Royalty::on_initialize(System::block_number() + 1);
			assert_eq!(Reports::<Test>::get(MARCH).map(|report| report.payments), Some(1));
		});
		used
	};
	let opening = TestWeight::pay_page(0, 1).saturating_sub(TestWeight::pay_page(1, 0));
	assert_eq!(used_to_pay(NEWCOMER).saturating_sub(used_to_pay(OWNER)), opening);
	assert_ne!(opening, Weight::zero());
}

#[test]
fn owner_of_many_assets_should_be_paid_once() {
	build_and_execute((0..600).map(|_| root()).collect(), || {
		book(0, 3 * U, 1);
		book(599, 4 * U, 1);
		// Each page of assets in a block of its own.
		GuaranteedWeight::set(Weight::from_parts(1, 0));
		System::reset_events();
		settle_from(APRIL_FIRST);
		let paid: Vec<_> = System::events()
			.into_iter()
			.filter_map(|record| match record.event {
				RuntimeEvent::Royalty(Event::Paid { payee, amount, .. }) => Some((payee, amount)),
				_ => None,
			})
			.collect();
		assert_eq!(paid, [(OWNER, 7 * U)]);
		assert_eq!(earned(OWNER), 7 * U);
		let report = Reports::<Test>::get(MARCH).unwrap();
		assert_eq!((report.earning, report.payments), (2, 1));
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
		let april = Royalty::stated(0, MARCH.plus(1)).unwrap();
		assert_eq!((april.carried_in, april.paid, april.carried_out), (7_000, 10_000, 0));
		assert_eq!(carried(0), 0);
	});
}

#[test]
fn payee_at_the_statement_should_be_paid() {
	build_and_execute(vec![root()], || {
		book(0, U, 1);
		block_at(APRIL_FIRST);
		Fake::change(0, |asset| asset.payee = 11);
		settle_from(APRIL_FIRST + SLOT);
		assert_eq!((earned(OWNER), earned(11)), (0, U));
		assert_eq!(statement(0).payee, Some(11));
	});
}

#[test]
fn payee_of_every_month_should_be_paid() {
	build_and_execute(vec![root()], || {
		for (month, payee) in [10, 10, 11, 10].into_iter().enumerate() {
			Fake::change(0, |asset| asset.payee = payee);
			book(0, U, 1);
			settle_from(APRIL_FIRST + month as Moment * 31 * 24 * 3_600_000);
		}
		assert_eq!((earned(OWNER), earned(11)), (3 * U, U));
	});
}

/// Blocks the owner of asset 0, which earned 1.000005 U, and settles March.
fn with_a_blocked_owner(test: impl FnOnce()) {
	build_and_execute(vec![root(), paid_to(root(), 11)], || {
		book(0, U + 5, 1);
		book(1, 2 * U, 1);
		block_account(OWNER);
		settle_from(APRIL_FIRST);
		test();
	});
}

#[test]
fn what_the_pot_is_due_should_stay_due() {
	build_and_execute(vec![paid_to(root(), POT), paid_to(root(), 11)], || {
		book(0, U + 5, 1);
		book(1, 2 * U, 1);
		settle_from(APRIL_FIRST);
		let report = Reports::<Test>::get(MARCH).unwrap();
		assert_eq!((report.paid, report.held_out, report.payments, report.undelivered), (2 * U, U, 1, 1));
		assert_noop!(Royalty::claim(RuntimeOrigin::signed(11), POT), Error::<Test>::NothingToClaim);
		assert_eq!(in_pot(), U + 5);
	});
}

fn unblock_owner() {
	assert_ok!(Assets::thaw(RuntimeOrigin::signed(COUNCIL), U_ID, OWNER));
}

#[test]
fn blocked_payee_should_cost_the_others_nothing() {
	with_a_blocked_owner(|| {
		assert_eq!((earned(OWNER), earned(11)), (0, 2 * U));
		assert_eq!((statement(0).paid, statement(0).payee, carried(0)), (U, Some(OWNER), 5));
		let report = Reports::<Test>::get(MARCH).unwrap();
		assert_eq!((report.payments, report.undelivered), (1, 1));
		assert_eq!((report.paid, report.held_in, report.held_out), (2 * U, 0, U));
		assert_eq!(Royalty::held(&OWNER), U);
		System::assert_has_event(Event::PaymentUndelivered { period: MARCH, payee: OWNER, amount: U }.into());
	});
}

#[test]
fn held_amount_should_be_paid_with_the_next_settlement() {
	with_a_blocked_owner(|| {
		unblock_owner();
		book(0, 3 * U, 1);
		settle_from(APRIL_FIRST + 31 * 24 * 3_600_000);
		assert_eq!(earned(OWNER), 4 * U);
		let april = Reports::<Test>::get(MARCH.plus(1)).unwrap();
		assert_eq!((april.held_in, april.paid, april.held_out), (U, 4 * U, 0));
	});
}

#[test]
fn amounts_should_be_held_together_while_the_payee_is_blocked() {
	with_a_blocked_owner(|| {
		book(0, 3 * U, 1);
		settle_from(APRIL_FIRST + 31 * 24 * 3_600_000);
		let april = Reports::<Test>::get(MARCH.plus(1)).unwrap();
		assert_eq!((april.held_in, april.paid, april.held_out), (U, 0, 4 * U));
		assert_eq!(Royalty::held(&OWNER), 4 * U);
	});
}

#[test]
fn held_amount_should_be_claimable() {
	with_a_blocked_owner(|| {
		unblock_owner();
		assert_ok!(Royalty::claim(RuntimeOrigin::signed(33), OWNER));
		assert_eq!((earned(OWNER), carried(0), in_pot()), (U, 5, 5));
		System::assert_last_event(Event::Claimed { payee: OWNER, amount: U }.into());
		assert_noop!(Royalty::claim(RuntimeOrigin::signed(33), OWNER), Error::<Test>::NothingToClaim);
	});
}

#[test]
fn claim_should_fail_with_nothing_held() {
	with_a_blocked_owner(|| {
		for who in [11, 33] {
			assert_noop!(Royalty::claim(RuntimeOrigin::signed(who), who), Error::<Test>::NothingToClaim);
		}
	});
}

#[test]
fn claim_should_fail_while_payee_cannot_receive() {
	with_a_blocked_owner(|| {
		let claimed = Royalty::claim(RuntimeOrigin::signed(OWNER), OWNER);
		assert_noop!(claimed, sp_runtime::DispatchError::Token(sp_runtime::TokenError::Blocked));
	});
}

#[test]
fn claim_should_fail_during_a_settlement() {
	with_a_blocked_owner(|| {
		unblock_owner();
		GuaranteedWeight::set(Weight::from_parts(1, 0));
		block_at(APRIL_FIRST + 31 * 24 * 3_600_000);
		block_at(APRIL_FIRST + 31 * 24 * 3_600_000 + SLOT);
		assert_noop!(Royalty::claim(RuntimeOrigin::signed(33), OWNER), Error::<Test>::SettlementUnderWay);
		settle_from(APRIL_FIRST + 31 * 24 * 3_600_000 + 2 * SLOT);
		assert_eq!(earned(OWNER), U);
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
		// It is stated, but not paid.
		assert!(Royalty::stated(0, MARCH).is_some());
		assert_eq!(Royalty::statement(0, MARCH), None);
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
		assert!(Royalty::stated(0, MARCH).is_none());
	});
}
