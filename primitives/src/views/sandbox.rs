//! Permits as nodes show them.

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

/// A permit to use sensitive assets inside a sandbox.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct PermitView<AccountId> {
	/// Its number.
	pub id: PermitId,
	/// Who asked for it and pays.
	pub consumer: AccountId,
	/// Who runs the job.
	pub operator: AccountId,
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
	/// The operator's own fee.
	#[serde(with = "crate::text")]
	pub operator_fee: MicroU,
	/// After this moment it cannot be completed.
	pub expires_at: Moment,
	/// Where it stands.
	pub status: PermitStatus,
	/// Hash of the operator's signed report, once there is one.
	pub report: Option<H256>,
}
