//! Weights of the calls: estimates from the reads and writes they make, until measured ones replace them.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What the pallet needs to know of its own cost.
pub trait WeightInfo {
	/// A root.
	fn mint() -> Weight;
	/// An asset with `parents` direct parents and `ancestors` transitive ones.
	fn mint_derived(parents: u32, ancestors: u32) -> Weight;
	/// A derivation.
	fn open_derivation() -> Weight;
	/// Closing it.
	fn close_derivation() -> Weight;
	/// A use, its settlement not counted.
	fn call() -> Weight;
	/// A licence, its settlement not counted.
	fn buy() -> Weight;
	/// Binding a payee.
	fn set_payee() -> Weight;
	/// Setting the fee.
	fn set_call_fee() -> Weight;
	/// Setting the terms, deferred.
	fn set_terms() -> Weight;
	/// Attesting, deferred.
	fn attest() -> Weight;
	/// Delisting, deferred.
	fn delist() -> Weight;
	/// Applying `changes` deferred changes, each in a page of its own.
	fn apply_deferred(changes: u32) -> Weight;
}

/// Reads and writes at the runtime's database weights, and 20 µs of computation each.
pub struct EstimatedWeight<T>(PhantomData<T>);

/// Reference time of hashing, coding and comparing around one storage access, in picoseconds.
const STEP: u64 = 20_000_000;

impl<T: frame_system::Config> EstimatedWeight<T> {
	fn of(reads: u64, writes: u64) -> Weight {
		let computing = Weight::from_parts(STEP.saturating_mul(reads.saturating_add(writes)), 0);
		computing.saturating_add(T::DbWeight::get().reads_writes(reads, writes))
	}
}

impl<T: frame_system::Config> WeightInfo for EstimatedWeight<T> {
	fn mint() -> Weight {
		Self::of(9, 11)
	}

	fn mint_derived(parents: u32, ancestors: u32) -> Weight {
		// A parent: its record, its ancestors, its count and page of children, and a permit it was used under. Merging compares each ancestor of each
		// parent: 2 ns.
		let merging = u64::from(parents).saturating_mul(u64::from(ancestors)).saturating_mul(2_000);
		let parents = u64::from(parents);
		Self::of(
			12u64.saturating_add(parents.saturating_mul(6)),
			16u64.saturating_add(parents.saturating_mul(3)),
		)
		.saturating_add(Weight::from_parts(merging, 0))
	}

	fn open_derivation() -> Weight {
		Self::of(4, 4)
	}

	fn close_derivation() -> Weight {
		Self::of(4, 4)
	}

	fn call() -> Weight {
		Self::of(14, 9)
	}

	fn buy() -> Weight {
		Self::of(14, 9)
	}

	fn set_payee() -> Weight {
		Self::of(2, 1)
	}

	fn set_call_fee() -> Weight {
		Self::of(2, 1)
	}

	fn set_terms() -> Weight {
		Self::of(5, 3)
	}

	fn attest() -> Weight {
		Self::of(4, 3)
	}

	fn delist() -> Weight {
		Self::of(4, 3)
	}

	fn apply_deferred(changes: u32) -> Weight {
		Self::of(u64::from(changes).saturating_add(1), u64::from(changes).saturating_add(1))
	}
}
