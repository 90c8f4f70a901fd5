//! What the pallet stores.

use crate::pages::SparsePage;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, traits::ConstU32};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetId, Bps, FormulaVersion, MicroU, Moment, PAYEES_PER_PAGE, PageIndex, Period,
	PeriodReport, Phase, RatePerWeight, Standing,
};
pub use heirloom_primitives::{AtClose, Booking, PackedStatement, Pot};
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

/// What spreading reads of neighbouring assets: two numbers each, so that the pages of many ancestors stay in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct WeightsPage {
	/// Their weights as ancestors; 0 of those that are not eligible.
	pub weights: BoundedVec<Bps, ConstU32<ASSETS_PER_PAGE>>,
	/// How they stand towards their derivatives; nothing of those that are not eligible.
	pub standings: BoundedVec<PackedStanding, ConstU32<ASSETS_PER_PAGE>>,
}

/// A [`Standing`] in two bytes: a rate is at most 10,000, so its highest bit is free to say who is proven.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PackedStanding(u16);

impl PackedStanding {
	const PROVEN: u16 = 1 << 15;
}

impl From<Standing> for PackedStanding {
	fn from(Standing { rate, proven }: Standing) -> Self {
		Self(if proven { rate | Self::PROVEN } else { rate })
	}
}

impl From<PackedStanding> for Standing {
	fn from(PackedStanding(packed): PackedStanding) -> Self {
		let proven = packed & PackedStanding::PROVEN != 0;
		Self { rate: packed & !PackedStanding::PROVEN, proven }
	}
}

/// The rule that periods are settled by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Rule {
	/// The rule as of the last close.
	pub current: FormulaVersion,
	/// The rule from a later period on.
	pub next: Option<NextRule>,
}

impl Rule {
	/// The rule as of a period, which is not before the last that was closed.
	pub fn as_of(self, period: Period) -> Self {
		match self.next {
			Some(NextRule { from, formula }) if from <= period => Self { current: formula, next: None },
			_ => self,
		}
	}
}

/// A rule that was decided and is not in force yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct NextRule {
	/// The first period that is settled by it.
	pub from: Period,
	/// The rule.
	pub formula: FormulaVersion,
}

/// A doubt whether an asset is an ancestor of another one.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Contest {
	/// The derived asset.
	pub derivative: AssetId,
	/// The asset that is its ancestor, or should be.
	pub ancestor: AssetId,
	/// Whether it is said to be missing; otherwise it is said to be inserted.
	pub missing: bool,
	/// The first period for which money is held.
	pub since: Period,
	/// Periods that close later hold nothing, in milliseconds.
	pub until: Moment,
	/// What the settlement under way is to hold of the payment for an asset, in micro-U.
	pub wanted: Option<(AssetId, MicroU)>,
	/// What is held, in micro-U; whole cents.
	pub held: MicroU,
}

impl Contest {
	/// What contests are ordered by: the derivative and the ancestor.
	pub fn pair(&self) -> (AssetId, AssetId) {
		(self.derivative, self.ancestor)
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
