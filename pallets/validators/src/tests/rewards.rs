//! Rewards: what is set aside, and that it is paid without anybody asking.

use super::mock::*;
use crate::{Event, RewardRate, Unpaid};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight};
use proptest::prelude::*;
use sp_runtime::{DispatchError, Perbill};
use sp_staking::EraPayout;

/// Ends an era; returns its reward.
fn end_era() -> u64 {
	let (reward, remainder) = Validators::era_payout(0, 0, 0);
	assert_eq!(remainder, 0);
	reward
}

fn idle() {
	Validators::on_idle(System::block_number(), Weight::MAX);
}

#[test]
fn reward_should_be_set_aside_from_the_pool() {
	execute(|| {
		let issuance = Balances::total_issuance();
		assert_eq!(end_era(), 50);
		assert_eq!(last_event(), Event::RewardSetAside { amount: 50 });
		assert_eq!(
			(Balances::free_balance(POOL), Balances::free_balance(POT)),
			(MINIMUM + 950, MINIMUM + 50)
		);
		assert_eq!(Balances::total_issuance(), issuance, "nothing is minted");
	});
}

#[test]
fn what_rounding_left_should_be_part_of_the_next_reward() {
	execute(|| {
		assert_eq!(end_era(), 50);
		assert_ok!(Balances::transfer_keep_alive(RuntimeOrigin::signed(POT), 1, 40));
		assert_eq!(end_era(), 10 + 47);
	});
}

#[test]
fn what_is_owed_should_not_be_part_of_the_next_reward() {
	execute(|| {
		assert_eq!(end_era(), 50);
		Validators::note_era(1, [1]);
		assert_eq!(end_era(), 47);
	});
}

#[test]
fn reserve_should_stay_in_the_pot() {
	execute(|| {
		Reserve::set(4);
		assert_eq!(end_era(), 50 - 4);
		assert_ok!(Balances::transfer_keep_alive(RuntimeOrigin::signed(POT), 1, 46));
		assert_eq!(end_era(), 4 + 47 - 4);
	});
}

#[test]
fn empty_pool_should_pay_nothing() {
	execute(|| {
		assert_ok!(Balances::transfer_keep_alive(RuntimeOrigin::signed(POOL), 1, 1_000));
		assert_eq!(end_era(), 0);
	});
}

#[test]
fn pot_that_does_not_exist_should_cost_nothing() {
	execute(|| {
		assert_ok!(Balances::transfer_allow_death(RuntimeOrigin::signed(POT), 1, MINIMUM));
		assert_ok!(Validators::set_reward_rate(RuntimeOrigin::root(), Perbill::from_perthousand(5)));
		assert_eq!(end_era(), 0);
		assert_eq!(Balances::free_balance(POOL), MINIMUM + 1_000);
	});
}

#[test]
fn validators_should_be_paid_one_a_block() {
	execute(|| {
		Validators::note_era(7, [1, 2]);
		idle();
		assert_eq!(paid().len(), 1);
		for _ in 0..3 {
			idle();
		}
		let mut paid = paid();
		paid.sort();
		assert_eq!(paid, [(7, 1), (7, 2)]);
		assert_eq!(Unpaid::<Test>::count(), 0);
	});
}

#[test]
fn all_parts_should_be_paid() {
	execute(|| {
		Parts::set(3);
		Validators::note_era(7, [1]);
		for _ in 0..4 {
			idle();
		}
		assert_eq!(paid(), [(7, 1); 3]);
		assert_eq!(Unpaid::<Test>::count(), 0);
	});
}

#[test]
fn full_block_should_pay_nobody() {
	execute(|| {
		Validators::note_era(7, [1]);
		let taken = Validators::on_idle(System::block_number(), Weight::from_parts(999, u64::MAX));
		assert_eq!((taken, paid()), (Weight::zero(), vec![]));
		assert_eq!(Unpaid::<Test>::count(), 1);
	});
}

#[test]
fn rate_should_be_set_by_its_origin_alone() {
	execute(|| {
		let rate = Perbill::from_percent(6);
		assert_noop!(Validators::set_reward_rate(RuntimeOrigin::signed(1), rate), DispatchError::BadOrigin);
		assert_ok!(Validators::set_reward_rate(RuntimeOrigin::root(), rate));
		assert_eq!(RewardRate::<Test>::get(), rate);
		assert_eq!(last_event(), Event::RewardRateSet { rate });
	});
}

proptest! {
	/// Whatever the rate and the pool: issuance stays, and what the rewards of all eras come to has left the pool.
	#[test]
	fn rewards_should_be_what_left_the_pool(rates in prop::collection::vec(0u32..=1_000_000_000, 1..20)) {
		execute(|| {
			let issuance = Balances::total_issuance();
			let mut rewards = 0;
			for (era, rate) in (0..).zip(rates) {
				RewardRate::<Test>::put(Perbill::from_parts(rate));
				rewards += end_era();
				Validators::note_era(era, [1]);
			}
			assert_eq!(Balances::free_balance(POOL) + rewards, MINIMUM + 1_000);
			assert_eq!(Balances::free_balance(POT), MINIMUM + rewards);
			assert_eq!(Balances::total_issuance(), issuance);
		});
	}
}
