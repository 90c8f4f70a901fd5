//! Money that is held: for a dispute that nobody decides, and for a payee that cannot receive. Whether each month holds what
//! its statements say, and whether what earlier ones held is still there.

use super::ledger::{Entry, Reports};
use crate::chain::AccountId;
use heirloom_primitives::{DisputeView, EdgeEdit, MicroU, Period, Subject, format_u_exact};
use std::collections::BTreeMap;

/// What the statements of a month say that is to be held of it, in micro-U.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stated {
	/// For a dispute: of the disputed parent's payment, its share of the pot of the model.
	pub contested: MicroU,
	/// The payment of who cannot receive.
	pub undeliverable: MicroU,
}

/// What settled months state.
pub type Statements = BTreeMap<u32, Stated>;

/// What is held for a dispute and for who cannot receive, in micro-U.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
	/// For disputes.
	pub contested: MicroU,
	/// For payees that could not receive.
	pub undelivered: MicroU,
}

/// What is held as events tell it, from the first block on.
#[derive(Debug, Default)]
pub struct Holds {
	/// Whether a dispute was raised.
	raised: bool,
	/// Held for disputes now.
	contested: MicroU,
	/// Held for payees as of the last report.
	undelivered: MicroU,
	/// Closed months.
	months: BTreeMap<u32, Month>,
}

#[derive(Debug, Default)]
struct Month {
	/// Whether a dispute was open as it closed.
	disputed: bool,
	/// Held of it for disputes.
	withheld: MicroU,
	/// Held for disputes by its report, what earlier months held included.
	contested: MicroU,
	/// What each payee could not receive, what earlier months held included.
	undelivered: BTreeMap<AccountId, MicroU>,
}

impl Month {
	fn undelivered(&self) -> MicroU {
		self.undelivered.values().sum()
	}
}

impl Holds {
	/// Adds what the next event says.
	pub fn add(&mut self, entry: &Entry) {
		match entry {
			Entry::Raised => self.raised = true,
			Entry::Closed { period } => {
				let disputed = self.raised;
				self.month(*period).disputed = disputed;
			}
			Entry::Withheld { period, amount } => {
				self.contested += amount;
				self.month(*period).withheld += amount;
			}
			Entry::Released { amount, .. } => self.contested = self.contested.saturating_sub(*amount),
			Entry::Undelivered { period, payee, amount } => {
				*self.month(*period).undelivered.entry(*payee).or_default() += amount;
			}
			Entry::Reported { period } => {
				let contested = self.contested;
				let month = self.month(*period);
				month.contested = contested;
				self.undelivered = month.undelivered();
			}
			Entry::Booked { .. } | Entry::Paid { .. } | Entry::Claimed { .. } => {}
		}
	}

	fn month(&mut self, period: Period) -> &mut Month {
		self.months.entry(period.0).or_default()
	}

	/// What is held now.
	pub fn held(&self) -> Held {
		Held { contested: self.contested, undelivered: self.undelivered }
	}

	/// Why sums that agree would prove nothing: what nobody holds cannot be lost.
	pub fn idleness(&self) -> Vec<String> {
		let mut idle = Vec::new();
		if self.months.values().all(|month| month.withheld == 0) {
			idle.push("nothing was held for a dispute".into());
		}
		if self.months.values().all(|month| month.undelivered() == 0) {
			idle.push("nothing was held for a payee that cannot receive".into());
		}
		idle
	}

	/// In what months do not hold what they must, in words; `blocked` alone cannot receive.
	pub fn differences(
		&self,
		reports: &Reports,
		statements: &Statements,
		blocked: &AccountId,
	) -> Vec<String> {
		let mut wrong = Vec::new();
		let nothing = Month::default();
		let mut undeliverable = 0;
		for (number, report) in reports {
			let month = self.months.get(number).unwrap_or(&nothing);
			let stated = statements.get(number).copied().unwrap_or_default();
			undeliverable += stated.undeliverable;
			let mut same = |what: String, is: MicroU, should: MicroU| {
				if is != should {
					let (is, should) = (format_u_exact(is), format_u_exact(should));
					wrong.push(format!("{}: {what} is {is} U and should be {should} U", Period(*number)));
				}
			};
			// Of a month that closed before, nothing is disputed.
			let contested = if month.disputed { stated.contested } else { 0 };
			same("what it holds for the dispute".into(), month.withheld, contested);
			let of_blocked = month.undelivered.get(blocked).copied().unwrap_or(0);
			same("what is held for who cannot receive".into(), of_blocked, undeliverable);
			for (payee, amount) in month.undelivered.iter().filter(|(payee, _)| *payee != blocked) {
				same(format!("what was not delivered to {payee}"), *amount, 0);
			}
			same("what is held by its report".into(), report.held_out, month.contested + month.undelivered());
		}
		wrong
	}

	/// In what the chain's state is something else than events add up to, in words: `open` are its disputes, of which one is that
	/// of `claimant` about an edge, and `due` is what it owes to payees.
	pub fn compare(
		&self,
		open: &[DisputeView<AccountId>],
		due: MicroU,
		disputed: EdgeEdit,
		claimant: &AccountId,
	) -> Vec<String> {
		let mut wrong = Vec::new();
		let mut same = |what: &str, is: MicroU, should: MicroU| {
			if is != should {
				let (is, should) = (format_u_exact(is), format_u_exact(should));
				wrong.push(format!("{is} U are held for {what} and {should} should be"));
			}
		};
		same("payees", due, self.undelivered);
		same("disputes", open.iter().map(|dispute| dispute.held).sum(), self.contested);
		let raised = |dispute: &&DisputeView<AccountId>| {
			dispute.subject == Subject::Edge(disputed) && dispute.by == *claimant
		};
		match open.iter().find(raised).map(|dispute| dispute.outcome) {
			Some(None) => {}
			Some(Some(outcome)) => wrong.push(format!("the dispute is {outcome:?}, and nobody decided it")),
			None => wrong.push(format!("of {} open disputes none is the one that was raised", open.len())),
		}
		wrong
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_primitives::{EdgeChange, Outcome, PeriodReport, U};
	use std::mem::discriminant;

	const MARCH: Period = Period(24_314);
	const APRIL: Period = Period(24_315);
	const BLOCKED: AccountId = AccountId([3; 32]);
	const OTHER: AccountId = AccountId([4; 32]);
	const CLAIMANT: AccountId = AccountId([5; 32]);
	const EDGE: EdgeEdit = EdgeEdit { child: 7, parent: 3, change: EdgeChange::Remove };

	/// Of each month 2 U are held for a dispute, and 3 U for who cannot receive.
	fn two_months() -> (Vec<Entry>, Reports, Statements) {
		let month = |period, undelivered| {
			vec![
				Entry::Closed { period },
				Entry::Withheld { period, amount: 2 * U },
				Entry::Undelivered { period, payee: BLOCKED, amount: undelivered },
				Entry::Reported { period },
			]
		};
		let entries = [vec![Entry::Raised], month(MARCH, 3 * U), month(APRIL, 6 * U)].concat();
		let report = |held_in, held_out| PeriodReport { held_in, held_out, ..PeriodReport::default() };
		let reports = [(MARCH.0, report(0, 5 * U)), (APRIL.0, report(5 * U, 10 * U))].into();
		let stated = Stated { contested: 2 * U, undeliverable: 3 * U };
		(entries, reports, [(MARCH.0, stated), (APRIL.0, stated)].into())
	}

	fn holds(entries: &[Entry]) -> Holds {
		let mut holds = Holds::default();
		entries.iter().for_each(|entry| holds.add(entry));
		holds
	}

	/// What is said of changed events.
	fn changed(change: impl FnOnce(&mut Vec<Entry>)) -> Vec<String> {
		let (mut entries, reports, statements) = two_months();
		change(&mut entries);
		holds(&entries).differences(&reports, &statements, &BLOCKED)
	}

	fn dispute() -> DisputeView<AccountId> {
		DisputeView {
			id: 0,
			subject: Subject::Edge(EDGE),
			by: CLAIMANT,
			evidence: String::new(),
			opened_at: 0,
			decide_until: 1,
			ayes: 0,
			nays: 0,
			held: 4 * U,
			outcome: None,
		}
	}

	fn compared(open: &[DisputeView<AccountId>], due: MicroU) -> Vec<String> {
		holds(&two_months().0).compare(open, due, EDGE, &CLAIMANT)
	}

	#[test]
	fn months_that_hold_what_they_state_have_no_difference() {
		assert_eq!(changed(|_| ()), [""; 0]);
		let holds = holds(&two_months().0);
		assert_eq!(holds.held(), Held { contested: 4 * U, undelivered: 6 * U });
		assert_eq!(holds.idleness(), [""; 0]);
	}

	#[test]
	fn hold_of_a_month_that_is_lost_is_found() {
		let wrong = changed(|entries| {
			entries.remove(2);
		});
		let expected = [
			"2026-03: what it holds for the dispute is 0.00 U and should be 2.00 U",
			"2026-03: what is held by its report is 5.00 U and should be 3.00 U",
			"2026-04: what is held by its report is 10.00 U and should be 8.00 U",
		];
		assert_eq!(wrong, expected);
	}

	#[test]
	fn hold_of_a_month_before_the_dispute_is_found() {
		let wrong = changed(|entries| entries.swap(0, 1));
		assert_eq!(wrong, ["2026-03: what it holds for the dispute is 2.00 U and should be 0.00 U"]);
	}

	#[test]
	fn payment_that_is_forgotten_is_found() {
		let (mut entries, mut reports, statements) = two_months();
		// April knows no more of what March owed, nor does its report.
		entries[7] = Entry::Undelivered { period: APRIL, payee: BLOCKED, amount: 3 * U };
		reports.insert(APRIL.0, PeriodReport { held_out: 7 * U, ..PeriodReport::default() });
		let wrong = holds(&entries).differences(&reports, &statements, &BLOCKED);
		assert_eq!(wrong, ["2026-04: what is held for who cannot receive is 3.00 U and should be 6.00 U"]);
	}

	#[test]
	fn payment_that_did_not_reach_who_can_receive_is_found() {
		let (mut entries, mut reports, statements) = two_months();
		entries.insert(3, Entry::Undelivered { period: MARCH, payee: OTHER, amount: U });
		reports.insert(MARCH.0, PeriodReport { held_out: 6 * U, ..PeriodReport::default() });
		let wrong = holds(&entries).differences(&reports, &statements, &BLOCKED);
		let expected = format!("2026-03: what was not delivered to {OTHER} is 1.00 U and should be 0.00 U");
		assert_eq!(wrong, [expected]);
	}

	#[test]
	fn what_a_dispute_released_is_held_no_more() {
		let (mut entries, mut reports, mut statements) = two_months();
		entries.insert(5, Entry::Released { amount: 2 * U, again: true });
		reports.insert(APRIL.0, PeriodReport { held_out: 8 * U, ..PeriodReport::default() });
		assert_eq!(holds(&entries).differences(&reports, &statements, &BLOCKED), [""; 0]);
		statements.insert(APRIL.0, Stated { contested: 2 * U + 10_000, undeliverable: 3 * U });
		let wrong = holds(&entries).differences(&reports, &statements, &BLOCKED);
		assert_eq!(wrong, ["2026-04: what it holds for the dispute is 2.00 U and should be 2.01 U"]);
	}

	#[test]
	fn chain_that_holds_nothing_is_no_proof() {
		let both = ["nothing was held for a dispute", "nothing was held for a payee that cannot receive"];
		assert_eq!(holds(&[]).idleness(), both);
		let without = |nothing: Entry| {
			let mut entries = two_months().0;
			entries.retain(|entry| discriminant(entry) != discriminant(&nothing));
			holds(&entries).idleness()
		};
		assert_eq!(without(Entry::Withheld { period: MARCH, amount: 0 }), both[..1]);
		assert_eq!(without(Entry::Undelivered { period: MARCH, payee: BLOCKED, amount: 0 }), both[1..]);
	}

	#[test]
	fn state_that_holds_what_events_say_has_no_difference() {
		assert_eq!(compared(&[dispute()], 6 * U), [""; 0]);
	}

	#[test]
	fn micro_u_that_the_state_does_not_hold_is_found() {
		let wrong = compared(&[DisputeView { held: 4 * U - 1, ..dispute() }], 6 * U + 1);
		let expected = [
			"6.000001 U are held for payees and 6.00 should be",
			"3.999999 U are held for disputes and 4.00 should be",
		];
		assert_eq!(wrong, expected);
	}

	#[test]
	fn dispute_that_is_over_is_found() {
		let expected = [
			"0.00 U are held for disputes and 4.00 should be",
			"of 0 open disputes none is the one that was raised",
		];
		assert_eq!(compared(&[], 6 * U), expected);
		let wrong = compared(&[DisputeView { by: OTHER, ..dispute() }], 6 * U);
		assert_eq!(wrong, ["of 1 open disputes none is the one that was raised"]);
		let lapsed = DisputeView { outcome: Some(Outcome::Lapsed), ..dispute() };
		assert_eq!(compared(&[lapsed], 6 * U), ["the dispute is Lapsed, and nobody decided it"]);
	}
}
