//! Weights of `pallet_lineage`, measured by its benchmarks on the runtime's wasm blob.
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
//! pallet_lineage
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
//! pallets/lineage/src/weights.rs
//! --template
//! scripts/weights.hbs
//! ```
//!
//! A chain of its own proves nothing to anybody, so proof sizes are not counted.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What the pallet needs to know of its own cost.
pub trait WeightInfo {
	/// A root.
	fn mint() -> Weight;
	/// An asset with `p` direct parents. Joining their ancestors and storing those it has is not counted. Parents that
	/// come from permits are charged for like parents, and each permit like one more, which costs less.
	fn mint_derived(p: u32) -> Weight;
	/// Joining a parent's `a` ancestors, which are too many for its page, to as many that are known already.
	fn join_ancestors(a: u32) -> Weight;
	/// Packing and storing `a` ancestors, which are too many for a page.
	fn store_ancestors(a: u32) -> Weight;
	/// A derivation.
	fn open_derivation() -> Weight;
	/// Closing a derivation.
	fn close_derivation() -> Weight;
	/// A use towards a derivation; settling the asset is not counted.
	fn call() -> Weight;
	/// A licence; settling the asset is not counted.
	fn buy() -> Weight;
	/// Binding a payee.
	fn set_payee() -> Weight;
	/// Setting the fee.
	fn set_call_fee() -> Weight;
	/// Setting the terms, deferred behind as many changes as an owner's can be.
	fn set_terms() -> Weight;
	/// Attesting for the longest reason, deferred behind as many changes as an attestation can be.
	fn attest() -> Weight;
	/// Delisting for the longest reason, deferred behind as many changes as there can be.
	fn delist() -> Weight;
	/// Applying `c` deferred changes, each in a page of its own.
	fn apply_deferred(c: u32) -> Weight;
	/// Checking whether a parent with `a` ancestors can be added to an asset that has as many.
	fn check_edit(a: u32) -> Weight;
	/// The look at whether there is an edge to correct.
	fn look_for_revisions() -> Weight;
	/// Adding a parent to an asset that can have no more.
	fn begin_addition() -> Weight;
	/// Removing the last parent of an asset that has as many as it can, from a full page of children.
	fn begin_removal() -> Weight;
	/// Putting a child before all others into the last page of children, which it fills.
	fn shift_children() -> Weight;
	/// Looking at a page of sets of ancestors of which `a` stand apart.
	fn look_at_sets(a: u32) -> Weight;
	/// Joining the `p` parents of an asset anew. Joining their ancestors and storing those it has is not counted.
	fn update_asset(p: u32) -> Weight;
}

/// What the benchmarks measured, with the runtime's weights of reading from and writing to the database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `System::Account` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Lineage::Handles` (r:1 w:1)
	// Storage: `Lineage::Domains` (r:1 w:0)
	// Storage: `Nfts::Item` (r:1 w:1)
	// Storage: `Nfts::ItemConfigOf` (r:1 w:1)
	// Storage: `Lineage::AncestorPages` (r:1 w:1)
	// Storage: `Lineage::FactPages` (r:1 w:1)
	// Storage: `Lineage::PayeeIndices` (r:1 w:1)
	// Storage: `Lineage::PayeeAccounts` (r:1 w:1)
	// Storage: `Lineage::PayeePages` (r:1 w:1)
	// Storage: `SandboxAccess::SandboxedAssets` (r:0 w:1)
	// Storage: `Nfts::Account` (r:0 w:1)
	// Storage: `Lineage::Assets` (r:0 w:1)
	fn mint() -> Weight {
		// At least 184_033 ns.
		Weight::from_parts(198_634_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(14))
	}

	// Storage: `Lineage::Derivations` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:0)
	// Storage: `Lineage::Handles` (r:1 w:1)
	// Storage: `Lineage::Domains` (r:1 w:0)
	// Storage: `Lineage::Assets` (r:256 w:1)
	// Storage: `Lineage::AncestorPages` (r:257 w:1)
	// Storage: `Nfts::Item` (r:1 w:1)
	// Storage: `Nfts::ItemConfigOf` (r:1 w:1)
	// Storage: `Lineage::ChildCounts` (r:256 w:256)
	// Storage: `Lineage::ChildPages` (r:256 w:256)
	// Storage: `Lineage::FactPages` (r:1 w:1)
	// Storage: `Lineage::PayeeIndices` (r:1 w:1)
	// Storage: `Lineage::PayeeAccounts` (r:1 w:1)
	// Storage: `Lineage::PayeePages` (r:1 w:1)
	// Storage: `SandboxAccess::SandboxedAssets` (r:0 w:1)
	// Storage: `Nfts::Account` (r:0 w:1)
	// Storage: `Lineage::AncestorSets` (r:0 w:1)
	// Storage: `Lineage::Parents` (r:0 w:1)
	// `p` was varied from 1 to 256.
	fn mint_derived(p: u32) -> Weight {
		// At least 266_115 ns.
		Weight::from_parts(124_583_171, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(31_021_747, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().reads(4).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(17))
			.saturating_add(T::DbWeight::get().writes(2).saturating_mul(p.into()))
	}

	// Storage: `Lineage::AncestorSets` (r:1 w:0)
	// `a` was varied from 0 to 4096.
	fn join_ancestors(a: u32) -> Weight {
		// At least 2_223 ns.
		Weight::from_parts(4_148_273, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(5_158, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: `Lineage::AncestorSets` (r:0 w:1)
	// `a` was varied from 0 to 4096.
	fn store_ancestors(a: u32) -> Weight {
		// At least 1_613 ns.
		Weight::from_parts(2_667_293, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(2_998, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Lineage::NextDerivationId` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Lineage::Derivations` (r:0 w:1)
	fn open_derivation() -> Weight {
		// At least 56_043 ns.
		Weight::from_parts(58_206_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Lineage::Derivations` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	fn close_derivation() -> Weight {
		// At least 45_447 ns.
		Weight::from_parts(47_401_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `Lineage::Assets` (r:1 w:0)
	// Storage: `SandboxAccess::SandboxedAssets` (r:1 w:0)
	// Storage: `Lineage::Licences` (r:1 w:0)
	// Storage: `Lineage::Derivations` (r:1 w:1)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
	// Storage: `Royalty::BookingPages` (r:1 w:1)
	// Storage: `Lineage::ReceiptHeads` (r:1 w:1)
	fn call() -> Weight {
		// At least 153_047 ns.
		Weight::from_parts(162_921_000, 0)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `Lineage::Assets` (r:1 w:0)
	// Storage: `Lineage::Licences` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `Royalty::BookingPages` (r:1 w:1)
	fn buy() -> Weight {
		// At least 189_361 ns.
		Weight::from_parts(199_376_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Lineage::Assets` (r:1 w:0)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `Lineage::PayeePages` (r:1 w:1)
	// Storage: `Lineage::Payees` (r:0 w:1)
	fn set_payee() -> Weight {
		// At least 24_516 ns.
		Weight::from_parts(26_990_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Lineage::Assets` (r:1 w:1)
	// Storage: `Nfts::Item` (r:1 w:0)
	fn set_call_fee() -> Weight {
		// At least 18_477 ns.
		Weight::from_parts(20_250_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Lineage::Assets` (r:1 w:1)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `Lineage::DeferredChanges` (r:1 w:1)
	fn set_terms() -> Weight {
		// At least 27_791 ns.
		Weight::from_parts(30_245_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Lineage::Assets` (r:1 w:1)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `Lineage::Payees` (r:1 w:0)
	// Storage: `Curators::Voting` (r:1 w:0)
	// Storage: `Curators::Members` (r:1 w:0)
	// Storage: `Lineage::DeferredChanges` (r:1 w:1)
	fn attest() -> Weight {
		// At least 51_667 ns.
		Weight::from_parts(55_762_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Lineage::Assets` (r:1 w:1)
	// Storage: `Lineage::DeferredChanges` (r:1 w:1)
	// Storage: `Lineage::Delistings` (r:0 w:1)
	fn delist() -> Weight {
		// At least 30_245 ns.
		Weight::from_parts(33_330_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Lineage::DeferredChanges` (r:1 w:1)
	// Storage: `Lineage::FactPages` (r:256 w:256)
	// `c` was varied from 0 to 256.
	fn apply_deferred(c: u32) -> Weight {
		// At least 2_083 ns.
		Weight::from_parts(0, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(13_489_630, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(c.into()))
	}

	// Storage: `Lineage::Assets` (r:2 w:0)
	// Storage: `Lineage::Parents` (r:1 w:0)
	// Storage: `Lineage::AncestorPages` (r:1 w:0)
	// Storage: `Lineage::AncestorSets` (r:1 w:0)
	// Storage: `Lineage::Revisions` (r:1 w:1)
	// `a` was varied from 0 to 4095.
	fn check_edit(a: u32) -> Weight {
		// At least 22_233 ns.
		Weight::from_parts(27_718_148, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(680, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Lineage::Revisions` (r:1 w:0)
	fn look_for_revisions() -> Weight {
		// At least 2_193 ns.
		Weight::from_parts(2_554_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: `Lineage::Parents` (r:1 w:1)
	// Storage: `Lineage::ChildCounts` (r:1 w:0)
	// Storage: `Lineage::ChildPages` (r:1 w:0)
	fn begin_addition() -> Weight {
		// At least 33_079 ns.
		Weight::from_parts(34_741_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Lineage::Parents` (r:1 w:1)
	// Storage: `Lineage::ChildCounts` (r:1 w:1)
	// Storage: `Lineage::ChildPages` (r:1 w:1)
	fn begin_removal() -> Weight {
		// At least 16_344 ns.
		Weight::from_parts(17_296_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Lineage::ChildPages` (r:1 w:1)
	// Storage: `Lineage::ChildCounts` (r:1 w:1)
	fn shift_children() -> Weight {
		// At least 10_947 ns.
		Weight::from_parts(11_607_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Lineage::AncestorPages` (r:1 w:0)
	// Storage: `Lineage::AncestorSets` (r:256 w:0)
	// `a` was varied from 0 to 256.
	fn look_at_sets(a: u32) -> Weight {
		// At least 46_449 ns.
		Weight::from_parts(57_119_064, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(20_870_967, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(a.into()))
	}

	// Storage: `Lineage::Parents` (r:1 w:0)
	// Storage: `Lineage::Assets` (r:265 w:1)
	// Storage: `Lineage::AncestorPages` (r:265 w:1)
	// Storage: `Lineage::AncestorSets` (r:0 w:1)
	// `p` was varied from 1 to 264.
	fn update_asset(p: u32) -> Weight {
		// At least 57_596 ns.
		Weight::from_parts(45_550_993, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(15_920_006, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(3))
	}
}
