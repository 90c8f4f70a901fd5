//! Attacks with calls, claims, terms and revenue.

use super::{Attacked, Error, Platform};
use crate::model::{Asset, Call, Month, Quality, Revenue, Version, settle};

const U: u128 = 1_000_000;
/// The data set that hardly anybody used: it weighs 0.3.
const UNUSED: &str = "CT-2025-0977";

/// Changes nothing before the attack.
pub fn as_it_is(platform: Platform) -> Result<Platform, Error> {
	Ok(platform)
}

/// A fresh wallet pays for 1,000 units of the owner's data set, at its fee of a U: a root's fees come back whole.
pub fn calls_of_a_root(platform: Platform) -> Result<Attacked, Error> {
	let asset = platform.position(UNUSED)?;
	let mut attacked = platform.attack_by(asset);
	attacked.call(asset, 1_000 * U, 1_000);
	Ok(attacked)
}

/// The same of the owner's own accounts, which the chain knows.
pub fn calls_by_the_owner(platform: Platform) -> Result<Attacked, Error> {
	let asset = platform.position(UNUSED)?;
	let mut attacked = platform.attack_by(asset);
	attacked.call_as_owner(asset, 1_000 * U, 1_000);
	Ok(attacked)
}

/// A fresh wallet pays for 1,000 units of an own model that derives from the data of others.
pub fn calls_of_a_derivative(platform: Platform) -> Result<Attacked, Error> {
	let settled = settle(&platform.month)?;
	let derived = |asset: &usize| !platform.month.assets[*asset].parents.is_empty();
	let mut earning = settled.rows.iter().filter(|row| row.shared > 0).map(|row| row.asset);
	let asset = earning.find(derived).ok_or(Error::NobodyToPlay("owner of a derivative that earns"))?;
	let mut attacked = platform.attack_by(asset);
	attacked.call(asset, 1_000 * U, 1_000);
	Ok(attacked)
}

/// Whoever gains most by it mints 1,200 assets that nobody uses: as many as there are, so that every used one ranks
/// in the upper half.
pub fn tiny_assets(platform: Platform) -> Result<Attacked, Error> {
	let owner = platform.owners.iter().position(|owner| owner == "contributor-398");
	let mut attacked = platform.attack_by(owner.ok_or(Error::NobodyToPlay("contributor-398"))?);
	for _ in 0..1_200 {
		attacked.mint(Asset::default());
	}
	Ok(attacked)
}

/// The unproven ancestor that is paid most claims a quality of 100 %.
pub fn perfect_claim(platform: Platform) -> Result<Attacked, Error> {
	let asset = best_unproven(&platform)?;
	let mut attacked = platform.attack_by(asset);
	attacked.asset(asset).quality = Some(Quality { bps: 10_000, attested: false });
	Ok(attacked)
}

/// Nobody claims a quality.
pub fn without_claims(mut platform: Platform) -> Result<Platform, Error> {
	for asset in &mut platform.month.assets {
		asset.quality = asset.quality.filter(|quality| quality.attested);
	}
	Ok(platform)
}

fn best_unproven(platform: &Platform) -> Result<usize, Error> {
	let month = Month { version: Version::V1, ..platform.month.clone() };
	let settled = settle(&month)?;
	let unproven = settled.rows.iter().filter(|row| !month.assets[row.asset].is_proven());
	let best = unproven.max_by_key(|row| row.shared);
	Ok(best.ok_or(Error::NobodyToPlay("owner of an unproven ancestor"))?.asset)
}

/// The annotator sells the item to somebody else just before it is paid. What the buyer pays is between the two.
pub fn sell(platform: Platform) -> Result<Attacked, Error> {
	let asset = platform.position("CT-2025-0312")?;
	let mut attacked = platform.attack_by(asset);
	attacked.costs.beginning += 1;
	attacked.platform.owners[asset] = "buyer".to_owned();
	Ok(attacked)
}

/// The annotator lowers the rate that derivatives were made under; raising it is refused.
pub fn lower_rate(platform: Platform) -> Result<Attacked, Error> {
	let asset = platform.position("CT-2025-0312")?;
	let mut attacked = platform.attack_by(asset);
	attacked.costs.beginning += 1;
	attacked.asset(asset).share_rate = Some(0);
	Ok(attacked)
}

/// The annotator turns to one-time sale after others have derived from the data.
pub fn turn_to_sale(platform: Platform) -> Result<Attacked, Error> {
	let asset = platform.position("CT-2025-0312")?;
	let mut attacked = platform.attack_by(asset);
	attacked.costs.beginning += 1;
	attacked.asset(asset).share_rate = None;
	Ok(attacked)
}

/// The company reports none of its models' revenue, and keeps it.
pub fn report_nothing(platform: Platform) -> Result<Attacked, Error> {
	let models = platform.models()?;
	let mut attacked = platform.attack_by(models[0]);
	let (own, others): (Vec<Revenue>, _) =
		attacked.platform.month.revenue.iter().partition(|revenue| models.contains(&revenue.asset));
	attacked.spent = -own.iter().map(|revenue| revenue.amount.cast_signed()).sum::<i128>();
	attacked.platform.month.revenue = others;
	Ok(attacked)
}

/// An owner reports and pays in 10,000 U that a derivative of theirs never made, to be paid as its ancestor.
pub fn report_too_much(platform: Platform) -> Result<Attacked, Error> {
	let annotated = platform.position("CT-2025-0312")?;
	let mut attacked = platform.attack_by(annotated);
	let derived = Asset { parents: vec![annotated], ..Asset::default() };
	let derived = attacked.mint(derived);
	attacked.platform.month.revenue.push(Revenue { asset: derived, amount: 10_000 * U });
	attacked.spent += (10_000 * U).cast_signed();
	attacked.costs.repeated += 1;
	Ok(attacked)
}

/// Assets that the company's calls are divided over so that each rounds down what it shares.
const SPLINTERS: u32 = 2_000;
/// What others pay for each of them in a month, in micro-U.
const CRUMB: u128 = 4;
/// The rate of their parent, of which 4 micro-U give 1.9996.
const RATE: u32 = 4_999;

/// A company sells a model's use as one asset: others pay it 8,000 micro-U in a month.
pub fn one_model(mut platform: Platform) -> Result<Platform, Error> {
	let [model, _] = platform.models()?;
	let root = Asset { share_rate: Some(RATE), ..Asset::default() };
	platform.add("somebody", root);
	let root = platform.month.assets.len() - 1;
	let owner = platform.owners[model].clone();
	platform.add(&owner, Asset { parents: vec![root], ..Asset::default() });
	pay(&mut platform, root + 1, u128::from(SPLINTERS) * CRUMB);
	Ok(platform)
}

/// The same as 2,000 assets, each of which others pay 4 micro-U.
pub fn splinters(platform: Platform) -> Result<Attacked, Error> {
	let [model, _] = platform.models()?;
	let (root, whole) = (platform.month.assets.len() - 2, platform.month.assets.len() - 1);
	let mut attacked = platform.attack_by(model);
	attacked.platform.month.calls.retain(|call| call.asset != whole);
	for _ in 0..SPLINTERS {
		let splinter = attacked.mint(Asset { parents: vec![root], ..Asset::default() });
		pay(&mut attacked.platform, splinter, CRUMB);
	}
	Ok(attacked)
}

/// Somebody else's payment for a use.
fn pay(platform: &mut Platform, asset: usize, fee: u128) {
	platform.month.calls.push(Call { asset, fee, units: 1, own: false });
}
