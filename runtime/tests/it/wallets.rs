//! Accounts of every kind of key, each with U only.

use crate::chain::{ExtBuilder, give_u, mint, next_block, submit_signed, use_of};
use frame_support::assert_ok;
use heirloom_primitives::U;
use heirloom_runtime::{AccountId, Lineage, Signature, constants::u::U_ID};
use sp_core::{Pair, ecdsa, ed25519};
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use sp_runtime::{
	MultiSigner,
	traits::IdentifyAccount,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
};

fn account_should_call(who: AccountId, sign: impl FnOnce(&[u8]) -> Signature) {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		give_u(&who, 10 * U);
		next_block();
		assert_ok!(submit_signed(&who, Some(U_ID), use_of(asset, 3), sign).unwrap());
		assert_eq!(Lineage::receipts(asset).unwrap().count, 1);
	});
}

#[test]
fn account_of_an_ed25519_key_should_call() {
	let key = ed25519::Pair::from_string("//Wallet", None).unwrap();
	account_should_call(MultiSigner::from(key.public()).into_account(), |payload| key.sign(payload).into());
}

#[test]
fn account_of_an_ecdsa_key_should_call() {
	let key = ecdsa::Pair::from_string("//Wallet", None).unwrap();
	account_should_call(MultiSigner::from(key.public()).into_account(), |payload| key.sign(payload).into());
}

#[test]
fn account_of_an_ethereum_key_should_call() {
	let key = ecdsa::KeccakPair::from_string("//Wallet", None).unwrap();
	let who = MultiSigner::Eth(key.public()).into_account();
	account_should_call(who, |payload| Signature::Eth(key.sign(payload)));
}

#[test]
fn transaction_should_be_refused_when_somebody_else_signed_it() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		let forged =
			submit_signed(&Bob.to_account_id(), None, use_of(asset, 3), |payload| Alice.sign(payload).into());
		assert_eq!(forged, Err(TransactionValidityError::Invalid(InvalidTransaction::BadProof)));
	});
}
