//! What the pallet stores.

use crate::pages::SparsePage;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, traits::ConstU32};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, AssetId, Bps, FormulaVersion, MicroU, Moment, PageIndex, Period,
	PeriodReport, Phase, RatePerWeight, Units,
};
use scale_info::TypeInfo;

pub(crate) type AccountIdOf<T> = <T as frame_system::Config>::AccountId;

/// Bookings of neighbouring assets in one period; most assets of a platform earn nothing in a month.
pub type BookingsPage = SparsePage<Booking>;

/// What neighbouring assets carry to their next settlement, in micro-U.
pub type CarryPage = SparsePage<Carry>;

/// Neighbouring assets as they stood at one close.
pub type WeightsPage = BoundedVec<Weighed, ConstU32<ASSETS_PER_PAGE>>;

/// What one weight unit of each of the neighbouring assets has earned so far.
pub type AccrualsPage = BoundedVec<RatePerWeight, ConstU32<ASSETS_PER_PAGE>>;

/// Units as a storage key whose order in the trie is that of the numbers.
pub type UnitsKey = [u8; 8];

/// What an asset carries to its next settlement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Carry {
	/// In micro-U.
	#[codec(compact)]
	pub amount: MicroU,
}

/// What an asset took in during one period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Booking {
	/// Units that count as use.
	#[codec(compact)]
	pub units: Units,
	/// Gross call fees, and prices of licences, in micro-U.
	#[codec(compact)]
	pub gross: MicroU,
	/// Reported revenue, in micro-U.
	#[codec(compact)]
	pub reported: MicroU,
	/// Of both, what it shares with its ancestors and the pool. Known once the settlement has split it.
	#[codec(compact)]
	pub pot: MicroU,
}

impl Booking {
	/// All that came in. The period's limit keeps it far from an overflow.
	pub fn total(&self) -> Option<MicroU> {
		self.gross.checked_add(self.reported)
	}
}

/// An asset as it stood at a close. Kept with the period's detail, so that every weight can be recomputed and
/// explained, whatever was changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Weighed {
	/// Its weight as an ancestor; 0 if it was not eligible.
	pub weight: Bps,
	/// Its usage rank; 0 if it was not active.
	pub rank: Bps,
	/// Its facts.
	pub facts: AssetFacts,
}

/// A closed period. Closings are linked in order, so that none is looked for in the gaps that downtime leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Closing {
	/// Assets that existed: ids below this take part.
	pub assets: AssetId,
	/// Time of the first block that was not in the period any more.
	pub at: Moment,
	/// Its number.
	pub block: u32,
	/// The rule it is settled by.
	pub formula: FormulaVersion,
	/// The period that was closed next.
	pub next: Option<Period>,
}

/// A settlement under way.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Settlement {
	/// The period.
	pub period: Period,
	/// What is being done.
	pub phase: Phase,
	/// The page that this phase does next.
	pub page: PageIndex,
	/// The position in that page, where a page takes several steps.
	pub position: u32,
	/// By kind: sum and number of the attested qualities of active assets.
	pub qualities: [(u64, u32); 3],
	/// Active assets whose units have been ranked, those with the fewest first.
	pub ranked: u32,
	/// The report as far as it is known.
	pub report: PeriodReport,
}

impl Settlement {
	/// Moves on to a phase, at its first page.
	pub fn enter(&mut self, phase: Phase) {
		self.phase = phase;
		self.page = 0;
		self.position = 0;
	}
}
