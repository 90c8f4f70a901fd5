//! A runtime of the pallet with a real U ledger.

use crate::{self as pallet_royalty, Rule};
use frame_support::{
	derive_impl, ord_parameter_types, parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU32, ConstU64, ConstU128, Get, Hooks, OnTimestampSet, fungible::ItemOf,
		fungibles::Inspect,
	},
	weights::Weight,
};
use frame_system::EnsureSignedBy;
use heirloom_primitives::{
	AssetId, Bookings, FormulaVersion, Genealogy, MicroU, Moment, Period, Schedule, Statement, U, Units,
};
use sp_runtime::{BuildStorage, DispatchResult, traits::IdentityLookup};
use std::collections::BTreeMap;

pub use super::genealogy::*;

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

pub const COUNCIL: AccountId = 90;
pub const POT: AccountId = 98;
pub const POOL: AccountId = 99;
/// Pays for calls and reports.
pub const COMPANY: AccountId = 50;
pub const U_ID: u32 = 1;
/// 2026-03-15, noon.
pub const MID_MARCH: Moment = 1_773_576_000_000;
pub const MARCH: Period = Period(12 * 2026 + 2);
/// 2026-04-01, midnight.
pub const APRIL_FIRST: Moment = 1_775_001_600_000;
/// What every account but the pot's and the pool's begins with.
pub const RICHES: MicroU = 1 << 100;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(3)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(4)]
	pub type Royalty = pallet_royalty;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<u128>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {
	type Moment = u64;
	type MinimumPeriod = ConstU64<1>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = u128;
	type AssetId = u32;
	type AssetIdParameter = u32;
	type CreateOrigin = AsEnsureOriginWithArg<frame_system::EnsureSigned<AccountId>>;
	type ForceOrigin = frame_system::EnsureRoot<AccountId>;
	type Currency = Balances;
}

parameter_types! {
	pub const PotAccount: AccountId = POT;
	pub const PoolAccount: AccountId = POOL;
	/// Half a second of a block's two.
	pub static GuaranteedWeight: Weight = Weight::from_parts(500_000_000_000, u64::MAX);
	/// Whether a session ends in the block.
	pub static BlockIsTaken: bool = false;
	/// The periods that `apply_deferred` was asked for.
	pub static Applied: Vec<Period> = Vec::new();
}

ord_parameter_types! {
	pub const Council: AccountId = COUNCIL;
}

pub struct UHolders;
impl Get<u32> for UHolders {
	fn get() -> u32 {
		pallet_assets::Asset::<Test>::get(U_ID).map_or(0, |u| u.accounts)
	}
}
impl pallet_royalty::Config for Test {
	type WeightInfo = super::weights::TestWeight;
	type Time = Timestamp;
	type FormulaOrigin = EnsureSignedBy<Council, AccountId>;
	type U = ItemOf<Assets, ConstU32<U_ID>, AccountId>;
	type UHolders = UHolders;
	type Genealogy = Fake;
	type PotAccount = PotAccount;
	type PoolAccount = PoolAccount;
	type GuaranteedWeight = GuaranteedWeight;
	type BlockIsTaken = BlockIsTaken;
	type MaxAncestors = ConstU32<4_096>;
	type DetailPeriods = ConstU32<13>;
	type MaxContests = ConstU32<16>;
}

/// Runs a test in mid-March on a chain with these assets, then checks the invariants.
pub fn build_and_execute(assets: Vec<FakeAsset>, test: impl FnOnce()) {
	build_with(Schedule::Calendar, MID_MARCH, assets, test);
}

/// The same by the second version of the formula.
pub fn build_by_second(assets: Vec<FakeAsset>, test: impl FnOnce()) {
	build_and_execute(assets, || {
		crate::CurrentRule::<Test>::put(Rule { current: FormulaVersion::V2, next: None });
		test();
	});
}

/// The same as [`build_and_execute`] with any schedule, the chain's first block being at `start`.
pub fn build_with(schedule: Schedule, start: Moment, assets: Vec<FakeAsset>, test: impl FnOnce()) {
	ASSETS.set(assets);
	genesis(schedule).execute_with(|| {
		block_at(start);
		test();
		Royalty::do_try_state().unwrap();
	});
}

/// A chain before its first block.
pub fn genesis(schedule: Schedule) -> sp_io::TestExternalities {
	PAYEES.set(vec![Vec::new(); 5]);
	Applied::set(Vec::new());
	BlockIsTaken::set(false);
	GuaranteedWeight::set(Weight::from_parts(500_000_000_000, u64::MAX));
	let people = (0..=COMPANY).chain([COUNCIL]);
	let riches = people.map(|who| (U_ID, who, RICHES));
	let endowments = [POT, POOL].map(|who| (U_ID, who, U / 100));
	RuntimeGenesisConfig {
		system: Default::default(),
		balances: Default::default(),
		assets: pallet_assets::GenesisConfig {
			assets: vec![(U_ID, COUNCIL, true, U / 100)],
			accounts: riches.chain(endowments).collect(),
			..Default::default()
		},
		royalty: pallet_royalty::GenesisConfig { schedule, ..Default::default() },
	}
	.build_storage()
	.unwrap()
	.into()
}

/// Makes a block at `now` that has nothing to spare.
pub fn block_at(now: Moment) {
	block(now, Weight::zero());
}

/// Makes a block at `now` with `spare` weight left.
pub fn block(now: Moment, spare: Weight) {
	let number = System::block_number() + 1;
	System::set_block_number(number);
	Royalty::on_initialize(number);
	Timestamp::set_timestamp(now);
	<Royalty as OnTimestampSet<Moment>>::on_timestamp_set(now);
	Royalty::on_idle(number, spare);
	// Of a large platform it would be most of the test's time; such tests check it at their end.
	if Fake::next_asset() < 100 {
		Royalty::do_try_state().unwrap();
	}
}

/// Makes a block each 6 s from `from` on until nothing is left to settle, and returns their number.
pub fn settle_from(from: Moment) -> u32 {
	block_at(from);
	let mut blocks = 1;
	while crate::PendingPeriod::<Test>::exists() {
		block_at(from + u64::from(blocks) * 6_000);
		blocks += 1;
		assert!(blocks < 10_000, "the settlement does not end");
	}
	blocks
}

/// Books a call by the company.
pub fn book(asset: AssetId, fee: MicroU, units: Units) {
	<Royalty as Bookings<AccountId>>::book(asset, &COMPANY, fee, units).unwrap();
}

/// Reports revenue by the company.
pub fn report(asset: AssetId, amount: MicroU) -> DispatchResult {
	Royalty::report_revenue(RuntimeOrigin::signed(COMPANY), asset, amount)
		.map(|_| ())
		.map_err(|error| error.error)
}

/// All statements of a period.
pub fn statements(period: Period) -> BTreeMap<AssetId, Statement<AccountId>> {
	let pages = crate::StatementPages::<Test>::iter_prefix(period);
	let assets =
		pages.flat_map(|(page, stated)| stated.iter(page).map(|(asset, _)| asset).collect::<Vec<_>>());
	assets.map(|asset| (asset, Royalty::stated(asset, period).unwrap())).collect()
}

/// What an account has beyond what it began with.
pub fn earned(who: AccountId) -> MicroU {
	Assets::balance(U_ID, who) - if who == POOL { U / 100 } else { RICHES }
}

/// What the pot holds beyond its endowment.
pub fn in_pot() -> MicroU {
	<Assets as Inspect<AccountId>>::balance(U_ID, &POT) - U / 100
}
