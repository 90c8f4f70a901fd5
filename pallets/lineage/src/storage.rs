//! What the pallet keeps, and why it holds money.

use frame_support::pallet_macros::pallet_section;

/// A part of [`crate::pallet`].
#[pallet_section]
mod storage {
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

	/// Direct parents, in the order they were used in, then those that corrections have added.
	#[pallet::storage]
	pub type Parents<T: Config> = StorageMap<_, Twox64Concat, AssetId, AllParentsOf<T>, ValueQuery>;

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

	/// Edges that were found to be wrong, in the order in which they are corrected; the first with how far that is.
	#[pallet::storage]
	pub type Revisions<T: Config> = StorageValue<_, BoundedVec<Revision, T::MaxRevisions>, ValueQuery>;

	/// When an asset was taken off the list, in milliseconds; until its owner has appealed in vain.
	#[pallet::storage]
	pub type Delistings<T> = StorageMap<_, Twox64Concat, AssetId, Moment>;

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
}
