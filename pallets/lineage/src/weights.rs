//! Weights of `pallet_lineage`, measured by its benchmarks on the runtime's wasm blob.
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
//! Not measured yet, but taken from others as each says, and rounded up: `check_edit`, `look_for_revisions`,
//! `begin_revision`, `shift_children`, `look_at_sets`, `update_asset`.
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
	/// Attesting, deferred behind as many changes as an attestation can be.
	fn attest() -> Weight;
	/// Delisting, deferred behind as many changes as there can be.
	fn delist() -> Weight;
	/// Applying `c` deferred changes, each in a page of its own.
	fn apply_deferred(c: u32) -> Weight;
	/// Checking whether a parent with `a` ancestors can be added to an asset that has as many.
	fn check_edit(a: u32) -> Weight;
	/// The look at whether there is an edge to correct.
	fn look_for_revisions() -> Weight;
	/// Adding or removing the parent of an asset that can have no more.
	fn begin_revision() -> Weight;
	/// Putting a child into a full page of children.
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
		// At least 237_525 ns.
		Weight::from_parts(268_403_000, 0)
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
		// At least 352_481 ns.
		Weight::from_parts(324_110_511, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(35_925_420, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().reads(4).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(17))
			.saturating_add(T::DbWeight::get().writes(2).saturating_mul(p.into()))
	}

	// Storage: `Lineage::AncestorSets` (r:1 w:0)
	// `a` was varied from 0 to 4096.
	fn join_ancestors(a: u32) -> Weight {
		// At least 3_937 ns.
		Weight::from_parts(7_976_990, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(6_699, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: `Lineage::AncestorSets` (r:0 w:1)
	// `a` was varied from 0 to 4096.
	fn store_ancestors(a: u32) -> Weight {
		// At least 3_907 ns.
		Weight::from_parts(5_649_568, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(3_884, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Lineage::NextDerivationId` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `Lineage::Derivations` (r:0 w:1)
	fn open_derivation() -> Weight {
		// At least 83_937 ns.
		Weight::from_parts(86_993_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Lineage::Derivations` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	fn close_derivation() -> Weight {
		// At least 70_442 ns.
		Weight::from_parts(73_127_000, 0)
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
		// At least 199_534 ns.
		Weight::from_parts(209_082_000, 0)
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
		// At least 239_259 ns.
		Weight::from_parts(251_472_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `Lineage::Assets` (r:1 w:0)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `Lineage::PayeePages` (r:1 w:1)
	// Storage: `Lineage::Payees` (r:0 w:1)
	fn set_payee() -> Weight {
		// At least 39_053 ns.
		Weight::from_parts(41_107_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Lineage::Assets` (r:1 w:1)
	// Storage: `Nfts::Item` (r:1 w:0)
	fn set_call_fee() -> Weight {
		// At least 30_487 ns.
		Weight::from_parts(32_190_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Lineage::Assets` (r:1 w:1)
	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `Lineage::DeferredChanges` (r:1 w:1)
	fn set_terms() -> Weight {
		// At least 43_962 ns.
		Weight::from_parts(46_136_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Lineage::Assets` (r:1 w:1)
	// Storage: `Lineage::DeferredChanges` (r:1 w:1)
	fn attest() -> Weight {
		// At least 40_265 ns.
		Weight::from_parts(42_410_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Lineage::Assets` (r:1 w:1)
	// Storage: `Lineage::DeferredChanges` (r:1 w:1)
	// Storage: `Lineage::Delistings` (r:0 w:1)
	fn delist() -> Weight {
		// At least 42_730 ns.
		Weight::from_parts(44_984_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Lineage::DeferredChanges` (r:1 w:1)
	// Storage: `Lineage::FactPages` (r:256 w:256)
	// `c` was varied from 0 to 256.
	fn apply_deferred(c: u32) -> Weight {
		// At least 4_708 ns.
		Weight::from_parts(0, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(15_556_970, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(c.into()))
	}

	// By analogy with `join_ancestors` and `begin_revision`: two joins, and the reads of records, parents and queue.
	fn check_edit(a: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(Weight::from_parts(14_000, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// By analogy with an empty step of royalty's.
	fn look_for_revisions() -> Weight {
		Weight::from_parts(5_000_000, 0).saturating_add(T::DbWeight::get().reads(3))
	}

	// By analogy with `set_terms`; the search among the parent's children reads a page at each of at most 24 looks.
	fn begin_revision() -> Weight {
		Weight::from_parts(300_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// By analogy with a parent in `mint_derived`.
	fn shift_children() -> Weight {
		Weight::from_parts(36_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// By analogy with `join_ancestors`: a set that stands apart has as many ancestors as an asset can have.
	fn look_at_sets(a: u32) -> Weight {
		Weight::from_parts(200_000_000, 0)
			.saturating_add(Weight::from_parts(36_000_000, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(a.into()))
	}

	// By analogy with `mint_derived`, without the pages of children.
	fn update_asset(p: u32) -> Weight {
		Weight::from_parts(200_000_000, 0)
			.saturating_add(Weight::from_parts(36_000_000, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads(3).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(3))
	}
}
