//! What the pallet announces.

use frame_support::pallet_macros::pallet_section;

/// A part of [`crate::pallet`].
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An asset was minted.
		Minted {
			/// Its id.
			asset: AssetId,
			/// Its name.
			handle: Handle,
			/// Who minted it and owns it.
			creator: T::AccountId,
			/// Its direct parents; empty for a root.
			parents: ParentsOf<T>,
			/// Number of its transitive ancestors.
			ancestors: u32,
		},
		/// A derivation was opened.
		DerivationOpened {
			/// Its id.
			derivation: DerivationId,
			/// Who opened it.
			owner: T::AccountId,
		},
		/// A derivation was closed without minting from it.
		DerivationClosed {
			/// Its id.
			derivation: DerivationId,
		},
		/// An asset was used. This is the receipt.
		Called {
			/// What was used.
			asset: AssetId,
			/// The asset's how-manyth receipt, from 0.
			index: u64,
			/// Who used it.
			caller: T::AccountId,
			/// Metered units.
			units: Units,
			/// What for.
			purpose: Purpose,
			/// What was paid, in micro-U; 0 under a licence.
			fee: MicroU,
			/// The permit, for a use inside a sandbox.
			permit: Option<PermitId>,
			/// The derivation it was used towards.
			derivation: Option<DerivationId>,
			/// When, in milliseconds since the Unix epoch.
			at: Moment,
			/// The running hash over all receipts of the asset, this one included.
			hash: sp_core::H256,
		},
		/// A licence was bought.
		Bought {
			/// What was bought.
			asset: AssetId,
			/// Who holds the licence.
			buyer: T::AccountId,
			/// What it cost, in micro-U.
			price: MicroU,
		},
		/// An owner bound or unbound a payee.
		PayeeSet {
			/// The asset.
			asset: AssetId,
			/// Who is paid from now on; none for the owner.
			payee: Option<T::AccountId>,
		},
		/// An owner set the fee for a unit.
		CallFeeSet {
			/// The asset.
			asset: AssetId,
			/// The fee, in micro-U.
			call_fee: MicroU,
		},
		/// An owner changed the terms, in favour of existing derivatives.
		TermsSet {
			/// The asset.
			asset: AssetId,
			/// The terms.
			terms: Terms,
		},
		/// The curators attested a quality, an impact, or both.
		Attested {
			/// The asset.
			asset: AssetId,
			/// Its quality, where it was attested now.
			quality: Option<Bps>,
			/// The improvement of its derivatives, where it was attested now.
			impact: Option<Bps>,
			/// Why: what the curators looked at.
			reason: Words,
		},
		/// An edge was corrected, and with it the ancestors of all descendants.
		Revised {
			/// The derived asset.
			child: AssetId,
			/// The parent that was added or removed.
			parent: AssetId,
			/// Which of both.
			change: EdgeChange,
		},
		/// An asset has other ancestors than before, since an edge is being corrected.
		AncestorsRevised {
			/// The asset.
			asset: AssetId,
			/// Number of its transitive ancestors.
			ancestors: u32,
		},
		/// An asset was put back on the list, by a dispute whose decision says why.
		Relisted {
			/// The asset.
			asset: AssetId,
		},
		/// The curators took an asset off the list.
		Delisted {
			/// The asset.
			asset: AssetId,
			/// Why, for its owner and whoever used it.
			reason: Words,
		},
	}
}
