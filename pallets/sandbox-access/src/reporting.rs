//! What comes of an operator's signed report: completion or refusal.

use crate::{
	AccountIdOf, Config, Error, Event, JobInput, Mode, OperatorProfile, Pallet, PermitRecord, Permits,
	PrivacyLogs, ReportOf, ReportRole, Reported, SandboxedAssets, Verdict, WeightInfo, types::count,
};
use frame_support::{
	BoundedVec, ensure,
	traits::{Get, Time},
	weights::Weight,
};
use frame_system::pallet_prelude::BlockNumberFor;
use heirloom_primitives::{Catalogue, PermitId, PermitStatus, PermitUse};
use sp_core::H256;
use sp_runtime::{
	DispatchResult,
	traits::{BlakeTwo256, Hash, Verify, Zero},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_complete(
		permit: PermitId,
		report: ReportOf<T>,
		signature: T::ReportSignature,
	) -> DispatchResult {
		let mut record = Self::open_permit(permit)?;
		ensure!(record.status == PermitStatus::Approved, Error::<T>::NotApproved);
		Self::ensure_in_time(&record)?;
		let profile = Self::admitted(&record.operator)?.profile;
		let role = (&record.operator, ReportRole::First);
		let hash = Self::signed_hash(permit, &report, &signature, &profile, role)?;
		ensure!(report.verdict == Verdict::Released, Error::<T>::OtherVerdict);
		ensure!(report.measurement == profile.measurement, Error::<T>::OtherMeasurement);
		ensure_as_agreed::<T>(&record, &report)?;
		ensure_in_mode::<T>(&report)?;

		Self::pay(permit, &record)?;
		Self::log(&record, &report);
		keep(&mut record, hash, &report);
		let operator = record.operator.clone();
		Self::close(permit, record, PermitStatus::Completed, report.output_bytes);
		Self::deposit_event(Event::Completed { permit, operator, report, hash });
		Ok(())
	}

	/// Refunds, so it asks for less than a completion: an operator that is late or suspended may still refuse.
	pub(crate) fn do_refuse(
		permit: PermitId,
		report: ReportOf<T>,
		signature: T::ReportSignature,
	) -> DispatchResult {
		let mut record = Self::open_permit(permit)?;
		let profile = Self::operator(&record.operator)?.profile;
		let role = (&record.operator, ReportRole::First);
		let hash = Self::signed_hash(permit, &report, &signature, &profile, role)?;
		ensure!(matches!(report.verdict, Verdict::Refused { .. }), Error::<T>::OtherVerdict);
		let agreed = |asset| record.uses.iter().any(|used| used.asset == asset);
		ensure!(report.inputs.iter().all(|input| agreed(input.asset)), Error::<T>::OtherAssets);

		Self::refund(&record)?;
		Self::log(&record, &report);
		keep(&mut record, hash, &report);
		let operator = record.operator.clone();
		// The log of a job that failed leaves, too. The permit reserved no more than its cap, whatever a report says; nothing
		// left under one that was not approved.
		let was_approved = record.status == PermitStatus::Approved;
		let released = if was_approved { report.output_bytes.min(record.output_cap) } else { 0 };
		Self::close(permit, record, PermitStatus::Refused, released);
		Self::deposit_event(Event::Refused { permit, operator, report, hash });
		Ok(())
	}

	/// The hash of what an operator signed in its role, if it did.
	pub(crate) fn signed_hash(
		permit: PermitId,
		report: &ReportOf<T>,
		signature: &T::ReportSignature,
		profile: &OperatorProfile<AccountIdOf<T>>,
		(operator, role): (&AccountIdOf<T>, ReportRole),
	) -> Result<H256, Error<T>> {
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		let payload = report.payload(&genesis, permit, operator, role);
		ensure!(signature.verify(&payload[..], &profile.signing_key), Error::<T>::BadSignature);
		Ok(BlakeTwo256::hash(&payload))
	}

	/// Counts a job for each of its assets. A full counter stays where it is: statistics stop nobody's job.
	fn log(record: &PermitRecord<T>, report: &ReportOf<T>) {
		let period = T::OpenPeriod::get();
		let refused = u32::from(report.verdict != Verdict::Released);
		for used in &record.uses {
			let input = report.inputs.iter().find(|input| input.asset == used.asset);
			let findings = input.map_or(0, |input| u64::from(input.findings));
			PrivacyLogs::<T>::mutate(used.asset, period, |log| {
				log.jobs = log.jobs.saturating_add(1);
				log.refused = log.refused.saturating_add(refused);
				log.findings = log.findings.saturating_add(findings);
			});
		}
	}

	/// What a completion is charged for: itself, with a receipt an asset, and settling the assets. Their own numbers of
	/// ancestors are looked up, as for a call: a bound of 4,096 for each would keep small accounts from reporting. A permit
	/// that does not exist may be requested by the batch that completes it, and an asset may have got ancestors by a
	/// correction since it was: neither weighs more than what can be requested, so that the job can be paid.
	pub(crate) fn completion_weight(permit: PermitId) -> Weight {
		let most = T::MaxCompletionWeight::get();
		Permits::<T>::get(permit).map_or(most, |record| Self::weight_of_completing(&record.uses).min(most))
	}

	/// The same for a permit that uses these assets.
	pub(crate) fn weight_of_completing(uses: &[PermitUse]) -> Weight {
		uses.iter().fold(T::WeightInfo::complete(count(uses)), |sum, used| {
			sum.saturating_add(T::Catalogue::settlement_weight(T::Catalogue::ancestor_count(used.asset)))
		})
	}
}

/// Keeps what a challenge needs of a report.
fn keep<T: Config>(record: &mut PermitRecord<T>, hash: H256, report: &ReportOf<T>) {
	let (result, measurement, at) = (report.result_hash(), report.measurement, T::Time::now());
	let challengeable_until = at.saturating_add(T::ChallengeMillis::get());
	record.report = Some(Reported { hash, result, measurement, at, challengeable_until });
	let deidentified = report.inputs.iter().filter(|input| input.deidentified).map(|input| input.asset);
	// As many as the report can have inputs.
	record.deidentified = BoundedVec::truncate_from(deidentified.collect());
}

/// Whether a report is about the job that the permit is for.
pub(crate) fn ensure_same_job<T: Config>(
	record: &PermitRecord<T>,
	report: &ReportOf<T>,
) -> Result<(), Error<T>> {
	ensure!(report.code_hash == record.code_hash, Error::<T>::OtherCode);
	ensure!(report.parameters_hash == record.parameters_hash, Error::<T>::OtherParameters);
	let agreed = record.uses.iter().map(|used| used.asset);
	let same = match report.verdict {
		Verdict::Released => report.inputs.iter().map(|input| input.asset).eq(agreed),
		// What was refused may have been read in part.
		Verdict::Refused { .. } => {
			report.inputs.iter().all(|input| agreed.clone().any(|asset| asset == input.asset))
		}
	};
	ensure!(same, Error::<T>::OtherAssets);
	Ok(())
}

/// Whether a completed job read its inputs as their modes say. A job that ran before an asset was put into medical mode
/// does not pass: what it released may show what that mode keeps back.
fn ensure_in_mode<T: Config>(report: &ReportOf<T>) -> Result<(), Error<T>> {
	let is_medical = |asset| SandboxedAssets::<T>::get(asset) == Some(Mode::Medical);
	let same = |input: &JobInput| is_medical(input.asset) == input.deidentified;
	ensure!(report.inputs.iter().all(same), Error::<T>::OtherMode);
	Ok(())
}

/// Whether an answer's inputs were de-identified where the first report's were.
pub(crate) fn ensure_same_mode<T: Config>(
	record: &PermitRecord<T>,
	report: &ReportOf<T>,
) -> Result<(), Error<T>> {
	let same = |input: &JobInput| record.deidentified.contains(&input.asset) == input.deidentified;
	ensure!(report.inputs.iter().all(same), Error::<T>::NotComparable);
	Ok(())
}

/// Whether a report of a completed job keeps to what the permit says.
fn ensure_as_agreed<T: Config>(record: &PermitRecord<T>, report: &ReportOf<T>) -> Result<(), Error<T>> {
	ensure_same_job(record, report)?;
	ensure!(report.output_bytes <= record.output_cap, Error::<T>::OutputTooLarge);
	let large_enough = report.smallest_group.is_none_or(|group| group >= record.limits.smallest_group);
	ensure!(large_enough, Error::<T>::GroupTooSmall);
	Ok(())
}
