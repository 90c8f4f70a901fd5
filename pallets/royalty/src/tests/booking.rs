use super::mock::*;
use crate::{Error, Event, Totals};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo, traits::Hooks, weights::Weight};
use heirloom_primitives::{ASSETS_PER_PAGE, Booked, Bookings, Genealogy, PERIOD_LIMIT, U};
use sp_runtime::DispatchError;

const RUNS_OUT: AccountId = 7;

fn book_for(asset: u32, payer: AccountId, fee: u128) -> Result<Booked, DispatchError> {
	<Royalty as Bookings<AccountId>>::book(asset, &payer, fee, 1)
}

#[test]
fn booking_should_move_the_fee_into_the_pot() {
	build_and_execute(vec![root()], || {
		book(0, 3 * U, 2);
		assert_eq!(in_pot(), 3 * U);
		assert_eq!(Assets::balance(U_ID, COMPANY), RICHES - 3 * U);
		assert_eq!(Totals::<Test>::get(MARCH), 3 * U);
	});
}

#[test]
fn only_the_first_booking_of_a_period_should_be_the_first() {
	build_and_execute(vec![root(), root()], || {
		assert_eq!(book_for(0, COMPANY, U), Ok(Booked { first: true }));
		assert_eq!(book_for(0, COMPANY, U), Ok(Booked { first: false }));
		assert_eq!(book_for(1, COMPANY, U), Ok(Booked { first: true }));
		settle_from(APRIL_FIRST);
		assert_eq!(book_for(0, COMPANY, U), Ok(Booked { first: true }));
	});
}

#[test]
fn booking_should_fail_with_too_little_u() {
	build_and_execute(vec![root()], || {
		assert_noop!(book_for(0, 1_000, U), Error::<Test>::NotEnoughU);
	});
}

#[test]
fn booking_should_leave_the_payer_its_minimum_balance() {
	build_and_execute(vec![root()], || {
		assert_ok!(Assets::transfer(RuntimeOrigin::signed(RUNS_OUT), U_ID, COUNCIL, RICHES - U));
		assert_noop!(book_for(0, RUNS_OUT, U - U / 100 + 1), Error::<Test>::NotEnoughU);
		assert_ok!(book_for(0, RUNS_OUT, U - U / 100));
	});
}

#[test]
fn period_should_book_less_than_its_limit() {
	build_and_execute(vec![root()], || {
		assert_ok!(book_for(0, COMPANY, PERIOD_LIMIT - 1));
		assert_noop!(book_for(0, COMPANY, 1), Error::<Test>::PeriodLimitReached);
	});
}

#[test]
fn report_should_book_revenue() {
	build_and_execute(vec![root(), child(&[0])], || {
		assert_ok!(report(1, 5 * U));
		assert_eq!(in_pot(), 5 * U);
		System::assert_last_event(
			Event::RevenueReported { period: MARCH, asset: 1, who: COMPANY, amount: 5 * U }.into(),
		);
	});
}

#[test]
fn report_should_fail_without_an_eligible_ancestor() {
	let mut delisted = root();
	delisted.facts.active = false;
	let assets = vec![delisted, with_rate(root(), None), child(&[0, 1]), root()];
	build_and_execute(assets, || {
		assert_noop!(report(2, U), Error::<Test>::NoEligibleAncestor);
		assert_noop!(report(3, U), Error::<Test>::NoEligibleAncestor);
	});
}

#[test]
fn report_should_reach_an_ancestor_behind_a_sale() {
	build_and_execute(vec![root(), with_rate(child(&[0]), None), child(&[1])], || {
		assert_ok!(report(2, U));
	});
}

#[test]
fn report_should_fail_for_others() {
	build_and_execute(vec![root(), child(&[0])], || {
		let reported =
			Royalty::report_revenue(RuntimeOrigin::signed(33), 1, U).map_err(|failed| failed.error);
		assert_noop!(reported, Error::<Test>::NotAuthorized);
	});
}

#[test]
fn report_should_fail_for_an_unknown_asset() {
	build_and_execute(vec![root()], || assert_noop_report(1, Error::NotFound));
}

#[test]
fn report_should_fail_with_nothing_to_report() {
	build_and_execute(vec![root(), child(&[0])], || {
		assert_noop!(report(1, 0), Error::<Test>::ZeroAmount);
	});
}

fn assert_noop_report(asset: u32, error: Error<Test>) {
	assert_noop!(report(asset, U), error);
}

#[test]
fn first_report_should_be_charged_for_settling_the_asset() {
	build_and_execute(vec![root(), child(&[0])], || {
		let call = crate::Call::<Test>::report_revenue { asset: 1, amount: U };
		let charged = || {
			let done = Royalty::report_revenue(RuntimeOrigin::signed(COMPANY), 1, U).unwrap();
			done.actual_weight.unwrap()
		};
		let (first, second) = (charged(), charged());
		assert_eq!(first, call.get_dispatch_info().call_weight);
		assert_eq!(first - second, <Royalty as Bookings<AccountId>>::settlement_weight(1));
	});
}

#[test]
fn settling_an_asset_should_cost_no_more_than_its_first_booking_is_charged_for() {
	// Each ancestor is alone in its page with somebody who never had U.
	const ANCESTORS: u32 = 30;
	let ancestors: Vec<_> = (0..ANCESTORS).map(|page| page * ASSETS_PER_PAGE).collect();
	let cost = |booked: bool| {
		let mut assets: Vec<_> =
			(0..ANCESTORS * ASSETS_PER_PAGE).map(|asset| paid_to(root(), 1_000 + u64::from(asset))).collect();
		assets.push(child(&ancestors));
		let (asset, mut spent) = (assets.len() as u32 - 1, Weight::zero());
		build_and_execute(assets, || {
			for asset in ancestors.iter().chain([&asset]) {
				// As minting remembers them.
				Fake::find_payee(*asset);
			}
			if booked {
				assert_ok!(report(asset, 1_000 * U));
			}
			block_at(APRIL_FIRST);
			while crate::PendingPeriod::<Test>::exists() {
				spent += Royalty::on_initialize(System::block_number());
			}
			let paid = Royalty::period(MARCH).unwrap().payments;
			assert_eq!(paid, if booked { ANCESTORS } else { 0 });
		});
		spent
	};
	let caused = cost(true) - cost(false);
	let charged = <Royalty as Bookings<AccountId>>::settlement_weight(ANCESTORS);
	assert!(caused.all_lte(charged), "{caused} is more than {charged}");
	assert!(charged.all_lte(caused * 4), "{charged} is more than four times {caused}");
}
