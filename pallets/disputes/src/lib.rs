//! # Disputes
//!
//! Whether an asset descends from another one, and whether it was rightly taken off the list: raised for a bond, decided
//! by single curators in a bounded time, every decision with its reason.
//!
//! ## Pallet API
//!
//! See [`Call`], [`Event`], [`Error`] and [`Config`]; nodes read through
//! [`heirloom_primitives::api::DisputesApi`].
//!
//! ## Overview
//!
//! * Anybody may *claim* that a derivative left a parent out, or that it names one that it never used, with evidence and
//!   a bond. Those who are concerned may *answer*.
//! * The owner of an asset that was taken off the list may *appeal* for the same bond, within a time.
//! * Curators *vote*, each by itself and with a reason. More than half of all curators without an interest of their own
//!   decide: for it, the dispute is upheld and the bond returned; against it, it is dismissed and the bond goes to the
//!   pool. Without a decision in time anybody may *close* it: it lapses, the bond is returned, and nothing changes.
//! * A curator is refused who raised the dispute, or was creator, owner or payee of an asset that it is about when it was
//!   raised, or owns one now. Votes of those who are no curators any more do not count. A council's motion that another one
//!   wraps would not show who voted for it; this is why votes are counted here.
//! * Upheld, an edge is added or removed, and the ancestors of all descendants with it, over as many blocks as that
//!   takes; months that close after that are split anew, the past stays. An asset is put back on the list.
//! * While an edge is disputed, what depends on it is held from payments
//!   ([`Contests`](heirloom_primitives::Contests)), everybody else is paid in full. In the end a wrongly claimed share is
//!   released, one of an asset that was never used becomes revenue of the derivative once more, and what a missing parent
//!   would have got is paid to it, or back.
//!
//! ## Example
//!
//! ```text
//! claim(LUNG-DX, CT, Add { TrainedOn }, "bafy..")   → Claimed { dispute: 3, bond: 100 LOOM, .. }
//! answer(3, "trained on our own scans")             → Answered
//! vote(3, true, "the weights hold CT's watermark")  → Voted, then Decided { dispute: 3, outcome: Upheld, reason }
//!                                                   → Concluded { dispute: 3, held: 240 U }
//! ```
//!
//! ## Low level
//!
//! A dispute is one entry until it is over; statements and reasons are events. What a settlement reads stands still from a
//! month's close to its report, so a decision made meanwhile is noted, and what is held is given away by `close`, which
//! anybody may call afterwards. The bond moves and the edge is queued with the decision in any case.
//!
//! ## Security considerations
//!
//! * A curator's second account, or its ownership of another ancestor, cannot be seen. Nor can the votes behind a council
//!   motion that delists: its origin shows how many voted, not who. An appeal is decided here.
//! * A claim costs its bond if it is dismissed, and nothing if the curators are silent. It holds up to one month's share of
//!   one pair of assets a month; the number of open disputes is bounded, for one derivative and altogether, so who fills
//!   all places keeps others out until the curators decide, for a bond each.
//! * Whoever is paid for an asset when money is released gets it, as in a settlement.
//! * Evidence is a content id: what it names is outside the chain, and curators look at it before they vote.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod config;
mod deciding;
mod errors;
mod events;
mod raising;
mod storage;
mod tally;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
mod views;
pub mod weights;

#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
pub mod pallet {
	use crate::{types::*, weights::WeightInfo};
	use frame_support::{
		dispatch::WithPostDispatchInfo,
		pallet_prelude::*,
		traits::{SortedMembers, Time, fungible},
	};
	use frame_system::pallet_prelude::*;
	use heirloom_primitives::{
		Ancestry, AssetId, Contests, DisputeId, EdgeChange, EdgeEdit, MicroU, Moment, Outcome, Subject, Words,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Claims that `derivative` left `parent` out, or never used it. Holds `Bond`, doubled for every
		/// `BondDoubling` disputes that are open.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::claim().saturating_add(T::Ancestry::check_weight()))]
		pub fn claim(
			origin: OriginFor<T>,
			derivative: AssetId,
			parent: AssetId,
			change: EdgeChange,
			evidence: Evidence,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_claim(who, EdgeEdit { child: derivative, parent, change }, evidence)
		}

		/// The owner of an asset asks for it to be put back on the list. Holds `Bond`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::appeal())]
		pub fn appeal(origin: OriginFor<T>, asset: AssetId, evidence: Evidence) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_appeal(who, asset, evidence)
		}

		/// Creator, owner or payee of an asset that a claim is about say something to it.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::answer())]
		pub fn answer(origin: OriginFor<T>, dispute: DisputeId, statement: Words) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_answer(who, dispute, statement)
		}

		/// A curator without an interest of its own votes for or against who raised the dispute.
		#[pallet::call_index(3)]
		#[pallet::weight(Pallet::<T>::vote_weight(*dispute))]
		pub fn vote(
			origin: OriginFor<T>,
			dispute: DisputeId,
			uphold: bool,
			reason: Words,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let failed = T::WeightInfo::vote(T::MaxCurators::get());
			Self::do_vote(who, dispute, uphold, reason).map_err(|error| error.error.with_weight(failed))
		}

		/// Ends a dispute whose time is over, or that the votes decide since others ceased to be curators; or gives away what
		/// is held for one that was decided before a settlement or a correction was over. Anybody may ask for it.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::close().saturating_add(Pallet::<T>::conclusion_weight(*dispute)))]
		pub fn close(origin: OriginFor<T>, dispute: DisputeId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_close(dispute).map_err(|error| error.with_weight(T::WeightInfo::close()))?;
			Ok(().into())
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
