//! Weights of `pallet_sandbox_access`, measured by its benchmarks on the runtime's wasm blob.
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
//!
//! Not measured yet, but estimated after the nearest calls: `challenge`, `dismiss_challenge`, `uphold_challenge`,
//! `expire_challenge`, and the accesses that `request`, `revoke`, `complete`, `refuse`, `expire` and `prune` make to budgets,
//! challenges and modes.

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
		// At least 57_075 ns.
		Weight::from_parts(60_500_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	fn update_operator() -> Weight {
		// At least 12_819 ns.
		Weight::from_parts(15_534_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Balances::Holds` (r:1 w:1)
	fn top_up_bond() -> Weight {
		// At least 59_909 ns.
		Weight::from_parts(62_653_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	fn admit_operator() -> Weight {
		// At least 11_687 ns.
		Weight::from_parts(13_230_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	fn suspend_operator() -> Weight {
		// At least 11_437 ns.
		Weight::from_parts(13_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Storage: `System::Account` (r:2 w:2)
	fn slash_operator() -> Weight {
		// At least 58_467 ns.
		Weight::from_parts(61_702_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `Timestamp::Now` (r:1 w:0)
	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	fn begin_unbonding() -> Weight {
		// At least 13_850 ns.
		Weight::from_parts(15_824_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Balances::Holds` (r:1 w:1)
	fn withdraw_bond() -> Weight {
		// At least 54_441 ns.
		Weight::from_parts(57_286_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `SandboxAccess::SandboxedAssets` (r:1 w:1)
	fn set_sandboxed() -> Weight {
		// At least 17_226 ns.
		Weight::from_parts(18_357_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `SandboxAccess::SandboxedAssets` (r:1 w:1)
	fn force_sandboxed() -> Weight {
		// At least 18_207 ns.
		Weight::from_parts(19_429_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Nfts::Item` (r:1 w:0)
	// Storage: `SandboxAccess::Policies` (r:0 w:1)
	fn set_policy() -> Weight {
		// At least 21_342 ns.
		Weight::from_parts(22_644_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Timestamp::Now` (r:1 w:0)
	// Storage: `SandboxAccess::Operators` (r:1 w:0)
	// Storage: `Nfts::Item` (r:16 w:0)
	// Storage: `SandboxAccess::SandboxedAssets` (r:16 w:0)
	// Storage: `Lineage::Assets` (r:16 w:0)
	// Storage: `SandboxAccess::Policies` (r:16 w:0)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `SandboxAccess::NextPermitId` (r:1 w:1)
	// Storage: `SandboxAccess::Budgets` (r:16 w:16)
	// Storage: `SandboxAccess::OpenPermits` (r:0 w:1)
	// Storage: `SandboxAccess::Permits` (r:0 w:1)
	// `u` was varied from 1 to 16.
	fn request(u: u32) -> Weight {
		// At least 140_519 ns.
		Weight::from_parts(130_350_200, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(17_844_600, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().reads(5).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(u.into()))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Storage: `Nfts::Item` (r:16 w:0)
	// `u` was varied from 1 to 16.
	fn approve(u: u32) -> Weight {
		// At least 31_837 ns.
		Weight::from_parts(30_900_333, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(4_394_333, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `Nfts::Item` (r:16 w:0)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Storage: `SandboxAccess::Budgets` (r:16 w:16)
	// Storage: `SandboxAccess::OpenPermits` (r:0 w:1)
	// `u` was varied from 1 to 16.
	fn revoke(u: u32) -> Weight {
		// At least 77_386 ns.
		Weight::from_parts(76_163_200, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(5_628_400, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(u.into()))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Storage: `SandboxAccess::Operators` (r:1 w:0)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:3 w:3)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `Lineage::Assets` (r:16 w:0)
	// Storage: `Nfts::Item` (r:16 w:0)
	// Storage: `Royalty::OpenPeriod` (r:1 w:0)
	// Storage: `Royalty::Totals` (r:1 w:1)
	// Storage: `Royalty::BookingPages` (r:16 w:16)
	// Storage: `Lineage::ReceiptHeads` (r:16 w:16)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `SandboxAccess::PrivacyLogs` (r:16 w:16)
	// Storage: `SandboxAccess::SandboxedAssets` (r:16 w:0)
	// Storage: `SandboxAccess::Budgets` (r:16 w:16)
	// Storage: `SandboxAccess::OpenPermits` (r:0 w:1)
	// `u` was varied from 1 to 16.
	fn complete(u: u32) -> Weight {
		// At least 283_402 ns.
		Weight::from_parts(220_186_000, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(97_198_500, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().reads(7).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().writes(10))
			.saturating_add(T::DbWeight::get().writes(4).saturating_mul(u.into()))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `SandboxAccess::Operators` (r:1 w:0)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `Royalty::OpenPeriod` (r:1 w:0)
	// Storage: `SandboxAccess::PrivacyLogs` (r:16 w:16)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Storage: `SandboxAccess::Budgets` (r:16 w:16)
	// Storage: `SandboxAccess::OpenPermits` (r:0 w:1)
	// `u` was varied from 1 to 16.
	fn refuse(u: u32) -> Weight {
		// At least 136_363 ns.
		Weight::from_parts(137_607_000, 0)
			// Standard error: 0
			.saturating_add(Weight::from_parts(3_822_714, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(T::DbWeight::get().writes(2).saturating_mul(u.into()))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `SandboxAccess::Budgets` (r:16 w:16)
	// Storage: `SandboxAccess::OpenPermits` (r:0 w:1)
	fn expire() -> Weight {
		// At least 75_673 ns.
		Weight::from_parts(79_489_000, 0)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(22))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `SandboxAccess::Challenges` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	fn prune() -> Weight {
		// At least 71_236 ns.
		Weight::from_parts(75_322_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `SandboxAccess::Permits` (r:1 w:0)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Storage: `SandboxAccess::Challenges` (r:1 w:1)
	// Storage: `SandboxAccess::Operators` (r:16 w:1)
	// Storage: `System::ParentHash` (r:1 w:0)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `SandboxAccess::OpenChallenges` (r:0 w:1)
	fn challenge() -> Weight {
		Weight::from_parts(200_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(24))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `SandboxAccess::Challenges` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Storage: `SandboxAccess::Permits` (r:1 w:0)
	// Storage: `SandboxAccess::Operators` (r:2 w:1)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:3 w:3)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `SandboxAccess::OpenChallenges` (r:0 w:1)
	fn dismiss_challenge() -> Weight {
		Weight::from_parts(280_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(10))
	}

	// Storage: `SandboxAccess::Challenges` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Storage: `SandboxAccess::Permits` (r:1 w:0)
	// Storage: `SandboxAccess::Operators` (r:2 w:1)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:2 w:2)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `AssetRate::ConversionRateToNative` (r:1 w:0)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Storage: `System::Account` (r:4 w:4)
	// Storage: `SandboxAccess::OpenChallenges` (r:0 w:1)
	fn uphold_challenge() -> Weight {
		Weight::from_parts(330_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(13))
	}

	// Storage: `SandboxAccess::Challenges` (r:1 w:1)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Storage: `SandboxAccess::Permits` (r:1 w:1)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Storage: `Assets::Account` (r:1 w:1)
	// Storage: `AssetsHolder::Holds` (r:1 w:1)
	// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
	// Storage: `SandboxAccess::Operators` (r:1 w:1)
	// Storage: `SandboxAccess::OpenChallenges` (r:0 w:1)
	fn expire_challenge() -> Weight {
		Weight::from_parts(85_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(8))
	}
}
