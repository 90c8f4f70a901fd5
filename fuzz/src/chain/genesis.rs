//! What every input starts from: the development chain with a platform, admitted operators and policies.

use super::{Jump, end_block, open_block, open_next};
use crate::pick::{CODE, OPERATORS, RUNNER, council, key};
use heirloom_primitives::{Kind, Moment, OutputLimits, Terms, U};
use heirloom_runtime::{Runtime, RuntimeCall, RuntimeGenesisConfig, System, constants::u::U_ID, genesis};
use pallet_sandbox_access::{Approval, Call, OperatorProfile, Policy};
use serde_json::{Value, json};
use sp_core::{Blake2Hasher, crypto::Ss58Codec};
use sp_genesis_builder::PresetId;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring::{self, Bob, Charlie, Dave, Eve, Ferdie};
use sp_state_machine::InMemoryBackend;

/// Noon of 2026-03-30, in UTC: a month's end is near.
const START: Moment = 1_774_872_000_000;

pub fn start() -> InMemoryBackend<Blake2Hasher> {
	let mut externalities = TestExternalities::new_empty();
	externalities.execute_with(|| {
		let config = serde_json::to_vec(&config()).expect("it is JSON");
		frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(config)
			.expect("the genesis is complete");
		open_block(1, System::block_hash(0), START);
		sandboxes();
		open_next(&end_block(), Jump::default());
	});
	externalities.commit_all().expect("no storage transaction is open");
	externalities.backend.clone()
}

/// What a settlement may use in a hook, in picoseconds: less than a page of payees may cost, so that each block pays one and
/// a month takes several blocks, between which people go on.
const MOST_PER_HOOK: u64 = 20_000_000_000;

/// The development preset with assets.
fn config() -> Value {
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).expect("it has a JSON form");
	let preset = genesis::get_preset(&PresetId::from(genesis::DEVELOPMENT)).expect("it exists");
	merge(&mut config, &serde_json::from_slice(&preset).expect("it is JSON"));
	let most = json!({ "ref_time": MOST_PER_HOOK, "proof_size": u64::MAX });
	merge(&mut config, &json!({ "lineage": { "assets": assets() }, "royalty": { "mostPerHook": most } }));
	config
}

/// RFC 7386, without its deletions.
fn merge(target: &mut Value, patch: &Value) {
	match (target, patch) {
		(Value::Object(target), Value::Object(patch)) => {
			for (key, value) in patch {
				merge(target.entry(key).or_insert(Value::Null), value);
			}
		}
		(target, patch) => *target = patch.clone(),
	}
}

/// Roots under every kind of terms, two medical ones, and a model of a model.
fn assets() -> Vec<Value> {
	let (third, half) = (Terms::Share { rate: 3_000 }, Terms::Share { rate: 5_000 });
	let bought = Terms::Buyout { price: 25 * U };
	vec![
		asset("ROOT", Bob, Kind::Data, third, None, &[]),
		asset("SECOND", Charlie, Kind::Data, half, None, &[]),
		asset("BOUGHT", Dave, Kind::Script, bought, None, &[]),
		asset("CT", Bob, Kind::Data, third, Some("medical-imaging"), &[]),
		asset("NOTES", Eve, Kind::Data, half, Some("medical-records"), &[]),
		asset("MODEL", Ferdie, Kind::Model, third, None, &[0, 1, 2]),
		asset("ADAPTER", Charlie, Kind::Model, half, None, &[5]),
		asset("LONELY", Dave, Kind::Model, bought, None, &[3]),
	]
}

fn asset(
	handle: &str,
	owner: Sr25519Keyring,
	kind: Kind,
	terms: Terms,
	domain: Option<&str>,
	parents: &[u32],
) -> Value {
	let parents: Vec<_> =
		parents.iter().map(|parent| json!({ "asset": parent, "relation": "trained_on" })).collect();
	json!({
		"handle": handle,
		"kind": kind,
		"creator": owner.to_account_id().to_ss58check(),
		"terms": terms,
		"callFee": U.to_string(),
		"minted": "2026-01",
		"domain": domain,
		"parents": parents,
	})
}

/// Two operators that the council admitted, which may run jobs on both medical assets without being asked, and some U
/// for the wallets that have no LOOM.
fn sandboxes() {
	for operator in OPERATORS {
		let profile = OperatorProfile {
			signing_key: key(operator),
			sealing_key: [7; 32],
			measurement: RUNNER,
			fee: 2 * U,
		};
		submit(operator, Call::<Runtime>::register_operator { profile });
		let admit = Call::<Runtime>::admit_operator { operator: key(operator), measurement: RUNNER };
		submit(Sr25519Keyring::Alice, council(admit.into()));
	}
	for (owner, asset) in [(Bob, 3), (Eve, 4)] {
		submit(owner, Call::<Runtime>::set_policy { asset, policy: policy() });
	}
	for wallet in [Sr25519Keyring::One, Sr25519Keyring::Two] {
		let target = key(wallet).into();
		submit(Bob, pallet_assets::Call::<Runtime>::transfer { id: U_ID, target, amount: 1_000 * U });
	}
}

/// One that lets jobs pass.
pub fn policy() -> Policy<Runtime> {
	Policy {
		codes: vec![CODE].try_into().expect("one fits"),
		operators: OPERATORS.map(key).to_vec().try_into().expect("two fit"),
		limits: OutputLimits {
			smallest_group: 10,
			largest_output: 1_024,
			largest_model: 0,
			release_budget: 65_536,
		},
		approval: Approval::Automatic,
	}
}

fn submit(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) {
	let call = call.into();
	let name = super::name(&call);
	let applied = super::submit(signer, call).unwrap_or_else(|error| panic!("{name} is refused: {error:?}"));
	applied.result.unwrap_or_else(|error| panic!("{name} fails: {error:?}"));
}
