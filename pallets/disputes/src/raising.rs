//! Claims, appeals and answers.

use crate::{
	AccountIdOf, Appeals, Config, Dispute, Disputes, Error, Event, Evidence, HoldReason, NextDisputeId,
	Pallet,
};
use frame_support::{
	BoundedVec, ensure,
	traits::{Get, Time, fungible::MutateHold},
};
use heirloom_primitives::{Ancestry, AssetId, Contests, DisputeId, EdgeEdit, Moment, Subject, Words};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_claim(by: AccountIdOf<T>, edit: EdgeEdit, evidence: Evidence) -> DispatchResult {
		T::Ancestry::check(&edit)?;
		T::Contests::open(&edit, Self::decide_until())?;
		Self::raise(by, Subject::Edge(edit), evidence, Self::claim_bond())?;
		Ok(())
	}

	pub(crate) fn do_appeal(by: AccountIdOf<T>, asset: AssetId, evidence: Evidence) -> DispatchResult {
		let owner = T::Ancestry::owner(asset).ok_or(Error::<T>::AssetNotFound)?;
		ensure!(owner == by, Error::<T>::NotOwner);
		let delisted_at = T::Ancestry::delisted_at(asset).ok_or(Error::<T>::NotDelisted)?;
		let until = delisted_at.saturating_add(T::AppealMillis::get());
		ensure!(T::Time::now() <= until, Error::<T>::TooLateToAppeal);
		ensure!(!Appeals::<T>::contains_key(asset), Error::<T>::AlreadyAppealed);
		let dispute = Self::raise(by, Subject::Delisting { asset }, evidence, T::Bond::get())?;
		Appeals::<T>::insert(asset, dispute);
		Ok(())
	}

	/// What a claim costs now: twice as much for every `BondDoubling` disputes that are open. So whoever fills the places to
	/// keep others from claiming pays more for each than for the one before, and an owner's appeal costs the same at all times.
	pub fn claim_bond() -> u128 {
		let doubled = Disputes::<T>::count().checked_div(T::BondDoubling::get()).unwrap_or_default();
		T::Bond::get().saturating_mul(1_u128.checked_shl(doubled).unwrap_or(u128::MAX))
	}

	/// Until when the curators decide what is raised now.
	fn decide_until() -> Moment {
		T::Time::now().saturating_add(T::DecisionMillis::get())
	}

	fn raise(
		by: AccountIdOf<T>,
		subject: Subject,
		evidence: Evidence,
		bond: u128,
	) -> Result<DisputeId, DispatchError> {
		// Anybody can claim anything: the last places are for owners whose time to appeal runs.
		let room = match subject {
			Subject::Edge(_) => T::MaxOpen::get() / 4 * 3,
			Subject::Delisting { .. } => T::MaxOpen::get(),
		};
		ensure!(Disputes::<T>::count() < room, Error::<T>::TooManyOpen);
		let dispute = NextDisputeId::<T>::get();
		let next = dispute.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		T::Native::hold(&HoldReason::Dispute.into(), &by, bond).map_err(|_| Error::<T>::BondNotAffordable)?;
		NextDisputeId::<T>::put(next);
		let (opened_at, decide_until) = (T::Time::now(), Self::decide_until());
		Self::deposit_event(Event::Raised {
			dispute,
			subject,
			by: by.clone(),
			evidence: evidence.clone(),
			bond,
			decide_until,
		});
		let ballots = Default::default();
		let parties = BoundedVec::truncate_from(Self::parties(&subject));
		let raised = Dispute::<T> {
			subject,
			by,
			parties,
			evidence,
			bond,
			opened_at,
			decide_until,
			ballots,
			outcome: None,
		};
		Disputes::<T>::insert(dispute, raised);
		Ok(dispute)
	}

	pub(crate) fn do_answer(who: AccountIdOf<T>, id: DisputeId, statement: Words) -> DispatchResult {
		let dispute = Self::undecided(id)?;
		ensure!(Self::parties(&dispute.subject).contains(&who), Error::<T>::NotConcerned);
		Self::deposit_event(Event::Answered { dispute: id, who, statement });
		Ok(())
	}
}
