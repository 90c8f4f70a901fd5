//! Which assets are sandboxed, and what their owners allow.

use super::mock::*;
use crate::{Approval, Error, Event, Mode, Policies, Policy, SandboxedAssets};
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::{OutputLimits, U, Words};
use sp_runtime::DispatchError::BadOrigin;

const UNKNOWN: u32 = 99;

#[test]
fn an_owner_sandboxes_by_choice() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::set_sandboxed(signed(BOB), PLAIN));
		assert_eq!(SandboxedAssets::<Test>::get(PLAIN), Some(Mode::Chosen));
		assert_eq!(events(), [Event::Sandboxed { asset: PLAIN, mode: Mode::Chosen, reason: None }]);
	});
}

#[test]
fn only_the_owner_chooses() {
	build_and_execute(|| {
		assert_noop!(SandboxAccess::set_sandboxed(signed(CYD), PLAIN), Error::<Test>::NotOwner);
	});
}

#[test]
fn an_owner_cannot_sandbox_what_it_sells_licences_of() {
	build_and_execute(|| {
		offer(PLAIN);
		assert_noop!(SandboxAccess::set_sandboxed(signed(BOB), PLAIN), Error::<Test>::SoldOnce);
	});
}

#[test]
fn curators_force_what_licences_are_sold_of() {
	build_and_execute(|| {
		offer(PLAIN);
		assert_ok!(SandboxAccess::force_sandboxed(signed(CURATOR), PLAIN, reason()));
		assert_eq!(SandboxedAssets::<Test>::get(PLAIN), Some(Mode::Medical));
	});
}

#[test]
fn sandboxing_an_unknown_asset_should_fail() {
	build_and_execute(|| {
		assert_noop!(SandboxAccess::set_sandboxed(signed(BOB), UNKNOWN), Error::<Test>::AssetNotFound);
		assert_noop!(
			SandboxAccess::force_sandboxed(signed(CURATOR), UNKNOWN, reason()),
			Error::<Test>::AssetNotFound
		);
	});
}

#[test]
fn an_owner_cannot_turn_medical_mode_into_a_choice() {
	build_and_execute(|| {
		assert_noop!(SandboxAccess::set_sandboxed(signed(BOB), CT), Error::<Test>::AlreadySandboxed);
		assert_eq!(SandboxedAssets::<Test>::get(CT), Some(Mode::Medical));
	});
}

#[test]
fn curators_turn_a_choice_into_medical_mode() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::force_sandboxed(signed(CURATOR), LOGS, reason()));
		assert_eq!(SandboxedAssets::<Test>::get(LOGS), Some(Mode::Medical));
		let forced = Event::Sandboxed { asset: LOGS, mode: Mode::Medical, reason: Some(reason()) };
		assert_eq!(events().last(), Some(&forced));
		assert_noop!(
			SandboxAccess::force_sandboxed(signed(CURATOR), LOGS, reason()),
			Error::<Test>::AlreadySandboxed
		);
	});
}

#[test]
fn forcing_without_a_reason_should_fail() {
	build_and_execute(|| {
		let forced = SandboxAccess::force_sandboxed(signed(CURATOR), LOGS, Words::new());
		assert_noop!(forced, Error::<Test>::NoReason);
	});
}

#[test]
fn only_curators_force() {
	build_and_execute(|| {
		assert_noop!(SandboxAccess::force_sandboxed(signed(BOB), PLAIN, reason()), BadOrigin);
	});
}

#[test]
fn the_owner_sets_the_policy() {
	build_and_execute(|| {
		let limits = OutputLimits { smallest_group: 25, ..LIMITS };
		let policy = Policy { limits, ..policy(Approval::Owner) };
		assert_ok!(SandboxAccess::set_policy(signed(BOB), CT, policy.clone()));
		let stored = Policies::<Test>::get(CT).unwrap();
		assert_eq!((stored.policy, stored.set_by), (policy, BOB));
	});
}

#[test]
fn nobody_else_sets_it() {
	build_and_execute(|| {
		let policy = || policy(Approval::Automatic);
		assert_noop!(SandboxAccess::set_policy(signed(CYD), CT, policy()), Error::<Test>::NotOwner);
		assert_noop!(SandboxAccess::set_policy(signed(BOB), UNKNOWN, policy()), Error::<Test>::AssetNotFound);
	});
}

#[test]
fn a_policy_that_names_something_twice_should_fail() {
	build_and_execute(|| {
		let codes = Policy { codes: vec![hash(1), hash(1)].try_into().unwrap(), ..policy(Approval::Owner) };
		assert_noop!(SandboxAccess::set_policy(signed(BOB), CT, codes), Error::<Test>::DuplicateInPolicy);
		let operators = Policy { operators: vec![CYD, CYD].try_into().unwrap(), ..policy(Approval::Owner) };
		assert_noop!(SandboxAccess::set_policy(signed(BOB), CT, operators), Error::<Test>::DuplicateInPolicy);
	});
}

#[test]
fn a_sellers_policy_is_void_after_the_sale() {
	build_and_execute(|| {
		transfer_item(CT, CYD);
		let asked = || SandboxAccess::request(signed(ANN), job(&[(CT, 1)]), 100 * U);
		assert_noop!(asked(), Error::<Test>::PolicyNotFound);
		assert_ok!(SandboxAccess::set_policy(signed(CYD), CT, policy(Approval::Automatic)));
		assert_ok!(asked());
	});
}

#[test]
fn a_sale_does_not_take_the_sandbox_away() {
	build_and_execute(|| {
		transfer_item(LOGS, BOB);
		assert_eq!(SandboxedAssets::<Test>::get(LOGS), Some(Mode::Chosen));
		assert_noop!(SandboxAccess::set_sandboxed(signed(BOB), LOGS), Error::<Test>::AlreadySandboxed);
	});
}
