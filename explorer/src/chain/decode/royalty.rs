//! Events of royalty.

use super::Fields;
use crate::chain;
use heirloom_primitives::{self as primitives, PeriodReport};
use scale_decode::DecodeAsType;
use subxt::utils::AccountId32;

/// An event of royalty.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Event {
	RevenueReported(RevenueReported),
	Closed(Closed),
	Paid(Payment),
	PaymentUndelivered(Payment),
	Withheld(Withheld),
	Released(Released),
	Reported(Box<Reported>),
	Claimed(Claimed),
}

/// Revenue was reported and paid in.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct RevenueReported {
	pub period: u32,
	pub asset: u32,
	pub who: AccountId32,
	pub amount: u128,
}

/// A period was closed.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct Closed {
	pub period: u32,
	pub assets: u32,
	pub at: u64,
}

/// A payee was paid, or could not receive.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct Payment {
	pub period: u32,
	pub payee: AccountId32,
	pub amount: u128,
}

/// A part of a payment is held while it is disputed who descends from whom.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct Withheld {
	pub period: u32,
	pub derivative: u32,
	pub ancestor: u32,
	pub payee: AccountId32,
	pub amount: u128,
}

/// What was held for a dispute is given away: to an account, or as revenue of the derivative once more.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct Released {
	pub derivative: u32,
	pub ancestor: u32,
	pub to: Option<AccountId32>,
	pub amount: u128,
}

/// A period is settled.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct Reported {
	pub period: u32,
	pub report: Report,
}

/// What could not be delivered was claimed.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct Claimed {
	pub payee: AccountId32,
	pub amount: u128,
}

/// The rule a period was settled by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub enum FormulaVersion {
	V1,
	V2,
}

impl From<FormulaVersion> for primitives::FormulaVersion {
	fn from(version: FormulaVersion) -> Self {
		match version {
			FormulaVersion::V1 => Self::V1,
			FormulaVersion::V2 => Self::V2,
		}
	}
}

/// The rule that periods are settled by, and the one that was decided on and is not in force yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct Rule {
	pub current: FormulaVersion,
	pub next: Option<NextRule>,
}

/// A rule from a period on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct NextRule {
	pub from: u32,
	pub formula: FormulaVersion,
}

impl Rule {
	/// The rule of a period that is not closed yet.
	pub fn of(self, period: u32) -> FormulaVersion {
		self.next.filter(|next| next.from <= period).map_or(self.current, |next| next.formula)
	}
}

/// [`PeriodReport`], matched by names.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct Report {
	pub formula: FormulaVersion,
	pub assets: u32,
	pub active: u32,
	pub pairs: u64,
	pub pots: u32,
	pub earning: u32,
	pub payments: u32,
	pub undelivered: u32,
	pub revenue: u128,
	pub call_fees: u128,
	pub carried_in: u128,
	pub shared: u128,
	pub held_in: u128,
	pub paid: u128,
	pub carried_out: u128,
	pub held_out: u128,
	pub pool: u128,
	pub averages: [Option<u16>; 3],
	pub closed_at: u64,
	pub closed_in: u32,
	pub reported_at: u64,
	pub reported_in: u32,
}

impl From<Report> for PeriodReport {
	fn from(report: Report) -> Self {
		let Report { formula, assets, active, pairs, pots, earning, payments, undelivered, .. } = report;
		let Report { revenue, call_fees, carried_in, shared, held_in, paid, carried_out, held_out, .. } =
			report;
		let Report { pool, averages, closed_at, closed_in, reported_at, reported_in, .. } = report;
		Self {
			formula: formula.into(),
			assets,
			active,
			pairs,
			pots,
			earning,
			payments,
			undelivered,
			revenue,
			call_fees,
			carried_in,
			shared,
			held_in,
			paid,
			carried_out,
			held_out,
			pool,
			averages,
			closed_at,
			closed_in,
			reported_at,
			reported_in,
		}
	}
}

/// Reads an event of royalty; none of those that are not noted.
pub fn read(fields: &Fields<'_, '_>) -> chain::Result<Option<Event>> {
	Ok(Some(match fields.name() {
		"RevenueReported" => Event::RevenueReported(fields.read()?),
		"Closed" => Event::Closed(fields.read()?),
		"Paid" => Event::Paid(fields.read()?),
		"PaymentUndelivered" => Event::PaymentUndelivered(fields.read()?),
		"Withheld" => Event::Withheld(fields.read()?),
		"Released" => Event::Released(fields.read()?),
		"Reported" => Event::Reported(Box::new(fields.read()?)),
		"Claimed" => Event::Claimed(fields.read()?),
		_ => return Ok(None),
	}))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_rule_should_hold_from_its_period_on() {
		let next = NextRule { from: 24_315, formula: FormulaVersion::V2 };
		let rule = Rule { current: FormulaVersion::V1, next: Some(next) };
		assert_eq!([24_314, 24_315].map(|period| rule.of(period)), [FormulaVersion::V1, FormulaVersion::V2]);
		assert_eq!(Rule { next: None, ..rule }.of(24_315), FormulaVersion::V1);
	}
}
