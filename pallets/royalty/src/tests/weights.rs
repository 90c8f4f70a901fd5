//! Weights that stay as they are when the measured ones change, so that tests can say how much a budget is.

use crate::{WeightInfo, units::UNITS_PER_PAGE};
use frame_support::weights::Weight;
use heirloom_primitives::ASSETS_PER_PAGE;

/// 5 µs an access to storage, and 0.1 µs an item of a page.
pub struct TestWeight;

fn accesses(number: u32) -> Weight {
	Weight::from_parts(5_000_000, 0).saturating_mul(number.into())
}

fn items(number: u32) -> Weight {
	Weight::from_parts(100_000, 0).saturating_mul(number.into())
}

impl WeightInfo for TestWeight {
	fn report_revenue(a: u32) -> Weight {
		accesses(a + 18)
	}

	fn claim() -> Weight {
		accesses(12)
	}

	fn end_contest() -> Weight {
		accesses(12)
	}

	fn set_formula() -> Weight {
		accesses(3)
	}

	fn close() -> Weight {
		accesses(12)
	}

	fn look() -> Weight {
		accesses(3)
	}

	fn count(b: u32) -> Weight {
		accesses(2).saturating_add(items(ASSETS_PER_PAGE + b))
	}

	fn add_counts(p: u32) -> Weight {
		accesses(p * 2).saturating_add(items(p * UNITS_PER_PAGE))
	}

	fn rank() -> Weight {
		accesses(2).saturating_add(items(UNITS_PER_PAGE))
	}

	fn weigh(b: u32, p: u32) -> Weight {
		accesses(p + 4).saturating_add(items(ASSETS_PER_PAGE * 2 + b))
	}

	fn skip() -> Weight {
		accesses(1)
	}

	fn spread(b: u32, p: u32) -> Weight {
		accesses(p * 3 + 3).saturating_add(items(b))
	}

	fn pairs(a: u32) -> Weight {
		accesses(3).saturating_add(items(a))
	}

	fn due(s: u32, p: u32) -> Weight {
		accesses(p * 2 + 9).saturating_add(items(ASSETS_PER_PAGE + s * 4))
	}

	fn look_up(l: u32) -> Weight {
		accesses(l * 5 + 9)
	}

	fn pay(p: u32) -> Weight {
		accesses(p * 2 + 7)
	}

	fn open(o: u32) -> Weight {
		accesses(o * 4 + 7)
	}

	fn prune() -> Weight {
		accesses(10)
	}

	fn report() -> Weight {
		accesses(16)
	}
}
