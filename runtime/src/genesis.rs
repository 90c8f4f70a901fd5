//! What a new chain starts with. The node only names these presets.
//!
//! A preset is a JSON patch of `RuntimeGenesisConfig`. Who patches it further (RFC 7386) replaces whole arrays, so
//! every array that a chain spec is likely to change is stated in every preset, empty ones too.

use crate::{
	AccountId, AssetsConfig, Balance, BalancesConfig, CuratorMembershipConfig, GenesisRatesConfig,
	LineageConfig, RoyaltyConfig, RuntimeGenesisConfig, SessionConfig, SessionKeys, StakingConfig,
	ValidatorsConfig,
	configs::{CouncilAccount, EcosystemPool, MAX_CANDIDATES, RewardPot},
	constants::{
		accounts::ROYALTY_POT,
		loom::{EXISTENTIAL_DEPOSIT, LOOM},
		u,
	},
};
use alloc::{vec, vec::Vec};
use frame_support::build_struct_json_patch;
use heirloom_primitives::{FormulaVersion, Schedule, U};
use pallet_lineage::GenesisDomain;
use pallet_staking::StakerStatus;
use serde_json::Value;
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET, PresetId};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::{Perbill, traits::AccountIdConversion};

/// A chain of one validator, Alice, who is the only curator too.
pub const DEVELOPMENT: &str = DEV_RUNTIME_PRESET;
/// Four validators, Alice to Dave, the first three of them curators.
pub const LOCAL: &str = LOCAL_TESTNET_RUNTIME_PRESET;
/// Like [`DEVELOPMENT`], to be patched with the assets and balances of a scenario.
pub const SCENARIO: &str = "scenario";
/// Everything but people: no validator, no curator, and money only for the accounts that nobody has a key to. Founders
/// fill it in (`heirloom spec production`).
pub const PRODUCTION: &str = "production";

/// LOOM of each well-known account. Stays below 2^64 planck, so that any JSON reader gets it right.
const ENDOWED_LOOM: Balance = 1_000_000 * LOOM;
/// LOOM that each of the well-known validators has bonded.
const BONDED_LOOM: Balance = 10_000 * LOOM;
/// The least that a validator bonds.
const MIN_VALIDATOR_BOND: Balance = 1_000 * LOOM;
/// The part of the pool's LOOM that a day's validators get: half of what comes in on a day has gone to them 14 days later.
const REWARD_RATE: Perbill = Perbill::from_percent(5);
/// Micro-U of each well-known account.
const ENDOWED_U: Balance = 1_000_000 * U;

/// The well-known accounts with money.
const ENDOWED: [Sr25519Keyring; 6] = [
	Sr25519Keyring::Alice,
	Sr25519Keyring::Bob,
	Sr25519Keyring::Charlie,
	Sr25519Keyring::Dave,
	Sr25519Keyring::Eve,
	Sr25519Keyring::Ferdie,
];

/// The domains that assets choose from. Data of a medical one is sensitive from its minting on.
const DOMAINS: [(&str, bool); 8] = [
	("medical-imaging", true),
	("medical-records", true),
	("autonomous-driving", false),
	("code", false),
	("nlp", false),
	("reviews", false),
	("speech", false),
	("vision", false),
];

fn domains() -> Vec<GenesisDomain> {
	DOMAINS.map(|(name, medical)| GenesisDomain { name: name.into(), medical }).to_vec()
}

/// A validator with the keys that nodes derive from its name (`--alice`).
fn validator(sr25519: Sr25519Keyring, ed25519: Ed25519Keyring) -> (AccountId, AccountId, SessionKeys) {
	let account = sr25519.to_account_id();
	let keys = SessionKeys { aura: sr25519.public().into(), grandpa: ed25519.public().into() };
	(account.clone(), account, keys)
}

/// Validators with their bonds. Nobody nominates until the council allows it; none is safe from slashing.
fn staking(validators: impl Iterator<Item = AccountId>) -> StakingConfig {
	let stakers: Vec<_> = validators
		.map(|validator| (validator.clone(), validator, BONDED_LOOM, StakerStatus::Validator))
		.collect();
	StakingConfig {
		// Who wants a seat of these must bond more than who has it, until the council makes more of them: with seats for
		// everybody a third of the votes would cost as many least bonds, whatever the others bonded.
		validator_count: stakers.len() as u32,
		// With fewer candidates the set stays as it is, and so does the era.
		minimum_validator_count: stakers.len().min(3) as u32,
		slash_reward_fraction: Perbill::from_percent(10),
		min_validator_bond: MIN_VALIDATOR_BOND,
		max_validator_count: Some(MAX_CANDIDATES),
		max_nominator_count: Some(0),
		stakers,
		..Default::default()
	}
}

/// The genesis of a chain with these validators and curators, where these accounts have money.
fn preset(
	validators: Vec<(AccountId, AccountId, SessionKeys)>,
	curators: Vec<AccountId>,
	endowed: &[AccountId],
	formula: FormulaVersion,
) -> Value {
	let endowed = || endowed.iter().cloned();
	let pool = EcosystemPool::get();
	let pot: AccountId = ROYALTY_POT.into_account_truncating();
	let balances = endowed()
		.map(|account| (account, ENDOWED_LOOM))
		.chain([(pool.clone(), EXISTENTIAL_DEPOSIT), (RewardPot::get(), EXISTENTIAL_DEPOSIT)]);
	// A first deposit below the minimum balance fails, so what may receive less than a cent starts with a cent.
	let accounts = endowed()
		.map(|account| (u::U_ID, account, ENDOWED_U))
		.chain([(u::U_ID, pool, u::MINIMUM_BALANCE), (u::U_ID, pot, u::MINIMUM_BALANCE)]);
	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig { balances: balances.collect() },
		assets: AssetsConfig {
			assets: vec![(u::U_ID, CouncilAccount::get(), true, u::MINIMUM_BALANCE)],
			metadata: vec![(u::U_ID, u::NAME.to_vec(), u::SYMBOL.to_vec(), u::DECIMALS)],
			accounts: accounts.collect(),
		},
		genesis_rates: GenesisRatesConfig { rates: vec![(u::U_ID, u::genesis_rate())] },
		staking: staking(validators.iter().map(|(account, ..)| account.clone())),
		validators: ValidatorsConfig { reward_rate: REWARD_RATE },
		session: SessionConfig { keys: validators },
		curator_membership: CuratorMembershipConfig {
			members: curators.try_into().expect("fewer curators than the greatest number"),
		},
		lineage: LineageConfig { domains: domains(), assets: vec![] },
		royalty: RoyaltyConfig { schedule: Schedule::Calendar, formula },
	})
}

fn development(formula: FormulaVersion) -> Value {
	preset(
		vec![validator(Sr25519Keyring::Alice, Ed25519Keyring::Alice)],
		vec![Sr25519Keyring::Alice.to_account_id()],
		&ENDOWED.map(|key| key.to_account_id()),
		formula,
	)
}

fn local() -> Value {
	let validators = vec![
		validator(Sr25519Keyring::Alice, Ed25519Keyring::Alice),
		validator(Sr25519Keyring::Bob, Ed25519Keyring::Bob),
		validator(Sr25519Keyring::Charlie, Ed25519Keyring::Charlie),
		validator(Sr25519Keyring::Dave, Ed25519Keyring::Dave),
	];
	let curators = [Sr25519Keyring::Alice, Sr25519Keyring::Bob, Sr25519Keyring::Charlie];
	let curators = curators.iter().map(|key| key.to_account_id()).collect();
	preset(validators, curators, &ENDOWED.map(|key| key.to_account_id()), FormulaVersion::V2)
}

fn production() -> Value {
	preset(vec![], vec![], &[], FormulaVersion::V2)
}

/// The preset of this name as JSON.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let preset = match id.as_ref() {
		DEVELOPMENT => development(FormulaVersion::V2),
		// Scenarios are months of the first version unless they say otherwise.
		SCENARIO => development(FormulaVersion::V1),
		LOCAL => local(),
		PRODUCTION => production(),
		_ => return None,
	};
	serde_json::to_vec(&preset).ok()
}

/// The names of the presets.
pub fn preset_names() -> Vec<PresetId> {
	[DEVELOPMENT, LOCAL, SCENARIO, PRODUCTION].map(PresetId::from).to_vec()
}
