//! Settlement periods: calendar months in UTC, or equal intervals on test chains.

use alloc::string::{String, ToString};
use chrono::{DateTime, Datelike};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// A point in time: milliseconds since the Unix epoch, as the timestamp pallet has it.
pub type Moment = u64;

/// One settlement period, numbered in months since year 0 (`12 × year + month - 1`); written `2026-03`.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Period(pub u32);

impl Period {
	/// The period of a year and a month of 1 to 12.
	pub const fn new(year: u32, month: u32) -> Option<Self> {
		if month < 1 || month > 12 || year > 9_999 { None } else { Some(Self(12 * year + month - 1)) }
	}

	/// The calendar month that `now` lies in. Moments past the year 262,142, which no clock shows, count as its last.
	pub fn of(now: Moment) -> Self {
		let date = i64::try_from(now)
			.ok()
			.and_then(DateTime::from_timestamp_millis)
			.unwrap_or(DateTime::<chrono::Utc>::MAX_UTC);
		// A moment is not before 1970, so neither part is negative.
		Self(12 * date.year().unsigned_abs() + date.month0())
	}

	/// Year, as people count it.
	pub const fn year(self) -> u32 {
		self.0 / 12
	}

	/// Month of the year, 1 to 12.
	pub const fn month(self) -> u32 {
		self.0 % 12 + 1
	}

	/// The period `months` later.
	pub const fn plus(self, months: u32) -> Self {
		Self(self.0.saturating_add(months))
	}

	/// The period `months` earlier, or none where the count ends.
	pub const fn minus(self, months: u32) -> Option<Self> {
		match self.0.checked_sub(months) {
			Some(number) => Some(Self(number)),
			None => None,
		}
	}
}

impl fmt::Display for Period {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{:04}-{:02}", self.year(), self.month())
	}
}

/// A text is not a period of the form `2026-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPeriod;

impl fmt::Display for NotAPeriod {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("not a month of the form 2026-03")
	}
}

impl core::error::Error for NotAPeriod {}

impl FromStr for Period {
	type Err = NotAPeriod;

	fn from_str(text: &str) -> Result<Self, NotAPeriod> {
		let (year, month) = text.split_once('-').ok_or(NotAPeriod)?;
		if year.len() != 4
			|| month.len() != 2
			|| !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
		{
			return Err(NotAPeriod);
		}
		let number = |part: &str| part.parse().map_err(|_| NotAPeriod);
		Self::new(number(year)?, number(month)?).ok_or(NotAPeriod)
	}
}

impl TryFrom<String> for Period {
	type Error = NotAPeriod;

	fn try_from(text: String) -> Result<Self, NotAPeriod> {
		text.parse()
	}
}

impl From<Period> for String {
	fn from(period: Period) -> Self {
		period.to_string()
	}
}

/// When a period ends and is settled. Fixed at genesis.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Schedule {
	/// Calendar months in UTC: settled on the 1st.
	#[default]
	Calendar,
	/// For test chains: every `millis` of chain time counts as one calendar month, beginning with `first` at the
	/// chain's first block.
	Interval {
		/// The month that the first interval counts as.
		first: Period,
		/// Length of an interval in milliseconds.
		millis: u64,
	},
}

impl Schedule {
	/// The period that `now` lies in, on a chain whose first block was at `start`.
	pub fn period(&self, start: Moment, now: Moment) -> Period {
		match *self {
			Self::Calendar => Period::of(now),
			Self::Interval { first, millis } => {
				let passed = now.saturating_sub(start) / millis.max(1);
				first.plus(u32::try_from(passed).unwrap_or(u32::MAX))
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn moment(date: &str) -> Moment {
		DateTime::parse_from_rfc3339(date).unwrap().timestamp_millis().try_into().unwrap()
	}

	fn period(text: &str) -> Period {
		text.parse().unwrap()
	}

	#[test]
	fn a_month_begins_at_midnight_utc() {
		assert_eq!(Period::of(moment("2026-03-31T23:59:59.999Z")), period("2026-03"));
		assert_eq!(Period::of(moment("2026-04-01T00:00:00Z")), period("2026-04"));
		assert_eq!(Period::of(moment("2024-02-29T23:59:54Z")), period("2024-02"));
		assert_eq!(Period::of(moment("2025-12-31T23:59:59Z")).plus(1), period("2026-01"));
	}

	#[test]
	fn only_a_month_is_read_as_one() {
		for text in ["2026-13", "2026-00", "2026-3", "26-03", "2026/03", "2026-03-01", "-026-03", ""] {
			assert_eq!(text.parse::<Period>(), Err(NotAPeriod), "{text:?}");
		}
	}

	#[test]
	fn periods_read_as_they_are_written() {
		for number in [0, 11, 12, 24_315, 119_999] {
			assert_eq!(Period(number).to_string().parse(), Ok(Period(number)));
		}
	}

	#[test]
	fn intervals_count_as_months_from_the_first_block_on() {
		let schedule = Schedule::Interval { first: period("2026-12"), millis: 60_000 };
		assert_eq!(schedule.period(5_000, 5_000), period("2026-12"));
		assert_eq!(schedule.period(5_000, 64_999), period("2026-12"));
		assert_eq!(schedule.period(5_000, 65_000), period("2027-01"));
	}

	#[test]
	fn no_moment_is_without_a_period() {
		assert!(Period::of(u64::MAX) > period("2026-03"));
	}
}
