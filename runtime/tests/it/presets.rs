//! Every preset builds a chain that works.

use crate::chain::{ExtBuilder, genesis_json, next_block, u_of};
use frame_support::traits::{
	IntegrityTest,
	fungibles::{metadata::Inspect as _, roles::Inspect as _},
};
use heirloom_primitives::{FormulaVersion, Period};
use heirloom_runtime::{
	AccountId, AllPalletsWithSystem, Assets, Lineage, Royalty, Runtime, RuntimeGenesisConfig, Session,
	configs::{CouncilAccount, EcosystemPool, RoyaltyPot},
	constants::u,
	genesis,
};
use pallet_asset_rate::ConversionRateToNative;
use serde_json::{Value, json};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Ferdie};
use sp_runtime::FixedU128;

fn accounts(keys: &[Sr25519Keyring]) -> Vec<AccountId> {
	let mut accounts: Vec<_> = keys.iter().map(|key| key.to_account_id()).collect();
	accounts.sort();
	accounts
}

fn validators() -> Vec<AccountId> {
	let mut validators = Session::validators();
	validators.sort();
	validators
}

fn curators() -> Vec<AccountId> {
	pallet_membership::Members::<Runtime, pallet_membership::Instance1>::get().into_inner()
}

/// A chain of three data sets and models: `CT`, `LUNG` trained on it, `LUNG-SMALL` quantized from that.
fn three_assets() -> Value {
	let asset = |handle: &str, kind: &str, domain: Value, parents: Value| {
		json!({
			"handle": handle,
			"kind": kind,
			"creator": Ferdie.to_account_id(),
			"domain": domain,
			"terms": { "share": { "rate": 3_000 } },
			"callFee": "1000000",
			"quality": { "bps": 9_800, "attested": true },
			"minted": "2025-03",
			"parents": parents,
		})
	};
	json!({ "lineage": { "assets": [
		asset("CT", "data", json!("medical-imaging"), json!([])),
		asset("LUNG", "model", Value::Null, json!([{ "asset": 0, "relation": "trained_on" }])),
		asset("LUNG-SMALL", "model", Value::Null, json!([{ "asset": 1, "relation": "quantized" }])),
	] } })
}

#[test]
fn pallets_should_accept_their_configuration() {
	ExtBuilder::default().build_and_execute(AllPalletsWithSystem::integrity_test);
}

#[test]
fn every_preset_with_validators_should_build_a_chain_that_makes_blocks() {
	for preset in [genesis::DEVELOPMENT, genesis::LOCAL, genesis::SCENARIO] {
		assert!(genesis::preset_names().contains(&preset.into()));
		ExtBuilder::default().preset(preset).build_and_execute(next_block);
	}
}

#[test]
fn an_unknown_preset_should_be_none() {
	assert_eq!(genesis::get_preset(&"mainnet".into()), None);
}

#[test]
fn development_should_have_one_validator_and_curator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(validators(), accounts(&[Alice]));
		assert_eq!(curators(), accounts(&[Alice]));
	});
}

#[test]
fn local_should_have_four_validators_and_three_curators() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		assert_eq!(validators(), accounts(&[Alice, Bob, Charlie, Dave]));
		assert_eq!(pallet_aura::Authorities::<Runtime>::get().len(), 4);
		assert_eq!(heirloom_runtime::Grandpa::grandpa_authorities().len(), 4);
		assert_eq!(curators(), accounts(&[Alice, Bob, Charlie]));
	});
}

#[test]
fn u_should_exist_with_its_rate_from_the_first_block_on() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!((Assets::symbol(u::U_ID), Assets::decimals(u::U_ID)), (b"U".to_vec(), 6));
		let rate = ConversionRateToNative::<Runtime>::get(u::U_ID).unwrap();
		assert_eq!(rate, FixedU128::from_u32(1_000_000));
	});
}

#[test]
fn u_should_belong_to_the_council() {
	ExtBuilder::default().build_and_execute(|| {
		let team = [Assets::owner, Assets::issuer, Assets::admin, Assets::freezer].map(|role| role(u::U_ID));
		assert!(team.iter().all(|member| member == &Some(CouncilAccount::get())), "{team:?}");
	});
}

#[test]
fn pool_and_pot_should_be_able_to_receive_a_micro_u() {
	ExtBuilder::default().build_and_execute(|| {
		for account in [EcosystemPool::get(), RoyaltyPot::get()] {
			assert_eq!(u_of(&account), u::MINIMUM_BALANCE);
		}
	});
}

#[test]
fn scenario_should_take_assets_with_their_parents() {
	ExtBuilder::default().preset(genesis::SCENARIO).patch(three_assets()).build_and_execute(|| {
		let small = Lineage::asset_id(b"LUNG-SMALL").unwrap();
		assert_eq!(small, 2);
		assert_eq!(Lineage::ancestors(small), Some(vec![0, 1]));
		assert_eq!(Lineage::asset(small).unwrap().generation, 2);
		assert_eq!(Lineage::asset(0).unwrap().owner, Ferdie.to_account_id());
	});
}

#[test]
fn scenario_should_take_a_schedule_of_intervals() {
	let schedule = json!({ "interval": { "first": "2026-03", "millis": 60_000 } });
	let patch = json!({ "royalty": { "schedule": schedule } });
	ExtBuilder::default().preset(genesis::SCENARIO).patch(patch).build_and_execute(|| {
		assert_eq!(Royalty::progress().open, "2026-03".parse().unwrap());
		(0..10).for_each(|_| next_block());
		assert_eq!(Royalty::progress().open, Period::new(2026, 4).unwrap());
	});
}

#[test]
fn new_chains_should_begin_with_the_second_formula_and_scenarios_with_the_first() {
	let formula = |preset: &str| {
		let preset: Value = serde_json::from_slice(&genesis::get_preset(&preset.into()).unwrap()).unwrap();
		preset.pointer("/royalty/formula").unwrap().clone()
	};
	let presets = [genesis::DEVELOPMENT, genesis::LOCAL, genesis::SCENARIO];
	assert_eq!(presets.map(formula), ["V2", "V2", "V1"]);
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		assert_eq!(pallet_royalty::CurrentRule::<Runtime>::get().current, FormulaVersion::V2);
	});
}

#[test]
fn presets_should_state_what_a_spec_tool_patches() {
	for name in genesis::preset_names() {
		let preset: Value = serde_json::from_slice(&genesis::get_preset(&name).unwrap()).unwrap();
		for path in [
			"/balances/balances",
			"/assets/assets",
			"/assets/accounts",
			"/genesisRates/rates",
			"/session/keys",
			"/curatorMembership/members",
			"/lineage/domains",
			"/lineage/assets",
		] {
			assert!(preset.pointer(path).is_some_and(Value::is_array), "{path} of {name:?}");
		}
		assert_eq!(preset.pointer("/royalty/schedule"), Some(&json!("calendar")));
		let endowed = preset.pointer("/assets/accounts/0/2");
		let of_nobody = name == genesis::PRODUCTION;
		assert_eq!(endowed, Some(&json!(if of_nobody { 10_000 } else { 1_000_000_000_000_u64 })));
	}
}

#[test]
#[should_panic(expected = "a rate of zero converts nothing")]
fn genesis_should_be_refused_when_a_rate_is_zero() {
	let patch = json!({ "genesisRates": { "rates": [[u::U_ID, "0"]] } });
	ExtBuilder::default().patch(patch).build_and_execute(|| ());
}

#[test]
fn genesis_should_be_refused_when_a_field_is_unknown() {
	let config = genesis_json(genesis::DEVELOPMENT, &json!({ "royalty": { "scedule": "calendar" } }));
	let error = sp_io::TestExternalities::new_empty()
		.execute_with(|| frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(config))
		.unwrap_err();
	assert!(error.contains("scedule"), "{error}");
}
