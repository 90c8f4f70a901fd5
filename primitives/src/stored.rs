//! What settlements keep of single assets, page by page: written by royalty, and read from state by whoever recomputes a
//! month.

use crate::{AssetFacts, Bps, MicroU, PayeeIndex, Units, whole_cents};
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

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

impl Booking {
	/// All that came in. The period's limit keeps it far from an overflow.
	pub fn total(&self) -> Option<MicroU> {
		self.gross.checked_add(self.reported)
	}
}

/// Of what an asset took in, what it shares with its ancestors and the pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Pot {
	/// In micro-U.
	#[codec(compact)]
	pub amount: MicroU,
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
