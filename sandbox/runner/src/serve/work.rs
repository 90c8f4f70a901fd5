//! One attempt at a job, on a thread of its own.

use super::{
	agreement::Agreement,
	prepare::{Missing, Sources},
};
use crate::{Cancel, JobOutcome, OperatorFault, Stage, Workplace, repeat_job, run_job};
use heirloom_sandbox_chain::types::PermitId;
use std::sync::Arc;
use tracing::{info, info_span};

/// What came of an attempt.
#[derive(Debug)]
pub enum Attempt {
	/// A part is missing.
	Missing(Missing),
	/// This machine's own fault; the job can be tried again.
	Fault(OperatorFault),
	/// It ran, or was refused.
	Outcome(Box<JobOutcome>),
}

/// What jobs are run with.
#[derive(Clone, Debug)]
pub struct Bench {
	/// Where their parts are.
	pub sources: Arc<Sources>,
	/// Where they run.
	pub place: Arc<Workplace>,
}

impl Bench {
	/// Prepares a job and runs it; `started` is called in between. Blocks until it is over or cancelled.
	pub fn attempt(&self, agreement: &Agreement, cancel: &Cancel, started: impl FnOnce()) -> Attempt {
		let permit: PermitId = agreement.permit;
		let _span = info_span!("job", permit).entered();
		let spec = match self.sources.prepare(agreement) {
			Ok(spec) => spec,
			Err(missing) => return Attempt::Missing(missing),
		};
		started();
		match run_job(&spec, &self.place, cancel, told()) {
			Ok(outcome) => Attempt::Outcome(Box::new(outcome)),
			Err(fault) => Attempt::Fault(fault),
		}
	}

	/// Prepares another operator's job and repeats it: nothing is kept or released.
	pub fn repeat(&self, agreement: &Agreement, cancel: &Cancel) -> Attempt {
		let _span = info_span!("repetition", permit = agreement.permit).entered();
		let spec = match self.sources.prepare(agreement) {
			Ok(spec) => spec,
			Err(missing) => return Attempt::Missing(missing),
		};
		match repeat_job(&spec, &self.place, cancel, told()) {
			Ok(outcome) => Attempt::Outcome(Box::new(outcome)),
			Err(fault) => Attempt::Fault(fault),
		}
	}
}

/// Says how far a job is. Of a stage with a count only its beginning is worth a line.
fn told() -> impl FnMut(Stage) {
	let mut last = None;
	move |stage| {
		if last != Some(std::mem::discriminant(&stage)) {
			last = Some(std::mem::discriminant(&stage));
			tell(stage);
		}
	}
}

fn tell(stage: Stage) {
	match stage {
		Stage::Opening { asset } => info!(asset, "opening"),
		Stage::Cleaning { asset, .. } => info!(asset, "de-identifying"),
		Stage::Compiling => info!("compiling"),
		Stage::Running => info!("running"),
		Stage::Checking => info!("checking the output"),
	}
}
