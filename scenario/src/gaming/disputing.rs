//! Attacks with claims that true parents were never used.

use super::{Attacked, CLAIMS_OF_ONE, Error, Outcome, Platform};

/// The owner of the ancestor that weighs most beside the annotator's data claims that a model never used that data.
pub fn by_another(platform: Platform, outcome: Outcome) -> Result<Attacked, Error> {
	let [model, _] = platform.models()?;
	let parent = platform.position("CT-2025-0312")?;
	let other = platform.position("LUNG-DX-WEIGHTS")?;
	let mut attacked = platform.attack_by(other);
	attacked.claim(model, parent, outcome);
	Ok(attacked)
}

/// The company reports its models' revenue and claims that they used none of their parents, so that what is held of them
/// comes back. It goes to parents while there are any, so those that cannot be claimed at the same time have to go before.
pub fn by_the_reporter(platform: Platform, outcome: Outcome) -> Result<Attacked, Error> {
	let models = platform.models()?;
	let mut attacked = platform.attack_by(models[0]);
	for model in models {
		let parents = attacked.asset(model).parents.clone();
		let (open, before) = parents.split_at(CLAIMS_OF_ONE.min(parents.len()));
		for parent in open {
			attacked.claim(model, *parent, outcome);
		}
		if outcome == Outcome::Upheld {
			for parent in before {
				attacked.claim_before(model, *parent);
			}
		}
	}
	Ok(attacked)
}
