//! Invariants that hold after every block.

use crate::{
	AccrualPages, BookingPages, CarryPages, Closings, Config, Contest, CurrentSettlement, DuePages,
	OpenContests, OpenPeriod, Pallet, PendingPeriod, PoolDue, PotPages, Reports, StatementPages, Totals,
	UnitDirectory, UnitPages,
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
			let pots = PotPages::<T>::get(period, page);
			for (asset, booking) in bookings.iter(page) {
				let total = booking.total().ok_or("A pot is never more than what came in.")?;
				ensure!(pots.get(asset).amount <= total, "A pot is never more than what came in.");
				*booked.entry(period).or_default() += total;
			}
		}
		for (period, total) in Totals::<T>::iter() {
			let sum = booked.get(&period).copied().unwrap_or_default();
			ensure!(sum == total, "What is booked for a period that is not reported adds up to its total.");
		}
		Ok(())
	}

	/// * The pot's account holds its endowment and all that is booked, carried, contested or due and not paid yet.
	fn check_money() -> Result<(), TryRuntimeError> {
		let booked: MicroU = Totals::<T>::iter_values().sum();
		let carried: MicroU = CarryPages::<T>::iter()
			.map(|(page, carries)| carries.iter(page).map(|(_, carry)| carry.amount).sum::<MicroU>())
			.sum();
		let due: MicroU = DuePages::<T>::iter_values().flatten().sum();
		let contested: MicroU = OpenContests::<T>::get().iter().map(|contest| contest.held).sum();
		// What statements have moved on is still in the period's total.
		let (moved, came) = CurrentSettlement::<T>::get().map_or((0, 0), |settlement| {
			(settlement.due + settlement.report.carried_out, settlement.report.carried_in)
		});
		let owed =
			T::U::minimum_balance() + PoolDue::<T>::get() + booked + carried + due + contested + came - moved;
		ensure!(
			T::U::balance(&T::PotAccount::get()) >= owed,
			"The pot's account holds its endowment and all that is booked, carried, contested or due and not paid yet."
		);
		Ok(())
	}

	/// * A settlement is that of the first closed period that is not reported.
	/// * Periods are closed before they are settled, and the open one is after them.
	/// * Accruals exist only from spreading until they are due.
	/// * Contests are in the order of derivatives and ancestors, each of which is there once.
	/// * Contests want something only from spreading until it is due.
	/// * Numbers of units are kept only while a settlement is under way.
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
		let accruing = matches!(phase, Some(Phase::Spread | Phase::Due));
		ensure!(
			accruing || AccrualPages::<T>::iter().next().is_none(),
			"Accruals exist only from spreading until they are due."
		);
		ensure!(
			OpenContests::<T>::get().iter().map(Contest::pair).is_sorted_by(|one, next| one < next),
			"Contests are in the order of derivatives and ancestors, each of which is there once."
		);
		ensure!(
			accruing || OpenContests::<T>::get().iter().all(|contest| contest.wanted.is_none()),
			"Contests want something only from spreading until it is due."
		);
		ensure!(
			phase.is_some() || !UnitDirectory::<T>::exists() && UnitPages::<T>::iter().next().is_none(),
			"Numbers of units are kept only while a settlement is under way."
		);
		Ok(())
	}

	/// * Of every statement and every report, what came in is what went out.
	/// * What statements give to payees is paid or held.
	fn check_statements() -> Result<(), TryRuntimeError> {
		let mut stated = BTreeMap::<Period, MicroU>::new();
		for (period, page, statements) in StatementPages::<T>::iter() {
			let mut given: MicroU = 0;
			for (_, statement) in statements.iter(page) {
				let (paid, carried_out) = statement.divided().ok_or("A statement adds up.")?;
				ensure!(
					statement.due() == Some(paid + carried_out) && (paid == 0 || statement.payee.is_some()),
					"Of every statement and every report, what came in is what went out."
				);
				given += paid;
			}
			*stated.entry(period).or_default() += given;
		}
		for (period, report) in Reports::<T>::iter() {
			let came = report.revenue + report.call_fees + report.carried_in + report.held_in;
			let went = report.paid + report.carried_out + report.held_out + report.pool;
			ensure!(came == went, "Of every statement and every report, what came in is what went out.");
			let given = stated.get(&period).copied().unwrap_or_default();
			ensure!(
				given + report.held_in == report.paid + report.held_out,
				"What statements give to payees is paid or held."
			);
		}
		Ok(())
	}
}
