//! Doubting a completed job: which, when, and until when.

use super::mock::*;
use crate::{Challenges, Error, Event, OpenChallenges, OperatorStatus, Operators, Permits};
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::{Challenge, ChallengeStatus, SandboxGate, U};

#[test]
fn a_challenge_names_a_second_operator() {
	build_and_execute(|| {
		let permit = challenged();
		let answer_until = START + ANSWER;
		let event = Event::Challenged {
			permit,
			challenger: BOB,
			operator: OPERATOR,
			second: SECOND,
			bond: CHALLENGE_BOND,
			fee: OPERATOR_FEE,
			answer_until,
		};
		assert_eq!(events().last(), Some(&event));
		assert!(OpenChallenges::<Test>::contains_key(SECOND, permit));
		let stored = Challenge {
			challenger: BOB,
			second: SECOND,
			bond: CHALLENGE_BOND,
			fee: OPERATOR_FEE,
			challenged_at: START,
			answer_until,
			status: ChallengeStatus::Open,
		};
		assert_eq!(SandboxAccess::permit(permit).unwrap().challenge, Some(stored));
	});
}

#[test]
fn a_challenge_holds_its_bond() {
	build_and_execute(|| {
		challenged();
		assert_eq!((free_u(BOB), held_for_challenges(BOB)), (1_000 * U - CHALLENGE_BOND, CHALLENGE_BOND));
	});
}

#[test]
fn a_permit_that_was_used_up_can_be_challenged() {
	build_and_execute(|| {
		admit_second();
		let permit = completed();
		assert_ok!(SandboxAccess::consume(permit, &ANN, 50));
		assert_ok!(challenge(permit));
		pass(1);
		assert_ok!(answer(permit, report(&[CT])));
	});
}

#[test]
fn a_challenged_permit_can_be_used_up() {
	build_and_execute(|| {
		let permit = challenged();
		assert_eq!(SandboxAccess::consume(permit, &ANN, 50), Ok(vec![CT]));
		assert_ok!(answer(permit, other_report()));
	});
}

#[test]
fn a_job_that_was_not_completed_cannot_be_challenged() {
	build_and_execute(|| {
		admit_second();
		let permits = [(); 4].map(|()| request(&[(CT, 1)]));
		assert_ok!(refuse(permits[1], refusal(&[CT])));
		assert_ok!(SandboxAccess::revoke(signed(ANN), permits[2]));
		assert_noop!(challenge(99), Error::<Test>::NotFound);
		assert_noop!(challenge(permits[0]), Error::<Test>::NotCompleted);
		assert_noop!(challenge(permits[1]), Error::<Test>::Refused);
		assert_noop!(challenge(permits[2]), Error::<Test>::Revoked);
		pass(LONGEST + 1);
		assert_ok!(SandboxAccess::expire(signed(EVE), permits[3]));
		assert_noop!(challenge(permits[3]), Error::<Test>::Expired);
	});
}

#[test]
fn challenging_too_late_should_fail() {
	build_and_execute(|| {
		admit_second();
		let permits = [completed(), completed()];
		pass(CHALLENGE);
		assert_ok!(challenge(permits[0]));
		pass(1);
		assert_noop!(challenge(permits[1]), Error::<Test>::TooLateToChallenge);
	});
}

#[test]
fn using_a_permit_up_does_not_prolong_the_time_for_challenges() {
	build_and_execute(|| {
		admit_second();
		let permit = completed();
		pass(CHALLENGE);
		assert_ok!(SandboxAccess::consume(permit, &ANN, 50));
		pass(1);
		assert_noop!(challenge(permit), Error::<Test>::TooLateToChallenge);
	});
}

#[test]
fn challenging_twice_should_fail() {
	build_and_execute(|| {
		let permit = challenged();
		assert_noop!(challenge(permit), Error::<Test>::AlreadyChallenged);
		assert_ok!(answer(permit, report(&[CT])));
		assert_noop!(SandboxAccess::challenge(signed(ANN), permit), Error::<Test>::AlreadyChallenged);
	});
}

#[test]
fn challenging_without_the_bond_should_fail() {
	build_and_execute(|| {
		admit_second();
		let permit = completed();
		assert_noop!(SandboxAccess::challenge(signed(EVE), permit), Error::<Test>::NotEnoughU);
	});
}

#[test]
fn a_challenge_that_nobody_answers_punishes_nobody() {
	build_and_execute(|| {
		let permit = challenged();
		pass(ANSWER);
		assert_ok!(SandboxAccess::expire_challenge(signed(EVE), permit));
		let challengeable_until = START + CHALLENGE + ANSWER;
		let event = Event::ChallengeExpired { permit, second: SECOND, challengeable_until };
		assert_eq!(events().last(), Some(&event));
		assert_eq!((free_u(BOB), held_for_challenges(BOB)), (1_000 * U, 0));
		for operator in [OPERATOR, SECOND] {
			assert_eq!(bond_of(operator), BOND);
			assert_eq!(Operators::<Test>::get(operator).unwrap().status, OperatorStatus::Admitted);
		}
	});
}

#[test]
fn a_challenge_that_nobody_answered_takes_no_time_for_others() {
	build_and_execute(|| {
		admit_third();
		let permit = completed();
		pass(CHALLENGE - 10);
		assert_ok!(challenge(permit));
		let_expire(permit);
		assert_eq!(Clock::get(), START + CHALLENGE - 10 + ANSWER + 1);
		assert_ok!(challenge(permit));
	});
}

#[test]
fn the_time_for_challenges_ends_while_the_operator_is_bonded() {
	build_and_execute(|| {
		admit_third();
		let permit = completed();
		let challengeable_until = || SandboxAccess::permit(permit).unwrap().challengeable_until;
		assert_eq!(challengeable_until(), Some(START + CHALLENGE));
		assert_ok!(challenge(permit));
		pass(LONGEST);
		assert_ok!(SandboxAccess::expire_challenge(signed(EVE), permit));
		assert_eq!(challengeable_until(), Some(START + UNBONDING - ANSWER));
		assert_ok!(challenge(permit));
		let_expire(permit);
		assert_eq!(challengeable_until(), Some(START + UNBONDING - ANSWER));
		assert_noop!(challenge(permit), Error::<Test>::TooLateToChallenge);
	});
}

#[test]
fn a_refused_job_has_no_time_for_challenges() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		assert_ok!(refuse(permit, refusal(&[CT])));
		assert_eq!(SandboxAccess::permit(permit).unwrap().challengeable_until, None);
	});
}

#[test]
fn a_challenge_that_can_be_answered_does_not_expire() {
	build_and_execute(|| {
		let permit = challenged();
		pass(ANSWER - 1);
		assert_noop!(SandboxAccess::expire_challenge(signed(EVE), permit), Error::<Test>::StillAnswerable);
		assert_noop!(SandboxAccess::expire_challenge(signed(EVE), 99), Error::<Test>::NotChallenged);
	});
}

#[test]
fn a_challenged_operator_cannot_withdraw_its_bond() {
	build_and_execute(|| {
		let permit = challenged();
		assert_ok!(SandboxAccess::begin_unbonding(signed(OPERATOR)));
		pass(UNBONDING);
		assert_noop!(SandboxAccess::withdraw_bond(signed(OPERATOR)), Error::<Test>::StillChallenged);
		assert_ok!(SandboxAccess::expire_challenge(signed(OPERATOR), permit));
		assert_ok!(SandboxAccess::withdraw_bond(signed(OPERATOR)));
	});
}

#[test]
fn a_permit_is_not_pruned_while_it_is_challenged() {
	build_and_execute(|| {
		let permit = challenged();
		pass(KEPT);
		assert_noop!(SandboxAccess::prune(signed(ANN), permit), Error::<Test>::NotPrunable);
		assert_ok!(SandboxAccess::expire_challenge(signed(EVE), permit));
		assert_ok!(SandboxAccess::prune(signed(ANN), permit));
	});
}

#[test]
fn a_decided_challenge_is_pruned_with_its_permit() {
	build_and_execute(|| {
		let permit = challenged();
		assert_ok!(answer(permit, report(&[CT])));
		pass(KEPT);
		assert_ok!(SandboxAccess::prune(signed(ANN), permit));
		assert_eq!((Permits::<Test>::iter().count(), Challenges::<Test>::iter().count()), (0, 0));
	});
}
