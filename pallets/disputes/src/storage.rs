//! What the pallet keeps, and why it holds money.

use frame_support::pallet_macros::pallet_section;

/// A part of [`crate::pallet`].
#[pallet_section]
mod storage {
	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For a dispute that the account has raised.
		Dispute,
	}

	/// The id that the next dispute gets.
	#[pallet::storage]
	pub type NextDisputeId<T> = StorageValue<_, DisputeId, ValueQuery>;

	/// Disputes that are not over. The chain numbers them: `Twox64Concat`.
	#[pallet::storage]
	pub type Disputes<T: Config> = CountedStorageMap<_, Twox64Concat, DisputeId, Dispute<T>>;

	/// The appeals among them, by asset.
	#[pallet::storage]
	pub type Appeals<T> = StorageMap<_, Twox64Concat, AssetId, DisputeId>;
}
