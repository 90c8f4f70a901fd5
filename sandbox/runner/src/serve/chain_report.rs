//! From the runner's report to the one that the chain takes.

use crate::{JobReport, Refusal, Verdict};
use heirloom_sandbox_chain::{
	H256,
	report::{JobInput, Report, Verdict as Final},
};

/// What the chain takes of a report. What still awaits an owner is refused there: nothing of it leaves.
pub fn of(report: &JobReport) -> Report {
	let report = report.disclosed();
	let inputs = report.inputs.iter().map(|input| JobInput {
		asset: input.asset,
		commitment: H256(input.commitment),
		findings: input.findings,
		deidentified: input.deidentified,
	});
	Report {
		measurement: H256(report.measurement),
		code_hash: H256(report.code_hash),
		parameters_hash: H256(report.parameters_hash),
		inputs: inputs.collect(),
		output: H256(report.output),
		output_bytes: report.output_bytes,
		smallest_group: report.smallest_group,
		fuel: report.fuel,
		verdict: match report.verdict {
			Verdict::Released => Final::Released,
			Verdict::AwaitingOwner => Final::Refused { code: Refusal::OwnerRefused.number() },
			Verdict::Refused { code } => Final::Refused { code },
		},
	}
}

/// The report of a job that was never run.
pub fn not_run(
	record: &heirloom_sandbox_chain::types::PermitRecord,
	permit: u64,
	own: H256,
	why: Refusal,
) -> JobReport {
	JobReport {
		permit_id: permit,
		measurement: own.0,
		code_hash: record.code_hash.0,
		parameters_hash: record.parameters_hash.0,
		inputs: Vec::new(),
		output: [0; 32],
		output_bytes: 0,
		smallest_group: None,
		fuel: 0,
		verdict: Verdict::Refused { code: why.number() },
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn group_of(verdict: Verdict) -> Option<u32> {
		let report = JobReport {
			permit_id: 17,
			measurement: [1; 32],
			code_hash: [2; 32],
			parameters_hash: [3; 32],
			inputs: vec![],
			output: [4; 32],
			output_bytes: 0,
			smallest_group: Some(3),
			fuel: 1 << 20,
			verdict,
		};
		of(&report).smallest_group
	}

	#[test]
	fn group_of_what_stays_should_not_be_on_chain() {
		assert_eq!(group_of(Verdict::Released), Some(3));
		assert_eq!(group_of(Verdict::AwaitingOwner), None);
		assert_eq!(group_of(Verdict::Refused { code: 131 }), None);
	}
}
