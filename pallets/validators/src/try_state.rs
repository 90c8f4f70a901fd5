//! What must always be true of the pallet's state.

use crate::{Attendances, Config, Pallet, Unpaid};
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks the invariants:
	///
	/// - The number of unpaid validators is the number of their entries.
	/// - Nobody has missed as many sessions as have a validator removed.
	/// - No more validators are noted than two sets have.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		ensure!(
			Unpaid::<T>::iter_keys().count() == Unpaid::<T>::count() as usize,
			"The number of unpaid validators is the number of their entries."
		);
		ensure!(
			Attendances::<T>::iter_values().all(|attendance| attendance.missed < T::AbsenceLimit::get()),
			"Nobody has missed as many sessions as have a validator removed."
		);
		ensure!(
			Attendances::<T>::iter_keys().count() <= 2 * T::MaxValidators::get() as usize,
			"No more validators are noted than two sets have."
		);
		Ok(())
	}
}
