//! Paying: shares, own call fees and what was carried, in whole cents, straight to the payees.
//!
//! One withdrawal from the pot a hook, one deposit a payee, an event a payment.

use super::count::in_page;
use super::{Budget, Outcome};
use crate::{
	AccountIdOf, AccrualPages, BookingPages, Carry, CarryPage, CarryPages, Config, Event, Pallet, Settlement,
	Statements, WeightInfo, WeightPages,
};
use alloc::{collections::BTreeMap, collections::BTreeSet, vec::Vec};
use frame_support::traits::{
	Get, Imbalance,
	fungible::{Balanced, Inspect},
	tokens::{Fortitude, Precision, Preservation, WithdrawConsequence},
};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetId, CENT, Genealogy, MicroU, PageIndex, Statement, pages_below, share, whole_cents,
};

/// What one asset is due.
struct Due<AccountId> {
	asset: AssetId,
	statement: Statement<AccountId>,
}

impl<T: Config> Pallet<T> {
	/// Pays page by page, all pages of one hook from one withdrawal. While U cannot be moved at all, it waits.
	pub(crate) fn pay(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		// The pot holds more than a cent at any time. While it cannot give one, computing dues would be for nothing.
		if T::U::can_withdraw(&T::PotAccount::get(), CENT) == WithdrawConsequence::Frozen {
			log::warn!(target: "runtime::royalty", "U is frozen; the settlement waits");
			return Outcome::Paused;
		}
		let first = settlement.page;
		let mut dues = Vec::new();
		let mut page = first;
		while page < pages_below(settlement.report.assets)
			&& budget.admits(T::WeightInfo::pay(ASSETS_PER_PAGE))
		{
			let before = dues.len();
			dues.extend(Self::dues_of_page(settlement, page));
			budget.spend(T::WeightInfo::pay((dues.len() - before) as u32));
			page += 1;
		}
		if page > first && !Self::deliver(settlement, first, page, dues) {
			return Outcome::Paused;
		}
		settlement.page = page;
		if page < pages_below(settlement.report.assets) { Outcome::Paused } else { Outcome::Done }
	}

	/// What the assets of a page are due; those that are due nothing are left out.
	fn dues_of_page(settlement: &Settlement, page: PageIndex) -> Vec<Due<AccountIdOf<T>>> {
		let bookings = BookingPages::<T>::get(settlement.period, page);
		let carries = CarryPages::<T>::get(page);
		let weights = WeightPages::<T>::get(settlement.period, page);
		let accruals = AccrualPages::<T>::get(page);
		let first = page * ASSETS_PER_PAGE;
		let end = settlement.report.assets.min(first.saturating_add(ASSETS_PER_PAGE));
		(first..end)
			.filter_map(|asset| {
				let rate = in_page(&accruals, asset).unwrap_or_default();
				let weight = in_page(&weights, asset).map(|weighed| weighed.weight).filter(|_| rate > 0);
				let booking = bookings.get(asset);
				let carried_in = carries.get(asset).amount;
				let shared = share(weight.unwrap_or_default(), rate)?;
				let call_fees = booking.total()?.checked_sub(booking.pot)?;
				let due = shared.checked_add(call_fees)?.checked_add(carried_in)?;
				if due == 0 {
					return None;
				}
				let (paid, carried_out) = whole_cents(due);
				let payee = if paid > 0 { T::Genealogy::payee(asset) } else { None };
				let (paid, carried_out) = if payee.is_some() { (paid, carried_out) } else { (0, due) };
				let statement = Statement { weight, shared, call_fees, carried_in, paid, carried_out, payee };
				Some(Due { asset, statement })
			})
			.collect()
	}

	/// Moves the money and writes down what happened. False, with nothing changed, while U cannot be moved.
	fn deliver(
		settlement: &mut Settlement,
		first: PageIndex,
		end: PageIndex,
		mut dues: Vec<Due<AccountIdOf<T>>>,
	) -> bool {
		let mut by_payee = BTreeMap::<AccountIdOf<T>, MicroU>::new();
		let mut total: MicroU = 0;
		for Due { statement, .. } in &dues {
			if let Some(payee) = statement.payee.clone() {
				// Sums of what came in, which the period's limit keeps from overflowing.
				*by_payee.entry(payee).or_default() += statement.paid;
				total += statement.paid;
			}
		}
		let Some(blocked) = Self::transfer_all(by_payee, total) else { return false };
		for Due { asset, statement } in &mut dues {
			Self::write_down(settlement, *asset, statement, &blocked);
		}
		Self::write_carries(first, end, &dues);
		for page in first..end {
			AccrualPages::<T>::remove(page);
		}
		true
	}

	/// Pays every payee out of one withdrawal. Returns those who cannot receive, or none where U cannot be moved.
	fn transfer_all(
		by_payee: BTreeMap<AccountIdOf<T>, MicroU>,
		total: MicroU,
	) -> Option<BTreeSet<AccountIdOf<T>>> {
		let pot = T::PotAccount::get();
		let mut blocked = BTreeSet::new();
		if total == 0 {
			return Some(blocked);
		}
		if T::U::can_withdraw(&pot, total) != WithdrawConsequence::Success {
			log::warn!(target: "runtime::royalty", "U cannot be moved now; the settlement waits");
			return None;
		}
		let withdrawn =
			T::U::withdraw(&pot, total, Precision::Exact, Preservation::Preserve, Fortitude::Polite);
		let mut credit = withdrawn.ok()?;
		for (payee, amount) in by_payee {
			if let Err(returned) = T::U::resolve(&payee, credit.extract(amount)) {
				credit.subsume(returned);
				blocked.insert(payee);
			}
		}
		// The pot always can receive: it exists, and nobody but the council could block it.
		if let Err(lost) = T::U::resolve(&pot, credit) {
			log::error!(target: "runtime::royalty", "the pot cannot take back {:?} micro-U", lost.peek());
		}
		Some(blocked)
	}

	/// Keeps a statement, counts it into the report and announces the payment.
	fn write_down(
		settlement: &mut Settlement,
		asset: AssetId,
		statement: &mut Statement<AccountIdOf<T>>,
		blocked: &BTreeSet<AccountIdOf<T>>,
	) {
		let (period, report) = (settlement.period, &mut settlement.report);
		if let Some(payee) = statement.payee.clone() {
			let amount = statement.paid;
			if blocked.contains(&payee) {
				statement.paid = 0;
				statement.carried_out += amount;
				report.undelivered += 1;
				Self::deposit_event(Event::PaymentUndelivered { period, asset, payee, amount });
			} else {
				report.payments += 1;
				Self::deposit_event(Event::Paid { period, asset, payee, amount });
			}
		}
		// Sums of what came in, which the period's limit keeps from overflowing.
		report.shared += statement.shared;
		report.carried_in += statement.carried_in;
		report.paid += statement.paid;
		report.carried_out += statement.carried_out;
		Statements::<T>::insert(asset, period, &*statement);
	}

	/// Rewrites the pages of what is carried: everything in them was due now.
	fn write_carries(first: PageIndex, end: PageIndex, dues: &[Due<AccountIdOf<T>>]) {
		for page in first..end {
			let mut carries = CarryPage::default();
			for Due { asset, statement } in dues.iter().filter(|due| due.asset / ASSETS_PER_PAGE == page) {
				carries.set(*asset, Carry { amount: statement.carried_out });
			}
			if carries.is_empty() {
				CarryPages::<T>::remove(page);
			} else {
				CarryPages::<T>::insert(page, carries);
			}
		}
	}
}
