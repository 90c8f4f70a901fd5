//! A month that can be attacked: the model's, with the names that the model has no use for.

use super::{Costs, Error};
use crate::{
	Scenario,
	model::{Asset, Call, Month, Settlement, Version},
};

/// A month, and who is paid for each asset.
#[derive(Clone, Debug)]
pub struct Platform {
	/// What is settled.
	pub month: Month,
	/// Who is paid, by position of the asset.
	pub owners: Vec<String>,
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
		Self { month, owners, handles }
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

	/// Adds an asset of somebody's that is there before the attack.
	pub fn add(&mut self, owner: &str, asset: Asset) {
		self.month.assets.push(asset);
		self.owners.push(owner.to_owned());
		self.handles.push(String::new());
	}

	/// What the assets of some wallets are due, in micro-U.
	pub fn due(&self, settled: &Settlement, wallets: &[String]) -> i128 {
		let owned = settled.rows.iter().filter(|row| wallets.contains(&self.owners[row.asset]));
		owned.map(|row| row.due.cast_signed()).sum()
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

	/// An asset that changes.
	pub fn asset(&mut self, asset: usize) -> &mut Asset {
		&mut self.platform.month.assets[asset]
	}
}
