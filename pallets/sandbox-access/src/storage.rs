//! What the pallet keeps, and why it holds money.

use frame_support::pallet_macros::pallet_section;

/// A part of [`crate::pallet`].
#[pallet_section]
mod storage {
	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// An operator's bond.
		Bond,
		/// Fees of open permits.
		Fees,
		/// For permits' space in state.
		Permit,
		/// A challenger's bond.
		Challenge,
	}

	/// Operators. Accounts are chosen by people: `Blake2_128Concat`.
	#[pallet::storage]
	pub type Operators<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, OperatorRecord<T::AccountId>>;

	/// Sandboxed assets, and why they are. The chain numbers assets and permits: `Twox64Concat`.
	#[pallet::storage]
	pub type SandboxedAssets<T> = StorageMap<_, Twox64Concat, AssetId, Mode>;

	/// What owners allow.
	#[pallet::storage]
	pub type Policies<T: Config> = StorageMap<_, Twox64Concat, AssetId, PolicyRecord<T>>;

	/// The id that the next permit gets.
	#[pallet::storage]
	pub type NextPermitId<T> = StorageValue<_, PermitId, ValueQuery>;

	/// Permits, until they are pruned.
	#[pallet::storage]
	pub type Permits<T: Config> = StorageMap<_, Twox64Concat, PermitId, PermitRecord<T>>;

	/// The permits of an operator that have not ended: a runner's work.
	#[pallet::storage]
	pub type OpenPermits<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, PermitId, ()>;

	/// Challenges of completed permits; one that was answered stays until its permit is pruned, so that it is not asked
	/// twice.
	#[pallet::storage]
	pub type Challenges<T: Config> = StorageMap<_, Twox64Concat, PermitId, Challenge<T::AccountId>>;

	/// The challenges that an operator is to answer: a runner's work, too.
	#[pallet::storage]
	pub type OpenChallenges<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, PermitId, ()>;

	/// What consumers have of each asset's budget, whoever runs their jobs. At most one small entry a consumer and asset
	/// that it paid for or asked for. What was released is never taken back: the owner's budget is for good.
	#[pallet::storage]
	pub type Budgets<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AssetId, Blake2_128Concat, T::AccountId, BudgetUse, ValueQuery>;

	/// What happened to an asset inside sandboxes, a period. At most one small entry an asset and period, like its
	/// statements.
	#[pallet::storage]
	pub type PrivacyLogs<T> =
		StorageDoubleMap<_, Twox64Concat, AssetId, Twox64Concat, Period, PrivacyLog, ValueQuery>;
}
