//! The genesis of a chain that people rely on: no key that everybody knows, no sudo.

use crate::chain::genesis_json;
use codec::Encode;
use frame_support::traits::PalletsInfoAccess;
use heirloom_runtime::{AccountId, AllPalletsWithSystem, RuntimeGenesisConfig, SessionKeys, genesis};
use serde_json::{Value, json};
use sp_core::{Pair, crypto::DEV_PHRASE, ecdsa, ed25519, sr25519};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	BuildStorage, Storage,
	traits::{BlakeTwo256, Hash, IdentifyAccount},
};
use std::collections::BTreeMap;

/// What each of the validators bonds, in planck.
const BOND: u64 = 1_000_000_000_000_000;
/// What is derived from the well-known phrase, and from nothing.
const PATHS: [&str; 4] = ["", "//stash", "//controller", "//validator"];

/// Public keys and accounts of everybody whose secret key is public, with what they are.
fn well_known() -> BTreeMap<Vec<u8>, String> {
	// The six of the keyring, its two more, and accounts that scenarios and their replays derive.
	let names = ["Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie", "One", "Two"];
	let others = ["annotator", "company-a", "nurse", "sandbox-operator"];
	let named = names.into_iter().chain(others).map(|name| format!("//{name}"));
	let mut known = BTreeMap::new();
	for name in named.chain((0..64).map(|number| format!("//{number}"))).chain([String::new()]) {
		for path in PATHS {
			let uri = format!("{DEV_PHRASE}{name}{path}");
			let sr25519 = sr25519::Pair::from_string(&uri, None).unwrap().public();
			let ed25519 = ed25519::Pair::from_string(&uri, None).unwrap().public();
			let ecdsa = ecdsa::Pair::from_string(&uri, None).unwrap().public();
			let account: AccountId = sp_runtime::MultiSigner::from(ecdsa).into_account();
			known.insert(sr25519.0.to_vec(), format!("{name}{path} (sr25519)"));
			known.insert(ed25519.0.to_vec(), format!("{name}{path} (ed25519)"));
			known.insert(ecdsa.0.to_vec(), format!("{name}{path} (ecdsa)"));
			known.insert(account.encode(), format!("{name}{path} (account of ecdsa)"));
		}
	}
	known
}

/// Everything that a chain of this preset begins with.
fn storage(preset: &str, patch: &Value) -> Storage {
	let config: RuntimeGenesisConfig = serde_json::from_slice(&genesis_json(preset, patch)).unwrap();
	config.build_storage().unwrap()
}

/// The well-known keys that stand anywhere in the keys or the values of a state.
fn found(storage: &Storage) -> Vec<String> {
	let known = well_known();
	let state = storage.top.iter().chain(storage.children_default.values().flat_map(|child| &child.data));
	let mut found: Vec<_> = state
		.flat_map(|(key, value)| [key, value])
		.flat_map(|bytes| bytes.windows(32).chain(bytes.windows(33)))
		.filter_map(|window| known.get(window).cloned())
		.collect();
	found.sort();
	found.dedup();
	found
}

/// Four validators and three curators with keys that nobody knows.
fn people() -> Value {
	let account = |number: u8| AccountId::new(BlakeTwo256::hash(&[number, 0x17]).0);
	let keys: Vec<_> = (0..4)
		.map(|number| {
			let keys = SessionKeys {
				aura: sr25519::Public::from_raw(BlakeTwo256::hash(&[number, 0x18]).0).into(),
				grandpa: ed25519::Public::from_raw(BlakeTwo256::hash(&[number, 0x19]).0).into(),
			};
			(account(number), account(number), keys)
		})
		.collect();
	let curators: Vec<_> = (4..7).map(account).collect();
	let stakers: Vec<_> =
		(0..4).map(|number| json!([account(number), account(number), BOND, "Validator"])).collect();
	let mut balances = preset()["balances"]["balances"].as_array().unwrap().clone();
	balances.extend((0..4).map(|number| json!([account(number), 2 * BOND])));
	json!({
		"session": { "keys": keys },
		"staking": { "stakers": stakers, "minimumValidatorCount": 3 },
		"curatorMembership": { "members": curators },
		"balances": { "balances": balances },
	})
}

/// The preset as it is.
fn preset() -> Value {
	serde_json::from_slice(&genesis::get_preset(&genesis::PRODUCTION.into()).unwrap()).unwrap()
}

#[test]
fn production_should_hold_no_well_known_key() {
	assert_eq!(found(&storage(genesis::PRODUCTION, &json!({}))), Vec::<String>::new());
	assert_eq!(found(&storage(genesis::PRODUCTION, &people())), Vec::<String>::new());
}

#[test]
fn well_known_keys_should_be_found_where_they_are() {
	let found = found(&storage(genesis::LOCAL, &json!({})));
	for name in ["Alice", "Bob", "Charlie", "Dave"] {
		assert!(found.contains(&format!("//{name} (sr25519)")), "{found:?}");
		assert!(found.contains(&format!("//{name} (ed25519)")), "{found:?}");
	}
	assert!(found.contains(&"//Ferdie (sr25519)".into()), "{found:?}");
}

#[test]
fn a_key_should_be_found_inside_of_a_value() {
	let patch = json!({ "curatorMembership": { "members": [Sr25519Keyring::FerdieStash.to_account_id()] } });
	assert_eq!(found(&storage(genesis::PRODUCTION, &patch)), ["//Ferdie//stash (sr25519)"]);
}

#[test]
fn production_should_know_nobody() {
	let preset: Value =
		serde_json::from_slice(&genesis::get_preset(&genesis::PRODUCTION.into()).unwrap()).unwrap();
	assert_eq!(preset["session"]["keys"], json!([]));
	assert_eq!(preset["curatorMembership"]["members"], json!([]));
	// The ecosystem pool's, the reward pot's and the royalty pot's, which nobody has a key to.
	assert_eq!(preset["balances"]["balances"].as_array().unwrap().len(), 2);
	assert_eq!(preset["assets"]["accounts"].as_array().unwrap().len(), 2);
	assert_eq!(preset["royalty"]["schedule"], "calendar");
}

#[test]
fn there_should_be_no_sudo() {
	let modules = AllPalletsWithSystem::infos();
	assert!(modules.iter().all(|pallet| !pallet.module_name.contains("sudo")), "{modules:?}");
}
