//! Whether the chain lets this operator, with this runner and these keys, be given jobs.

use crate::Verdict;
use heirloom_sandbox_chain::{
	AccountId, H256,
	types::{Moment, OperatorRecord, OperatorStatus},
};
use heirloom_seal::SealingPublicKey;

/// What this machine is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
	/// The operator.
	pub operator: AccountId,
	/// Hash of this runner.
	pub measurement: H256,
	/// The account of the key that signs reports.
	pub signing_key: AccountId,
	/// The key that data keys are sealed to.
	pub sealing_key: SealingPublicKey,
}

/// Why the operator cannot be given jobs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
	/// The account is not an operator.
	#[error("{0} is not registered as an operator")]
	NotRegistered(AccountId),
	/// It is leaving.
	#[error(
		"the operator is leaving: it takes no jobs any more, and its bond is free at {until} (ms since 1970)"
	)]
	Unbonding {
		/// From then on its bond can be withdrawn.
		until: Moment,
	},
	/// The chain has another runner's measurement.
	#[error(
		"the measurement is stale: registered is {registered:?}, this runner is {own:?}; update the profile and have it admitted"
	)]
	StaleMeasurement {
		/// What the chain has.
		registered: H256,
		/// What this runner is.
		own: H256,
	},
	/// The chain has another signing key.
	#[error("the signing key is not the one of the profile: registered is {registered}, this is {own}")]
	OtherSigningKey {
		/// What the chain has.
		registered: AccountId,
		/// What this machine has.
		own: AccountId,
	},
	/// The chain has another sealing key.
	#[error("the sealing key is not the one of the profile: registered is {registered}, this is {own}")]
	OtherSealingKey {
		/// What the chain has.
		registered: SealingPublicKey,
		/// What this machine has.
		own: SealingPublicKey,
	},
	/// The curators have not admitted it, or have suspended it.
	#[error("the operator is not admitted by the curators")]
	NotAdmitted,
}

impl Unfit {
	/// A number that never changes.
	pub const fn number(&self) -> u16 {
		match self {
			Self::NotRegistered(_) => 401,
			Self::Unbonding { .. } => 402,
			Self::StaleMeasurement { .. } => 403,
			Self::OtherSigningKey { .. } => 404,
			Self::OtherSealingKey { .. } => 405,
			Self::NotAdmitted => 406,
		}
	}

	/// A code that never changes.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::NotRegistered(_) => "operator_not_registered",
			Self::Unbonding { .. } => "operator_unbonding",
			Self::StaleMeasurement { .. } => "stale_measurement",
			Self::OtherSigningKey { .. } => "other_signing_key",
			Self::OtherSealingKey { .. } => "other_sealing_key",
			Self::NotAdmitted => "operator_not_admitted",
		}
	}
}

/// Whether the chain's record of an operator lets this machine take jobs. The signing key comes first: without it not even
/// a refusal is taken ([`may_report`]). Of the rest, what its operator can mend by itself comes before what only the
/// curators can.
///
/// # Errors
/// [`Unfit`].
pub fn check(record: Option<&OperatorRecord>, own: &Own) -> Result<(), Unfit> {
	let OperatorRecord { profile, status } = record.ok_or(Unfit::NotRegistered(own.operator))?;
	if profile.signing_key != own.signing_key {
		return Err(Unfit::OtherSigningKey { registered: profile.signing_key, own: own.signing_key });
	}
	if let OperatorStatus::Unbonding { until } = *status {
		return Err(Unfit::Unbonding { until });
	}
	if profile.measurement != own.measurement {
		return Err(Unfit::StaleMeasurement { registered: profile.measurement, own: own.measurement });
	}
	let registered = SealingPublicKey(profile.sealing_key);
	if registered != own.sealing_key {
		return Err(Unfit::OtherSealingKey { registered, own: own.sealing_key });
	}
	match status {
		OperatorStatus::Admitted => Ok(()),
		OperatorStatus::Registered | OperatorStatus::Unbonding { .. } => Err(Unfit::NotAdmitted),
	}
}

/// Whether the chain takes a report of this verdict from an operator that is fit or not. A refusal gives money back, so
/// the signing key of the profile is enough for it; a completion is taken of one that is admitted with this runner only.
pub fn may_report(fit: &Result<(), Unfit>, verdict: Verdict) -> bool {
	match fit {
		// Reports are signed, not sealed.
		Ok(()) | Err(Unfit::OtherSealingKey { .. }) => true,
		Err(Unfit::Unbonding { .. } | Unfit::StaleMeasurement { .. } | Unfit::NotAdmitted) => {
			verdict != Verdict::Released
		}
		Err(Unfit::NotRegistered(_) | Unfit::OtherSigningKey { .. }) => false,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_sandbox_chain::types::OperatorProfile;

	const REFUSED: Verdict = Verdict::Refused { code: 12 };

	fn own() -> Own {
		Own {
			operator: AccountId([1; 32]),
			measurement: H256([2; 32]),
			signing_key: AccountId([3; 32]),
			sealing_key: SealingPublicKey([4; 32]),
		}
	}

	fn record() -> OperatorRecord {
		let profile = OperatorProfile {
			signing_key: AccountId([3; 32]),
			sealing_key: [4; 32],
			measurement: H256([2; 32]),
			fee: 0,
		};
		OperatorRecord { profile, status: OperatorStatus::Admitted }
	}

	#[test]
	fn admitted_operator_should_be_fit() {
		assert_eq!(check(Some(&record()), &own()), Ok(()));
	}

	#[test]
	fn refusal_12_operator_should_be_unfit_when_it_is_not_registered() {
		assert_eq!(check(None, &own()), Err(Unfit::NotRegistered(AccountId([1; 32]))));
	}

	#[test]
	fn refusal_12_operator_should_be_unfit_when_it_is_not_admitted() {
		let record = OperatorRecord { status: OperatorStatus::Registered, ..record() };
		assert_eq!(check(Some(&record), &own()), Err(Unfit::NotAdmitted));
	}

	#[test]
	fn refusal_12_operator_should_be_unfit_when_it_is_unbonding() {
		let record = OperatorRecord { status: OperatorStatus::Unbonding { until: 7 }, ..record() };
		assert_eq!(check(Some(&record), &own()), Err(Unfit::Unbonding { until: 7 }));
	}

	#[test]
	fn refusal_12_operator_should_be_unfit_when_its_measurement_is_stale() {
		let mut record = record();
		record.profile.measurement = H256([9; 32]);
		let stale = Unfit::StaleMeasurement { registered: H256([9; 32]), own: H256([2; 32]) };
		assert_eq!(check(Some(&record), &own()), Err(stale.clone()));
		// An update of the measurement suspends: what its operator can mend is said first.
		record.status = OperatorStatus::Registered;
		assert_eq!(check(Some(&record), &own()), Err(stale));
	}

	#[test]
	fn fit_operator_should_report_whatever_came_out() {
		assert!([Verdict::Released, REFUSED].into_iter().all(|verdict| may_report(&Ok(()), verdict)));
	}

	#[test]
	fn refusal_12_operator_should_only_refuse_when_it_is_not_admitted_with_this_runner() {
		let stale = Unfit::StaleMeasurement { registered: H256([9; 32]), own: H256([2; 32]) };
		for unfit in [Unfit::NotAdmitted, Unfit::Unbonding { until: 7 }, stale] {
			let fit = Err(unfit);
			assert!(!may_report(&fit, Verdict::Released), "{fit:?}");
			assert!(may_report(&fit, REFUSED), "{fit:?}");
		}
	}

	#[test]
	fn operator_should_not_report_when_its_signature_would_not_count() {
		let other_key = Unfit::OtherSigningKey { registered: AccountId([9; 32]), own: AccountId([3; 32]) };
		for unfit in [Unfit::NotRegistered(AccountId([1; 32])), other_key] {
			let fit = Err(unfit);
			assert!([Verdict::Released, REFUSED].into_iter().all(|verdict| !may_report(&fit, verdict)));
		}
	}

	#[test]
	fn operator_should_not_report_with_another_signing_key_when_it_is_unfit_otherwise_as_well() {
		let mut stale = record();
		stale.profile.signing_key = AccountId([9; 32]);
		stale.profile.measurement = H256([9; 32]);
		let unbonding = OperatorRecord { status: OperatorStatus::Unbonding { until: 7 }, ..stale.clone() };
		for record in [stale, unbonding] {
			let fit = check(Some(&record), &own());
			assert!(matches!(fit, Err(Unfit::OtherSigningKey { .. })), "{fit:?}");
			assert!(!may_report(&fit, REFUSED));
		}
	}

	#[test]
	fn operator_should_be_unfit_when_its_keys_are_others() {
		let mut signing = record();
		signing.profile.signing_key = AccountId([9; 32]);
		assert_eq!(check(Some(&signing), &own()).unwrap_err().code(), "other_signing_key");
		let mut sealing = record();
		sealing.profile.sealing_key = [9; 32];
		assert_eq!(check(Some(&sealing), &own()).unwrap_err().code(), "other_sealing_key");
	}
}
