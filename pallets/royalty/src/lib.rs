//! # Royalty
//!
//! Books what assets earn and, after each month, pays everybody: ancestors by weight, the ecosystem pool the rest.
//!
//! ## Pallet API
//!
//! See [`Call`], [`Event`], [`Error`] and [`Config`]; nodes read through
//! [`heirloom_primitives::api::RoyaltyApi`].
//!
//! ## Overview
//!
//! During a period fees and reported revenue are moved to the pallet's account and booked an asset. The first block
//! of the next period closes it, in constant time. From then on hooks settle it, in bounded steps over as many blocks
//! as it takes, while users' transactions go on:
//!
//! 1. *Count* units and attested qualities; *rank* the distinct numbers of units.
//! 2. *Weigh* each eligible ancestor: `Share` terms, and active at the close.
//! 3. *Spread*: split what each earning asset took in, and add its pot's rate per weight unit to its ancestors.
//! 4. *Due*: write every asset's statement (shares, own call fees, what was carried) and sum the whole cents a payee.
//! 5. *Pay* every payee, once, straight to its account.
//! 6. *Report*: the rest of the pots goes to the pool, and the period's totals are written.
//!
//! What came in = paid + carried + held + pool, always, to the last micro-U. While it is disputed whether an asset is an
//! ancestor of another one, what depends on it is held from one payment ([`contests`]).
//!
//! ## Example
//!
//! ```text
//! March: CT-2025-0312 weighs 1.8 of the 13.5 of all ancestors of two models with 15,000.00 U revenue;
//!        its own calls brought 400.000007 U.
//! April: Statement { weight: 18,000, shared: 1,600 U, call_fees: 400.000007 U, paid: 2,000 U, carried_out: 7 µU }
//!        Paid { period: 2026-03, payee, amount: 2,000.00 U and what its other assets are due }
//! ```
//!
//! ## Low level
//!
//! Hot data is packed by 256 neighbouring assets, or payees; nothing is stored for a pair of derivative and ancestor. A
//! period's [`BookingPages`], [`PotPages`], [`WeightPages`] and [`ClosePages`] are kept for [`Config::DetailPeriods`],
//! so that every statement can be recomputed; then they are pruned. [`settlement`] describes the phases.
//!
//! ## Security considerations
//!
//! * Everything a settlement reads stands still from the close to the report: whoever is attested, delisted or changes
//!   terms in between counts as they did at the close. Only the payee is read late, when the statement is written.
//! * A payee that cannot receive costs the others nothing: its amount is held, retried with the next settlement, and
//!   can be claimed in between. While U itself is frozen, settlement waits where it is.
//! * Fees are moved before they are booked and all that is booked stays below
//!   [`heirloom_primitives::PERIOD_LIMIT`], so no sum in a settlement can overflow.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::PERIOD as BENCHMARKED_PERIOD;
pub use pages::SparsePage;
pub use pallet::*;
pub use settlement::StepWeights;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod booking;
mod closing;
pub mod contests;
mod errors;
mod estimate;
mod events;
mod pages;
pub mod settlement;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
pub mod units;
mod views;
pub mod weights;

#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
pub mod pallet {
	use crate::{
		settlement::Budget,
		types::*,
		units::{Directory, UnitsPage},
		weights::WeightInfo,
	};
	use alloc::boxed::Box;
	use frame_support::{
		pallet_prelude::*,
		traits::{Time, fungible},
	};
	use frame_system::pallet_prelude::*;
	use heirloom_primitives::{
		AssetId, FormulaVersion, Genealogy, MicroU, Moment, PageIndex, Period, PeriodReport, Schedule,
	};
	use sp_runtime::traits::StaticLookup;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Weights of the calls and of a settlement's steps.
		type WeightInfo: WeightInfo;

		/// The chain's clock, in milliseconds.
		type Time: Time<Moment = Moment>;

		/// Who decides which rule later periods are settled by.
		type FormulaOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// U, in micro-U.
		type U: fungible::Mutate<Self::AccountId, Balance = MicroU>;

		/// How many accounts have U: by how many it grows while a page of payees is paid, so many had none, and cost more.
		type UHolders: Get<u32>;

		/// Assets, their ancestors and payees.
		type Genealogy: Genealogy<Self::AccountId>;

		/// The account that holds what is booked. Endowed at genesis with U's minimum balance, which no total counts,
		/// so that it is never reaped.
		#[pallet::constant]
		type PotAccount: Get<Self::AccountId>;

		/// The ecosystem pool's account.
		#[pallet::constant]
		type PoolAccount: Get<Self::AccountId>;

		/// What a settlement may use of every block, however full it is; on top comes what a block has to spare.
		#[pallet::constant]
		type GuaranteedWeight: Get<Weight>;

		/// Whether other hooks take all of this block, as the end of a session does. A settlement does nothing in it.
		type BlockIsTaken: Get<bool>;

		/// The most ancestors of an asset, which bounds what settling it costs.
		#[pallet::constant]
		type MaxAncestors: Get<u32>;

		/// Periods whose bookings and weights are kept after their report, so that statements can be recomputed.
		#[pallet::constant]
		type DetailPeriods: Get<u32>;

		/// The most contests at a time: every settlement reads them in one value.
		#[pallet::constant]
		type MaxContests: Get<u32>;
	}

	/// When periods end. Fixed at genesis.
	#[pallet::storage]
	pub type PeriodSchedule<T> = StorageValue<_, Schedule, ValueQuery>;

	/// The rule that periods are settled by.
	#[pallet::storage]
	pub type CurrentRule<T> = StorageValue<_, Rule, ValueQuery>;

	/// Time of the first block: intervals of test chains are counted from it.
	#[pallet::storage]
	pub type Start<T> = StorageValue<_, Moment>;

	/// The period that is booked into.
	#[pallet::storage]
	pub type OpenPeriod<T> = StorageValue<_, Period, ValueQuery>;

	/// What came in, an asset and period, packed. The chain numbers both: `Twox64Concat`.
	#[pallet::storage]
	pub type BookingPages<T> =
		StorageDoubleMap<_, Twox64Concat, Period, Twox64Concat, PageIndex, BookingsPage, ValueQuery>;

	/// All that came in for a period that is not reported yet, in micro-U.
	#[pallet::storage]
	pub type Totals<T> = StorageMap<_, Twox64Concat, Period, MicroU, ValueQuery>;

	/// Closed periods whose detail is kept.
	#[pallet::storage]
	pub type Closings<T> = StorageMap<_, Twox64Concat, Period, Closing>;

	/// The last closed period.
	#[pallet::storage]
	pub type LastClosed<T> = StorageValue<_, Period>;

	/// The first closed period that is not reported yet. While there is one, what settlements read stands still.
	#[pallet::storage]
	pub type PendingPeriod<T> = StorageValue<_, Period>;

	/// The first period whose detail is kept.
	#[pallet::storage]
	pub type OldestDetail<T> = StorageValue<_, Period>;

	/// The most that a settlement uses in each of its two hooks, whatever they have; without it there is no such limit. The first
	/// step of a block is taken in any case. Root sets it (`System::set_storage`) where machines of validators cannot follow a
	/// settlement; a network that is to be watched in the middle of one has it from genesis.
	#[pallet::storage]
	pub type MostPerHook<T> = StorageValue<_, Weight>;

	/// The settlement under way.
	#[pallet::storage]
	pub type CurrentSettlement<T> = StorageValue<_, Settlement>;

	/// The pages of [`UnitPages`] in the order of what they hold, with the least number of units each may hold.
	#[pallet::storage]
	pub type UnitDirectory<T> = StorageValue<_, Directory, ValueQuery>;

	/// The distinct numbers of units of active assets, ascending: how many assets had so many, then their rank.
	#[pallet::storage]
	pub type UnitPages<T> = StorageMap<_, Twox64Concat, PageIndex, UnitsPage, ValueQuery>;

	/// What the eligible ancestors weighed in a period, packed.
	#[pallet::storage]
	pub type WeightPages<T> =
		StorageDoubleMap<_, Twox64Concat, Period, Twox64Concat, PageIndex, WeightsPage, ValueQuery>;

	/// Assets as they stood when a period was closed, packed.
	#[pallet::storage]
	pub type ClosePages<T> =
		StorageDoubleMap<_, Twox64Concat, Period, Twox64Concat, PageIndex, ClosePage, ValueQuery>;

	/// What earning assets shared in a period, packed.
	#[pallet::storage]
	pub type PotPages<T> =
		StorageDoubleMap<_, Twox64Concat, Period, Twox64Concat, PageIndex, PotsPage, ValueQuery>;

	/// What the pots of the settlement under way have brought each weight unit of an asset so far, packed.
	#[pallet::storage]
	pub type AccrualPages<T> = StorageMap<_, Twox64Concat, PageIndex, AccrualsPage, ValueQuery>;

	/// What assets carry to their next settlement, packed: less than a cent each.
	#[pallet::storage]
	pub type CarryPages<T> = StorageMap<_, Twox64Concat, PageIndex, CarryPage, ValueQuery>;

	/// What payees are owed, packed: what a settlement is about to pay, and what could not be delivered.
	#[pallet::storage]
	pub type DuePages<T> = StorageMap<_, Twox64Concat, PageIndex, DuesPage, ValueQuery>;

	/// Doubts whether an asset is an ancestor of another one, and what is held for them.
	#[pallet::storage]
	pub type OpenContests<T: Config> = StorageValue<_, BoundedVec<Contest, T::MaxContests>, ValueQuery>;

	/// The pool's parts that it could not receive, in micro-U. They are paid with the next report.
	#[pallet::storage]
	pub type PoolDue<T> = StorageValue<_, MicroU, ValueQuery>;

	/// What assets were due for a settled period, packed.
	#[pallet::storage]
	pub type StatementPages<T> =
		StorageDoubleMap<_, Twox64Concat, Period, Twox64Concat, PageIndex, StatementsPage, ValueQuery>;

	/// Settled periods.
	#[pallet::storage]
	pub type Reports<T> = StorageMap<_, Twox64Concat, Period, PeriodReport>;

	/// The last period that was reported.
	#[pallet::storage]
	pub type LastReported<T> = StorageValue<_, Period>;

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// When periods end.
		pub schedule: Schedule,
		/// The rule that periods are settled by.
		pub formula: FormulaVersion,
		/// The most that a settlement uses in a hook.
		pub most_per_hook: Option<Weight>,
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			PeriodSchedule::<T>::put(self.schedule);
			CurrentRule::<T>::put(Rule { current: self.formula, next: None });
			MostPerHook::<T>::set(self.most_per_hook);
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Reports and pays in revenue that a derived asset made outside the chain, in micro-U. Its eligible ancestors
		/// share it at the end of the period.
		///
		/// The first booking of an asset in a period is charged for settling it, by the number of its ancestors.
		#[pallet::call_index(0)]
		#[pallet::weight(Pallet::<T>::report_weight(T::Genealogy::ancestor_count(*asset), true))]
		pub fn report_revenue(
			origin: OriginFor<T>,
			asset: AssetId,
			#[pallet::compact] amount: MicroU,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::do_report_revenue(who, asset, amount)
		}

		/// Pays an account what could not be delivered to it earlier. Anybody may ask for it.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::claim())]
		pub fn claim(origin: OriginFor<T>, payee: AccountIdLookupOf<T>) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim(T::Lookup::lookup(payee)?)
		}

		/// Decides the rule that periods are settled by from a later one on. It takes the place of what was decided for later
		/// periods before; those that have begun, or are over, keep theirs.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::set_formula())]
		pub fn set_formula(origin: OriginFor<T>, formula: FormulaVersion, from: Period) -> DispatchResult {
			T::FormulaOrigin::ensure_origin(origin)?;
			Self::do_set_formula(formula, from)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			if T::BlockIsTaken::get() {
				return Weight::zero();
			}
			Self::settle(Budget::guaranteed(T::GuaranteedWeight::get()))
		}

		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			Self::settle(Budget::spare(remaining))
		}

		#[cfg(feature = "std")]
		fn integrity_test() {
			let step = Self::greatest_step();
			assert!(
				step.all_lte(T::GuaranteedWeight::get()),
				"the greatest step ({step}) must fit the guaranteed part of a block, or a full block would stop settlement"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
