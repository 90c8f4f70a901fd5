//! The validators of a chain that nobody joins yet: those of its genesis.

use super::ReportableSessions;
use crate::{AccountId, Historical, Runtime, Session};
use alloc::vec::Vec;
use frame_support::weights::Weight;
use pallet_session::historical;
use sp_runtime::{Perbill, traits::Convert};
use sp_staking::{
	SessionIndex,
	offence::{OffenceDetails, OffenceSeverity, OnOffenceHandler},
};

/// Keeps the validators of genesis, notes their keys session by session, and disables who equivocates.
pub struct FixedValidators;

impl FixedValidators {
	/// The validators with what a proof of their session says of them.
	fn identified(validators: impl IntoIterator<Item = AccountId>) -> Vec<(AccountId, ())> {
		validators.into_iter().map(|validator| (validator, ())).collect()
	}

	/// Whether a validator has set keys that are not queued yet.
	fn keys_changed() -> bool {
		let queued = Session::queued_keys();
		queued.iter().any(|(validator, keys)| Session::load_keys(validator).as_ref() != Some(keys))
	}
}

impl pallet_session::SessionManager<AccountId> for FixedValidators {
	fn new_session(new_index: SessionIndex) -> Option<Vec<AccountId>> {
		let validators = <Self as historical::SessionManager<_, _>>::new_session(new_index)?;
		Some(validators.into_iter().map(|(validator, ())| validator).collect())
	}

	fn start_session(_: SessionIndex) {}

	fn end_session(_: SessionIndex) {}
}

impl historical::SessionManager<AccountId, ()> for FixedValidators {
	/// None leaves the set and its noted root as they are. Changed keys need a new root, and a new set lifts what was
	/// disabled: a validator that equivocated comes back with new keys.
	fn new_session(_: SessionIndex) -> Option<Vec<(AccountId, ())>> {
		Self::keys_changed().then(|| Self::identified(Session::validators()))
	}

	/// Everybody who has keys at genesis.
	fn new_session_genesis(_: SessionIndex) -> Option<Vec<(AccountId, ())>> {
		Some(Self::identified(pallet_session::NextKeys::<Runtime>::iter_keys()))
	}

	fn start_session(_: SessionIndex) {}

	fn end_session(index: SessionIndex) {
		Historical::prune_up_to(index.saturating_sub(ReportableSessions::get()));
	}
}

impl Convert<AccountId, Option<()>> for FixedValidators {
	fn convert(validator: AccountId) -> Option<()> {
		Session::validators().contains(&validator).then_some(())
	}
}

impl OnOffenceHandler<AccountId, (AccountId, ()), Weight> for FixedValidators {
	/// The session pallet decides; it never disables a third of the validators or more.
	fn on_offence(
		offenders: &[OffenceDetails<AccountId, (AccountId, ())>],
		slash_fraction: &[Perbill],
		_: SessionIndex,
	) -> Weight {
		for (details, fraction) in offenders.iter().zip(slash_fraction) {
			let (validator, ()) = &details.offender;
			Session::report_offence(validator.clone(), OffenceSeverity(*fraction));
		}
		Weight::zero()
	}
}
