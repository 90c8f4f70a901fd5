//! Accounts of every kind of key, each with U only.

use crate::chain::{ExtBuilder, give_u, mint, next_block, submit_signed, use_of};
use codec::Encode;
use frame_support::assert_ok;
use heirloom_primitives::U;
use heirloom_runtime::{AccountId, Lineage, PersonalSignature, Signature, constants::u::U_ID};
use sp_core::{Pair, ecdsa, ed25519, hex2array};
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use sp_runtime::{
	MultiSignature, MultiSigner,
	traits::{IdentifyAccount, Verify},
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

/// The first account of Hardhat's documentation: a secret key, and the address that Ethereum wallets show for it.
const SECRET: [u8; 32] = hex2array!("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
const ADDRESS: [u8; 20] = hex2array!("f39fd6e51aad88f6f4ce6ab8827279cfffb92266");
/// The order of secp256k1's group.
const ORDER: &str = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
const SUMMARY: &str = "Heirloom: use CT-1, 3 units, for 3.00 U at most";

/// What an Ethereum wallet makes of a summary and a payload.
fn personal_sign(summary: &str, payload: &[u8]) -> PersonalSignature {
	let key = ecdsa::KeccakPair::from_seed(&SECRET);
	let mut signature = key.sign(&PersonalSignature::message(summary, payload));
	// Wallets count from 27.
	signature.0[64] += 27;
	PersonalSignature { signature, summary: summary.as_bytes().to_vec().try_into().unwrap() }
}

#[test]
fn account_of_an_ethereum_wallet_should_call() {
	account_should_call(PersonalSignature::account(ADDRESS), |payload| {
		Signature::Personal(personal_sign(SUMMARY, payload))
	});
}

#[test]
fn personal_signature_should_commit_to_payload_and_summary() {
	let (payload, who) = ([7; 100].as_slice(), PersonalSignature::account(ADDRESS));
	let signed = personal_sign(SUMMARY, payload);
	let verify = |signature: &PersonalSignature, payload: &[u8], who: &AccountId| {
		Signature::Personal(signature.clone()).verify(payload, who)
	};
	assert!(verify(&signed, payload, &who));
	assert!(!verify(&signed, &payload[1..], &who));
	assert!(!verify(&signed, payload, &Alice.to_account_id()));
	let mut other = signed.clone();
	other.summary[0] ^= 1;
	assert!(!verify(&other, payload, &who));
}

#[test]
fn personal_signature_should_have_one_form() {
	let (payload, who) = ([7; 100].as_slice(), PersonalSignature::account(ADDRESS));
	let signed = personal_sign(SUMMARY, payload);
	let verify = |signature: PersonalSignature| Signature::Personal(signature).verify(payload, &who);
	assert!(verify(signed.clone()));
	let mut counted_from_0 = signed.clone();
	counted_from_0.signature.0[64] -= 27;
	assert!(!verify(counted_from_0));
	// The other signature that fits: the order of the group without `s`, and the other key.
	let order = sp_core::U256::from_str_radix(ORDER, 16).unwrap();
	let s = sp_core::U256::from_big_endian(&signed.signature.0[32..64]);
	let mut mirrored = signed;
	mirrored.signature.0[32..64].copy_from_slice(&(order - s).to_big_endian());
	mirrored.signature.0[64] = 27 + 28 - mirrored.signature.0[64];
	let hash = sp_io::hashing::keccak_256(&PersonalSignature::message(SUMMARY, payload));
	assert!(sp_io::crypto::secp256k1_ecdsa_recover(mirrored.signature.as_ref(), &hash).is_ok(), "it is one");
	assert!(!verify(mirrored));
}

#[test]
fn summary_should_be_one_line() {
	let (payload, who) = ([7; 100].as_slice(), PersonalSignature::account(ADDRESS));
	for summary in ["Log in\n\n0x00", "Log in\rHere", "Log in\u{85}", "Log in\u{2028}0x00", "Log in\u{202e}"]
	{
		assert!(!Signature::Personal(personal_sign(summary, payload)).verify(payload, &who));
	}
}

#[test]
fn personal_message_should_be_text_that_ends_with_the_payloads_hash() {
	let hash = "0x0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8";
	assert_eq!(
		String::from_utf8(PersonalSignature::message("Pay 1 U", b"")).unwrap(),
		format!("\x19Ethereum Signed Message:\n97Heirloom transaction\n\nPay 1 U\n\n{hash}"),
	);
}

#[test]
fn the_sdks_signatures_should_be_encoded_as_they_are() {
	let key = ecdsa::KeccakPair::from_seed(&SECRET);
	for signature in [
		MultiSignature::Ed25519(ed25519::Pair::from_seed(&SECRET).sign(b"")),
		MultiSignature::Sr25519(Alice.sign(b"")),
		MultiSignature::Ecdsa(ecdsa::Pair::from_seed(&SECRET).sign(b"")),
		MultiSignature::Eth(key.sign(b"")),
	] {
		assert_eq!(Signature::from(signature.clone()).encode(), signature.encode());
	}
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
