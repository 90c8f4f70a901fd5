//! Paying: every payee once, whatever the number of its assets, straight to its account.
//!
//! One withdrawal from the pot a hook, one balance written and one event a payee. Payees come in the order in which the
//! ledger's trie keeps them, so that one hook's payments are neighbours in it.

use super::due::write_dues;
use super::{Budget, Outcome, StepWeights};
use crate::{Config, DuePages, DuesPage, Event, Pallet, Settlement};
use frame_support::{
	storage::with_storage_layer,
	traits::{
		Get,
		fungible::{Inspect, Unbalanced},
		tokens::{Fortitude, Precision, Preservation, WithdrawConsequence},
	},
};
use heirloom_primitives::{CENT, Genealogy, MicroU, PAYEES_PER_PAGE, PageIndex, Period, payee_page_from};
use sp_runtime::DispatchError;

/// What paying some pages came to.
#[derive(Default)]
struct Paid {
	payments: u32,
	undelivered: u32,
	amount: MicroU,
	held: MicroU,
}

impl<T: Config> Pallet<T> {
	/// Pays page by page, all pages of one hook from one withdrawal. While U cannot be moved at all, it waits.
	pub(crate) fn pay(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		if T::U::can_withdraw(&T::PotAccount::get(), CENT) == WithdrawConsequence::Frozen {
			log::warn!(target: "runtime::royalty", "U is frozen; the settlement waits");
			return Outcome::Paused;
		}
		let counts = T::Genealogy::payee_counts();
		let first = settlement.page;
		let paid = with_storage_layer(|| {
			let mut paid = Paid::default();
			while let Some(page) = payee_page_from(settlement.page, &counts) {
				if !budget.admits(T::WeightInfo::pay_page(0, PAYEES_PER_PAGE)) {
					break;
				}
				let (existing, opened) = Self::pay_page(settlement.period, page, &mut paid);
				budget.spend(T::WeightInfo::pay_page(existing, opened));
				settlement.page = page + 1;
			}
			Self::withdraw(paid.amount).map(|()| paid)
		});
		let paid = match paid {
			Ok(paid) => paid,
			Err(error) => {
				// All of it is undone.
				log::error!(target: "runtime::royalty", "what is due cannot be withdrawn ({error:?})");
				settlement.page = first;
				return Outcome::Paused;
			}
		};
		let report = &mut settlement.report;
		report.payments += paid.payments;
		report.undelivered += paid.undelivered;
		report.paid += paid.amount;
		report.held_out += paid.held;
		if payee_page_from(settlement.page, &counts).is_some() { Outcome::Paused } else { Outcome::Done }
	}

	/// Credits the payees of a page that are due something. Returns how many had U, and how many had none.
	fn pay_page(period: Period, page: PageIndex, paid: &mut Paid) -> (u32, u32) {
		let mut dues: DuesPage = DuePages::<T>::get(page);
		if dues.is_empty() {
			return (0, 0);
		}
		let (mut credited, holders, pot) = (0u32, T::UHolders::get(), T::PotAccount::get());
		let accounts = T::Genealogy::payee_accounts(page);
		for (due, payee) in dues.iter_mut().zip(accounts).filter(|(due, _)| **due > 0) {
			let amount = *due;
			credited += 1;
			// What an asset of the pot itself is due stays due: nobody could get it out of the pot again.
			if payee != pot && T::U::increase_balance(&payee, amount, Precision::Exact).is_ok() {
				*due = 0;
				paid.payments += 1;
				paid.amount += amount;
				Self::deposit_event(Event::Paid { period, payee, amount });
			} else {
				paid.undelivered += 1;
				paid.held += amount;
				Self::deposit_event(Event::PaymentUndelivered { period, payee, amount });
			}
		}
		write_dues::<T>(page, dues);
		let opened = T::UHolders::get().saturating_sub(holders).min(credited);
		(credited - opened, opened)
	}

	/// Takes out of the pot what was credited to payees, so that no U is made or lost.
	fn withdraw(amount: MicroU) -> Result<(), DispatchError> {
		if amount == 0 {
			return Ok(());
		}
		let (pot, keep) = (T::PotAccount::get(), Preservation::Preserve);
		T::U::decrease_balance(&pot, amount, Precision::Exact, keep, Fortitude::Polite)?;
		Ok(())
	}
}
