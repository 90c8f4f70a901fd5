//! AI assets: the items that are owned, their lineage, their royalties, and the sandbox.

use super::{
	CouncilMajority, CouncilTwoThirds, EcosystemPool, EnsureRootOr, MAXIMUM_BLOCK_WEIGHT, MotionVotes,
	RuntimeBlockWeights,
};
use crate::{
	AccountId, AssetRate, Assets, AssetsHolder, Balance, Balances, Lineage, Nfts, Royalty, Runtime,
	RuntimeEvent, RuntimeHoldReason, SandboxAccess, Signature, System, Timestamp,
	constants::{
		accounts::{COLLECTION_OWNER, ROYALTY_POT},
		loom::{LOOM, deposit},
		u::U_ID,
	},
};
use frame_support::{
	dispatch::DispatchClass,
	parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU32, ConstU128, Get, NeverEnsureOrigin, fungible::ItemOf,
		tokens::ConversionToAssetBalance,
	},
	weights::Weight,
};
use frame_system::EnsureRoot;
use heirloom_primitives::{
	AssetId, Bookings, DepositRate, MAX_USES_PER_PERMIT, MicroU, Moment, Period, U as ONE_U, packed,
};
use pallet_nfts::{PalletFeature, PalletFeatures};
use pallet_session::ShouldEndSession;
use sp_runtime::{MultiSignature, MultiSigner, Perbill, traits::AccountIdConversion};

/// The most direct parents of an asset.
const MAX_PARENTS: u32 = 256;
/// The most transitive ancestors of an asset.
const MAX_ANCESTORS: u32 = 4_096;
/// What an open permit adds to state at most, in bytes, keys included: its record with 16 uses, 16 operators to repeat it
/// and a report; the operator's entry of it; a reserved budget for each use; and what keeps an account's first holds of U.
const PERMIT_BYTES: u32 = (48 + 1_423) + 96 + MAX_USES_PER_PERMIT * (92 + 16) + (137 + 116);

/// The most disputes at a time.
pub(super) const MAX_OPEN_DISPUTES: u32 = 256;

/// Milliseconds of a day.
pub(super) const DAY_MILLIS: Moment = 24 * 60 * 60 * 1_000;

/// U as a currency of its own.
pub type U = ItemOf<Assets, ConstU32<U_ID>, AccountId>;
/// The same for holds, which `pallet-assets-holder` keeps.
pub type HeldU = ItemOf<AssetsHolder, ConstU32<U_ID>, AccountId>;

parameter_types! {
	/// Items change hands by transfer; what else could be done with them is off below the call filter as well.
	pub NftsFeatures: PalletFeatures =
		PalletFeatures::from_disabled(PalletFeature::Trading | PalletFeature::Swaps);
	/// The collection's owner.
	pub CollectionOwner: AccountId = COLLECTION_OWNER.into_account_truncating();
	/// Royalty's money.
	pub RoyaltyPot: AccountId = ROYALTY_POT.into_account_truncating();
	/// Held for an asset: record, handle, item, facts, and what its owner can add to it later.
	pub const AssetDeposit: Balance = deposit(8, 4_096);
	/// Held besides for each of its parents: five bytes among them, and where it is the parent's first child a page of
	/// children (56 bytes of key, 5 of value) and their number (44 and 4).
	pub const ParentDeposit: Balance = deposit(0, 5 + 56 + 5 + 44 + 4);
	/// Held besides for each of its ancestors: a packed id takes at most five bytes.
	pub const AncestorDeposit: Balance = deposit(0, 5);
	/// Held for an open derivation: its parents at most.
	pub const DerivationDeposit: Balance = deposit(1, 5 * MAX_PARENTS + 64);
	/// Held for a licence: its entry, 92 bytes of key and 17 of value, and the 99 of an account's first hold. Paid in U
	/// that is two entries of 235 together, which this suffices for as well.
	pub const LicenceDeposit: Balance = deposit(2, 92 + 17 + 99);
	/// An operator's bond.
	pub const OperatorBond: Balance = 1_000 * LOOM;
	/// Four weeks from an operator's farewell to its bond.
	pub const UnbondingMillis: Moment = 28 * DAY_MILLIS;
	/// What a challenger leaves, in micro-U: a price for doubting without a reason, and what the repetition is paid from.
	pub const ChallengeBond: MicroU = 100 * ONE_U;
	/// A quarter of an operator's bond: at the rate of genesis it is worth more than a challenger's bond, and what is left
	/// stands against what the curators find.
	pub const ChallengeSlash: Balance = 250 * LOOM;
	/// Two weeks to doubt a job: a doubt that nobody answered can be raised again.
	pub const ChallengeMillis: Moment = 14 * DAY_MILLIS;
	/// A week to repeat it, which is as long as the job itself may take.
	pub const AnswerMillis: Moment = 7 * DAY_MILLIS;
	/// What completing a permit may weigh: nineteen twentieths of what one transaction may. The rest is for the transaction's
	/// extensions, for a batch or a proxy around it, and for weights that an upgrade raises while permits are open.
	pub MaxCompletionWeight: Weight = Perbill::from_percent(95)
		* RuntimeBlockWeights::get().get(DispatchClass::Normal).max_extrinsic.unwrap_or(MAXIMUM_BLOCK_WEIGHT);
	/// A job is done within a week.
	pub const MaxPermitMillis: Moment = 7 * DAY_MILLIS;
	/// An ended permit can be looked up for three months.
	pub const KeptMillis: Moment = 90 * DAY_MILLIS;
	/// Held for a permit, in micro-U at the rate of genesis, whatever it adds to state.
	pub const PermitDeposit: MicroU = deposit(2, PERMIT_BYTES) / (LOOM / ONE_U);
	/// What a settlement may use of every block, however many transactions wait: half of it. Transactions that fill three
	/// fifths of what they may at other times lose nothing by it, and 50 blocks, which is from midnight to 00:05, hold
	/// 50 seconds of work. `docs/settlement.md` has what that suffices for.
	pub GuaranteedWeight: Weight = Perbill::from_percent(50) * MAXIMUM_BLOCK_WEIGHT;
	/// What correcting edges may use of every block while no settlement is under way: a twentieth of it, and what a block
	/// has to spare. Nobody waits for it but the next month's end.
	pub RevisionWeight: Weight = Perbill::from_percent(5) * MAXIMUM_BLOCK_WEIGHT;
}

// Lineage takes the deposit for an asset, item included, in LOOM or U. This pallet's own, which are LOOM only, are 0.
impl pallet_nfts::Config for Runtime {
	type ApprovalsLimit = ConstU32<20>;
	type AttributeDepositBase = ConstU128<0>;
	type BlockNumberProvider = System;
	type CollectionDeposit = ConstU128<0>;
	type CollectionId = u32;
	type CreateOrigin = AsEnsureOriginWithArg<NeverEnsureOrigin<AccountId>>;
	type Currency = Balances;
	type DepositPerByte = ConstU128<0>;
	type Features = NftsFeatures;
	type ForceOrigin = EnsureRoot<AccountId>;
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = ();
	type ItemAttributesApprovalsLimit = ConstU32<0>;
	type ItemDeposit = ConstU128<0>;
	type ItemId = AssetId;
	type KeyLimit = ConstU32<32>;
	// Locks nothing; it is how lineage learns that an item is about to change hands.
	type Locker = Lineage;
	type MaxAttributesPerCall = ConstU32<1>;
	type MaxDeadlineDuration = ConstU32<0>;
	type MaxTips = ConstU32<0>;
	type MetadataDepositBase = ConstU128<0>;
	type OffchainPublic = MultiSigner;
	// For calls that nobody can make here.
	type OffchainSignature = MultiSignature;
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<256>;
	type ValueLimit = ConstU32<64>;
	type WeightInfo = pallet_nfts::weights::SubstrateWeight<Runtime>;
}

impl pallet_lineage::Config for Runtime {
	type AncestorDeposit = AncestorDeposit;
	type AssetDeposit = AssetDeposit;
	type Bookings = Royalty;
	type CollectionConfig = pallet_nfts::CollectionConfigFor<Runtime>;
	type CollectionOwner = CollectionOwner;
	type CuratorOrigin = EnsureRootOr<CouncilMajority>;
	type DepositRate = RateOfU;
	type DerivationDeposit = DerivationDeposit;
	type Gate = SandboxAccess;
	type Impartial = MotionVotes;
	type ItemConfig = pallet_nfts::ItemConfig;
	type LicenceDeposit = LicenceDeposit;
	type MaxAncestorBytes = ConstU32<{ packed::greatest_length(MAX_ANCESTORS) }>;
	type MaxAncestors = ConstU32<MAX_ANCESTORS>;
	// As many as can be claimed of one asset at a time.
	type MaxAddedParents = ConstU32<{ pallet_royalty::contests::MAX_CONTESTS_OF_ONE }>;
	type MaxDeferred = ConstU32<256>;
	type MaxParents = ConstU32<MAX_PARENTS>;
	// Every open dispute may be upheld while a settlement is under way.
	type MaxRevisions = ConstU32<MAX_OPEN_DISPUTES>;
	type Native = Balances;
	type Nfts = Nfts;
	type ParentDeposit = ParentDeposit;
	type BlockIsTaken = SessionEnds;
	type RevisionWeight = RevisionWeight;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Time = Timestamp;
	type U = HeldU;
	type WeightInfo = pallet_lineage::weights::SubstrateWeight<Runtime>;
}

impl pallet_royalty::Config for Runtime {
	// A year's statements can be recomputed, and the month before it.
	type DetailPeriods = ConstU32<13>;
	type FormulaOrigin = EnsureRootOr<CouncilTwoThirds>;
	type Genealogy = Lineage;
	type BlockIsTaken = SessionEnds;
	type GuaranteedWeight = GuaranteedWeight;
	type MaxAncestors = ConstU32<MAX_ANCESTORS>;
	type MaxContests = ConstU32<MAX_OPEN_DISPUTES>;
	type PoolAccount = EcosystemPool;
	type PotAccount = RoyaltyPot;
	type Time = Timestamp;
	type U = U;
	type UHolders = UHolders;
	type WeightInfo = pallet_royalty::weights::SubstrateWeight<Runtime>;
}

/// Whether a session ends in this block. The session pallet declares all of a block for it, so that whatever else hooks did
/// would be more than a block may weigh.
pub struct SessionEnds;

impl Get<bool> for SessionEnds {
	fn get() -> bool {
		<Runtime as pallet_session::Config>::ShouldEndSession::should_end_session(System::block_number())
	}
}

/// How many accounts have U.
pub struct UHolders;

impl Get<u32> for UHolders {
	fn get() -> u32 {
		pallet_assets::Asset::<Runtime>::get(U_ID).map_or(0, |u| u.accounts)
	}
}

/// What deposits in LOOM are in U, by the rate that fees are converted by.
pub struct RateOfU;

impl DepositRate<Balance> for RateOfU {
	fn to_micro_u(native: Balance) -> Option<MicroU> {
		AssetRate::to_asset_balance(native, U_ID).ok()
	}
}

impl pallet_sandbox_access::Config for Runtime {
	type AnswerMillis = AnswerMillis;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
	type Catalogue = Lineage;
	type ChallengeBond = ChallengeBond;
	type ChallengeMillis = ChallengeMillis;
	type ChallengeSlash = ChallengeSlash;
	type CuratorOrigin = EnsureRootOr<CouncilMajority>;
	type DepositRate = RateOfU;
	type KeptMillis = KeptMillis;
	type MaxCodes = ConstU32<16>;
	type MaxCompletionWeight = MaxCompletionWeight;
	type MaxOperatorsPerPolicy = ConstU32<16>;
	type MaxPermitMillis = MaxPermitMillis;
	type MaxUsesPerPermit = ConstU32<MAX_USES_PER_PERMIT>;
	type Native = Balances;
	type OpenPeriod = OpenPeriod;
	type OperatorBond = OperatorBond;
	type PermitDeposit = PermitDeposit;
	type ReportSignature = Signature;
	type RuntimeHoldReason = RuntimeHoldReason;
	type SlashDestination = EcosystemPool;
	type Time = Timestamp;
	type U = HeldU;
	type UnbondingMillis = UnbondingMillis;
	type WeightInfo = pallet_sandbox_access::weights::SubstrateWeight<Runtime>;
}

/// The period that royalty books into.
pub struct OpenPeriod;

impl Get<Period> for OpenPeriod {
	fn get() -> Period {
		<Royalty as Bookings<AccountId>>::open_period()
	}
}
