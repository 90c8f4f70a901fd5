//! What it costs to game the money, and what it gains: attacks played on a scenario's month, settled by the model.
//!
//! An attack is a [`Plan`]: it changes a [`Platform`] as somebody with fresh wallets could, and says what the chain takes
//! for it. What it gains is what the attacker's wallets are due more than without it, less what they paid in. Nothing is
//! said of who an account belongs to: the chain cannot know it either.

mod claims;
mod costs;
mod disputing;
mod inserting;
mod plans;
mod platform;
pub mod tables;
mod using;

pub use claims::{CLAIMS_OF_ONE, Claim, Outcome};
pub use costs::{ASSET_DEPOSIT, Costs, DISPUTE_BOND, TRANSACTION_FEE};
pub use plans::{PLANS, Plan};
pub use platform::{Attacked, Platform};

use crate::{
	Scenario,
	model::{self, Version},
};

/// Why attacks cannot be played on a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
	/// It lacks an asset or somebody that an attack is about.
	#[error("the scenario has no {0}, whom an attack is about")]
	NobodyToPlay(&'static str),
	/// A month of it cannot be settled.
	#[error(transparent)]
	Model(#[from] model::Error),
}

/// Months that an attack is judged over: what is paid once is paid once, what is gained is gained each month.
pub const MONTHS: i128 = 12;

/// What one attack comes to. Amounts are micro-U.
#[derive(Clone, Debug)]
pub struct Attack {
	/// What is done, and what stands against it.
	pub plan: &'static Plan,
	/// What the chain takes.
	pub costs: Costs,
	/// What it gains in a month, by each of [`VERSIONS`].
	pub gains: [i128; 2],
}

/// The versions of the formula that attacks are played by.
pub const VERSIONS: [Version; 2] = [Version::V1, Version::V2];

impl Attack {
	/// What is left of a year's gains, by each of [`VERSIONS`].
	pub fn nets(&self) -> [i128; 2] {
		self.gains.map(|gain| MONTHS * (gain - self.costs.monthly()) - self.costs.once())
	}
}

/// Plays all attacks on a scenario, which must hold the assets of the worked example.
pub fn play(scenario: &Scenario) -> Result<Vec<Attack>, Error> {
	let by = |version| Platform::new(scenario, version);
	PLANS
		.iter()
		.map(|plan| {
			let mut gains = [0; 2];
			let mut costs = Costs::default();
			for (gain, version) in gains.iter_mut().zip(VERSIONS) {
				let honest = (plan.before)(by(version))?;
				let attacked = (plan.attack)(honest.clone())?;
				let due = |platform: &Platform| platform.due(&attacked.wallets);
				*gain = due(&attacked.platform)? - attacked.spent - due(&honest)?;
				costs = attacked.costs;
			}
			Ok(Attack { plan, costs, gains })
		})
		.collect()
}
