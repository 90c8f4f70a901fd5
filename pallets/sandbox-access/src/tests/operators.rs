//! Operators: registration, admission, bonds.

use super::mock::*;
use crate::{Error, Event, HoldReason, OperatorProfile, OperatorStatus, Operators};
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use heirloom_primitives::Words;
use sp_runtime::DispatchError::BadOrigin;

fn bond_of(who: AccountId) -> u128 {
	Balances::balance_on_hold(&HoldReason::Bond.into(), &who)
}

fn operator_status(who: AccountId) -> OperatorStatus {
	Operators::<Test>::get(who).unwrap().status
}

#[test]
fn registering_holds_the_bond() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::register_operator(signed(CYD), profile()));
		assert_eq!(bond_of(CYD), BOND);
		assert_eq!(operator_status(CYD), OperatorStatus::Registered);
		assert_eq!(events(), [Event::OperatorRegistered { operator: CYD, profile: profile() }]);
	});
}

#[test]
fn registering_twice_should_fail() {
	build_and_execute(|| {
		let again = SandboxAccess::register_operator(signed(OPERATOR), profile());
		assert_noop!(again, Error::<Test>::AlreadyRegistered);
	});
}

#[test]
fn registering_without_the_bond_should_fail() {
	build_and_execute(|| {
		assert_noop!(
			SandboxAccess::register_operator(signed(EVE), profile()),
			Error::<Test>::BondNotAffordable
		);
	});
}

#[test]
fn only_curators_admit() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::register_operator(signed(CYD), profile()));
		assert_noop!(SandboxAccess::admit_operator(signed(CYD), CYD, hash(9)), BadOrigin);
		assert_ok!(SandboxAccess::admit_operator(signed(CURATOR), CYD, hash(9)));
		assert_eq!(operator_status(CYD), OperatorStatus::Admitted);
	});
}

#[test]
fn admitting_an_unknown_operator_should_fail() {
	build_and_execute(|| {
		assert_noop!(
			SandboxAccess::admit_operator(signed(CURATOR), EVE, hash(9)),
			Error::<Test>::OperatorNotFound
		);
	});
}

#[test]
fn admitting_twice_should_fail() {
	build_and_execute(|| {
		let again = SandboxAccess::admit_operator(signed(CURATOR), OPERATOR, hash(9));
		assert_noop!(again, Error::<Test>::AlreadyAdmitted);
	});
}

#[test]
fn admitting_another_measurement_than_the_registered_one_should_fail() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::register_operator(signed(CYD), profile()));
		assert_noop!(
			SandboxAccess::admit_operator(signed(CURATOR), CYD, hash(8)),
			Error::<Test>::OtherMeasurement
		);
	});
}

#[test]
fn another_measurement_has_to_be_admitted_again() {
	build_and_execute(|| {
		let changed = OperatorProfile { measurement: hash(8), ..profile() };
		assert_ok!(SandboxAccess::update_operator(signed(OPERATOR), changed.clone()));
		assert_eq!(operator_status(OPERATOR), OperatorStatus::Registered);
		let status = OperatorStatus::Registered;
		assert_eq!(events(), [Event::OperatorUpdated { operator: OPERATOR, profile: changed, status }]);
	});
}

#[test]
fn other_keys_need_no_admission() {
	build_and_execute(|| {
		let changed = OperatorProfile { signing_key: 41, sealing_key: [8; 32], fee: 0, ..profile() };
		assert_ok!(SandboxAccess::update_operator(signed(OPERATOR), changed.clone()));
		assert_eq!(operator_status(OPERATOR), OperatorStatus::Admitted);
		assert_eq!(Operators::<Test>::get(OPERATOR).unwrap().profile, changed);
	});
}

#[test]
fn updating_an_unknown_operator_should_fail() {
	build_and_execute(|| {
		assert_noop!(SandboxAccess::update_operator(signed(CYD), profile()), Error::<Test>::OperatorNotFound);
	});
}

#[test]
fn only_curators_suspend() {
	build_and_execute(|| {
		assert_noop!(SandboxAccess::suspend_operator(signed(BOB), OPERATOR, reason()), BadOrigin);
		assert_ok!(SandboxAccess::suspend_operator(signed(CURATOR), OPERATOR, reason()));
		assert_eq!(operator_status(OPERATOR), OperatorStatus::Registered);
		assert_eq!(bond_of(OPERATOR), BOND);
	});
}

#[test]
fn suspending_who_is_not_admitted_should_fail() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::suspend_operator(signed(CURATOR), OPERATOR, reason()));
		assert_noop!(
			SandboxAccess::suspend_operator(signed(CURATOR), OPERATOR, reason()),
			Error::<Test>::OperatorNotAdmitted
		);
	});
}

#[test]
fn slashing_moves_a_part_of_the_bond_to_the_pool() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::slash_operator(signed(CURATOR), OPERATOR, 300, reason()));
		assert_eq!(bond_of(OPERATOR), BOND - 300);
		assert_eq!(Balances::free_balance(POOL), FUNDS + 300);
		assert_eq!(operator_status(OPERATOR), OperatorStatus::Registered);
		assert_eq!(
			events(),
			[
				Event::OperatorSuspended { operator: OPERATOR, reason: Some(reason()) },
				Event::OperatorSlashed { operator: OPERATOR, amount: 300, to: POOL, reason: Some(reason()) },
			]
		);
	});
}

#[test]
fn slashing_takes_no_more_than_the_bond() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::slash_operator(signed(CURATOR), OPERATOR, u128::MAX, reason()));
		assert_eq!(bond_of(OPERATOR), 0);
		assert_eq!(Balances::free_balance(OPERATOR), FUNDS - BOND);
		assert_eq!(Balances::free_balance(POOL), FUNDS + BOND);
	});
}

#[test]
fn suspending_or_slashing_without_a_reason_should_fail() {
	build_and_execute(|| {
		let none = Words::new;
		let suspended = SandboxAccess::suspend_operator(signed(CURATOR), OPERATOR, none());
		assert_noop!(suspended, Error::<Test>::NoReason);
		let slashed = SandboxAccess::slash_operator(signed(CURATOR), OPERATOR, 300, none());
		assert_noop!(slashed, Error::<Test>::NoReason);
	});
}

#[test]
fn only_curators_slash() {
	build_and_execute(|| {
		assert_noop!(SandboxAccess::slash_operator(signed(BOB), OPERATOR, 1, reason()), BadOrigin);
	});
}

#[test]
fn a_slashed_operator_is_admitted_only_with_its_whole_bond() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::slash_operator(signed(CURATOR), OPERATOR, 300, reason()));
		let admit = || SandboxAccess::admit_operator(signed(CURATOR), OPERATOR, hash(9));
		assert_noop!(admit(), Error::<Test>::BondIncomplete);
		assert_ok!(SandboxAccess::top_up_bond(signed(OPERATOR)));
		assert_eq!(bond_of(OPERATOR), BOND);
		assert_ok!(admit());
	});
}

#[test]
fn topping_up_a_whole_bond_should_fail() {
	build_and_execute(|| {
		assert_noop!(SandboxAccess::top_up_bond(signed(OPERATOR)), Error::<Test>::BondComplete);
	});
}

#[test]
fn the_bond_is_withdrawn_after_unbonding() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::begin_unbonding(signed(OPERATOR)));
		assert_eq!(operator_status(OPERATOR), OperatorStatus::Unbonding { until: START + UNBONDING });
		pass(UNBONDING - 1);
		assert_noop!(SandboxAccess::withdraw_bond(signed(OPERATOR)), Error::<Test>::StillUnbonding);
		pass(1);
		assert_ok!(SandboxAccess::withdraw_bond(signed(OPERATOR)));
		assert_eq!((bond_of(OPERATOR), Balances::free_balance(OPERATOR)), (0, FUNDS));
		assert!(!Operators::<Test>::contains_key(OPERATOR));
	});
}

#[test]
fn withdrawing_without_unbonding_should_fail() {
	build_and_execute(|| {
		assert_noop!(SandboxAccess::withdraw_bond(signed(OPERATOR)), Error::<Test>::NotUnbonding);
	});
}

#[test]
fn who_is_leaving_can_still_be_slashed() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::begin_unbonding(signed(OPERATOR)));
		assert_ok!(SandboxAccess::slash_operator(signed(CURATOR), OPERATOR, BOND, reason()));
		pass(UNBONDING);
		assert_ok!(SandboxAccess::withdraw_bond(signed(OPERATOR)));
		assert_eq!(Balances::free_balance(OPERATOR), FUNDS - BOND);
	});
}

#[test]
fn who_is_leaving_cannot_come_back_early() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::begin_unbonding(signed(OPERATOR)));
		let leaving = Error::<Test>::OperatorUnbonding;
		assert_noop!(SandboxAccess::begin_unbonding(signed(OPERATOR)), leaving);
		assert_noop!(
			SandboxAccess::admit_operator(signed(CURATOR), OPERATOR, hash(9)),
			Error::<Test>::OperatorUnbonding
		);
		assert_noop!(
			SandboxAccess::update_operator(signed(OPERATOR), profile()),
			Error::<Test>::OperatorUnbonding
		);
		assert_noop!(SandboxAccess::top_up_bond(signed(OPERATOR)), Error::<Test>::OperatorUnbonding);
	});
}
