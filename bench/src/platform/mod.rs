//! Platforms of any size in the shape of a real one, the same for the same size.

mod assets;
mod genealogy;
mod lists;
mod shape;

pub use assets::{Asset, CALL_FEE};
pub use genealogy::Genealogy;
pub use lists::Lists;
pub use shape::Shape;

use crate::args::Size;
use anyhow::{Result, ensure};
use heirloom_primitives::{AssetId, MicroU};
use heirloom_runtime::AccountId;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// The most assets that belong to users.
pub const MOST_OWNED: usize = 4_000;

/// A platform with a month's bookings. Assets are named by their position.
#[derive(Debug)]
pub struct Platform {
	/// How large it is.
	pub size: Size,
	/// The assets.
	pub assets: Vec<Asset>,
	/// Who descends from whom.
	pub genealogy: Genealogy,
}

impl Platform {
	/// Generates the platform of a size.
	pub fn generate(shape: &Shape, size: Size) -> Result<Self> {
		let mut rng = ChaCha8Rng::seed_from_u64(size.assets.into());
		let terms: Vec<_> = (0..size.assets).map(|_| assets::terms(&mut rng)).collect();
		let shares = |asset: AssetId| terms[asset as usize].share_rate().is_some();
		let genealogy = genealogy::grow(shape, size, shares, &mut rng);
		let earning = genealogy.earning.iter().filter(|earns| **earns).count();
		ensure!(
			earning >= size.payees as usize,
			"{earning} assets earn, which cannot pay {} accounts: ask for more pairs or fewer payees",
			size.payees,
		);
		let assets = assets::describe(&genealogy, terms, size.payees, &mut rng);
		Ok(Self { size, assets, genealogy })
	}

	/// Whether derivatives share with an asset.
	pub fn shares(&self, asset: AssetId) -> bool {
		self.assets[asset as usize].terms.share_rate().is_some()
	}

	/// The eligible ancestors of each asset that earns and has some.
	pub fn pairs(&self) -> Lists<AssetId> {
		let mut pairs = Lists::default();
		for (asset, ancestors) in self.assets.iter().zip(self.genealogy.ancestors.iter()) {
			let mut eligible = ancestors.iter().copied().filter(|ancestor| self.shares(*ancestor)).peekable();
			if asset.earned.is_some() && eligible.peek().is_some() {
				pairs.push(eligible);
			}
		}
		pairs
	}

	/// Whether curators vouched for an asset: where a pot has such ancestors, it is shared among those only.
	pub fn is_proven(&self, asset: AssetId) -> bool {
		let asset = &self.assets[asset as usize];
		asset.impact > 0 || asset.quality.is_some_and(|quality| quality.attested)
	}

	/// How many of [`Self::pairs`] share in a pot.
	pub fn sharing(&self) -> u64 {
		let shares_in =
			|ancestors: &[AssetId]| match ancestors.iter().filter(|of| self.is_proven(**of)).count() {
				0 => ancestors.len() as u64,
				proven => proven as u64,
			};
		self.pairs().iter().map(shares_in).sum()
	}

	/// Assets that belong to users, of each at most one: the first is the first user's. They neither earn nor have
	/// descendants, so that no settlement looks at whose they are, and lie apart from each other.
	pub fn owned_by_users(&self) -> Vec<AssetId> {
		let mut has_children = vec![false; self.assets.len()];
		for parent in self.genealogy.parents.items() {
			has_children[parent.asset as usize] = true;
		}
		let is_idle = |asset: &AssetId| {
			let of = *asset as usize;
			self.assets[of].earned.is_none()
				&& !has_children[of]
				&& self.shares(*asset)
				&& self.genealogy.ancestors.get(of).iter().any(|ancestor| self.shares(*ancestor))
		};
		let idle: Vec<_> = (0..self.size.assets).filter(is_idle).collect();
		idle.iter().copied().step_by(idle.len().div_ceil(MOST_OWNED).max(1)).collect()
	}

	/// The assets that earn, in order.
	pub fn earning(&self) -> impl Iterator<Item = AssetId> {
		(0..).zip(&self.assets).filter(|(_, asset)| asset.earned.is_some()).map(|(asset, _)| asset)
	}

	/// All that is booked in a month, in micro-U.
	pub fn booked(&self) -> MicroU {
		let earned = self.assets.iter().filter_map(|asset| asset.earned.as_ref());
		earned.map(|earned| earned.gross + earned.reported).sum()
	}
}

/// The account of a creator.
pub fn account(creator: u32) -> AccountId {
	sp_crypto_hashing::blake2_256(&[b"creator".as_slice(), &creator.to_le_bytes()].concat()).into()
}

/// A text as long as a CID.
pub fn content(asset: AssetId) -> String {
	let hash = sp_crypto_hashing::blake2_256(&asset.to_le_bytes());
	format!("bafkrei{}", hex::encode(&hash[..26]))
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::HashSet;

	fn generate(assets: u32) -> Platform {
		Platform::generate(&Shape::read().unwrap(), Size::of(assets)).unwrap()
	}

	#[test]
	fn platform_has_the_numbers_it_was_asked_for() {
		let platform = generate(20_000);
		let pairs = platform.pairs().items().len();
		assert!((100_000..100_100).contains(&pairs), "{pairs}");
		assert_eq!(platform.assets.len(), 20_000);
		let earning = platform.assets.iter().filter(|asset| asset.earned.is_some());
		assert_eq!(earning.map(|asset| asset.creator).collect::<HashSet<_>>().len(), 5_000);
		assert!(platform.assets.iter().all(|asset| asset.creator < 5_000));
	}

	#[test]
	fn users_own_what_nobody_is_paid_for() {
		let platform = generate(20_000);
		let owned = platform.owned_by_users();
		assert!((100..=MOST_OWNED).contains(&owned.len()), "{}", owned.len());
		let owned: HashSet<_> = owned.into_iter().collect();
		assert!(platform.earning().all(|asset| !owned.contains(&asset)));
		assert!(platform.pairs().items().iter().all(|ancestor| !owned.contains(ancestor)));
	}

	#[test]
	fn some_pots_are_shared_among_the_proven_only() {
		let platform = generate(20_000);
		let pairs = platform.pairs();
		let (sharing, all) = (platform.sharing(), pairs.items().len() as u64);
		assert!((all / 10..all * 9 / 10).contains(&sharing), "{sharing} of {all}");
		assert!(pairs.iter().any(|ancestors| ancestors.iter().all(|asset| !platform.is_proven(*asset))));
	}

	#[test]
	fn fewer_pairs_come_from_fewer_earning_assets() {
		let size = Size { assets: 20_000, pairs: 5_000, payees: 1_000 };
		let platform = Platform::generate(&Shape::read().unwrap(), size).unwrap();
		let pairs = platform.pairs().items().len();
		assert!((5_000..5_100).contains(&pairs), "{pairs}");
		assert!(platform.genealogy.added < 100, "{} edges were added", platform.genealogy.added);
	}

	#[test]
	fn platform_of_a_size_is_always_the_same() {
		let (one, other) = (generate(2_000), generate(2_000));
		assert_eq!(one.assets, other.assets);
		assert_eq!(one.genealogy.ancestors.items(), other.genealogy.ancestors.items());
	}

	#[test]
	fn too_many_payees_are_refused() {
		let size = Size { assets: 2_000, pairs: 100, payees: 1_000 };
		let error = Platform::generate(&Shape::read().unwrap(), size).unwrap_err();
		assert!(error.to_string().contains("fewer payees"), "{error}");
	}
}
