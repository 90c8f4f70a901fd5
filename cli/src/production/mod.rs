//! The specification of a chain that people rely on: the node's `production`, filled in by its founders.

pub mod args;
mod people;

use crate::{chain::U_ID, spec};
use anyhow::{Result, anyhow, ensure};
use args::ProductionArgs;
use people::{Curator, Holding, People, Validator};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The least LOOM of an account, in planck.
const LEAST_PLANCK: u64 = 1_000_000_000;
/// The least U of an account, in micro-U.
const LEAST_MICRO: u64 = 10_000;

/// The least that a validator bonds, in planck.
const LEAST_BOND: u64 = 1_000_000_000_000_000;
/// With fewer candidates than this the set of validators stays as it is, and so does the era.
const LEAST_VALIDATORS: usize = 3;

/// Runs `spec production`.
pub fn run(args: &ProductionArgs) -> Result<()> {
	let people = People {
		validators: people::read(&args.validators, Validator::parse)?,
		curators: people::read(&args.curators, Curator::parse)?,
		balances: people::read(&args.balances, Holding::parse)?,
	};
	let mut spec = spec::base(&spec::node_program(args.node.as_deref())?, "production")?;
	fill(&mut spec, &people)?;
	spec["bootNodes"] = json!(args.bootnodes);
	spec::write(&spec, args.out.as_deref())
}

/// Writes people and their money into the spec of a chain that has neither.
fn fill(spec: &mut Value, people: &People) -> Result<()> {
	let genesis = spec
		.pointer_mut("/genesis/runtimeGenesis/patch")
		.ok_or_else(|| anyhow!("the node's chain spec has no genesis patch"))?;
	people.check()?;

	let held = |list: &str, account: usize| -> Result<BTreeSet<String>> {
		let entries = genesis
			.pointer(list)
			.and_then(Value::as_array)
			.ok_or_else(|| anyhow!("the node's chain spec has no {list} in its genesis patch"))?;
		Ok(entries.iter().filter_map(|entry| entry[account].as_str()).map(str::to_owned).collect())
	};
	let of_nobody = &held("/balances/balances", 0)? | &held("/assets/accounts", 1)?;
	for holding in &people.balances {
		let account = holding.account.to_string();
		ensure!(
			!of_nobody.contains(&account),
			"{account} is the chain's own account: it needs no money from founders"
		);
		ensure!(
			holding.planck == 0 || holding.planck >= LEAST_PLANCK,
			"{account} has less LOOM than an account must have, 0.001"
		);
		ensure!(
			holding.micro == 0 || holding.micro >= LEAST_MICRO,
			"{account} has less U than an account must have, 0.01"
		);
	}
	for Validator { account, bond, .. } in &people.validators {
		ensure!(*bond >= LEAST_BOND, "validator {account} bonds less than a validator must, 1,000 LOOM");
		// Fees, and the deposit for new session keys.
		let rich = people.balances.iter().any(|held| held.account == *account && held.planck > *bond);
		ensure!(rich, "validator {account} needs more LOOM in the balances than it bonds");
	}

	genesis["session"]["keys"] = people
		.validators
		.iter()
		.map(|validator| {
			let account = validator.account.to_string();
			let (aura, grandpa) = (people::address(validator.aura), people::address(validator.grandpa));
			json!([account, account, { "aura": aura, "grandpa": grandpa }])
		})
		.collect();
	let staker = |validator: &Validator| {
		let account = validator.account.to_string();
		json!([account, account, validator.bond, "Validator"])
	};
	genesis["staking"]["stakers"] = people.validators.iter().map(staker).collect();
	genesis["staking"]["validatorCount"] = json!(people.validators.len());
	genesis["staking"]["minimumValidatorCount"] = json!(people.validators.len().min(LEAST_VALIDATORS));
	genesis["curatorMembership"]["members"] =
		people.curators.iter().map(|curator| json!(curator.account.to_string())).collect();
	let mut add = |list: &str, entries: Vec<Value>| {
		let held = genesis.pointer_mut(list).and_then(Value::as_array_mut).expect("it was read above");
		held.extend(entries);
	};
	let rich =
		|amount: fn(&Holding) -> u64| people.balances.iter().filter(move |holding| amount(holding) > 0);
	add(
		"/balances/balances",
		rich(|holding| holding.planck)
			.map(|holding| json!([holding.account.to_string(), holding.planck]))
			.collect(),
	);
	add(
		"/assets/accounts",
		rich(|holding| holding.micro)
			.map(|holding| json!([U_ID, holding.account.to_string(), holding.micro]))
			.collect(),
	);
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::{people::tests::people, *};

	fn empty() -> Value {
		json!({ "genesis": { "runtimeGenesis": { "patch": {
			"balances": { "balances": [["5EYCAe5ijiYfyeZ2JJCGq56LmPyNRAKzpG4QkoQkkQNB5e6Z", 7]] },
			"assets": { "accounts": [] },
			"session": { "keys": [] },
			"staking": { "stakers": [], "minimumValidatorCount": 0 },
			"curatorMembership": { "members": [] },
		} } } })
	}

	fn refused(change: impl FnOnce(&mut People)) -> String {
		let mut people = people();
		change(&mut people);
		fill(&mut empty(), &people).unwrap_err().to_string()
	}

	#[test]
	fn people_and_their_money_are_written() {
		let (mut spec, people) = (empty(), people());
		fill(&mut spec, &people).unwrap();
		let genesis = spec.pointer("/genesis/runtimeGenesis/patch").unwrap();
		let keys = genesis["session"]["keys"].as_array().unwrap();
		assert_eq!(keys.len(), people.validators.len());
		assert_eq!(keys[0][0], people.validators[0].account.to_string());
		assert_eq!(genesis["staking"]["stakers"].as_array().unwrap().len(), people.validators.len());
		assert_eq!(genesis["staking"]["minimumValidatorCount"], 3);
		assert_eq!(genesis["curatorMembership"]["members"].as_array().unwrap().len(), people.curators.len());
		// The chain's own account is still there.
		assert_eq!(genesis["balances"]["balances"].as_array().unwrap().len(), 1 + people.balances.len());
		assert_eq!(genesis["assets"]["accounts"], json!([]));
	}

	#[test]
	fn validators_without_a_bond_are_refused() {
		let error = refused(|people| people.balances[0].planck = 0);
		assert!(error.contains("needs more LOOM in the balances than it bonds"), "{error}");
		let error = refused(|people| people.validators[0].bond = 5);
		assert!(error.contains("bonds less than a validator must"), "{error}");
	}

	#[test]
	fn amounts_below_the_least_are_refused() {
		assert!(refused(|people| people.balances[0].planck = 5).contains("less LOOM"));
		assert!(refused(|people| people.balances[0].micro = 5).contains("less U"));
	}

	#[test]
	fn accounts_of_the_chain_are_refused() {
		let error = refused(|people| {
			people.balances[0].account = "5EYCAe5ijiYfyeZ2JJCGq56LmPyNRAKzpG4QkoQkkQNB5e6Z".parse().unwrap();
		});
		assert!(error.contains("is the chain's own account"), "{error}");
	}
}
