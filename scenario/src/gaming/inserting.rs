//! Attacks with assets of one's own among the ancestors.

use super::{Attacked, Error, Platform};
use crate::model::{Asset, Kind, Quality};

/// Units that a fresh wallet pays for to lift an asset among the most used, at a micro-U each.
const UNITS: u64 = 1_000;

/// A new data set that claims to be perfect and costs a micro-U to use.
fn inserted(platform: &Platform) -> Asset {
	Asset {
		kind: Kind::Data,
		minted: platform.month.period,
		share_rate: Some(10_000),
		quality: Some(Quality { bps: 10_000, attested: false }),
		..Asset::default()
	}
}

/// The company mints parents for both models and uses them from other wallets.
fn insert(platform: Platform, number: u32, change: impl Fn(&mut Asset)) -> Result<Attacked, Error> {
	let models = platform.models()?;
	let mut attacked = platform.attack_by(models[0]);
	for _ in 0..number {
		let mut asset = inserted(&attacked.platform);
		change(&mut asset);
		let asset = attacked.mint(asset);
		attacked.call(asset, UNITS.into(), UNITS);
		// Used once under the derivation of each model.
		attacked.costs.beginning += 2;
		for model in models {
			attacked.asset(model).parents.push(asset);
		}
	}
	Ok(attacked)
}

/// Five parents, as in the example.
pub fn five_parents(platform: Platform) -> Result<Attacked, Error> {
	insert(platform, 5, |_| {})
}

/// As many parents as an asset can have, beside the ten that it has.
pub fn many_parents(platform: Platform) -> Result<Attacked, Error> {
	insert(platform, 246, |_| {})
}

/// One parent that curators attested, and that the models never used.
pub fn attested_parent(platform: Platform) -> Result<Attacked, Error> {
	insert(platform, 1, |asset| asset.quality = Some(Quality { bps: 9_200, attested: true }))
}

/// Nobody vouched for the models' ancestors.
pub fn unproven(mut platform: Platform) -> Result<Platform, Error> {
	for model in platform.models()? {
		for parent in platform.month.assets[model].parents.clone() {
			let asset = &mut platform.month.assets[parent];
			asset.impact = 0;
			asset.quality = asset.quality.map(|quality| Quality { attested: false, ..quality });
		}
	}
	Ok(platform)
}

/// An own asset for one-time sale is put between the models and their ancestors, with a licence for oneself: its price
/// comes back as the asset's own fee but for what its ancestors share.
pub fn buyout_between(platform: Platform) -> Result<Attacked, Error> {
	let models = platform.models()?;
	let mut attacked = platform.attack_by(models[0]);
	let parents = attacked.asset(models[0]).parents.clone();
	let between = attacked.mint(Asset { kind: Kind::Model, parents, ..Asset::default() });
	attacked.costs.beginning += 1;
	for model in models {
		attacked.asset(model).parents = vec![between];
	}
	Ok(attacked)
}

/// A derived asset is minted in one's own wallet between each model and its ancestors: one more ancestor each.
pub fn chain_between(platform: Platform) -> Result<Attacked, Error> {
	let models = platform.models()?;
	let mut attacked = platform.attack_by(models[0]);
	for model in models {
		let parents = attacked.asset(model).parents.clone();
		let share_rate = Some(10_000);
		let between = attacked.mint(Asset { parents, share_rate, ..inserted(&attacked.platform) });
		attacked.asset(model).parents = vec![between];
	}
	Ok(attacked)
}

/// The annotator mints the same data once more, for the bonus of new assets. Who derived from it has the old ones.
pub fn minted_again(platform: Platform) -> Result<Attacked, Error> {
	let annotated = platform.position("CT-2025-0312")?;
	let again = Asset { minted: platform.month.period, ..platform.month.assets[annotated].clone() };
	let mut attacked = platform.attack_by(annotated);
	attacked.mint(Asset { quality: None, impact: 0, ..again });
	Ok(attacked)
}
