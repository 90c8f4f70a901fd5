//! A chain specification whose genesis holds a scenario.

use crate::{
	args::{BaseChain, SpecArgs},
	chain::{U_ID, accounts::Accounts, clock::first_day},
	output,
};
use anyhow::{Context, Result, anyhow, bail};
use heirloom_primitives::{MicroU, Period, U};
use heirloom_scenario::{Scenario, Terms};
use serde_json::{Value, json};
use std::{
	collections::{BTreeMap, BTreeSet},
	path::{Path, PathBuf},
	process::Command,
};

/// The account that runs sandboxes in a replay.
pub const OPERATOR: &str = "sandbox-operator";
/// LOOM of each account, in planck: fees and bonds. Written in JSON, so it stays below 2^53.
const LOOM: u64 = 5_000_000_000_000_000;
/// U that every account which pays has beyond what it pays: for the deposits of permits, and so that it stays.
const SPARE: MicroU = 1_000 * U;

/// Runs `scenario spec`.
pub fn run(args: &SpecArgs) -> Result<()> {
	let scenario = Scenario::read(&args.directory)?;
	let mut spec = base(&node_program(args.node.as_deref())?, args.chain.name())?;
	merge(&mut spec, &scenario, args.interval)?;
	write(&spec, args.out.as_deref())
}

/// Writes a spec to a file, or else to the terminal.
pub fn write(spec: &Value, file: Option<&Path>) -> Result<()> {
	let text = serde_json::to_string_pretty(spec)?;
	match file {
		Some(file) => {
			std::fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
		}
		None => output::line(text),
	}
}

/// The node's program: the one named, or beside this program, or in the path.
pub fn node_program(named: Option<&Path>) -> Result<PathBuf> {
	if let Some(path) = named {
		return Ok(path.into());
	}
	let beside = std::env::current_exe()?.with_file_name("heirloom-node");
	Ok(if beside.exists() { beside } else { "heirloom-node".into() })
}

/// What the node says of a chain that it knows by name.
pub fn base(node: &Path, chain: &str) -> Result<Value> {
	let output = Command::new(node)
		.args(["export-chain-spec", "--chain", chain])
		.output()
		.with_context(|| format!("{} cannot be run; name the node with --node", node.display()))?;
	if !output.status.success() {
		let said = String::from_utf8_lossy(&output.stderr);
		bail!("{} gave no chain spec: {}", node.display(), said.lines().last().unwrap_or("it says nothing"));
	}
	serde_json::from_slice(&output.stdout).with_context(|| format!("{} gave no chain spec", node.display()))
}

/// Writes a scenario into a spec: its assets, who has how much money, and when its month begins and ends.
fn merge(spec: &mut Value, scenario: &Scenario, interval: Option<u64>) -> Result<()> {
	let mut accounts = Accounts::development()?;
	let first = Period(scenario.period.0);
	spec["name"] = json!(format!("Heirloom {}", scenario.name));
	spec["id"] = json!(format!("heirloom_{}", scenario.name.replace('-', "_")));
	if !spec["properties"].is_object() {
		spec["properties"] = json!({});
	}
	spec["properties"]["clockStart"] = json!(first_day(first));

	let lineage = lineage(scenario, &mut accounts)?;
	let money = money(scenario)?;
	let genesis = spec
		.pointer_mut("/genesis/runtimeGenesis/patch")
		.ok_or_else(|| anyhow!("the node's chain spec has no genesis patch"))?;
	genesis["lineage"] = lineage;
	if !genesis["royalty"].is_object() {
		genesis["royalty"] = json!({});
	}
	genesis["royalty"]["formula"] = json!(scenario.formula.word());
	if let Some(millis) = interval {
		genesis["royalty"]["schedule"] = json!({ "interval": { "first": first, "millis": millis } });
	}
	for (name, micro) in money {
		let account = accounts.id(&name)?.to_string();
		entitle(genesis, "/balances/balances", json!([account, LOOM]), 0)?;
		if micro > 0 {
			let micro =
				u64::try_from(micro).with_context(|| format!("{name} pays more U than a spec can hold"))?;
			entitle(genesis, "/assets/accounts", json!([U_ID, account, micro]), 1)?;
		}
	}
	Ok(())
}

/// Puts an entry into a list of the genesis, in place of the account's own one if there is one.
fn entitle(genesis: &mut Value, list: &str, entry: Value, account: usize) -> Result<()> {
	let list = genesis
		.pointer_mut(list)
		.and_then(Value::as_array_mut)
		.ok_or_else(|| anyhow!("the node's chain spec has no {list} in its genesis patch"))?;
	list.retain(|held| held[account] != entry[account]);
	list.push(entry);
	Ok(())
}

fn lineage(scenario: &Scenario, accounts: &mut Accounts) -> Result<Value> {
	let domains: BTreeSet<_> = scenario.assets.iter().filter_map(|asset| asset.domain.as_deref()).collect();
	let domains: Vec<_> =
		domains.iter().map(|name| json!({ "name": name, "medical": name.starts_with("medical") })).collect();
	let mut assets = Vec::with_capacity(scenario.assets.len());
	for asset in &scenario.assets {
		let parents: Vec<_> = asset
			.parents
			.iter()
			.map(|edge| json!({ "asset": edge.parent, "relation": edge.relation.to_string() }))
			.collect();
		let terms = match asset.terms {
			Terms::Share { rate } => json!({ "share": { "rate": rate } }),
			Terms::Buyout { price } => {
				let price = u64::try_from(price)
					.with_context(|| format!("{} costs more than a spec can hold", asset.handle))?;
				json!({ "buyout": { "price": price } })
			}
		};
		assets.push(json!({
			"handle": asset.handle,
			"kind": asset.kind.word(),
			"creator": accounts.id(&asset.creator)?.to_string(),
			"domain": asset.domain,
			"terms": terms,
			"callFee": asset.call_fee.to_string(),
			"quality": asset.quality.map(|quality| json!({ "bps": quality.bps, "attested": quality.attested })),
			"impact": asset.impact,
			"minted": asset.minted.to_string(),
			"parents": parents,
		}));
	}
	Ok(json!({ "domains": domains, "assets": assets }))
}

/// Everybody who takes part, with the U that they need: what they pay, and something to spare. Who pays nothing
/// starts without U.
fn money(scenario: &Scenario) -> Result<BTreeMap<String, MicroU>> {
	let mut money: BTreeMap<String, MicroU> = BTreeMap::from([(OPERATOR.to_owned(), SPARE)]);
	for asset in &scenario.assets {
		money.entry(asset.creator.clone()).or_default();
	}
	let mut pay = |name: &str, amount: Option<MicroU>| {
		let held = money.entry(name.into()).or_default();
		let amount = amount.and_then(|amount| held.checked_add(amount));
		*held = amount.ok_or_else(|| anyhow!("{name} pays more U than there can be"))?;
		Ok::<_, anyhow::Error>(())
	};
	for call in &scenario.calls {
		pay(&call.caller, scenario.fee(call))?;
	}
	for revenue in &scenario.revenue {
		pay(&scenario.assets[revenue.asset].creator, Some(revenue.amount))?;
	}
	money.values_mut().filter(|micro| **micro > 0).for_each(|micro| *micro = micro.saturating_add(SPARE));
	Ok(money)
}

impl BaseChain {
	fn name(self) -> &'static str {
		match self {
			Self::Scenario => "scenario",
			Self::Local => "local",
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn merged(name: &str, interval: Option<u64>) -> Value {
		let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
		let scenario = Scenario::read(&scenarios.join(name)).unwrap();
		let mut accounts = Accounts::development().unwrap();
		let annotator = accounts.id("annotator").unwrap().to_string();
		let mut spec = json!({ "genesis": { "runtimeGenesis": { "patch": {
			"balances": { "balances": [[annotator, 7]] },
			"assets": { "accounts": [] },
		} } } });
		merge(&mut spec, &scenario, interval).unwrap();
		spec
	}

	#[test]
	fn genesis_holds_the_assets_with_their_parents_before_them() {
		let spec = merged("march-2026", None);
		let assets =
			spec.pointer("/genesis/runtimeGenesis/patch/lineage/assets").unwrap().as_array().unwrap();
		assert_eq!(assets.len(), 1_200);
		for (position, asset) in assets.iter().enumerate() {
			for parent in asset["parents"].as_array().unwrap() {
				assert!(parent["asset"].as_u64().unwrap() < position as u64);
			}
		}
		let annotated = assets.iter().find(|asset| asset["handle"] == "CT-2025-0312").unwrap();
		assert_eq!(annotated["callFee"], "10810811");
		assert_eq!(annotated["quality"], json!({ "bps": 9_800, "attested": true }));
		assert_eq!(annotated["terms"], json!({ "share": { "rate": 10_000 } }));
		assert_eq!(annotated["minted"], "2025-03");
	}

	#[test]
	fn medical_domains_are_marked() {
		let spec = merged("march-2026", None);
		let domains = spec.pointer("/genesis/runtimeGenesis/patch/lineage/domains").unwrap();
		let marked: Vec<_> =
			domains.as_array().unwrap().iter().filter(|domain| domain["medical"] == true).collect();
		assert_eq!(marked, [&json!({ "name": "medical-imaging", "medical": true })]);
	}

	#[test]
	fn nobody_is_endowed_twice() {
		let spec = merged("march-2026", None);
		let balances =
			spec.pointer("/genesis/runtimeGenesis/patch/balances/balances").unwrap().as_array().unwrap();
		let accounts: BTreeSet<_> = balances.iter().map(|entry| entry[0].as_str().unwrap()).collect();
		assert_eq!(accounts.len(), balances.len());
	}

	#[test]
	fn who_pays_nothing_starts_without_u() {
		let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
		let money = money(&Scenario::read(&scenarios.join("march-2026")).unwrap()).unwrap();
		assert_eq!(money["annotator"], 0);
		assert!(money["company-a"] > SPARE);
	}

	#[test]
	fn clock_starts_with_the_month() {
		let spec = merged("edge-cases", Some(60_000));
		assert_eq!(spec.pointer("/properties/clockStart").unwrap(), "2024-02-01");
		assert_eq!(
			spec.pointer("/genesis/runtimeGenesis/patch/royalty/schedule").unwrap(),
			&json!({ "interval": { "first": "2024-02", "millis": 60_000 } })
		);
	}

	#[test]
	fn genesis_states_the_scenarios_formula() {
		let formula =
			|name| merged(name, None)["genesis"]["runtimeGenesis"]["patch"]["royalty"]["formula"].clone();
		assert_eq!([formula("march-2026"), formula("proven-first")], ["V1", "V2"]);
	}
}
