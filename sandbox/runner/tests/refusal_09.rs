//! 9: a permit that is revoked or expires in the middle of a job.

mod common;

use common::{Guest, Place, job, refusal};
use heirloom_gate::Decision;
use heirloom_sandbox::{Cancel, JobOutcome, JobSpec, Limits, OperatorFault, Refusal, Stage, Stop, run_job};
use std::{
	thread,
	time::{Duration, Instant},
};

fn endless() -> JobSpec {
	let mut spec = job(Guest::new().log("it began").then("(loop $again (br $again))").module());
	spec.limits = Limits { fuel: u64::MAX, ..spec.limits };
	spec
}

/// Runs a job and stops it while it runs.
fn stopped(place: &Place, spec: &JobSpec, reason: Stop) -> Result<JobOutcome, OperatorFault> {
	let cancel = Cancel::new();
	run_job(spec, &place.workplace, &cancel, |stage| {
		if stage == Stage::Running {
			let cancel = cancel.clone();
			thread::spawn(move || {
				thread::sleep(Duration::from_millis(300));
				cancel.stop(reason);
			});
		}
	})
}

#[test]
fn revocation_should_stop_a_running_job() {
	let begun = Instant::now();
	let outcome = stopped(&Place::new(), &endless(), Stop::Revoked).unwrap();
	assert_eq!(refusal(&outcome), Refusal::PermitRevoked);
	assert!(outcome.log.is_none() && outcome.held.is_none());
	assert_eq!(outcome.report.output, [0; 32]);
	assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn expiry_should_stop_a_running_job() {
	let outcome = stopped(&Place::new(), &endless(), Stop::Expired).unwrap();
	assert_eq!(refusal(&outcome), Refusal::PermitExpired);
}

#[test]
fn shutdown_should_be_the_operator_s_and_no_verdict() {
	let fault = stopped(&Place::new(), &endless(), Stop::Shutdown).unwrap_err();
	assert!(matches!(fault, OperatorFault::Shutdown), "{fault}");
}

/// Runs a job whose permit is revoked when its output is about to be checked.
fn revoked_before_the_end(place: &Place, spec: &JobSpec) -> JobOutcome {
	let cancel = Cancel::new();
	let stop = |stage| {
		if stage == Stage::Checking {
			cancel.stop(Stop::Revoked);
		}
	};
	run_job(spec, &place.workplace, &cancel, stop).unwrap()
}

#[test]
fn revocation_before_the_end_should_release_nothing() {
	let place = Place::new();
	let mut spec = job(Guest::new().module());
	spec.inputs = vec![place.input("in", b"x")];
	spec.gate.release_budget = 4_096;
	let outcome = revoked_before_the_end(&place, &spec);
	assert_eq!(refusal(&outcome), Refusal::PermitRevoked);
	// What had been reserved by then is given back.
	spec.permit_id += 1;
	assert_eq!(place.run(&spec).refusal, None);
}

#[test]
fn revocation_before_the_end_should_hold_nothing() {
	let place = Place::new();
	let spec = job(Guest::new().emit("a.txt", &[b'x'; 5_000]).module());
	let pending = || place.workplace.quarantine().list(Decision::Pending).unwrap();
	let outcome = revoked_before_the_end(&place, &spec);
	assert_eq!(refusal(&outcome), Refusal::PermitRevoked);
	assert_eq!((outcome.held, pending()), (None, Vec::new()));
	// The same output waits for its owner where nothing stops the job.
	let held = place.run(&spec).held.unwrap();
	assert_eq!(pending(), [held]);
}

#[test]
fn refusals_by_decision_should_not_be_deterministic() {
	assert!(!Refusal::PermitRevoked.is_deterministic());
	assert!(!Refusal::PermitExpired.is_deterministic());
}
