//! The system clock as a node sees it, really moved: by libfaketime.

use anyhow::{Context, Result, ensure};
use std::{
	env,
	ffi::OsString,
	path::PathBuf,
	time::{SystemTime, UNIX_EPOCH},
};

/// Milliseconds since the Unix epoch.
pub type Moment = u64;

/// Milliseconds of a day.
pub const DAY: Moment = 24 * 60 * 60 * 1_000;

/// Variables of a node whose clock is so many seconds ahead; behind where negative.
///
/// # Errors
/// Where libfaketime is not installed.
pub fn moved(seconds: i64) -> Result<Vec<(&'static str, OsString)>> {
	let library = env::var_os("HEIRLOOM_FAKETIME").map_or_else(
		|| PathBuf::from("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
		PathBuf::from,
	);
	ensure!(
		library.is_file(),
		"{} is not there: install libfaketime, or name it with HEIRLOOM_FAKETIME",
		library.display()
	);
	Ok(vec![
		("LD_PRELOAD", library.into()),
		("FAKETIME", offset(seconds).into()),
		// The node measures how long things take with the other clock, and makes no block where that is moved too.
		("FAKETIME_DONT_FAKE_MONOTONIC", "1".into()),
	])
}

fn offset(seconds: i64) -> String {
	format!("{seconds:+}")
}

/// How many seconds a clock has to be moved to show a moment now.
pub fn seconds_to(moment: Moment) -> Result<i64> {
	let moment = i64::try_from(moment)?;
	Ok((moment - i64::try_from(now()?)?) / 1_000)
}

/// What a clock shows that is so many seconds ahead.
pub fn shown(ahead: i64) -> Result<Moment> {
	Ok(now()?.saturating_add_signed(ahead * 1_000))
}

/// The real time.
pub fn now() -> Result<Moment> {
	let passed = SystemTime::now().duration_since(UNIX_EPOCH).context("a clock before 1970")?;
	Ok(u64::try_from(passed.as_millis())?)
}

/// Midnight before a day of the years since 1970, by the rule of Gregorian years.
pub fn midnight(year: u32, month: u32, day: u32) -> Moment {
	let leap = |year: u32| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
	let years: u64 = (1970..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
	let lengths = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
	let months: u64 = lengths.iter().take(month as usize - 1).sum();
	(years + months + u64::from(day) - 1) * DAY
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn midnights_are_those_of_the_calendar() {
		assert_eq!(midnight(1970, 1, 1), 0);
		assert_eq!(midnight(2026, 4, 1), 1_775_001_600_000);
		assert_eq!(midnight(2028, 3, 1) - midnight(2028, 2, 29), DAY);
		assert_eq!(midnight(2027, 3, 1) - midnight(2027, 2, 28), DAY);
		assert_eq!(midnight(2100, 3, 1) - midnight(2100, 2, 28), DAY);
	}

	#[test]
	fn offsets_have_a_sign() {
		assert_eq!([offset(20), offset(-20), offset(0)], ["+20", "-20", "+0"]);
	}
}
