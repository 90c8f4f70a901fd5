//! Disputes as nodes show them.

use crate::{DisputeId, MicroU, Moment, Outcome, Subject};
use alloc::string::String;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// A dispute that is not over.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DisputeView<AccountId> {
	/// Its id.
	pub id: DisputeId,
	/// What it is about.
	pub subject: Subject,
	/// Who raised it.
	pub by: AccountId,
	/// CID of the evidence.
	pub evidence: String,
	/// When, in milliseconds since the Unix epoch.
	pub opened_at: Moment,
	/// Until when the curators can decide.
	pub decide_until: Moment,
	/// Votes of curators for it so far.
	pub ayes: u32,
	/// Votes against it.
	pub nays: u32,
	/// What is held for it, in micro-U.
	#[serde(with = "crate::text")]
	pub held: MicroU,
	/// How it was decided, where only what is held waits for the end of a settlement or of a correction.
	pub outcome: Option<Outcome>,
}
