//! Completing a job with the operator's signed report.

use super::mock::*;
use crate::{
	Error, Event, JobInput, OpenPermits, OperatorProfile, PrivacyLog, PrivacyLogs, Report, ReportRole,
};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use heirloom_primitives::{MicroU, PermitStatus, Purpose, U};
use sp_runtime::{
	DispatchError,
	traits::{BlakeTwo256, Hash},
};

#[test]
fn a_completion_books_every_use() {
	build_and_execute(|| {
		let permit = request(&[(CT, 3), (MRI, 2)]);
		assert_ok!(SandboxAccess::approve(signed(BOB), permit));
		assert_ok!(complete(permit, report(&[CT, MRI])));
		assert_eq!(
			RecordedUses::get(),
			[
				(permit, ANN, CT, 3, Purpose::Training, 30 * U),
				(permit, ANN, MRI, 2, Purpose::Training, 8 * U),
			]
		);
		assert_eq!(status(permit), PermitStatus::Completed);
	});
}

#[test]
fn a_completion_pays_assets_and_operator() {
	build_and_execute(|| {
		completed();
		assert_eq!((free_u(POT), free_u(OPERATOR)), (30 * U + CENT, OPERATOR_FEE));
		assert_eq!((free_u(ANN), held_u(ANN)), (1_000 * U - 30 * U - OPERATOR_FEE - DEPOSIT, (0, DEPOSIT)));
	});
}

#[test]
fn a_completion_leaves_the_hash_of_what_was_signed() {
	build_and_execute(|| {
		let permit = completed();
		let hash = BlakeTwo256::hash(&payload(permit, &report(&[CT])));
		assert_eq!(SandboxAccess::permit(permit).unwrap().report, Some(hash));
		let completed = Event::Completed { permit, operator: OPERATOR, report: report(&[CT]), hash };
		assert_eq!(events().last(), Some(&completed));
	});
}

#[test]
fn a_completed_permit_is_no_work_any_more() {
	build_and_execute(|| {
		completed();
		assert_eq!(OpenPermits::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_completion_counts_in_the_privacy_log() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		let input = JobInput { findings: 5, ..report(&[CT]).inputs[0] };
		assert_ok!(complete(permit, Report { inputs: vec![input].try_into().unwrap(), ..report(&[]) }));
		completed();
		assert_eq!(PrivacyLogs::<Test>::get(CT, MARCH), PrivacyLog { jobs: 2, refused: 0, findings: 5 });
		assert_eq!(PrivacyLogs::<Test>::get(MRI, MARCH), PrivacyLog::default());
	});
}

#[test]
fn fees_are_those_of_the_request() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		set_call_fee(CT, 500 * U);
		assert_ok!(SandboxAccess::update_operator(
			signed(OPERATOR),
			OperatorProfile { fee: 90 * U, ..profile() }
		));
		assert_ok!(complete(permit, report(&[CT])));
		assert_eq!((free_u(POT), free_u(OPERATOR)), (10 * U + CENT, OPERATOR_FEE));
	});
}

#[test]
fn a_consumer_cannot_spend_what_completion_needs() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		spend_u(ANN, CENT);
		assert_ok!(complete(permit, report(&[CT])));
		assert_eq!(free_u(ANN), CENT);
	});
}

#[test]
fn a_job_can_be_completed_in_its_last_moment() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		pass(LONGEST);
		assert_ok!(complete(permit, report(&[CT])));
	});
}

#[test]
fn completing_too_late_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		pass(LONGEST + 1);
		assert_noop!(complete(permit, report(&[CT])), Error::<Test>::Expired);
	});
}

#[test]
fn completing_before_the_approval_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(MRI, 1)]);
		assert_noop!(complete(permit, report(&[MRI])), Error::<Test>::NotApproved);
	});
}

#[test]
fn completing_an_unknown_permit_should_fail() {
	build_and_execute(|| {
		assert_noop!(complete(7, report(&[CT])), Error::<Test>::NotFound);
	});
}

#[test]
fn completing_a_used_permit_should_fail() {
	build_and_execute(|| {
		let permit = completed();
		assert_noop!(complete(permit, report(&[CT])), Error::<Test>::AlreadyCompleted);
	});
}

#[test]
fn completing_a_revoked_permit_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		assert_ok!(SandboxAccess::revoke(signed(ANN), permit));
		assert_noop!(complete(permit, report(&[CT])), Error::<Test>::Revoked);
	});
}

#[test]
fn another_key_than_the_operators_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		let forged = signature(OPERATOR, permit, &report(&[CT]));
		let brought = SandboxAccess::complete(signed(OPERATOR), permit, report(&[CT]), forged);
		assert_noop!(outcome(brought), Error::<Test>::BadSignature);
	});
}

#[test]
fn a_signature_for_another_permit_should_fail() {
	build_and_execute(|| {
		let (first, second) = (request(&[(CT, 1)]), request(&[(CT, 1)]));
		let other = signature(KEY, first, &report(&[CT]));
		assert_noop!(
			outcome(SandboxAccess::complete(signed(EVE), second, report(&[CT]), other)),
			Error::<Test>::BadSignature
		);
	});
}

#[test]
fn a_signature_for_another_report_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		let other = signature(KEY, permit, &Report { fuel: 1, ..report(&[CT]) });
		let brought = SandboxAccess::complete(signed(EVE), permit, report(&[CT]), other);
		assert_noop!(outcome(brought), Error::<Test>::BadSignature);
	});
}

#[test]
fn a_signature_for_another_chain_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		let payload = report(&[CT]).payload(&hash(8), permit, &OPERATOR, ReportRole::First);
		let other = sp_runtime::testing::TestSignature(KEY, payload);
		let brought = SandboxAccess::complete(signed(EVE), permit, report(&[CT]), other);
		assert_noop!(outcome(brought), Error::<Test>::BadSignature);
	});
}

#[test]
fn a_refusal_does_not_complete() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		assert_noop!(complete(permit, refusal(&[CT])), Error::<Test>::OtherVerdict);
	});
}

#[test]
fn a_report_of_a_stale_runner_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		assert_ok!(SandboxAccess::update_operator(
			signed(OPERATOR),
			OperatorProfile { measurement: hash(8), ..profile() }
		));
		assert_noop!(complete(permit, report(&[CT])), Error::<Test>::OperatorNotAdmitted);
		assert_ok!(SandboxAccess::admit_operator(signed(CURATOR), OPERATOR, hash(8)));
		assert_noop!(complete(permit, report(&[CT])), Error::<Test>::OtherMeasurement);
		assert_ok!(complete(permit, Report { measurement: hash(8), ..report(&[CT]) }));
	});
}

#[test]
fn an_operator_that_is_leaving_cannot_complete() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		assert_ok!(SandboxAccess::begin_unbonding(signed(OPERATOR)));
		assert_noop!(complete(permit, report(&[CT])), Error::<Test>::OperatorUnbonding);
	});
}

#[test]
fn a_report_about_something_else_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		let code = Report { code_hash: hash(6), ..report(&[CT]) };
		assert_noop!(complete(permit, code), Error::<Test>::OtherCode);
		let parameters = Report { parameters_hash: hash(6), ..report(&[CT]) };
		assert_noop!(complete(permit, parameters), Error::<Test>::OtherParameters);
		for assets in [&[][..], &[MRI], &[CT, MRI], &[CT, CT]] {
			assert_noop!(complete(permit, report(assets)), Error::<Test>::OtherAssets);
		}
	});
}

#[test]
fn an_output_above_the_cap_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		let large = Report { output_bytes: 4_097, ..report(&[CT]) };
		assert_noop!(complete(permit, large), Error::<Test>::OutputTooLarge);
	});
}

#[test]
fn a_group_below_the_smallest_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		for group in [0, 9] {
			let small = Report { smallest_group: Some(group), ..report(&[CT]) };
			assert_noop!(complete(permit, small), Error::<Test>::GroupTooSmall);
		}
		assert_ok!(complete(permit, Report { smallest_group: None, ..report(&[CT]) }));
	});
}

#[test]
fn an_asset_delisted_meanwhile_stops_the_whole_completion() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1), (MRI, 1)]);
		assert_ok!(SandboxAccess::approve(signed(BOB), permit));
		delist(MRI);
		assert_noop!(complete(permit, report(&[CT, MRI])), DispatchError::Other("NotActive"));
		pass(LONGEST + 1);
		assert_ok!(SandboxAccess::expire(signed(EVE), permit));
		assert_eq!(free_u(ANN), 1_000 * U - DEPOSIT);
	});
}

#[test]
fn an_operator_that_cannot_receive_should_fail() {
	build_and_execute(|| {
		let too_little_to_open_an_account: MicroU = CENT - 1;
		let cheap = OperatorProfile { fee: too_little_to_open_an_account, ..profile() };
		assert_ok!(SandboxAccess::update_operator(signed(OPERATOR), cheap));
		let permit = request(&[(CT, 1)]);
		assert_noop!(complete(permit, report(&[CT])), Error::<Test>::OperatorCannotReceive);
		give_u(OPERATOR, CENT);
		assert_ok!(complete(permit, report(&[CT])));
	});
}

#[test]
fn an_operator_may_work_for_nothing() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::update_operator(signed(OPERATOR), OperatorProfile { fee: 0, ..profile() }));
		set_call_fee(CT, 0);
		completed();
		assert_eq!(free_u(ANN), 1_000 * U - DEPOSIT);
	});
}

#[test]
fn a_completion_is_charged_for_settling_its_assets() {
	build_and_execute(|| {
		let weigh = |permit| {
			let call = crate::Call::<Test>::complete {
				permit,
				report: report(&[CT]),
				signature: signature(KEY, permit, &report(&[CT])),
			};
			call.get_dispatch_info().call_weight.ref_time()
		};
		let (one, two) = (request(&[(CT, 1)]), request(&[(CT, 1), (LOGS, 1)]));
		let settling = 1_000_000_000_000;
		assert!((settling..2 * settling).contains(&weigh(one)));
		assert!((2 * settling..3 * settling).contains(&weigh(two)));
		// The batch that completes it may request it first. What it declared too much is returned.
		assert_eq!(weigh(7), CompletionBound::get().ref_time());
		let failed =
			SandboxAccess::complete(signed(EVE), 7, report(&[CT]), signature(KEY, 7, &report(&[CT])));
		assert!(failed.unwrap_err().post_info.actual_weight.unwrap().ref_time() < settling);
	});
}

#[test]
fn a_job_that_read_an_asset_in_another_mode_should_fail() {
	build_and_execute(|| {
		let (medical, chosen) = (request(&[(CT, 1)]), request(&[(LOGS, 1)]));
		assert_ok!(SandboxAccess::approve(signed(CYD), chosen));
		for (permit, asset) in [(medical, CT), (chosen, LOGS)] {
			let input = report(&[asset]).inputs[0];
			let other = JobInput { deidentified: !input.deidentified, ..input };
			let report = Report { inputs: vec![other].try_into().unwrap(), ..report(&[asset]) };
			assert_noop!(complete(permit, report), Error::<Test>::OtherMode);
		}
		// It ran before the curators said so.
		assert_ok!(SandboxAccess::force_sandboxed(signed(CURATOR), LOGS, reason()));
		assert_noop!(complete(chosen, report(&[LOGS])), Error::<Test>::OtherMode);
	});
}
