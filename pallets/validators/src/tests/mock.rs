//! A runtime of the pallet with a real ledger, and elections that note what they are asked for.

use crate as pallet_validators;
use crate::Elections;
use core::cell::RefCell;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, ConstU64},
	weights::Weight,
};
use sp_runtime::{BuildStorage, DispatchError, DispatchResult, Perbill};
use sp_staking::EraIndex;

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

pub const POOL: AccountId = 98;
pub const POT: AccountId = 99;
/// The least that an account holds.
pub const MINIMUM: u64 = 10;

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
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Validators = pallet_validators;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountData = pallet_balances::AccountData<u64>;
	type Block = Block;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type ExistentialDeposit = ConstU64<MINIMUM>;
}

parameter_types! {
	pub const Pool: AccountId = POOL;
	pub const Pot: AccountId = POT;
	/// What is kept back of rewards.
	pub static Reserve: u64 = 0;
	/// Parts in which each validator is paid.
	pub static Parts: u32 = 1;
}

thread_local! {
	static REMOVED: RefCell<Vec<AccountId>> = const { RefCell::new(Vec::new()) };
	static PAID: RefCell<Vec<(EraIndex, AccountId)>> = const { RefCell::new(Vec::new()) };
}

/// Who was taken out of the elections.
pub fn removed() -> Vec<AccountId> {
	REMOVED.with_borrow(Clone::clone)
}

/// Who was paid for which era, a part an entry.
pub fn paid() -> Vec<(EraIndex, AccountId)> {
	PAID.with_borrow(Clone::clone)
}

pub struct Noting;

impl Elections<AccountId> for Noting {
	fn remove(validator: &AccountId) -> DispatchResult {
		if removed().contains(validator) {
			return Err(DispatchError::Other("stands in no election"));
		}
		REMOVED.with_borrow_mut(|removed| removed.push(*validator));
		Ok(())
	}

	fn pay(validator: &AccountId, era: EraIndex) -> DispatchResult {
		let entry = (era, *validator);
		if paid().iter().filter(|paid| **paid == entry).count() == Parts::get() as usize {
			return Err(DispatchError::Other("nothing is left"));
		}
		PAID.with_borrow_mut(|paid| paid.push(entry));
		Ok(())
	}

	fn pay_weight() -> Weight {
		Weight::from_parts(1_000, 0)
	}
}

impl pallet_validators::Config for Test {
	type AbsenceLimit = ConstU32<4>;
	type Currency = Balances;
	type Elections = Noting;
	type MaxValidators = ConstU32<10>;
	type Pool = Pool;
	type RewardOrigin = frame_system::EnsureRoot<AccountId>;
	type RewardPot = Pot;
	type RoundingReserve = Reserve;
	type WeightInfo = crate::weights::SubstrateWeight<Test>;
}

/// A chain on which no validator has a part of its reward left to be paid, as in a benchmark on the runtime.
#[cfg(feature = "runtime-benchmarks")]
pub fn with_nothing_left() -> sp_io::TestExternalities {
	Parts::set(0);
	new_test_ext()
}

/// A chain with 1,000 more than the minimum in the pool, a pot, and a rate of 5 %.
pub fn new_test_ext() -> sp_io::TestExternalities {
	RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: vec![(POOL, MINIMUM + 1_000), (POT, MINIMUM)],
			..Default::default()
		},
		validators: pallet_validators::GenesisConfig {
			reward_rate: Perbill::from_percent(5),
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.unwrap()
	.into()
}

/// Runs `test` in block 1 and checks the state after it.
pub fn execute(test: impl FnOnce()) {
	REMOVED.with_borrow_mut(Vec::clear);
	PAID.with_borrow_mut(Vec::clear);
	new_test_ext().execute_with(|| {
		System::set_block_number(1);
		test();
		Validators::do_try_state().unwrap();
	});
}

/// The pallet's last event.
pub fn last_event() -> crate::Event<Test> {
	match System::events().pop().expect("there is one").event {
		RuntimeEvent::Validators(event) => event,
		other => panic!("not of this pallet: {other:?}"),
	}
}
