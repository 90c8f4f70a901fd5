//! Permits from the request to their end.

use crate::{
	AccountIdOf, Approval, Challenges, Config, Error, Event, HoldReason, Job, NextPermitId, OpenPermits,
	Pallet, PermitRecord, Permits, Policy, SandboxedAssets, policies::has_duplicates,
};
use alloc::vec::Vec;
use frame_support::{
	BoundedVec, ensure,
	traits::{Get, Time},
};
use heirloom_primitives::{
	AssetId, Catalogue, MicroU, Moment, OutputLimits, PermitId, PermitStatus, PermitUse, Units, Words,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_request(consumer: AccountIdOf<T>, job: Job<T>, max_fee: MicroU) -> DispatchResult {
		let now = T::Time::now();
		let latest = now.saturating_add(T::MaxPermitMillis::get());
		ensure!(now < job.expires_at && job.expires_at <= latest, Error::<T>::ExpiryOutOfRange);
		ensure!(!job.uses.is_empty(), Error::<T>::NoUses);
		let assets: Vec<AssetId> = job.uses.iter().map(|(asset, _)| *asset).collect();
		ensure!(!has_duplicates(&assets), Error::<T>::DuplicateUse);

		let record = Self::agree(consumer, job, now)?;
		let completion = Self::weight_of_completing(&record.uses);
		ensure!(completion.all_lte(T::MaxCompletionWeight::get()), Error::<T>::TooMuchToSettle);
		let price = record.price().ok_or(Error::<T>::AmountTooLarge)?;
		ensure!(price <= max_fee, Error::<T>::FeeAboveMaximum);
		Self::reserve(&record)?;
		Self::hold(HoldReason::Fees, &record.consumer, price)?;
		Self::hold(HoldReason::Permit, &record.consumer, record.deposit)?;
		Self::open(record)
	}

	/// What operator and owners make of a job, in the words of a permit. Refuses what they have not allowed.
	fn agree(consumer: AccountIdOf<T>, job: Job<T>, now: Moment) -> Result<PermitRecord<T>, DispatchError> {
		let operator_fee = Self::admitted(&job.operator)?.profile.fee;
		let mut awaiting = Vec::new();
		let mut limits = OutputLimits::NONE;
		let mut uses = Vec::new();
		let mut sealed_to: Option<BoundedVec<_, _>> = None;
		for &(asset, units) in &job.uses {
			let (used, policy, owner) = Self::agree_on_use(&consumer, &job, asset, units)?;
			limits = limits.strictest(policy.limits);
			if policy.approval == Approval::Owner && owner != consumer {
				awaiting.push(asset);
			}
			uses.push(used);
			let others = sealed_to.get_or_insert_with(|| policy.operators.clone());
			others.retain(|who| *who != job.operator && policy.operators.contains(who));
		}
		// Not what each policy allows: the outputs of one and the models of the other may be less than either's sum.
		ensure!(job.output_cap <= limits.largest_release(), Error::<T>::OutputCapTooLarge);
		let status = if awaiting.is_empty() { PermitStatus::Approved } else { PermitStatus::Requested };
		Ok(PermitRecord {
			consumer,
			operator: job.operator,
			// Neither is longer than the uses asked for, so nothing is cut off.
			uses: BoundedVec::truncate_from(uses),
			awaiting: BoundedVec::truncate_from(awaiting),
			sealed_to: sealed_to.unwrap_or_default(),
			purpose: job.purpose,
			code_hash: job.code_hash,
			parameters_hash: job.parameters_hash,
			output_cap: job.output_cap,
			limits,
			operator_fee,
			deposit: T::PermitDeposit::get(),
			expires_at: job.expires_at,
			status,
			since: now,
			report: None,
			deidentified: BoundedVec::new(),
		})
	}

	fn agree_on_use(
		consumer: &AccountIdOf<T>,
		job: &Job<T>,
		asset: AssetId,
		units: Units,
	) -> Result<(PermitUse, Policy<T>, AccountIdOf<T>), DispatchError> {
		let owner = T::Catalogue::owner(asset).ok_or(Error::<T>::AssetNotFound)?;
		ensure!(SandboxedAssets::<T>::contains_key(asset), Error::<T>::NotSandboxed);
		let fee = T::Catalogue::quote(consumer, asset, units)?;
		let policy = Self::policy_for(asset, &owner, job)?;
		Ok((PermitUse { asset, units, fee }, policy, owner))
	}

	fn open(record: PermitRecord<T>) -> DispatchResult {
		let permit = NextPermitId::<T>::get();
		NextPermitId::<T>::put(permit.checked_add(1).ok_or(Error::<T>::IdsExhausted)?);
		OpenPermits::<T>::insert(&record.operator, permit, ());
		Self::deposit_event(requested(permit, record.clone()));
		Self::announce_approval(permit, &record);
		Permits::<T>::insert(permit, record);
		Ok(())
	}

	fn announce_approval(permit: PermitId, record: &PermitRecord<T>) {
		if record.status == PermitStatus::Approved {
			Self::deposit_event(Event::Approved { permit, operator: record.operator.clone() });
		}
	}

	pub(crate) fn do_approve(owner: AccountIdOf<T>, permit: PermitId) -> DispatchResult {
		let mut record = Self::open_permit(permit)?;
		ensure!(record.status == PermitStatus::Requested, Error::<T>::AlreadyApproved);
		Self::ensure_in_time(&record)?;
		let awaited = record.awaiting.len();
		record.awaiting.retain(|asset| T::Catalogue::owner(*asset).as_ref() != Some(&owner));
		ensure!(record.awaiting.len() < awaited, Error::<T>::NotOwner);
		if record.awaiting.is_empty() {
			record.status = PermitStatus::Approved;
			record.since = T::Time::now();
		}
		Self::deposit_event(Event::UseApproved { permit, owner });
		Self::announce_approval(permit, &record);
		Permits::<T>::insert(permit, record);
		Ok(())
	}

	pub(crate) fn do_revoke(who: AccountIdOf<T>, permit: PermitId) -> DispatchResult {
		let record = Self::open_permit(permit)?;
		let owns = |used: &PermitUse| T::Catalogue::owner(used.asset).as_ref() == Some(&who);
		ensure!(record.consumer == who || record.uses.iter().any(owns), Error::<T>::NotAuthorized);
		Self::withdraw(permit, record, Some(who), None)
	}

	pub(crate) fn do_force_revoke(permit: PermitId, reason: Words) -> DispatchResult {
		ensure!(!reason.is_empty(), Error::<T>::NoReason);
		let record = Self::open_permit(permit)?;
		Self::withdraw(permit, record, None, Some(reason))
	}

	/// By nobody, and with a reason, where the curators do it.
	fn withdraw(
		permit: PermitId,
		record: PermitRecord<T>,
		by: Option<AccountIdOf<T>>,
		reason: Option<Words>,
	) -> DispatchResult {
		Self::refund(&record)?;
		Self::close(permit, record, PermitStatus::Revoked, 0);
		Self::deposit_event(Event::Revoked { permit, by, reason });
		Ok(())
	}

	pub(crate) fn do_expire(permit: PermitId) -> DispatchResult {
		let record = Self::open_permit(permit)?;
		ensure!(Self::ensure_in_time(&record).is_err(), Error::<T>::NotExpired);
		Self::refund(&record)?;
		Self::close(permit, record, PermitStatus::Expired, 0);
		Self::deposit_event(Event::Expired { permit });
		Ok(())
	}

	pub(crate) fn do_prune(who: AccountIdOf<T>, permit: PermitId) -> DispatchResult {
		let record = Self::find(permit)?;
		match record.status {
			PermitStatus::Requested | PermitStatus::Approved => return Err(Error::<T>::NotPrunable.into()),
			PermitStatus::Completed => ensure!(record.consumer == who, Error::<T>::NotConsumer),
			PermitStatus::Refused
			| PermitStatus::Revoked
			| PermitStatus::Expired
			| PermitStatus::Consumed { .. } => {}
		}
		ensure!(Self::open_challenge(permit).is_err(), Error::<T>::NotPrunable);
		let prunable_at = record.since.saturating_add(T::KeptMillis::get());
		ensure!(T::Time::now() >= prunable_at, Error::<T>::NotPrunable);
		Self::release(HoldReason::Permit, &record.consumer, record.deposit)?;
		Permits::<T>::remove(permit);
		Challenges::<T>::remove(permit);
		Self::deposit_event(Event::Pruned { permit });
		Ok(())
	}

	pub(crate) fn find(permit: PermitId) -> Result<PermitRecord<T>, Error<T>> {
		Permits::<T>::get(permit).ok_or(Error::<T>::NotFound)
	}

	/// The permit, if it has not ended; else the error says how it did.
	pub(crate) fn open_permit(permit: PermitId) -> Result<PermitRecord<T>, Error<T>> {
		let record = Self::find(permit)?;
		match record.status {
			PermitStatus::Requested | PermitStatus::Approved => Ok(record),
			PermitStatus::Completed => Err(Error::<T>::AlreadyCompleted),
			PermitStatus::Refused => Err(Error::<T>::Refused),
			PermitStatus::Revoked => Err(Error::<T>::Revoked),
			PermitStatus::Expired => Err(Error::<T>::Expired),
			PermitStatus::Consumed { .. } => Err(Error::<T>::AlreadyConsumed),
		}
	}

	pub(crate) fn ensure_in_time(record: &PermitRecord<T>) -> Result<(), Error<T>> {
		ensure!(T::Time::now() <= record.expires_at, Error::<T>::Expired);
		Ok(())
	}

	/// Takes a permit off its operator's list, and from the consumer's budgets what its job released.
	pub(crate) fn close(permit: PermitId, mut record: PermitRecord<T>, status: PermitStatus, released: u64) {
		Self::settle_budget(&record, released);
		OpenPermits::<T>::remove(&record.operator, permit);
		record.status = status;
		record.since = T::Time::now();
		// Who revokes or lets expire does not ask the owners.
		record.awaiting = BoundedVec::new();
		Permits::<T>::insert(permit, record);
	}
}

fn requested<T: Config>(permit: PermitId, record: PermitRecord<T>) -> Event<T> {
	let PermitRecord { consumer, operator, uses, purpose, code_hash, parameters_hash, .. } = record;
	let PermitRecord { output_cap, expires_at, operator_fee, awaiting, sealed_to, .. } = record;
	Event::Requested {
		permit,
		consumer,
		operator,
		uses,
		purpose,
		code_hash,
		parameters_hash,
		output_cap,
		expires_at,
		operator_fee,
		awaiting,
		sealed_to,
	}
}
