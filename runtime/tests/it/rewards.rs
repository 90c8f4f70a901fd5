//! What validators are paid, and from what.

use crate::{
	chain::{address, dispatch_error, loom_of, next_block, pool, submit, submit_ok},
	staking::{eras, on_local},
};
use frame_support::{
	assert_ok,
	traits::fungible::{Inspect, Mutate},
};
use heirloom_runtime::{
	AccountId, Balance, Balances, Runtime, RuntimeOrigin, System, Validators,
	configs::{EcosystemPool, RewardPot, RoundingReserve},
	constants::loom::LOOM,
};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave};
use sp_runtime::{DispatchError, Perbill};

#[test]
fn validators_should_be_paid_from_fees_without_asking() {
	on_local(|| {
		let fees = 1_000 * LOOM;
		let to = EcosystemPool::get();
		let transfer =
			pallet_balances::Call::<Runtime>::transfer_keep_alive { dest: address(&to), value: fees };
		submit_ok(Alice, transfer);
		let validators = [Alice, Bob, Charlie, Dave].map(|key| key.to_account_id());
		let have = || validators.iter().map(loom_of).collect::<Vec<_>>();
		for _ in 0..8 {
			next_block();
		}
		let (before, (_, pool_before), issuance) = (have(), pool(), Balances::total_issuance());
		eras(1);
		let set_aside = pool_before - pool().1;
		assert!(set_aside >= Perbill::from_percent(5) * fees);
		for _ in 0..2 * validators.len() + 1 {
			next_block();
		}
		let earned: Vec<_> = have().iter().zip(&before).map(|(after, before)| after - before).collect();
		assert!(earned.iter().all(|earned| *earned > set_aside / 5), "each made blocks: {earned:?}");
		assert!(earned.iter().sum::<Balance>() <= set_aside);
		assert_eq!(pallet_validators::Unpaid::<Runtime>::count(), 0);
		assert_eq!(Balances::total_issuance(), issuance, "nothing is minted");
		let left = <Balances as Inspect<AccountId>>::balance(&RewardPot::get());
		let rounded = left - Balances::minimum_balance();
		assert!(rounded <= set_aside / 100_000_000, "shares are rounded down to billionths: {rounded}");
	});
}

#[test]
fn nothing_should_be_minted_when_shares_are_rounded_up() {
	on_local(|| {
		// Equal points, and a reward that four do not share evenly.
		for spare in [3, 7] {
			let pool = EcosystemPool::get();
			let reserve = RoundingReserve::get();
			assert_ok!(Validators::set_reward_rate(RuntimeOrigin::root(), Perbill::one()));
			let _ = <Balances as Mutate<AccountId>>::set_balance(
				&pool,
				Balances::minimum_balance() + 4 * LOOM + spare + reserve,
			);
			let issuance = Balances::total_issuance();
			while !System::block_number().is_multiple_of(4) {
				next_block();
			}
			eras(1);
			for _ in 0..12 {
				next_block();
			}
			assert_eq!(pallet_validators::Unpaid::<Runtime>::count(), 0);
			assert_eq!(Balances::total_issuance(), issuance);
		}
	});
}

#[test]
fn reward_rate_should_be_the_councils() {
	on_local(|| {
		let call = pallet_validators::Call::<Runtime>::set_reward_rate { rate: Perbill::one() };
		assert_eq!(dispatch_error(submit(Alice, call)), DispatchError::BadOrigin);
		assert_ok!(Validators::set_reward_rate(RuntimeOrigin::root(), Perbill::zero()));
	});
}
