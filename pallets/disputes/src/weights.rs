//! Weights of `pallet_disputes`, measured by its benchmarks on the runtime's wasm blob.
//!
//! Written by `scripts/weights` on 2026-11-26 (50 steps, 20 repeats), which ran:
//!
//! ```text
//! frame-omni-bencher
//! v1
//! benchmark
//! pallet
//! --runtime
//! target/benchmarks.wasm
//! --genesis-builder-preset
//! development
//! --pallet
//! pallet_disputes
//! --extrinsic
//! *
//! --steps
//! 50
//! --repeat
//! 20
//! --min-duration
//! 2
//! --output-analysis
//! median-slopes
//! --output
//! pallets/disputes/src/weights.rs
//! --template
//! scripts/weights.hbs
//! ```
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
	/// Ending a dispute that as many curators as there can be have rejected; what becomes of what is held is not counted.
	fn close() -> Weight;
}

/// What the benchmarks measured, with the runtime's weights of reading from and writing to the database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Lineage::Assets` (r:2 w:0)
	// Storage: `Lineage::Parents` (r:1 w:0)
	// Storage: `Lineage::AncestorPages` (r:1 w:0)
	// Storage: `Lineage::Revisions` (r:1 w:0)
	// Storage: `Royalty::OpenContests` (r:1 w:1)
	// Storage: `Disputes::CounterForDisputes` (r:1 w:1)
	// Storage: `Disputes::NextDisputeId` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Storage: `Nfts::Item` (r:2 w:0)
	// Storage: `Lineage::Payees` (r:2 w:0)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	fn claim() -> Weight {
		// At least 116_292 ns.
		Weight::from_parts(122_202_000, 0)
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `Lineage::Delistings` (r:1 w:0)
	// Storage: `Disputes::Appeals` (r:1 w:1)
	// Storage: `Disputes::CounterForDisputes` (r:1 w:1)
	// Storage: `Disputes::NextDisputeId` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Storage: `Lineage::Assets` (r:1 w:0)
	// Storage: `Lineage::Payees` (r:1 w:0)
	// Storage: `Disputes::Disputes` (r:1 w:1)
	fn appeal() -> Weight {
		// At least 86_478 ns.
		Weight::from_parts(89_432_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `Disputes::Disputes` (r:1 w:0)
	// Storage: `Lineage::Assets` (r:2 w:0)
	// Storage: `Nfts::Item` (r:2 w:0)
	// Storage: `Lineage::Payees` (r:2 w:0)
	fn answer() -> Weight {
		// At least 46_629 ns.
		Weight::from_parts(49_323_000, 0).saturating_add(T::DbWeight::get().reads(7))
	}

	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `CuratorMembership::Members` (r:1 w:0)
	// Storage: `Nfts::Item` (r:2 w:0)
	// Storage: `Lineage::Assets` (r:2 w:0)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Storage: `Lineage::Parents` (r:1 w:0)
	// Storage: `Lineage::AncestorPages` (r:1 w:0)
	// Storage: `Lineage::Revisions` (r:1 w:1)
	// Storage: `Royalty::OpenContests` (r:1 w:1)
	// Storage: `Disputes::CounterForDisputes` (r:1 w:1)
	// `c` was varied from 1 to 100.
	fn vote(c: u32) -> Weight {
		// At least 117_544 ns.
		Weight::from_parts(121_751_453, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(189_569, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `Disputes::Disputes` (r:1 w:1)
	// Storage: `CuratorMembership::Members` (r:1 w:0)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Storage: `System::Account` (r:2 w:2)
	// Storage: `Royalty::OpenContests` (r:1 w:1)
	// Storage: `Disputes::CounterForDisputes` (r:1 w:1)
	fn close() -> Weight {
		// At least 90_114 ns.
		Weight::from_parts(94_020_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}
}
