//! The simulated clock of a development chain.
//!
//! Aura ties a block's time to its slot (`time = slot × slot duration`), so the clock counts in slots: a block is made
//! in the slot after its parent's, or in a later one that was asked for. The parent's slot stands in its header, hence
//! the clock has no state of its own and goes on where the chain ended when a node starts again.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat};
use heirloom_primitives::Moment;
use sp_consensus_aura::{Slot, SlotDuration};
use std::num::NonZeroU64;

/// Where a development chain's time starts and how far a block moves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
	slot_millis: NonZeroU64,
	start: Moment,
}

/// The time asked for is before the next block's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InThePast {
	/// The earliest time the next block can have.
	pub earliest: Moment,
}

impl Clock {
	/// A clock whose first block is made at `start`, or in the first slot that begins after it. None for a slot
	/// duration of zero.
	pub fn new(slot: SlotDuration, start: Moment) -> Option<Self> {
		Some(Self { slot_millis: NonZeroU64::new(slot.as_millis())?, start })
	}

	/// How far a block moves the clock.
	pub fn slot_duration(&self) -> SlotDuration {
		SlotDuration::from_millis(self.slot_millis.get())
	}

	/// The slot of the block after the one made in `last`; none before the first block.
	pub fn next(&self, last: Option<Slot>) -> Slot {
		match last {
			Some(last) => last.saturating_add(1u64),
			None => self.first_slot_from(self.start),
		}
	}

	/// The slot in which the block after `last` is made for its time to be `to`, rounded up to a slot.
	pub fn at(&self, last: Option<Slot>, to: Moment) -> Result<Slot, InThePast> {
		let (slot, next) = (self.first_slot_from(to), self.next(last));
		if slot < next { Err(InThePast { earliest: self.time_of(next) }) } else { Ok(slot) }
	}

	/// What the clock shows once the block of `last` was made; the time of the first block before it.
	pub fn now(&self, last: Option<Slot>) -> Moment {
		self.time_of(last.unwrap_or_else(|| self.next(None)))
	}

	/// The time of a block made in `slot`.
	pub fn time_of(&self, slot: Slot) -> Moment {
		self.slot_millis.get().saturating_mul(slot.into())
	}

	/// Slot 0 is the genesis block's.
	fn first_slot_from(&self, moment: Moment) -> Slot {
		moment.div_ceil(self.slot_millis.get()).max(1).into()
	}
}

/// A text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form 2026-03-01 or 2026-03-01T12:00:00Z, from 1970 on")]
pub struct NotADate;

/// Reads `2026-03-01` (midnight UTC) or an RFC 3339 time.
pub fn parse_date(text: &str) -> Result<Moment, NotADate> {
	let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
	let millis = match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
		Ok(date) => midnight(date),
		Err(_) => DateTime::parse_from_rfc3339(text).map_err(|_| NotADate)?.timestamp_millis(),
	};
	millis.try_into().map_err(|_| NotADate)
}

/// Writes a moment as RFC 3339 in UTC, with as many digits of a second as it has. Moments that no calendar holds are
/// shown as its end.
pub fn date(moment: Moment) -> String {
	i64::try_from(moment)
		.ok()
		.and_then(DateTime::from_timestamp_millis)
		.unwrap_or(DateTime::<chrono::Utc>::MAX_UTC)
		.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

#[cfg(test)]
mod tests {
	use super::*;

	const SLOT: u64 = 6_000;

	fn clock(start: &str) -> Clock {
		Clock::new(SlotDuration::from_millis(SLOT), moment(start)).unwrap()
	}

	fn moment(text: &str) -> Moment {
		parse_date(text).unwrap()
	}

	#[test]
	fn first_block_is_made_at_the_start() {
		let clock = clock("2026-03-01");
		assert_eq!(clock.time_of(clock.next(None)), moment("2026-03-01T00:00:00Z"));
	}

	#[test]
	fn start_within_a_slot_is_rounded_up_to_the_next_one() {
		let clock = clock("2026-03-01T00:00:01Z");
		assert_eq!(clock.time_of(clock.next(None)), moment("2026-03-01T00:00:06Z"));
	}

	#[test]
	fn every_block_moves_the_clock_by_one_slot() {
		let clock = clock("2026-03-01");
		let first = clock.next(None);
		assert_eq!(clock.time_of(clock.next(Some(first))) - clock.time_of(first), SLOT);
	}

	#[test]
	fn start_does_not_count_once_there_is_a_block() {
		let last = clock("2026-03-01").next(None);
		assert_eq!(date(clock("2030-01-01").now(Some(last))), "2026-03-01T00:00:00Z");
		assert_eq!(*clock("2030-01-01").next(Some(last)), *last + 1);
	}

	#[test]
	fn clock_can_be_set_to_a_later_time() {
		let clock = clock("2026-03-01");
		let slot = clock.at(Some(clock.next(None)), moment("2026-04-01")).unwrap();
		assert_eq!(date(clock.time_of(slot)), "2026-04-01T00:00:00Z");
	}

	#[test]
	fn clock_can_be_set_to_the_next_slot() {
		let clock = clock("2026-03-01");
		let last = clock.next(None);
		assert_eq!(clock.at(Some(last), moment("2026-03-01T00:00:06Z")), Ok(clock.next(Some(last))));
	}

	#[test]
	fn clock_is_not_set_back() {
		let clock = clock("2026-03-01");
		let last = clock.next(None);
		let refused = InThePast { earliest: moment("2026-03-01T00:00:06Z") };
		assert_eq!(clock.at(Some(last), moment("2026-02-28")), Err(refused));
		assert_eq!(clock.at(Some(last), moment("2026-03-01")), Err(refused));
	}

	#[test]
	fn clock_is_not_set_before_its_start() {
		let refused = InThePast { earliest: moment("2026-03-01") };
		assert_eq!(clock("2026-03-01").at(None, moment("2026-02-28")), Err(refused));
	}

	#[test]
	fn genesis_keeps_its_slot() {
		assert_eq!(*clock("1970-01-01").next(None), 1);
	}

	#[test]
	fn no_clock_counts_in_slots_of_no_length() {
		assert_eq!(Clock::new(SlotDuration::from_millis(0), 0), None);
	}

	#[test]
	fn dates_are_read_with_and_without_a_time() {
		assert_eq!(moment("2026-03-01"), 1_772_323_200_000);
		assert_eq!(moment("2026-03-01T02:00:00+02:00"), 1_772_323_200_000);
		assert_eq!(date(1_772_323_200_000), "2026-03-01T00:00:00Z");
		for text in ["", "2026-03", "2026-02-30", "yesterday", "1969-12-31", "2026-03-01 12:00"] {
			assert_eq!(parse_date(text), Err(NotADate), "{text:?}");
		}
	}
}
