//! Votes, decisions, and what follows from them.

use crate::{
	AccountIdOf, Appeals, Ballot, Config, Dispute, Disputes, Error, Event, HoldReason, Pallet, WeightInfo,
	tally::Tally,
};
use alloc::vec::Vec;
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, PostDispatchInfo},
	ensure,
	storage::with_storage_layer,
	traits::{
		Get, SortedMembers, Time,
		fungible::MutateHold,
		tokens::{Fortitude, Precision, Restriction},
	},
	weights::Weight,
};
use heirloom_primitives::{
	Ancestry, AssetId, Contests, DisputeId, EdgeChange, EdgeEdit, HeldFor, Outcome, Subject, Words,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_vote(
		curator: AccountIdOf<T>,
		id: DisputeId,
		uphold: bool,
		reason: Words,
	) -> DispatchResultWithPostInfo {
		let mut dispute = Self::undecided(id)?;
		ensure!(T::Time::now() <= dispute.decide_until, Error::<T>::TooLateToDecide);
		ensure!(T::Curators::contains(&curator), Error::<T>::NotCurator);
		let interested = is_interested(&dispute, &curator) || Self::owns_any(&dispute.subject, &curator);
		ensure!(!interested, Error::<T>::ConflictOfInterest);
		let voted = dispute.ballots.iter().any(|ballot| ballot.curator == curator);
		ensure!(!voted, Error::<T>::AlreadyVoted);
		ensure!(!reason.is_empty(), Error::<T>::NoReason);
		let ballot = Ballot { curator: curator.clone(), uphold };
		if dispute.ballots.is_full() {
			// Votes of those who are no curators any more.
			dispute.ballots.retain(|ballot| T::Curators::contains(&ballot.curator));
		}
		dispute.ballots.try_push(ballot).map_err(|_| Error::<T>::NotCurator)?;
		let weight = Self::vote_weight(id);
		let outcome = Self::tally(&dispute).outcome();
		Self::deposit_event(Event::Voted { dispute: id, curator, uphold, reason: reason.clone() });
		let Some(outcome) = outcome else {
			Disputes::<T>::insert(id, dispute);
			let actual_weight = Some(T::WeightInfo::vote(T::MaxCurators::get()));
			return Ok(PostDispatchInfo { actual_weight, ..Default::default() });
		};
		// Others may have become a majority unnoticed when curators changed, and this vote be against it.
		let reason = (uphold == (outcome == Outcome::Upheld)).then_some(reason);
		Self::decide(id, dispute, outcome, reason)?;
		Ok(PostDispatchInfo { actual_weight: Some(weight), ..Default::default() })
	}

	pub(crate) fn do_close(id: DisputeId) -> DispatchResult {
		let dispute = Disputes::<T>::get(id).ok_or(Error::<T>::NotFound)?;
		if dispute.outcome.is_some() {
			ensure!(!T::Contests::is_settling(), Error::<T>::SettlementUnderWay);
			ensure!(!Self::awaits_correction(&dispute), Error::<T>::CorrectionUnderWay);
			return Self::conclude(id, dispute);
		}
		// Votes may have become a majority when others ceased to be curators.
		let outcome = Self::tally(&dispute).outcome();
		ensure!(outcome.is_some() || T::Time::now() > dispute.decide_until, Error::<T>::StillOpen);
		Self::decide(id, dispute, outcome.unwrap_or(Outcome::Lapsed), None)
	}

	/// A dispute that the curators have not decided.
	pub(crate) fn undecided(id: DisputeId) -> Result<Dispute<T>, Error<T>> {
		let dispute = Disputes::<T>::get(id).ok_or(Error::<T>::NotFound)?;
		ensure!(dispute.outcome.is_none(), Error::<T>::AlreadyDecided);
		Ok(dispute)
	}

	/// Who has an interest of its own in the assets that a dispute is about.
	pub(crate) fn parties(subject: &Subject) -> Vec<AccountIdOf<T>> {
		match *subject {
			Subject::Edge(EdgeEdit { child, parent, .. }) => {
				let mut parties = T::Ancestry::parties(child);
				parties.extend(T::Ancestry::parties(parent));
				parties
			}
			Subject::Delisting { asset } => T::Ancestry::parties(asset),
		}
	}

	/// Whether somebody owns an asset that a dispute is about by now.
	fn owns_any(subject: &Subject, who: &AccountIdOf<T>) -> bool {
		let owns = |asset| T::Ancestry::owner(asset).as_ref() == Some(who);
		match *subject {
			Subject::Edge(EdgeEdit { child, parent, .. }) => owns(child) || owns(parent),
			Subject::Delisting { asset } => owns(asset),
		}
	}

	/// The votes of curators without an interest. Nothing that somebody else can do without being asked, such as naming a
	/// curator as payee, takes one away.
	pub(crate) fn tally(dispute: &Dispute<T>) -> Tally {
		let members = T::Curators::sorted_members();
		let eligible: Vec<_> = members.iter().filter(|curator| !is_interested(dispute, curator)).collect();
		let count = |uphold| {
			let votes = dispute.ballots.iter().filter(|ballot| ballot.uphold == uphold);
			votes.filter(|ballot| eligible.contains(&&ballot.curator)).count() as u32
		};
		Tally { ayes: count(true), nays: count(false), eligible: eligible.len() as u32 }
	}

	/// Moves the bond and corrects what was wrong. What is held waits where a settlement is under way, or where it is given
	/// away by what a correction leaves.
	pub(crate) fn decide(
		id: DisputeId,
		mut dispute: Dispute<T>,
		outcome: Outcome,
		reason: Option<Words>,
	) -> DispatchResult {
		let subject = dispute.subject;
		Self::return_bond(&dispute, outcome)?;
		Self::deposit_event(Event::Decided { dispute: id, subject, outcome, reason });
		match (subject, outcome) {
			(Subject::Edge(edit), Outcome::Upheld) => {
				// Another decision may have made the same change, or taken the last place. That one stands.
				if let Err(error) = with_storage_layer(|| T::Ancestry::revise(edit)) {
					Self::deposit_event(Event::NotCorrected { dispute: id, error });
				}
			}
			(Subject::Delisting { asset }, Outcome::Upheld) => T::Ancestry::relist(asset)?,
			(Subject::Delisting { asset }, Outcome::Dismissed) => T::Ancestry::keep_delisted(asset),
			_ => {}
		}
		dispute.outcome = Some(outcome);
		if let Subject::Edge(EdgeEdit { child, parent, .. }) = subject
			&& (T::Contests::is_settling() || Self::awaits_correction(&dispute))
		{
			T::Contests::decided(child, parent);
			Disputes::<T>::insert(id, dispute);
			return Ok(());
		}
		Self::conclude(id, dispute)
	}

	/// Whether what is held is split among a derivative's other ancestors, and these are not known yet.
	fn awaits_correction(dispute: &Dispute<T>) -> bool {
		match &dispute.subject {
			Subject::Edge(edit @ EdgeEdit { change: EdgeChange::Remove, .. }) => {
				dispute.outcome == Some(Outcome::Upheld) && T::Ancestry::is_revising(edit)
			}
			_ => false,
		}
	}

	/// Gives away what is held, and forgets the dispute.
	fn conclude(id: DisputeId, dispute: Dispute<T>) -> DispatchResult {
		let held = match dispute.subject {
			Subject::Edge(EdgeEdit { child, parent, change }) => {
				let upheld = dispute.outcome == Some(Outcome::Upheld);
				let to = match change {
					// Where the edge could not be removed, or leads there through others as well, the parent shares in the
					// derivative's revenue all the same.
					EdgeChange::Remove if upheld && !T::Ancestry::is_ancestor(child, parent) => {
						HeldFor::Revenue
					}
					EdgeChange::Remove => HeldFor::Payee(parent),
					EdgeChange::Add { .. } => HeldFor::Payee(if upheld { parent } else { child }),
				};
				T::Contests::end(child, parent, to)?
			}
			Subject::Delisting { asset } => {
				Appeals::<T>::remove(asset);
				0
			}
		};
		Disputes::<T>::remove(id);
		Self::deposit_event(Event::Concluded { dispute: id, held });
		Ok(())
	}

	/// Who was wrong loses the bond.
	fn return_bond(dispute: &Dispute<T>, outcome: Outcome) -> DispatchResult {
		let Dispute { by, bond, .. } = dispute;
		let (reason, exactly) = (HoldReason::Dispute.into(), Precision::Exact);
		match outcome {
			Outcome::Upheld | Outcome::Lapsed => T::Native::release(&reason, by, *bond, exactly)?,
			Outcome::Dismissed => {
				let (to, mode, force) = (T::BondDestination::get(), Restriction::Free, Fortitude::Polite);
				T::Native::transfer_on_hold(&reason, by, &to, *bond, exactly, mode, force)?
			}
		};
		Ok(())
	}

	/// What a vote is charged for before it runs: that it decides.
	pub(crate) fn vote_weight(id: DisputeId) -> Weight {
		T::WeightInfo::vote(T::MaxCurators::get()).saturating_add(Self::conclusion_weight(id))
	}

	/// What a decision causes, and giving away what is held, which may have the derivative settled once more. A dispute that
	/// does not exist may be raised by the batch that ends it.
	pub(crate) fn conclusion_weight(id: DisputeId) -> Weight {
		let derivative = Disputes::<T>::get(id).map_or(AssetId::MAX, |dispute| dispute.subject.asset());
		let settling = T::Contests::end_weight(T::Ancestry::ancestor_count(derivative));
		T::Ancestry::check_weight().saturating_mul(2).saturating_add(settling)
	}
}

/// Whether somebody must not decide a dispute: who raised it, or had an interest when it was raised.
fn is_interested<T: Config>(dispute: &Dispute<T>, who: &AccountIdOf<T>) -> bool {
	dispute.by == *who || dispute.parties.contains(who)
}
