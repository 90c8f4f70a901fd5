//! Over any sequence of events, what was held is released, refunded or paid, to the micro-U.

use super::mock::*;
use crate::{Job, NextPermitId, OperatorProfile, Permits, Report};
use frame_support::traits::fungible::Inspect;
use heirloom_primitives::{AssetId, MicroU, PermitStatus, SandboxGate, U, Units};
use proptest::{collection::vec, prelude::*};

/// Something that somebody tries; most of it fails somewhere along a random sequence.
#[derive(Clone, Debug)]
enum Step {
	Request(Vec<(AssetId, Units)>, u64),
	Approve(AccountId, u64),
	Complete(u64),
	Refuse(u64),
	Revoke(AccountId, u64),
	ForceRevoke(u64),
	Expire(u64),
	Consume(u64),
	Prune(AccountId, u64),
	Pass(u64),
	Reprice(AssetId, MicroU),
	Delist(AssetId),
	Spend(MicroU),
	Challenge(AccountId, u64),
	Answer(u64, bool),
	ExpireChallenge(u64),
	Readmit,
	StateFee(MicroU),
}

fn step() -> impl Strategy<Value = Step> {
	let permit = || 0u64..8;
	let who = || ANN..=CURATOR;
	let asset = || CT..=LOGS;
	let cap = || prop_oneof![Just(0), Just(1), Just(4_096)];
	prop_oneof![
		8 => (vec((asset(), 0u64..6), 0..4), cap()).prop_map(|(uses, cap)| Step::Request(uses, cap)),
		6 => (prop_oneof![Just(BOB), Just(CYD)], permit()).prop_map(|(who, permit)| Step::Approve(who, permit)),
		8 => permit().prop_map(Step::Complete),
		2 => permit().prop_map(Step::Refuse),
		1 => (who(), permit()).prop_map(|(who, permit)| Step::Revoke(who, permit)),
		1 => permit().prop_map(Step::ForceRevoke),
		3 => permit().prop_map(Step::Expire),
		2 => permit().prop_map(Step::Consume),
		3 => (who(), permit()).prop_map(|(who, permit)| Step::Prune(who, permit)),
		3 => (1u64..LONGEST).prop_map(Step::Pass),
		1 => Just(Step::Pass(KEPT)),
		1 => (asset(), 0..20 * U).prop_map(|(asset, fee)| Step::Reprice(asset, fee)),
		1 => asset().prop_map(Step::Delist),
		1 => (CENT..400 * U).prop_map(Step::Spend),
		5 => permit().prop_map(|permit| Step::Challenge(BOB, permit)),
		2 => permit().prop_map(|permit| Step::Challenge(SECOND, permit)),
		4 => (permit(), any::<bool>()).prop_map(|(permit, agrees)| Step::Answer(permit, agrees)),
		2 => permit().prop_map(Step::ExpireChallenge),
		2 => Just(Step::Readmit),
		1 => (0..8 * U).prop_map(Step::StateFee),
	]
}

/// Whether it succeeded.
fn attempt(step: Step) -> bool {
	let assets_of = |permit| -> Vec<AssetId> {
		let record = Permits::<Test>::get(permit);
		record.map_or(vec![], |record| record.uses.iter().map(|used| used.asset).collect())
	};
	let report_of = |permit| {
		let cap = Permits::<Test>::get(permit).map_or(0, |record| record.output_cap);
		Report { output_bytes: cap.min(1_024), ..report(&assets_of(permit)) }
	};
	match step {
		Step::Request(uses, output_cap) => {
			SandboxAccess::request(signed(ANN), Job { output_cap, ..job(&uses) }, 1_000 * U).is_ok()
		}
		Step::Approve(who, permit) => SandboxAccess::approve(signed(who), permit).is_ok(),
		Step::Complete(permit) => complete(permit, report_of(permit)).is_ok(),
		Step::Refuse(permit) => refuse(permit, refusal(&assets_of(permit))).is_ok(),
		Step::Revoke(who, permit) => SandboxAccess::revoke(signed(who), permit).is_ok(),
		Step::ForceRevoke(permit) => SandboxAccess::force_revoke(signed(CURATOR), permit, reason()).is_ok(),
		Step::Expire(permit) => SandboxAccess::expire(signed(EVE), permit).is_ok(),
		Step::Consume(permit) => SandboxAccess::consume(permit, &ANN, 50).is_ok(),
		Step::Prune(who, permit) => SandboxAccess::prune(signed(who), permit).is_ok(),
		Step::Pass(millis) => {
			pass(millis);
			true
		}
		Step::Reprice(asset, fee) => {
			set_call_fee(asset, fee);
			true
		}
		Step::Delist(asset) => {
			delist(asset);
			true
		}
		Step::Spend(rest) => {
			let spends = free_u(ANN) > rest;
			if spends {
				spend_u(ANN, rest);
			}
			spends
		}
		Step::Challenge(who, permit) => SandboxAccess::challenge(signed(who), permit).is_ok(),
		Step::Answer(permit, agrees) => {
			let report = report_of(permit);
			let report = if agrees { report } else { Report { fuel: 7, ..report } };
			answer(permit, report).is_ok()
		}
		Step::ExpireChallenge(permit) => SandboxAccess::expire_challenge(signed(EVE), permit).is_ok(),
		Step::Readmit => {
			let topped_up = SandboxAccess::top_up_bond(signed(OPERATOR)).is_ok();
			topped_up && SandboxAccess::admit_operator(signed(CURATOR), OPERATOR, hash(9)).is_ok()
		}
		Step::StateFee(fee) => {
			let profile = OperatorProfile { fee, ..second_profile() };
			SandboxAccess::update_operator(signed(SECOND), profile).is_ok()
		}
	}
}

/// All U there is to Ann: free, for fees, for permits.
fn wealth() -> MicroU {
	let (fees, permits) = held_u(ANN);
	free_u(ANN) + fees + permits
}

/// All U there is to somebody who doubts jobs.
fn wealth_of(challenger: AccountId) -> MicroU {
	free_u(challenger) + held_for_challenges(challenger)
}

/// All U there is to whoever is paid for or by challenges: Bob, the second operator, the pool.
fn at_stake() -> MicroU {
	wealth_of(BOB) + wealth_of(SECOND) + free_u(POOL)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(200))]

	#[test]
	fn consumers_pay_for_completed_permits_alone(steps in vec(step(), 1..80)) {
		build_and_execute(|| {
			admit_second();
			let (mut spent, mut paid_to_operator) = (0, 0);
			for step in steps {
				let before = (wealth(), free_u(OPERATOR), RecordedUses::get().len());
				let price = match step {
					Step::Complete(permit) => Permits::<Test>::get(permit).and_then(|record| record.price()),
					_ => None,
				};
				let spending = matches!(step, Step::Spend(_));
				let completing = attempt(step) && price.is_some();
				let left = before.0 - wealth();
				if completing {
					assert_eq!(Some(left), price, "A completion costs what was held for it.");
					paid_to_operator += OPERATOR_FEE;
				} else if !spending {
					assert_eq!(left, 0, "Nothing else costs anything.");
					assert_eq!(before.2, RecordedUses::get().len(), "Nothing else books a use.");
				}
				spent += left;
				assert_eq!(free_u(OPERATOR), paid_to_operator, "The operator is paid for completed jobs alone.");
				SandboxAccess::do_try_state().unwrap();
			}
			let total = free_u(POT) - CENT + free_u(OPERATOR);
			assert_eq!(total, spent, "What left the consumer arrived.");
		});
	}

	#[test]
	fn challenges_only_move_money(steps in vec(step(), 1..80)) {
		build_and_execute(|| {
			admit_third();
			give_u(SECOND, 20 * U);
			let (at_stake_before, native_before) = (at_stake(), Balances::total_issuance());
			for step in steps {
				let bonds = (wealth_of(BOB), wealth_of(SECOND), Balances::total_balance(&OPERATOR));
				let answering = matches!(step, Step::Answer(..));
				attempt(step);
				if !answering {
					let after = (wealth_of(BOB), wealth_of(SECOND), Balances::total_balance(&OPERATOR));
					assert_eq!(after, bonds, "Only an answer costs anybody anything.");
				}
				assert_eq!(at_stake(), at_stake_before, "What a challenger loses arrives.");
				assert_eq!(Balances::total_issuance(), native_before, "What is slashed arrives.");
				SandboxAccess::do_try_state().unwrap();
			}
		});
	}

	#[test]
	fn everything_is_released_in_the_end(steps in vec(step(), 1..60)) {
		build_and_execute(|| {
			admit_third();
			give_u(SECOND, 20 * U);
			for step in steps {
				attempt(step);
			}
			pass(LONGEST + 1);
			for permit in 0..NextPermitId::<Test>::get() {
				attempt(Step::Expire(permit));
				attempt(Step::ExpireChallenge(permit));
			}
			pass(KEPT);
			for permit in 0..NextPermitId::<Test>::get() {
				attempt(Step::Prune(ANN, permit));
			}
			assert_eq!(Permits::<Test>::iter().count(), 0);
			assert_eq!(held_u(ANN), (0, 0));
			assert_eq!([BOB, SECOND].map(held_for_challenges), [0, 0]);
		});
	}

	#[test]
	fn an_ended_permit_never_opens_again(steps in vec(step(), 1..60)) {
		build_and_execute(|| {
			let mut ended = Vec::new();
			for step in steps {
				attempt(step);
				for (permit, record) in Permits::<Test>::iter() {
					let open = matches!(record.status, PermitStatus::Requested | PermitStatus::Approved);
					assert!(!open || !ended.contains(&permit), "An ended permit stays ended.");
					if !open && !ended.contains(&permit) {
						ended.push(permit);
					}
				}
			}
		});
	}
}
