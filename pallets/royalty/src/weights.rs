//! Weights of the calls and of a settlement's steps: estimates from the reads and writes they make, until measured
//! ones replace them.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What the pallet needs to know of its own cost.
pub trait WeightInfo {
	/// Reporting revenue of an asset with so many ancestors, its settlement not counted.
	fn report_revenue(ancestors: u32) -> Weight;
	/// Claiming.
	fn claim() -> Weight;
	/// Looking whether there is anything to settle.
	fn look() -> Weight;
	/// Counting a page of assets of which `booked` have a booking.
	fn count(booked: u32) -> Weight;
	/// Ranking one number of units.
	fn rank() -> Weight;
	/// Weighing a page of assets of which `booked` have a booking.
	fn weigh(booked: u32) -> Weight;
	/// Spreading an asset with so many ancestors, for which so many pages are read that were not in memory. Of 0 and
	/// 0: reading and writing a page of bookings.
	fn spread(ancestors: u32, pages: u32) -> Weight;
	/// Paying a page of assets, `payments` of them.
	fn pay(payments: u32) -> Weight;
	/// Removing one rank, or one page of old detail.
	fn prune() -> Weight;
	/// The report itself.
	fn report() -> Weight;
}

/// Reads and writes at the runtime's database weights, and what computing takes beside them.
pub struct EstimatedWeight<T>(PhantomData<T>);

/// Reference time of one access to storage that is not the database's own, in picoseconds.
const STEP: u64 = 5_000_000;

/// Reference time of one pair of derivative and ancestor, pages in memory: lookups and an addition.
const PAIR: u64 = 200_000;

impl<T: frame_system::Config> EstimatedWeight<T> {
	fn of(reads: u64, writes: u64) -> Weight {
		let computing = Weight::from_parts(STEP.saturating_mul(reads.saturating_add(writes)), 0);
		computing.saturating_add(T::DbWeight::get().reads_writes(reads, writes))
	}
}

impl<T: frame_system::Config> WeightInfo for EstimatedWeight<T> {
	fn report_revenue(ancestors: u32) -> Weight {
		// At worst every ancestor lies in a page of its own.
		Self::of(u64::from(ancestors).saturating_add(12), 6)
	}

	fn claim() -> Weight {
		Self::of(8, 4)
	}

	fn look() -> Weight {
		Self::of(2, 1)
	}

	fn count(booked: u32) -> Weight {
		Self::of(u64::from(booked).saturating_add(3), u64::from(booked).saturating_add(1))
	}

	fn rank() -> Weight {
		Self::of(1, 2)
	}

	fn weigh(booked: u32) -> Weight {
		Self::of(u64::from(booked).saturating_add(3), 2)
	}

	fn spread(ancestors: u32, pages: u32) -> Weight {
		let pages = u64::from(pages);
		let pairs = Weight::from_parts(PAIR.saturating_mul(ancestors.into()), 0);
		Self::of(pages.saturating_mul(2).saturating_add(2), pages.saturating_add(1)).saturating_add(pairs)
	}

	fn pay(payments: u32) -> Weight {
		let payments = u64::from(payments);
		Self::of(payments.saturating_mul(4).saturating_add(6), payments.saturating_mul(2).saturating_add(4))
	}

	fn prune() -> Weight {
		Self::of(2, 3)
	}

	fn report() -> Weight {
		Self::of(8, 8)
	}
}
