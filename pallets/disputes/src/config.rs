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

		/// The chain's clock, in milliseconds.
		type Time: Time<Moment = Moment>;

		/// The native token, for bonds.
		type Native: fungible::MutateHold<Self::AccountId, Balance = u128, Reason = Self::RuntimeHoldReason>;

		/// The curators, each of whom votes by itself. At most `MaxCurators`.
		type Curators: SortedMembers<Self::AccountId>;

		/// The assets and who descends from whom.
		type Ancestry: Ancestry<Self::AccountId>;

		/// Where money is held while an edge is disputed.
		type Contests: Contests;

		/// Who receives the bonds of those who were not right. Exists with at least the native token's minimum balance.
		#[pallet::constant]
		type BondDestination: Get<Self::AccountId>;

		/// What who raises a dispute leaves, in the native token: a price for the curators' time.
		#[pallet::constant]
		type Bond: Get<u128>;

		/// The bond of a claim is twice as high for each so many disputes that are open. 0 for never.
		#[pallet::constant]
		type BondDoubling: Get<u32>;

		/// Milliseconds in which the curators decide.
		#[pallet::constant]
		type DecisionMillis: Get<Moment>;

		/// Milliseconds after a delisting in which its owner can appeal.
		#[pallet::constant]
		type AppealMillis: Get<Moment>;

		/// The most disputes at a time.
		#[pallet::constant]
		type MaxOpen: Get<u32>;

		/// The most curators, and so the most votes.
		#[pallet::constant]
		type MaxCurators: Get<u32>;
	}
}
