//! Who pays for a doubt, and who for a lie.

use super::mock::*;
use crate::{OperatorProfile, OperatorStatus, Operators};
use frame_support::assert_ok;
use heirloom_primitives::U;

#[test]
fn agreement_costs_the_challenger() {
	build_and_execute(|| {
		let permit = challenged();
		assert_ok!(answer(permit, report(&[CT])));
		assert_eq!((free_u(BOB), held_for_challenges(BOB)), (1_000 * U - CHALLENGE_BOND, 0));
		assert_eq!(free_u(SECOND), OPERATOR_FEE);
		assert_eq!(free_u(POOL), CENT + CHALLENGE_BOND - OPERATOR_FEE);
		assert_eq!(bond_of(OPERATOR), BOND);
		assert_eq!(Operators::<Test>::get(OPERATOR).unwrap().status, OperatorStatus::Admitted);
	});
}

#[test]
fn a_difference_costs_the_challenger_nothing() {
	build_and_execute(|| {
		let permit = challenged();
		assert_ok!(answer(permit, other_report()));
		assert_eq!((free_u(BOB), held_for_challenges(BOB)), (1_000 * U - OPERATOR_FEE, 0));
		let (refund, worth_a_cent) = (200, CENT);
		assert_eq!(refund * worth_a_cent, OPERATOR_FEE);
		assert_eq!(Balances::free_balance(BOB), FUNDS + refund);
		assert_eq!(Balances::free_balance(POOL), FUNDS + CHALLENGE_SLASH - refund);
	});
}

#[test]
fn the_second_operator_gets_the_same_whatever_it_says() {
	for report in [report(&[CT]), other_report()] {
		build_and_execute(|| {
			let permit = challenged();
			assert_ok!(answer(permit, report));
			assert_eq!(free_u(SECOND), OPERATOR_FEE);
			assert_eq!(Balances::free_balance(SECOND), FUNDS - BOND);
		});
	}
}

#[test]
fn no_more_is_slashed_than_one_challenge_leaves() {
	build_and_execute(|| {
		let permit = challenged();
		let left_by_one_challenge = BOND - CHALLENGE_SLASH;
		let spare = 100;
		let slash = BOND - left_by_one_challenge - spare;
		assert_ok!(SandboxAccess::slash_operator(signed(CURATOR), OPERATOR, slash, reason()));
		let pool = Balances::free_balance(POOL);
		assert_ok!(answer(permit, other_report()));
		assert_eq!(bond_of(OPERATOR), left_by_one_challenge);
		assert_eq!(free_u(SECOND), OPERATOR_FEE);
		// Worth 1 U, of a fee of 2 U.
		assert_eq!(Balances::free_balance(BOB), FUNDS + 100);
		assert_eq!(Balances::free_balance(POOL), pool);
	});
}

#[test]
fn several_challenges_slash_no_more_than_one() {
	build_and_execute(|| {
		admit_second();
		let permits = [(); 4].map(|()| completed());
		for permit in permits {
			assert_ok!(challenge(permit));
		}
		pass(1);
		for permit in permits {
			let paid = free_u(SECOND);
			assert_ok!(answer(permit, other_report()));
			assert_eq!(bond_of(OPERATOR), BOND - CHALLENGE_SLASH);
			assert_eq!(free_u(SECOND), paid + OPERATOR_FEE);
		}
		// Of all but the first nothing is given back.
		assert_eq!(Balances::free_balance(BOB), FUNDS + 200);
		assert_eq!(Balances::free_balance(POOL), FUNDS + CHALLENGE_SLASH - 200);
		assert_eq!(free_u(BOB), 1_000 * U - 4 * OPERATOR_FEE);
	});
}

#[test]
fn a_difference_while_there_is_no_rate_is_decided_without_a_refund() {
	build_and_execute(|| {
		let permit = challenged();
		RateIsSet::set(&false);
		assert_ok!(answer(permit, other_report()));
		assert_eq!(free_u(SECOND), OPERATOR_FEE);
		assert_eq!((free_u(BOB), Balances::free_balance(BOB)), (1_000 * U - OPERATOR_FEE, FUNDS));
		assert_eq!(Balances::free_balance(POOL), FUNDS + CHALLENGE_SLASH);
	});
}

#[test]
fn a_challenger_without_the_native_token_is_given_an_account() {
	build_and_execute(|| {
		admit_second();
		let permit = completed();
		assert_ok!(SandboxAccess::challenge(signed(ANN), permit));
		pass(1);
		assert_ok!(answer(permit, other_report()));
		assert_eq!(Balances::free_balance(ANN), 200);
	});
}

#[test]
fn what_is_too_little_for_an_account_goes_to_the_pool() {
	build_and_execute(|| {
		admit_second();
		assert_ok!(SandboxAccess::update_operator(
			signed(SECOND),
			OperatorProfile { fee: CENT, ..second_profile() }
		));
		let permit = completed();
		assert_ok!(SandboxAccess::challenge(signed(ANN), permit));
		pass(1);
		LeastBalance::set(&2);
		assert_ok!(answer(permit, other_report()));
		assert_eq!(Balances::free_balance(ANN), 0);
		assert_eq!(Balances::free_balance(POOL), FUNDS + CHALLENGE_SLASH);
	});
}

#[test]
fn a_fee_is_no_more_than_the_challengers_bond() {
	build_and_execute(|| {
		admit_second();
		let dear = |profile| OperatorProfile { fee: 90 * U, ..profile };
		assert_ok!(SandboxAccess::update_operator(signed(OPERATOR), dear(profile())));
		assert_ok!(SandboxAccess::update_operator(signed(SECOND), dear(second_profile())));
		let permit = completed();
		assert_ok!(challenge(permit));
		pass(1);
		assert_ok!(answer(permit, report(&[CT])));
		assert_eq!((free_u(SECOND), free_u(POOL)), (CHALLENGE_BOND, CENT));
	});
}

#[test]
fn a_fee_is_no_more_than_the_jobs() {
	build_and_execute(|| {
		admit_second();
		let permit = completed();
		let fees = [(SECOND, second_profile()), (OPERATOR, profile())];
		for (operator, profile) in fees {
			let dearer = OperatorProfile { fee: OPERATOR_FEE + U, ..profile };
			assert_ok!(SandboxAccess::update_operator(signed(operator), dearer));
		}
		assert_ok!(challenge(permit));
		pass(1);
		assert_ok!(answer(permit, other_report()));
		assert_eq!(free_u(SECOND), OPERATOR_FEE);
	});
}

#[test]
fn fee_that_the_second_cannot_receive_should_not_keep_its_answer_from_coming() {
	build_and_execute(|| {
		admit_second();
		let too_little_to_open_an_account = CENT - 1;
		let cheap = OperatorProfile { fee: too_little_to_open_an_account, ..second_profile() };
		assert_ok!(SandboxAccess::update_operator(signed(SECOND), cheap));
		let permit = completed();
		assert_ok!(challenge(permit));
		pass(1);
		let before = free_u(POOL);
		assert_ok!(answer(permit, report(&[CT])));
		assert_eq!((free_u(SECOND), free_u(POOL) - before), (0, CHALLENGE_BOND));
	});
}

#[test]
fn an_operator_that_is_leaving_is_slashed_by_a_challenge() {
	build_and_execute(|| {
		let permit = challenged();
		assert_ok!(SandboxAccess::begin_unbonding(signed(OPERATOR)));
		assert_ok!(answer(permit, other_report()));
		assert_eq!(bond_of(OPERATOR), BOND - CHALLENGE_SLASH);
	});
}
