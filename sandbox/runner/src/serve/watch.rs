//! What is to be done about a job that runs, or ran to an end, by what final state says of its permit.

use super::{
	jobs::{Ended, Ending},
	pace,
};
use crate::{Stop, Verdict};
use heirloom_sandbox_chain::{
	H256,
	types::{Moment, PermitRecord, PermitStatus},
};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
	/// Its owners are asked, and what they decided is looked for.
	AskOwners,
	/// Its report is brought to the chain.
	Report,
	/// Its time is over: it is refused.
	RefuseAsExpired,
	/// Its report is final: what it lets leave is handed out.
	HandOut(Ending),
	/// Its permit ended otherwise: nothing leaves.
	Drop(Ending),
}

/// What is to be done about a job at a final block of time `now`. `hash` is that of its report.
pub fn next(ended: &Ended, record: Option<&PermitRecord>, hash: &H256, now: Moment) -> Next {
	let Some(record) = record else { return Next::Drop(Ending::Otherwise) };
	let ours = record.report.is_some_and(|reported| reported.hash == *hash);
	match record.status {
		PermitStatus::Completed | PermitStatus::Consumed { .. } if ours => Next::HandOut(Ending::Completed),
		PermitStatus::Refused if ours => Next::HandOut(Ending::Refused),
		PermitStatus::Completed | PermitStatus::Consumed { .. } | PermitStatus::Refused => {
			Next::Drop(Ending::Otherwise)
		}
		PermitStatus::Revoked => Next::Drop(Ending::Revoked),
		PermitStatus::Expired => Next::Drop(Ending::Expired),
		PermitStatus::Requested | PermitStatus::Approved => {
			let refused = matches!(ended.report.verdict, Verdict::Refused { .. });
			match (&ended.held, now > record.expires_at) {
				(Some(_), _) => Next::AskOwners,
				// A late refusal is taken, a late completion is not.
				(None, true) if !refused => Next::RefuseAsExpired,
				(None, _) => Next::Report,
			}
		}
	}
}

/// Whether a job that runs is stopped at a final block of time `now`, and why.
pub fn stop(record: Option<&PermitRecord>, now: Moment) -> Option<Stop> {
	let Some(record) = record else { return Some(Stop::Revoked) };
	match record.status {
		PermitStatus::Approved => pace::is_too_late(now, record.expires_at).then_some(Stop::Expired),
		PermitStatus::Expired => Some(Stop::Expired),
		PermitStatus::Requested
		| PermitStatus::Completed
		| PermitStatus::Refused
		| PermitStatus::Revoked
		| PermitStatus::Consumed { .. } => Some(Stop::Revoked),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{JobReport, serve::jobs::Shown};
	use heirloom_sandbox_chain::{
		AccountId,
		types::{OutputLimits, Reported},
	};

	const HASH: H256 = H256([9; 32]);

	fn ended(verdict: Verdict, held: bool) -> Ended {
		let report = JobReport {
			permit_id: 17,
			measurement: [1; 32],
			code_hash: [2; 32],
			parameters_hash: [3; 32],
			inputs: vec![],
			output: [4; 32],
			output_bytes: 4_096,
			smallest_group: None,
			fuel: 1 << 20,
			verdict,
		};
		let shown = Shown { success: true, seconds: 1, fuel: 1 << 20 };
		Ended { report, opening: None, held: held.then(|| "ab".repeat(32)), shown, report_after: 0 }
	}

	fn record(status: PermitStatus, report: Option<H256>) -> PermitRecord {
		let limits = OutputLimits {
			smallest_group: 10,
			largest_output: 4_096,
			largest_model: 0,
			release_budget: 4_096,
		};
		PermitRecord {
			consumer: AccountId([1; 32]),
			operator: AccountId([2; 32]),
			uses: vec![],
			awaiting: vec![],
			code_hash: H256([2; 32]),
			parameters_hash: H256([3; 32]),
			output_cap: 4_096,
			limits,
			expires_at: 1_000,
			status,
			report: report.map(|hash| Reported { hash, result: hash, measurement: hash }),
			deidentified: vec![],
		}
	}

	fn released(status: PermitStatus, report: Option<H256>, now: Moment) -> Next {
		next(&ended(Verdict::Released, false), Some(&record(status, report)), &HASH, now)
	}

	#[test]
	fn output_should_be_handed_out_when_its_report_is_final() {
		for status in [PermitStatus::Completed, PermitStatus::Consumed { into: 3 }] {
			assert_eq!(released(status, Some(HASH), 0), Next::HandOut(Ending::Completed));
		}
	}

	#[test]
	fn output_should_stay_while_its_report_is_not_final() {
		assert_eq!(released(PermitStatus::Approved, None, 1_000), Next::Report);
	}

	#[test]
	fn refusal_08_output_should_stay_when_another_report_ended_the_permit() {
		for status in [PermitStatus::Completed, PermitStatus::Refused] {
			assert_eq!(released(status, Some(H256([8; 32])), 0), Next::Drop(Ending::Otherwise));
		}
		assert_eq!(next(&ended(Verdict::Released, false), None, &HASH, 0), Next::Drop(Ending::Otherwise));
	}

	#[test]
	fn refusal_09_output_should_stay_when_the_permit_was_revoked() {
		assert_eq!(released(PermitStatus::Revoked, None, 0), Next::Drop(Ending::Revoked));
	}

	#[test]
	fn refusal_09_output_should_stay_when_the_permit_expired() {
		assert_eq!(released(PermitStatus::Expired, None, 0), Next::Drop(Ending::Expired));
		assert_eq!(released(PermitStatus::Approved, None, 1_001), Next::RefuseAsExpired);
	}

	#[test]
	fn refusal_should_be_reported_late_as_well() {
		let refused = ended(Verdict::Refused { code: 41 }, false);
		let record = record(PermitStatus::Approved, None);
		assert_eq!(next(&refused, Some(&record), &HASH, 5_000), Next::Report);
	}

	#[test]
	fn owners_should_be_asked_about_held_output() {
		let record = record(PermitStatus::Approved, None);
		let held = ended(Verdict::AwaitingOwner, true);
		assert_eq!(next(&held, Some(&record), &HASH, 0), Next::AskOwners);
		let gated = ended(Verdict::Refused { code: 131 }, true);
		assert_eq!(next(&gated, Some(&record), &HASH, 0), Next::AskOwners);
	}

	#[test]
	fn job_should_be_stopped_when_its_permit_ends() {
		let at = |status, now| stop(Some(&PermitRecord { expires_at: 120_000, ..record(status, None) }), now);
		assert_eq!(at(PermitStatus::Approved, 0), None);
		assert_eq!(at(PermitStatus::Expired, 0), Some(Stop::Expired));
		for status in [PermitStatus::Revoked, PermitStatus::Completed, PermitStatus::Refused] {
			assert_eq!(at(status, 0), Some(Stop::Revoked));
		}
		assert_eq!(stop(None, 0), Some(Stop::Revoked));
	}

	#[test]
	fn job_should_be_stopped_a_minute_before_its_permit_expires() {
		let at = |now| {
			stop(Some(&PermitRecord { expires_at: 120_000, ..record(PermitStatus::Approved, None) }), now)
		};
		assert_eq!([59_999, 60_000, 120_001].map(at), [None, Some(Stop::Expired), Some(Stop::Expired)]);
	}
}
