//! Weights of `pallet_validators`.

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

/// Weights for a runtime with its database's.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn set_reward_rate() -> Weight {
		Weight::from_parts(10_000_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
	fn note_author() -> Weight {
		Weight::from_parts(10_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
	fn pay_next() -> Weight {
		Weight::from_parts(20_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(4, 2))
	}
}
