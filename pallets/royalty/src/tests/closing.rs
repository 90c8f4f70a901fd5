use super::mock::*;
use crate::{Closings, Event, OpenPeriod, PendingPeriod, Reports};
use heirloom_primitives::{Bookings, MicroU, Moment, Period, Schedule, U};

const SLOT: Moment = 6_000;

/// Books 8 U that are the asset's own.
fn book_own() {
	book(0, 8 * U, 1);
}

fn paid(period: Period) -> Option<MicroU> {
	Royalty::stated(0, period).map(|statement| statement.paid)
}

#[test]
fn last_block_of_a_month_should_not_close_it() {
	build_and_execute(vec![root()], || {
		block_at(APRIL_FIRST - SLOT);
		assert_eq!(OpenPeriod::<Test>::get(), MARCH);
		assert!(!PendingPeriod::<Test>::exists());
	});
}

#[test]
fn block_exactly_at_midnight_should_close_the_month() {
	build_and_execute(vec![root()], || {
		block_at(APRIL_FIRST);
		assert_eq!(OpenPeriod::<Test>::get(), MARCH.plus(1));
		assert_eq!(PendingPeriod::<Test>::get(), Some(MARCH));
		System::assert_last_event(Event::Closed { period: MARCH, assets: 1, at: APRIL_FIRST }.into());
	});
}

#[test]
fn first_block_should_close_the_month_where_midnight_has_none() {
	build_and_execute(vec![root()], || {
		block_at(APRIL_FIRST - SLOT);
		book_own();
		block_at(APRIL_FIRST + SLOT);
		assert_eq!((OpenPeriod::<Test>::get(), PendingPeriod::<Test>::get()), (MARCH.plus(1), Some(MARCH)));
		book_own();
		settle_from(APRIL_FIRST + 2 * SLOT);
		assert_eq!((paid(MARCH), Reports::<Test>::get(MARCH).unwrap().call_fees), (Some(8 * U), 8 * U));
	});
}

#[test]
fn booking_after_midnight_should_count_for_the_new_month() {
	build_and_execute(vec![root()], || {
		block_at(APRIL_FIRST);
		book_own();
		settle_from(APRIL_FIRST + SLOT);
		assert_eq!(paid(MARCH), None);
		assert_eq!(Reports::<Test>::get(MARCH).unwrap().call_fees, 0);
	});
}

#[test]
fn facts_should_stand_still_from_close_to_report() {
	build_and_execute(vec![root()], || {
		let frozen = <Royalty as Bookings<AccountId>>::facts_frozen;
		assert!(!frozen());
		block_at(APRIL_FIRST);
		assert!(frozen());
		settle_from(APRIL_FIRST + SLOT);
		assert!(!frozen());
	});
}

#[test]
fn ancestors_should_stand_still_to_the_end_of_the_reports_block() {
	build_and_execute(vec![root()], || {
		let frozen = <Royalty as Bookings<AccountId>>::ancestors_frozen;
		assert!(!frozen());
		block_at(APRIL_FIRST);
		assert!(frozen());
		settle_from(APRIL_FIRST + SLOT);
		assert!(frozen());
		System::set_block_number(System::block_number() + 1);
		assert!(!frozen());
	});
}

#[test]
fn assets_minted_after_the_close_should_take_no_part() {
	build_and_execute(vec![root()], || {
		block_at(APRIL_FIRST);
		Fake::push(root());
		settle_from(APRIL_FIRST + SLOT);
		let report = Reports::<Test>::get(MARCH).unwrap();
		assert_eq!((report.assets, report.active), (1, 1));
	});
}

#[test]
fn month_should_be_settled_after_downtime_over_its_end() {
	build_and_execute(vec![root()], || {
		book_own();
		settle_from(APRIL_FIRST + 3 * 24 * 3_600_000);
		assert_eq!(paid(MARCH), Some(8 * U));
	});
}

#[test]
fn months_slept_through_should_have_no_report() {
	build_and_execute(vec![root()], || {
		book_own();
		let in_june = APRIL_FIRST + 70 * 24 * 3_600_000;
		settle_from(in_june);
		assert_eq!(OpenPeriod::<Test>::get(), MARCH.plus(3));
		assert_eq!(paid(MARCH), Some(8 * U));
		assert_eq!(Reports::<Test>::iter_keys().count(), 1);
	});
}

#[test]
fn two_months_should_be_settled_in_order() {
	let first = MARCH;
	let schedule = Schedule::Interval { first, millis: SLOT };
	build_with(schedule, 1_000_000, vec![root()], || {
		GuaranteedWeight::set(frame_support::weights::Weight::from_parts(1, 0));
		book_own();
		block_at(1_000_000 + SLOT);
		book_own();
		block_at(1_000_000 + 2 * SLOT);
		// The first settlement has just begun.
		assert_eq!(PendingPeriod::<Test>::get(), Some(first));
		assert_eq!(Closings::<Test>::get(first).unwrap().next, Some(first.plus(1)));
		let mut order = Vec::new();
		for _ in 0..200 {
			block_at(1_000_000 + 2 * SLOT);
			for (period, _) in Reports::<Test>::iter() {
				if !order.contains(&period) {
					order.push(period);
				}
			}
		}
		assert_eq!(order, [first, first.plus(1)]);
		assert_eq!([paid(first), paid(first.plus(1))], [Some(8 * U); 2]);
		// Changes decided in the second month count from its close on, later ones only when both are reported.
		assert_eq!(Applied::get(), [first.plus(1), Period(u32::MAX)]);
	});
}

#[test]
fn leap_day_should_belong_to_february() {
	let last_slot_of_february = 1_709_251_194_000; // 2024-02-29T23:59:54Z
	build_with(Schedule::Calendar, last_slot_of_february, vec![root()], || {
		let february = Period::new(2024, 2).unwrap();
		assert_eq!(OpenPeriod::<Test>::get(), february);
		book_own();
		settle_from(last_slot_of_february + SLOT);
		assert_eq!(paid(february), Some(8 * U));
	});
}

#[test]
fn intervals_should_count_from_the_first_block() {
	let schedule = Schedule::Interval { first: MARCH, millis: 60_000 };
	build_with(schedule, 1_000_123, vec![root()], || {
		block_at(1_000_123 + 59_999);
		assert_eq!(OpenPeriod::<Test>::get(), MARCH);
		block_at(1_000_123 + 60_000);
		assert_eq!(OpenPeriod::<Test>::get(), MARCH.plus(1));
	});
}
