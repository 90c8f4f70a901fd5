//! What validators are paid for their work, and what becomes of those who do none.
//!
//! ## Pallet API
//!
//! See the [`pallet`] module: its [`Config`], calls, storage and events.
//!
//! ## Overview
//!
//! Who validates is elected by `pallet-staking`, from bonds. That pallet mints what validators earn and waits until
//! somebody asks for it; here nothing is minted and nobody asks:
//!
//! - **Rewards.** All fees go to the ecosystem pool. At the end of an era (a day) [`RewardRate`] of the LOOM that the
//!   pool holds is set aside in an account of its own, and paid to the era's validators by their points, one validator
//!   a block in what the block has to spare. Over time validators so get what comes in as fees: with steady fees `f` a
//!   day and a rate `r` the pool comes to hold `f ÷ r`, of which a day takes `f`. The council sets the rate.
//! - **Attendance.** A validator that makes no block during [`Config::AbsenceLimit`] sessions in a row is taken out of
//!   the elections. It keeps its bond, and returns with `staking.validate`. Where a third of all validators or more are
//!   missing in a session it is the network and not them: then nobody's absence is counted.
//!
//! ## Security considerations
//!
//! What the reward account holds beyond what is owed for earlier eras is part of the next reward, so LOOM sent to it is
//! shared among validators. An attacker who keeps fewer than a third of the validators from the network for the whole
//! of [`Config::AbsenceLimit`] sessions has them removed from the next election on; with a third or more it has none. No
//! election is held earlier for it: whoever could have eras end at will would be paid, and let go, more often.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod attendance;
mod rewards;
mod try_state;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(test)]
mod tests;

pub use attendance::Attendance;
pub use pallet::*;
pub use weights::WeightInfo;

use frame_support::{dispatch::DispatchResult, traits::fungible, weights::Weight};
use sp_staking::EraIndex;

/// An account of a runtime.
pub(crate) type AccountIdOf<T> = <T as frame_system::Config>::AccountId;
/// LOOM in planck.
pub(crate) type BalanceOf<T> = <<T as Config>::Currency as fungible::Inspect<AccountIdOf<T>>>::Balance;

/// Whoever elects validators and knows what each has earned.
pub trait Elections<AccountId> {
	/// Takes a validator out of the elections from the next one on.
	///
	/// Fails where the account stands in no election, or too few others do.
	fn remove(validator: &AccountId) -> DispatchResult;

	/// Pays a validator, and who stands behind it, the next part of what they earned in an era.
	///
	/// Fails when nothing is left to be paid.
	fn pay(validator: &AccountId, era: EraIndex) -> DispatchResult;

	/// What `pay` weighs at most.
	fn pay_weight() -> Weight;
}

/// The pallet.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use sp_runtime::Perbill;

	/// The version of what is stored.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The pallet's configuration.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// LOOM.
		type Currency: fungible::Mutate<Self::AccountId>;

		/// Who elects.
		type Elections: Elections<Self::AccountId>;

		/// Who sets the rate: the council.
		type RewardOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The ecosystem pool, which rewards are taken from.
		#[pallet::constant]
		type Pool: Get<Self::AccountId>;

		/// Holds what is set aside for eras that have ended.
		#[pallet::constant]
		type RewardPot: Get<Self::AccountId>;

		/// What is kept back of an era's reward, in planck: who shares it out may round shares up.
		#[pallet::constant]
		type RoundingReserve: Get<BalanceOf<Self>>;

		/// Sessions in a row without a block after which a validator is removed.
		#[pallet::constant]
		type AbsenceLimit: Get<u32>;

		/// The most validators of a session.
		#[pallet::constant]
		type MaxValidators: Get<u32>;

		/// What the calls and hooks weigh.
		type WeightInfo: WeightInfo;
	}

	/// The part of the pool's LOOM that an era's validators get.
	#[pallet::storage]
	pub type RewardRate<T> = StorageValue<_, Perbill, ValueQuery>;

	/// Who made a block in this session, and how many sessions others have missed. Keys are accounts that a stake is
	/// bonded for, so nobody can choose many alike.
	#[pallet::storage]
	pub type Attendances<T: Config> = StorageMap<_, Twox64Concat, T::AccountId, Attendance, ValueQuery>;

	/// Validators that are not paid yet for an era that has ended.
	#[pallet::storage]
	pub type Unpaid<T: Config> =
		CountedStorageMap<_, Twox64Concat, (EraIndex, T::AccountId), (), OptionQuery>;

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// From the end of this era on validators get another part of the pool.
		RewardRateSet {
			/// The part.
			rate: Perbill,
		},
		/// An era has ended, and this is what its validators share.
		RewardSetAside {
			/// In planck.
			amount: BalanceOf<T>,
		},
		/// A validator made no block during a session.
		Absent {
			/// The validator.
			validator: T::AccountId,
			/// How many sessions in a row it made none.
			sessions: u32,
		},
		/// A validator was absent for so long that it stands in no election any more.
		Removed {
			/// The validator.
			validator: T::AccountId,
		},
	}

	/// What a new chain starts with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The part of the pool's LOOM that an era's validators get. In JSON: parts of a billion.
		pub reward_rate: Perbill,
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			RewardRate::<T>::put(self.reward_rate);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			Self::pay_next(remaining)
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Sets the part of the pool's LOOM that an era's validators get.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::set_reward_rate())]
		pub fn set_reward_rate(origin: OriginFor<T>, rate: Perbill) -> DispatchResult {
			T::RewardOrigin::ensure_origin(origin)?;
			Self::do_set_reward_rate(rate);
			Ok(())
		}
	}
}
