//! What of a job's output leaves: the gate, the ledger, the quarantine.
//!
//! | a job | outputs | log |
//! |---|---|---|
//! | succeeded, the gate lets its outputs leave | leave | leaves with them, if the gate lets it |
//! | succeeded, a model among them | wait for the owner | stays |
//! | succeeded, the gate holds them | wait for the owner, or are thrown away where they are larger than the permit's cap | stays |
//! | failed by itself | are thrown away | leaves, if the gate lets it: it is what its author mends it by |
//!
//! Log and outputs are charged to the same caps and the same budget, as one reservation.

use crate::{
	JobSpec, OperatorFault, Refusal, Workplace, commitment, inputs::Inputs, jobfile::PartReader,
	run::Interrupted, worker::Ended,
};
use heirloom_gate::{
	Bundle, Cell, EntryId, Error, Gate, Kind, MANIFEST, Manifest, Output, Policy, Reason, Release, Reserved,
	Standing, Verdict,
};
use std::io::{self, BufReader, Read};

/// Whether a job changes the operator's books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
	/// What leaves is reserved, what is held is kept.
	Books,
	/// It is repeated to compare.
	Nothing,
}

impl Keeping {
	/// Gives back what was reserved for a job that is not released after all.
	pub fn give_back(self, place: &Workplace, job: u64) -> Result<(), OperatorFault> {
		match self {
			Self::Nothing => Ok(()),
			Self::Books => match place.abandon(job) {
				// Nothing was reserved; or it was handed out before, by a run whose report was final.
				Ok(()) | Err(OperatorFault::Gate(Error::NotReserved)) => Ok(()),
				Err(error) => Err(error),
			},
		}
	}
}

/// What is decided about a job that ran to an end.
#[derive(Debug, Default)]
pub struct Decision {
	/// Why nothing but perhaps its log leaves.
	pub refusal: Option<Refusal>,
	/// Whether only its owner's approval is missing.
	pub awaits_owner: bool,
	/// Its outputs as they leave, or would.
	pub outputs: Option<Bundle>,
	/// Whether they leave.
	pub outputs_leave: bool,
	/// Its log as it leaves, or would; none where it has none.
	pub log: Option<Bundle>,
	/// Whether it leaves.
	pub log_leaves: bool,
	/// What holds the outputs.
	pub reasons: Vec<Reason>,
	/// What holds the log.
	pub log_reasons: Vec<Reason>,
	/// The fewest people that a number in the outputs stands for, at most the policy's smallest group.
	pub smallest_group: Option<u32>,
	/// What is kept for the owner.
	pub held: Option<EntryId>,
}

impl Decision {
	/// Bytes that leave.
	pub fn released_bytes(&self) -> u64 {
		let outputs = self.outputs.as_ref().filter(|_| self.outputs_leave);
		let log = self.log.as_ref().filter(|_| self.log_leaves);
		outputs.into_iter().chain(log).map(Bundle::padded_len).sum()
	}
}

/// Decides about a job that ran to an end.
pub fn decide(
	spec: &JobSpec,
	place: &Workplace,
	keeping: Keeping,
	inputs: &Inputs,
	ended: Ended,
) -> Result<Decision, Interrupted> {
	let standing = match keeping {
		Keeping::Books => place.standing(&spec.charge()),
		Keeping::Nothing => Standing::default(),
	};
	let job = Job { spec, place, keeping, inputs, standing };
	let Ended { refusal, outputs, log, .. } = ended;
	if refusal == 0 {
		job.succeeded(outputs, &log)
	} else {
		let refusal = Refusal::of_number(refusal).ok_or(OperatorFault::WorkerUnintelligible)?;
		job.failed(refusal, &log)
	}
}

struct Job<'a> {
	spec: &'a JobSpec,
	place: &'a Workplace,
	keeping: Keeping,
	inputs: &'a Inputs,
	standing: Standing,
}

impl Job<'_> {
	fn succeeded(&self, outputs: Vec<(String, Vec<u8>)>, log: &[u8]) -> Result<Decision, Interrupted> {
		let declared = declared_records(&outputs);
		let outputs: Vec<_> = outputs.into_iter().map(|(name, bytes)| Output { name, bytes }).collect();
		let policy = self.policy(0);
		let verdict = self.gate(&policy)?.check(outputs, self.files())?;
		let mut decision = Decision::default();
		let release = match verdict {
			Verdict::Released(release) => {
				decision.outputs_leave = true;
				release
			}
			Verdict::AwaitingOwner(release) => {
				decision.awaits_owner = true;
				release
			}
			Verdict::Held { reasons, kept } => {
				decision.refusal = reasons.first().copied().map(Refusal::Held);
				decision.reasons = reasons;
				kept
			}
		};
		decision.smallest_group = smallest_group(&release.cells, declared, policy.smallest_group);
		self.judge_log(&mut decision, log, release.bundle.padded_len())?;
		decision.log_leaves &= decision.outputs_leave;
		if decision.outputs_leave {
			let leaving = decision.log.as_ref().filter(|_| decision.log_leaves);
			if let Err(reason) = self.reserve(Some(&release), leaving)? {
				decision.outputs_leave = false;
				decision.log_leaves = false;
				decision.refusal = Some(Refusal::Held(reason));
				decision.reasons = vec![reason];
			}
		}
		if !decision.outputs_leave && self.keeping == Keeping::Books && self.could_leave(&release.bundle) {
			self.place.ensure_room(room(self.spec.inputs.len(), &release.bundle))?;
			let (job, reasons) = (self.spec.permit_id, &decision.reasons);
			let blinding = commitment::blinding(&self.inputs.keys, job);
			decision.held = Some(self.place.quarantine().keep(job, blinding, reasons, &release)?);
		}
		decision.outputs = Some(release.bundle);
		Ok(decision)
	}

	/// Whether owners could let outputs leave that the gate holds. The chain takes no report of more than the permit's cap,
	/// whoever approves, and what nobody can decide about is not kept: it would fill the disk for nothing.
	fn could_leave(&self, outputs: &Bundle) -> bool {
		outputs.padded_len() <= self.spec.gate.output_cap
	}

	fn failed(&self, refusal: Refusal, log: &[u8]) -> Result<Decision, Interrupted> {
		let mut decision = Decision { refusal: Some(refusal), ..Decision::default() };
		self.judge_log(&mut decision, log, 0)?;
		if decision.log_leaves
			&& let Err(reason) = self.reserve(None, decision.log.as_ref())?
		{
			decision.log_leaves = false;
			decision.log_reasons = vec![reason];
		}
		Ok(decision)
	}

	/// Puts the log through the gate, with what the outputs leave of caps and budget.
	fn judge_log(&self, decision: &mut Decision, log: &[u8], outputs: u64) -> Result<(), Interrupted> {
		if log.is_empty() {
			return Ok(());
		}
		let policy = self.policy(outputs);
		let (bundle, reasons) = match self.gate(&policy)?.check_text(log, self.files())? {
			Verdict::Released(release) => (release.bundle, Vec::new()),
			// A log is never declared as a model.
			Verdict::AwaitingOwner(release) => (release.bundle, Vec::new()),
			Verdict::Held { reasons, kept } => (kept.bundle, reasons),
		};
		decision.log_leaves = reasons.is_empty();
		decision.log_reasons = reasons;
		decision.log = Some(bundle);
		Ok(())
	}

	/// The gate's policy for what leaves beside `others` bytes.
	fn policy(&self, others: u64) -> Policy {
		let released = self.standing.released_bytes.saturating_add(others);
		let mut policy = self.spec.gate.policy(self.inputs.bytes, released);
		policy.permit_cap = policy.permit_cap.saturating_sub(others);
		policy
	}

	fn gate<'p>(&'p self, policy: &'p Policy) -> Result<Gate<'p>, Refusal> {
		Gate::new(policy, &self.standing.cells, &self.inputs.identifiers).map_err(Refusal::Held)
	}

	/// Every file that the job saw.
	fn files(&self) -> impl Iterator<Item = io::Result<impl Read>> {
		let inputs = self.inputs;
		inputs.files.iter().map(|file| Ok(BufReader::new(PartReader::new(&inputs.file, file.at, file.len))))
	}

	/// Reserves what leaves. Another job's output may have been reserved since the gate looked.
	fn reserve(
		&self,
		outputs: Option<&Release>,
		log: Option<&Bundle>,
	) -> Result<Result<Reserved, Reason>, OperatorFault> {
		if self.keeping == Keeping::Nothing {
			return Ok(Ok(Reserved::New));
		}
		match self.place.reserve(&self.spec.charge(), outputs, log) {
			Ok(reserved) => Ok(Ok(reserved)),
			Err(OperatorFault::Gate(Error::Overtaken(reason))) => Ok(Err(reason)),
			Err(error) => Err(error),
		}
	}
}

/// Bytes of disk that holding outputs takes: they are kept once, and handed to the owner of each of so many assets. What is
/// said of them to an owner is padded with them, to the next power of two.
pub fn room(assets: usize, outputs: &Bundle) -> u64 {
	(assets as u64).saturating_mul(2).saturating_add(1).saturating_mul(outputs.padded_len())
}

/// Of how many records the job says its metrics are.
fn declared_records(outputs: &[(String, Vec<u8>)]) -> Option<u64> {
	let (_, bytes) = outputs.iter().find(|(name, _)| name == MANIFEST)?;
	let manifest = Manifest::parse(bytes).ok()?;
	let records = manifest.outputs.iter().filter_map(|declared| match declared.kind {
		Kind::Metrics { records } => Some(records),
		Kind::Table { .. } | Kind::Model {} => None,
	});
	records.min()
}

/// The fewest people that a number stands for, in tables and metrics; where they are enough, the `agreed` figure of the
/// policy. The job chooses its counts, so that an exact one on chain would carry out what the job likes.
fn smallest_group(cells: &[Cell], declared: Option<u64>, agreed: u64) -> Option<u32> {
	let counts = cells.iter().map(|cell| cell.count);
	counts.chain(declared).min().map(|count| u32::try_from(count.min(agreed)).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
	use super::*;

	/// The smallest group of outputs with these counts and records, where 10 are agreed.
	fn smallest(counts: &[u64], declared: Option<u64>) -> Option<u32> {
		let cells: Vec<_> =
			counts.iter().map(|&count| Cell { counted: 0, keys: Vec::new(), count }).collect();
		smallest_group(&cells, declared, 10)
	}

	#[test]
	fn smallest_group_should_say_only_that_the_policy_was_kept() {
		for count in [10, 11, 412, u64::MAX] {
			assert_eq!(smallest(&[count, u64::MAX], None), Some(10));
			assert_eq!(smallest(&[], Some(count)), Some(10));
		}
		assert_eq!(smallest(&[], None), None);
	}

	#[test]
	fn smallest_group_should_be_below_the_policy_s_when_a_number_is() {
		assert_eq!(smallest(&[412, 3], Some(20)), Some(3));
		assert_eq!(smallest(&[412], Some(9)), Some(9));
	}
}
