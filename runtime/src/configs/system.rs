//! Blocks: how much fits in them, and who is told the time.

use super::{BaseCallFilter, DatabaseWeight};
use crate::{
	AccountId, Aura, Balance, Block, Nonce, PalletInfo, Royalty, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeOrigin, RuntimeTask, SLOT_DURATION, VERSION, constants::time::HOURS,
};
use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	traits::ConstU32,
	weights::{Weight, constants::WEIGHT_REF_TIME_PER_SECOND},
};
use frame_system::limits::{BlockLength, BlockWeights};
use sp_runtime::{Perbill, traits::AccountIdLookup};
use sp_version::RuntimeVersion;

/// The part of a block that ordinary transactions may fill; the rest is for operational ones and for hooks.
pub const NORMAL_DISPATCH_RATIO: Perbill = Perbill::from_percent(75);

/// What a block may weigh: two of a slot's six seconds, so that it reaches the next author in time. A chain of its own
/// proves nothing to anybody, so proof size is not limited.
pub const MAXIMUM_BLOCK_WEIGHT: Weight =
	Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND.saturating_mul(2), u64::MAX);

/// The longest block, in bytes.
pub const MAXIMUM_BLOCK_LENGTH: u32 = 5 * 1024 * 1024;

parameter_types! {
	/// Block hashes that are kept: how long a mortal transaction may live.
	pub const BlockHashCount: crate::BlockNumber = 4 * HOURS;
	/// This runtime's version.
	pub const Version: RuntimeVersion = VERSION;
	/// Weight limits.
	pub RuntimeBlockWeights: BlockWeights =
		BlockWeights::with_sensible_defaults(MAXIMUM_BLOCK_WEIGHT, NORMAL_DISPATCH_RATIO);
	/// Length limits.
	pub RuntimeBlockLength: BlockLength = BlockLength::builder()
		.max_length(MAXIMUM_BLOCK_LENGTH)
		.modify_max_length_for_class(DispatchClass::Normal, |length| *length = NORMAL_DISPATCH_RATIO * *length)
		.build();
	/// Prefix of addresses: the generic one, which every wallet shows.
	pub const SS58Prefix: u8 = 42;
	/// A block is at least half a slot younger than its parent, so that a clock that is a little off does no harm.
	pub const MinimumPeriod: u64 = SLOT_DURATION / 2;
}

/// What an upgrade to this version changes in state.
#[cfg(feature = "rehearsal")]
type Migrations = crate::rehearsal::SumUpYears;
/// What an upgrade to this version changes in state: nothing was released before.
#[cfg(not(feature = "rehearsal"))]
type Migrations = ();

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type BaseCallFilter = BaseCallFilter;
	type Block = Block;
	type BlockHashCount = BlockHashCount;
	type BlockLength = RuntimeBlockLength;
	type BlockWeights = RuntimeBlockWeights;
	type DbWeight = DatabaseWeight;
	type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
	type Lookup = AccountIdLookup<AccountId, ()>;
	type MaxConsumers = ConstU32<128>;
	type Nonce = Nonce;
	type SS58Prefix = SS58Prefix;
	type SingleBlockMigrations = Migrations;
	type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
	type Version = Version;
}

impl pallet_timestamp::Config for Runtime {
	type MinimumPeriod = MinimumPeriod;
	type Moment = u64;
	// Royalty closes a month here, before the first transaction of the next one.
	type OnTimestampSet = (Aura, Royalty);
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}
