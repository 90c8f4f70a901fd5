//! What a settlement's steps cost, put together from what benchmarks measure apart.

use crate::WeightInfo;
use frame_support::weights::Weight;

/// The weights of steps. A benchmark that has a base beside its slope is charged for the slope alone where another one
/// has paid for the base.
pub trait StepWeights: WeightInfo {
	/// Reading a page of assets to spread of which `booked` have a booking, and writing their pots.
	fn spread_page(booked: u32) -> Weight {
		if booked == 0 { Self::skip() } else { Self::spread(booked, 0) }
	}

	/// Spreading an asset of such a page with so many ancestors, for which so many pages are read: those of ancestors
	/// that were not in memory yet, and its own set where it stands apart.
	fn spread_asset(ancestors: u32, pages: u32) -> Weight {
		let pairs = Self::pairs(ancestors).saturating_sub(Self::pairs(0));
		pairs.saturating_add(Self::spread(0, pages).saturating_sub(Self::spread(0, 0)))
	}

	/// Stating what a page of assets is due: so many of them something, so many payees looked up, and `pages` pages of
	/// dues not in memory yet.
	fn due_page(statements: u32, lookups: u32, pages: u32) -> Weight {
		let looks = Self::look_up(lookups).saturating_sub(Self::look_up(0));
		Self::due(statements, pages).saturating_add(looks)
	}

	/// Looking up one more payee, who has no number yet.
	fn look_up_one() -> Weight {
		Self::look_up(1).saturating_sub(Self::look_up(0))
	}

	/// Paying a page of payees, so many of which have U and so many get an account of it.
	fn pay_page(existing: u32, opened: u32) -> Weight {
		Self::pay(existing).saturating_add(Self::open(opened).saturating_sub(Self::open(0)))
	}

	/// Paying one more payee who never had U.
	fn pay_newcomer() -> Weight {
		Self::open(1).saturating_sub(Self::open(0))
	}
}

impl<W: WeightInfo> StepWeights for W {}
