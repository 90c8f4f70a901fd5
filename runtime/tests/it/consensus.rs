//! Sessions, keys, and validators that vote twice.

use crate::chain::{ExtBuilder, next_block, submit_ok};
use frame_support::traits::KeyOwnerProofSystem;
use heirloom_runtime::{
	AccountId, Grandpa, Historical, Runtime, Session, SessionKeys, System,
	configs::{ReportableSessions, SessionPeriod},
	genesis,
};
use pallet_session::SessionInterface;
use sp_consensus_grandpa::{AuthorityId, Equivocation, EquivocationProof, KEY_TYPE};
use sp_core::H256;
use sp_keyring::{
	Ed25519Keyring,
	Sr25519Keyring::{self, Alice, Dave, Eve},
};
use sp_session::MembershipProof;

fn sessions(count: u32) {
	let end = (System::block_number() / SessionPeriod::get() + count) * SessionPeriod::get();
	while System::block_number() < end {
		next_block();
	}
}

fn historical_roots() -> usize {
	pallet_session::historical::HistoricalSessions::<Runtime>::iter_keys().count()
}

/// Two prevotes of one validator in one round.
fn equivocation(voter: Ed25519Keyring) -> EquivocationProof<H256, u32> {
	let (round_number, set_id) = (1, Grandpa::current_set_id());
	let vote = |target_hash| {
		let prevote = finality_grandpa::Prevote { target_hash, target_number: 1 };
		let message = finality_grandpa::Message::Prevote(prevote.clone());
		let payload = sp_consensus_grandpa::localized_payload(round_number, set_id, &message);
		(prevote, voter.sign(&payload).into())
	};
	let equivocation = finality_grandpa::Equivocation {
		round_number,
		identity: voter.public().into(),
		first: vote(H256::repeat_byte(1)),
		second: vote(H256::repeat_byte(2)),
	};
	EquivocationProof::new(set_id, Equivocation::Prevote(equivocation))
}

/// Such votes, and the proof of whose they are.
pub fn evidence(voter: Ed25519Keyring) -> (EquivocationProof<H256, u32>, MembershipProof) {
	let owner = Historical::prove((KEY_TYPE, AuthorityId::from(voter.public()))).unwrap();
	(equivocation(voter), owner)
}

/// The report of them.
pub fn report_call(
	proof: EquivocationProof<H256, u32>,
	key_owner_proof: MembershipProof,
) -> pallet_grandpa::Call<Runtime> {
	pallet_grandpa::Call::report_equivocation { equivocation_proof: Box::new(proof), key_owner_proof }
}

pub fn report(reporter: Sr25519Keyring, voter: Ed25519Keyring) {
	let (proof, owner) = evidence(voter);
	submit_ok(reporter, report_call(proof, owner));
}

fn index_of(validator: &AccountId) -> u32 {
	let position = Session::validators().iter().position(|other| other == validator);
	position.unwrap().try_into().unwrap()
}

#[test]
fn sessions_should_pass_with_the_same_validators() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		let (validators, set) = (Session::validators(), Grandpa::current_set_id());
		sessions(3);
		assert_eq!(Session::current_index(), 3);
		assert_eq!(Session::validators(), validators);
		assert_eq!(Grandpa::current_set_id(), set, "finality proofs do not grow with the sessions");
		assert_eq!(historical_roots(), 5);
	});
}

#[test]
fn old_sessions_should_be_pruned() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..ReportableSessions::get() + 5 {
			Session::rotate_session();
		}
		assert_eq!(historical_roots(), ReportableSessions::get() as usize + 3);
	});
}

#[test]
fn new_keys_should_take_effect_two_sessions_later() {
	ExtBuilder::default().build_and_execute(|| {
		let keys = SessionKeys { aura: Eve.public().into(), grandpa: Ed25519Keyring::Eve.public().into() };
		<Session as SessionInterface>::set_keys(&Alice.to_account_id(), keys).unwrap();
		let authority = || Grandpa::grandpa_authorities()[0].0.clone();
		sessions(1);
		next_block();
		assert_eq!(authority(), Ed25519Keyring::Alice.public().into());
		sessions(1);
		next_block();
		assert_eq!(authority(), Ed25519Keyring::Eve.public().into());
		assert!(Historical::prove((KEY_TYPE, authority())).is_some());
		assert_eq!(Session::validators(), vec![Alice.to_account_id()]);
	});
}

#[test]
fn equivocating_validator_should_be_disabled() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		report(Eve, Ed25519Keyring::Dave);
		assert_eq!(Session::disabled_validators(), vec![index_of(&Dave.to_account_id())]);
		assert_eq!(pallet_offences::Reports::<Runtime>::iter().count(), 1);
	});
}

#[test]
fn a_third_of_the_validators_should_not_be_disabled() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		report(Eve, Ed25519Keyring::Dave);
		report(Eve, Ed25519Keyring::Charlie);
		assert_eq!(Session::disabled_validators(), vec![index_of(&Dave.to_account_id())]);
		assert_eq!(pallet_offences::Reports::<Runtime>::iter().count(), 2);
	});
}

#[test]
fn disabled_validator_should_stay_disabled_with_new_keys() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		report(Eve, Ed25519Keyring::Dave);
		let keys = SessionKeys { aura: Eve.public().into(), grandpa: Ed25519Keyring::Eve.public().into() };
		<Session as SessionInterface>::set_keys(&Dave.to_account_id(), keys).unwrap();
		Session::rotate_session();
		assert_eq!(Session::disabled_validators().len(), 1);
		Session::rotate_session();
		assert_eq!(Session::disabled_validators().len(), 1);
	});
}
