//! Owners' approvals.

use super::mock::*;
use crate::{Error, Event};
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::PermitStatus;

#[test]
fn every_owner_has_to_approve() {
	build_and_execute(|| {
		let permit = request(&[(MRI, 1), (LOGS, 1)]);
		assert_ok!(SandboxAccess::approve(signed(BOB), permit));
		assert_eq!(status(permit), PermitStatus::Requested);
		assert_ok!(SandboxAccess::approve(signed(CYD), permit));
		assert_eq!(status(permit), PermitStatus::Approved);
		assert_eq!(
			events()[1..],
			[
				Event::UseApproved { permit, owner: BOB },
				Event::UseApproved { permit, owner: CYD },
				Event::Approved { permit, operator: OPERATOR },
			]
		);
	});
}

#[test]
fn one_approval_is_for_all_assets_of_an_owner() {
	build_and_execute(|| {
		transfer_item(LOGS, BOB);
		assert_ok!(SandboxAccess::set_policy(signed(BOB), LOGS, policy(crate::Approval::Owner)));
		let permit = request(&[(MRI, 1), (LOGS, 1)]);
		assert_ok!(SandboxAccess::approve(signed(BOB), permit));
		assert_eq!(status(permit), PermitStatus::Approved);
	});
}

#[test]
fn who_owns_none_of_the_awaited_assets_cannot_approve() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1), (LOGS, 1)]);
		for stranger in [ANN, BOB, OPERATOR, CURATOR] {
			assert_noop!(SandboxAccess::approve(signed(stranger), permit), Error::<Test>::NotOwner);
		}
	});
}

#[test]
fn approving_twice_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(MRI, 1), (LOGS, 1)]);
		assert_ok!(SandboxAccess::approve(signed(BOB), permit));
		assert_noop!(SandboxAccess::approve(signed(BOB), permit), Error::<Test>::NotOwner);
		assert_ok!(SandboxAccess::approve(signed(CYD), permit));
		assert_noop!(SandboxAccess::approve(signed(CYD), permit), Error::<Test>::AlreadyApproved);
	});
}

#[test]
fn the_owner_at_the_approval_counts() {
	build_and_execute(|| {
		let permit = request(&[(MRI, 1)]);
		transfer_item(MRI, CYD);
		assert_noop!(SandboxAccess::approve(signed(BOB), permit), Error::<Test>::NotOwner);
		assert_ok!(SandboxAccess::approve(signed(CYD), permit));
	});
}

#[test]
fn approving_too_late_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(MRI, 1)]);
		pass(LONGEST + 1);
		assert_noop!(SandboxAccess::approve(signed(BOB), permit), Error::<Test>::Expired);
	});
}

#[test]
fn approving_an_unknown_permit_should_fail() {
	build_and_execute(|| {
		assert_noop!(SandboxAccess::approve(signed(BOB), 7), Error::<Test>::NotFound);
	});
}
