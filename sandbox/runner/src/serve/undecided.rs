//! Held output of jobs that ended in another way.

use super::jobs::{Jobs, State};
use heirloom_gate::{self as gate, Decision, Quarantine};

/// Erases held output that no job waits for any more: the machine may have stopped before that was done. A job that runs
/// again keeps its output again.
pub(super) fn erase_undecided(quarantine: &Quarantine, jobs: &Jobs) -> Result<(), gate::Error> {
	let waits = |id: &str| {
		jobs.unsettled().iter().any(|(_, state)| match state {
			State::Ended(ended) => ended.held.as_deref() == Some(id),
			State::Taken | State::Settled { .. } => false,
		})
	};
	for decision in [Decision::Pending, Decision::Approved] {
		for id in quarantine.list(decision)?.into_iter().filter(|id| !waits(&id.to_string())) {
			quarantine.forget(id)?;
		}
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		JobReport, Verdict,
		serve::jobs::{Ended, Ending, Shown},
	};
	use heirloom_gate::{Bundle, EntryId, Release};
	use heirloom_sandbox_chain::H256;

	fn kept(quarantine: &Quarantine, job: u64) -> EntryId {
		// Of no outputs.
		let mut bundle = b"HLOUTv1\n\0\0\0\0\x80".to_vec();
		bundle.resize(4_096, 0);
		let bundle = Bundle::from_bytes(bundle).unwrap();
		quarantine.keep(job, [1; 32], &[], &Release { bundle, cells: Vec::new() }).unwrap()
	}

	fn waiting(permit: u64, held: EntryId) -> State {
		let report = JobReport {
			permit_id: permit,
			measurement: [1; 32],
			code_hash: [2; 32],
			parameters_hash: [3; 32],
			inputs: vec![],
			output: [4; 32],
			output_bytes: 0,
			smallest_group: None,
			fuel: 0,
			verdict: Verdict::AwaitingOwner,
		};
		let shown = Shown { success: true, seconds: 1, fuel: 0 };
		let held = Some(held.to_string());
		State::Ended(Box::new(Ended { report, opening: None, held, shown, report_after: 0 }))
	}

	#[test]
	fn held_output_should_be_erased_when_no_job_waits_for_it() {
		let home = tempfile::tempdir().unwrap();
		let quarantine = Quarantine::open(&home.path().join("quarantine")).unwrap();
		let [waits, settled, approved] = [17, 18, 19].map(|job| kept(&quarantine, job));
		quarantine.approve(approved).unwrap();
		let mut jobs = Jobs::open(home.path(), &H256([1; 32])).unwrap();
		jobs.set(17, waiting(17, waits)).unwrap();
		jobs.set(18, State::Settled { ending: Ending::Revoked }).unwrap();
		erase_undecided(&quarantine, &jobs).unwrap();
		let decisions = [waits, settled, approved].map(|id| quarantine.decision(id).unwrap());
		assert_eq!(decisions, [Some(Decision::Pending), None, None]);
	}
}
