//! Who is to repeat a job that is doubted.

use super::mock::*;
use crate::{Approval, Challenges, Error, OperatorProfile};
use alloc::collections::BTreeSet;
use frame_support::{assert_noop, assert_ok};

#[test]
fn a_challenge_without_a_second_operator_should_fail() {
	build_and_execute(|| {
		let alone = completed();
		admit_second();
		assert_noop!(challenge(alone), Error::<Test>::NoSecondOperator);
		let permit = completed();
		assert_ok!(SandboxAccess::suspend_operator(signed(CURATOR), SECOND));
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
		assert_eq!(Challenges::<Test>::get(permit).unwrap().second, SECOND);
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
		assert_ok!(SandboxAccess::slash_operator(signed(CURATOR), SECOND, 1));
		assert_noop!(challenge(permit), Error::<Test>::NoSecondOperator);
	});
}

#[test]
fn every_other_operator_is_chosen_sometimes() {
	build_and_execute(|| {
		admit_second();
		assert_ok!(SandboxAccess::register_operator(signed(CYD), profile()));
		assert_ok!(SandboxAccess::admit_operator(signed(CURATOR), CYD, hash(9)));
		seal_to(BOB, CT, Approval::Automatic, &[CYD, OPERATOR, SECOND]);
		let choose = |_| {
			let permit = completed();
			assert_ok!(challenge(permit));
			Challenges::<Test>::get(permit).unwrap().second
		};
		assert_eq!((0..20).map(choose).collect::<BTreeSet<_>>(), BTreeSet::from([CYD, SECOND]));
	});
}
