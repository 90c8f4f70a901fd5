use super::mock::*;
use crate::{BookingPages, ClosePages, Closings, PotPages, Reports, UnitPages, WeightPages};
use heirloom_primitives::{Period, Schedule, U};

const MONTH: u64 = 6_000;

/// Settles `months` intervals, a block each, in all of which asset 1 earns.
fn settle_months(months: u64) {
	for month in 1..=months {
		report(1, U).unwrap();
		block_at(1_000_000 + month * MONTH);
	}
	settle_from(1_000_000 + months * MONTH + 1);
}

fn with_months(months: u64, test: impl FnOnce()) {
	let schedule = Schedule::Interval { first: MARCH, millis: MONTH };
	build_with(schedule, 1_000_000, vec![root(), child(&[0])], || {
		settle_months(months);
		test();
	});
}

fn kept() -> Vec<Period> {
	let mut periods: Vec<Period> = Closings::<Test>::iter_keys().collect();
	periods.sort();
	periods
}

#[test]
fn detail_should_be_kept_for_thirteen_months() {
	with_months(14, || {
		assert_eq!(kept().first(), Some(&MARCH));
		assert!(Royalty::statement_lines(0, MARCH, 0, 10).is_some());
	});
}

#[test]
fn older_detail_should_be_pruned() {
	with_months(17, || {
		assert_eq!(kept(), (3..17).map(|month| MARCH.plus(month)).collect::<Vec<_>>());
		assert_eq!(BookingPages::<Test>::iter_prefix(MARCH.plus(2)).count(), 0);
		assert_eq!(WeightPages::<Test>::iter_prefix(MARCH.plus(2)).count(), 0);
		assert_eq!(ClosePages::<Test>::iter_prefix(MARCH.plus(2)).count(), 0);
		assert_eq!(PotPages::<Test>::iter_prefix(MARCH.plus(2)).count(), 0);
		assert_eq!(Royalty::statement_lines(0, MARCH.plus(2), 0, 10), None);
	});
}

#[test]
fn statements_should_outlive_their_detail() {
	with_months(17, || {
		assert_eq!(Royalty::stated(0, MARCH).unwrap().paid, 4 * U / 5);
		assert!(Reports::<Test>::contains_key(MARCH));
		let view = Royalty::statement(0, MARCH).unwrap();
		assert_eq!((view.units, view.weight), (None, None));
	});
}

#[test]
fn settlement_should_leave_no_ranks() {
	with_months(2, || {
		assert_eq!(UnitPages::<Test>::iter().count(), 0);
	});
}
