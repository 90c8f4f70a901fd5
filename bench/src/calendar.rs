//! The slots of the chain that is measured: it begins in March 2026 and settles two months.

use heirloom_primitives::{Moment, Period};
use heirloom_runtime::SLOT_DURATION;

/// The months that are settled, in order.
pub const MONTHS: [Period; 2] = [Period::new(2026, 3).unwrap(), Period::new(2026, 4).unwrap()];

/// The first slots of the months after [`MONTHS`]: midnights, in UTC.
const CLOSES: [u64; 2] = [slot(1_775_001_600_000), slot(1_777_593_600_000)];

/// Slots between the first block and the first close: an hour, longer than all that is measured before it.
const BEFORE: u64 = 600;

const fn slot(moment: Moment) -> u64 {
	moment / SLOT_DURATION
}

/// The slot of the chain's first block.
pub const fn first() -> u64 {
	CLOSES[0] - BEFORE
}

/// The slot of the last block of a month.
pub fn last_of(month: usize) -> u64 {
	CLOSES[month] - 1
}

/// The time of a block made in `slot`.
pub const fn time(slot: u64) -> Moment {
	slot * SLOT_DURATION
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn months_end_between_two_slots() {
		for (month, period) in MONTHS.iter().enumerate() {
			assert_eq!(Period::of(time(last_of(month))), *period);
			assert_eq!(Period::of(time(last_of(month) + 1)), period.plus(1));
		}
		assert_eq!(Period::of(time(first())), MONTHS[0]);
	}
}
