//! Permits that are not to be tried before a time.
//!
//! What is missing may never come, and what the chain does not take costs a fee each time: after each try that came to
//! nothing, a permit waits twice as long as before.

use heirloom_sandbox_chain::types::PermitId;
use std::{
	collections::BTreeMap,
	time::{Duration, Instant},
};

/// The longest pause.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// When permits may be tried again.
#[derive(Debug, Default)]
pub struct Later(BTreeMap<PermitId, Waiting>);

#[derive(Debug)]
struct Waiting {
	/// When it was last tried.
	since: Instant,
	/// How long it waits from then on.
	pause: Duration,
}

impl Later {
	/// Whether a permit may be tried.
	pub fn is_due(&self, permit: PermitId, now: Instant) -> bool {
		self.0.get(&permit).is_none_or(|waiting| waiting.since + waiting.pause <= now)
	}

	/// A try came to nothing: the permit waits for `first`, or for twice its last pause where that is longer.
	pub fn put_off(&mut self, permit: PermitId, first: Duration, now: Instant) {
		let last = self.0.get(&permit).map_or(Duration::ZERO, |waiting| waiting.pause);
		let pause = last.saturating_mul(2).min(LONGEST).max(first);
		self.0.insert(permit, Waiting { since: now, pause });
	}

	/// Forgets a permit's pause: a step of it went well, or it has ended.
	pub fn forget(&mut self, permit: PermitId) {
		self.0.remove(&permit);
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const FIRST: Duration = Duration::from_secs(5);

	#[test]
	fn pause_should_double_with_each_try_up_to_the_longest() {
		let (mut later, mut now) = (Later::default(), Instant::now());
		assert!(later.is_due(17, now));
		for seconds in [5, 10, 20, 40, 80, 160, 320, 600, 600] {
			later.put_off(17, FIRST, now);
			let again = now + Duration::from_secs(seconds);
			assert!(!later.is_due(17, again - Duration::from_millis(1)), "before {seconds} s");
			assert!(later.is_due(17, again), "after {seconds} s");
			assert!(later.is_due(18, now), "another permit does not wait");
			now = again;
		}
	}

	#[test]
	fn pause_should_begin_anew_when_a_step_went_well() {
		let (mut later, now) = (Later::default(), Instant::now());
		later.put_off(17, FIRST, now);
		later.put_off(17, FIRST, now);
		later.forget(17);
		assert!(later.is_due(17, now));
		later.put_off(17, FIRST, now);
		assert!(later.is_due(17, now + FIRST));
	}
}
