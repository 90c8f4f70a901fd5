//! Who made blocks, and what becomes of who made none.

use crate::{AccountIdOf, Attendances, Config, Elections, Event, Pallet, WeightInfo};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{dispatch::DispatchClass, traits::Get};
use scale_info::TypeInfo;

/// What is known of a validator's presence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Attendance {
	/// Whether it made a block in this session.
	pub authored: bool,
	/// Sessions before this one in a row in which it made none.
	pub missed: u32,
}

/// The validators' attendances at the end of a session, in their order, become those of the next one.
///
/// Whoever made a block has missed nothing. An absence counts only where fewer than a third of all were absent.
pub fn after_session(attendances: &[Attendance]) -> Vec<Attendance> {
	let absent = attendances.iter().filter(|attendance| !attendance.authored).count();
	let counts = absent.saturating_mul(3) < attendances.len();
	let next = |attendance: &Attendance| Attendance {
		authored: false,
		missed: match (attendance.authored, counts) {
			(true, _) => 0,
			(false, true) => attendance.missed.saturating_add(1),
			(false, false) => attendance.missed,
		},
	};
	attendances.iter().map(next).collect()
}

impl<T: Config> Pallet<T> {
	/// A validator made this block.
	pub fn note_author(validator: &AccountIdOf<T>) {
		Attendances::<T>::mutate(validator, |attendance| attendance.authored = true);
		frame_system::Pallet::<T>::register_extra_weight_unchecked(
			T::WeightInfo::note_author(),
			DispatchClass::Mandatory,
		);
	}

	/// A session of these validators ends, at most [`Config::MaxValidators`]. The block in which it does holds nothing
	/// else.
	pub fn end_session(validators: &[AccountIdOf<T>]) {
		let mut known: BTreeMap<_, _> = Attendances::<T>::drain().collect();
		let before: Vec<_> =
			validators.iter().map(|validator| known.remove(validator).unwrap_or_default()).collect();
		for ((validator, before), after) in validators.iter().zip(&before).zip(after_session(&before)) {
			if after.missed > before.missed {
				Self::deposit_event(Event::Absent { validator: validator.clone(), sessions: after.missed });
			}
			if after.missed >= T::AbsenceLimit::get() {
				Self::remove(validator);
			} else if after.missed > 0 {
				Attendances::<T>::insert(validator, after);
			}
		}
	}

	/// Counts its absence from nothing on again, since it validates until the next set does.
	fn remove(validator: &AccountIdOf<T>) {
		match T::Elections::remove(validator) {
			Ok(()) => Self::deposit_event(Event::Removed { validator: validator.clone() }),
			// It stood in no election any more: it left, or was removed before.
			Err(error) => log::debug!(target: "runtime::validators", "not removed: {error:?}"),
		}
	}
}
