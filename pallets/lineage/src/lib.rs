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
//! all ancestors is stored once, at minting, sorted and delta-coded; few are too long for a page. Direct children are
//! kept in ascending pages, so a walk through descendants needs no more than its last asset as a cursor.
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

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod catalogue;
mod curating;
mod deposits;
mod derivations;
mod descent;
mod facts;
mod genesis;
mod minting;
mod owning;
mod payees;
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

#[frame_support::pallet]
pub mod pallet {
	use crate::{genesis, types::*, weights::WeightInfo};
	use frame_support::{
		pallet_prelude::*,
		traits::{Time, fungible, nonfungibles_v2},
	};
	use frame_system::pallet_prelude::*;
	use heirloom_primitives::{
		AssetId, Bookings, Bps, DepositRate, DerivationId, DomainId, MicroU, Moment, PAYEE_BUCKETS,
		PAYEES_PER_PAGE, PageIndex, PayeeIndex, PermitId, Purpose, ReceiptHead, Relation, SandboxGate, Terms,
		Units, packed::PackedSets,
	};
	use sp_runtime::traits::StaticLookup;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The runtime's reasons for holds.
		type RuntimeHoldReason: From<HoldReason>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Who attests and delists.
		type CuratorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The chain's clock, in milliseconds.
		type Time: Time<Moment = Moment>;

		/// Ownership of assets.
		type Nfts: nonfungibles_v2::Inspect<Self::AccountId, ItemId = AssetId, CollectionId = u32>
			+ nonfungibles_v2::Mutate<Self::AccountId, Self::ItemConfig>
			+ nonfungibles_v2::Create<Self::AccountId, Self::CollectionConfig>;

		/// Configuration of an item; its default is used.
		type ItemConfig: Default;

		/// Configuration of the collection; its default is used.
		type CollectionConfig: Default;

		/// The account that owns the collection. Nobody has its key, so items are minted by this pallet alone.
		#[pallet::constant]
		type CollectionOwner: Get<Self::AccountId>;

		/// The native token, for deposits.
		type Native: fungible::MutateHold<Self::AccountId, Balance = u128, Reason = Self::RuntimeHoldReason>;

		/// U, for deposits of those who have no native token.
		type U: fungible::MutateHold<Self::AccountId, Balance = MicroU, Reason = Self::RuntimeHoldReason>;

		/// What a deposit in the native token is in U.
		type DepositRate: DepositRate<u128>;

		/// Where fees are booked.
		type Bookings: Bookings<Self::AccountId>;

		/// What guards sensitive assets.
		type Gate: SandboxGate<Self::AccountId>;

		/// Deposit for an asset, in the native token: a record of up to 1 KiB and up to 20 KiB of ancestors stay in
		/// state for good.
		#[pallet::constant]
		type AssetDeposit: Get<u128>;

		/// Deposit for an open derivation, in the native token. Returned when it is minted from or closed.
		#[pallet::constant]
		type DerivationDeposit: Get<u128>;

		/// Deposit for a licence, in the native token: an entry of state that outlives its price, which may be 0.
		#[pallet::constant]
		type LicenceDeposit: Get<u128>;

		/// The most direct parents of an asset. 256 is fourteen times what the widest real model tree has (18) and
		/// keeps minting's reads within a block.
		#[pallet::constant]
		type MaxParents: Get<u32>;

		/// The most transitive ancestors of an asset: the work that each of its earning months causes. 4,096 fits
		/// 20 KiB packed and a hundredth of a block.
		#[pallet::constant]
		type MaxAncestors: Get<u32>;

		/// Bytes of a packed set of ancestors: `5 × MaxAncestors`.
		#[pallet::constant]
		type MaxAncestorBytes: Get<u32>;

		/// The most changes that wait for a settlement's report: they are applied in one step, within a hundredth of
		/// a block. Owners may fill half of it.
		#[pallet::constant]
		type MaxDeferred: Get<u32>;
	}

	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For an asset's space in state.
		Asset,
		/// For an open derivation.
		Derivation,
		/// For a licence.
		Licence,
	}

	/// The id that the next asset gets.
	#[pallet::storage]
	pub type NextAssetId<T> = StorageValue<_, AssetId, ValueQuery>;

	/// The id that the next derivation gets.
	#[pallet::storage]
	pub type NextDerivationId<T> = StorageValue<_, DerivationId, ValueQuery>;

	/// All assets. Ids are given out by the chain, so nobody can aim at a branch of the trie: `Twox64Concat`.
	#[pallet::storage]
	pub type Assets<T: Config> = StorageMap<_, Twox64Concat, AssetId, AssetRecord<T::AccountId>>;

	/// Ids by handle. People choose handles: `Blake2_128Concat`.
	#[pallet::storage]
	pub type Handles<T> = StorageMap<_, Blake2_128Concat, Handle, AssetId>;

	/// What settlements scan, packed; see [`heirloom_primitives::AssetFacts`].
	#[pallet::storage]
	pub type FactPages<T> = StorageMap<_, Twox64Concat, PageIndex, FactsPage, ValueQuery>;

	/// Changes of facts that wait for a settlement's report, in the order they were decided in.
	#[pallet::storage]
	pub type DeferredChanges<T: Config> =
		StorageValue<_, BoundedVec<DeferredFacts, T::MaxDeferred>, ValueQuery>;

	/// Direct parents, in the order they were used in.
	#[pallet::storage]
	pub type Parents<T: Config> = StorageMap<_, Twox64Concat, AssetId, ParentsOf<T>, ValueQuery>;

	/// All transitive ancestors, packed by [`heirloom_primitives::packed`], those of neighbouring assets together.
	#[pallet::storage]
	pub type AncestorPages<T> = StorageMap<_, Twox64Concat, PageIndex, PackedSets, ValueQuery>;

	/// The sets that are too long for a page.
	#[pallet::storage]
	pub type AncestorSets<T: Config> =
		StorageMap<_, Twox64Concat, AssetId, BoundedVec<u8, T::MaxAncestorBytes>, ValueQuery>;

	/// Direct children, ascending, in full pages.
	#[pallet::storage]
	pub type ChildPages<T> =
		StorageDoubleMap<_, Twox64Concat, AssetId, Twox64Concat, PageIndex, ChildPage, ValueQuery>;

	/// Number of direct children.
	#[pallet::storage]
	pub type ChildCounts<T> = StorageMap<_, Twox64Concat, AssetId, u32, ValueQuery>;

	/// Count and running hash of the receipts.
	#[pallet::storage]
	pub type ReceiptHeads<T> = StorageMap<_, Twox64Concat, AssetId, ReceiptHead, ValueQuery>;

	/// Payees that owners bound.
	#[pallet::storage]
	pub type Payees<T: Config> = StorageMap<_, Twox64Concat, AssetId, BoundPayee<T::AccountId>>;

	/// Who is paid for neighbouring assets, packed; [`UNKNOWN_PAYEE`] where it must be looked up.
	#[pallet::storage]
	pub type PayeePages<T> = StorageMap<_, Twox64Concat, PageIndex, PayeesPage, ValueQuery>;

	/// How many payees each bucket has.
	#[pallet::storage]
	pub type PayeeCounts<T> = StorageValue<_, BoundedVec<u32, ConstU32<PAYEE_BUCKETS>>, ValueQuery>;

	/// Accounts that assets pay, by index, packed.
	#[pallet::storage]
	pub type PayeeAccounts<T: Config> = StorageMap<
		_,
		Twox64Concat,
		PageIndex,
		BoundedVec<T::AccountId, ConstU32<PAYEES_PER_PAGE>>,
		ValueQuery,
	>;

	/// Their indices. Accounts are chosen by people: `Blake2_128Concat`.
	#[pallet::storage]
	pub type PayeeIndices<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, PayeeIndex>;

	/// Open derivations.
	#[pallet::storage]
	pub type Derivations<T: Config> = StorageMap<_, Twox64Concat, DerivationId, Derivation<T>>;

	/// Who holds a licence of what, with the deposit for it. Accounts are chosen by people: `Blake2_128Concat`.
	#[pallet::storage]
	pub type Licences<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AssetId, Blake2_128Concat, T::AccountId, Deposit>;

	/// The list of domains.
	#[pallet::storage]
	pub type Domains<T> = StorageMap<_, Twox64Concat, DomainId, Domain>;

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

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An asset was minted.
		Minted {
			/// Its id.
			asset: AssetId,
			/// Its name.
			handle: Handle,
			/// Who minted it and owns it.
			creator: T::AccountId,
			/// Its direct parents; empty for a root.
			parents: ParentsOf<T>,
			/// Number of its transitive ancestors.
			ancestors: u32,
		},
		/// A derivation was opened.
		DerivationOpened {
			/// Its id.
			derivation: DerivationId,
			/// Who opened it.
			owner: T::AccountId,
		},
		/// A derivation was closed without minting from it.
		DerivationClosed {
			/// Its id.
			derivation: DerivationId,
		},
		/// An asset was used. This is the receipt.
		Called {
			/// What was used.
			asset: AssetId,
			/// The asset's how-manyth receipt, from 0.
			index: u64,
			/// Who used it.
			caller: T::AccountId,
			/// Metered units.
			units: Units,
			/// What for.
			purpose: Purpose,
			/// What was paid, in micro-U; 0 under a licence.
			fee: MicroU,
			/// The permit, for a use inside a sandbox.
			permit: Option<PermitId>,
			/// The derivation it was used towards.
			derivation: Option<DerivationId>,
			/// When, in milliseconds since the Unix epoch.
			at: Moment,
			/// The running hash over all receipts of the asset, this one included.
			hash: sp_core::H256,
		},
		/// A licence was bought.
		Bought {
			/// What was bought.
			asset: AssetId,
			/// Who holds the licence.
			buyer: T::AccountId,
			/// What it cost, in micro-U.
			price: MicroU,
		},
		/// An owner bound or unbound a payee.
		PayeeSet {
			/// The asset.
			asset: AssetId,
			/// Who is paid from now on; none for the owner.
			payee: Option<T::AccountId>,
		},
		/// An owner set the fee for a unit.
		CallFeeSet {
			/// The asset.
			asset: AssetId,
			/// The fee, in micro-U.
			call_fee: MicroU,
		},
		/// An owner changed the terms, in favour of existing derivatives.
		TermsSet {
			/// The asset.
			asset: AssetId,
			/// The terms.
			terms: Terms,
		},
		/// The curators attested a quality, an impact, or both.
		Attested {
			/// The asset.
			asset: AssetId,
			/// Its quality, where it was attested now.
			quality: Option<Bps>,
			/// The improvement of its derivatives, where it was attested now.
			impact: Option<Bps>,
		},
		/// The curators took an asset off the list.
		Delisted {
			/// The asset.
			asset: AssetId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// No asset has this id.
		NotFound,
		/// The caller does not own the asset.
		NotOwner,
		/// The asset was taken off the list.
		NotActive,
		/// The asset can only be used inside a sandbox, with a permit.
		PermitRequired,
		/// Another asset has this handle.
		HandleTaken,
		/// The handle has more than 256 bytes.
		HandleTooLong,
		/// The handle has no characters.
		HandleEmpty,
		/// The handle has a character that is not printable ASCII, or a space.
		HandleNotPrintable,
		/// The list of domains has no such entry.
		DomainNotFound,
		/// A rate, quality, impact or accuracy is above 100 %.
		AboveOneHundredPercent,
		/// A use has no units.
		ZeroUnits,
		/// The fee or price is above what the caller allows.
		FeeAboveMaximum,
		/// Fee times units does not fit an amount.
		AmountTooLarge,
		/// No derivation has this id.
		DerivationNotFound,
		/// The derivation was opened by somebody else.
		NotDerivationOwner,
		/// Nothing was used under the derivation or the permits.
		NoParents,
		/// More direct parents than an asset can have.
		TooManyParents,
		/// More transitive ancestors than an asset can have.
		TooManyAncestors,
		/// The asset is already a parent with another relation.
		RelationConflict,
		/// Deriving from this asset needs a licence.
		LicenceRequired,
		/// The asset is not for one-time sale.
		NotForSale,
		/// The caller has a licence already.
		AlreadyLicensed,
		/// The new terms would take something from existing derivatives.
		TermsNotInFavour,
		/// Nothing is attested.
		NothingAttested,
		/// Too many changes wait for the settlement's report; try again after it.
		TooManyDeferred,
		/// All ids are given out.
		IdsExhausted,
		/// Neither enough LOOM nor enough U for the deposit.
		DepositNotAffordable,
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
			Self::do_call(who, asset, units, purpose, max_fee, derivation)
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
			Self::do_buy(who, asset, max_price)
		}

		/// Binds another wallet to be paid for an asset, or, with none, the owner again.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set_payee())]
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

		/// Curators attest a quality, the improvement of the derivatives, or both, in basis points. What is none
		/// stays as it is.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::attest())]
		pub fn attest(
			origin: OriginFor<T>,
			asset: AssetId,
			quality: Option<Bps>,
			impact: Option<Bps>,
		) -> DispatchResult {
			T::CuratorOrigin::ensure_origin(origin)?;
			Self::do_attest(asset, quality, impact)
		}

		/// Curators take an asset off the list: no calls from now on, no share of a month that is not closed yet.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::delist())]
		pub fn delist(origin: OriginFor<T>, asset: AssetId) -> DispatchResult {
			T::CuratorOrigin::ensure_origin(origin)?;
			Self::do_delist(asset)
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
		#[cfg(feature = "std")]
		fn integrity_test() {
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
