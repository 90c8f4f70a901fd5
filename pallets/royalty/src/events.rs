//! What the pallet announces.

use frame_support::pallet_macros::pallet_section;

/// A part of [`crate::pallet`].
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Revenue of a derived asset was reported and paid in.
		RevenueReported {
			/// The period it counts for.
			period: Period,
			/// The derived asset.
			asset: AssetId,
			/// Who reported and paid it.
			who: T::AccountId,
			/// The amount, in micro-U.
			amount: MicroU,
		},
		/// A period was closed; its settlement begins.
		Closed {
			/// The period.
			period: Period,
			/// Assets that take part.
			assets: AssetId,
			/// Time of the closing block.
			at: Moment,
		},
		/// A payee was paid what all its assets were due, and what was held for it before.
		Paid {
			/// The settled period.
			period: Period,
			/// Who was paid.
			payee: T::AccountId,
			/// The amount, in micro-U; whole cents.
			amount: MicroU,
		},
		/// A payee could not receive, and can claim the amount.
		PaymentUndelivered {
			/// The settled period.
			period: Period,
			/// Who could not receive.
			payee: T::AccountId,
			/// The amount, in micro-U; whole cents.
			amount: MicroU,
		},
		/// A part of a payment is held while it is disputed who descends from whom.
		Withheld {
			/// The settled period.
			period: Period,
			/// Whose ancestors are disputed.
			derivative: AssetId,
			/// The disputed one.
			ancestor: AssetId,
			/// Who is paid so much less.
			payee: T::AccountId,
			/// The amount, in micro-U; whole cents.
			amount: MicroU,
		},
		/// What was held for a dispute is given away.
		Released {
			/// Whose ancestors were disputed.
			derivative: AssetId,
			/// The disputed one.
			ancestor: AssetId,
			/// Who can claim it, and is paid it with the next settlement; none where it is revenue of the derivative once more.
			to: Option<T::AccountId>,
			/// The amount, in micro-U; whole cents.
			amount: MicroU,
		},
		/// A period is settled: everybody is paid and the pool has its part.
		Reported {
			/// The period.
			period: Period,
			/// Its totals.
			report: Box<PeriodReport>,
		},
		/// What could not be delivered was claimed.
		Claimed {
			/// Who was paid.
			payee: T::AccountId,
			/// The amount, in micro-U; whole cents.
			amount: MicroU,
		},
		/// Another rule was decided on. What it replaces holds for all periods before.
		FormulaSet {
			/// The rule.
			formula: FormulaVersion,
			/// The first period that is settled by it.
			from: Period,
		},
	}
}
