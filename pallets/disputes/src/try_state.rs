//! Invariants that hold after every block.

use crate::{AccountIdOf, Appeals, Config, Disputes, HoldReason, NextDisputeId, Pallet};
use alloc::collections::{BTreeMap, BTreeSet};
use codec::Encode;
use frame_support::{
	ensure,
	traits::{Get, fungible::InspectHold},
};
use heirloom_primitives::{Contests, EdgeEdit, Subject};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// * There are no more disputes than may be open, each with an id that was given out.
	/// * What is held for disputes is the bonds of the undecided ones.
	/// * A curator has voted once at most.
	/// * Every appeal is listed by its asset.
	/// * Money can be held for every claim, and for nothing else.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let next = NextDisputeId::<T>::get();
		ensure!(
			Disputes::<T>::count() <= T::MaxOpen::get() && Disputes::<T>::iter_keys().all(|id| id < next),
			"There are no more disputes than may be open, each with an id that was given out."
		);
		let mut bonds = BTreeMap::<AccountIdOf<T>, u128>::new();
		let (mut appeals, mut claims) = (0, 0);
		for (id, dispute) in Disputes::<T>::iter() {
			let voters: BTreeSet<_> = dispute.ballots.iter().map(|ballot| ballot.curator.encode()).collect();
			ensure!(voters.len() == dispute.ballots.len(), "A curator has voted once at most.");
			match dispute.subject {
				Subject::Delisting { asset } => {
					appeals += 1;
					ensure!(Appeals::<T>::get(asset) == Some(id), "Every appeal is listed by its asset.");
				}
				Subject::Edge(EdgeEdit { child, parent, .. }) => {
					claims += 1;
					ensure!(
						T::Contests::held(child, parent).is_some(),
						"Money can be held for every claim, and for nothing else."
					);
				}
			}
			if dispute.outcome.is_none() {
				*bonds.entry(dispute.by).or_default() += dispute.bond;
			}
		}
		ensure!(T::Contests::count() == claims, "Money can be held for every claim, and for nothing else.");
		ensure!(Appeals::<T>::iter().count() == appeals, "Every appeal is listed by its asset.");
		// Whoever has LOOM has an account, so a bond that outlived its dispute is seen, too.
		for who in frame_system::Account::<T>::iter_keys() {
			ensure!(
				T::Native::balance_on_hold(&HoldReason::Dispute.into(), &who)
					== bonds.remove(&who).unwrap_or_default(),
				"What is held for disputes is the bonds of the undecided ones."
			);
		}
		ensure!(bonds.is_empty(), "What is held for disputes is the bonds of the undecided ones.");
		Ok(())
	}
}
