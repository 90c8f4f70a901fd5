//! Which version of the formula a period is settled by, and what the second keeps an attacker from.

use super::mock::*;
use crate::{Closings, CurrentRule, Error, Event, NextRule, Reports, Rule};
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::{FormulaVersion, MicroU, Quality, U};
use sp_runtime::DispatchError;

const DAY: u64 = 24 * 3_600_000;
const MAY_FIRST: u64 = APRIL_FIRST + 30 * DAY;

fn set_formula(formula: FormulaVersion, months: u32) -> sp_runtime::DispatchResult {
	Royalty::set_formula(RuntimeOrigin::signed(COUNCIL), formula, MARCH.plus(months))
}

/// Settles March and April, and returns what each was settled by.
fn settled_by() -> [FormulaVersion; 2] {
	settle_from(APRIL_FIRST);
	settle_from(MAY_FIRST);
	[MARCH, MARCH.plus(1)].map(|period| Reports::<Test>::get(period).unwrap().formula)
}

#[test]
fn formula_should_hold_from_the_month_it_was_decided_for() {
	build_and_execute(vec![root()], || {
		assert_ok!(set_formula(FormulaVersion::V2, 1));
		let from = MARCH.plus(1);
		System::assert_last_event(Event::FormulaSet { formula: FormulaVersion::V2, from }.into());
		assert_eq!(settled_by(), [FormulaVersion::V1, FormulaVersion::V2]);
		assert_eq!(CurrentRule::<Test>::get(), Rule { current: FormulaVersion::V2, next: None });
	});
}

#[test]
fn formula_should_be_refused_for_a_month_that_has_begun() {
	build_and_execute(vec![root()], || {
		assert_noop!(set_formula(FormulaVersion::V2, 0), Error::<Test>::NotAhead);
	});
}

#[test]
fn formula_should_be_refused_from_anybody_but_the_council() {
	build_and_execute(vec![root()], || {
		let asked = Royalty::set_formula(RuntimeOrigin::signed(COMPANY), FormulaVersion::V2, MARCH.plus(1));
		assert_eq!(asked, Err(DispatchError::BadOrigin));
	});
}

#[test]
fn formula_should_be_decided_anew_until_it_holds() {
	build_and_execute(vec![root()], || {
		assert_ok!(set_formula(FormulaVersion::V2, 1));
		assert_ok!(set_formula(FormulaVersion::V2, 2));
		let next = NextRule { from: MARCH.plus(2), formula: FormulaVersion::V2 };
		assert_eq!(CurrentRule::<Test>::get(), Rule { current: FormulaVersion::V1, next: Some(next) });
		assert_eq!(settled_by(), [FormulaVersion::V1; 2]);
	});
}

#[test]
fn formula_of_the_open_month_should_stay_when_the_next_is_decided() {
	build_and_execute(vec![root()], || {
		assert_ok!(set_formula(FormulaVersion::V2, 1));
		settle_from(APRIL_FIRST);
		assert_ok!(set_formula(FormulaVersion::V1, 2));
		settle_from(MAY_FIRST);
		assert_eq!(Reports::<Test>::get(MARCH.plus(1)).unwrap().formula, FormulaVersion::V2);
		settle_from(MAY_FIRST + 31 * DAY);
		assert_eq!(Reports::<Test>::get(MARCH.plus(2)).unwrap().formula, FormulaVersion::V1);
	});
}

#[test]
fn formula_should_hold_after_months_that_were_slept_through() {
	build_and_execute(vec![root()], || {
		assert_ok!(set_formula(FormulaVersion::V2, 2));
		settle_from(MAY_FIRST + 40 * DAY);
		assert_eq!(Closings::<Test>::get(MARCH).unwrap().formula, FormulaVersion::V1);
		settle_from(MAY_FIRST + 70 * DAY);
		assert_eq!(Reports::<Test>::get(MARCH.plus(3)).unwrap().formula, FormulaVersion::V2);
	});
}

fn attested(bps: u16, payee: AccountId) -> FakeAsset {
	let mut asset = paid_to(root(), payee);
	asset.facts.quality = Some(Quality { bps, attested: true });
	asset
}

/// What the payee of an attested parent gets of 100 U when the derivative has so many parents of its maker beside it.
fn honest_share(inserted: u32) -> MicroU {
	let mut share = 0;
	let own = (0..inserted).map(|_| paid_to(root(), 20));
	let assets = [attested(9_000, 10)].into_iter().chain(own).collect::<Vec<_>>();
	let parents: Vec<_> = (0..=inserted).collect();
	build_by_second(assets.into_iter().chain([child(&parents)]).collect(), || {
		assert_ok!(report(inserted + 1, 100 * U));
		settle_from(APRIL_FIRST);
		share = earned(10);
	});
	share
}

#[test]
fn parents_of_ones_own_should_take_nothing_from_a_proven_one() {
	assert_eq!([0, 1, 5, 200].map(honest_share), [80 * U; 4]);
}

#[test]
fn unproven_parent_should_have_neither_share_nor_weight_beside_a_proven_one() {
	let assets = vec![attested(9_000, 10), paid_to(root(), 20), child(&[0, 1])];
	build_by_second(assets, || {
		assert_ok!(report(2, 100 * U));
		settle_from(APRIL_FIRST);
		assert_eq!(Royalty::stated(1, MARCH), None);
		assert_eq!(Reports::<Test>::get(MARCH).unwrap().pairs, 1);
	});
}

#[test]
fn ancestor_for_sale_should_get_nothing() {
	let assets = vec![with_rate(attested(9_000, 10), None), paid_to(root(), 20), child(&[0, 1])];
	build_by_second(assets, || {
		assert_ok!(report(2, 100 * U));
		settle_from(APRIL_FIRST);
		assert_eq!((earned(10), earned(20)), (0, 80 * U));
	});
}

/// The rank of a used asset beside one that is not, and so many others that nobody uses.
fn rank_among(others: u32, active: bool) -> u16 {
	let mut other = root();
	other.facts.active = active;
	let assets = [root(), root()].into_iter().chain((0..others).map(|_| other.clone()));
	let mut rank = 0;
	build_by_second(assets.collect(), || {
		book(0, U, 1);
		settle_from(APRIL_FIRST);
		rank = crate::ClosePages::<Test>::get(MARCH, 0)[0].rank;
	});
	rank
}

#[test]
fn delisted_assets_should_be_in_no_rank() {
	assert_eq!([rank_among(0, true), rank_among(8, true), rank_among(8, false)], [7_500, 9_500, 7_500]);
}

#[test]
fn rate_of_an_unproven_parent_should_still_make_the_pot() {
	let assets = vec![with_rate(attested(9_000, 10), Some(0)), paid_to(root(), 30), child(&[0, 1])];
	build_by_second(assets, || {
		book(2, 100 * U, 1);
		settle_from(APRIL_FIRST);
		assert_eq!((earned(10), Reports::<Test>::get(MARCH).unwrap().revenue), (80 * U, 100 * U));
	});
}
