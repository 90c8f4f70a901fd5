//! A month that can be attacked: the model's, with the names that the model has no use for.

use super::{Claim, Costs, Error, Outcome, claims::dues};
use crate::{
	Scenario,
	model::{Asset, Call, Month, Version},
};

/// The derivatives of the worked example, whose revenue the annotator shares.
const MODELS: [&str; 2] = ["COMPANY-A-LUNG-1", "COMPANY-A-LUNG-2"];

/// A month, and who is paid for each asset.
#[derive(Clone, Debug)]
pub struct Platform {
	/// What is settled.
	pub month: Month,
	/// Who is paid, by position of the asset.
	pub owners: Vec<String>,
	/// What is claimed when the month closes.
	pub claims: Vec<Claim>,
	/// The assets' names, by position.
	handles: Vec<String>,
}

/// A platform after an attack.
#[derive(Clone, Debug)]
pub struct Attacked {
	/// What is settled now.
	pub platform: Platform,
	/// The attacker's wallets.
	pub wallets: Vec<String>,
	/// What the attacker paid into bookings this month beyond what was paid without the attack, in micro-U.
	pub spent: i128,
	/// What the chain took for it.
	pub costs: Costs,
}

impl Platform {
	/// A scenario's month by one version of the formula.
	pub fn new(scenario: &Scenario, version: Version) -> Self {
		let month = Month { version, ..scenario.month() };
		let owners = scenario.assets.iter().map(|asset| asset.creator.clone()).collect();
		let handles = scenario.assets.iter().map(|asset| asset.handle.clone()).collect();
		Self { month, owners, claims: Vec::new(), handles }
	}

	/// An attack by the owner of an asset and their fresh wallets.
	pub fn attack_by(self, asset: usize) -> Attacked {
		let wallets = vec![self.owners[asset].clone(), FRESH.to_owned()];
		Attacked { platform: self, wallets, spent: 0, costs: Costs::default() }
	}

	/// The position of a name.
	pub fn position(&self, handle: &'static str) -> Result<usize, Error> {
		self.handles.iter().position(|known| known == handle).ok_or(Error::NobodyToPlay(handle))
	}

	/// The models that revenue is reported for.
	pub fn models(&self) -> Result<[usize; 2], Error> {
		Ok([self.position(MODELS[0])?, self.position(MODELS[1])?])
	}

	/// Adds an asset of somebody's that is there before the attack.
	pub fn add(&mut self, owner: &str, asset: Asset) {
		self.month.assets.push(asset);
		self.owners.push(owner.to_owned());
		self.handles.push(String::new());
	}

	/// What the assets of some wallets are due in the end, in micro-U.
	pub fn due(&self, wallets: &[String]) -> Result<i128, Error> {
		let dues = dues(&self.month, &self.claims)?;
		let owned = dues.iter().zip(&self.owners).filter(|(_, owner)| wallets.contains(owner));
		Ok(owned.map(|(due, _)| due).sum())
	}
}

/// Whatever wallets the attacker opens for the purpose.
const FRESH: &str = "fresh wallets";

impl Attacked {
	/// Mints an asset into a fresh wallet, and returns its position.
	pub fn mint(&mut self, asset: Asset) -> usize {
		self.costs.minted += 1;
		self.platform.add(FRESH, asset);
		self.platform.month.assets.len() - 1
	}

	/// Pays for units from a fresh wallet, each month in one transaction: they count.
	pub fn call(&mut self, asset: usize, fee: u128, units: u64) {
		self.pay(Call { asset, fee, units, own: false });
	}

	/// The same from the account of the owner or creator, whose units do not count.
	pub fn call_as_owner(&mut self, asset: usize, fee: u128, units: u64) {
		self.pay(Call { asset, fee, units, own: true });
	}

	fn pay(&mut self, call: Call) {
		self.costs.repeated += 1;
		self.spent += call.fee.cast_signed();
		self.platform.month.calls.push(call);
	}

	/// Claims that a parent was never used.
	pub fn claim(&mut self, derivative: usize, parent: usize, outcome: Outcome) {
		self.costs.beginning += 1;
		self.costs.bonds += u32::from(outcome == Outcome::Dismissed);
		self.platform.claims.push(Claim { derivative, parent, outcome });
	}

	/// The same so early that the parent is gone when the month closes.
	pub fn claim_before(&mut self, derivative: usize, parent: usize) {
		self.costs.beginning += 1;
		self.asset(derivative).parents.retain(|known| *known != parent);
	}

	/// An asset that changes.
	pub fn asset(&mut self, asset: usize) -> &mut Asset {
		&mut self.platform.month.assets[asset]
	}
}
