//! How much of an asset a consumer is given over all jobs.

use super::mock::*;
use crate::{Approval, BudgetUse, Budgets, Error, Job, Policy, Report, ReportOf};
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::{AssetId, OutputLimits, PermitStatus, U};

/// Lets so many bytes of [`CT`] out to each consumer.
fn set_budget(release_budget: u64) {
	let limits = OutputLimits { release_budget, ..LIMITS };
	let tight = Policy { limits, ..policy(Approval::Automatic) };
	assert_ok!(SandboxAccess::set_policy(signed(BOB), CT, tight));
}

/// A job of [`CT`] with the output that reports have.
fn small() -> Job<Test> {
	Job { output_cap: 1_024, ..job(&[(CT, 1)]) }
}

/// A refusal of which not even a log leaves.
fn silent() -> ReportOf<Test> {
	Report { output_bytes: 0, ..refusal(&[CT]) }
}

fn ask(who: AccountId, job: Job<Test>) -> sp_runtime::DispatchResult {
	SandboxAccess::request(signed(who), job, 1_000 * U)
}

fn budget(asset: AssetId) -> (u64, u64) {
	let BudgetUse { released, reserved } = Budgets::<Test>::get(asset, ANN);
	(released, reserved)
}

#[test]
fn a_request_reserves_the_most_that_its_job_may_release() {
	build_and_execute(|| {
		request(&[(CT, 1), (MRI, 1)]);
		assert_eq!([CT, MRI, LOGS].map(budget), [(0, 4_096), (0, 4_096), (0, 0)]);
	});
}

#[test]
fn a_job_that_may_release_nothing_reserves_nothing() {
	build_and_execute(|| {
		assert_ok!(ask(ANN, Job { output_cap: 0, ..small() }));
		assert!(!Budgets::<Test>::contains_key(CT, ANN));
		assert_ok!(complete(0, Report { output_bytes: 0, ..report(&[CT]) }));
		assert!(!Budgets::<Test>::contains_key(CT, ANN));
	});
}

#[test]
fn a_completion_takes_what_was_released_and_gives_back_the_rest() {
	build_and_execute(|| {
		let permit = completed();
		assert_eq!(budget(CT), (1_024, 0));
		assert_eq!(SandboxAccess::permit(permit).unwrap().released_bytes, 1_024);
	});
}

#[test]
fn a_permit_that_ends_without_a_release_gives_back_everything() {
	build_and_execute(|| {
		let permits = [(); 3].map(|()| request(&[(CT, 1)]));
		assert_eq!(budget(CT), (0, 3 * 4_096));
		assert_ok!(refuse(permits[0], silent()));
		assert_ok!(SandboxAccess::revoke(signed(ANN), permits[1]));
		assert_eq!(budget(CT), (0, 4_096));
		pass(LONGEST + 1);
		assert_ok!(SandboxAccess::expire(signed(EVE), permits[2]));
		assert!(!Budgets::<Test>::contains_key(CT, ANN), "what was not used leaves nothing behind");
	});
}

#[test]
fn a_refusal_takes_what_its_log_released() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1), (MRI, 1)]);
		assert_ok!(SandboxAccess::approve(signed(BOB), permit));
		assert_ok!(refuse(permit, refusal(&[CT])));
		// Also from an asset that the job did not come to read: an operator could leave any out of a refusal.
		assert_eq!([CT, MRI].map(budget), [(1_024, 0); 2]);
	});
}

#[test]
fn a_refusal_takes_nothing_before_its_permit_is_approved() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1), (MRI, 1)]);
		assert_eq!(status(permit), PermitStatus::Requested);
		assert_ok!(refuse(permit, refusal(&[CT])));
		assert_eq!([CT, MRI].map(budget), [(0, 0); 2]);
	});
}

#[test]
fn a_refusal_takes_no_more_than_its_permit_reserved() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		assert_ok!(refuse(permit, Report { output_bytes: u64::MAX, ..refusal(&[CT]) }));
		assert_eq!(budget(CT), (4_096, 0));
	});
}

#[test]
fn a_consumer_of_jobs_that_fail_is_given_no_more_than_its_budget() {
	build_and_execute(|| {
		set_budget(4_096);
		for permit in 0..4 {
			assert_ok!(ask(ANN, small()));
			assert_ok!(refuse(permit, refusal(&[CT])));
		}
		assert_noop!(ask(ANN, Job { output_cap: 1, ..small() }), Error::<Test>::BudgetSpent);
	});
}

#[test]
fn a_consumer_is_given_no_more_of_an_asset_than_its_budget() {
	build_and_execute(|| {
		set_budget(4_096);
		for _ in 0..4 {
			assert_ok!(ask(ANN, small()));
			assert_ok!(complete(crate::NextPermitId::<Test>::get() - 1, report(&[CT])));
		}
		assert_eq!(budget(CT), (4_096, 0));
		assert_noop!(ask(ANN, Job { output_cap: 1, ..small() }), Error::<Test>::BudgetSpent);
	});
}

#[test]
fn permits_that_are_open_at_once_do_not_exceed_the_budget_together() {
	build_and_execute(|| {
		set_budget(4_096);
		for _ in 0..4 {
			assert_ok!(ask(ANN, small()));
		}
		assert_noop!(ask(ANN, small()), Error::<Test>::BudgetSpent);
		assert_ok!(complete(0, Report { output_bytes: 1_023, ..report(&[CT]) }));
		assert_noop!(ask(ANN, Job { output_cap: 2, ..small() }), Error::<Test>::BudgetSpent);
		assert_ok!(ask(ANN, Job { output_cap: 1, ..small() }));
		assert_ok!(refuse(1, silent()));
		assert_ok!(ask(ANN, small()));
	});
}

#[test]
fn what_was_reserved_can_be_released_under_a_policy_that_is_tighter_since() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		set_budget(1);
		assert_ok!(complete(permit, report(&[CT])));
	});
}

#[test]
fn a_budget_is_one_for_each_consumer() {
	build_and_execute(|| {
		set_budget(1_024);
		assert_ok!(ask(ANN, small()));
		assert_noop!(ask(ANN, small()), Error::<Test>::BudgetSpent);
		assert_ok!(ask(BOB, small()));
	});
}
