//! Invariants that hold after every block.

use crate::{
	AccrualPages, BookingPages, CarryPages, Closings, Config, CurrentSettlement, OpenPeriod, Pallet,
	PendingPeriod, PoolDue, Reports, Statements, Totals,
};
use alloc::collections::BTreeMap;
use frame_support::{
	ensure,
	traits::{Get, fungible::Inspect},
};
use heirloom_primitives::{MicroU, Period, Phase};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks all of this pallet's invariants.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_bookings()?;
		Self::check_money()?;
		Self::check_settlement()?;
		Self::check_statements()
	}

	/// * What is booked for a period that is not reported adds up to its total.
	/// * A pot is never more than what came in.
	fn check_bookings() -> Result<(), TryRuntimeError> {
		let mut booked = BTreeMap::<Period, MicroU>::new();
		for (period, page, bookings) in BookingPages::<T>::iter() {
			for (_, booking) in bookings.iter(page) {
				let total = booking.total().ok_or("A pot is never more than what came in.")?;
				ensure!(booking.pot <= total, "A pot is never more than what came in.");
				*booked.entry(period).or_default() += total;
			}
		}
		for (period, total) in Totals::<T>::iter() {
			let sum = booked.get(&period).copied().unwrap_or_default();
			ensure!(sum == total, "What is booked for a period that is not reported adds up to its total.");
		}
		Ok(())
	}

	/// * The pot's account holds its endowment and all that is booked or carried and not paid yet.
	fn check_money() -> Result<(), TryRuntimeError> {
		let booked: MicroU = Totals::<T>::iter_values().sum();
		let carried: MicroU = CarryPages::<T>::iter()
			.map(|(page, carries)| carries.iter(page).map(|(_, carry)| carry.amount).sum::<MicroU>())
			.sum();
		let (gone, came) = CurrentSettlement::<T>::get().map_or((0, 0), |settlement| {
			let report = settlement.report;
			(report.paid + report.carried_out, report.carried_in)
		});
		let owed = T::U::minimum_balance() + PoolDue::<T>::get() + booked + carried + came - gone;
		ensure!(
			T::U::balance(&T::PotAccount::get()) >= owed,
			"The pot's account holds its endowment and all that is booked or carried and not paid yet."
		);
		Ok(())
	}

	/// * A settlement is that of the first closed period that is not reported.
	/// * Periods are closed before they are settled, and the open one is after them.
	/// * Accruals exist only between weighing and paying.
	fn check_settlement() -> Result<(), TryRuntimeError> {
		let pending = PendingPeriod::<T>::get();
		let current = CurrentSettlement::<T>::get();
		ensure!(
			current.is_none() || current.as_ref().map(|current| current.period) == pending,
			"A settlement is that of the first closed period that is not reported."
		);
		let open = OpenPeriod::<T>::get();
		ensure!(
			pending.is_none_or(|pending| Closings::<T>::contains_key(pending) && pending < open),
			"Periods are closed before they are settled, and the open one is after them."
		);
		let phase = current.map(|current| current.phase);
		let accruing = matches!(phase, Some(Phase::Weigh | Phase::Spread | Phase::Pay));
		ensure!(
			accruing || AccrualPages::<T>::iter().next().is_none(),
			"Accruals exist only between weighing and paying."
		);
		Ok(())
	}

	/// * Of every statement and every report, what came in is what went out.
	fn check_statements() -> Result<(), TryRuntimeError> {
		for (_, _, statement) in Statements::<T>::iter() {
			let came = statement.shared + statement.call_fees + statement.carried_in;
			let went = statement.paid + statement.carried_out;
			ensure!(came == went, "Of every statement and every report, what came in is what went out.");
		}
		for report in Reports::<T>::iter_values() {
			let came = report.revenue + report.call_fees + report.carried_in;
			let went = report.paid + report.carried_out + report.pool;
			ensure!(came == went, "Of every statement and every report, what came in is what went out.");
		}
		Ok(())
	}
}
