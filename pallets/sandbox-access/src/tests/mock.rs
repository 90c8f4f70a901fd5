//! A runtime of the pallet and the ledgers it uses, with a catalogue of assets that records what is booked.

use crate::{self as pallet_sandbox_access, Approval};
use alloc::collections::BTreeMap;
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU32, ConstU64, ConstU128, EitherOfDiverse, Time,
		fungible::ItemOf,
		fungibles::{Inspect, InspectHold, Mutate},
		tokens::Preservation,
	},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureSignedBy};
use heirloom_primitives::{
	AssetId, Catalogue, DepositRate, MicroU, Moment, OutputLimits, Period, PermitId, PermitStatus,
	PermittedUse, Purpose, U, Units, Words,
};
use sp_runtime::{
	BuildStorage, DispatchError, DispatchResult, testing::TestSignature, traits::IdentityLookup,
};

pub use super::acts::*;

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

/// Consumes. Has U and no native token.
pub const ANN: AccountId = 1;
/// Owns [`CT`] and [`MRI`].
pub const BOB: AccountId = 2;
/// Owns [`LOGS`].
pub const CYD: AccountId = 3;
/// Operates. Has the native token and no U.
pub const OPERATOR: AccountId = 4;
/// Has neither.
pub const EVE: AccountId = 5;
pub const CURATOR: AccountId = 6;
pub const POOL: AccountId = 7;
/// Where the catalogue's fees go.
pub const POT: AccountId = 8;
/// Operates, too, once [`admit_second`] says so. Has the native token and no U.
pub const SECOND: AccountId = 9;
/// The key that signs the operator's reports.
pub const KEY: AccountId = 40;
/// The key that signs the second operator's.
pub const SECOND_KEY: AccountId = 41;

/// Medical data of 10 U a unit, with a policy that asks nobody.
pub const CT: AssetId = 0;
/// Medical data of 4 U a unit, with a policy that asks its owner.
pub const MRI: AssetId = 1;
/// Data of 1 U a unit, sandboxed by choice, with a policy that asks its owner.
pub const LOGS: AssetId = 2;
/// Data that is not sandboxed, of Bob's.
pub const PLAIN: AssetId = 3;

/// What the policies let out of a job.
pub const LIMITS: OutputLimits =
	OutputLimits { smallest_group: 10, largest_output: 4_096, largest_model: 0, release_budget: 65_536 };

pub const BOND: u128 = 1_000;
pub const FUNDS: u128 = 10_000;
pub const OPERATOR_FEE: MicroU = 2 * U;
pub const DEPOSIT: MicroU = U / 10;
pub const CENT: MicroU = U / 100;
pub const START: Moment = 1_772_323_200_000;
pub const UNBONDING: Moment = 2_000;
pub const LONGEST: Moment = 1_000;
pub const KEPT: Moment = 5_000;
pub const CHALLENGE_BOND: MicroU = 5 * U;
/// Worth 4 U.
pub const CHALLENGE_SLASH: u128 = 400;
pub const CHALLENGE: Moment = 800;
pub const ANSWER: Moment = 600;
pub const MARCH: Period = Period(12 * 2026 + 2);
const U_ID: u32 = 1;

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
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type AssetsHolder = pallet_assets_holder;
	#[runtime::pallet_index(4)]
	pub type SandboxAccess = pallet_sandbox_access;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<u128>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = LeastBalance;
	type AccountStore = System;
	type RuntimeHoldReason = RuntimeHoldReason;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = u128;
	type AssetId = u32;
	type AssetIdParameter = u32;
	type CreateOrigin = AsEnsureOriginWithArg<frame_system::EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Currency = Balances;
	type Holder = AssetsHolder;
}

impl pallet_assets_holder::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
}

/// An asset of the fake catalogue: owner, fee for a unit, whether it is not delisted.
type FakeAsset = (AccountId, MicroU, bool);
/// A use that was booked: permit, payer, asset, units, purpose, fee.
type Recorded = (PermitId, AccountId, AssetId, Units, Purpose, MicroU);

// In storage, so that a call that fails takes back what it did here, too.
parameter_types! {
	pub storage Clock: Moment = START;
	pub storage FakeAssets: BTreeMap<AssetId, FakeAsset> = BTreeMap::new();
	pub storage SoldOnce: Vec<AssetId> = Vec::new();
	pub storage Licences: Vec<(AssetId, AccountId)> = Vec::new();
	pub storage RecordedUses: Vec<Recorded> = Vec::new();
	pub storage CompletionBound: Weight = Weight::MAX;
	pub storage RateIsSet: bool = true;
	pub storage LeastBalance: u128 = 1;
	pub const OpenPeriod: Period = MARCH;
	pub const Pool: AccountId = POOL;
}

frame_support::ord_parameter_types! {
	pub const Curator: AccountId = CURATOR;
}

impl Time for Clock {
	type Moment = Moment;

	fn now() -> Moment {
		Self::get()
	}
}

/// Quotes and books like lineage with royalty behind it.
pub struct FakeCatalogue;
impl Catalogue<AccountId> for FakeCatalogue {
	fn owner(asset: AssetId) -> Option<AccountId> {
		FakeAssets::get().get(&asset).map(|(owner, ..)| *owner)
	}

	fn is_sold_once(asset: AssetId) -> bool {
		SoldOnce::get().contains(&asset)
	}

	fn quote(consumer: &AccountId, asset: AssetId, units: Units) -> Result<MicroU, DispatchError> {
		let (_, fee, active) =
			FakeAssets::get().get(&asset).copied().ok_or(DispatchError::Other("NotFound"))?;
		if !active {
			return Err(DispatchError::Other("NotActive"));
		}
		if units == 0 {
			return Err(DispatchError::Other("ZeroUnits"));
		}
		if Licences::get().contains(&(asset, *consumer)) {
			return Ok(0);
		}
		fee.checked_mul(units.into()).ok_or(DispatchError::Other("AmountTooLarge"))
	}

	fn record(used: PermittedUse<AccountId>) -> DispatchResult {
		let PermittedUse { permit, consumer, asset, units, purpose, fee } = used;
		Self::quote(&consumer, asset, units)?;
		<Assets as Mutate<_>>::transfer(U_ID, &consumer, &POT, fee, Preservation::Preserve)?;
		let recorded = vec![(permit, consumer, asset, units, purpose, fee)];
		RecordedUses::set(&[RecordedUses::get(), recorded].concat());
		Ok(())
	}

	fn settlement_weight(ancestors: u32) -> Weight {
		Weight::from_parts(1_000_000_000_000 + u64::from(ancestors), 0)
	}

	fn ancestor_count(asset: AssetId) -> u32 {
		asset
	}
}

/// A cent for one of the native token.
pub struct FakeRate;
impl DepositRate<u128> for FakeRate {
	fn to_micro_u(native: u128) -> Option<MicroU> {
		RateIsSet::get().then(|| native * CENT)
	}
}

impl pallet_sandbox_access::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = crate::weights::SubstrateWeight<Test>;
	type CuratorOrigin = EitherOfDiverse<EnsureRoot<AccountId>, EnsureSignedBy<Curator, AccountId>>;
	type Native = Balances;
	type U = ItemOf<AssetsHolder, ConstU32<U_ID>, AccountId>;
	type Catalogue = FakeCatalogue;
	type Time = Clock;
	type OpenPeriod = OpenPeriod;
	type ReportSignature = TestSignature;
	type DepositRate = FakeRate;
	type SlashDestination = Pool;
	type OperatorBond = ConstU128<BOND>;
	type UnbondingMillis = ConstU64<UNBONDING>;
	type ChallengeBond = ConstU128<CHALLENGE_BOND>;
	type ChallengeSlash = ConstU128<CHALLENGE_SLASH>;
	type ChallengeMillis = ConstU64<CHALLENGE>;
	type AnswerMillis = ConstU64<ANSWER>;
	type MaxCompletionWeight = CompletionBound;
	type MaxPermitMillis = ConstU64<LONGEST>;
	type MaxUsesPerPermit = ConstU32<4>;
	type MaxCodes = ConstU32<3>;
	type MaxOperatorsPerPolicy = ConstU32<3>;
	type PermitDeposit = ConstU128<DEPOSIT>;
	type KeptMillis = ConstU64<KEPT>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::setup::Helper;
}

/// Runs a test on a chain with an admitted operator and the assets above, then checks the invariants.
pub fn build_and_execute(test: impl FnOnce()) {
	genesis().execute_with(|| {
		System::set_block_number(1);
		prepare();
		System::reset_events();
		test();
		SandboxAccess::do_try_state().unwrap();
	});
}

/// A chain with money and nothing else.
pub fn genesis() -> sp_io::TestExternalities {
	RuntimeGenesisConfig {
		system: Default::default(),
		balances: pallet_balances::GenesisConfig {
			balances: [BOB, CYD, OPERATOR, SECOND, POOL].map(|who| (who, FUNDS)).to_vec(),
			..Default::default()
		},
		assets: pallet_assets::GenesisConfig {
			assets: vec![(U_ID, CURATOR, true, CENT)],
			accounts: vec![
				(U_ID, ANN, 1_000 * U),
				(U_ID, BOB, 1_000 * U),
				(U_ID, POT, CENT),
				(U_ID, POOL, CENT),
			],
			..Default::default()
		},
	}
	.build_storage()
	.unwrap()
	.into()
}

fn prepare() {
	let assets = [(CT, BOB, 10 * U), (MRI, BOB, 4 * U), (LOGS, CYD, U), (PLAIN, BOB, U)];
	FakeAssets::set(&assets.map(|(asset, owner, fee)| (asset, (owner, fee, true))).into());
	assert_ok!(SandboxAccess::register_operator(signed(OPERATOR), profile()));
	assert_ok!(SandboxAccess::admit_operator(signed(CURATOR), OPERATOR, hash(9)));
	assert_ok!(SandboxAccess::force_sandboxed(signed(CURATOR), CT, reason()));
	assert_ok!(SandboxAccess::force_sandboxed(signed(CURATOR), MRI, reason()));
	assert_ok!(SandboxAccess::set_sandboxed(signed(CYD), LOGS));
	assert_ok!(SandboxAccess::set_policy(signed(BOB), CT, policy(Approval::Automatic)));
	assert_ok!(SandboxAccess::set_policy(signed(BOB), MRI, policy(Approval::Owner)));
	assert_ok!(SandboxAccess::set_policy(signed(CYD), LOGS, policy(Approval::Owner)));
}

pub fn status(permit: PermitId) -> PermitStatus {
	SandboxAccess::permit(permit).unwrap().status
}

pub fn pass(millis: Moment) {
	Clock::set(&(Clock::now() + millis));
}

/// Hands an asset over, of which nothing tells the pallet.
pub fn transfer_item(asset: AssetId, to: AccountId) {
	change_asset(asset, |(owner, ..)| *owner = to);
}

/// Why the curators decide.
pub fn reason() -> Words {
	b"data left the sandbox".to_vec().try_into().unwrap()
}

pub fn delist(asset: AssetId) {
	change_asset(asset, |(_, _, active)| *active = false);
}

pub fn set_call_fee(asset: AssetId, to: MicroU) {
	change_asset(asset, |(_, fee, _)| *fee = to);
}

/// Offers an asset for one-time sale.
pub fn offer(asset: AssetId) {
	SoldOnce::set(&[SoldOnce::get(), vec![asset]].concat());
}

/// Has an account buy a licence of an asset.
pub fn buy(asset: AssetId, buyer: AccountId) {
	offer(asset);
	Licences::set(&[Licences::get(), vec![(asset, buyer)]].concat());
}

fn change_asset(asset: AssetId, change: impl FnOnce(&mut FakeAsset)) {
	let mut assets = FakeAssets::get();
	change(assets.get_mut(&asset).unwrap());
	FakeAssets::set(&assets);
}

/// What an account can spend, in micro-U.
pub fn free_u(who: AccountId) -> MicroU {
	<Assets as Inspect<_>>::balance(U_ID, &who)
}

/// What is held of it for fees and for permits, in micro-U.
pub fn held_u(who: AccountId) -> (MicroU, MicroU) {
	let held = |reason: crate::HoldReason| AssetsHolder::balance_on_hold(U_ID, &reason.into(), &who);
	(held(crate::HoldReason::Fees), held(crate::HoldReason::Permit))
}

/// What is held of it for challenges, in micro-U.
pub fn held_for_challenges(who: AccountId) -> MicroU {
	AssetsHolder::balance_on_hold(U_ID, &crate::HoldReason::Challenge.into(), &who)
}

pub fn give_u(who: AccountId, amount: MicroU) {
	<Assets as Mutate<_>>::mint_into(U_ID, &who, amount).unwrap();
}

/// Spends all U of an account but `rest`.
pub fn spend_u(who: AccountId, rest: MicroU) {
	<Assets as Mutate<_>>::transfer(U_ID, &who, &POT, free_u(who) - rest, Preservation::Expendable).unwrap();
}

/// What the pallet announced since the test began.
pub fn events() -> Vec<crate::Event<Test>> {
	let ours = |record: frame_system::EventRecord<RuntimeEvent, _>| match record.event {
		RuntimeEvent::SandboxAccess(event) => Some(event),
		_ => None,
	};
	System::events().into_iter().filter_map(ours).collect()
}
