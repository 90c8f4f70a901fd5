//! An operator refuses a job or its output.

use super::mock::*;
use crate::{Error, Event, JobInput, OperatorProfile, PrivacyLog, PrivacyLogs, Report};
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::{PermitStatus, U};
use sp_runtime::traits::{BlakeTwo256, Hash};

#[test]
fn a_refusal_refunds_everything_but_the_deposit() {
	build_and_execute(|| {
		let permit = request(&[(CT, 3)]);
		assert_ok!(refuse(permit, refusal(&[CT])));
		assert_eq!(status(permit), PermitStatus::Refused);
		assert_eq!((free_u(ANN), held_u(ANN)), (1_000 * U - DEPOSIT, (0, DEPOSIT)));
		assert_eq!(RecordedUses::get(), []);
	});
}

#[test]
fn a_refusal_leaves_its_report() {
	build_and_execute(|| {
		let permit = request(&[(CT, 3)]);
		assert_ok!(refuse(permit, refusal(&[CT])));
		let hash = BlakeTwo256::hash(&payload(permit, &refusal(&[CT])));
		assert_eq!(SandboxAccess::permit(permit).unwrap().report, Some(hash));
		let refused = Event::Refused { permit, operator: OPERATOR, report: refusal(&[CT]), hash };
		assert_eq!(events().last(), Some(&refused));
	});
}

#[test]
fn a_refusal_counts_in_the_privacy_log() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1), (MRI, 1)]);
		let input = JobInput { findings: 2, ..report(&[MRI]).inputs[0] };
		assert_ok!(refuse(permit, Report { inputs: vec![input].try_into().unwrap(), ..refusal(&[]) }));
		assert_eq!(PrivacyLogs::<Test>::get(CT, MARCH), PrivacyLog { jobs: 1, refused: 1, findings: 0 });
		assert_eq!(PrivacyLogs::<Test>::get(MRI, MARCH), PrivacyLog { jobs: 1, refused: 1, findings: 2 });
	});
}

#[test]
fn a_job_can_be_refused_without_running_it() {
	build_and_execute(|| {
		let permit = request(&[(MRI, 3)]);
		assert_ok!(refuse(permit, refusal(&[])));
		assert_eq!(status(permit), PermitStatus::Refused);
	});
}

#[test]
fn an_operator_that_may_not_complete_may_still_refuse() {
	build_and_execute(|| {
		let permits = [request(&[(CT, 1)]), request(&[(CT, 1)]), request(&[(CT, 1)])];
		assert_ok!(SandboxAccess::update_operator(
			signed(OPERATOR),
			OperatorProfile { measurement: hash(8), ..profile() }
		));
		assert_ok!(refuse(permits[0], refusal(&[CT])));
		assert_ok!(SandboxAccess::begin_unbonding(signed(OPERATOR)));
		assert_ok!(refuse(permits[1], refusal(&[CT])));
		pass(LONGEST + 1);
		assert_ok!(refuse(permits[2], refusal(&[CT])));
	});
}

#[test]
fn a_release_does_not_refuse() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		assert_noop!(refuse(permit, report(&[CT])), Error::<Test>::OtherVerdict);
	});
}

#[test]
fn a_refusal_about_other_assets_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		assert_noop!(refuse(permit, refusal(&[CT, MRI])), Error::<Test>::OtherAssets);
	});
}

#[test]
fn a_refusal_by_another_key_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		let forged = signature(EVE, permit, &refusal(&[CT]));
		let brought = SandboxAccess::refuse(signed(EVE), permit, refusal(&[CT]), forged);
		assert_noop!(brought, Error::<Test>::BadSignature);
	});
}

#[test]
fn refusing_an_ended_permit_should_fail() {
	build_and_execute(|| {
		let permit = completed();
		assert_noop!(refuse(permit, refusal(&[CT])), Error::<Test>::AlreadyCompleted);
		let permit = request(&[(CT, 1)]);
		assert_ok!(refuse(permit, refusal(&[CT])));
		assert_noop!(refuse(permit, refusal(&[CT])), Error::<Test>::Refused);
	});
}
