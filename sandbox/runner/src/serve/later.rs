//! Permits that are not to be tried before a time, and whose turn it is.
//!
//! What is missing may never come, and what the chain does not take costs a fee each time: after each try that came to
//! nothing, a permit waits twice as long as before. While its parts are looked for it has the place of a job, for minutes
//! where a Kubo node asks others for ciphertext that nobody has. So the next to be tried is the one that was tried longest
//! ago: permits that can never run do not keep the others out.

use heirloom_sandbox_chain::types::PermitId;
use std::{
	collections::{BTreeMap, BTreeSet},
	time::{Duration, Instant},
};

/// The longest pause.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// When permits may be tried again.
#[derive(Debug, Default)]
pub struct Later(BTreeMap<PermitId, Waiting>);

#[derive(Debug)]
struct Waiting {
	/// When it was last tried; first seen, where it was not.
	since: Instant,
	/// How long it waits from then on.
	pause: Duration,
}

impl Later {
	/// Whether a permit may be tried.
	pub fn is_due(&self, permit: PermitId, now: Instant) -> bool {
		self.is_due_within(LONGEST, permit, now)
	}

	/// Whether a permit may be tried that waits no longer than so long, whatever its pause grew to.
	pub fn is_due_within(&self, most: Duration, permit: PermitId, now: Instant) -> bool {
		self.0.get(&permit).is_none_or(|waiting| waiting.since + waiting.pause.min(most) <= now)
	}

	/// A try came to nothing: the permit waits for `first`, or for twice its last pause where that is longer.
	pub fn put_off(&mut self, permit: PermitId, first: Duration, now: Instant) {
		let last = self.0.get(&permit).map_or(Duration::ZERO, |waiting| waiting.pause);
		let pause = last.saturating_mul(2).min(LONGEST).max(first);
		self.0.insert(permit, Waiting { since: now, pause });
	}

	/// The permits, those first that were not tried for longest. Those of the same time stay in their order.
	pub fn in_turn(&mut self, mut permits: Vec<PermitId>, now: Instant) -> Vec<PermitId> {
		for permit in &permits {
			self.0.entry(*permit).or_insert(Waiting { since: now, pause: Duration::ZERO });
		}
		permits.sort_by_key(|permit| self.0.get(permit).map(|waiting| waiting.since));
		permits
	}

	/// Forgets a permit's pause: a step of it went well, or it has ended.
	pub fn forget(&mut self, permit: PermitId) {
		self.0.remove(&permit);
	}

	/// Forgets all permits but these.
	pub fn retain(&mut self, permits: &BTreeSet<PermitId>) {
		self.0.retain(|permit, _| permits.contains(permit));
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
	fn pause_that_grew_should_be_cut_when_there_is_no_time_for_it() {
		let (mut later, now) = (Later::default(), Instant::now());
		for _ in 0..9 {
			later.put_off(17, FIRST, now);
		}
		assert!(!later.is_due(17, now + FIRST));
		assert!(!later.is_due_within(FIRST, 17, now + FIRST - Duration::from_millis(1)));
		assert!(later.is_due_within(FIRST, 17, now + FIRST));
	}

	#[test]
	fn permit_that_was_tried_longest_ago_should_be_next() {
		let (mut later, begin) = (Later::default(), Instant::now());
		let after = |seconds| begin + Duration::from_secs(seconds);
		assert_eq!(later.in_turn(vec![17, 18], begin), [17, 18]);
		// One that comes while another is tried is behind those that were there.
		assert_eq!(later.in_turn(vec![17, 18, 19], after(60)), [17, 18, 19]);
		later.put_off(17, FIRST, after(120));
		assert_eq!(later.in_turn(vec![17, 18, 19], after(120)), [18, 19, 17]);
		later.put_off(18, FIRST, after(240));
		assert_eq!(later.in_turn(vec![17, 18, 19], after(240)), [19, 17, 18]);
	}

	#[test]
	fn permit_should_be_forgotten_when_nothing_is_to_be_tried_of_it() {
		let (mut later, now) = (Later::default(), Instant::now());
		assert_eq!(later.in_turn(vec![17, 18], now), [17, 18]);
		later.put_off(19, FIRST, now);
		later.retain(&BTreeSet::from([18, 19]));
		assert_eq!(later.0.keys().copied().collect::<Vec<_>>(), [18, 19]);
		assert!(!later.is_due(19, now));
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
