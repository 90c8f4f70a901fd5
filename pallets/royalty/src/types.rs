//! What the pallet stores.

use crate::pages::SparsePage;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, traits::ConstU32};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, AssetId, Bps, FormulaVersion, MicroU, Moment, PAYEES_PER_PAGE, PageIndex,
	PayeeIndex, Period, PeriodReport, Phase, RatePerWeight, Units, whole_cents,
};
use scale_info::TypeInfo;
use sp_runtime::traits::StaticLookup;

pub(crate) type AccountIdOf<T> = <T as frame_system::Config>::AccountId;
pub(crate) type AccountIdLookupOf<T> = <<T as frame_system::Config>::Lookup as StaticLookup>::Source;

/// Bookings of neighbouring assets in one period; most assets of a platform earn nothing in a month.
pub type BookingsPage = SparsePage<Booking>;

/// What neighbouring assets carry to their next settlement, in micro-U.
pub type CarryPage = SparsePage<Carry>;

/// What neighbouring assets shared in one period.
pub type PotsPage = SparsePage<Pot>;

/// What neighbouring assets were due for one period.
pub type StatementsPage = SparsePage<PackedStatement>;

/// Neighbouring assets as they stood at one close.
pub type ClosePage = BoundedVec<AtClose, ConstU32<ASSETS_PER_PAGE>>;

/// What one weight unit of each of the neighbouring assets has earned so far.
pub type AccrualsPage = BoundedVec<RatePerWeight, ConstU32<ASSETS_PER_PAGE>>;

/// What neighbouring payees are owed, in micro-U.
pub type DuesPage = BoundedVec<MicroU, ConstU32<PAYEES_PER_PAGE>>;

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
}

/// Of what an asset took in, what it shares with its ancestors and the pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Pot {
	/// In micro-U.
	#[codec(compact)]
	pub amount: MicroU,
}

impl Booking {
	/// All that came in. The period's limit keeps it far from an overflow.
	pub fn total(&self) -> Option<MicroU> {
		self.gross.checked_add(self.reported)
	}
}

/// What spreading reads of neighbouring assets: two numbers each, so that the pages of many ancestors stay in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct WeightsPage {
	/// Their weights as ancestors; 0 of those that are not eligible.
	pub weights: BoundedVec<Bps, ConstU32<ASSETS_PER_PAGE>>,
	/// The rates at which derivatives share with them; 0 of those that are not eligible.
	pub rates: BoundedVec<Bps, ConstU32<ASSETS_PER_PAGE>>,
}

/// An asset as it stood at a close. Kept with the period's detail, so that every weight can be recomputed and
/// explained, whatever was changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct AtClose {
	/// Its usage rank; 0 if it was not active.
	pub rank: Bps,
	/// Its facts.
	pub facts: AssetFacts,
}

/// What an asset was due for a period. What of it was paid and carried follows: whole cents where there is a payee.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PackedStatement {
	/// Its weight, where it shared in a descendant's pot.
	pub weight: Option<Bps>,
	/// Its shares of its descendants' pots, in micro-U.
	#[codec(compact)]
	pub shared: MicroU,
	/// Its own part of what was booked for it, in micro-U.
	#[codec(compact)]
	pub call_fees: MicroU,
	/// Carried from earlier periods, in micro-U.
	#[codec(compact)]
	pub carried_in: MicroU,
	/// Who gets it.
	pub payee: Option<PayeeIndex>,
}

impl PackedStatement {
	/// All it was due. The limit of a period keeps it far from an overflow.
	pub fn due(&self) -> Option<MicroU> {
		self.shared.checked_add(self.call_fees)?.checked_add(self.carried_in)
	}

	/// What of it goes to the payee, and what is carried: `(paid, carried_out)`.
	pub fn divided(&self) -> Option<(MicroU, MicroU)> {
		let due = self.due()?;
		Some(if self.payee.is_some() { whole_cents(due) } else { (0, due) })
	}
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
	/// What the statements written so far give to payees, in micro-U.
	pub due: MicroU,
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
