//! # Lineage
//!
//! AI assets as genealogy NFTs: who made what from what, who used it, and a receipt for every use.
//!
//! ## Pallet API
//!
//! See [`Call`], [`Event`], [`Error`] and [`Config`]; nodes read through
//! [`heirloom_primitives::api::LineageApi`].
//!
//! ## Overview
//!
//! An asset is an item of one collection of an NFT pallet (ownership, transfer and approvals are that pallet's) plus
//! an [`AssetRecord`]. The item's owner has the income; transferring the item transfers it.
//!
//! * A *root* is minted as it is. A *derived* asset is minted from a derivation: its parents are the assets that were
//!   called under the derivation and those used under sandbox permits. They are added by the chain, not typed in, and
//!   exist before their child, so the graph has no cycle.
//! * A *call* pays `call fee × units` into the settlement and leaves a receipt. Receipts are events; state keeps a
//!   count and a running hash an asset, so a list of receipts served by anyone can be checked.
//! * With [`Terms::Share`](heirloom_primitives::Terms::Share) derivatives share their revenue; with
//!   [`Terms::Buyout`](heirloom_primitives::Terms::Buyout) a licence is bought once.
//!
//! ## Example
//!
//! ```text
//! open_derivation()                                → DerivationOpened { derivation: 7 }
//! call(CT, 37, Training, 400 U, (7, TrainedOn))    → Called { asset: CT, index: 0, fee: 400 U, derivation: 7 }
//! mint_derived(7, LUNG-DX, [])                     → Minted { asset: LUNG-DX, parents: [(CT, TrainedOn)] }
//! ```
//!
//! ## Low level
//!
//! What settlements scan ([`FactPages`], [`AncestorPages`], [`PayeePages`]) is packed, 256 assets a storage page. Facts
//! stand still from a period's close to its report: changes decided meanwhile wait in [`DeferredChanges`]. The set of
//! all ancestors is stored at minting, sorted and delta-coded; few are too long for a page. Direct children are
//! kept in ascending pages, so a walk through descendants needs no more than its last asset as a cursor. An edge that was
//! found to be wrong is corrected by a revision, in bounded steps (`revising.rs`).
//!
//! ## Security considerations
//!
//! * A fee may rise between a caller's look and its call: `max_fee` and `max_price` bound what is paid.
//! * An NFT transfer tells nobody afterwards. A bound payee is void as soon as its setter is not the owner; between a
//!   transfer and the next settlement the new owner may bind another, and whoever is payee when the settlement states
//!   what is due gets it. What is remembered of payees is forgotten before a transfer, which [`Pallet`] as the NFT
//!   pallet's locker is asked about.
//! * An owner could call its own asset to look popular: such units count no use. A second account of the same person
//!   cannot be told apart: for a derived asset it pays the pool's and the ancestors' part of every such call, for a
//!   root no more than the transaction fees. Attested quality and impact are what weighs against it.
//! * During a settlement owners may fill at most half of [`DeferredChanges`] and attestations three quarters, so
//!   curators can still delist.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use payees::UNKNOWN_PAYEE;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

mod ancestry;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod catalogue;
mod config;
mod curating;
mod deposits;
mod derivations;
mod descent;
mod errors;
mod events;
mod facts;
mod genesis;
mod minting;
mod owning;
mod payees;
mod revising;
mod storage;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
mod using;
mod views;
pub mod weights;

/// The collection of the NFT pallet that all assets are items of. It is the first, and nobody else can create one.
pub const COLLECTION: u32 = 0;

#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
pub mod pallet {
	use crate::{genesis, types::*, using::charged, weights::WeightInfo};
	use frame_support::{
		pallet_prelude::*,
		traits::{Time, fungible, nonfungibles_v2},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;
	use heirloom_primitives::{
		AssetId, Bookings, Bps, DepositRate, DerivationId, DomainId, EdgeChange, Impartial, MicroU, Moment,
		PAYEE_BUCKETS, PAYEES_PER_PAGE, PageIndex, PayeeIndex, PermitId, Purpose, ReceiptHead, Relation,
		SandboxGate, Terms, Units, Words, packed::PackedSets,
	};
	use sp_runtime::traits::StaticLookup;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Domains, in the order of their ids.
		pub domains: alloc::vec::Vec<GenesisDomain>,
		/// Assets, in the order of their ids, parents before children.
		pub assets: alloc::vec::Vec<GenesisAsset<T::AccountId>>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			genesis::build::<T>(self);
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Mints a root: an asset without parents. Holds `AssetDeposit`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::mint())]
		pub fn mint(origin: OriginFor<T>, draft: AssetDraft) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_mint(who, draft)
		}

		/// Opens a derivation: what is called under it becomes a parent of the asset minted from it.
		/// Holds `DerivationDeposit`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::open_derivation())]
		pub fn open_derivation(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_open_derivation(who)
		}

		/// Uses `units` of an asset and pays for them, at most `max_fee` micro-U in all. Under a derivation the
		/// asset becomes a parent with the relation given. Free under a licence.
		///
		/// The first paid use of an asset in a period is charged for settling it; the rest is refunded.
		#[pallet::call_index(2)]
		#[pallet::weight(Pallet::<T>::use_weight(T::WeightInfo::call(), *asset))]
		pub fn call(
			origin: OriginFor<T>,
			asset: AssetId,
			#[pallet::compact] units: Units,
			purpose: Purpose,
			#[pallet::compact] max_fee: MicroU,
			derivation: Option<(DerivationId, Relation)>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let used = Self::do_call(who, asset, units, purpose, max_fee, derivation);
			charged::<T>(T::WeightInfo::call(), used)
		}

		/// Mints an asset from a derivation and completed sandbox permits, and closes the derivation. Its parents
		/// are what was used under them. Holds `AssetDeposit`.
		#[pallet::call_index(3)]
		#[pallet::weight(Pallet::<T>::mint_weight(permits.len()))]
		pub fn mint_derived(
			origin: OriginFor<T>,
			derivation: DerivationId,
			draft: AssetDraft,
			permits: PermitsOf<T>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::do_mint_derived(who, derivation, draft, permits)
		}

		/// Buys a licence of an asset with `Buyout` terms, for at most `max_price` micro-U. The price is booked like
		/// a call fee without units.
		#[pallet::call_index(4)]
		#[pallet::weight(Pallet::<T>::use_weight(T::WeightInfo::buy(), *asset))]
		pub fn buy(
			origin: OriginFor<T>,
			asset: AssetId,
			#[pallet::compact] max_price: MicroU,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			charged::<T>(T::WeightInfo::buy(), Self::do_buy(who, asset, max_price))
		}

		/// Binds another wallet to be paid for an asset, or, with none, the owner again. The next settlement has to look
		/// that up, which is charged here.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set_payee().saturating_add(T::Bookings::look_up_weight()))]
		pub fn set_payee(
			origin: OriginFor<T>,
			asset: AssetId,
			payee: Option<AccountIdLookupOf<T>>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_payee(who, asset, payee.map(T::Lookup::lookup).transpose()?)
		}

		/// Sets the fee for one unit, in micro-U.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::set_call_fee())]
		pub fn set_call_fee(
			origin: OriginFor<T>,
			asset: AssetId,
			#[pallet::compact] call_fee: MicroU,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_call_fee(who, asset, call_fee)
		}

		/// Changes the terms, only ever in favour of derivatives that exist: a lower rate, a sale instead of a
		/// share, or another price.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::set_terms())]
		pub fn set_terms(origin: OriginFor<T>, asset: AssetId, terms: Terms) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_terms(who, asset, terms)
		}

		/// Curators attest a quality, the improvement of the derivatives, or both, in basis points, and say why. What is
		/// none stays as it is.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::attest().saturating_add(T::Impartial::weight()))]
		pub fn attest(
			origin: OriginFor<T>,
			asset: AssetId,
			quality: Option<Bps>,
			impact: Option<Bps>,
			reason: Words,
		) -> DispatchResult {
			T::CuratorOrigin::ensure_origin(origin)?;
			Self::do_attest(asset, quality, impact, reason)
		}

		/// Curators take an asset off the list: no calls from now on, no share of a month that is not closed yet.
		/// Its owner can appeal against the reason that they state.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::delist())]
		pub fn delist(origin: OriginFor<T>, asset: AssetId, reason: Words) -> DispatchResult {
			T::CuratorOrigin::ensure_origin(origin)?;
			Self::do_delist(asset, reason)
		}

		/// Closes a derivation without minting from it and returns its deposit. What was paid stays paid.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::close_derivation())]
		pub fn close_derivation(origin: OriginFor<T>, derivation: DerivationId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_close_derivation(who, derivation)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			if T::BlockIsTaken::get() {
				return Weight::zero();
			}
			Self::revise(WeightMeter::with_limit(T::RevisionWeight::get()))
		}

		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			Self::revise(WeightMeter::with_limit(remaining))
		}

		#[cfg(feature = "std")]
		fn integrity_test() {
			let step = Self::greatest_revision_step();
			assert!(
				step.all_lte(T::RevisionWeight::get()),
				"the greatest step of a revision ({step}) must fit its part of a block, or a full block would stop it"
			);
			let longest = heirloom_primitives::packed::greatest_length(T::MaxAncestors::get());
			assert!(
				T::MaxAncestorBytes::get() >= longest,
				"a packed set of MaxAncestors must fit MaxAncestorBytes"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
