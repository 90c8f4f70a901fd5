//! Who is to repeat a job that is doubted.

use super::mock::*;
use crate::{Approval, Error, OperatorProfile};
use alloc::collections::BTreeSet;
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::U;

#[test]
fn a_challenge_without_a_second_operator_should_fail() {
	build_and_execute(|| {
		let alone = completed();
		admit_second();
		assert_noop!(challenge(alone), Error::<Test>::NoSecondOperator);
		let permit = completed();
		assert_ok!(SandboxAccess::suspend_operator(signed(CURATOR), SECOND, reason()));
		assert_noop!(challenge(permit), Error::<Test>::NoSecondOperator);
		assert_ok!(SandboxAccess::begin_unbonding(signed(SECOND)));
		assert_noop!(challenge(permit), Error::<Test>::NoSecondOperator);
	});
}

#[test]
fn a_second_operator_that_one_asset_is_not_sealed_to_should_not_be_chosen() {
	build_and_execute(|| {
		admit_second();
		let both = |operators| {
			seal_to(BOB, MRI, Approval::Automatic, operators);
			let permit = request(&[(CT, 1), (MRI, 1)]);
			assert_ok!(complete(permit, report(&[CT, MRI])));
			permit
		};
		let (to_first, to_both) = (both(&[OPERATOR]), both(&[SECOND, OPERATOR]));
		assert_noop!(challenge(to_first), Error::<Test>::NoSecondOperator);
		assert_ok!(challenge(to_both));
	});
}

#[test]
fn a_policy_changed_after_the_request_should_neither_add_nor_remove_a_second_operator() {
	build_and_execute(|| {
		let before = completed();
		admit_second();
		let permit = request(&[(CT, 1)]);
		seal_to(BOB, CT, Approval::Automatic, &[OPERATOR, CYD]);
		assert_ok!(complete(permit, report(&[CT])));
		assert_noop!(challenge(before), Error::<Test>::NoSecondOperator);
		assert_ok!(challenge(permit));
		assert_eq!(second_of(permit), SECOND);
	});
}

#[test]
fn a_sale_should_leave_the_second_operators() {
	build_and_execute(|| {
		admit_second();
		let permit = completed();
		transfer_item(CT, CYD);
		assert_ok!(challenge(permit));
	});
}

#[test]
fn a_second_operator_with_another_runner_should_not_be_chosen() {
	build_and_execute(|| {
		admit_second();
		let permit = completed();
		let other = OperatorProfile { measurement: hash(19), ..second_profile() };
		assert_ok!(SandboxAccess::update_operator(signed(SECOND), other));
		assert_ok!(SandboxAccess::admit_operator(signed(CURATOR), SECOND, hash(19)));
		assert_noop!(challenge(permit), Error::<Test>::NoSecondOperator);
	});
}

#[test]
fn the_runner_that_counts_is_that_of_the_report() {
	build_and_execute(|| {
		admit_second();
		let permit = completed();
		let updated = OperatorProfile { measurement: hash(19), ..profile() };
		assert_ok!(SandboxAccess::update_operator(signed(OPERATOR), updated));
		assert_ok!(challenge(permit));
	});
}

#[test]
fn a_slashed_second_operator_should_not_be_chosen() {
	build_and_execute(|| {
		admit_second();
		let permit = completed();
		assert_ok!(SandboxAccess::slash_operator(signed(CURATOR), SECOND, 1, reason()));
		assert_noop!(challenge(permit), Error::<Test>::NoSecondOperator);
	});
}

#[test]
fn every_other_operator_is_chosen_sometimes() {
	build_and_execute(|| {
		admit_third();
		let choose = |_| {
			let permit = completed();
			assert_ok!(challenge(permit));
			second_of(permit)
		};
		assert_eq!((0..20).map(choose).collect::<BTreeSet<_>>(), BTreeSet::from([CYD, SECOND]));
	});
}

#[test]
fn another_block_chooses_another_operator() {
	let mut chosen = BTreeSet::new();
	for parent in 0..20 {
		build_and_execute(|| {
			admit_third();
			let permit = completed();
			System::set_parent_hash(hash(parent));
			assert_ok!(challenge(permit));
			chosen.insert(second_of(permit));
		});
	}
	assert_eq!(chosen, BTreeSet::from([CYD, SECOND]));
}

#[test]
fn a_challenger_should_not_be_chosen() {
	build_and_execute(|| {
		admit_second();
		give_u(SECOND, 100 * U);
		let alone = completed();
		let challenge = |permit| SandboxAccess::challenge(signed(SECOND), permit);
		assert_noop!(challenge(alone), Error::<Test>::NoSecondOperator);
	});
	build_and_execute(|| {
		admit_third();
		give_u(SECOND, 100 * U);
		for _ in 0..10 {
			let permit = completed();
			assert_ok!(SandboxAccess::challenge(signed(SECOND), permit));
			assert_eq!(second_of(permit), CYD);
		}
	});
}

#[test]
fn a_second_operator_that_did_not_answer_should_not_be_chosen_again() {
	build_and_execute(|| {
		admit_third();
		let permit = completed();
		assert_ok!(challenge(permit));
		let silent = second_of(permit);
		let_expire(permit);
		assert_ok!(challenge(permit));
		assert_eq!(BTreeSet::from([silent, second_of(permit)]), BTreeSet::from([CYD, SECOND]));
		let_expire(permit);
		assert_noop!(challenge(permit), Error::<Test>::NoSecondOperator);
		assert_eq!(SandboxAccess::permit(permit).unwrap().sealed_to, Vec::<AccountId>::new());
	});
}
