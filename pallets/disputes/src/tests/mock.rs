//! A runtime of the pallet with a ledger, and fakes of its siblings that record what they are asked.

use crate::{self as pallet_disputes, Event, Evidence};
use core::cell::RefCell;
use frame_support::{
	derive_impl, ord_parameter_types, parameter_types,
	traits::{ConstU32, ConstU64, ConstU128, SortedMembers},
	weights::Weight,
};
use heirloom_primitives::{
	Ancestry, AssetId, Contests, DisputeId, EdgeChange, EdgeEdit, HeldFor, MicroU, Moment, Relation, Words,
};
use sp_runtime::{BuildStorage, DispatchError, DispatchResult, traits::IdentityLookup};
use std::collections::BTreeMap;

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

/// Owns asset 0.
pub const ANN: AccountId = 1;
/// Owns asset 1, created by `CYD` and paid to `DEE`.
pub const BOB: AccountId = 2;
pub const CYD: AccountId = 3;
pub const DEE: AccountId = 4;
/// Has to do with none.
pub const EVE: AccountId = 5;
/// Has no LOOM.
pub const POOR: AccountId = 6;
pub const POOL: AccountId = 90;
/// Curators.
pub const KIM: AccountId = 11;
pub const LEO: AccountId = 12;
pub const MIA: AccountId = 13;

pub const BOND: u128 = 100;
pub const RICHES: u128 = 1_000_000;
pub const NOW: Moment = 1_772_323_200_000;
pub const DECISION: Moment = 1_000;
pub const APPEAL: Moment = 500;

/// The data that the model was trained on, and the model.
pub const CT: AssetId = 0;
pub const LUNG: AssetId = 1;

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
	pub type Disputes = pallet_disputes;
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
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
	type RuntimeHoldReason = RuntimeHoldReason;
}

parameter_types! {
	pub static At: Moment = NOW;
	pub static Members: Vec<AccountId> = vec![KIM, LEO, MIA];
	/// Who owns asset 1.
	pub static Owner: AccountId = BOB;
	/// After how many disputes a claim costs twice as much.
	pub static BondDoubling: u32 = 0;
	/// Whether a settlement is under way.
	pub static Settling: bool = false;
	/// What the next check, correction or contest is refused with.
	pub static Refusal: Option<DispatchError> = None;
	/// Whether corrections are worked off as soon as they are asked for.
	pub static AtOnce: bool = true;
	/// Who is paid for asset 1.
	pub static Payee: AccountId = DEE;
	/// Whether a parent that is removed stays an ancestor through others.
	pub static AnotherWay: bool = false;
	/// Corrections that were asked for.
	pub static Revised: Vec<EdgeEdit> = Vec::new();
	/// When the assets were taken off the list.
	pub static DelistedAt: Option<Moment> = None;
	/// Assets that were put back, and that were left off.
	pub static Relisted: Vec<AssetId> = Vec::new();
	pub static KeptOff: Vec<AssetId> = Vec::new();
	/// Contests for which nothing more is to be held.
	pub static Decided: Vec<(AssetId, AssetId)> = Vec::new();
	/// Who got what was held.
	pub static Given: Vec<(AssetId, AssetId, HeldFor)> = Vec::new();
}

ord_parameter_types! {
	pub const Pool: AccountId = POOL;
}

pub struct Clock;
impl frame_support::traits::Time for Clock {
	type Moment = Moment;

	fn now() -> Moment {
		At::get()
	}
}

pub struct Council;
impl SortedMembers<AccountId> for Council {
	fn sorted_members() -> Vec<AccountId> {
		Members::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn add(who: &AccountId) {
		Members::mutate(|members| {
			members.push(*who);
			members.sort_unstable();
		});
	}
}

thread_local! {
	/// What is held for each open contest.
	static HELD: RefCell<BTreeMap<(AssetId, AssetId), MicroU>> = const { RefCell::new(BTreeMap::new()) };
}

/// Lets an open contest hold something.
pub fn hold(child: AssetId, parent: AssetId, amount: MicroU) {
	HELD.with_borrow_mut(|held| held.insert((child, parent), amount));
}

fn refusal() -> DispatchResult {
	Refusal::get().map_or(Ok(()), Err)
}

pub struct Fake;

impl Ancestry<AccountId> for Fake {
	fn owner(asset: AssetId) -> Option<AccountId> {
		[ANN, Owner::get()].get(asset as usize).copied()
	}

	fn parties(asset: AssetId) -> Vec<AccountId> {
		match asset {
			CT => vec![ANN],
			LUNG => vec![CYD, Owner::get(), Payee::get()],
			_ => Vec::new(),
		}
	}

	fn ancestor_count(asset: AssetId) -> u32 {
		asset
	}

	fn check(_: &EdgeEdit) -> DispatchResult {
		refusal()
	}

	fn check_weight() -> Weight {
		Weight::from_parts(1_000, 0)
	}

	fn revise(edit: EdgeEdit) -> DispatchResult {
		refusal()?;
		Revised::mutate(|revised| revised.push(edit));
		Ok(())
	}

	fn is_revising(edit: &EdgeEdit) -> bool {
		!AtOnce::get() && Revised::get().contains(edit)
	}

	fn is_ancestor(child: AssetId, parent: AssetId) -> bool {
		AnotherWay::get() || !Revised::get().contains(&inserted(child, parent))
	}

	fn delisted_at(_: AssetId) -> Option<Moment> {
		DelistedAt::get()
	}

	fn relist(asset: AssetId) -> DispatchResult {
		refusal()?;
		Relisted::mutate(|relisted| relisted.push(asset));
		Ok(())
	}

	fn keep_delisted(asset: AssetId) {
		DelistedAt::set(None);
		KeptOff::mutate(|kept| kept.push(asset));
	}
}

impl Contests for Fake {
	fn is_settling() -> bool {
		Settling::get()
	}

	fn open(doubted: &EdgeEdit, until: Moment) -> DispatchResult {
		assert_eq!(until, At::get() + DECISION);
		let known = HELD.with_borrow_mut(|held| held.insert((doubted.child, doubted.parent), 0));
		known.map_or(Ok(()), |_| Err(DispatchError::Other("contested already")))
	}

	fn decided(derivative: AssetId, ancestor: AssetId) {
		Decided::mutate(|decided| decided.push((derivative, ancestor)));
	}

	fn end(derivative: AssetId, ancestor: AssetId, to: HeldFor) -> Result<MicroU, DispatchError> {
		assert!(!Settling::get(), "nothing is given away during a settlement");
		Given::mutate(|given| given.push((derivative, ancestor, to)));
		HELD.with_borrow_mut(|held| held.remove(&(derivative, ancestor))).ok_or(DispatchError::CannotLookup)
	}

	fn end_weight(ancestors: u32) -> Weight {
		Weight::from_parts(1_000_000 * u64::from(ancestors), 0)
	}

	fn held(derivative: AssetId, ancestor: AssetId) -> Option<MicroU> {
		HELD.with_borrow(|held| held.get(&(derivative, ancestor)).copied())
	}

	fn count() -> u32 {
		HELD.with_borrow(|held| held.len() as u32)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl heirloom_primitives::AncestrySetup<AccountId> for Fake {
	fn edge() -> EdgeEdit {
		missing(LUNG, CT)
	}

	fn delisted(owner: &AccountId) -> AssetId {
		DelistedAt::set(Some(At::get()));
		Owner::set(*owner);
		LUNG
	}
}

impl pallet_disputes::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = crate::weights::SubstrateWeight<Test>;
	type Time = Clock;
	type Native = Balances;
	type Curators = Council;
	type Ancestry = Fake;
	type Contests = Fake;
	type BondDestination = Pool;
	type Bond = ConstU128<BOND>;
	type BondDoubling = BondDoubling;
	type DecisionMillis = ConstU64<DECISION>;
	type AppealMillis = ConstU64<APPEAL>;
	type MaxOpen = ConstU32<4>;
	type MaxCurators = ConstU32<5>;
}

/// Runs a test on a fresh chain, then checks the invariants.
pub fn build_and_execute(test: impl FnOnce()) {
	genesis().execute_with(|| {
		System::set_block_number(1);
		test();
		Disputes::do_try_state().unwrap();
	});
}

pub fn genesis() -> sp_io::TestExternalities {
	HELD.take();
	At::set(NOW);
	BondDoubling::set(0);
	Members::set(vec![KIM, LEO, MIA]);
	Owner::set(BOB);
	Settling::set(false);
	Refusal::set(None);
	AtOnce::set(true);
	Payee::set(DEE);
	AnotherWay::set(false);
	Revised::set(Vec::new());
	DelistedAt::set(None);
	Relisted::set(Vec::new());
	KeptOff::set(Vec::new());
	Decided::set(Vec::new());
	Given::set(Vec::new());
	let people = [ANN, BOB, CYD, DEE, EVE, POOL, KIM, LEO, MIA];
	RuntimeGenesisConfig {
		system: Default::default(),
		balances: pallet_balances::GenesisConfig {
			balances: people.map(|who| (who, RICHES)).to_vec(),
			..Default::default()
		},
	}
	.build_storage()
	.unwrap()
	.into()
}

pub fn missing(child: AssetId, parent: AssetId) -> EdgeEdit {
	EdgeEdit { child, parent, change: EdgeChange::Add { relation: Relation::TrainedOn } }
}

pub fn inserted(child: AssetId, parent: AssetId) -> EdgeEdit {
	EdgeEdit { child, parent, change: EdgeChange::Remove }
}

pub fn evidence() -> Evidence {
	b"bafkreigh2akiscaildc".to_vec().try_into().unwrap()
}

pub fn text(words: &str) -> Words {
	words.as_bytes().to_vec().try_into().unwrap()
}

pub fn try_claim(who: AccountId, edit: EdgeEdit) -> DispatchResult {
	let EdgeEdit { child, parent, change } = edit;
	let known = HELD.with_borrow(BTreeMap::clone);
	let claimed = Disputes::claim(RuntimeOrigin::signed(who), child, parent, change, evidence());
	if claimed.is_err() {
		// What a refused call has changed is taken back, outside of storage as well.
		HELD.set(known);
	}
	claimed
}

/// Claims and returns the dispute's id.
pub fn claim(who: AccountId, edit: EdgeEdit) -> DisputeId {
	let id = crate::NextDisputeId::<Test>::get();
	try_claim(who, edit).unwrap();
	id
}

pub fn try_appeal(who: AccountId, asset: AssetId) -> DispatchResult {
	Disputes::appeal(RuntimeOrigin::signed(who), asset, evidence())
}

/// The owner's appeal against a delisting of asset 1 at this moment.
pub fn appeal() -> DisputeId {
	DelistedAt::set(Some(At::get()));
	let id = crate::NextDisputeId::<Test>::get();
	try_appeal(BOB, LUNG).unwrap();
	id
}

pub fn vote(who: AccountId, dispute: DisputeId, uphold: bool) -> DispatchResult {
	vote_for(who, dispute, uphold, "I looked")
}

pub fn vote_for(who: AccountId, dispute: DisputeId, uphold: bool, reason: &str) -> DispatchResult {
	let voted = Disputes::vote(RuntimeOrigin::signed(who), dispute, uphold, text(reason));
	voted.map(drop).map_err(|failed| failed.error)
}

pub fn close(dispute: DisputeId) -> DispatchResult {
	Disputes::close(RuntimeOrigin::signed(EVE), dispute).map(drop).map_err(|failed| failed.error)
}

pub fn free(who: AccountId) -> u128 {
	Balances::free_balance(who)
}

pub fn assert_event(event: Event<Test>) {
	System::assert_has_event(event.into());
}
