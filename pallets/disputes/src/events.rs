//! What the pallet announces.

use frame_support::pallet_macros::pallet_section;

/// A part of [`crate::pallet`].
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Somebody claims that an edge is missing or wrong, or appeals against a delisting.
		Raised {
			/// The dispute's id.
			dispute: DisputeId,
			/// What it is about.
			subject: Subject,
			/// Who raised it.
			by: T::AccountId,
			/// CID of the evidence.
			evidence: Evidence,
			/// What is held from them, in the native token.
			bond: u128,
			/// Until when the curators can decide, in milliseconds since the Unix epoch.
			decide_until: Moment,
		},
		/// Somebody who is concerned has answered.
		Answered {
			/// The dispute.
			dispute: DisputeId,
			/// Who.
			who: T::AccountId,
			/// What they say.
			statement: Words,
		},
		/// A curator voted.
		Voted {
			/// The dispute.
			dispute: DisputeId,
			/// Who.
			curator: T::AccountId,
			/// Whether for who raised it.
			uphold: bool,
			/// Why.
			reason: Words,
		},
		/// A dispute was decided, or lapsed.
		Decided {
			/// The dispute.
			dispute: DisputeId,
			/// What it was about.
			subject: Subject,
			/// How.
			outcome: Outcome,
			/// The reason of the vote that decided it; none where the votes before were a majority already, of those who were
			/// still curators, or where it lapsed.
			reason: Option<Words>,
		},
		/// An edge was found to be wrong, but cannot be corrected: another decision has changed the genealogy since.
		NotCorrected {
			/// The dispute.
			dispute: DisputeId,
			/// Why it cannot.
			error: DispatchError,
		},
		/// A dispute is over, and what was held for it is given away.
		Concluded {
			/// The dispute.
			dispute: DisputeId,
			/// What was held, in micro-U.
			held: MicroU,
		},
	}
}
