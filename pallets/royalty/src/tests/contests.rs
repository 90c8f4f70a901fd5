//! What is held while an ancestor is contested, and what becomes of it.

use super::{
	mock::*,
	model::{Month, any_month, play},
};
use crate::{Error, Event, OpenContests, Reports};
use frame_support::{assert_noop, assert_ok, weights::Weight};
use heirloom_primitives::{
	AssetId, Contests, EdgeChange, EdgeEdit, Genealogy, HeldFor, MicroU, Moment, Relation, U,
};
use proptest::{collection::vec, prelude::*, sample::Index};
use sp_runtime::DispatchResult;

/// 2026-05-01, midnight.
const MAY_FIRST: u64 = APRIL_FIRST + 30 * 24 * 3_600_000;

/// Doubts that lapse before the end of May.
const LATER: Moment = MAY_FIRST + 1_000_000;

fn missing(child: AssetId, parent: AssetId) -> EdgeEdit {
	EdgeEdit { child, parent, change: EdgeChange::Add { relation: Relation::TrainedOn } }
}

fn inserted(child: AssetId, parent: AssetId) -> EdgeEdit {
	EdgeEdit { child, parent, change: EdgeChange::Remove }
}

fn open(doubted: EdgeEdit) -> DispatchResult {
	<Royalty as Contests>::open(&doubted, LATER)
}

/// Doubts what the genealogy says.
fn contest(derivative: AssetId, ancestor: AssetId) {
	let named = Fake::ancestors(derivative).contains(&ancestor);
	assert_ok!(open(if named { inserted(derivative, ancestor) } else { missing(derivative, ancestor) }));
}

fn end(derivative: AssetId, ancestor: AssetId, to: HeldFor) -> MicroU {
	<Royalty as Contests>::end(derivative, ancestor, to).unwrap()
}

fn held(derivative: AssetId, ancestor: AssetId) -> MicroU {
	<Royalty as Contests>::held(derivative, ancestor).unwrap_or_default()
}

/// Two roots, paid to 10 and 11, and a model of both, paid to 20, with a pot of 100 U beside 900 U of its own.
fn family() -> Vec<FakeAsset> {
	let rate = |asset| with_rate(asset, Some(1_000));
	vec![rate(root()), rate(paid_to(root(), 11)), child(&[0, 1])]
}

#[test]
fn contested_share_should_be_held_while_everyone_else_is_paid() {
	build_and_execute(family(), || {
		book(2, 1_000 * U, 1);
		contest(2, 1);
		settle_from(APRIL_FIRST);
		assert_eq!([10, 11, 20].map(earned), [40 * U, 0, 900 * U]);
		assert_eq!((held(2, 1), earned(POOL)), (40 * U, 20 * U));
		// The statement is that of the genealogy as it is; what is held is a part of its payment.
		assert_eq!(Royalty::stated(1, MARCH).unwrap().paid, 40 * U);
		let report = Reports::<Test>::get(MARCH).unwrap();
		assert_eq!((report.paid, report.held_out, report.undelivered), (940 * U, 40 * U, 0));
		let (derivative, ancestor, payee, amount) = (2, 1, 11, 40 * U);
		let withheld = Event::Withheld { period: MARCH, derivative, ancestor, payee, amount };
		System::assert_has_event(withheld.into());
	});
}

#[test]
fn share_should_be_paid_when_the_ancestor_stays() {
	build_and_execute(family(), || {
		book(2, 1_000 * U, 1);
		contest(2, 1);
		settle_from(APRIL_FIRST);
		assert_eq!(end(2, 1, HeldFor::Payee(1)), 40 * U);
		let released = Event::Released { derivative: 2, ancestor: 1, to: Some(11), amount: 40 * U };
		System::assert_last_event(released.into());
		settle_from(MAY_FIRST);
		assert_eq!((earned(11), in_pot()), (40 * U, 0));
		let report = Reports::<Test>::get(MARCH.plus(1)).unwrap();
		assert_eq!((report.held_in, report.paid), (40 * U, 40 * U));
	});
}

#[test]
fn released_share_should_be_claimable_at_once() {
	build_and_execute(family(), || {
		book(2, 1_000 * U, 1);
		contest(2, 1);
		settle_from(APRIL_FIRST);
		end(2, 1, HeldFor::Payee(1));
		assert_ok!(Royalty::claim(RuntimeOrigin::signed(50), 11));
		assert_eq!(earned(11), 40 * U);
	});
}

#[test]
fn share_should_be_split_again_when_the_ancestor_goes() {
	build_and_execute(family(), || {
		book(2, 1_000 * U, 1);
		contest(2, 1);
		settle_from(APRIL_FIRST);
		Fake::change(2, |asset| asset.parents = vec![0]);
		end(2, 1, HeldFor::Revenue);
		let released = Event::Released { derivative: 2, ancestor: 1, to: None, amount: 40 * U };
		System::assert_last_event(released.into());
		settle_from(MAY_FIRST);
		let report = Reports::<Test>::get(MARCH.plus(1)).unwrap();
		assert_eq!((report.held_in, report.revenue, report.held_out), (0, 40 * U, 0));
		assert_eq!([10, 11, 20].map(earned), [(40 + 32) * U, 0, 900 * U]);
		assert_eq!((earned(POOL), in_pot()), ((20 + 8) * U, 0));
	});
}

#[test]
fn what_stays_contested_should_stand_in_every_report_until_it_is_released() {
	build_and_execute(family(), || {
		book(2, 1_000 * U, 1);
		contest(2, 1);
		settle_from(APRIL_FIRST);
		book(2, 500 * U, 1);
		settle_from(MAY_FIRST);
		let report = Reports::<Test>::get(MARCH.plus(1)).unwrap();
		assert_eq!((report.held_in, report.held_out), (40 * U, 60 * U));
		assert_eq!((held(2, 1), in_pot()), (60 * U, 60 * U));
	});
}

#[test]
fn share_of_a_missing_ancestor_should_be_held_from_the_derivative() {
	let mut assets = family();
	assets[2].parents = vec![0];
	build_and_execute(assets, || {
		book(2, 1_000 * U, 1);
		contest(2, 1);
		settle_from(APRIL_FIRST);
		// The one that is named gets the ancestors' whole part; the derivative waits for half of as much.
		assert_eq!([10, 11, 20].map(earned), [80 * U, 0, 860 * U]);
		assert_eq!(end(2, 1, HeldFor::Payee(1)), 40 * U);
		settle_from(MAY_FIRST);
		assert_eq!([10, 11, 20].map(earned), [80 * U, 40 * U, 860 * U]);
	});
}

#[test]
fn root_should_wait_for_what_its_only_ancestor_would_get() {
	let mut assets = family();
	assets[2].parents = vec![];
	build_and_execute(assets, || {
		book(2, 1_000 * U, 1);
		contest(2, 1);
		settle_from(APRIL_FIRST);
		assert_eq!((earned(20), held(2, 1)), (920 * U, 80 * U));
		end(2, 1, HeldFor::Payee(2));
		settle_from(MAY_FIRST);
		assert_eq!((earned(20), in_pot()), (1_000 * U, 0));
	});
}

#[test]
fn nothing_should_be_held_of_what_the_derivative_does_not_get() {
	let mut assets = family();
	assets[2].parents = vec![0];
	build_and_execute(assets, || {
		// All of it is the ancestors' and the pool's.
		assert_ok!(report(2, 100 * U));
		contest(2, 1);
		settle_from(APRIL_FIRST);
		assert_eq!((earned(10), held(2, 1)), (80 * U, 0));
		assert_eq!(end(2, 1, HeldFor::Payee(1)), 0);
	});
}

#[test]
fn contest_after_the_close_should_count_for_the_next_month() {
	build_and_execute(family(), || {
		book(2, 1_000 * U, 1);
		GuaranteedWeight::set(Weight::from_parts(1, u64::MAX));
		block_at(APRIL_FIRST);
		contest(2, 1);
		settle_from(APRIL_FIRST + 6_000);
		assert_eq!((earned(11), held(2, 1)), (40 * U, 0));
	});
}

#[test]
fn rightful_ancestor_should_be_paid_although_it_was_said_to_be_missing() {
	let mut assets = family();
	assets[2].parents = vec![0];
	build_and_execute(assets, || {
		book(2, 1_000 * U, 1);
		contest(2, 1);
		// It becomes an ancestor by another decision, before the close.
		Fake::change(2, |asset| asset.parents = vec![0, 1]);
		settle_from(APRIL_FIRST);
		assert_eq!([10, 11, 20].map(earned), [40 * U, 40 * U, 900 * U]);
		assert_eq!(held(2, 1), 0);
	});
}

#[test]
fn derivative_should_be_paid_when_an_inserted_ancestor_is_gone() {
	build_and_execute(family(), || {
		book(2, 1_000 * U, 1);
		contest(2, 1);
		Fake::change(2, |asset| asset.parents = vec![0]);
		settle_from(APRIL_FIRST);
		assert_eq!([10, 11, 20].map(earned), [80 * U, 0, 900 * U]);
		assert_eq!(held(2, 1), 0);
	});
}

#[test]
fn nothing_should_be_held_for_a_month_that_closes_after_the_decision() {
	build_and_execute(family(), || {
		book(2, 1_000 * U, 1);
		contest(2, 1);
		<Royalty as Contests>::decided(2, 1);
		settle_from(APRIL_FIRST);
		assert_eq!((earned(11), held(2, 1)), (40 * U, 0));
	});
}

#[test]
fn share_should_be_held_for_a_month_that_closed_before_the_decision() {
	build_and_execute(family(), || {
		book(2, 1_000 * U, 1);
		contest(2, 1);
		let plenty = GuaranteedWeight::get();
		GuaranteedWeight::set(Weight::from_parts(1, u64::MAX));
		block_at(APRIL_FIRST);
		<Royalty as Contests>::decided(2, 1);
		GuaranteedWeight::set(plenty);
		settle_from(APRIL_FIRST + 6_000);
		assert_eq!((earned(11), held(2, 1)), (0, 40 * U));
	});
}

#[test]
fn nothing_should_be_held_for_a_month_that_closes_after_the_deadline() {
	build_and_execute(family(), || {
		book(2, 1_000 * U, 1);
		assert_ok!(<Royalty as Contests>::open(&inserted(2, 1), APRIL_FIRST - 1));
		assert_ok!(<Royalty as Contests>::open(&inserted(2, 0), APRIL_FIRST));
		settle_from(APRIL_FIRST);
		assert_eq!([held(2, 0), held(2, 1)], [40 * U, 0]);
		assert_eq!([10, 11].map(earned), [0, 40 * U]);
	});
}

#[test]
fn contest_should_not_end_during_a_settlement() {
	build_and_execute(family(), || {
		contest(2, 1);
		GuaranteedWeight::set(Weight::from_parts(1, u64::MAX));
		block_at(APRIL_FIRST);
		let ended = <Royalty as Contests>::end(2, 1, HeldFor::Revenue);
		assert_noop!(ended, Error::<Test>::SettlementUnderWay);
		settle_from(APRIL_FIRST + 6_000);
		assert_eq!(end(2, 1, HeldFor::Revenue), 0);
		assert!(OpenContests::<Test>::get().is_empty());
	});
}

#[test]
fn same_contest_should_not_be_opened_twice() {
	build_and_execute(family(), || {
		contest(2, 1);
		assert_noop!(open(missing(2, 1)), Error::<Test>::AlreadyContested);
		contest(2, 0);
	});
}

#[test]
fn contests_should_be_bounded() {
	build_and_execute(Vec::new(), || {
		(0..8).for_each(|ancestor| contest(8, ancestor));
		assert_noop!(open(missing(8, 9)), Error::<Test>::TooManyContests);
		(0..8).for_each(|ancestor| contest(9, ancestor));
		assert_noop!(open(missing(10, 0)), Error::<Test>::TooManyContests);
	});
}

#[test]
fn contest_that_is_not_open_should_not_end() {
	build_and_execute(family(), || {
		assert_noop!(<Royalty as Contests>::end(2, 1, HeldFor::Revenue), Error::<Test>::NotFound);
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(96))]

	#[test]
	fn money_in_should_be_paid_carried_pool_and_held(
		mut month in any_month(),
		contests in vec((any::<Index>(), any::<Index>(), 0u8..4, any::<bool>()), 0..12),
		budget in 1u64..100_000_000_000,
	) {
		build_and_execute(month.assets.clone(), || {
			let number = month.assets.len();
			let mut opened = Vec::new();
			for (derivative, ancestor, outcome, is_missing) in contests {
				let derivative = derivative.index(number) as AssetId;
				if derivative == 0 { continue }
				let ancestor = ancestor.index(derivative as usize) as AssetId;
				let doubt = if is_missing { missing } else { inserted };
				if open(doubt(derivative, ancestor)).is_ok() {
					opened.push((derivative, ancestor, outcome));
				}
			}
			play(&mut month);
			GuaranteedWeight::set(Weight::from_parts(budget, u64::MAX));
			let came_in = in_pot();
			settle_from(APRIL_FIRST);
			let first = Reports::<Test>::get(MARCH).unwrap();
			let all_held: MicroU = opened.iter().map(|(derivative, ancestor, _)| held(*derivative, *ancestor)).sum();
			assert_eq!(first.held_out, all_held);
			assert_eq!(came_in, first.paid + first.carried_out + first.pool + all_held);
			assert_eq!(in_pot(), first.carried_out + all_held);
			assert_equals_but_for_what_is_held(&month, &first);

			for (derivative, ancestor, outcome) in opened {
				match outcome {
					0 => { end(derivative, ancestor, HeldFor::Payee(ancestor)); }
					1 => { end(derivative, ancestor, HeldFor::Payee(derivative)); }
					2 => { end(derivative, ancestor, HeldFor::Revenue); }
					_ => {}
				}
			}
			settle_from(MAY_FIRST);
			let second = Reports::<Test>::get(MARCH.plus(1)).unwrap();
			let still_held: MicroU = OpenContests::<Test>::get().iter().map(|contest| contest.held).sum();
			assert_eq!(came_in, first.paid + first.pool + second.paid + second.carried_out + second.pool + still_held);
			assert_eq!(in_pot(), second.carried_out + still_held);
		});
	}
}

/// Statements, pots and the pool's part are those of a month without a contest.
fn assert_equals_but_for_what_is_held(month: &Month, report: &heirloom_primitives::PeriodReport) {
	let totals = super::model::settle_by_model(month, Default::default(), &[]).totals;
	assert_eq!(
		(report.revenue, report.call_fees, report.pool),
		(totals.revenue, totals.call_fees, totals.pool)
	);
	assert_eq!(report.paid + report.held_out, totals.paid);
}
