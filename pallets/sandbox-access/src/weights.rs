//! Weights of `pallet_sandbox_access`, measured by its benchmarks on the runtime's wasm blob.
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
	/// A request of `u` assets, with two holds.
	fn request(u: u32) -> Weight;
	/// An approval of all `u` assets of a permit.
	fn approve(u: u32) -> Weight;
	/// A revocation by the owner of the last of `u` assets, with the refund.
	fn revoke(u: u32) -> Weight;
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
		// At least 86_102 ns.
		Weight::from_parts(88_225_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	fn update_operator() -> Weight {
		// At least 23_835 ns.
		Weight::from_parts(25_027_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Balances::Holds` (r:1 w:1)
	fn top_up_bond() -> Weight {
		// At least 87_725 ns.
		Weight::from_parts(90_159_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	fn admit_operator() -> Weight {
		// At least 22_221 ns.
		Weight::from_parts(23_444_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	fn suspend_operator() -> Weight {
		// At least 21_670 ns.
		Weight::from_parts(22_853_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Storage: `System::Account` (r:2 w:2)
	fn slash_operator() -> Weight {
		// At least 88_276 ns.
		Weight::from_parts(90_911_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	fn begin_unbonding() -> Weight {
		// At least 22_542 ns.
		Weight::from_parts(23_925_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Balances::Holds` (r:1 w:1)
	fn withdraw_bond() -> Weight {
		// At least 77_565 ns.
		Weight::from_parts(79_619_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `SandboxAccess::SandboxedAssets` (r:1 w:1)
	fn set_sandboxed() -> Weight {
		// At least 27_131 ns.
		Weight::from_parts(28_624_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `SandboxAccess::SandboxedAssets` (r:1 w:1)
	fn force_sandboxed() -> Weight {
		// At least 28_093 ns.
		Weight::from_parts(29_686_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `SandboxAccess::Policies` (r:0 w:1)
	fn set_policy() -> Weight {
		// At least 32_951 ns.
		Weight::from_parts(34_454_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:0)
	// Storage: `Nfts::Item` (r:16 w:0)
	// Storage: `SandboxAccess::SandboxedAssets` (r:16 w:0)
	// Storage: `Lineage::Assets` (r:16 w:0)
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
		// At least 190_527 ns.
		Weight::from_parts(176_038_909, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(30_958_090, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads(5).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(u.into()))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `Nfts::Item` (r:16 w:0)
	// `u` was varied from 1 to 16.
	fn approve(u: u32) -> Weight {
		// At least 43_322 ns.
		Weight::from_parts(39_014_500, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(5_778_500, 0).saturating_mul(u.into()))
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
		// At least 108_133 ns.
		Weight::from_parts(99_004_300, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(13_206_700, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(u.into()))
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
		// At least 401_804 ns.
		Weight::from_parts(289_092_000, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(139_922_400, 0).saturating_mul(u.into()))
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
		// At least 202_770 ns.
		Weight::from_parts(225_500_000, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(12_187_333, 0).saturating_mul(u.into()))
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
		// At least 217_498 ns.
		Weight::from_parts(239_960_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(21))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `SandboxAccess::Challenges` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	fn prune() -> Weight {
		// At least 105_849 ns.
		Weight::from_parts(116_548_000, 0)
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
		// At least 237_014 ns.
		Weight::from_parts(259_076_000, 0)
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
		// At least 288_461 ns.
		Weight::from_parts(317_395_000, 0)
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
		// At least 462_848 ns.
		Weight::from_parts(744_556_000, 0)
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
		// At least 153_999 ns.
		Weight::from_parts(241_373_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(7))
	}
}
