//! Weights of `pallet_disputes`.
//!
//! Not measured yet: taken by analogy from calls of lineage and sandbox-access that read, write and hold as much, and
//! rounded up. `scripts/weights disputes` measures them.
//!
//! A chain of its own proves nothing to anybody, so proof sizes are not counted.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What the pallet needs to know of its own cost.
pub trait WeightInfo {
	/// A claim; checking the edge is not counted.
	fn claim() -> Weight;
	/// An appeal.
	fn appeal() -> Weight;
	/// An answer.
	fn answer() -> Weight;
	/// The last of `c` curators votes and upholds; what follows from it is not counted.
	fn vote(c: u32) -> Weight;
	/// Ending a dispute that the votes of as many curators as there can be do not decide; what follows from it is not
	/// counted.
	fn close() -> Weight;
}

/// The weights of the analogies, with the runtime's weights of reading from and writing to the database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// As `sandboxAccess.challenge`, with the list of contests.
	fn claim() -> Weight {
		Weight::from_parts(200_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// As a claim, with the item, its record and its delisting.
	fn appeal() -> Weight {
		Weight::from_parts(200_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// As `lineage.setPayee` for two assets.
	fn answer() -> Weight {
		Weight::from_parts(100_000_000, 0).saturating_add(T::DbWeight::get().reads(8))
	}

	// Every curator is looked for among the parties and its vote among the curators.
	fn vote(c: u32) -> Weight {
		Weight::from_parts(300_000_000, 0)
			.saturating_add(Weight::from_parts(10_000_000, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(10))
	}

	// As the decision of a vote among 100 curators.
	fn close() -> Weight {
		Weight::from_parts(1_300_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(10))
	}
}
