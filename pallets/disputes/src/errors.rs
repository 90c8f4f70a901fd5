//! What the pallet refuses.

use frame_support::pallet_macros::pallet_section;

/// A part of [`crate::pallet`].
#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// No open dispute has this id.
		NotFound,
		/// No asset has this id.
		AssetNotFound,
		/// Too many disputes are open; claims may take three quarters of the places.
		TooManyOpen,
		/// All ids are given out.
		IdsExhausted,
		/// The account has too little of the native token for the bond.
		BondNotAffordable,
		/// Only the owner appeals.
		NotOwner,
		/// The asset is on the list, or an appeal was dismissed already.
		NotDelisted,
		/// The time for an appeal is over.
		TooLateToAppeal,
		/// An appeal for this asset is open.
		AlreadyAppealed,
		/// The account has nothing to do with the assets of the claim.
		NotConcerned,
		/// The account is not a curator.
		NotCurator,
		/// The curator raised the dispute, had an interest in an asset that it is about, or owns one by now.
		ConflictOfInterest,
		/// The curator has voted.
		AlreadyVoted,
		/// A vote says why.
		NoReason,
		/// It is decided already.
		AlreadyDecided,
		/// The time for a decision is over.
		TooLateToDecide,
		/// The curators can still decide.
		StillOpen,
		/// A settlement is under way; what is held is given away after it.
		SettlementUnderWay,
		/// The genealogy is not corrected yet; what is held is given away after it.
		CorrectionUnderWay,
	}
}
