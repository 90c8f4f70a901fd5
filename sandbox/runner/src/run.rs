//! One job, from its permit to its report.

use crate::{
	Cancel, Findings, JobOutcome, JobReport, JobSpec, OperatorFault, Private, Refusal, Stage, Stop, Verdict,
	Walls, Workplace,
	commitment::JobCommitment,
	compile,
	inputs::{self, Inputs},
	jobfile::{self, Head},
	process::{Finished, Loss, work},
	release::{self, Keeping},
	worker::{self, Ended, Frame},
};
use heirloom_gate::bucketed;
use sha2::{Digest, Sha256};
use sp_crypto_hashing::blake2_256;
use std::time::{Duration, Instant};

/// Begins what a job's random source is seeded from.
const SEED: &[u8] = b"heirloom-sandbox random/1";
/// Bytes that a worker may return beside outputs: its log, names and lengths.
const RESULT_BYTES: u64 = 1 << 20;

/// Why a job is not worked through to its end.
#[derive(Debug)]
pub enum Interrupted {
	/// It is refused.
	Refused(Refusal),
	/// The operator's machine fails.
	Fault(OperatorFault),
}

impl From<Refusal> for Interrupted {
	fn from(refusal: Refusal) -> Self {
		Self::Refused(refusal)
	}
}

impl From<OperatorFault> for Interrupted {
	fn from(fault: OperatorFault) -> Self {
		Self::Fault(fault)
	}
}

impl From<heirloom_gate::Error> for Interrupted {
	fn from(error: heirloom_gate::Error) -> Self {
		Self::Fault(error.into())
	}
}

impl From<Stop> for Interrupted {
	fn from(stop: Stop) -> Self {
		match stop {
			Stop::Revoked => Self::Refused(Refusal::PermitRevoked),
			Stop::Expired => Self::Refused(Refusal::PermitExpired),
			Stop::Shutdown => Self::Fault(OperatorFault::Shutdown),
		}
	}
}

/// Runs a job. What leaves is reserved in the place's ledger, what is held is in its quarantine; the caller hands out
/// [`JobOutcome::bundle`] once its report is final, and then calls [`Workplace::commit`].
///
/// Running a job again that was run before, also after a crash, gives the same outcome and is charged once.
///
/// # Errors
/// An [`OperatorFault`], after which the job can be run again. A refusal is an outcome.
pub fn run_job(
	spec: &JobSpec,
	place: &Workplace,
	cancel: &Cancel,
	mut progress: impl FnMut(Stage),
) -> Result<JobOutcome, OperatorFault> {
	Run::new(spec, place, cancel, Keeping::Books).outcome(&mut progress)
}

/// Repeats another operator's job, to compare: nothing is charged, released, or kept.
///
/// # Errors
/// As [`run_job`].
pub fn repeat_job(
	spec: &JobSpec,
	place: &Workplace,
	cancel: &Cancel,
	mut progress: impl FnMut(Stage),
) -> Result<JobOutcome, OperatorFault> {
	Run::new(spec, place, cancel, Keeping::Nothing).outcome(&mut progress)
}

/// A job under way.
struct Run<'a> {
	spec: &'a JobSpec,
	place: &'a Workplace,
	cancel: &'a Cancel,
	keeping: Keeping,
	findings: Findings,
	walls: Option<Walls>,
	private: Private,
	begun: Instant,
	took: Duration,
}

impl<'a> Run<'a> {
	fn new(spec: &'a JobSpec, place: &'a Workplace, cancel: &'a Cancel, keeping: Keeping) -> Self {
		Self {
			spec,
			place,
			cancel,
			keeping,
			findings: Findings::default(),
			walls: None,
			private: Private::default(),
			begun: Instant::now(),
			took: Duration::ZERO,
		}
	}

	fn outcome(mut self, progress: &mut dyn FnMut(Stage)) -> Result<JobOutcome, OperatorFault> {
		match self.released(progress) {
			Ok(released) => Ok(self.ran(released)),
			Err(Interrupted::Refused(refusal)) => Ok(self.refused(refusal)),
			Err(Interrupted::Fault(fault)) => Err(fault),
		}
	}

	fn released(&mut self, progress: &mut dyn FnMut(Stage)) -> Result<Released, Interrupted> {
		self.agreed()?;
		let inputs = inputs::open(self.spec, self.place, &mut self.findings, self.cancel, progress)?;
		self.private.input_bytes = inputs.bytes;
		let native = compile::native(self.spec, self.place, self.cancel, progress)?;
		progress(Stage::Running);
		let ended = self.run(&inputs, &native)?;
		self.private.fuel = ended.fuel;
		progress(Stage::Checking);
		let Ended { refusal, exit, fuel, .. } = ended;
		let commitment = JobCommitment::new(&inputs.keys, self.spec.permit_id, refusal, exit, fuel);
		let succeeded = ended.refusal == 0;
		let decision = release::decide(self.spec, self.place, self.keeping, &inputs, ended)?;
		// Looked at last: what a revocation comes before is not released.
		if let Some(stop) = self.cancel.stopped() {
			self.keeping.give_back(self.place, self.spec.permit_id)?;
			if let Some(entry) = decision.held {
				// Nobody is asked about it, so nothing else would erase it before the next start.
				self.place.quarantine().forget(entry)?;
			}
			return Err(stop.into());
		}
		let opening = commitment.opening(decision.log.as_ref(), decision.log_leaves);
		Ok(Released { decision, opening, succeeded })
	}

	/// Code and parameters are those that the permit names.
	fn agreed(&self) -> Result<(), Refusal> {
		if blake2_256(&self.spec.code) != self.spec.code_hash {
			return Err(Refusal::OtherCode);
		}
		if blake2_256(&self.spec.parameters) != self.spec.parameters_hash {
			return Err(Refusal::OtherParameters);
		}
		Ok(())
	}

	/// Runs the job in its worker.
	fn run(&mut self, inputs: &Inputs, native: &[u8]) -> Result<Ended, Interrupted> {
		let limits = &self.spec.limits;
		let head = Head {
			require_walls: self.place.setting().require_walls,
			seed: self.seed(),
			fuel: limits.fuel,
			memory_bytes: limits.memory_bytes,
			table_elements: limits.table_elements,
			output_bytes: limits.output_bytes,
			seconds: limits.seconds,
			parameters: self.spec.parameters.clone(),
			module_at: inputs.bytes,
			module_len: native.len() as u64,
			files: inputs.files.clone(),
		};
		jobfile::complete(&inputs.file, native, &head).map_err(OperatorFault::PlaceUnusable)?;
		let most = limits.output_bytes.saturating_add(RESULT_BYTES);
		let begun = Instant::now();
		let finished = work(self.place, worker::RUN, &inputs.file, limits.wall_clock(), most, self.cancel)?;
		self.took = begun.elapsed();
		match finished {
			Finished::Frames(frames) => self.result(frames),
			Finished::Late | Finished::Lost(Loss::Time) => Err(Refusal::TimeSpent.into()),
			Finished::Lost(Loss::Forbidden) => Err(Refusal::ForbiddenCall.into()),
			Finished::Stopped(stop) => Err(stop.into()),
			Finished::Lost(loss) => Err(OperatorFault::WorkerLost(loss.to_string()).into()),
		}
	}

	fn result(&mut self, frames: Vec<Frame>) -> Result<Ended, Interrupted> {
		let mut frames = frames.into_iter();
		match (frames.next(), frames.next(), frames.next()) {
			(Some(Frame::Walls(walls)), Some(Frame::Ended(ended)), None) => {
				self.walls = Some(Walls { in_memory: self.place.is_in_memory()?, ..walls });
				Ok(ended)
			}
			(Some(Frame::Walls(_)), Some(Frame::Failed), None) => Err(OperatorFault::MachineFailed.into()),
			(Some(Frame::Missing(wall)), None, _) => Err(OperatorFault::WallMissing(wall).into()),
			(Some(Frame::Unusable), None, _) => {
				// A compiled module that cannot be loaded is made anew the next time.
				let modules = self.place.modules();
				modules.forget(&self.spec.code_hash).map_err(OperatorFault::PlaceUnusable)?;
				Err(OperatorFault::WorkerUnintelligible.into())
			}
			_ => Err(OperatorFault::WorkerUnintelligible.into()),
		}
	}

	/// The same for whoever repeats the job, and no secret.
	fn seed(&self) -> [u8; 32] {
		let spec = self.spec;
		let seed = Sha256::new().chain_update(SEED).chain_update(spec.permit_id.to_be_bytes());
		seed.chain_update(spec.code_hash).chain_update(spec.parameters_hash).finalize().into()
	}

	fn report(&self, verdict: Verdict) -> JobReport {
		JobReport {
			permit_id: self.spec.permit_id,
			measurement: self.place.measurement(),
			code_hash: self.spec.code_hash,
			parameters_hash: self.spec.parameters_hash,
			inputs: self.findings.reports.clone(),
			output: [0; 32],
			output_bytes: 0,
			smallest_group: None,
			fuel: 0,
			verdict,
		}
	}

	fn finish(mut self, report: JobReport, refusal: Option<Refusal>, succeeded: bool) -> JobOutcome {
		self.private.milliseconds = u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX);
		self.private.cleaned = std::mem::take(&mut self.findings.cleaned);
		// Which code it failed with is not shown, so any will do.
		let shown = bucketed(succeeded.then_some(0), self.private.milliseconds, self.private.fuel);
		JobOutcome {
			report,
			refusal,
			reasons: Vec::new(),
			bundle: None,
			log: None,
			log_reasons: Vec::new(),
			opening: None,
			held: None,
			shown,
			private: self.private,
			walls: self.walls,
			took: self.begun.elapsed(),
		}
	}

	/// A job that did not run to an end.
	fn refused(self, refusal: Refusal) -> JobOutcome {
		let report = self.report(Verdict::Refused { code: refusal.number() });
		self.finish(report, Some(refusal), false)
	}

	/// A job that ran to an end.
	fn ran(self, released: Released) -> JobOutcome {
		let Released { decision, opening, succeeded } = released;
		let (refusal, verdict) = match decision.refusal {
			Some(refusal) => (Some(refusal), Verdict::Refused { code: refusal.number() }),
			None if decision.awaits_owner => (None, Verdict::AwaitingOwner),
			None => (None, Verdict::Released),
		};
		let mut report = self.report(verdict);
		report.output = opening.commitment(decision.outputs.as_ref());
		report.output_bytes = decision.released_bytes();
		report.smallest_group = decision.smallest_group;
		report.fuel = bucketed(None, 0, self.private.fuel).fuel;
		let mut outcome = self.finish(report, refusal, succeeded);
		outcome.opening = Some(opening);
		outcome.held = decision.held;
		outcome.reasons = decision.reasons;
		outcome.log_reasons = decision.log_reasons;
		outcome.bundle = decision.outputs.filter(|_| decision.outputs_leave);
		outcome.log = decision.log.filter(|_| decision.log_leaves);
		outcome
	}
}

/// A job that ran to an end, and what is decided about it.
struct Released {
	decision: release::Decision,
	opening: crate::Opening,
	succeeded: bool,
}
