//! Weights of `pallet_royalty`, measured by its benchmarks on the runtime's wasm blob.
//!
//! Written by `scripts/weights` on 2026-11-25 (50 steps, 20 repeats), which ran:
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
	/// Deciding on another rule.
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
	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `Lineage::Payees` (r:1 w:0)
	// Storage: `Lineage::Assets` (r:1 w:0)
	// Storage: `Lineage::AncestorPages` (r:1 w:0)
	// Storage: `Lineage::AncestorSets` (r:1 w:0)
	// Storage: `Lineage::FactPages` (r:512 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Royalty::BookingPages` (r:1 w:1)
	// `a` was varied from 1 to 512.
	fn report_revenue(a: u32) -> Weight {
		// At least 179_947 ns.
		Weight::from_parts(145_913_664, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(9_486_196, 0).saturating_mul(a.into()))
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
		// At least 107_592 ns.
		Weight::from_parts(112_892_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Not measured yet: by analogy with `report_revenue` and `claim`, and rounded up.
	fn end_contest() -> Weight {
		Weight::from_parts(200_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Not measured yet: the time of `close`, which does more.
	fn set_formula() -> Weight {
		Weight::from_parts(26_089_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Royalty::PeriodSchedule` (r:1 w:0)
	// Storage: `Royalty::Start` (r:1 w:0)
	// Storage: `Royalty::CurrentRule` (r:1 w:1)
	// Storage: `Royalty::LastClosed` (r:1 w:1)
	// Storage: `Royalty::Closings` (r:1 w:2)
	// Storage: `Royalty::OldestDetail` (r:1 w:1)
	fn close() -> Weight {
		// At least 24_515 ns.
		Weight::from_parts(26_089_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Royalty::CurrentSettlement` (r:1 w:1)
	// Storage: `Royalty::Closings` (r:1 w:0)
	// Storage: `Royalty::UnitDirectory` (r:1 w:0)
	fn look() -> Weight {
		// At least 10_169 ns.
		Weight::from_parts(11_131_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Royalty::BookingPages` (r:1 w:0)
	// Storage: `Lineage::FactPages` (r:1 w:0)
	// `b` was varied from 0 to 256.
	fn count(b: u32) -> Weight {
		// At least 19_767 ns.
		Weight::from_parts(22_777_865, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(668_942, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(2))
	}

	// Storage: `Royalty::UnitDirectory` (r:1 w:1)
	// Storage: `Royalty::UnitPages` (r:512 w:512)
	// `p` was varied from 1 to 512.
	fn add_counts(p: u32) -> Weight {
		// At least 25_939 ns.
		Weight::from_parts(0, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(23_260_829, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(p.into()))
	}

	// Storage: `Royalty::UnitDirectory` (r:1 w:0)
	// Storage: `Royalty::UnitPages` (r:1 w:1)
	fn rank() -> Weight {
		// At least 21_510 ns.
		Weight::from_parts(22_492_000, 0)
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
		// At least 74_390 ns.
		Weight::from_parts(62_139_188, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(72_812, 0).saturating_mul(b.into()))
			// Standard error: 0
			.saturating_add(Weight::from_parts(10_863_666, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Royalty::BookingPages` (r:1 w:0)
	fn skip() -> Weight {
		// At least 4_389 ns.
		Weight::from_parts(4_829_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: `Royalty::BookingPages` (r:1 w:0)
	// Storage: `Lineage::AncestorPages` (r:1 w:0)
	// Storage: `Royalty::WeightPages` (r:16 w:0)
	// Storage: `Royalty::AccrualPages` (r:16 w:16)
	// Storage: `Royalty::PotPages` (r:0 w:1)
	// `b` was varied from 1 to 256.
	// `p` was varied from 0 to 16.
	fn spread(b: u32, p: u32) -> Weight {
		// At least 108_453 ns.
		Weight::from_parts(33_750_828, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(262_371, 0).saturating_mul(b.into()))
			// Standard error: 0
			.saturating_add(Weight::from_parts(16_945_800, 0).saturating_mul(p.into()))
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
		// At least 321_483 ns.
		Weight::from_parts(369_167_889, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(16_169, 0).saturating_mul(a.into()))
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
		// At least 136_436 ns.
		Weight::from_parts(73_364_857, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(300_904, 0).saturating_mul(s.into()))
			// Standard error: 0
			.saturating_add(Weight::from_parts(9_465_250, 0).saturating_mul(p.into()))
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
	// Storage: `Lineage::PayeeAccounts` (r:128 w:128)
	// Storage: `Royalty::DuePages` (r:128 w:128)
	// Storage: `Royalty::StatementPages` (r:0 w:1)
	// `l` was varied from 0 to 128.
	fn look_up(l: u32) -> Weight {
		// At least 42_469 ns.
		Weight::from_parts(43_372_000, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(32_229_317, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(6))
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
		// At least 44_715 ns.
		Weight::from_parts(50_146_545, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(19_044_818, 0).saturating_mul(p.into()))
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
		// At least 46_657 ns.
		Weight::from_parts(64_474_279, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(23_936_514, 0).saturating_mul(o.into()))
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
		// At least 16_220 ns.
		Weight::from_parts(17_212_000, 0)
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
		// At least 79_940 ns.
		Weight::from_parts(83_416_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(4))
	}
}
