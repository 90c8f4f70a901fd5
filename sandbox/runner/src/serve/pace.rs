//! When a report may go out: a job chooses how long it takes, and everyone sees when its report comes.
//!
//! So a report waits until a step of the clock after its job was begun: 8 seconds, 16, 32 and so on, doubling. How many
//! steps there are is bounded by the wall clock of a job; a job of an hour at most has ten, a little above three bits.
//!
//! A step is cut a minute before the permit expires, and a job that still runs then is stopped: the expiry, which the consumer
//! chooses, adds one time to the ten. The check of what a job wrote is not interrupted, so a job that writes a lot right before
//! that minute is refused some blocks into it, by how much it wrote.

use heirloom_sandbox_chain::types::Moment;
use std::time::{Duration, SystemTime};

/// The first step.
const FIRST: Duration = Duration::from_secs(8);
/// Before a permit's expiry, in milliseconds: no job runs and no report waits longer, since a late report is of no use to its
/// consumer. Ten blocks, so that it is final in time.
const MARGIN: Moment = 60 * 1_000;

/// The step that a job which took so long waits for, from its beginning on.
pub fn step(took: Duration) -> Duration {
	let mut step = FIRST;
	while step < took {
		step = step.saturating_mul(2);
	}
	step
}

/// How long a job that has just ended after so long still waits.
pub fn wait(took: Duration) -> Duration {
	step(took).saturating_sub(took)
}

/// The time of this machine, in milliseconds since the Unix epoch.
pub fn now() -> Moment {
	let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
	milliseconds(since)
}

/// A duration in milliseconds.
pub fn milliseconds(duration: Duration) -> Moment {
	Moment::try_from(duration.as_millis()).unwrap_or(Moment::MAX)
}

/// Whether it is too late for a job to run and for a report to wait, at a block of time `now` and of a permit that expires at
/// `expires_at`.
pub fn is_too_late(now: Moment, expires_at: Moment) -> bool {
	now.saturating_add(MARGIN) >= expires_at
}

/// Whether a report that does not go out now comes too late, at a block of time `now` and of a permit that expires at
/// `expires_at`.
pub fn is_pressing(now: Moment, expires_at: Moment) -> bool {
	is_too_late(now, expires_at) && now <= expires_at
}

/// Whether a report that waits until `after` (of this machine's clock, which says `here`) may go out, at a block of time
/// `now` and of a permit that expires at `expires_at`.
pub fn may_report(after: Moment, here: Moment, now: Moment, expires_at: Moment) -> bool {
	here >= after || is_too_late(now, expires_at)
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeSet;

	const MINUTE: Moment = 60 * 1_000;

	#[test]
	fn refusal_02_durations_of_jobs_should_come_to_a_few_steps() {
		let steps: BTreeSet<_> =
			(0..=36_000).map(|tenths| step(Duration::from_millis(100 * tenths))).collect();
		assert_eq!(steps.len(), 10);
		assert!(steps.iter().all(|step| step.as_secs().is_power_of_two() && step.as_secs() >= 8));
	}

	#[test]
	fn refusal_02_jobs_of_one_step_should_report_at_the_same_time() {
		for took in [0, 1, 4_999, 7_999, 8_000].map(Duration::from_millis) {
			assert_eq!(took + wait(took), FIRST);
		}
		let took = Duration::from_millis(8_001);
		assert_eq!(took + wait(took), 2 * FIRST);
	}

	#[test]
	fn report_should_wait_for_its_step() {
		let expires_at = 100 * MARGIN;
		assert!(!may_report(1_000, 999, 0, expires_at));
		assert!(may_report(1_000, 1_000, 0, expires_at));
	}

	#[test]
	fn refusal_02_report_should_wait_for_its_step_when_its_permit_is_short() {
		for lifetime in [2, 9] {
			assert!(!may_report(16_000, 15_999, 0, lifetime * MINUTE));
			assert!(may_report(16_000, 16_000, 0, lifetime * MINUTE));
		}
	}

	#[test]
	fn refusal_02_step_should_be_cut_when_jobs_are_stopped() {
		let expires_at = 9 * MINUTE;
		for now in [0, MINUTE, 8 * MINUTE - 1, 8 * MINUTE, 9 * MINUTE] {
			assert_eq!(may_report(Moment::MAX, 0, now, expires_at), is_too_late(now, expires_at));
			assert_eq!(is_too_late(now, expires_at), now >= 8 * MINUTE);
		}
	}

	#[test]
	fn report_should_be_pressing_in_the_last_minute_of_its_permit() {
		let expires_at = 9 * MINUTE;
		let at = [8 * MINUTE - 1, 8 * MINUTE, 9 * MINUTE, 9 * MINUTE + 1];
		assert_eq!(at.map(|now| is_pressing(now, expires_at)), [false, true, true, false]);
	}

	#[test]
	fn report_should_not_wait_until_its_permit_has_expired() {
		assert!(may_report(Moment::MAX, 0, 99 * MARGIN, 100 * MARGIN));
		assert!(!may_report(Moment::MAX, 0, 98 * MARGIN, 100 * MARGIN));
	}
}
