//! Challenges that the chain named this operator to answer: the job is repeated, and what came of it is reported.

use super::{
	ServeError,
	agreement::Agreement,
	chain_report,
	daemon::{Daemon, Doubted},
	history,
};
use crate::{JobReport, Refusal, Verdict};
use heirloom_sandbox_chain::{
	At, read,
	types::{ChallengeStatus, Moment, PermitId, PermitRecord, Reported},
};
use tracing::{error, info, warn};

/// Lengths that a bundle can have are the powers of two from here on.
const SMALLEST_BUCKET: u64 = 4_096;

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
	/// This report.
	Report(Box<JobReport>),
	/// Nothing: this machine refused for a reason of its own, which says nothing about the other operator.
	NotComparable,
	/// Nothing: the gate here holds what the other operator released. Its owners may have allowed it, which only their
	/// signed decisions show, and those are not here; to say that the other one lied would be more than is known.
	OwnersMayHaveAllowed,
}

/// What a repetition says about what was reported.
///
/// A model leaves with its owners' approval only. Whether they gave it is nothing that a repetition can find; that the
/// output is the same is, and the commitment to it in the report says so.
///
/// Nor does a repetition know what the other operator released before, which may leave room for the outputs and not for
/// their log, or had their owners let outputs go that were held, with which no log leaves. The commitment is to the log in
/// either case; only the bytes differ. So a report of the same `outputs`, by their padded length, without the log is the
/// same. Of any other length it is not: the length is what is charged to the consumer's budget.
pub fn answer(repeated: JobReport, outputs: u64, reported: &Reported) -> Answer {
	let same = approved(&repeated).find(|report| chain_report::of(report).result_hash() == reported.result);
	match repeated.verdict {
		Verdict::Released => {
			let without_log = JobReport { output_bytes: outputs, ..repeated.clone() };
			let is_same = chain_report::of(&without_log).result_hash() == reported.result;
			Answer::Report(Box::new(if is_same { without_log } else { repeated }))
		}
		Verdict::AwaitingOwner => {
			// Where none is the same, any of them says so.
			let report = same.or_else(|| approved(&repeated).next()).unwrap_or(repeated);
			Answer::Report(Box::new(report))
		}
		Verdict::Refused { .. } if same.is_some() => Answer::OwnersMayHaveAllowed,
		Verdict::Refused { code } if !Refusal::is_deterministic_number(code) => Answer::NotComparable,
		Verdict::Refused { .. } => Answer::Report(Box::new(repeated)),
	}
}

/// The reports of a repeated job had its owners let its output leave, by the length of what leaves.
fn approved(repeated: &JobReport) -> impl Iterator<Item = JobReport> {
	let lengths = std::iter::successors(Some(SMALLEST_BUCKET), |length| length.checked_mul(2));
	lengths.map(|output_bytes| JobReport { verdict: Verdict::Released, output_bytes, ..repeated.clone() })
}

impl Daemon {
	/// Repeats jobs whose challenges, of these open ones, this operator is to answer, as long as there is room.
	pub(super) async fn take_challenges(
		&mut self,
		at: &At,
		open: Vec<PermitId>,
		now: Moment,
	) -> Result<(), ServeError> {
		self.forget_answered(&open);
		for permit in open {
			if !self.has_room() {
				break;
			}
			let challenge = read::challenge(at, permit).await.map_err(ServeError::Chain)?;
			let challenge = challenge.filter(|challenge| {
				challenge.status == ChallengeStatus::Open && now <= challenge.answer_until
			});
			let Some(answer_until) = challenge.map(|challenge| challenge.answer_until) else { continue };
			if !self.may_answer(permit, answer_until) {
				continue;
			}
			let record = read::permit(at, permit).await.map_err(ServeError::Chain)?;
			let Some((record, reported)) = record.and_then(|record| Some((record.clone(), record.report?)))
			else {
				continue;
			};
			if reported.measurement != self.own.measurement {
				// The chain named it before its runner was another.
				error!(permit, "the doubted report is another runner's; the challenge is not answered");
				self.declined.insert((permit, answer_until));
				continue;
			}
			let agreement = self.as_requested(at, permit, record).await.map_err(ServeError::Chain)?;
			info!(permit, "repeating a job whose report is doubted");
			self.begin_repetition(agreement, Doubted { permit, answer_until, reported });
		}
		Ok(())
	}

	/// A job with its owners and their approval as they were when its permit was requested: an asset that was sold since, or
	/// that has another policy, is still the one that the job ran on, and its owner of then had sealed it to this operator.
	/// As they are now, where the node does not know any more.
	async fn as_requested(
		&mut self,
		at: &At,
		permit: PermitId,
		record: PermitRecord,
	) -> anyhow::Result<Agreement> {
		match self.at_request(at, permit, record.clone()).await {
			Ok(agreement) => Ok(agreement),
			Err(error) => {
				let error = format!("{error:#}");
				warn!(
					permit,
					error, "the state of the request's block is not there; owners are read as of now"
				);
				Agreement::read(at, permit, record).await
			}
		}
	}

	async fn at_request(
		&mut self,
		at: &At,
		permit: PermitId,
		record: PermitRecord,
	) -> anyhow::Result<Agreement> {
		let then = match self.requested.get(&permit) {
			Some(block) => self.chain.at(*block).await?,
			None => history::at_request(&self.chain, at, permit).await?,
		};
		self.requested.insert(permit, then.block_hash());
		Agreement::read(&then, permit, record).await
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_sandbox_chain::H256;

	fn report(verdict: Verdict, output_bytes: u64) -> JobReport {
		JobReport {
			permit_id: 17,
			measurement: [1; 32],
			code_hash: [2; 32],
			parameters_hash: [3; 32],
			inputs: vec![],
			output: [4; 32],
			output_bytes,
			smallest_group: Some(10),
			fuel: 1 << 20,
			verdict,
		}
	}

	fn reported(report: &JobReport) -> Reported {
		let result = chain_report::of(report).result_hash();
		Reported { hash: H256([9; 32]), result, measurement: H256(report.measurement) }
	}

	#[test]
	fn released_output_should_be_answered_as_it_was_repeated() {
		let repeated = report(Verdict::Released, 4_096);
		let other = JobReport { output: [5; 32], ..repeated.clone() };
		for first in [&repeated, &other] {
			assert_eq!(
				answer(repeated.clone(), 4_096, &reported(first)),
				Answer::Report(Box::new(repeated.clone()))
			);
		}
	}

	#[test]
	fn release_should_be_the_same_when_only_its_log_was_withheld() {
		let repeated = report(Verdict::Released, 8_192 + 4_096);
		let first = JobReport { output_bytes: 8_192, ..repeated.clone() };
		assert_eq!(answer(repeated, 8_192, &reported(&first)), Answer::Report(Box::new(first.clone())));
	}

	#[test]
	fn release_should_be_another_when_its_length_is_neither_with_nor_without_its_log() {
		let repeated = report(Verdict::Released, 8_192 + 4_096);
		for output_bytes in [0, 4_096, 16_384] {
			let first = JobReport { output_bytes, ..repeated.clone() };
			let answered = answer(repeated.clone(), 8_192, &reported(&first));
			assert_eq!(answered, Answer::Report(Box::new(repeated.clone())));
		}
		let first = JobReport { output: [5; 32], output_bytes: 8_192, ..repeated.clone() };
		let answered = answer(repeated.clone(), 8_192, &reported(&first));
		assert_eq!(answered, Answer::Report(Box::new(repeated)));
	}

	#[test]
	fn model_that_left_with_approval_should_be_the_same() {
		let first = report(Verdict::Released, 16_384);
		let Answer::Report(answered) = answer(report(Verdict::AwaitingOwner, 0), 0, &reported(&first)) else {
			panic!("a model is answered");
		};
		assert_eq!(*answered, first);
	}

	#[test]
	fn other_model_should_be_another() {
		let first = JobReport { output: [5; 32], ..report(Verdict::Released, 16_384) };
		let Answer::Report(answered) = answer(report(Verdict::AwaitingOwner, 0), 0, &reported(&first)) else {
			panic!("a model is answered");
		};
		assert_eq!(answered.verdict, Verdict::Released);
		assert_ne!(chain_report::of(&answered).result_hash(), reported(&first).result);
	}

	#[test]
	fn nothing_should_be_answered_when_owners_may_have_allowed_it() {
		let first = report(Verdict::Released, 8_192);
		let held = report(Verdict::Refused { code: 131 }, 0);
		assert_eq!(answer(held, 0, &reported(&first)), Answer::OwnersMayHaveAllowed);
	}

	#[test]
	fn nothing_should_be_answered_when_this_machine_was_too_slow() {
		let first = report(Verdict::Released, 8_192);
		let late = JobReport { output: [0; 32], ..report(Verdict::Refused { code: 42 }, 0) };
		assert_eq!(answer(late, 0, &reported(&first)), Answer::NotComparable);
	}

	#[test]
	fn release_should_be_contradicted_when_the_job_fails_for_everyone() {
		let first = report(Verdict::Released, 8_192);
		let failed = JobReport { output: [0; 32], ..report(Verdict::Refused { code: 41 }, 0) };
		assert_eq!(answer(failed.clone(), 0, &reported(&first)), Answer::Report(Box::new(failed)));
	}
}
