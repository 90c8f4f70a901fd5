//! How much of an asset a consumer is given over all jobs: reserved by open permits, spent by what the jobs of completed
//! and of refused ones released.

use crate::{BudgetUse, Budgets, Config, Error, Pallet, PermitRecord};
use frame_support::ensure;

impl<T: Config> Pallet<T> {
	/// Reserves the most that a job may release from the budget of each of its assets, so that permits that are open at
	/// the same time cannot exceed it together.
	pub(crate) fn reserve(record: &PermitRecord<T>) -> Result<(), Error<T>> {
		for used in &record.uses {
			Budgets::<T>::try_mutate_exists(
				used.asset,
				&record.consumer,
				|stored| -> Result<(), Error<T>> {
					let BudgetUse { released, reserved } = stored.unwrap_or_default();
					let left = record.limits.release_budget.checked_sub(released);
					let left = left.and_then(|left| left.checked_sub(reserved));
					ensure!(left.is_some_and(|left| record.output_cap <= left), Error::<T>::BudgetSpent);
					let reserved = reserved.saturating_add(record.output_cap);
					*stored = BudgetUse { released, reserved }.if_any();
					Ok(())
				},
			)?;
		}
		Ok(())
	}

	/// Gives back what an open permit reserved, but for what its job released.
	pub(crate) fn settle_budget(record: &PermitRecord<T>, released: u64) {
		for used in &record.uses {
			Budgets::<T>::mutate_exists(used.asset, &record.consumer, |stored| {
				let BudgetUse { released: before, reserved } = stored.unwrap_or_default();
				// Neither saturates: the sum of both was checked when it was reserved.
				let budget = BudgetUse {
					released: before.saturating_add(released),
					reserved: reserved.saturating_sub(record.output_cap),
				};
				*stored = budget.if_any();
			});
		}
	}
}
