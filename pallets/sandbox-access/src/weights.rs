//! Weights of the calls: estimates from the reads and writes they make, until measured ones replace them.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What the pallet needs to know of its own cost. `uses` are the assets of a permit.
pub trait WeightInfo {
	/// Registering, with the hold of the bond.
	fn register_operator() -> Weight;
	/// Stating something else.
	fn update_operator() -> Weight;
	/// Completing a bond.
	fn top_up_bond() -> Weight;
	/// Admitting.
	fn admit_operator() -> Weight;
	/// Suspending.
	fn suspend_operator() -> Weight;
	/// Slashing, with the transfer.
	fn slash_operator() -> Weight;
	/// Leaving.
	fn begin_unbonding() -> Weight;
	/// Having left, with the release of the bond.
	fn withdraw_bond() -> Weight;
	/// An owner's choice.
	fn set_sandboxed() -> Weight;
	/// The curators' decision.
	fn force_sandboxed() -> Weight;
	/// A policy.
	fn set_policy() -> Weight;
	/// A request, with two holds.
	fn request(uses: u32) -> Weight;
	/// An approval.
	fn approve(uses: u32) -> Weight;
	/// A revocation, with the refund.
	fn revoke(uses: u32) -> Weight;
	/// A completion, the catalogue's part not counted.
	fn complete(uses: u32) -> Weight;
	/// A refusal, with the refund.
	fn refuse(uses: u32) -> Weight;
	/// An expiry, with the refund.
	fn expire() -> Weight;
	/// Pruning, with the release of the deposit.
	fn prune() -> Weight;
}

/// Reads and writes at the runtime's database weights, and 20 µs of computation each.
pub struct EstimatedWeight<T>(PhantomData<T>);

/// Reference time of hashing, coding and comparing around one storage access, in picoseconds.
const STEP: u64 = 20_000_000;

/// Reference time of hashing a report and verifying its signature, in picoseconds.
const VERIFY: u64 = 100_000_000;

/// Entries that a hold or a release reads and writes: the asset, the account, its holds, and their sum.
const HOLD: u64 = 4;

impl<T: frame_system::Config> EstimatedWeight<T> {
	fn of(reads: u64, writes: u64) -> Weight {
		let computing = Weight::from_parts(STEP.saturating_mul(reads.saturating_add(writes)), 0);
		computing.saturating_add(T::DbWeight::get().reads_writes(reads, writes))
	}

	fn with_uses(base: Weight, uses: u32, reads: u64, writes: u64) -> Weight {
		base.saturating_add(Self::of(reads, writes).saturating_mul(uses.into()))
	}
}

impl<T: frame_system::Config> WeightInfo for EstimatedWeight<T> {
	fn register_operator() -> Weight {
		Self::of(1 + HOLD, 1 + HOLD)
	}

	fn update_operator() -> Weight {
		Self::of(1, 1)
	}

	fn top_up_bond() -> Weight {
		Self::of(1 + HOLD, 1 + HOLD)
	}

	fn admit_operator() -> Weight {
		Self::of(1, 1)
	}

	fn suspend_operator() -> Weight {
		Self::of(1, 1)
	}

	fn slash_operator() -> Weight {
		Self::of(2 + HOLD, 2 + HOLD)
	}

	fn begin_unbonding() -> Weight {
		Self::of(2, 1)
	}

	fn withdraw_bond() -> Weight {
		Self::of(2 + HOLD, 1 + HOLD)
	}

	fn set_sandboxed() -> Weight {
		Self::of(2, 1)
	}

	fn force_sandboxed() -> Weight {
		Self::of(2, 1)
	}

	fn set_policy() -> Weight {
		Self::of(1, 1)
	}

	// An asset: its owner, its mode, its record for the fee, its policy.
	fn request(uses: u32) -> Weight {
		Self::with_uses(Self::of(3 + 2 * HOLD, 3 + 2 * HOLD), uses, 4, 0)
	}

	// An asset: its owner.
	fn approve(uses: u32) -> Weight {
		Self::with_uses(Self::of(2, 1), uses, 1, 0)
	}

	// An asset: its owner.
	fn revoke(uses: u32) -> Weight {
		Self::with_uses(Self::of(2 + HOLD, 2 + HOLD), uses, 1, 0)
	}

	// The consumer's release and the operator's payment; an asset: its log and its record for the weight.
	fn complete(uses: u32) -> Weight {
		let base = Self::of(5 + 2 * HOLD, 3 + 2 * HOLD).saturating_add(Weight::from_parts(VERIFY, 0));
		Self::with_uses(base, uses, 2, 1)
	}

	// An asset: its log.
	fn refuse(uses: u32) -> Weight {
		let base = Self::of(5 + HOLD, 2 + HOLD).saturating_add(Weight::from_parts(VERIFY, 0));
		Self::with_uses(base, uses, 1, 1)
	}

	fn expire() -> Weight {
		Self::of(2 + HOLD, 2 + HOLD)
	}

	fn prune() -> Weight {
		Self::of(2 + HOLD, 1 + HOLD)
	}
}
