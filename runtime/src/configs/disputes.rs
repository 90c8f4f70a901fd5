//! Disputes about assets, decided by single curators.

use super::{DAY_MILLIS, EcosystemPool, MAX_OPEN_DISPUTES, MaxCurators};
use crate::{
	Balance, Balances, CuratorMembership, Lineage, Royalty, Runtime, RuntimeHoldReason, Timestamp,
	constants::loom::LOOM,
};
use frame_support::{parameter_types, traits::ConstU32};
use heirloom_primitives::Moment;

parameter_types! {
	/// What who raises a dispute leaves: a tenth of an operator's bond.
	pub const DisputeBond: Balance = 100 * LOOM;
	/// Eighths of the places: who takes all that claims can have leaves 201,600 LOOM instead of 19,200.
	pub const DisputeBondDoubling: u32 = MAX_OPEN_DISPUTES / 8;
	/// Two weeks for the curators: a dispute is decided, or over, before the second month's end after it was raised.
	pub const DecisionMillis: Moment = 14 * DAY_MILLIS;
	/// A month to appeal.
	pub const AppealMillis: Moment = 30 * DAY_MILLIS;
}

impl pallet_disputes::Config for Runtime {
	type Ancestry = Lineage;
	type AppealMillis = AppealMillis;
	type Bond = DisputeBond;
	type BondDestination = EcosystemPool;
	type BondDoubling = DisputeBondDoubling;
	type Contests = Royalty;
	type Curators = CuratorMembership;
	type DecisionMillis = DecisionMillis;
	type MaxCurators = MaxCurators;
	type MaxOpen = ConstU32<MAX_OPEN_DISPUTES>;
	type Native = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Time = Timestamp;
	type WeightInfo = pallet_disputes::weights::SubstrateWeight<Runtime>;
}
