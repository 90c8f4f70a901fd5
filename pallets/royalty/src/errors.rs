//! What the pallet refuses.

use frame_support::pallet_macros::pallet_section;

/// A part of [`crate::pallet`].
#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// No asset has this id.
		NotFound,
		/// Only the creator, the owner and the payee report an asset's revenue.
		NotAuthorized,
		/// There is nothing to report.
		ZeroAmount,
		/// No ancestor would share in this revenue.
		NoEligibleAncestor,
		/// The payer has too little U. Its account must keep the minimum balance.
		NotEnoughU,
		/// The period cannot book so much.
		PeriodLimitReached,
		/// Nothing is held for this account.
		NothingToClaim,
		/// A settlement is under way, which will try to pay what is held itself.
		SettlementUnderWay,
		/// It is contested already whether one is an ancestor of the other.
		AlreadyContested,
		/// Too much is contested at the moment, of this derivative or altogether.
		TooManyContests,
		/// A rule holds for whole periods, from one that has not begun.
		NotAhead,
	}
}
