//! Weights of `pallet_validators`, measured by its benchmarks on the runtime's wasm blob.
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
//! pallet_validators
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
//! pallets/validators/src/weights.rs
//! --template
//! scripts/weights.hbs
//! ```
//!
//! A chain of its own proves nothing to anybody, so proof sizes are not counted.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What the pallet needs to know of its own cost.
pub trait WeightInfo {
	/// Setting the part of the pool that validators get.
	fn set_reward_rate() -> Weight;
	/// Noting who made a block.
	fn note_author() -> Weight;
	/// Finding who is to be paid, and that nothing is left for it. What a payment weighs is added.
	fn pay_next() -> Weight;
}

/// What the benchmarks measured, with the runtime's weights of reading from and writing to the database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Validators::RewardRate` (r:0 w:1)
	fn set_reward_rate() -> Weight {
		// At least 4_847 ns.
		Weight::from_parts(5_498_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Validators::Attendances` (r:1 w:1)
	fn note_author() -> Weight {
		// At least 5_327 ns.
		Weight::from_parts(5_799_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Validators::CounterForUnpaid` (r:1 w:1)
	// Storage: `Validators::Unpaid` (r:2 w:1)
	// Storage: `Staking::Bonded` (r:1 w:0)
	fn pay_next() -> Weight {
		// At least 22_894 ns.
		Weight::from_parts(24_557_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
}
