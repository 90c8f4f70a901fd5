//! Revocation, expiry, and removal from state.

use super::mock::*;
use crate::{Error, Event, Permits};
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::{PermitId, PermitStatus, SandboxGate, U, Words};
use sp_runtime::DispatchError::BadOrigin;

fn consumed() -> PermitId {
	let permit = completed();
	assert_ok!(SandboxAccess::consume(permit, &ANN, 50));
	permit
}

#[test]
fn the_consumer_revokes() {
	build_and_execute(|| {
		let permit = request(&[(MRI, 2)]);
		assert_ok!(SandboxAccess::revoke(signed(ANN), permit));
		assert_eq!(status(permit), PermitStatus::Revoked);
		assert_eq!((free_u(ANN), held_u(ANN)), (1_000 * U - DEPOSIT, (0, DEPOSIT)));
		assert_eq!(events().last(), Some(&Event::Revoked { permit, by: Some(ANN), reason: None }));
	});
}

#[test]
fn any_owner_revokes() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1), (LOGS, 1)]);
		assert_ok!(SandboxAccess::revoke(signed(CYD), permit));
		assert_eq!(status(permit), PermitStatus::Revoked);
	});
}

#[test]
fn curators_revoke() {
	build_and_execute(|| {
		let permit = request(&[(MRI, 2)]);
		assert_ok!(SandboxAccess::force_revoke(signed(CURATOR), permit, reason()));
		assert_eq!(status(permit), PermitStatus::Revoked);
		assert_eq!((free_u(ANN), held_u(ANN)), (1_000 * U - DEPOSIT, (0, DEPOSIT)));
		let revoked = Event::Revoked { permit, by: None, reason: Some(reason()) };
		assert_eq!(events().last(), Some(&revoked));
	});
}

#[test]
fn curators_should_not_revoke_without_a_reason() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		// Whether there is such a permit is not looked at.
		for permit in [permit, permit + 1] {
			let revoked = SandboxAccess::force_revoke(signed(CURATOR), permit, Words::new());
			assert_noop!(revoked, Error::<Test>::NoReason);
		}
	});
}

#[test]
fn curators_should_not_revoke_as_a_party() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		assert_noop!(SandboxAccess::revoke(RuntimeOrigin::root(), permit), BadOrigin);
	});
}

#[test]
fn only_curators_force_a_revocation() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		for who in [ANN, BOB, OPERATOR, EVE] {
			assert_noop!(SandboxAccess::force_revoke(signed(who), permit, reason()), BadOrigin);
		}
	});
}

#[test]
fn strangers_cannot_revoke() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		for stranger in [CYD, OPERATOR, EVE, CURATOR] {
			assert_noop!(SandboxAccess::revoke(signed(stranger), permit), Error::<Test>::NotAuthorized);
		}
		assert_noop!(SandboxAccess::revoke(RuntimeOrigin::none(), permit), BadOrigin);
	});
}

#[test]
fn an_ended_permit_cannot_be_revoked() {
	build_and_execute(|| {
		let revoke = |permit| SandboxAccess::revoke(signed(ANN), permit);
		assert_noop!(revoke(7), Error::<Test>::NotFound);
		let (completed, consumed, revoked) = (completed(), consumed(), request(&[(CT, 1)]));
		assert_ok!(revoke(revoked));
		assert_noop!(revoke(completed), Error::<Test>::AlreadyCompleted);
		assert_noop!(revoke(consumed), Error::<Test>::AlreadyConsumed);
		assert_noop!(revoke(revoked), Error::<Test>::Revoked);
	});
}

#[test]
fn curators_cannot_revoke_an_ended_permit() {
	build_and_execute(|| {
		let force_revoke = |permit| SandboxAccess::force_revoke(signed(CURATOR), permit, reason());
		assert_noop!(force_revoke(7), Error::<Test>::NotFound);
		let (completed, revoked) = (completed(), request(&[(CT, 1)]));
		assert_ok!(force_revoke(revoked));
		assert_noop!(force_revoke(completed), Error::<Test>::AlreadyCompleted);
		assert_noop!(force_revoke(revoked), Error::<Test>::Revoked);
	});
}

#[test]
fn anybody_ends_a_permit_whose_time_ran_out() {
	build_and_execute(|| {
		let permit = request(&[(MRI, 1)]);
		pass(LONGEST);
		assert_noop!(SandboxAccess::expire(signed(EVE), permit), Error::<Test>::NotExpired);
		pass(1);
		assert_ok!(SandboxAccess::expire(signed(EVE), permit));
		assert_eq!(status(permit), PermitStatus::Expired);
		assert_eq!((free_u(ANN), held_u(ANN)), (1_000 * U - DEPOSIT, (0, DEPOSIT)));
		assert_noop!(SandboxAccess::expire(signed(EVE), permit), Error::<Test>::Expired);
	});
}

#[test]
fn anybody_prunes_an_ended_permit_later() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		assert_ok!(SandboxAccess::revoke(signed(ANN), permit));
		pass(KEPT - 1);
		assert_noop!(SandboxAccess::prune(signed(EVE), permit), Error::<Test>::NotPrunable);
		pass(1);
		assert_ok!(SandboxAccess::prune(signed(EVE), permit));
		assert!(!Permits::<Test>::contains_key(permit));
		assert_eq!((free_u(ANN), held_u(ANN)), (1_000 * U, (0, 0)));
		assert_eq!(events().last(), Some(&Event::Pruned { permit }));
	});
}

#[test]
fn a_consumed_permit_is_pruned_by_anybody() {
	build_and_execute(|| {
		let permit = consumed();
		pass(KEPT);
		assert_ok!(SandboxAccess::prune(signed(EVE), permit));
		assert_noop!(SandboxAccess::prune(signed(EVE), permit), Error::<Test>::NotFound);
	});
}

#[test]
fn a_completed_permit_is_pruned_by_its_consumer_alone() {
	build_and_execute(|| {
		let permit = completed();
		pass(KEPT);
		assert_noop!(SandboxAccess::prune(signed(EVE), permit), Error::<Test>::NotConsumer);
		assert_ok!(SandboxAccess::prune(signed(ANN), permit));
	});
}

#[test]
fn an_open_permit_cannot_be_pruned() {
	build_and_execute(|| {
		let permits = [request(&[(CT, 1)]), request(&[(MRI, 1)])];
		pass(LONGEST + KEPT);
		for permit in permits {
			assert_noop!(SandboxAccess::prune(signed(ANN), permit), Error::<Test>::NotPrunable);
		}
	});
}
