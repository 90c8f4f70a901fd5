//! Validators that join, leave, do nothing and lie.

use crate::chain::{
	ExtBuilder, address, block_at, dispatch_error, events, loom_of, next_block, pool, submit, submit_ok,
};
use crate::consensus::{evidence, report, report_call};
use crate::governance::{as_root, motion};
use codec::Encode;
use frame_support::{assert_ok, traits::fungible::InspectHold};
use heirloom_runtime::{
	Balance, Balances, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, SLOT_DURATION, Session,
	SessionKeys, Staking, System, Timestamp,
	configs::{BondingDuration, KeyDeposit, SessionPeriod, SessionsPerEra, SlashDeferDuration},
	constants::loom::LOOM,
	genesis,
};
use pallet_staking::RewardDestination;
use serde_json::json;
use sp_keyring::{
	Ed25519Keyring,
	Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, One},
};
use sp_runtime::{DispatchError, Perbill};

/// What each validator of the presets has bonded.
const BOND: Balance = 10_000 * LOOM;

fn active_era() -> u32 {
	pallet_staking::ActiveEra::<Runtime>::get().expect("staking began at genesis").index
}

/// Lets eras pass in which nobody makes a block.
pub fn eras(count: u32) {
	let end = active_era() + count;
	while active_era() < end {
		Session::rotate_session();
	}
	// An election leaves no room for transactions in its block.
	next_block();
}

fn validates(key: Sr25519Keyring) -> bool {
	Session::validators().contains(&key.to_account_id())
}

/// Session keys, and their signatures that say that they are `owner`'s.
fn owned(owner: Sr25519Keyring, grandpa: Ed25519Keyring) -> (SessionKeys, Vec<u8>) {
	let keys = SessionKeys { aura: owner.public().into(), grandpa: grandpa.public().into() };
	let statement = [b"POP_".as_slice(), owner.to_account_id().as_ref()].concat();
	(keys, (owner.sign(&statement), grandpa.sign(&statement)).encode())
}

/// Bonds, and registers keys that a node made.
fn join(key: Sr25519Keyring, grandpa: Ed25519Keyring) {
	join_for(BOND, key, grandpa);
}

/// The same with another bond.
fn join_for(value: Balance, key: Sr25519Keyring, grandpa: Ed25519Keyring) {
	submit_ok(key, pallet_staking::Call::<Runtime>::bond { value, payee: RewardDestination::Stash });
	let (keys, proof) = owned(key, grandpa);
	submit_ok(key, pallet_session::Call::<Runtime>::set_keys { keys, proof });
	submit_ok(key, pallet_staking::Call::<Runtime>::validate { prefs: Default::default() });
}

/// The council makes room for one more than there are.
fn add_seat() {
	assert_ok!(Staking::increase_validator_count(RuntimeOrigin::root(), 1));
}

/// Makes blocks to the end of so many sessions, in all slots but those of `absent`.
fn sessions_without(absent: Sr25519Keyring, count: u32) {
	let end = (System::block_number() / SessionPeriod::get() + count) * SessionPeriod::get();
	let authority = absent.public().into();
	while System::block_number() < end {
		let authorities = pallet_aura::Authorities::<Runtime>::get();
		let mut slot = Timestamp::get() / SLOT_DURATION + 1;
		while authorities[slot as usize % authorities.len()] == authority {
			slot += 1;
		}
		block_at(slot * SLOT_DURATION);
	}
}

fn slash_events() -> Vec<pallet_staking::Event<Runtime>> {
	events(|event| match event {
		RuntimeEvent::Staking(event) => Some(event),
		_ => None,
	})
}

pub fn on_local(test: impl FnOnce()) {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(test);
}

#[test]
fn bonded_account_with_keys_should_become_a_validator() {
	on_local(|| {
		add_seat();
		join(Eve, Ed25519Keyring::Eve);
		assert!(!validates(Eve));
		eras(2);
		assert!(validates(Eve));
		assert_eq!(Session::validators().len(), 5);
		assert!(pallet_aura::Authorities::<Runtime>::get().contains(&Eve.public().into()));
	});
}

#[test]
fn newcomer_should_get_no_seat_for_the_least_bond() {
	on_local(|| {
		join_for(1_000 * LOOM, Eve, Ed25519Keyring::Eve);
		eras(2);
		assert!(pallet_staking::Validators::<Runtime>::contains_key(Eve.to_account_id()));
		assert!(!validates(Eve));
		assert_eq!(Session::validators().len(), 4);
	});
}

#[test]
fn bond_below_the_least_should_be_refused() {
	on_local(|| {
		let payee = RewardDestination::Stash;
		submit_ok(Eve, pallet_staking::Call::<Runtime>::bond { value: 999 * LOOM, payee });
		let validate = pallet_staking::Call::<Runtime>::validate { prefs: Default::default() };
		assert_eq!(
			dispatch_error(submit(Eve, validate)),
			pallet_staking::Error::<Runtime>::InsufficientBond.into()
		);
	});
}

/// What is bonded is what there is, where more is stated.
#[test]
fn bond_should_be_refused_without_the_least_bond() {
	on_local(|| {
		let (dest, value) = (address(&One.to_account_id()), LOOM / 2);
		submit_ok(Eve, pallet_balances::Call::<Runtime>::transfer_keep_alive { dest, value });
		let bond = |value| pallet_staking::Call::<Runtime>::bond { value, payee: RewardDestination::Stash };
		let poor = dispatch_error(submit(One, bond(LOOM)));
		assert_eq!(poor, pallet_staking::Error::<Runtime>::Restricted.into());
		let little = dispatch_error(submit(Eve, bond(LOOM - 1)));
		assert_eq!(little, frame_system::Error::<Runtime>::CallFiltered.into());
		submit_ok(Eve, bond(LOOM));
	});
}

#[test]
fn nomination_should_wait_for_the_council() {
	on_local(|| {
		let payee = RewardDestination::Stash;
		submit_ok(Eve, pallet_staking::Call::<Runtime>::bond { value: BOND, payee });
		let targets = vec![crate::chain::address(&Alice.to_account_id())];
		assert_eq!(
			dispatch_error(submit(Eve, pallet_staking::Call::<Runtime>::nominate { targets })),
			pallet_staking::Error::<Runtime>::TooManyNominators.into()
		);
	});
}

#[test]
fn validator_should_leave_with_its_bond_when_reports_cannot_come_any_more() {
	on_local(|| {
		join(Eve, Ed25519Keyring::Eve);
		eras(2);
		submit_ok(Dave, pallet_staking::Call::<Runtime>::chill {});
		submit_ok(Dave, pallet_staking::Call::<Runtime>::unbond { value: BOND });
		eras(2);
		assert!(!validates(Dave));
		let staked = || <Staking as sp_staking::StakingInterface>::total_stake(&Dave.to_account_id());
		let withdraw = || pallet_staking::Call::<Runtime>::withdraw_unbonded { num_slashing_spans: 0 };
		eras(BondingDuration::get() - 3);
		submit_ok(Dave, withdraw());
		assert_eq!(staked(), Ok(BOND));
		eras(2);
		submit_ok(Dave, withdraw());
		assert!(staked().is_err(), "nothing is bonded any more");
	});
}

#[test]
fn set_should_stay_when_too_few_stand() {
	on_local(|| {
		submit_ok(Charlie, pallet_staking::Call::<Runtime>::chill {});
		submit_ok(Dave, pallet_staking::Call::<Runtime>::chill {});
		let era = active_era();
		for _ in 0..3 * SessionsPerEra::get() {
			Session::rotate_session();
		}
		assert!(validates(Dave));
		assert_eq!(active_era(), era, "the era lasts until enough stand");
	});
}

#[test]
fn who_left_should_get_its_deposit_for_keys_back() {
	on_local(|| {
		join(Eve, Ed25519Keyring::Eve);
		let held = || Balances::total_balance_on_hold(&Eve.to_account_id());
		let with_keys = held();
		submit_ok(Eve, pallet_staking::Call::<Runtime>::chill {});
		submit_ok(Eve, pallet_session::Call::<Runtime>::purge_keys {});
		assert_eq!(held(), with_keys - KeyDeposit::get());
		assert_eq!(Session::load_keys(&Eve.to_account_id()), None);
	});
}

#[test]
fn keys_of_somebody_else_should_be_refused() {
	on_local(|| {
		let keys =
			SessionKeys { aura: Alice.public().into(), grandpa: Ed25519Keyring::Alice.public().into() };
		let proof = owned(Eve, Ed25519Keyring::Eve).1;
		assert_eq!(
			dispatch_error(submit(Eve, pallet_session::Call::<Runtime>::set_keys { keys, proof })),
			pallet_session::Error::<Runtime>::InvalidProof.into()
		);
	});
}

#[test]
fn validator_that_makes_no_block_should_be_removed() {
	on_local(|| {
		sessions_without(Dave, 3);
		assert!(pallet_staking::Validators::<Runtime>::contains_key(Dave.to_account_id()));
		let era = active_era();
		sessions_without(Dave, 2);
		assert!(!pallet_staking::Validators::<Runtime>::contains_key(Dave.to_account_id()));
		assert_eq!(active_era(), era, "an absence ends no era");
		eras(2);
		assert!(!validates(Dave));
		assert_eq!(Session::validators().len(), 3);
		let staked = <Staking as sp_staking::StakingInterface>::total_stake(&Dave.to_account_id());
		assert_eq!(staked, Ok(BOND), "absence costs no bond");
	});
}

#[test]
fn equivocation_should_be_slashed_when_reports_cannot_come_any_more() {
	on_local(|| {
		let (before, (_, pool_before)) = (loom_of(&Dave.to_account_id()), pool());
		report(Eve, Ed25519Keyring::Dave);
		let (reporter_before, reporter) = (loom_of(&Eve.to_account_id()), Eve.to_account_id());
		let fraction = Perbill::from_rational(9u32, 16);
		let era = active_era();
		let reported = pallet_staking::Event::SlashReported {
			validator: Dave.to_account_id(),
			fraction,
			slash_era: era,
		};
		assert!(slash_events().contains(&reported));
		eras(SlashDeferDuration::get());
		assert_eq!(loom_of(&Dave.to_account_id()), before);
		eras(1);
		let slashed = fraction * BOND;
		assert_eq!(loom_of(&Dave.to_account_id()), before - slashed);
		assert_eq!(loom_of(&reporter) - reporter_before, Perbill::from_percent(5) * slashed);
		assert!(pool().1 > pool_before, "the rest goes to the pool");
	});
}

#[test]
fn late_report_should_be_slashed_all_the_same() {
	on_local(|| {
		let before = loom_of(&Dave.to_account_id());
		let (proof, owner) = evidence(Ed25519Keyring::Dave);
		eras(13);
		submit_ok(Eve, report_call(proof, owner));
		eras(SlashDeferDuration::get() - 13);
		assert_eq!(loom_of(&Dave.to_account_id()), before);
		eras(1);
		assert_eq!(before - loom_of(&Dave.to_account_id()), Perbill::from_rational(9u32, 16) * BOND);
	});
}

#[test]
fn who_awaits_a_slash_should_stand_in_no_election() {
	on_local(|| {
		report(Eve, Ed25519Keyring::Dave);
		eras(2);
		assert!(!validates(Dave));
		assert!(!pallet_staking::Validators::<Runtime>::contains_key(Dave.to_account_id()));
	});
}

#[test]
fn who_awaits_a_slash_should_make_no_block_while_too_few_stand() {
	let patch = json!({ "staking": { "minimumValidatorCount": 4 } });
	ExtBuilder::default().preset(genesis::LOCAL).patch(patch).build_and_execute(|| {
		report(Eve, Ed25519Keyring::Dave);
		eras(2);
		assert!(validates(Dave));
		let dave = Session::validators().iter().position(|it| *it == Dave.to_account_id()).unwrap();
		assert!(Session::disabled_validators().contains(&(dave as u32)));
	});
}

#[test]
fn who_was_slashed_by_mistake_should_stand_again() {
	on_local(|| {
		report(Eve, Ed25519Keyring::Dave);
		let era = active_era() + SlashDeferDuration::get() + 1;
		eras(1);
		assert_ok!(Staking::cancel_deferred_slash(RuntimeOrigin::root(), era, vec![0]));
		submit_ok(Dave, pallet_staking::Call::<Runtime>::validate { prefs: Default::default() });
		eras(2);
		assert!(validates(Dave));
		assert!(Session::disabled_validators().is_empty());
	});
}

#[test]
fn elected_account_without_keys_should_stand_no_more() {
	on_local(|| {
		add_seat();
		let payee = RewardDestination::Stash;
		submit_ok(Eve, pallet_staking::Call::<Runtime>::bond { value: BOND, payee });
		submit_ok(Eve, pallet_staking::Call::<Runtime>::validate { prefs: Default::default() });
		eras(1);
		// A proof made now is good in the session after it.
		let (proof, owner) = evidence(Ed25519Keyring::Dave);
		assert!(!validates(Eve));
		eras(1);
		assert!(!pallet_staking::Validators::<Runtime>::contains_key(Eve.to_account_id()));
		submit_ok(Eve, report_call(proof, owner));
	});
}

#[test]
fn slash_should_be_cancelled_by_the_council() {
	on_local(|| {
		let before = loom_of(&Dave.to_account_id());
		report(Eve, Ed25519Keyring::Dave);
		let era = active_era() + SlashDeferDuration::get() + 1;
		assert_ok!(Staking::cancel_deferred_slash(RuntimeOrigin::root(), era, vec![0]));
		eras(SlashDeferDuration::get() + 1);
		assert_eq!(loom_of(&Dave.to_account_id()), before);
	});
}

#[test]
fn invulnerable_validator_should_not_be_slashed() {
	let patch = json!({ "staking": { "invulnerables": [Dave.to_account_id()] } });
	ExtBuilder::default().preset(genesis::LOCAL).patch(patch).build_and_execute(|| {
		let before = loom_of(&Dave.to_account_id());
		report(Eve, Ed25519Keyring::Dave);
		eras(SlashDeferDuration::get() + 1);
		assert_eq!(loom_of(&Dave.to_account_id()), before);
	});
}

/// The call that keeps Dave from slashes.
fn spare_dave() -> RuntimeCall {
	pallet_staking::Call::<Runtime>::set_invulnerables { invulnerables: vec![Dave.to_account_id()] }.into()
}

#[test]
fn validator_that_the_council_spares_should_not_be_slashed() {
	on_local(|| {
		assert_eq!(motion(&[Alice, Bob], as_root(spare_dave())), Ok(()));
		assert_eq!(pallet_staking::Invulnerables::<Runtime>::get(), vec![Dave.to_account_id()]);
		report(Eve, Ed25519Keyring::Dave);
		assert_eq!(pallet_offences::Reports::<Runtime>::iter().count(), 1);
		eras(SlashDeferDuration::get() + 1);
		// What else Dave has changes with the motion's fees, which validators are paid from.
		let staked = <Staking as sp_staking::StakingInterface>::total_stake(&Dave.to_account_id());
		assert_eq!(staked, Ok(BOND));
	});
}

#[test]
fn one_curator_of_three_should_not_spare_a_validator() {
	on_local(|| {
		assert_eq!(motion(&[Alice], as_root(spare_dave())), Err(DispatchError::BadOrigin));
		assert!(pallet_staking::Invulnerables::<Runtime>::get().is_empty());
	});
}
