//! The money of a chain as its events tell it, added up independently of what the chain says of itself.

use crate::chain::AccountId;
use heirloom_primitives::{MicroU, Period, PeriodReport, format_u_exact};
use std::collections::{BTreeMap, BTreeSet};

/// What one event says of money or months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
	/// Somebody paid into the open month.
	Booked {
		/// Who.
		who: AccountId,
		/// How much.
		amount: MicroU,
	},
	/// A month was closed.
	Closed {
		/// Which.
		period: Period,
	},
	/// A payee was paid for a month.
	Paid {
		/// The month.
		period: Period,
		/// Who.
		payee: AccountId,
		/// How much.
		amount: MicroU,
	},
	/// A payee could not receive.
	Undelivered {
		/// The month.
		period: Period,
		/// Who.
		payee: AccountId,
		/// How much, what could not be delivered before included.
		amount: MicroU,
	},
	/// A payee fetched what could not be delivered.
	Claimed {
		/// Who.
		payee: AccountId,
		/// How much.
		amount: MicroU,
	},
	/// Somebody raised a dispute.
	Raised,
	/// A part of a payment is held for a dispute.
	Withheld {
		/// The month.
		period: Period,
		/// How much.
		amount: MicroU,
	},
	/// What was held for a dispute is given away.
	Released {
		/// How much.
		amount: MicroU,
		/// Whether it is revenue once more, and nobody's to claim.
		again: bool,
	},
	/// A month was settled.
	Reported {
		/// Which.
		period: Period,
	},
}

/// All months of a chain, from its first block on.
#[derive(Debug, Default)]
pub struct Ledger {
	/// Booked since the last close.
	pub open: MicroU,
	/// How many payments into months there were.
	pub bookings: u64,
	/// Closed months.
	months: BTreeMap<u32, Month>,
	/// Settled months in the order in which they were.
	settled: Vec<Period>,
	/// What each account gained and spent.
	accounts: BTreeMap<[u8; 32], (MicroU, MicroU)>,
	/// Claimed since the last report, or revenue once more: what has left what was held.
	released: MicroU,
	/// What must not be, as found on the way.
	wrong: Vec<String>,
}

#[derive(Debug, Default)]
struct Month {
	booked: MicroU,
	paid: MicroU,
	payees: BTreeSet<[u8; 32]>,
	/// What left what was held between the report before and this one.
	released: MicroU,
}

/// What a settled month's report has to agree with.
pub type Reports = BTreeMap<u32, PeriodReport>;

impl Ledger {
	/// Adds what the next event says.
	pub fn add(&mut self, entry: &Entry) {
		match entry {
			Entry::Booked { who, amount } => {
				self.open += amount;
				self.bookings += 1;
				self.accounts.entry(who.0).or_default().1 += amount;
			}
			Entry::Closed { period } => {
				let booked = std::mem::take(&mut self.open);
				if self.months.insert(period.0, Month { booked, ..Month::default() }).is_some() {
					self.wrong.push(format!("{period} was closed twice"));
				}
			}
			Entry::Paid { period, payee, amount } => {
				let month = self.months.entry(period.0).or_default();
				month.paid += amount;
				if !month.payees.insert(payee.0) {
					self.wrong.push(format!("{payee} was paid twice for {period}"));
				}
				self.accounts.entry(payee.0).or_default().0 += amount;
			}
			Entry::Claimed { payee, amount } => {
				self.released += amount;
				self.accounts.entry(payee.0).or_default().0 += amount;
			}
			Entry::Released { amount, again: true } => self.released += amount,
			Entry::Reported { period } => self.report(*period),
			Entry::Undelivered { .. } | Entry::Raised | Entry::Withheld { .. } | Entry::Released { .. } => {}
		}
	}

	fn report(&mut self, period: Period) {
		match self.months.get_mut(&period.0) {
			Some(month) => month.released = std::mem::take(&mut self.released),
			None => self.wrong.push(format!("{period} was settled without a close")),
		}
		match self.settled.last() {
			Some(last) if *last == period => self.wrong.push(format!("{period} was settled twice")),
			Some(last) if *last > period => self.wrong.push(format!("{period} was settled after {last}")),
			_ => {}
		}
		self.settled.push(period);
	}

	/// The settled months, in the order in which they were.
	pub fn settled(&self) -> &[Period] {
		&self.settled
	}

	/// What all months paid out.
	pub fn paid(&self) -> MicroU {
		self.months.values().map(|month| month.paid).sum()
	}

	/// What an account that had `before` must have now.
	pub fn expected(&self, account: &AccountId, before: MicroU) -> Option<MicroU> {
		let (gained, spent) = self.accounts.get(&account.0).copied().unwrap_or_default();
		(before + gained).checked_sub(spent)
	}

	/// What must be in the account that holds the money of months: what is booked and not settled, and what the last
	/// report carries and holds.
	pub fn expected_in_pot(&self, endowment: MicroU, reports: &Reports) -> MicroU {
		let settled: BTreeSet<u32> = self.settled.iter().map(|period| period.0).collect();
		let waiting: MicroU = self
			.months
			.iter()
			.filter(|(period, _)| !settled.contains(period))
			.map(|(_, month)| month.booked)
			.sum();
		let left = self.settled.last().and_then(|last| reports.get(&last.0));
		let left = left.map_or(0, |report| report.carried_out + report.held_out);
		(endowment + self.open + waiting + left).saturating_sub(self.released)
	}

	/// Why sums that agree would prove nothing: months without money have no differences. `accepted` is how many
	/// transactions of users nodes took.
	pub fn idleness(&self, accepted: u64) -> Vec<String> {
		let mut idle = Vec::new();
		if accepted == 0 {
			idle.push("no node took a transaction of a user".into());
		} else if self.bookings == 0 {
			idle.push(format!("of {accepted} transactions that nodes took none is in a final block"));
		}
		if self.paid() == 0 {
			idle.push("nobody was paid".into());
		}
		idle
	}

	/// Everything in which events and reports are not what they must be, in words; nothing where no money was lost.
	pub fn differences(&self, reports: &Reports) -> Vec<String> {
		let mut wrong = self.wrong.clone();
		let (mut carried, mut held) = (0, 0);
		for period in &self.settled {
			let (Some(month), Some(report)) = (self.months.get(&period.0), reports.get(&period.0)) else {
				wrong.push(format!("{period} was settled and has no report"));
				continue;
			};
			let mut same = |what: &str, is: MicroU, should: MicroU| {
				if is != should {
					let (is, should) = (format_u_exact(is), format_u_exact(should));
					wrong.push(format!("{period}: {what} is {is} U and should be {should} U"));
				}
			};
			same("what came in by its report", report.revenue + report.call_fees, month.booked);
			same("what was paid by its report", report.paid, month.paid);
			same("what was carried in", report.carried_in, carried);
			same("what was held before", report.held_in + month.released, held);
			let came = report.revenue + report.call_fees + report.carried_in + report.held_in;
			let went = report.paid + report.carried_out + report.held_out + report.pool;
			same("what went out", went, came);
			(carried, held) = (report.carried_out, report.held_out);
		}
		let never =
			self.months.keys().map(|number| Period(*number)).filter(|period| !self.settled.contains(period));
		wrong.extend(never.map(|period| format!("{period} was closed and never settled")));
		wrong
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_primitives::U;

	const MARCH: Period = Period(24_314);
	const APRIL: Period = Period(24_315);
	const CALLER: AccountId = AccountId([1; 32]);
	const PAYEE: AccountId = AccountId([2; 32]);

	fn month(period: Period, paid: MicroU) -> Vec<Entry> {
		vec![
			Entry::Booked { who: CALLER, amount: 10 * U },
			Entry::Closed { period },
			Entry::Paid { period, payee: PAYEE, amount: paid },
			Entry::Reported { period },
		]
	}

	fn report(carried_in: MicroU, paid: MicroU, carried_out: MicroU) -> PeriodReport {
		let pool = 10 * U + carried_in - paid - carried_out;
		PeriodReport { call_fees: 10 * U, carried_in, paid, carried_out, pool, ..PeriodReport::default() }
	}

	fn ledger(entries: &[Entry]) -> Ledger {
		let mut ledger = Ledger::default();
		entries.iter().for_each(|entry| ledger.add(entry));
		ledger
	}

	fn two_months() -> (Vec<Entry>, Reports) {
		let entries = [month(MARCH, 8 * U), month(APRIL, 9 * U)].concat();
		(entries, Reports::from([(MARCH.0, report(0, 8 * U, 7)), (APRIL.0, report(7, 9 * U, 3))]))
	}

	#[test]
	fn months_that_pass_on_all_that_came_in_have_no_difference() {
		let (entries, reports) = two_months();
		let ledger = ledger(&entries);
		assert_eq!(ledger.differences(&reports), [""; 0]);
		assert_eq!(ledger.settled(), [MARCH, APRIL]);
		assert_eq!((ledger.bookings, ledger.paid()), (2, 17 * U));
		assert_eq!(ledger.expected(&PAYEE, 0), Some(17 * U));
		assert_eq!(ledger.expected(&CALLER, 20 * U), Some(0));
		assert_eq!(ledger.expected(&CALLER, U), None);
	}

	#[test]
	fn second_payment_for_a_month_is_found() {
		let (mut entries, reports) = two_months();
		entries.insert(3, entries[2].clone());
		let wrong = ledger(&entries).differences(&reports);
		assert!(wrong[0].ends_with("was paid twice for 2026-03"), "{wrong:?}");
		assert_eq!(wrong[1], "2026-03: what was paid by its report is 8.00 U and should be 16.00 U");
	}

	#[test]
	fn lost_micro_u_is_found() {
		let (entries, mut reports) = two_months();
		reports.get_mut(&APRIL.0).unwrap().pool -= 1;
		let wrong = ledger(&entries).differences(&reports);
		assert_eq!(wrong, ["2026-04: what went out is 10.000006 U and should be 10.000007 U"]);
	}

	#[test]
	fn booking_that_its_month_forgot_is_found() {
		let (mut entries, reports) = two_months();
		entries.insert(0, Entry::Booked { who: CALLER, amount: U });
		let wrong = ledger(&entries).differences(&reports);
		assert_eq!(wrong, ["2026-03: what came in by its report is 10.00 U and should be 11.00 U"]);
	}

	#[test]
	fn carry_that_does_not_arrive_is_found() {
		let (entries, mut reports) = two_months();
		reports.insert(APRIL.0, report(0, 9 * U, 3));
		let wrong = ledger(&entries).differences(&reports);
		assert_eq!(wrong, ["2026-04: what was carried in is 0.00 U and should be 0.000007 U"]);
	}

	#[test]
	fn months_out_of_order_are_found() {
		let (entries, reports) = two_months();
		let swapped = [&entries[4..], &entries[..4]].concat();
		let wrong = ledger(&swapped).differences(&reports);
		assert!(wrong.contains(&"2026-03 was settled after 2026-04".into()), "{wrong:?}");
		let twice = [&entries[..], &entries[7..]].concat();
		assert!(ledger(&twice).differences(&reports).contains(&"2026-04 was settled twice".into()));
		let closed = [&entries[..], &entries[5..6]].concat();
		assert!(ledger(&closed).differences(&reports).contains(&"2026-04 was closed twice".into()));
	}

	#[test]
	fn month_that_is_closed_and_never_settled_is_found() {
		let (entries, reports) = two_months();
		let wrong = ledger(&entries[..6]).differences(&reports);
		assert_eq!(wrong, ["2026-04 was closed and never settled"]);
	}

	#[test]
	fn chain_on_which_no_money_moved_is_no_proof() {
		let (entries, _) = two_months();
		assert_eq!(ledger(&entries).idleness(2), [""; 0]);
		assert_eq!(ledger(&entries).idleness(0), ["no node took a transaction of a user"]);
		let idle = ledger(&[Entry::Closed { period: MARCH }, Entry::Reported { period: MARCH }]);
		assert_eq!(
			idle.idleness(9),
			["of 9 transactions that nodes took none is in a final block", "nobody was paid"]
		);
	}

	#[test]
	fn pot_holds_what_is_booked_and_carried() {
		let (mut entries, reports) = two_months();
		assert_eq!(ledger(&entries).expected_in_pot(10, &reports), 13);
		entries.push(Entry::Booked { who: CALLER, amount: 5 });
		assert_eq!(ledger(&entries).expected_in_pot(10, &reports), 18);
		entries.push(Entry::Closed { period: APRIL.plus(1) });
		assert_eq!(ledger(&entries).expected_in_pot(10, &reports), 18);
	}

	#[test]
	fn claim_is_taken_from_what_was_held() {
		let (mut entries, mut reports) = two_months();
		entries.insert(4, Entry::Claimed { payee: PAYEE, amount: U });
		let march = reports.get_mut(&MARCH.0).unwrap();
		(march.pool, march.held_out) = (march.pool - U, U);
		assert_eq!(ledger(&entries).differences(&reports), [""; 0]);
		assert_eq!(ledger(&entries).expected(&PAYEE, 0), Some(18 * U));
	}

	#[test]
	fn money_in_dispute_over_two_months_becomes_revenue_once() {
		let pot = AccountId([9; 32]);
		let mut entries = month(MARCH, 8 * U);
		entries.extend(month(APRIL, 9 * U));
		entries.push(Entry::Booked { who: pot, amount: U });
		entries.push(Entry::Released { amount: U, again: true });
		entries.extend(month(APRIL.plus(1), 10 * U));
		let held = |held_in, paid, held_out| {
			let call_fees = 10 * U;
			let pool = call_fees + held_in - paid - held_out;
			PeriodReport { call_fees, held_in, paid, held_out, pool, ..PeriodReport::default() }
		};
		let mut last = held(0, 10 * U, 0);
		(last.revenue, last.pool) = (U, last.pool + U);
		let mut reports = Reports::from([(MARCH.0, held(0, 8 * U, U)), (APRIL.0, held(U, 9 * U, U))]);
		reports.insert(APRIL.plus(1).0, last);
		assert_eq!(ledger(&entries).differences(&reports), [""; 0]);
		assert_eq!(ledger(&entries[..10]).expected_in_pot(0, &reports), U);
		reports.get_mut(&APRIL.0).unwrap().held_in = 0;
		let wrong = ledger(&entries).differences(&reports);
		assert_eq!(wrong[0], "2026-04: what was held before is 0.00 U and should be 1.00 U");
	}
}
