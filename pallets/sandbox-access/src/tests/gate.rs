//! What lineage asks.

use super::mock::*;
use crate::{Error, Event, Mode, SandboxedAssets};
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::{AssetId, Kind, PermitStatus, SandboxGate};

const NEW: AssetId = PLAIN;
const CHILD: AssetId = 50;

#[test]
fn data_of_a_medical_domain_is_sandboxed_from_its_minting_on() {
	build_and_execute(|| {
		SandboxAccess::on_minted(NEW, Kind::Data, true);
		assert!(SandboxAccess::is_sandboxed(NEW));
		assert_eq!(SandboxedAssets::<Test>::get(NEW), Some(Mode::Medical));
		assert_eq!(events(), [Event::Sandboxed { asset: NEW, mode: Mode::Medical, reason: None }]);
	});
}

#[test]
fn nothing_else_is_sandboxed_by_itself() {
	build_and_execute(|| {
		for (kind, medical) in [(Kind::Data, false), (Kind::Model, true), (Kind::Script, true)] {
			SandboxAccess::on_minted(NEW, kind, medical);
			assert!(!SandboxAccess::is_sandboxed(NEW), "{kind:?}, medical: {medical}");
		}
	});
}

#[test]
fn every_mode_is_sandboxed() {
	build_and_execute(|| {
		assert!(SandboxAccess::is_sandboxed(CT));
		assert!(SandboxAccess::is_sandboxed(LOGS));
		assert!(!SandboxAccess::is_sandboxed(PLAIN));
	});
}

#[test]
fn a_derived_asset_gets_all_assets_of_its_permit_as_parents() {
	build_and_execute(|| {
		let permit = request(&[(MRI, 1), (CT, 2)]);
		assert_ok!(SandboxAccess::approve(signed(BOB), permit));
		assert_ok!(complete(permit, report(&[MRI, CT])));
		assert_eq!(SandboxAccess::consume(permit, &ANN, CHILD), Ok(vec![MRI, CT]));
		assert_eq!(status(permit), PermitStatus::Consumed { into: CHILD });
		assert_eq!(events().last(), Some(&Event::Consumed { permit, into: CHILD }));
	});
}

#[test]
fn a_permit_serves_one_minting() {
	build_and_execute(|| {
		let permit = completed();
		assert_ok!(SandboxAccess::consume(permit, &ANN, CHILD));
		assert_noop!(SandboxAccess::consume(permit, &ANN, CHILD + 1), Error::<Test>::AlreadyConsumed);
	});
}

#[test]
fn a_permit_of_another_consumer_should_fail() {
	build_and_execute(|| {
		let permit = completed();
		assert_noop!(SandboxAccess::consume(permit, &BOB, CHILD), Error::<Test>::NotConsumer);
	});
}

#[test]
fn an_unknown_permit_should_fail() {
	build_and_execute(|| {
		assert_noop!(SandboxAccess::consume(7, &ANN, CHILD), Error::<Test>::NotFound);
	});
}

#[test]
fn an_open_permit_should_fail() {
	build_and_execute(|| {
		for permit in [request(&[(CT, 1)]), request(&[(MRI, 1)])] {
			assert_noop!(SandboxAccess::consume(permit, &ANN, CHILD), Error::<Test>::NotCompleted);
		}
	});
}

#[test]
fn a_revoked_permit_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		assert_ok!(SandboxAccess::revoke(signed(ANN), permit));
		assert_noop!(SandboxAccess::consume(permit, &ANN, CHILD), Error::<Test>::Revoked);
	});
}

#[test]
fn a_refused_permit_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		assert_ok!(refuse(permit, refusal(&[CT])));
		assert_noop!(SandboxAccess::consume(permit, &ANN, CHILD), Error::<Test>::Refused);
	});
}

#[test]
fn an_expired_permit_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		pass(LONGEST + 1);
		assert_ok!(SandboxAccess::expire(signed(EVE), permit));
		assert_noop!(SandboxAccess::consume(permit, &ANN, CHILD), Error::<Test>::Expired);
	});
}
