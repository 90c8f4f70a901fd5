//! Weights of the calls and of a settlement's steps: estimates from the reads and writes they make, until measured
//! ones replace them.

use crate::units::UNITS_PER_PAGE;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};
use heirloom_primitives::ASSETS_PER_PAGE;

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
	/// Adding counts of units to their pages, `pages` of which are written.
	fn add_counts(pages: u32) -> Weight;
	/// Ranking one page of numbers of units.
	fn rank() -> Weight;
	/// Weighing a page of assets of which `booked` have a booking, and reading `pages` pages of ranks for it.
	fn weigh(booked: u32, pages: u32) -> Weight;
	/// Reading a page of assets to spread of which `booked` have a booking, and writing their pots.
	fn spread_page(booked: u32) -> Weight;
	/// Spreading an asset with so many ancestors, for which so many pages are read: those of ancestors that were not in
	/// memory yet, and its own set where it stands apart.
	fn spread(ancestors: u32, pages: u32) -> Weight;
	/// Stating what a page of assets is due: so many of them something, so many payees looked up, and `pages` pages of
	/// dues not in memory yet.
	fn due(statements: u32, lookups: u32, pages: u32) -> Weight;
	/// Paying a page of payees, so many of which have U and so many get an account of it.
	fn pay(existing: u32, opened: u32) -> Weight;
	/// Removing one page of ranks, or of old detail.
	fn prune() -> Weight;
	/// The report itself.
	fn report() -> Weight;
}

/// Reads and writes at the runtime's database weights, and what computing takes beside them.
pub struct EstimatedWeight<T>(PhantomData<T>);

/// Reference time of one access to storage that is not the database's own, in picoseconds.
const STEP: u64 = 5_000_000;

/// Reference time of one item of a page that is in memory, in picoseconds: decoding, a look and an addition.
const ITEM: u64 = 100_000;

fn items(number: u32) -> Weight {
	Weight::from_parts(ITEM.saturating_mul(number.into()), 0)
}

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
		Self::of(2, 0).saturating_add(items(ASSETS_PER_PAGE + booked))
	}

	fn add_counts(pages: u32) -> Weight {
		Self::of(pages.into(), pages.into()).saturating_add(items(pages.saturating_mul(UNITS_PER_PAGE)))
	}

	fn rank() -> Weight {
		Self::of(1, 1).saturating_add(items(UNITS_PER_PAGE))
	}

	fn weigh(booked: u32, pages: u32) -> Weight {
		let pages = u64::from(pages);
		Self::of(pages.saturating_add(2), 2).saturating_add(items(ASSETS_PER_PAGE * 2 + booked))
	}

	fn spread_page(booked: u32) -> Weight {
		Self::of(2, 1).saturating_add(items(booked))
	}

	fn spread(ancestors: u32, pages: u32) -> Weight {
		let pages = u64::from(pages);
		Self::of(pages.saturating_mul(2), pages).saturating_add(items(ancestors.saturating_add(2)))
	}

	fn due(statements: u32, lookups: u32, pages: u32) -> Weight {
		let (lookups, pages) = (u64::from(lookups), u64::from(pages));
		let reads = lookups.saturating_mul(3).saturating_add(pages).saturating_add(6);
		let writes = lookups.saturating_mul(2).saturating_add(pages).saturating_add(3);
		Self::of(reads, writes).saturating_add(items(ASSETS_PER_PAGE + statements.saturating_mul(4)))
	}

	fn pay(existing: u32, opened: u32) -> Weight {
		// Who has no U yet gets a reference of the system's account too.
		let items = u64::from(existing).saturating_add(u64::from(opened).saturating_mul(2));
		Self::of(items.saturating_add(4), items.saturating_add(3))
	}

	fn prune() -> Weight {
		Self::of(5, 5)
	}

	fn report() -> Weight {
		Self::of(8, 8)
	}
}
