//! Weights of `pallet_royalty`, measured by its benchmarks on the runtime's wasm blob.
//!
//! Written by `scripts/weights` on 2026-11-21 (50 steps, 20 repeats), which ran:
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
	/// Spreading the `b` booked assets of a page over an ancestor each, with `p` pages read for more ancestors of the last.
	fn spread(b: u32, p: u32) -> Weight;
	/// Spreading one booked asset over `a` ancestors and some more that have their pages read. What an ancestor costs is
	/// the slope.
	fn pairs(a: u32) -> Weight;
	/// Stating what the assets of a page are due: `s` of them something, and `p` something to payees in pages of dues that
	/// were not in memory.
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
	// Storage: `Lineage::NextAssetId` (r:1 w:0)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `Lineage::Payees` (r:1 w:0)
	// Storage: `Lineage::Assets` (r:1 w:0)
	// Storage: `Lineage::AncestorPages` (r:1 w:0)
	// Storage: `Lineage::AncestorSets` (r:1 w:0)
	// Storage: `Lineage::FactPages` (r:512 w:0)
	// Storage: `Royalty::OpenPeriod` (r:1 w:0)
	// Storage: `Royalty::Totals` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:2 w:2)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Royalty::BookingPages` (r:1 w:1)
	// `a` was varied from 1 to 512.
	fn report_revenue(a: u32) -> Weight {
		// At least 148_070 ns.
		Weight::from_parts(137_064_270, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(7_102_837, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Royalty::CurrentSettlement` (r:1 w:0)
	// Storage: `Lineage::PayeeIndices` (r:1 w:0)
	// Storage: `Royalty::DuePages` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:2 w:2)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `System::Account` (r:1 w:1)
	fn claim() -> Weight {
		// At least 88_081 ns.
		Weight::from_parts(92_227_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Royalty::PeriodSchedule` (r:1 w:0)
	// Storage: `Royalty::Start` (r:1 w:0)
	// Storage: `Royalty::OpenPeriod` (r:1 w:1)
	// Storage: `Lineage::NextAssetId` (r:1 w:0)
	// Storage: `Royalty::LastClosed` (r:1 w:1)
	// Storage: `Royalty::Closings` (r:1 w:2)
	// Storage: `Royalty::PendingPeriod` (r:1 w:1)
	// Storage: `Royalty::OldestDetail` (r:1 w:1)
	fn close() -> Weight {
		// At least 19_169 ns.
		Weight::from_parts(20_290_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `Royalty::CurrentSettlement` (r:1 w:1)
	// Storage: `Royalty::PendingPeriod` (r:1 w:0)
	// Storage: `Royalty::Closings` (r:1 w:0)
	// Storage: `Royalty::UnitDirectory` (r:1 w:0)
	fn look() -> Weight {
		// At least 8_302 ns.
		Weight::from_parts(8_954_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Royalty::BookingPages` (r:1 w:0)
	// Storage: `Lineage::FactPages` (r:1 w:0)
	// `b` was varied from 0 to 256.
	fn count(b: u32) -> Weight {
		// At least 18_227 ns.
		Weight::from_parts(19_607_070, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(474_210, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(2))
	}

	// Storage: `Royalty::UnitDirectory` (r:1 w:1)
	// Storage: `Royalty::UnitPages` (r:512 w:512)
	// `p` was varied from 1 to 512.
	fn add_counts(p: u32) -> Weight {
		// At least 19_269 ns.
		Weight::from_parts(0, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(17_862_362, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(p.into()))
	}

	// Storage: `Royalty::UnitDirectory` (r:1 w:0)
	// Storage: `Royalty::UnitPages` (r:1 w:1)
	fn rank() -> Weight {
		// At least 16_515 ns.
		Weight::from_parts(17_035_000, 0)
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
		// At least 61_111 ns.
		Weight::from_parts(49_364_117, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(61_588, 0).saturating_mul(b.into()))
			// Standard error: 0
			.saturating_add(Weight::from_parts(8_879_000, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Royalty::BookingPages` (r:1 w:0)
	fn skip() -> Weight {
		// At least 4_176 ns.
		Weight::from_parts(4_497_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: `Royalty::BookingPages` (r:1 w:0)
	// Storage: `Lineage::AncestorPages` (r:1 w:0)
	// Storage: `Royalty::WeightPages` (r:16 w:0)
	// Storage: `Royalty::AccrualPages` (r:16 w:16)
	// Storage: `Royalty::PotPages` (r:0 w:1)
	// `b` was varied from 1 to 256.
	// `p` was varied from 0 to 16.
	fn spread(b: u32, p: u32) -> Weight {
		// At least 83_355 ns.
		Weight::from_parts(21_718_155, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(195_177, 0).saturating_mul(b.into()))
			// Standard error: 0
			.saturating_add(Weight::from_parts(13_377_416, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(p.into()))
	}

	// Storage: `Royalty::BookingPages` (r:1 w:0)
	// Storage: `Lineage::AncestorPages` (r:1 w:0)
	// Storage: `Lineage::AncestorSets` (r:1 w:0)
	// Storage: `Royalty::WeightPages` (r:17 w:0)
	// Storage: `Royalty::AccrualPages` (r:17 w:17)
	// Storage: `Royalty::PotPages` (r:0 w:1)
	// `a` was varied from 0 to 4096.
	fn pairs(a: u32) -> Weight {
		// At least 247_429 ns.
		Weight::from_parts(262_248_349, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(16_555, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(18))
	}

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
		// At least 107_150 ns.
		Weight::from_parts(53_035_672, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(248_811, 0).saturating_mul(s.into()))
			// Standard error: 0
			.saturating_add(Weight::from_parts(7_920_166, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(4))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(p.into()))
	}

	// Storage: `Royalty::BookingPages` (r:1 w:0)
	// Storage: `Royalty::PotPages` (r:1 w:0)
	// Storage: `Royalty::CarryPages` (r:1 w:1)
	// Storage: `Royalty::WeightPages` (r:1 w:0)
	// Storage: `Royalty::AccrualPages` (r:1 w:1)
	// Storage: `Lineage::PayeePages` (r:1 w:1)
	// Storage: `Nfts::Item` (r:128 w:0)
	// Storage: `Lineage::Payees` (r:128 w:0)
	// Storage: `Lineage::PayeeIndices` (r:128 w:128)
	// Storage: `Lineage::PayeeCounts` (r:1 w:1)
	// Storage: `Lineage::PayeeAccounts` (r:128 w:128)
	// Storage: `Royalty::DuePages` (r:128 w:128)
	// Storage: `Royalty::StatementPages` (r:0 w:1)
	// `l` was varied from 0 to 128.
	fn look_up(l: u32) -> Weight {
		// At least 36_515 ns.
		Weight::from_parts(50_625_089, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(23_150_550, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().reads(5).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(T::DbWeight::get().writes(3).saturating_mul(l.into()))
	}

	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:257 w:257)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Lineage::PayeeCounts` (r:1 w:0)
	// Storage: `Royalty::DuePages` (r:1 w:1)
	// Storage: `Lineage::PayeeAccounts` (r:1 w:0)
	// `p` was varied from 0 to 256.
	fn pay(p: u32) -> Weight {
		// At least 42_664 ns.
		Weight::from_parts(49_594_000, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(16_286_343, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(3))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(p.into()))
	}

	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:257 w:257)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Lineage::PayeeCounts` (r:1 w:0)
	// Storage: `Royalty::DuePages` (r:1 w:1)
	// Storage: `Lineage::PayeeAccounts` (r:1 w:0)
	// Storage: `System::Account` (r:256 w:256)
	// `o` was varied from 0 to 256.
	fn open(o: u32) -> Weight {
		// At least 42_653 ns.
		Weight::from_parts(65_196_000, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(19_423_000, 0).saturating_mul(o.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(o.into()))
			.saturating_add(T::DbWeight::get().writes(3))
			.saturating_add(T::DbWeight::get().writes(2).saturating_mul(o.into()))
	}

	// Storage: `Royalty::OldestDetail` (r:1 w:0)
	// Storage: `Royalty::Closings` (r:1 w:0)
	// Storage: `Royalty::BookingPages` (r:0 w:1)
	// Storage: `Royalty::WeightPages` (r:0 w:1)
	// Storage: `Royalty::PotPages` (r:0 w:1)
	// Storage: `Royalty::ClosePages` (r:0 w:1)
	fn prune() -> Weight {
		// At least 12_759 ns.
		Weight::from_parts(13_570_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `Royalty::OldestDetail` (r:1 w:0)
	// Storage: `Royalty::PoolDue` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:2 w:2)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Storage: `Royalty::Closings` (r:1 w:0)
	// Storage: `Lineage::DeferredChanges` (r:1 w:1)
	// Storage: `Royalty::Reports` (r:0 w:1)
	// Storage: `Royalty::Totals` (r:0 w:1)
	// Storage: `Royalty::LastReported` (r:0 w:1)
	// Storage: `Royalty::PendingPeriod` (r:0 w:1)
	fn report() -> Weight {
		// At least 71_216 ns.
		Weight::from_parts(73_730_000, 0)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(9))
	}
}
