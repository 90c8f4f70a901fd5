//! What the pallet needs of a runtime.

use frame_support::pallet_macros::pallet_section;

/// A part of [`crate::pallet`].
#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The runtime's reasons for holds.
		type RuntimeHoldReason: From<HoldReason>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Who attests and delists.
		type CuratorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who among them has decided an attestation.
		type Impartial: Impartial<Self::AccountId>;

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

		/// Deposit for an asset, in the native token: a record of up to 1 KiB, and what its owner can add to it, stay in state
		/// for good.
		#[pallet::constant]
		type AssetDeposit: Get<u128>;

		/// What is held besides for each direct parent of an asset, in the native token: it is kept as the asset's parent, and
		/// the asset as its child.
		#[pallet::constant]
		type ParentDeposit: Get<u128>;

		/// What is held besides for each of all its ancestors, in the native token.
		#[pallet::constant]
		type AncestorDeposit: Get<u128>;

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

		/// How many parents corrections may add to those: otherwise an asset that is minted with as many as it can would be
		/// safe from claims.
		#[pallet::constant]
		type MaxAddedParents: Get<u32>;

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

		/// The most corrected edges that wait to be worked off.
		#[pallet::constant]
		type MaxRevisions: Get<u32>;

		/// What correcting edges may use of every block, however full it is, while no settlement is under way; on top comes
		/// what a block has to spare.
		#[pallet::constant]
		type RevisionWeight: Get<Weight>;

		/// Whether other hooks take all of this block, as the end of a session does. No edge is corrected in it.
		type BlockIsTaken: Get<bool>;
	}
}
