//! The shape of a real platform: what generated ones are drawn from.

use heirloom_primitives::Relation;
use heirloom_scenario::Scenario;
use rand::{Rng, seq::IndexedRandom};
use std::{collections::HashSet, path::Path};

/// Where the platform is that generated ones are shaped after.
const SCENARIO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios/huggingface-2025-04");

/// An asset's place in the genealogy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
	/// How many parents it has.
	pub parents: usize,
	/// 0 for a root, else one more than the greatest of its parents.
	pub generation: usize,
}

/// Distributions of a real platform. What is drawn from them is drawn from the real assets and edges themselves.
#[derive(Debug)]
pub struct Shape {
	places: Vec<Place>,
	steps: Vec<usize>,
	relations: Vec<Relation>,
	/// The chance that an edge goes to an asset that had no child before: parents ÷ edges. The other edges go to
	/// parents in proportion to the children they have, which makes the numbers of children a power law (Simon 1955).
	pub fresh: f64,
}

impl Shape {
	/// Reads the real platform.
	pub fn read() -> Result<Self, heirloom_scenario::ScenarioError> {
		Scenario::read(Path::new(SCENARIO)).map(|scenario| Self::fit(&scenario))
	}

	/// The shape of a scenario.
	pub fn fit(scenario: &Scenario) -> Self {
		let mut places: Vec<Place> = Vec::with_capacity(scenario.assets.len());
		let (mut steps, mut relations, mut parents) = (Vec::new(), Vec::new(), HashSet::new());
		for asset in &scenario.assets {
			let above = asset.parents.iter().map(|edge| places[edge.parent].generation);
			let generation = above.max().map_or(0, |generation| generation + 1);
			for edge in &asset.parents {
				steps.push(generation - places[edge.parent].generation);
				relations.push(relation(edge.relation));
				parents.insert(edge.parent);
			}
			places.push(Place { parents: asset.parents.len(), generation });
		}
		let fresh = parents.len() as f64 / steps.len().max(1) as f64;
		Self { places, steps, relations, fresh }
	}

	/// The place of a real asset.
	pub fn place(&self, rng: &mut impl Rng) -> Place {
		self.places.choose(rng).copied().unwrap_or(Place { parents: 0, generation: 0 })
	}

	/// How many generations above its child a parent is, at least 1.
	pub fn step(&self, rng: &mut impl Rng) -> usize {
		self.steps.choose(rng).copied().unwrap_or(1)
	}

	/// How a child uses a parent.
	pub fn relation(&self, rng: &mut impl Rng) -> Relation {
		self.relations.choose(rng).copied().unwrap_or(Relation::TrainedOn)
	}
}

fn relation(relation: heirloom_scenario::Relation) -> Relation {
	use heirloom_scenario::Relation as Real;
	match relation {
		Real::TrainedOn => Relation::TrainedOn,
		Real::Finetune => Relation::Finetune,
		Real::Adapter => Relation::Adapter,
		Real::Quantized => Relation::Quantized,
		Real::Merge => Relation::Merge,
		Real::EvaluatedWith => Relation::EvaluatedWith,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn shape_is_that_of_the_real_edges() {
		let shape = Shape::read().unwrap();
		let count = |test: fn(&Place) -> bool| shape.places.iter().filter(|place| test(place)).count();
		assert_eq!(shape.places.len(), 1_587);
		assert_eq!(count(|place| place.generation == 0), 144);
		assert_eq!(count(|place| place.parents == 1), 1_157);
		assert_eq!(count(|place| place.generation == 4), 6);
		assert_eq!(shape.steps.len(), 1_848);
		assert_eq!(shape.fresh, 194.0 / 1_848.0);
	}

	#[test]
	fn only_roots_are_without_parents() {
		let shape = Shape::read().unwrap();
		assert!(shape.places.iter().all(|place| (place.parents == 0) == (place.generation == 0)));
		assert!(shape.steps.iter().all(|step| *step > 0));
	}
}
