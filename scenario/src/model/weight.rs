//! Weights, and the platform figures they are measured against.

use super::{Asset, Error, Kind, Month, Version};
use std::collections::BTreeMap;

/// 100 % or 1.0 in basis points.
const ONE: i64 = 10_000;

/// A weight and what it is made of, in basis points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
	/// `5 × (quality - average of its kind)`, capped where nobody attested the quality.
	pub quality: i64,
	/// The usage rank.
	pub rank: i64,
	/// `rank - 5,000`.
	pub usage: i64,
	/// `5 × impact / 3`, at most 10,000.
	pub impact: i64,
	/// Whether the bonus for new assets is in the weight.
	pub bonus: bool,
	/// The weight: between 1,000 and 30,000, × 1.2 with the bonus.
	pub bps: u32,
}

/// What all weights of one month are measured against.
pub(super) struct Figures {
	period: u32,
	/// The most that a quality nobody attested can add.
	claim: i64,
	/// Average attested quality of the active assets by [`Kind::ALL`].
	pub averages: [Option<u32>; 3],
	/// Rank of each number of units that occurs among the active assets.
	ranks: BTreeMap<u128, i64>,
}

impl Figures {
	/// The figures of a month in which each asset was used for `units`.
	pub fn new(month: &Month, units: &[u128]) -> Result<Self, Error> {
		let average = |kind: Kind| {
			let attested = month.assets.iter().filter(|asset| asset.active && asset.kind == kind);
			let (mut sum, mut count) = (0u64, 0u64);
			for quality in attested.filter_map(|asset| asset.quality.filter(|quality| quality.attested)) {
				sum += u64::from(quality.bps);
				count += 1;
			}
			sum.checked_div(count).and_then(|average| u32::try_from(average).ok())
		};

		let mut with_units = BTreeMap::<u128, i64>::new();
		for (asset, units) in month.assets.iter().zip(units) {
			if asset.active {
				*with_units.entry(*units).or_default() += 1;
			}
		}
		let active = with_units.values().sum::<i64>();
		let (mut fewer, mut ranks) = (0, BTreeMap::new());
		for (units, equal) in with_units {
			let middle = (2 * fewer + equal).checked_mul(ONE).ok_or(Error::Overflow)?;
			ranks.insert(units, middle / (2 * active));
			fewer += equal;
		}
		let claim = match month.version {
			Version::V1 => 1_000,
			Version::V2 => 0,
		};
		Ok(Self { period: month.period, claim, averages: Kind::ALL.map(average), ranks })
	}

	/// The weight of an active asset.
	pub fn weigh(&self, asset: &Asset, units: u128) -> Result<Weight, Error> {
		let quality = asset.quality.map_or(0, |quality| {
			let stated = i64::from(quality.bps);
			let gain = 5 * (stated - self.averages[asset.kind as usize].map_or(stated, i64::from));
			if quality.attested { gain } else { gain.min(self.claim) }
		});
		let rank = self.ranks.get(&units).copied().unwrap_or(0);
		let usage = rank - 5_000;
		let impact = (5 * i64::from(asset.impact) / 3).min(10_000);
		let bounded = (ONE + quality + usage + impact).clamp(1_000, 30_000);
		// The month of minting and the two after it.
		let bonus = u64::from(self.period) < u64::from(asset.minted) + 3;
		let bps = if bonus { bounded * 12 / 10 } else { bounded };
		let bps = u32::try_from(bps).map_err(|_| Error::Overflow)?;
		Ok(Weight { quality, rank, usage, impact, bonus, bps })
	}
}
