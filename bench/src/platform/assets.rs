//! What the assets are, whose they are, and what they earn in a month.

use super::Genealogy;
use heirloom_primitives::{Bps, Kind, MicroU, Period, Quality, Terms, U, Units};
use rand::{Rng, seq::IndexedRandom};

/// Fee for a unit, as on the real platform.
pub const CALL_FEE: MicroU = U / 1_000;
/// Rates of `Share` terms. The highest leaves half of the call fees to their asset.
const RATES: [Bps; 4] = [1_000, 2_000, 3_000, 5_000];
/// The least units of a booked asset: half of what they bring is a cent, so every creator of one is paid.
const LEAST_UNITS: Units = 20;
/// The most units of an asset.
const MOST_UNITS: f64 = 1e8;
/// Exponent of the power law of units. Below 1 a few assets have most of the use, as on the real platform.
const UNITS_EXPONENT: f64 = 0.8;
/// Months over which the assets were minted.
const MONTHS: u32 = 48;
/// The first of them.
const FIRST_MONTH: Period = Period::new(2022, 4).unwrap();

/// An asset and its month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
	/// The number of who minted it and is paid for it.
	pub creator: u32,
	/// What it consists of.
	pub kind: Kind,
	/// Terms for its derivatives.
	pub terms: Terms,
	/// Its quality.
	pub quality: Option<Quality>,
	/// Its attested impact.
	pub impact: Bps,
	/// The month it was minted in.
	pub minted: Period,
	/// What it earns in a month.
	pub earned: Option<Earned>,
}

/// What an asset earns in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earned {
	/// Units of its use.
	pub units: Units,
	/// What they bring, in micro-U.
	pub gross: MicroU,
	/// Reported revenue, in micro-U.
	pub reported: MicroU,
}

/// Terms of an asset: 97 % share.
pub fn terms(rng: &mut impl Rng) -> Terms {
	if rng.random_bool(0.03) {
		Terms::Buyout { price: MicroU::from(rng.random_range(1..100u32)) * U }
	} else {
		Terms::Share { rate: RATES.choose(rng).copied().unwrap_or(RATES[0]) }
	}
}

/// Describes the assets of a genealogy; `terms` are theirs. Exactly `payees` creators have an asset that earns.
pub fn describe(genealogy: &Genealogy, terms: Vec<Terms>, payees: u32, rng: &mut impl Rng) -> Vec<Asset> {
	let creators = creators(&genealogy.earning, payees, rng);
	let assets = terms.len() as u64;
	(0u64..)
		.zip(terms)
		.zip(creators)
		.zip(genealogy.parents.iter().zip(&genealogy.earning))
		.map(|(((number, terms), creator), (parents, earns))| {
			let months = number * u64::from(MONTHS) / assets;
			Asset {
				creator,
				kind: kind(parents.is_empty(), rng),
				terms,
				quality: quality(rng),
				impact: if rng.random_bool(0.05) { rng.random_range(0..3_000) } else { 0 },
				minted: FIRST_MONTH.plus(u32::try_from(months).unwrap_or(MONTHS)),
				earned: earns.then(|| earned(!parents.is_empty(), rng)),
			}
		})
		.collect()
}

/// A creator for each asset: each has one that earns, and the more one has, the more one gets.
fn creators(earning: &[bool], payees: u32, rng: &mut impl Rng) -> Vec<u32> {
	let mut creators = vec![0; earning.len()];
	let mut left = earning.iter().filter(|earns| **earns).count();
	let mut assigned: Vec<u32> = Vec::with_capacity(earning.len());
	let mut known = 0;
	for asset in (0..earning.len()).filter(|asset| earning[*asset]) {
		let creator = if assigned.is_empty() || rng.random_range(0..left) < (payees - known) as usize {
			known += 1;
			known - 1
		} else {
			assigned[rng.random_range(0..assigned.len())]
		};
		creators[asset] = creator;
		assigned.push(creator);
		left -= 1;
	}
	for asset in (0..earning.len()).filter(|asset| !earning[*asset]) {
		creators[asset] = assigned[rng.random_range(0..assigned.len())];
	}
	creators
}

fn kind(root: bool, rng: &mut impl Rng) -> Kind {
	let (data, script) = if root { (0.5, 0.55) } else { (0.05, 0.07) };
	match rng.random_range(0.0..1.0) {
		draw if draw < data => Kind::Data,
		draw if draw < script => Kind::Script,
		_ => Kind::Model,
	}
}

/// None, claimed or attested.
fn quality(rng: &mut impl Rng) -> Option<Quality> {
	let stated = rng.random_bool(0.6);
	stated.then(|| Quality { bps: rng.random_range(5_000..=10_000), attested: rng.random_bool(0.3) })
}

/// A month of an earning asset. One derivative in fifty reports revenue of its own.
fn earned(derived: bool, rng: &mut impl Rng) -> Earned {
	let draw: f64 = rng.random_range(f64::EPSILON..1.0);
	let units = (LEAST_UNITS as f64 * draw.powf(-1.0 / UNITS_EXPONENT)).min(MOST_UNITS) as Units;
	let reports = derived && rng.random_bool(0.02);
	let reported = if reports { MicroU::from(rng.random_range(1..10_000u32)) * U } else { 0 };
	Earned { units, gross: MicroU::from(units) * CALL_FEE, reported }
}
