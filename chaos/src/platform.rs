//! The chain that faults are tried on: a small platform, so that it is the network that is put to the test.
//!
//! Contributors own data that companies derive models from. Companies call assets and report revenue of their models.
//! Fees are no whole cents, so every month carries something. And every month holds something: it is disputed for as long as
//! the chain lives whether one model descends from a data set, and the owner of another data set cannot receive U.

use crate::chain::{
	AccountId,
	keys::{Keys, account},
	read::U_ID,
};
use anyhow::{Context, Result, anyhow};
use heirloom_primitives::{AssetId, CENT, EdgeChange, EdgeEdit, MicroU, Period, U};
use serde_json::{Value, json};
use std::ops::Range;
use subxt_signer::sr25519::Keypair;

/// Who owns data.
const CONTRIBUTORS: u32 = 24;
/// Who uses it.
const COMPANIES: u32 = 8;
/// Data sets.
const DATA: u32 = 60;
/// Models, each derived from up to three assets before it.
const MODELS: u32 = 60;
/// LOOM of each account, in planck: fees. Written in JSON, so it stays below 2^53.
const LOOM: u64 = 5_000_000_000_000_000;
/// U of each company.
const BUDGET: MicroU = 1_000_000 * U;
/// U of who cannot receive: the least there is, so that there is an account to be blocked.
const LEAST: MicroU = CENT;

/// What is disputed: a parent of a model is said to be inserted. Of the model's pots no other parent has a share, since this
/// one alone is attested.
pub const DISPUTED: EdgeEdit =
	EdgeEdit { child: DATA + DISPUTED_MODEL, parent: 34, change: EdgeChange::Remove };
/// The model of the disputed edge.
const DISPUTED_MODEL: u32 = 3;
/// The data set of who cannot receive: attested, and a parent of the disputed model's parent, so that it has a share of each
/// of its pots as well.
pub const UNDELIVERED: AssetId = 0;
/// Revenue of the disputed model is reported once in so many deeds: several times in each month.
const DISPUTED_EACH: u32 = 25;

/// What a settlement may use in a hook, in picoseconds of weight: so little that it takes several blocks of an idle chain, and
/// faults come in the middle of it.
const MOST_PER_HOOK: u64 = 23_400_000_000;

/// When months end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Months {
	/// With the calendar's.
	Calendar,
	/// After so many seconds each, the first of them counted as January 2026.
	Seconds(u64),
}

/// The first month of a chain whose months are counted in seconds.
pub const FIRST: Period = match Period::new(2026, 1) {
	Some(period) => period,
	None => Period(0),
};

/// Who takes part.
pub struct Platform {
	/// Who calls and reports.
	pub companies: Vec<Keypair>,
	/// Who only receives.
	pub contributors: Vec<AccountId>,
	/// Who raises the dispute, and does nothing else.
	pub claimant: Keypair,
	/// Who cannot receive.
	pub blocked: AccountId,
}

/// What a user does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
	/// Uses an asset.
	Call {
		/// Which company.
		company: u32,
		/// Which asset.
		asset: AssetId,
		/// How much of it.
		units: u64,
	},
	/// Reports revenue of a model of its own.
	Report {
		/// Which company.
		company: u32,
		/// Which model.
		asset: AssetId,
		/// How much.
		amount: MicroU,
	},
}

impl Deed {
	/// Whose it is.
	pub fn company(self) -> u32 {
		match self {
			Self::Call { company, .. } | Self::Report { company, .. } => company,
		}
	}
}

impl Platform {
	/// The platform's accounts.
	pub fn new() -> Result<Self> {
		let keys = Keys::development()?;
		let companies = (0..COMPANIES).map(|number| keys.key(&format!("company-{number}")));
		let contributors =
			(0..CONTRIBUTORS).map(|number| Ok(account(&keys.key(&format!("contributor-{number}"))?)));
		Ok(Self {
			companies: companies.collect::<Result<_>>()?,
			contributors: contributors.collect::<Result<_>>()?,
			claimant: keys.key("claimant")?,
			blocked: account(&keys.key("blocked")?),
		})
	}

	/// What an account has in U at genesis.
	pub fn accounts(&self) -> impl Iterator<Item = (AccountId, MicroU)> {
		let companies = self.companies.iter().map(|key| (account(key), BUDGET));
		let contributors = self.contributors.iter().map(|account| (*account, 0));
		companies.chain(contributors).chain([(self.blocked, LEAST)])
	}

	/// Writes the platform into what a node says of its chain `local`.
	///
	/// # Errors
	/// Where that has no genesis to be written into.
	pub fn merge(&self, spec: &mut Value, months: Months) -> Result<()> {
		spec["name"] = json!("Heirloom Chaos");
		spec["id"] = json!("heirloom_chaos");
		let genesis = patch(spec)?;
		genesis["lineage"]["assets"] = self.assets();
		if let Months::Seconds(seconds) = months {
			genesis["royalty"]["schedule"] =
				json!({ "interval": { "first": FIRST, "millis": seconds * 1_000 } });
		}
		for (account, amount) in self.accounts().filter(|(_, amount)| *amount > 0) {
			let amount = u64::try_from(amount).context("an amount that a spec can hold")?;
			append(genesis, "/assets/accounts", json!([U_ID, account.to_string(), amount]))?;
		}
		for payer in self.companies.iter().chain([&self.claimant]) {
			append(genesis, "/balances/balances", json!([account(payer).to_string(), LOOM]))?;
		}
		Ok(())
	}

	fn assets(&self) -> Value {
		let data = (0..DATA).map(|number| {
			let owner = match number {
				UNDELIVERED => self.blocked,
				_ => self.contributors[(number % CONTRIBUTORS) as usize],
			};
			let quality = json!({ "bps": 8_500 + 23 * number, "attested": number % 2 == 0 });
			asset(
				format!("DATA-{number:03}"),
				"data",
				&owner,
				(333_333 + 10_007 * number, 10_000),
				quality,
				&[],
			)
		});
		let models = (0..MODELS).map(|number| {
			let owner = account(&self.companies[owner(number) as usize]);
			asset(
				format!("MODEL-{number:03}"),
				"model",
				&owner,
				(1_111_111 + 30_011 * number, 3_000),
				Value::Null,
				&parents(number),
			)
		});
		data.chain(models).collect()
	}
}

/// Has a chain settle in small steps.
///
/// # Errors
/// Where its spec has no genesis to be written into.
pub fn settle_in_steps(spec: &mut Value) -> Result<()> {
	patch(spec)?["royalty"]["mostPerHook"] =
		json!({ "ref_time": MOST_PER_HOOK, "proof_size": MOST_PER_HOOK });
	Ok(())
}

fn patch(spec: &mut Value) -> Result<&mut Value> {
	let patch = spec.pointer_mut("/genesis/runtimeGenesis/patch");
	patch.ok_or_else(|| anyhow!("the node's chain spec has no genesis patch"))
}

fn asset(
	handle: String,
	kind: &str,
	owner: &AccountId,
	price: (u32, u32),
	quality: Value,
	parents: &[AssetId],
) -> Value {
	let (fee, rate) = price;
	let relation = |parent: &AssetId| json!({ "asset": parent, "relation": "trained_on" });
	json!({
		"handle": handle,
		"kind": kind,
		"creator": owner.to_string(),
		"terms": { "share": { "rate": rate } },
		"callFee": fee.to_string(),
		"quality": quality,
		"minted": "2025-06",
		"parents": parents.iter().map(relation).collect::<Vec<_>>(),
	})
}

/// The company that a model belongs to: to each in turn.
fn owner(model: u32) -> u32 {
	model % COMPANIES
}

/// The parents of a model: two data sets, and the model three before it.
fn parents(model: u32) -> Vec<AssetId> {
	let mut parents = vec![7 * model % DATA, (7 * model + 13) % DATA];
	parents.extend(model.checked_sub(3).map(|earlier| DATA + earlier));
	parents
}

fn append(genesis: &mut Value, list: &str, entry: Value) -> Result<()> {
	let list = genesis.pointer_mut(list).and_then(Value::as_array_mut);
	list.ok_or_else(|| anyhow!("the node's chain spec lacks a list in its genesis patch"))?.push(entry);
	Ok(())
}

/// What the platform's users do, one deed after the other: four calls, and a report of revenue.
pub fn deed(number: u64) -> Deed {
	let step = u32::try_from(number % u64::from(u32::MAX)).unwrap_or_default();
	let amount = MicroU::from(1_000_003 * (1 + step % 17));
	if step % DISPUTED_EACH == DISPUTED_EACH - 1 {
		return Deed::Report { company: owner(DISPUTED_MODEL), asset: DISPUTED.child, amount };
	}
	let company = step % COMPANIES;
	if step % 5 == 4 {
		// Models belong to the companies in turn.
		let own: Range<u32> = 0..MODELS / COMPANIES;
		let model = company + COMPANIES * (step / 5 % own.end);
		return Deed::Report { company, asset: DATA + model, amount };
	}
	// Counted without the reports, or else some assets would never have their turn.
	let calls = u64::from(step - step / 5);
	let asset = AssetId::try_from(11 * calls % u64::from(DATA + MODELS)).unwrap_or_default();
	Deed::Call { company, asset, units: u64::from(1 + step % 3) }
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeSet;

	#[test]
	fn genesis_has_parents_before_children() {
		let platform = Platform::new().unwrap();
		let mut spec = json!({ "genesis": { "runtimeGenesis": { "patch": {
			"balances": { "balances": [] },
			"assets": { "accounts": [] },
			"lineage": { "domains": [], "assets": [] },
			"royalty": { "schedule": "calendar" },
		} } } });
		platform.merge(&mut spec, Months::Seconds(60)).unwrap();
		let patch = &spec["genesis"]["runtimeGenesis"]["patch"];
		let assets = patch["lineage"]["assets"].as_array().unwrap();
		assert_eq!(assets.len(), 120);
		for (position, asset) in (0..).zip(assets) {
			let parents: Vec<u64> = asset["parents"]
				.as_array()
				.unwrap()
				.iter()
				.map(|parent| parent["asset"].as_u64().unwrap())
				.collect();
			assert!(parents.iter().all(|parent| *parent < position));
			assert_eq!(parents.iter().collect::<BTreeSet<_>>().len(), parents.len());
		}
		assert_eq!(
			patch["royalty"]["schedule"],
			json!({ "interval": { "first": "2026-01", "millis": 60_000 } })
		);
		assert_eq!(patch["balances"]["balances"].as_array().unwrap().len(), 9);
		let least = json!([U_ID, platform.blocked.to_string(), 10_000]);
		assert!(patch["assets"]["accounts"].as_array().unwrap().contains(&least));
	}

	#[test]
	fn disputed_parent_is_the_only_attested_one_of_its_model() {
		let assets = Platform::new().unwrap().assets();
		let attested = |asset: AssetId| assets[asset as usize]["quality"]["attested"].as_bool() == Some(true);
		let EdgeEdit { parent, .. } = DISPUTED;
		let parents = parents(DISPUTED_MODEL);
		assert!(parents.contains(&parent) && attested(parent));
		assert!(parents.iter().all(|other| *other == parent || !attested(*other)));
	}

	#[test]
	fn who_cannot_receive_shares_in_the_disputed_model() {
		let platform = Platform::new().unwrap();
		let assets = platform.assets();
		let owned = &assets[UNDELIVERED as usize];
		assert_eq!(owned["creator"], platform.blocked.to_string());
		assert_eq!(owned["quality"]["attested"].as_bool(), Some(true));
		let above: Vec<AssetId> =
			parents(DISPUTED_MODEL).iter().filter_map(|parent| parent.checked_sub(DATA)).collect();
		assert!(above.iter().any(|model| parents(*model).contains(&UNDELIVERED)));
	}

	#[test]
	fn disputed_model_earns_in_each_month() {
		// Ten deeds a block, ten blocks a month, less what it takes until users begin.
		for first in (0..2_000).step_by(50) {
			let earns =
				|number| matches!(deed(number), Deed::Report { asset, .. } if asset == DISPUTED.child);
			assert!((first..first + 50).any(earns), "from deed {first} on");
		}
	}

	#[test]
	fn spec_without_genesis_is_refused() {
		let platform = Platform::new().unwrap();
		assert!(platform.merge(&mut json!({}), Months::Calendar).is_err());
	}

	#[test]
	fn companies_report_revenue_of_their_own_models() {
		for number in 0..10_000 {
			match deed(number) {
				Deed::Report { company, asset, .. } => {
					assert!((DATA..DATA + MODELS).contains(&asset));
					assert_eq!((asset - DATA) % COMPANIES, company);
				}
				Deed::Call { company, asset, .. } => {
					assert!(company < COMPANIES && asset < DATA + MODELS);
				}
			}
		}
	}

	#[test]
	fn every_asset_is_called() {
		let called: BTreeSet<_> = (0..2_000)
			.filter_map(|number| match deed(number) {
				Deed::Call { asset, .. } => Some(asset),
				Deed::Report { .. } => None,
			})
			.collect();
		assert_eq!(called.len(), 120);
	}
}
