//! Doubting a completed job: who repeats it, and who pays for it.

use super::mock::*;
use crate::{
	Approval, Challenges, Error, Event, HoldReason, JobInput, OpenChallenges, OperatorProfile,
	OperatorStatus, Operators, Permits, Report, ReportOf, ReportRole, Verdict,
};
use alloc::collections::BTreeSet;
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use heirloom_primitives::{Challenge, ChallengeStatus, PermitId, SandboxGate, U};
use sp_runtime::{
	testing::TestSignature,
	traits::{BlakeTwo256, Hash},
};

/// Bob doubts a job.
fn challenge(permit: PermitId) -> sp_runtime::DispatchResult {
	SandboxAccess::challenge(signed(BOB), permit)
}

/// A completed permit that Bob has challenged, a moment later.
fn challenged() -> PermitId {
	admit_second();
	let permit = completed();
	assert_ok!(challenge(permit));
	pass(1);
	permit
}

/// What the second operator reports where it comes to something else.
fn other_report() -> ReportOf<Test> {
	Report { fuel: 7, ..report(&[CT]) }
}

fn bond_of(who: AccountId) -> u128 {
	Balances::balance_on_hold(&HoldReason::Bond.into(), &who)
}

fn challenge_status(permit: PermitId) -> Option<ChallengeStatus> {
	Challenges::<Test>::get(permit).map(|challenge| challenge.status)
}

#[test]
fn a_challenge_names_a_second_operator() {
	build_and_execute(|| {
		let permit = challenged();
		let answer_until = START + ANSWER;
		let event =
			Event::Challenged { permit, challenger: BOB, operator: OPERATOR, second: SECOND, answer_until };
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
fn agreement_costs_the_challenger() {
	build_and_execute(|| {
		let permit = challenged();
		assert_ok!(answer(permit, report(&[CT])));
		assert_eq!((free_u(BOB), held_for_challenges(BOB)), (1_000 * U - CHALLENGE_BOND, 0));
		assert_eq!(free_u(SECOND), OPERATOR_FEE);
		assert_eq!(free_u(POOL), CENT + CHALLENGE_BOND - OPERATOR_FEE);
		assert_eq!(bond_of(OPERATOR), BOND);
		assert_eq!(Operators::<Test>::get(OPERATOR).unwrap().status, OperatorStatus::Admitted);
	});
}

#[test]
fn agreement_dismisses_the_challenge() {
	build_and_execute(|| {
		let permit = challenged();
		let report = report(&[CT]);
		assert_ok!(answer(permit, report.clone()));
		let hash = BlakeTwo256::hash(&answer_payload(permit, &report));
		let event = Event::ChallengeDismissed { permit, second: SECOND, report, hash };
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
				Event::OperatorSuspended { operator: OPERATOR },
				Event::OperatorSlashed { operator: OPERATOR, amount: 200, to: BOB },
				Event::OperatorSlashed { operator: OPERATOR, amount: 200, to: POOL },
				Event::ChallengeUpheld { permit, second: SECOND, report, hash },
			]
		);
		assert_eq!(challenge_status(permit), Some(ChallengeStatus::Upheld));
	});
}

#[test]
fn a_difference_costs_the_challenger_nothing() {
	build_and_execute(|| {
		let permit = challenged();
		assert_ok!(answer(permit, other_report()));
		assert_eq!((free_u(BOB), held_for_challenges(BOB)), (1_000 * U - OPERATOR_FEE, 0));
		let (refund, worth_a_cent) = (200, CENT);
		assert_eq!(refund * worth_a_cent, OPERATOR_FEE);
		assert_eq!(Balances::free_balance(BOB), FUNDS + refund);
		assert_eq!(Balances::free_balance(POOL), FUNDS + CHALLENGE_SLASH - refund);
	});
}

#[test]
fn the_second_operator_gets_the_same_whatever_it_says() {
	for report in [report(&[CT]), other_report()] {
		build_and_execute(|| {
			let permit = challenged();
			assert_ok!(answer(permit, report));
			assert_eq!(free_u(SECOND), OPERATOR_FEE);
			assert_eq!(Balances::free_balance(SECOND), FUNDS - BOND);
		});
	}
}

#[test]
fn every_part_of_a_result_makes_a_difference() {
	let same = || report(&[CT]);
	let input = JobInput { asset: CT, commitment: hash(9), findings: 0 };
	let others: [ReportOf<Test>; 6] = [
		Report { inputs: vec![input].try_into().unwrap(), ..same() },
		Report { output: hash(9), ..same() },
		Report { output_bytes: 1_025, ..same() },
		Report { smallest_group: None, ..same() },
		Report { fuel: 1_000_001, ..same() },
		Report { verdict: Verdict::Refused { code: 3 }, ..same() },
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
		let refused = Report { verdict: Verdict::Refused { code: 3 }, ..report(&[]) };
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

#[test]
fn no_more_is_slashed_than_there_is() {
	build_and_execute(|| {
		let permit = challenged();
		assert_ok!(SandboxAccess::slash_operator(signed(CURATOR), OPERATOR, BOND - 100));
		let pool = Balances::free_balance(POOL);
		assert_ok!(answer(permit, other_report()));
		assert_eq!(bond_of(OPERATOR), 0);
		assert_eq!(free_u(SECOND), OPERATOR_FEE);
		// Worth 1 U, of a fee of 2 U.
		assert_eq!(Balances::free_balance(BOB), FUNDS + 100);
		assert_eq!(Balances::free_balance(POOL), pool);
	});
}

#[test]
fn several_challenges_slash_no_more_than_the_bond() {
	build_and_execute(|| {
		admit_second();
		let permits = [(); 4].map(|()| completed());
		for permit in permits {
			assert_ok!(challenge(permit));
		}
		pass(1);
		for (permit, left) in permits.into_iter().zip([600, 200, 0, 0]) {
			let paid = free_u(SECOND);
			assert_ok!(answer(permit, other_report()));
			assert_eq!(bond_of(OPERATOR), left);
			assert_eq!(free_u(SECOND), paid + OPERATOR_FEE);
		}
		// Of the fourth nothing is given back.
		assert_eq!(Balances::free_balance(BOB), FUNDS + 3 * 200);
		assert_eq!(Balances::free_balance(POOL), FUNDS + BOND - 3 * 200);
		assert_eq!(free_u(BOB), 1_000 * U - 4 * OPERATOR_FEE);
	});
}

#[test]
fn a_difference_while_there_is_no_rate_is_decided_without_a_refund() {
	build_and_execute(|| {
		let permit = challenged();
		RateIsSet::set(&false);
		assert_ok!(answer(permit, other_report()));
		assert_eq!(free_u(SECOND), OPERATOR_FEE);
		assert_eq!((free_u(BOB), Balances::free_balance(BOB)), (1_000 * U - OPERATOR_FEE, FUNDS));
		assert_eq!(Balances::free_balance(POOL), FUNDS + CHALLENGE_SLASH);
	});
}

#[test]
fn a_challenger_without_the_native_token_is_given_an_account() {
	build_and_execute(|| {
		admit_second();
		let permit = completed();
		assert_ok!(SandboxAccess::challenge(signed(ANN), permit));
		pass(1);
		assert_ok!(answer(permit, other_report()));
		assert_eq!(Balances::free_balance(ANN), 200);
	});
}

#[test]
fn what_is_too_little_for_an_account_goes_to_the_pool() {
	build_and_execute(|| {
		admit_second();
		assert_ok!(SandboxAccess::update_operator(
			signed(SECOND),
			OperatorProfile { fee: CENT, ..second_profile() }
		));
		let permit = completed();
		assert_ok!(SandboxAccess::challenge(signed(ANN), permit));
		pass(1);
		LeastBalance::set(&2);
		assert_ok!(answer(permit, other_report()));
		assert_eq!(Balances::free_balance(ANN), 0);
		assert_eq!(Balances::free_balance(POOL), FUNDS + CHALLENGE_SLASH);
	});
}

#[test]
fn a_fee_is_no_more_than_the_challengers_bond() {
	build_and_execute(|| {
		admit_second();
		let dear = OperatorProfile { fee: 90 * U, ..second_profile() };
		assert_ok!(SandboxAccess::update_operator(signed(SECOND), dear));
		let permit = completed();
		assert_ok!(challenge(permit));
		pass(1);
		assert_ok!(answer(permit, report(&[CT])));
		assert_eq!((free_u(SECOND), free_u(POOL)), (CHALLENGE_BOND, CENT));
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
fn an_answer_should_not_complete_another_permit() {
	build_and_execute(|| {
		admit_second();
		let permit = request(&[(CT, 1)]);
		let as_answer = report(&[CT]).payload(&System::block_hash(0), permit, &OPERATOR, ReportRole::Answer);
		let brought =
			SandboxAccess::complete(signed(EVE), permit, report(&[CT]), TestSignature(KEY, as_answer));
		assert_noop!(brought, Error::<Test>::BadSignature);
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
		let refused = Report { verdict: Verdict::Refused { code: 3 }, ..report(&[MRI]) };
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
	// By the clock, by an owner, by its own ledger, its machine, and what no runner knows.
	for code in [11, 12, 13, 35, 42, 103, 132, 313, 0] {
		build_and_execute(|| {
			let permit = challenged();
			let failed = Report { verdict: Verdict::Refused { code }, ..report(&[CT]) };
			assert_noop!(answer(permit, failed), Error::<Test>::NotComparable);
			assert_eq!(challenge_status(permit), Some(ChallengeStatus::Open));
		});
	}
}

#[test]
fn a_suspended_operators_answer_should_fail() {
	build_and_execute(|| {
		let permit = challenged();
		assert_ok!(SandboxAccess::suspend_operator(signed(CURATOR), SECOND));
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

#[test]
fn an_operator_that_cannot_receive_its_fee_should_fail() {
	build_and_execute(|| {
		admit_second();
		let too_little_to_open_an_account = CENT - 1;
		let cheap = OperatorProfile { fee: too_little_to_open_an_account, ..second_profile() };
		assert_ok!(SandboxAccess::update_operator(signed(SECOND), cheap));
		let permit = completed();
		assert_ok!(challenge(permit));
		pass(1);
		assert_noop!(answer(permit, report(&[CT])), Error::<Test>::OperatorCannotReceive);
	});
}

#[test]
fn a_challenge_that_nobody_answers_punishes_nobody() {
	build_and_execute(|| {
		let permit = challenged();
		pass(ANSWER);
		assert_ok!(SandboxAccess::expire_challenge(signed(EVE), permit));
		assert_eq!(events().last(), Some(&Event::ChallengeExpired { permit, second: SECOND }));
		assert_eq!((free_u(BOB), held_for_challenges(BOB)), (1_000 * U, 0));
		for operator in [OPERATOR, SECOND] {
			assert_eq!(bond_of(operator), BOND);
			assert_eq!(Operators::<Test>::get(operator).unwrap().status, OperatorStatus::Admitted);
		}
	});
}

#[test]
fn a_challenge_that_nobody_answered_can_be_repeated_in_time() {
	build_and_execute(|| {
		let permit = challenged();
		pass(ANSWER);
		assert_ok!(SandboxAccess::expire_challenge(signed(EVE), permit));
		assert_ok!(challenge(permit));
		pass(ANSWER + 1);
		assert_ok!(SandboxAccess::expire_challenge(signed(EVE), permit));
		assert_noop!(challenge(permit), Error::<Test>::TooLateToChallenge);
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
fn an_operator_that_is_leaving_is_slashed_by_a_challenge() {
	build_and_execute(|| {
		let permit = challenged();
		assert_ok!(SandboxAccess::begin_unbonding(signed(OPERATOR)));
		assert_ok!(answer(permit, other_report()));
		assert_eq!(bond_of(OPERATOR), BOND - CHALLENGE_SLASH);
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
