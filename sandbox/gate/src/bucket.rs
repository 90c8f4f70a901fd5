//! What a consumer sees of how a job ran.

/// How a job ran, in steps so coarse that a job says next to nothing by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucketed {
	/// Whether it ended with exit code 0. Which other code it was is not shown.
	pub success: bool,
	/// Wall clock in seconds, rounded up to 1, 2, 4, 8, ... 1,048,576; what takes longer shows as the last.
	pub seconds: u64,
	/// Fuel, rounded up to a power of two from 2^20 to 2^63; more shows as the last.
	pub fuel: u64,
}

/// The longest time shown, in seconds: 12 days.
const LONGEST_SECONDS: u64 = 1 << 20;
/// The least fuel shown.
const LEAST_FUEL: u64 = 1 << 20;
/// The most fuel shown.
const MOST_FUEL: u64 = 1 << 63;

/// Rounds what a run shows: 1 bit of the exit code, one of 21 durations, one of 44 amounts of fuel; together less than
/// 11 bits a job.
///
/// `exit` is the code the job ended with, none where it was stopped; `duration_ms` its wall clock in milliseconds.
pub fn bucketed(exit: Option<i32>, duration_ms: u64, fuel: u64) -> Bucketed {
	Bucketed {
		success: exit == Some(0),
		// The cap comes first: the next power of two above 2^63 would overflow.
		seconds: duration_ms.div_ceil(1_000).clamp(1, LONGEST_SECONDS).next_power_of_two(),
		fuel: fuel.clamp(LEAST_FUEL, MOST_FUEL).next_power_of_two(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeSet;

	#[test]
	fn refusal_02_exit_codes_should_show_as_success_or_failure_only() {
		let shown: BTreeSet<bool> = (-300..300).map(|code| bucketed(Some(code), 0, 0).success).collect();
		assert_eq!(shown, BTreeSet::from([false, true]));
		assert!(!bucketed(None, 0, 0).success);
		assert_eq!(bucketed(Some(7), 1, 1), bucketed(Some(250), 1, 1));
	}

	#[test]
	fn refusal_02_durations_should_show_in_fixed_steps() {
		assert_eq!(bucketed(Some(0), 0, 0).seconds, 1);
		assert_eq!(bucketed(Some(0), 1_001, 0).seconds, 2);
		assert_eq!(bucketed(Some(0), 4_000, 0).seconds, 4);
		assert_eq!(bucketed(Some(0), 4_001, 0).seconds, 8);
		assert_eq!(bucketed(Some(0), u64::MAX, 0).seconds, 1 << 20);
	}

	#[test]
	fn refusal_02_fuel_should_show_in_fixed_steps() {
		assert_eq!(bucketed(Some(0), 0, 0).fuel, 1 << 20);
		assert_eq!(bucketed(Some(0), 0, (1 << 20) + 1).fuel, 1 << 21);
		assert_eq!(bucketed(Some(0), 0, u64::MAX).fuel, 1 << 63);
	}
}
