//! What the pallet refuses.

use frame_support::pallet_macros::pallet_section;

/// A part of [`crate::pallet`].
#[pallet_section]
mod errors {
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
		/// A decision of curators says why.
		NoReason,
		/// A curator who may have voted for it is the asset's creator, owner or payee. The others can attest it by a motion
		/// of its own, for which that one does not vote.
		ConflictOfInterest,
		/// Too many changes wait for the settlement's report; try again after it.
		TooManyDeferred,
		/// The asset is on the list.
		NotDelisted,
		/// The asset is not a direct parent.
		NotAParent,
		/// It is an ancestor already, directly or through others.
		AlreadyAncestor,
		/// A parent must be older than its child.
		ParentNotOlder,
		/// Too many corrections wait; try again when some are worked off.
		TooManyRevisions,
		/// All ids are given out.
		IdsExhausted,
		/// Neither enough LOOM nor enough U for the deposit.
		DepositNotAffordable,
	}
}
