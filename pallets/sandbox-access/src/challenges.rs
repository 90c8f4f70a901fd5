//! Challenges: a second operator repeats a job, and where it comes to something else the first one pays.

use crate::{
	AccountIdOf, Challenges, Config, Error, Event, HoldReason, OpenChallenges, Pallet, PermitRecord, Permits,
	ReportOf, ReportRole, Reported,
	reporting::{ensure_same_job, ensure_same_mode},
};
use alloc::vec::Vec;
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		Get, Time,
		fungible::{Inspect, MutateHold},
		tokens::{Fortitude, Precision, Provenance, Restriction},
	},
};
use heirloom_primitives::{Challenge, ChallengeStatus, DepositRate, MicroU, Moment, PermitId, PermitStatus};
use sp_core::H256;
use sp_runtime::{
	DispatchError, DispatchResult, Rounding,
	helpers_128bit::multiply_by_rational_with_rounding,
	traits::{BlakeTwo256, Hash},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_challenge(challenger: AccountIdOf<T>, permit: PermitId) -> DispatchResult {
		let (record, reported) = Self::completed_permit(permit)?;
		let now = T::Time::now();
		ensure!(now <= reported.challengeable_until, Error::<T>::TooLateToChallenge);
		ensure!(!Challenges::<T>::contains_key(permit), Error::<T>::AlreadyChallenged);
		let (second, asked) = Self::choose_second(permit, &challenger, &record, &reported)?;
		let bond = T::ChallengeBond::get();
		// An operator states its fee alone and at any time: it gets no more than the consumer found the job worth.
		let fee = asked.min(record.operator_fee).min(bond);
		Self::hold(HoldReason::Challenge, &challenger, bond)?;
		Self::mutate_operator(&record.operator, |operator| {
			operator.challenges = operator.challenges.saturating_add(1);
			Ok(())
		})?;

		let answer_until = now.saturating_add(T::AnswerMillis::get());
		OpenChallenges::<T>::insert(&second, permit, ());
		Self::deposit_event(Event::Challenged {
			permit,
			challenger: challenger.clone(),
			operator: record.operator,
			second: second.clone(),
			bond,
			fee,
			answer_until,
		});
		let status = ChallengeStatus::Open;
		let challenge = Challenge { challenger, second, bond, fee, challenged_at: now, answer_until, status };
		Challenges::<T>::insert(permit, challenge);
		Ok(())
	}

	/// Decides a challenge by the second operator's signed report.
	pub(crate) fn do_answer_challenge(
		permit: PermitId,
		report: ReportOf<T>,
		signature: T::ReportSignature,
	) -> DispatchResult {
		let mut challenge = Self::open_challenge(permit)?;
		let now = T::Time::now();
		// In one batch with the challenge, an answer would undo it whenever somebody else is drawn.
		ensure!(now > challenge.challenged_at, Error::<T>::TooEarlyToAnswer);
		ensure!(now <= challenge.answer_until, Error::<T>::TooLateToAnswer);
		let (record, reported) = Self::completed_permit(permit)?;
		let profile = Self::admitted(&challenge.second)?.profile;
		let role = (&challenge.second, ReportRole::Answer);
		let hash = Self::signed_hash(permit, &report, &signature, &profile, role)?;
		ensure!(profile.measurement == reported.measurement, Error::<T>::OtherMeasurement);
		ensure!(report.measurement == reported.measurement, Error::<T>::OtherMeasurement);
		ensure_same_job(&record, &report)?;
		ensure!(report.verdict.is_of_the_job(), Error::<T>::NotComparable);
		ensure_same_mode(&record, &report)?;

		Self::pay_second(&challenge)?;
		let (second, fee) = (challenge.second.clone(), challenge.fee);
		challenge.status = if report.result_hash() == reported.result {
			Self::dismiss(&challenge)?;
			Self::deposit_event(Event::ChallengeDismissed { permit, second, fee, report, hash });
			ChallengeStatus::Dismissed
		} else {
			let refund = Self::uphold(&challenge, &record.operator)?;
			Self::deposit_event(Event::ChallengeUpheld { permit, second, fee, refund, report, hash });
			ChallengeStatus::Upheld
		};
		Self::end_challenge(permit, &record, &challenge)?;
		Challenges::<T>::insert(permit, challenge);
		Ok(())
	}

	/// Nobody is punished: the chain does not see whether the second operator was ever given the key to the data. But it
	/// is not named again, and the time that it took is given back to who doubts the job, as far as the first operator stays
	/// bonded until what they find is decided: a friend that stays silent does not shield it.
	pub(crate) fn do_expire_challenge(permit: PermitId) -> DispatchResult {
		let challenge = Self::open_challenge(permit)?;
		let now = T::Time::now();
		ensure!(now > challenge.answer_until, Error::<T>::StillAnswerable);
		let (mut record, mut reported) = Self::completed_permit(permit)?;
		Self::release(HoldReason::Challenge, &challenge.challenger, challenge.bond)?;
		Self::end_challenge(permit, &record, &challenge)?;
		Challenges::<T>::remove(permit);
		let open = now.saturating_sub(challenge.challenged_at);
		let until = reported.challengeable_until.saturating_add(open).min(last_challenge::<T>(reported.at));
		reported.challengeable_until = until;
		record.report = Some(reported);
		record.sealed_to.retain(|who| *who != challenge.second);
		Permits::<T>::insert(permit, record);
		let second = challenge.second;
		Self::deposit_event(Event::ChallengeExpired { permit, second, challengeable_until: until });
		Ok(())
	}

	/// The challenge of a permit, if it waits for its answer.
	pub(crate) fn open_challenge(permit: PermitId) -> Result<Challenge<AccountIdOf<T>>, Error<T>> {
		let challenge = Challenges::<T>::get(permit).ok_or(Error::<T>::NotChallenged)?;
		match challenge.status {
			ChallengeStatus::Open => Ok(challenge),
			ChallengeStatus::Dismissed | ChallengeStatus::Upheld => Err(Error::<T>::AlreadyAnswered),
		}
	}

	/// A permit whose job was completed, and its report.
	fn completed_permit(permit: PermitId) -> Result<(PermitRecord<T>, Reported), Error<T>> {
		let record = Self::find(permit)?;
		match (record.status, record.report) {
			(PermitStatus::Completed | PermitStatus::Consumed { .. }, Some(reported)) => {
				Ok((record, reported))
			}
			_ => {
				Self::open_permit(permit)?;
				Err(Error::<T>::NotCompleted)
			}
		}
	}

	/// One of the other operators that all assets were sealed to, admitted and with the runner that made the report, with
	/// its fee. Which of several follows from the hash of the parent block, so a challenger is not asked whom it wants, and
	/// nobody answers its own challenge.
	fn choose_second(
		permit: PermitId,
		challenger: &AccountIdOf<T>,
		record: &PermitRecord<T>,
		reported: &Reported,
	) -> Result<(AccountIdOf<T>, MicroU), Error<T>> {
		let candidates: Vec<_> = record
			.sealed_to
			.iter()
			.filter(|who| *who != challenger)
			// Who is admitted has its whole bond: every slash suspends.
			.filter_map(|who| Self::admitted(who).ok().map(|operator| (who, operator.profile)))
			.filter(|(_, profile)| profile.measurement == reported.measurement)
			.collect();
		let parent = frame_system::Pallet::<T>::parent_hash();
		let turn = turn(BlakeTwo256::hash_of(&(permit, reported.hash, parent)), candidates.len());
		let chosen = turn.and_then(|turn| candidates.get(turn)).ok_or(Error::<T>::NoSecondOperator)?;
		let (who, profile) = chosen;
		Ok(((*who).clone(), profile.fee))
	}

	/// Whatever the second operator says, its fee comes out of the challenger's bond: neither a bond that is spent nor a
	/// rate that is missing makes one answer worth more than the other. A fee that the second cannot receive, such as one
	/// below the minimum balance that the first had stated, goes where slashes go: it must not keep the answer from coming.
	fn pay_second(challenge: &Challenge<AccountIdOf<T>>) -> DispatchResult {
		let Challenge { challenger, second, fee, .. } = challenge;
		let pay = |to: &AccountIdOf<T>| with_storage_layer(|| Self::pay_from_challenge(challenger, to, *fee));
		pay(second).or_else(|_| pay(&T::SlashDestination::get()))
	}

	/// The challenger paid for the repetition; the rest of its bond goes where slashes go.
	fn dismiss(challenge: &Challenge<AccountIdOf<T>>) -> DispatchResult {
		let rest = challenge.bond.saturating_sub(challenge.fee);
		Self::pay_from_challenge(&challenge.challenger, &T::SlashDestination::get(), rest)
	}

	/// The challenger gets the rest of its bond back, and from the slash what its fee is worth at the rate of U, as far as
	/// the slash suffices: it loses nothing by having been right, and gains nothing either. The refund is returned, in the
	/// native token.
	///
	/// However many challenges there are, they take no more than one of a whole bond does: all of them may be one liar's.
	fn uphold(challenge: &Challenge<AccountIdOf<T>>, first: &AccountIdOf<T>) -> Result<u128, DispatchError> {
		let Challenge { challenger, bond, fee, .. } = challenge;
		Self::release(HoldReason::Challenge, challenger, bond.saturating_sub(*fee))?;
		let left = T::OperatorBond::get().saturating_sub(T::ChallengeSlash::get());
		let slash = T::ChallengeSlash::get().min(Self::operator(first)?.bond.saturating_sub(left));
		// Without a rate nobody can say what the fee is worth, and the decision does not wait for one.
		let worth = T::DepositRate::to_micro_u(slash);
		let refund = worth.map_or(0, |worth| part_worth(*fee, slash, worth));
		// A challenger may have no account of the native token, and a part may be too little to open one.
		let receives = T::Native::can_deposit(challenger, refund, Provenance::Extant).into_result().is_ok();
		let refund = if receives { refund } else { 0 };
		Self::slash(first, refund, challenger, None)?;
		Self::slash(first, slash.saturating_sub(refund), &T::SlashDestination::get(), None)?;
		Ok(refund)
	}

	fn pay_from_challenge(
		challenger: &AccountIdOf<T>,
		to: &AccountIdOf<T>,
		amount: MicroU,
	) -> DispatchResult {
		if amount > 0 {
			let reason = HoldReason::Challenge.into();
			let (precision, mode, force) = (Precision::Exact, Restriction::Free, Fortitude::Polite);
			T::U::transfer_on_hold(&reason, challenger, to, amount, precision, mode, force)?;
		}
		Ok(())
	}

	/// Takes a challenge off both operators' lists.
	fn end_challenge(
		permit: PermitId,
		record: &PermitRecord<T>,
		challenge: &Challenge<AccountIdOf<T>>,
	) -> DispatchResult {
		OpenChallenges::<T>::remove(&challenge.second, permit);
		Self::mutate_operator(&record.operator, |operator| {
			operator.challenges = operator.challenges.saturating_sub(1);
			Ok(())
		})
	}
}

/// The last moment in which a job that was reported at `at` can ever be challenged: an answer comes before an operator that
/// left at once has its bond back.
fn last_challenge<T: Config>(at: Moment) -> Moment {
	at.saturating_add(T::UnbondingMillis::get().saturating_sub(T::AnswerMillis::get()))
}

/// Whose turn it is among so many, by a hash; nobody's among none.
fn turn(hash: H256, among: usize) -> Option<usize> {
	let number = u64::from_be_bytes(*hash.as_fixed_bytes().first_chunk()?);
	usize::try_from(number.checked_rem(u64::try_from(among).ok()?)?).ok()
}

/// The part of `amount` that is worth `fee`, where all of it is worth `worth`; rounded down, and never more than all.
fn part_worth(fee: MicroU, amount: u128, worth: MicroU) -> u128 {
	let part = multiply_by_rational_with_rounding(amount, fee.min(worth), worth, Rounding::Down);
	// Nothing is worth nothing.
	part.unwrap_or_default()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_turn_is_below_the_number() {
		let mut eight = H256::zero();
		eight.0[7] = 8;
		let turns: Vec<_> = (1..=5).map(|among| turn(eight, among)).collect();
		assert_eq!(turns, [Some(0), Some(0), Some(2), Some(0), Some(3)]);
		assert_eq!(turn(eight, 0), None);
	}

	#[test]
	fn a_part_is_worth_the_fee() {
		assert_eq!(part_worth(2_000_000, 400, 4_000_000), 200);
		assert_eq!(part_worth(1, 400, 401), 0);
		assert_eq!(part_worth(0, 400, 4_000_000), 0);
	}

	#[test]
	fn a_part_is_never_more_than_all() {
		assert_eq!(part_worth(5, 400, 4), 400);
		assert_eq!(part_worth(u128::MAX, u128::MAX, u128::MAX - 1), u128::MAX);
	}

	#[test]
	fn nothing_is_worth_nothing() {
		assert_eq!(part_worth(5, 0, 0), 0);
		assert_eq!(part_worth(5, 7, 0), 0);
	}
}
