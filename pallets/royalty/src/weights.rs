//! Weights of `pallet_royalty`, measured by its benchmarks on the runtime's wasm blob.
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
//! pallet_royalty
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
//! pallets/royalty/src/weights.rs
//! --template
//! scripts/weights.hbs
//! ```
//!
//! A chain of its own proves nothing to anybody, so proof sizes are not counted.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What the pallet needs to know of its own cost.
pub trait WeightInfo {
	/// Reporting revenue of an asset with `a` ancestors of which the last is the only eligible one. Settling the asset is
	/// not counted.
	fn report_revenue(a: u32) -> Weight;
	/// Claiming, which opens the account.
	fn claim() -> Weight;
	/// Ending a contest and booking what was held for it; settling the derivative once more is not counted.
	fn end_contest() -> Weight;
	/// Deciding on another rule in place of one that holds by now.
	fn set_formula() -> Weight;
	/// Closing a period, which the clock does in a block's first transaction.
	fn close() -> Weight;
	/// Looking whether there is anything to settle, and beginning it.
	fn look() -> Weight;
	/// Counting a page of assets of which `b` have a booking, each with another number of units that no asset before
	/// them had.
	fn count(b: u32) -> Weight;
	/// Adding counts of units to their pages, of which `p` are written.
	fn add_counts(p: u32) -> Weight;
	/// Ranking one page of numbers of units.
	fn rank() -> Weight;
	/// Weighing a page of assets of which `b` have a booking, and reading `p` pages of ranks for it.
	fn weigh(b: u32, p: u32) -> Weight;
	/// Looking for bookings to spread in a page that has none.
	fn skip() -> Weight;
	/// Spreading the `b` booked assets of a page over an ancestor each, with `p` pages read for more ancestors of the last, while
	/// all contests are open, one of them of the last asset.
	fn spread(b: u32, p: u32) -> Weight;
	/// Spreading one booked asset over `a` ancestors and some more that have their pages read. What an ancestor costs is
	/// the slope.
	fn pairs(a: u32) -> Weight;
	/// Stating what the assets of a page are due: `s` of them something, and `p` something to payees in pages of dues that
	/// were not in memory, while all contests are open.
	fn due(s: u32, p: u32) -> Weight;
	/// Stating what the assets of a page are due, `l` of them to payees that are looked up and had no number yet. What a
	/// look costs is the slope.
	fn look_up(l: u32) -> Weight;
	/// Paying a page of payees of which `p` are due something. Their accounts exist.
	fn pay(p: u32) -> Weight;
	/// The same with `o` payees whose accounts it opens. What one of them costs is the slope.
	fn open(o: u32) -> Weight;
	/// Removing one page of old detail, which takes more than removing one of ranks.
	fn prune() -> Weight;
	/// The report itself. Applying what was deferred is not counted.
	fn report() -> Weight;
}

/// What the benchmarks measured, with the runtime's weights of reading from and writing to the database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Lineage::Assets` (r:1 w:0)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `Lineage::Payees` (r:1 w:0)
	// Storage: `Lineage::AncestorPages` (r:1 w:0)
	// Storage: `Lineage::AncestorSets` (r:1 w:0)
	// Storage: `Lineage::FactPages` (r:512 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Royalty::BookingPages` (r:1 w:1)
	// `a` was varied from 1 to 512.
	fn report_revenue(a: u32) -> Weight {
		// At least 133_398 ns.
		Weight::from_parts(112_562_396, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(7_375_933, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Royalty::CurrentSettlement` (r:1 w:0)
	// Storage: `Lineage::PayeeIndices` (r:1 w:0)
	// Storage: `Royalty::DuePages` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	fn claim() -> Weight {
		// At least 75_051 ns.
		Weight::from_parts(80_449_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Royalty::OpenContests` (r:1 w:1)
	// Storage: `Royalty::BookingPages` (r:1 w:1)
	fn end_contest() -> Weight {
		// At least 54_380 ns.
		Weight::from_parts(58_837_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Royalty::CurrentRule` (r:1 w:1)
	fn set_formula() -> Weight {
		// At least 6_350 ns.
		Weight::from_parts(7_030_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Royalty::PeriodSchedule` (r:1 w:0)
	// Storage: `Royalty::Start` (r:1 w:0)
	// Storage: `Royalty::CurrentRule` (r:1 w:1)
	// Storage: `Royalty::LastClosed` (r:1 w:1)
	// Storage: `Royalty::Closings` (r:1 w:2)
	// Storage: `Royalty::OldestDetail` (r:1 w:1)
	fn close() -> Weight {
		// At least 15_483 ns.
		Weight::from_parts(16_695_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Royalty::CurrentSettlement` (r:1 w:1)
	// Storage: `Royalty::Closings` (r:1 w:0)
	// Storage: `Royalty::OpenContests` (r:1 w:0)
	// Storage: `Royalty::MostPerHook` (r:1 w:0)
	// Storage: `Royalty::UnitDirectory` (r:1 w:0)
	fn look() -> Weight {
		// At least 23_115 ns.
		Weight::from_parts(24_467_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Royalty::BookingPages` (r:1 w:0)
	// Storage: `Lineage::FactPages` (r:1 w:0)
	// `b` was varied from 0 to 256.
	fn count(b: u32) -> Weight {
		// At least 13_850 ns.
		Weight::from_parts(15_832_276, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(489_872, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(2))
	}

	// Storage: `Royalty::UnitDirectory` (r:1 w:1)
	// Storage: `Royalty::UnitPages` (r:512 w:512)
	// `p` was varied from 1 to 512.
	fn add_counts(p: u32) -> Weight {
		// At least 17_476 ns.
		Weight::from_parts(0, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(18_424_444, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(p.into()))
	}

	// Storage: `Royalty::UnitDirectory` (r:1 w:0)
	// Storage: `Royalty::UnitPages` (r:1 w:1)
	fn rank() -> Weight {
		// At least 14_471 ns.
		Weight::from_parts(15_122_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Royalty::UnitDirectory` (r:1 w:0)
	// Storage: `Royalty::BookingPages` (r:1 w:0)
	// Storage: `Lineage::FactPages` (r:1 w:0)
	// Storage: `Royalty::UnitPages` (r:17 w:0)
	// Storage: `Royalty::WeightPages` (r:0 w:1)
	// Storage: `Royalty::ClosePages` (r:0 w:1)
	// `b` was varied from 0 to 240.
	// `p` was varied from 0 to 16.
	fn weigh(b: u32, p: u32) -> Weight {
		// At least 53_430 ns.
		Weight::from_parts(44_369_347, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(54_344, 0).saturating_mul(b.into()))
			// Standard error: 0
			.saturating_add(Weight::from_parts(8_569_800, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Royalty::OpenContests` (r:1 w:0)
	// Storage: `Royalty::BookingPages` (r:1 w:0)
	fn skip() -> Weight {
		// At least 19_258 ns.
		Weight::from_parts(20_481_000, 0).saturating_add(T::DbWeight::get().reads(2))
	}

	// Storage: `Royalty::OpenContests` (r:1 w:1)
	// Storage: `Royalty::BookingPages` (r:1 w:0)
	// Storage: `Lineage::AncestorPages` (r:1 w:0)
	// Storage: `Royalty::WeightPages` (r:16 w:0)
	// Storage: `Royalty::AccrualPages` (r:16 w:16)
	// Storage: `Royalty::PotPages` (r:0 w:1)
	// `b` was varied from 1 to 256.
	// `p` was varied from 0 to 16.
	fn spread(b: u32, p: u32) -> Weight {
		// At least 114_179 ns.
		Weight::from_parts(48_042_114, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(246_534, 0).saturating_mul(b.into()))
			// Standard error: 0
			.saturating_add(Weight::from_parts(13_712_166, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(p.into()))
	}

	// Storage: `Royalty::OpenContests` (r:1 w:1)
	// Storage: `Royalty::BookingPages` (r:1 w:0)
	// Storage: `Lineage::AncestorPages` (r:1 w:0)
	// Storage: `Lineage::AncestorSets` (r:1 w:0)
	// Storage: `Royalty::WeightPages` (r:17 w:0)
	// Storage: `Royalty::AccrualPages` (r:17 w:17)
	// Storage: `Royalty::PotPages` (r:0 w:1)
	// `a` was varied from 0 to 4096.
	fn pairs(a: u32) -> Weight {
		// At least 274_738 ns.
		Weight::from_parts(293_125_435, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(18_095, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(38))
			.saturating_add(T::DbWeight::get().writes(19))
	}

	// Storage: `Royalty::OpenContests` (r:1 w:0)
	// Storage: `Royalty::BookingPages` (r:1 w:0)
	// Storage: `Royalty::PotPages` (r:1 w:0)
	// Storage: `Royalty::CarryPages` (r:1 w:1)
	// Storage: `Royalty::WeightPages` (r:1 w:0)
	// Storage: `Royalty::AccrualPages` (r:1 w:1)
	// Storage: `Lineage::PayeePages` (r:1 w:0)
	// Storage: `Royalty::DuePages` (r:17 w:17)
	// Storage: `Royalty::StatementPages` (r:0 w:1)
	// `s` was varied from 0 to 240.
	// `p` was varied from 0 to 16.
	fn due(s: u32, p: u32) -> Weight {
		// At least 120_789 ns.
		Weight::from_parts(73_090_771, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(211_364, 0).saturating_mul(s.into()))
			// Standard error: 0
			.saturating_add(Weight::from_parts(7_924_250, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(4))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(p.into()))
	}

	// Storage: `Royalty::OpenContests` (r:1 w:0)
	// Storage: `Royalty::BookingPages` (r:1 w:0)
	// Storage: `Royalty::PotPages` (r:1 w:0)
	// Storage: `Royalty::CarryPages` (r:1 w:1)
	// Storage: `Royalty::WeightPages` (r:1 w:0)
	// Storage: `Royalty::AccrualPages` (r:1 w:1)
	// Storage: `Lineage::PayeePages` (r:1 w:1)
	// Storage: `Nfts::Item` (r:128 w:0)
	// Storage: `Lineage::Payees` (r:128 w:0)
	// Storage: `Lineage::PayeeIndices` (r:128 w:128)
	// Storage: `Lineage::PayeeAccounts` (r:128 w:128)
	// Storage: `Royalty::DuePages` (r:128 w:128)
	// Storage: `Royalty::StatementPages` (r:0 w:1)
	// `l` was varied from 0 to 128.
	fn look_up(l: u32) -> Weight {
		// At least 50_896 ns.
		Weight::from_parts(97_982_333, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(23_620_525, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().reads(5).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().writes(4))
			.saturating_add(T::DbWeight::get().writes(3).saturating_mul(l.into()))
	}

	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Royalty::DuePages` (r:1 w:1)
	// Storage: `Lineage::PayeeAccounts` (r:1 w:0)
	// Storage: `Assets::Account` (r:256 w:256)
	// `p` was varied from 0 to 256.
	fn pay(p: u32) -> Weight {
		// At least 33_700 ns.
		Weight::from_parts(41_013_148, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(14_149_851, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(p.into()))
	}

	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Royalty::DuePages` (r:1 w:1)
	// Storage: `Lineage::PayeeAccounts` (r:1 w:0)
	// Storage: `Assets::Account` (r:256 w:256)
	// Storage: `System::Account` (r:256 w:256)
	// `o` was varied from 0 to 256.
	fn open(o: u32) -> Weight {
		// At least 30_966 ns.
		Weight::from_parts(53_259_677, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(17_229_241, 0).saturating_mul(o.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(o.into()))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(2).saturating_mul(o.into()))
	}

	// Storage: `Royalty::OldestDetail` (r:1 w:0)
	// Storage: `Royalty::Closings` (r:1 w:0)
	// Storage: `Royalty::BookingPages` (r:0 w:1)
	// Storage: `Royalty::WeightPages` (r:0 w:1)
	// Storage: `Royalty::PotPages` (r:0 w:1)
	// Storage: `Royalty::ClosePages` (r:0 w:1)
	fn prune() -> Weight {
		// At least 9_434 ns.
		Weight::from_parts(10_175_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `Royalty::OldestDetail` (r:1 w:0)
	// Storage: `Royalty::PoolDue` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Royalty::Closings` (r:1 w:0)
	// Storage: `Lineage::DeferredChanges` (r:1 w:1)
	// Storage: `Royalty::Reports` (r:0 w:1)
	// Storage: `Royalty::LastReported` (r:0 w:1)
	fn report() -> Weight {
		// At least 52_999 ns.
		Weight::from_parts(54_962_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(4))
	}
}
