//! What the second operator answers, and what that decides.

use super::mock::*;
use crate::{
	Error, Event, JobInput, OpenChallenges, OperatorProfile, OperatorStatus, Operators, Report, ReportOf,
	ReportRole, Verdict,
};
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::{ChallengeStatus, PermitId};
use sp_runtime::{
	testing::TestSignature,
	traits::{BlakeTwo256, Hash},
};

#[test]
fn agreement_dismisses_the_challenge() {
	build_and_execute(|| {
		let permit = challenged();
		let report = report(&[CT]);
		assert_ok!(answer(permit, report.clone()));
		let hash = BlakeTwo256::hash(&answer_payload(permit, &report));
		let event = Event::ChallengeDismissed { permit, second: SECOND, fee: OPERATOR_FEE, report, hash };
		assert_eq!(events().last(), Some(&event));
		assert_eq!(challenge_status(permit), Some(ChallengeStatus::Dismissed));
		assert_eq!(OpenChallenges::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_difference_slashes_the_first_operator() {
	build_and_execute(|| {
		let permit = challenged();
		let report = Report { output: hash(5), ..report(&[CT]) };
		assert_ok!(answer(permit, report.clone()));
		assert_eq!(bond_of(OPERATOR), BOND - CHALLENGE_SLASH);
		assert_eq!(Operators::<Test>::get(OPERATOR).unwrap().status, OperatorStatus::Registered);
		let hash = BlakeTwo256::hash(&answer_payload(permit, &report));
		assert_eq!(
			events()[events().len() - 4..],
			[
				Event::OperatorSuspended { operator: OPERATOR, reason: None },
				Event::OperatorSlashed { operator: OPERATOR, amount: 200, to: BOB, reason: None },
				Event::OperatorSlashed { operator: OPERATOR, amount: 200, to: POOL, reason: None },
				Event::ChallengeUpheld {
					permit,
					second: SECOND,
					fee: OPERATOR_FEE,
					refund: 200,
					report,
					hash
				},
			]
		);
		assert_eq!(challenge_status(permit), Some(ChallengeStatus::Upheld));
	});
}

#[test]
fn every_part_of_a_result_makes_a_difference() {
	let same = || report(&[CT]);
	let input = JobInput { commitment: hash(9), ..same().inputs[0] };
	let others: [ReportOf<Test>; 6] = [
		Report { inputs: vec![input].try_into().unwrap(), ..same() },
		Report { output: hash(9), ..same() },
		Report { output_bytes: 1_025, ..same() },
		Report { smallest_group: None, ..same() },
		Report { fuel: 1_000_001, ..same() },
		Report { verdict: Verdict::Refused { code: 41 }, ..same() },
	];
	for other in others {
		build_and_execute(|| {
			let permit = challenged();
			assert_ok!(answer(permit, other));
			assert_eq!(challenge_status(permit), Some(ChallengeStatus::Upheld));
		});
	}
}

#[test]
fn a_refusal_before_the_job_read_anything_is_a_difference() {
	build_and_execute(|| {
		let permit = challenged();
		let refused = Report { verdict: Verdict::Refused { code: 31 }, ..report(&[]) };
		assert_ok!(answer(permit, refused));
		assert_eq!(challenge_status(permit), Some(ChallengeStatus::Upheld));
	});
}

#[test]
fn another_number_of_findings_makes_no_difference() {
	build_and_execute(|| {
		let permit = challenged();
		let input = JobInput { findings: 4, ..report(&[CT]).inputs[0] };
		assert_ok!(answer(permit, Report { inputs: vec![input].try_into().unwrap(), ..report(&[]) }));
		assert_eq!(challenge_status(permit), Some(ChallengeStatus::Dismissed));
	});
}

/// Brings an answer that agrees with this signature.
fn answer_with(permit: PermitId, signature: TestSignature) -> sp_runtime::DispatchResult {
	SandboxAccess::answer_challenge(signed(EVE), permit, report(&[CT]), signature)
}

#[test]
fn an_answer_by_another_key_should_fail() {
	build_and_execute(|| {
		let permit = challenged();
		for key in [KEY, SECOND, EVE] {
			let forged = answer_signature(key, permit, &report(&[CT]));
			assert_noop!(answer_with(permit, forged), Error::<Test>::BadSignature);
		}
	});
}

#[test]
fn an_answer_signed_as_another_operator_should_fail() {
	build_and_execute(|| {
		let permit = challenged();
		let as_first = report(&[CT]).payload(&System::block_hash(0), permit, &OPERATOR, ReportRole::Answer);
		assert_noop!(answer_with(permit, TestSignature(SECOND_KEY, as_first)), Error::<Test>::BadSignature);
	});
}

#[test]
fn the_first_report_should_be_no_answer_of_an_operator_with_the_same_key() {
	build_and_execute(|| {
		admit_second();
		assert_ok!(SandboxAccess::update_operator(signed(SECOND), profile()));
		let permit = completed();
		assert_ok!(challenge(permit));
		pass(1);
		let first = signature(KEY, permit, &report(&[CT]));
		assert_noop!(answer_with(permit, first), Error::<Test>::BadSignature);
		assert_ok!(answer_with(permit, answer_signature(KEY, permit, &report(&[CT]))));
	});
}

#[test]
fn a_report_signed_as_an_answer_should_complete_nothing() {
	build_and_execute(|| {
		admit_second();
		let permit = request(&[(CT, 1)]);
		let as_answer = report(&[CT]).payload(&System::block_hash(0), permit, &OPERATOR, ReportRole::Answer);
		let brought =
			SandboxAccess::complete(signed(EVE), permit, report(&[CT]), TestSignature(KEY, as_answer));
		assert_noop!(outcome(brought), Error::<Test>::BadSignature);
	});
}

#[test]
fn an_answer_about_something_else_should_fail() {
	build_and_execute(|| {
		let permit = challenged();
		let same = || report(&[CT]);
		let answer = |report| answer(permit, report);
		assert_noop!(answer(Report { code_hash: hash(6), ..same() }), Error::<Test>::OtherCode);
		assert_noop!(answer(Report { parameters_hash: hash(6), ..same() }), Error::<Test>::OtherParameters);
		for assets in [&[][..], &[MRI], &[CT, MRI]] {
			assert_noop!(answer(report(assets)), Error::<Test>::OtherAssets);
		}
		let refused = Report { verdict: Verdict::Refused { code: 41 }, ..report(&[MRI]) };
		assert_noop!(answer(refused), Error::<Test>::OtherAssets);
	});
}

#[test]
fn an_answer_of_another_runner_should_fail() {
	build_and_execute(|| {
		let permit = challenged();
		let other = || Report { measurement: hash(19), ..report(&[CT]) };
		assert_noop!(answer(permit, other()), Error::<Test>::OtherMeasurement);
		let updated = OperatorProfile { measurement: hash(19), ..second_profile() };
		assert_ok!(SandboxAccess::update_operator(signed(SECOND), updated));
		assert_ok!(SandboxAccess::admit_operator(signed(CURATOR), SECOND, hash(19)));
		for report in [report(&[CT]), other()] {
			assert_noop!(answer(permit, report), Error::<Test>::OtherMeasurement);
		}
	});
}

#[test]
fn an_answer_in_the_moment_of_the_challenge_should_fail() {
	build_and_execute(|| {
		admit_second();
		let permit = completed();
		assert_ok!(challenge(permit));
		assert_noop!(answer(permit, report(&[CT])), Error::<Test>::TooEarlyToAnswer);
		assert_noop!(answer(permit, other_report()), Error::<Test>::TooEarlyToAnswer);
		pass(1);
		assert_ok!(answer(permit, report(&[CT])));
	});
}

#[test]
fn a_failure_of_the_second_operators_own_should_decide_nothing() {
	// By what it was handed, by the clock, by an owner, by its own ledger, its machine, and what no runner knows.
	for code in [1, 2, 3, 11, 12, 13, 35, 42, 103, 132, 313, 0] {
		build_and_execute(|| {
			let permit = challenged();
			let failed = Report { verdict: Verdict::Refused { code }, ..report(&[CT]) };
			assert_noop!(answer(permit, failed), Error::<Test>::NotComparable);
			assert_eq!(challenge_status(permit), Some(ChallengeStatus::Open));
		});
	}
}

/// A report about one asset, with the input in the other mode.
fn in_other_mode(report: ReportOf<Test>) -> ReportOf<Test> {
	let input = JobInput { deidentified: !report.inputs[0].deidentified, ..report.inputs[0] };
	Report { inputs: vec![input].try_into().unwrap(), fuel: 7, ..report }
}

#[test]
fn an_answer_in_another_mode_should_decide_nothing() {
	build_and_execute(|| {
		let permit = challenged();
		let other = in_other_mode(report(&[CT]));
		let refused = Report { verdict: Verdict::Refused { code: 41 }, ..other.clone() };
		for other in [other, refused] {
			assert_noop!(answer(permit, other), Error::<Test>::NotComparable);
		}
		assert_eq!(challenge_status(permit), Some(ChallengeStatus::Open));
	});
}

#[test]
fn a_mode_set_after_the_job_should_change_nothing() {
	build_and_execute(|| {
		admit_second();
		let permit = request(&[(LOGS, 3)]);
		assert_ok!(SandboxAccess::approve(signed(CYD), permit));
		let as_it_is = report(&[LOGS]);
		assert!(!as_it_is.inputs[0].deidentified);
		assert_ok!(complete(permit, as_it_is.clone()));
		assert_ok!(SandboxAccess::force_sandboxed(signed(CURATOR), LOGS, reason()));
		assert_ok!(challenge(permit));
		pass(1);
		assert_noop!(answer(permit, in_other_mode(as_it_is.clone())), Error::<Test>::NotComparable);
		assert_ok!(answer(permit, as_it_is));
		assert_eq!(challenge_status(permit), Some(ChallengeStatus::Dismissed));
	});
}

#[test]
fn a_suspended_operators_answer_should_fail() {
	build_and_execute(|| {
		let permit = challenged();
		assert_ok!(SandboxAccess::suspend_operator(signed(CURATOR), SECOND, reason()));
		assert_noop!(answer(permit, report(&[CT])), Error::<Test>::OperatorNotAdmitted);
	});
}

#[test]
fn an_answer_can_come_in_its_last_moment() {
	build_and_execute(|| {
		let permit = challenged();
		pass(ANSWER - 1);
		assert_ok!(answer(permit, report(&[CT])));
	});
}

#[test]
fn answering_too_late_should_fail() {
	build_and_execute(|| {
		let permit = challenged();
		pass(ANSWER);
		assert_noop!(answer(permit, report(&[CT])), Error::<Test>::TooLateToAnswer);
	});
}

#[test]
fn answering_twice_should_fail() {
	build_and_execute(|| {
		let permit = challenged();
		assert_ok!(answer(permit, report(&[CT])));
		assert_noop!(answer(permit, report(&[CT])), Error::<Test>::AlreadyAnswered);
		assert_noop!(SandboxAccess::expire_challenge(signed(EVE), permit), Error::<Test>::AlreadyAnswered);
	});
}

#[test]
fn answering_what_nobody_asked_should_fail() {
	build_and_execute(|| {
		admit_second();
		let permit = completed();
		assert_noop!(answer(permit, report(&[CT])), Error::<Test>::NotChallenged);
	});
}
