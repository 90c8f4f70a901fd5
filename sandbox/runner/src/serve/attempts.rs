//! Jobs and reports on their way, and what comes of them.

use super::{
	ServeError,
	agreement::Agreement,
	challenges::{self, Answer},
	daemon::{Daemon, Doubted, Event, FAILED_AGAIN, MISSING_AGAIN},
	jobs::State,
	pace,
	prepare::Missing,
	settle::Reporter,
	work::Attempt,
};
use crate::{Cancel, JobReport, OperatorFault, Refusal, Stop};
use heirloom_gate::{Bundle, Reason};
use heirloom_sandbox_chain::{
	submit::{Included, SubmitError},
	types::{Moment, PermitId},
};
use std::time::Instant;
use tracing::{error, info, warn};

impl Daemon {
	/// Begins a job.
	pub(super) fn begin(&mut self, agreement: Agreement) {
		let permit = agreement.permit;
		let (cancel, bench, sender) = (Cancel::new(), self.bench.clone(), self.sender.clone());
		self.running.insert(permit, cancel.clone());
		tokio::task::spawn_blocking(move || {
			// The loop ends before this thread only when the program does.
			let tell = |event| drop(sender.send(event));
			let attempt = bench.attempt(&agreement, &cancel, || tell(Event::Started(permit)));
			tell(Event::Finished(permit, attempt));
		});
	}

	/// Whether a challenge, which ends at this moment, may be answered now.
	pub(super) fn may_answer(&self, permit: PermitId, until: Moment) -> bool {
		let free = !self.repeating.contains_key(&permit) && !self.declined.contains(&(permit, until));
		free && self.is_due(permit)
	}

	/// Forgets challenges that are not open any more.
	pub(super) fn forget_answered(&mut self, open: &[PermitId]) {
		self.declined.retain(|(permit, _)| open.contains(permit));
		self.requested.retain(|permit, _| open.contains(permit));
		for (permit, cancel) in &self.repeating {
			if !open.contains(permit) {
				cancel.stop(Stop::Revoked);
			}
		}
	}

	/// Begins to repeat another operator's job.
	pub(super) fn begin_repetition(&mut self, agreement: Agreement, doubted: Doubted) {
		let (cancel, bench, sender) = (Cancel::new(), self.bench.clone(), self.sender.clone());
		self.repeating.insert(doubted.permit, cancel.clone());
		tokio::task::spawn_blocking(move || {
			let attempt = bench.repeat(&agreement, &cancel);
			drop(sender.send(Event::Repeated(doubted, attempt)));
		});
	}

	fn reporter(&self) -> Reporter {
		Reporter::new(self.chain.clone(), self.keys.clone(), self.own.operator, self.turn.clone())
	}

	/// Brings a job's report to the chain.
	pub(super) fn report(&mut self, permit: PermitId, report: JobReport) {
		let (reporter, sender) = (self.reporter(), self.sender.clone());
		self.reporting.insert(permit);
		tokio::spawn(async move {
			let result = reporter.report(permit, &report).await;
			drop(sender.send(Event::Reported(permit, result)));
		});
	}

	pub(super) fn finished(&mut self, permit: PermitId, attempt: Attempt) -> Result<(), ServeError> {
		match attempt {
			Attempt::Missing(missing) => {
				self.wait_for(permit, missing);
				Ok(())
			}
			Attempt::Fault(fault) => {
				self.failed(permit, &fault);
				Ok(())
			}
			Attempt::Outcome(outcome) => {
				self.later.forget(permit);
				match outcome.refusal {
					Some(refusal) => warn!(permit, code = refusal.code(), why = %refusal, "refused"),
					None => info!(permit, verdict = ?outcome.report.verdict, "ran to its end"),
				}
				let report_after = self.jobs.end(permit, *outcome)?;
				self.look_again_at(report_after);
				Ok(())
			}
		}
	}

	pub(super) fn reported(
		&mut self,
		permit: PermitId,
		result: Result<Included, SubmitError>,
	) -> Result<(), ServeError> {
		let error = match result {
			Ok(included) => {
				info!(permit, block = included.block, "the report is final");
				return Ok(());
			}
			Err(error) => error,
		};
		warn!(permit, %error, "the report was not taken");
		self.later.put_off(permit, FAILED_AGAIN, Instant::now());
		let SubmitError::Failed { name, .. } = &error else { return Ok(()) };
		if let (Some(why), Some(State::Ended(mut ended))) = (refusal_of(name), self.jobs.state(permit)?) {
			self.later.forget(permit);
			ended.refuse(why);
			self.set_refused(permit, *ended)?;
		}
		Ok(())
	}

	/// What is missing is said once, and looked for again.
	fn wait_for(&mut self, permit: PermitId, missing: Missing) {
		self.later.put_off(permit, MISSING_AGAIN, Instant::now());
		if self.said.get(&permit) != Some(&missing) {
			warn!(permit, %missing, "the job waits");
			self.said.insert(permit, missing);
		}
	}

	/// A failure of this machine is said, and the job tried again.
	fn failed(&mut self, permit: PermitId, fault: &OperatorFault) {
		if !matches!(fault, OperatorFault::Shutdown) {
			error!(permit, code = fault.code(), %fault, "this machine could not run the job; it is tried again");
			self.later.put_off(permit, FAILED_AGAIN, Instant::now());
		}
	}

	pub(super) fn repeated(&mut self, doubted: &Doubted, attempt: Attempt) {
		let Doubted { permit, answer_until, reported } = *doubted;
		let outcome = match attempt {
			Attempt::Missing(missing) => return self.wait_for(permit, missing),
			Attempt::Fault(fault) => return self.failed(permit, &fault),
			Attempt::Outcome(outcome) => outcome,
		};
		let outputs = outcome.bundle.as_ref().map_or(0, Bundle::padded_len);
		let wait = pace::wait(outcome.took);
		match challenges::answer(outcome.report, outputs, &reported) {
			Answer::Report(report) => {
				let (reporter, sender) = (self.reporter(), self.sender.clone());
				self.reporting.insert(permit);
				tokio::spawn(async move {
					tokio::time::sleep(wait).await;
					let result = reporter.answer(permit, &report).await;
					drop(sender.send(Event::Reported(permit, result)));
				});
			}
			Answer::NotComparable => {
				error!(
					permit,
					"the repetition failed here for a reason of its own; the challenge is not answered"
				);
				self.declined.insert((permit, answer_until));
			}
			Answer::OwnersMayHaveAllowed => {
				error!(
					permit,
					"another operator released what the gate holds here; the curators must ask the owners"
				);
				self.declined.insert((permit, answer_until));
			}
		}
	}
}

/// The refusal that an error of the chain comes to, where trying again would meet the same.
fn refusal_of(error: &str) -> Option<Refusal> {
	match error {
		// What this operator's own policy let pass, and the permit does not.
		"SandboxAccess::OutputTooLarge" => Some(Refusal::Held(Reason::OutputTooLarge)),
		"SandboxAccess::GroupTooSmall" => Some(Refusal::Held(Reason::GroupTooSmall)),
		// An asset was taken off the list, or put into medical mode, after the job had read it.
		"Lineage::NotActive" | "SandboxAccess::OtherMode" => Some(Refusal::OtherInput),
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn job_should_be_refused_when_its_asset_was_delisted_or_became_medical_meanwhile() {
		for error in ["Lineage::NotActive", "SandboxAccess::OtherMode"] {
			assert_eq!(refusal_of(error), Some(Refusal::OtherInput), "{error}");
		}
	}

	#[test]
	fn job_should_not_be_refused_when_the_chain_may_take_its_report_later() {
		for error in
			["SandboxAccess::OperatorNotAdmitted", "SandboxAccess::OperatorCannotReceive", "dispatch"]
		{
			assert_eq!(refusal_of(error), None, "{error}");
		}
	}
}
