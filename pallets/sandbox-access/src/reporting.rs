//! What comes of an operator's signed report: completion or refusal.

use crate::{
	AccountIdOf, Config, Error, Event, OperatorProfile, Pallet, PermitRecord, Permits, PrivacyLogs, ReportOf,
	Verdict, WeightInfo, types::count,
};
use frame_support::{ensure, traits::Get, weights::Weight};
use frame_system::pallet_prelude::BlockNumberFor;
use heirloom_primitives::{Catalogue, PermitId, PermitStatus};
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
		let hash = Self::signed_hash(permit, &report, &signature, &profile)?;
		ensure!(report.verdict == Verdict::Released, Error::<T>::OtherVerdict);
		ensure!(report.measurement == profile.measurement, Error::<T>::OtherMeasurement);
		ensure_as_agreed::<T>(&record, &report)?;

		Self::pay(permit, &record)?;
		Self::log(&record, &report);
		record.report = Some(hash);
		Self::close(permit, record, PermitStatus::Completed);
		Self::deposit_event(Event::Completed { permit, report, hash });
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
		let hash = Self::signed_hash(permit, &report, &signature, &profile)?;
		ensure!(matches!(report.verdict, Verdict::Refused { .. }), Error::<T>::OtherVerdict);
		let agreed = |asset| record.uses.iter().any(|used| used.asset == asset);
		ensure!(report.inputs.iter().all(|input| agreed(input.asset)), Error::<T>::OtherAssets);

		Self::refund(&record)?;
		Self::log(&record, &report);
		record.report = Some(hash);
		Self::close(permit, record, PermitStatus::Refused);
		Self::deposit_event(Event::Refused { permit, report, hash });
		Ok(())
	}

	/// The hash of what the operator signed, if it did.
	fn signed_hash(
		permit: PermitId,
		report: &ReportOf<T>,
		signature: &T::ReportSignature,
		profile: &OperatorProfile<AccountIdOf<T>>,
	) -> Result<H256, Error<T>> {
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		let payload = report.payload(&genesis, permit);
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
	/// ancestors are looked up, as for a call: a bound of 4,096 for each would keep small accounts from reporting.
	pub(crate) fn completion_weight(permit: PermitId) -> Weight {
		let Some(record) = Permits::<T>::get(permit) else { return T::WeightInfo::complete(0) };
		let own = T::WeightInfo::complete(count(&record.uses));
		record.uses.iter().fold(own, |sum, used| {
			sum.saturating_add(T::Catalogue::settlement_weight(T::Catalogue::ancestor_count(used.asset)))
		})
	}
}

/// Whether a report of a completed job is about what the permit says.
fn ensure_as_agreed<T: Config>(record: &PermitRecord<T>, report: &ReportOf<T>) -> Result<(), Error<T>> {
	ensure!(report.code_hash == record.code_hash, Error::<T>::OtherCode);
	ensure!(report.parameters_hash == record.parameters_hash, Error::<T>::OtherParameters);
	let agreed = record.uses.iter().map(|used| used.asset);
	ensure!(report.inputs.iter().map(|input| input.asset).eq(agreed), Error::<T>::OtherAssets);
	ensure!(report.output_bytes <= record.output_cap, Error::<T>::OutputTooLarge);
	let large_enough = report.smallest_group.is_none_or(|group| group >= record.smallest_group);
	ensure!(large_enough, Error::<T>::GroupTooSmall);
	Ok(())
}
