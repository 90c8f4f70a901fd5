//! Weights of `pallet_sandbox_access`, measured by its benchmarks on the runtime's wasm blob.
//!
//! Written by `scripts/weights` on 2026-11-27 (50 steps, 20 repeats), which ran:
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
//! pallet_sandbox_access
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
//! pallets/sandbox-access/src/weights.rs
//! --template
//! scripts/weights.hbs
//! ```
//!
//! A chain of its own proves nothing to anybody, so proof sizes are not counted.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What the pallet needs to know of its own cost.
pub trait WeightInfo {
	/// Registering, with the hold of the bond.
	fn register_operator() -> Weight;
	/// Stating something else.
	fn update_operator() -> Weight;
	/// Completing a bond.
	fn top_up_bond() -> Weight;
	/// Admitting.
	fn admit_operator() -> Weight;
	/// Suspending, with the longest reason.
	fn suspend_operator() -> Weight;
	/// Slashing, with the transfer and the longest reason.
	fn slash_operator() -> Weight;
	/// Leaving.
	fn begin_unbonding() -> Weight;
	/// Having left, with the release of the bond.
	fn withdraw_bond() -> Weight;
	/// An owner's choice.
	fn set_sandboxed() -> Weight;
	/// The curators' decision, with the longest reason.
	fn force_sandboxed() -> Weight;
	/// A policy.
	fn set_policy() -> Weight;
	/// A request of `u` assets, with two holds.
	fn request(u: u32) -> Weight;
	/// An approval of all `u` assets of a permit.
	fn approve(u: u32) -> Weight;
	/// A revocation by the owner of the last of `u` assets, with the refund.
	fn revoke(u: u32) -> Weight;
	/// A revocation by the curators of a permit of `u` assets, with the refund and the longest reason.
	fn force_revoke(u: u32) -> Weight;
	/// A completion with `u` assets, whose uses are booked and leave receipts; settling them is not counted.
	fn complete(u: u32) -> Weight;
	/// A refusal with `u` assets, with the refund.
	fn refuse(u: u32) -> Weight;
	/// An expiry, with the refund.
	fn expire() -> Weight;
	/// Pruning, with the release of the deposit.
	fn prune() -> Weight;
	/// A challenge of a permit whose assets are sealed to as many admitted operators as a policy can name.
	fn challenge() -> Weight;
	/// An answer that agrees, with two payments.
	fn dismiss_challenge() -> Weight;
	/// An answer that differs, with the payment, what is left of the bond, and two parts of the slash.
	fn uphold_challenge() -> Weight;
	/// A challenge that nobody answered, with the refund.
	fn expire_challenge() -> Weight;
}

/// What the benchmarks measured, with the runtime's weights of reading from and writing to the database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Balances::Holds` (r:1 w:1)
	fn register_operator() -> Weight {
		// At least 58_697 ns.
		Weight::from_parts(66_438_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	fn update_operator() -> Weight {
		// At least 15_173 ns.
		Weight::from_parts(22_844_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Balances::Holds` (r:1 w:1)
	fn top_up_bond() -> Weight {
		// At least 61_912 ns.
		Weight::from_parts(71_055_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	fn admit_operator() -> Weight {
		// At least 13_300 ns.
		Weight::from_parts(18_257_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	fn suspend_operator() -> Weight {
		// At least 13_420 ns.
		Weight::from_parts(17_025_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Storage: `System::Account` (r:2 w:2)
	fn slash_operator() -> Weight {
		// At least 62_252 ns.
		Weight::from_parts(68_982_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	fn begin_unbonding() -> Weight {
		// At least 13_530 ns.
		Weight::from_parts(20_541_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Balances::Holds` (r:1 w:1)
	fn withdraw_bond() -> Weight {
		// At least 53_309 ns.
		Weight::from_parts(85_196_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `SandboxAccess::SandboxedAssets` (r:1 w:1)
	// Storage: `Lineage::Assets` (r:1 w:0)
	fn set_sandboxed() -> Weight {
		// At least 20_801 ns.
		Weight::from_parts(27_932_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `SandboxAccess::SandboxedAssets` (r:1 w:1)
	fn force_sandboxed() -> Weight {
		// At least 17_996 ns.
		Weight::from_parts(19_759_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `SandboxAccess::Policies` (r:0 w:1)
	fn set_policy() -> Weight {
		// At least 20_120 ns.
		Weight::from_parts(24_666_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:0)
	// Storage: `Nfts::Item` (r:16 w:0)
	// Storage: `SandboxAccess::SandboxedAssets` (r:16 w:0)
	// Storage: `Lineage::Assets` (r:16 w:0)
	// Storage: `Lineage::Licences` (r:16 w:0)
	// Storage: `SandboxAccess::Policies` (r:16 w:0)
	// Storage: `SandboxAccess::Budgets` (r:16 w:16)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `SandboxAccess::NextPermitId` (r:1 w:1)
	// Storage: `SandboxAccess::OpenPermits` (r:0 w:1)
	// Storage: `SandboxAccess::Permits` (r:0 w:1)
	// `u` was varied from 1 to 16.
	fn request(u: u32) -> Weight {
		// At least 140_118 ns.
		Weight::from_parts(157_691_000, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(31_330_000, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads(6).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(u.into()))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `Nfts::Item` (r:16 w:0)
	// `u` was varied from 1 to 16.
	fn approve(u: u32) -> Weight {
		// At least 31_236 ns.
		Weight::from_parts(31_342_000, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(6_777_500, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `Nfts::Item` (r:16 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `SandboxAccess::Budgets` (r:16 w:16)
	// Storage: `SandboxAccess::OpenPermits` (r:0 w:1)
	// `u` was varied from 1 to 16.
	fn revoke(u: u32) -> Weight {
		// At least 76_433 ns.
		Weight::from_parts(130_041_333, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(14_907_333, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(u.into()))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `SandboxAccess::Budgets` (r:16 w:16)
	// Storage: `SandboxAccess::OpenPermits` (r:0 w:1)
	// `u` was varied from 1 to 16.
	fn force_revoke(u: u32) -> Weight {
		// At least 85_657 ns.
		Weight::from_parts(111_366_500, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(4_565_500, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(u.into()))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `SandboxAccess::Operators` (r:1 w:0)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Storage: `SandboxAccess::SandboxedAssets` (r:16 w:0)
	// Storage: `Assets::Account` (r:2 w:2)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `Lineage::Assets` (r:16 w:0)
	// Storage: `Nfts::Item` (r:16 w:0)
	// Storage: `Royalty::BookingPages` (r:16 w:16)
	// Storage: `Lineage::ReceiptHeads` (r:16 w:16)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `SandboxAccess::PrivacyLogs` (r:16 w:16)
	// Storage: `SandboxAccess::Budgets` (r:16 w:16)
	// Storage: `SandboxAccess::OpenPermits` (r:0 w:1)
	// `u` was varied from 1 to 16.
	fn complete(u: u32) -> Weight {
		// At least 333_474 ns.
		Weight::from_parts(350_704_500, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(106_893_500, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().reads(7).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(T::DbWeight::get().writes(4).saturating_mul(u.into()))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `SandboxAccess::Operators` (r:1 w:0)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `SandboxAccess::PrivacyLogs` (r:16 w:16)
	// Storage: `SandboxAccess::Budgets` (r:16 w:16)
	// Storage: `SandboxAccess::OpenPermits` (r:0 w:1)
	// `u` was varied from 1 to 16.
	fn refuse(u: u32) -> Weight {
		// At least 142_051 ns.
		Weight::from_parts(145_271_818, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(12_207_272, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(T::DbWeight::get().writes(2).saturating_mul(u.into()))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `SandboxAccess::Budgets` (r:16 w:16)
	// Storage: `SandboxAccess::OpenPermits` (r:0 w:1)
	fn expire() -> Weight {
		// At least 164_924 ns.
		Weight::from_parts(185_305_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(21))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `SandboxAccess::Challenges` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	fn prune() -> Weight {
		// At least 73_990 ns.
		Weight::from_parts(85_697_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:0)
	// Storage: `SandboxAccess::Challenges` (r:1 w:1)
	// Storage: `SandboxAccess::Operators` (r:16 w:1)
	// Storage: `System::ParentHash` (r:1 w:0)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `SandboxAccess::OpenChallenges` (r:0 w:1)
	fn challenge() -> Weight {
		// At least 193_627 ns.
		Weight::from_parts(210_412_000, 0)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `SandboxAccess::Challenges` (r:1 w:1)
	// Storage: `SandboxAccess::Permits` (r:1 w:0)
	// Storage: `SandboxAccess::Operators` (r:2 w:1)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `SandboxAccess::OpenChallenges` (r:0 w:1)
	fn dismiss_challenge() -> Weight {
		// At least 232_354 ns.
		Weight::from_parts(251_122_000, 0)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `SandboxAccess::Challenges` (r:1 w:1)
	// Storage: `SandboxAccess::Permits` (r:1 w:0)
	// Storage: `SandboxAccess::Operators` (r:2 w:1)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `Assets::Account` (r:2 w:2)
	// Storage: `System::Account` (r:4 w:4)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Storage: `SandboxAccess::OpenChallenges` (r:0 w:1)
	fn uphold_challenge() -> Weight {
		// At least 351_011 ns.
		Weight::from_parts(375_927_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(12))
	}

	// Storage: `SandboxAccess::Challenges` (r:1 w:1)
	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	// Storage: `SandboxAccess::OpenChallenges` (r:0 w:1)
	fn expire_challenge() -> Weight {
		// At least 117_293 ns.
		Weight::from_parts(127_339_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(7))
	}
}
