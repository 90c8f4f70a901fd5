//! Who descends from whom, grown asset by asset.

use super::{Lists, Shape};
use crate::args::Size;
use heirloom_primitives::{AssetId, Parent};
use rand::Rng;

/// The most parents of an asset, fewer than the runtime allows.
const MOST_PARENTS: usize = 64;
/// The chance that one more parent is added to an asset while pairs are missing. Below 1, so that the numbers of
/// parents keep a spread.
const ADDING: f64 = 0.8;
/// How often a parent is looked for that the asset does not have yet.
const ATTEMPTS: usize = 6;
/// Of the real platform's 144 roots, 6 were used within a month.
const EARNING_ROOTS: f64 = 6.0 / 144.0;

/// Who descends from whom, and who earns.
#[derive(Debug)]
pub struct Genealogy {
	/// Direct parents of each asset.
	pub parents: Lists<Parent>,
	/// All ancestors of each asset, ascending.
	pub ancestors: Lists<AssetId>,
	/// Whether an asset earns.
	pub earning: Vec<bool>,
	/// Edges that the real shape does not have, added because there were too few pairs.
	pub added: u64,
}

/// The assets of one generation, from which parents are chosen.
#[derive(Debug, Default)]
struct Pool {
	childless: Vec<AssetId>,
	/// Each asset as often as it is a parent.
	edges: Vec<AssetId>,
}

impl Pool {
	fn is_empty(&self) -> bool {
		self.childless.is_empty() && self.edges.is_empty()
	}

	/// An asset that is not in `but`; with the chance `fresh` one without children, else in proportion to children.
	fn choose(&mut self, fresh: f64, but: &[Parent], rng: &mut impl Rng) -> Option<AssetId> {
		if !self.childless.is_empty() && (self.edges.is_empty() || rng.random_bool(fresh)) {
			let position = rng.random_range(0..self.childless.len());
			let chosen = self.childless.swap_remove(position);
			self.edges.push(chosen);
			return Some(chosen);
		}
		if self.edges.is_empty() {
			return None;
		}
		let mut attempts = (0..ATTEMPTS).map(|_| self.edges[rng.random_range(0..self.edges.len())]);
		let chosen = attempts.find(|chosen| but.iter().all(|parent| parent.asset != *chosen))?;
		self.edges.push(chosen);
		Some(chosen)
	}
}

/// Grows a genealogy of `size.assets` assets. `shares` tells with whom derivatives share.
///
/// Each asset takes the place of a real one. It earns while there are fewer pairs than its part of `size.pairs`; where
/// all that can earn do and pairs are still missing, assets get parents beyond those of the real shape.
pub fn grow(shape: &Shape, size: Size, shares: impl Fn(AssetId) -> bool, rng: &mut impl Rng) -> Genealogy {
	let mut genealogy = Genealogy {
		parents: Lists::default(),
		ancestors: Lists::default(),
		earning: Vec::with_capacity(size.assets as usize),
		added: 0,
	};
	let mut pools: Vec<Pool> = Vec::new();
	let mut pairs = 0;
	for asset in 0..size.assets {
		let place = shape.place(rng);
		let deepest = pools.iter().rposition(|pool| !pool.is_empty()).map_or(0, |last| last + 1);
		let generation = place.generation.min(deepest);
		let due = size.pairs * (u64::from(asset) + 1) / u64::from(size.assets);
		let mut line = Line::default();
		let mut earns = rng.random_bool(EARNING_ROOTS);
		if generation > 0 {
			line.adopt(&mut pools[generation - 1], shape.fresh, shape, &genealogy, rng);
			for _ in 1..place.parents {
				let pool = generation.saturating_sub(shape.step(rng));
				line.adopt(&mut pools[pool], shape.fresh, shape, &genealogy, rng);
			}
			earns = pairs < due;
			while earns
				&& pairs + line.eligible(&shares) < due
				&& line.parents.len() < MOST_PARENTS
				&& rng.random_bool(ADDING)
			{
				let pool = generation.saturating_sub(shape.step(rng));
				genealogy.added += u64::from(line.adopt(&mut pools[pool], 0.0, shape, &genealogy, rng));
			}
			if earns {
				pairs += line.eligible(&shares);
			}
		}
		if pools.len() <= generation {
			pools.resize_with(generation + 1, Pool::default);
		}
		pools[generation].childless.push(asset);
		genealogy.parents.push(line.parents);
		genealogy.ancestors.push(line.ancestors);
		genealogy.earning.push(earns);
	}
	genealogy
}

/// What an asset descends from, while it is put together.
#[derive(Debug, Default)]
struct Line {
	parents: Vec<Parent>,
	ancestors: Vec<AssetId>,
}

impl Line {
	/// Adds a parent from a pool, if it has one that is none yet.
	fn adopt(
		&mut self,
		pool: &mut Pool,
		fresh: f64,
		shape: &Shape,
		genealogy: &Genealogy,
		rng: &mut impl Rng,
	) -> bool {
		let Some(asset) = pool.choose(fresh, &self.parents, rng) else { return false };
		self.parents.push(Parent { asset, relation: shape.relation(rng) });
		self.ancestors.extend_from_slice(genealogy.ancestors.get(asset as usize));
		self.ancestors.push(asset);
		self.ancestors.sort_unstable();
		self.ancestors.dedup();
		true
	}

	fn eligible(&self, shares: impl Fn(AssetId) -> bool) -> u64 {
		self.ancestors.iter().filter(|ancestor| shares(**ancestor)).count() as u64
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use rand::SeedableRng;
	use rand_chacha::ChaCha8Rng;
	use std::collections::BTreeSet;

	const ASSETS: u32 = 100_000;

	fn genealogy(pairs: u64) -> Genealogy {
		let size = Size { assets: ASSETS, pairs, payees: 1 };
		grow(&Shape::read().unwrap(), size, |_| true, &mut ChaCha8Rng::seed_from_u64(1))
	}

	#[test]
	fn parents_come_before_children() {
		let genealogy = genealogy(500_000);
		for (asset, parents) in (0..).zip(genealogy.parents.iter()) {
			assert!(parents.iter().all(|parent| parent.asset < asset));
		}
	}

	#[test]
	fn ancestors_are_those_of_the_parents_and_the_parents() {
		let genealogy = genealogy(500_000);
		for (parents, ancestors) in genealogy.parents.iter().zip(genealogy.ancestors.iter()) {
			let above = parents.iter().flat_map(|parent| genealogy.ancestors.get(parent.asset as usize));
			let expected: BTreeSet<_> =
				above.copied().chain(parents.iter().map(|parent| parent.asset)).collect();
			assert!(ancestors.iter().eq(&expected));
		}
	}

	#[test]
	fn shape_is_the_real_one_while_pairs_suffice() {
		let genealogy = genealogy(10_000);
		let share = |test: fn(&[Parent]) -> bool| {
			let count = genealogy.parents.iter().filter(|parents| test(parents)).count();
			count as f64 / f64::from(ASSETS)
		};
		assert!((share(|parents| parents.is_empty()) - 144.0 / 1_587.0).abs() < 0.01);
		assert!((share(|parents| parents.len() == 1) - 1_157.0 / 1_587.0).abs() < 0.02);
		let mut with_children = vec![false; ASSETS as usize];
		for parent in genealogy.parents.items() {
			with_children[parent.asset as usize] = true;
		}
		let with_children = with_children.iter().filter(|has| **has).count() as f64 / f64::from(ASSETS);
		assert!((with_children - 194.0 / 1_587.0).abs() < 0.02, "{with_children}");
	}

	#[test]
	fn a_few_roots_have_much_of_the_platform_below_them() {
		let genealogy = genealogy(500_000);
		let mut descendants = vec![0u32; ASSETS as usize];
		for ancestor in genealogy.ancestors.items() {
			descendants[*ancestor as usize] += 1;
		}
		descendants.sort_unstable();
		assert!(*descendants.last().unwrap() > ASSETS / 10, "{:?}", descendants.last());
		assert!(descendants[ASSETS as usize / 2] == 0);
	}
}
