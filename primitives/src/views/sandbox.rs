//! Permits as nodes show them, and what they bind runners to.

use crate::{AssetId, MicroU, Moment, PermitId, Purpose, Units};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;

/// One asset of a permit.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct PermitUse {
	/// The asset.
	pub asset: AssetId,
	/// Units that are paid for.
	pub units: Units,
	/// Their fee, held when the permit was requested.
	#[serde(with = "crate::text")]
	pub fee: MicroU,
}

/// What may come out of a job.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct OutputLimits {
	/// The fewest people that a released number may stand for.
	pub smallest_group: u32,
	/// The most bytes of a job's output other than models.
	pub largest_output: u64,
	/// The most bytes of a job's models together. 0: no model may leave.
	pub largest_model: u64,
	/// The most bytes that may ever be released to one consumer from one asset, over all jobs.
	pub release_budget: u64,
}

impl OutputLimits {
	/// Limits nothing.
	pub const NONE: Self = Self {
		smallest_group: 0,
		largest_output: u64::MAX,
		largest_model: u64::MAX,
		release_budget: u64::MAX,
	};

	/// The stricter of both, limit by limit: what uses two assets keeps to what either allows.
	pub fn strictest(self, other: Self) -> Self {
		Self {
			smallest_group: self.smallest_group.max(other.smallest_group),
			largest_output: self.largest_output.min(other.largest_output),
			largest_model: self.largest_model.min(other.largest_model),
			release_budget: self.release_budget.min(other.release_budget),
		}
	}

	/// The most bytes that one job may release, models included.
	pub fn largest_release(&self) -> u64 {
		self.largest_output.saturating_add(self.largest_model).min(self.release_budget)
	}
}

/// Where a permit stands.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PermitStatus {
	/// Waits for the owners' approval.
	Requested,
	/// The operator may run the job.
	Approved,
	/// The job ran and its output was released.
	Completed,
	/// The operator refused to run it or to release its output; refunded.
	Refused,
	/// Withdrawn by the consumer or an owner; refunded.
	Revoked,
	/// Past its time; refunded.
	Expired,
	/// Completed, and used up by a derived asset.
	Consumed {
		/// The derived asset.
		into: AssetId,
	},
}

/// Where a challenge stands.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeStatus {
	/// The second operator has not answered yet.
	Open,
	/// Both came to the same: the challenger paid for it.
	Dismissed,
	/// The second came to something else: the first was slashed.
	Upheld,
}

/// Somebody's doubt whether a completed job came to what its operator reported.
#[derive(
	Clone,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct Challenge<AccountId> {
	/// Who doubts it.
	pub challenger: AccountId,
	/// The operator that repeats the job, chosen by the chain.
	pub second: AccountId,
	/// Held of the challenger while the challenge is open.
	#[serde(with = "crate::text")]
	pub bond: MicroU,
	/// What the second operator gets of it for its answer, whatever it says.
	#[serde(with = "crate::text")]
	pub fee: MicroU,
	/// When it was raised. It is answered later than that.
	pub challenged_at: Moment,
	/// After this moment it cannot be answered.
	pub answer_until: Moment,
	/// Where it stands.
	pub status: ChallengeStatus,
}

/// A permit to use sensitive assets inside a sandbox.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct PermitView<AccountId> {
	/// Its number.
	pub id: PermitId,
	/// Who asked for it and pays.
	pub consumer: AccountId,
	/// Who runs the job.
	pub operator: AccountId,
	/// The other operators that can be named to repeat it: those that all its assets were sealed to at the request, but
	/// for who was named already and did not answer.
	pub sealed_to: Vec<AccountId>,
	/// What is used, and the fees held.
	pub uses: Vec<PermitUse>,
	/// What the job is for.
	pub purpose: Purpose,
	/// Hash of the code that runs.
	pub code_hash: H256,
	/// Hash of its parameters.
	pub parameters_hash: H256,
	/// The most bytes that may leave the sandbox.
	pub output_cap: u64,
	/// What else limits what may leave: the strictest of the assets' policies when the permit was requested.
	pub limits: OutputLimits,
	/// Bytes released so far to the consumer from that of the assets of which it was given the most: what counts against
	/// [`OutputLimits::release_budget`].
	pub released_bytes: u64,
	/// The operator's own fee.
	#[serde(with = "crate::text")]
	pub operator_fee: MicroU,
	/// After this moment it cannot be completed.
	pub expires_at: Moment,
	/// Where it stands.
	pub status: PermitStatus,
	/// Hash of the operator's signed report, once there is one.
	pub report: Option<H256>,
	/// When that report came in.
	pub reported_at: Option<Moment>,
	/// Until when it can be challenged.
	pub challengeable_until: Option<Moment>,
	/// Who doubts the report, and what came of it.
	pub challenge: Option<Challenge<AccountId>>,
}

#[cfg(test)]
mod tests {
	use super::*;

	const ONE: OutputLimits =
		OutputLimits { smallest_group: 10, largest_output: 4_096, largest_model: 0, release_budget: 65_536 };
	const OTHER: OutputLimits = OutputLimits {
		smallest_group: 5,
		largest_output: 8_192,
		largest_model: 1_024,
		release_budget: 9_000,
	};

	#[test]
	fn the_strictest_limits_are_the_strictest_one_by_one() {
		let both = OutputLimits { release_budget: 9_000, ..ONE };
		assert_eq!([ONE.strictest(OTHER), OTHER.strictest(ONE)], [both; 2]);
		assert_eq!(OutputLimits::NONE.strictest(ONE), ONE);
	}

	#[test]
	fn a_release_is_output_and_models_within_the_budget() {
		assert_eq!(
			[ONE, OTHER, OutputLimits::NONE].map(|limits| limits.largest_release()),
			[4_096, 9_000, u64::MAX]
		);
	}
}
