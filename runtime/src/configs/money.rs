//! LOOM, U, their rate, and the fees that are paid in either.

use super::{CouncilMajority, EnsureRootOr};
use crate::{
	AccountId, AssetRate, Assets, AssetsHolder, Balance, Balances, Runtime, RuntimeEvent,
	RuntimeFreezeReason, RuntimeHoldReason, System,
	constants::{
		accounts::{COUNCIL, ECOSYSTEM_POOL},
		loom::{EXISTENTIAL_DEPOSIT, FEE_PER_BYTE, deposit},
	},
};
use frame_support::{
	parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU8, ConstU32, ConstU128, NeverEnsureOrigin, VariantCountOf,
		fungibles::{Balanced, Credit},
		tokens::imbalance::ResolveTo,
	},
	weights::{ConstantMultiplier, IdentityFee},
};
use frame_system::EnsureRoot;
use pallet_asset_tx_payment::{FungiblesAdapter, HandleCredit};
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{
	FixedPointNumber, Perquintill,
	traits::{AccountIdConversion, Bounded, One},
};

parameter_types! {
	/// The ecosystem pool's account.
	pub EcosystemPool: AccountId = ECOSYSTEM_POOL.into_account_truncating();
	/// U's owner, issuer, admin and freezer.
	pub CouncilAccount: AccountId = COUNCIL.into_account_truncating();
	/// The least LOOM of an account.
	pub const ExistentialDeposit: Balance = EXISTENTIAL_DEPOSIT;
	/// Held for an account of U that is opened without a payment: an entry with asset and account in its key, of 100 bytes,
	/// and a balance, a status, and who left how much.
	pub const AssetAccountDeposit: Balance = deposit(1, 100 + 66);
	/// Held for an approval to spend U: an entry with two accounts and the asset in its key, of 148 bytes, and two amounts.
	pub const ApprovalDeposit: Balance = deposit(1, 148 + 32);
	/// Fees rise while blocks are fuller than this and fall while they are emptier.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// How fast: a day of full blocks raises fees by about a third.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(3, 100_000);
	/// Fees never fall below their base.
	pub MinimumMultiplier: Multiplier = Multiplier::one();
	/// They are not capped: a full chain must be able to price a flood out.
	pub MaximumMultiplier: Multiplier = Bounded::max_value();
}

impl pallet_balances::Config for Runtime {
	type AccountStore = System;
	type Balance = Balance;
	type DoneSlashHandler = ();
	type DustRemoval = ResolveTo<EcosystemPool, Balances>;
	type ExistentialDeposit = ExistentialDeposit;
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type MaxLocks = ConstU32<50>;
	type MaxReserves = ConstU32<50>;
	type ReserveIdentifier = [u8; 8];
	type RuntimeEvent = RuntimeEvent;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
}

impl pallet_transaction_payment::Config for Runtime {
	type FeeMultiplierUpdate = TargetedFeeAdjustment<
		Self,
		TargetBlockFullness,
		AdjustmentVariable,
		MinimumMultiplier,
		MaximumMultiplier,
	>;
	type LengthToFee = ConstantMultiplier<Balance, ConstU128<FEE_PER_BYTE>>;
	type OnChargeTransaction = FungibleAdapter<Balances, ResolveTo<EcosystemPool, Balances>>;
	// No tip is lent to calls of the operational class. Anybody can send those of the council, which then fail: they must not
	// come before the transactions of who does tip. In a flood a curator tips as well.
	type OperationalFeeMultiplier = ConstU8<0>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
	// A second of execution costs a LOOM.
	type WeightToFee = IdentityFee<Balance>;
}

impl pallet_assets::Config for Runtime {
	type ApprovalDeposit = ApprovalDeposit;
	type AssetAccountDeposit = AssetAccountDeposit;
	// Assets are created by the council alone, through root: nothing is held for them.
	type AssetDeposit = ConstU128<0>;
	type AssetId = u32;
	type AssetIdAllocator = ();
	type AssetIdParameter = u32;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type CallbackHandle = ();
	type CreateOrigin = AsEnsureOriginWithArg<NeverEnsureOrigin<AccountId>>;
	type Currency = Balances;
	type Extra = ();
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = AssetsHolder;
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type RemoveItemsLimit = ConstU32<1_000>;
	type ReserveData = ();
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<50>;
	type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
}

impl pallet_assets_holder::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
}

impl pallet_asset_rate::Config for Runtime {
	type AssetKind = u32;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type CreateOrigin = EnsureRootOr<CouncilMajority>;
	type Currency = Balances;
	// Without a rate nobody who holds only U can pay a fee.
	type RemoveOrigin = EnsureRoot<AccountId>;
	type RuntimeEvent = RuntimeEvent;
	type UpdateOrigin = EnsureRootOr<CouncilMajority>;
	type WeightInfo = pallet_asset_rate::weights::SubstrateWeight<Runtime>;
}

impl crate::genesis_rates::Config for Runtime {}

impl pallet_asset_tx_payment::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
	type Fungibles = Assets;
	type OnChargeAssetTransaction = FungiblesAdapter<AssetRate, FeesToPool>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_asset_tx_payment::weights::SubstrateWeight<Runtime>;
}

/// Gives fees that were paid in an asset to the ecosystem pool.
pub struct FeesToPool;

impl HandleCredit<AccountId, Assets> for FeesToPool {
	fn handle_credit(credit: Credit<AccountId, Assets>) {
		// The pool holds U from genesis on, so any amount of it can be added; of another asset, which the council
		// would have to admit first, what is below its minimum balance is burnt.
		drop(Assets::resolve(&EcosystemPool::get(), credit));
	}
}
