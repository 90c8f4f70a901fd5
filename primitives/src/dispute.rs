//! What is disputed of assets, and how it ended.

use crate::{AssetId, EdgeEdit};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, traits::ConstU32};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// A dispute.
pub type DisputeId = u32;

/// A statement or a reason in somebody's words, in UTF-8: some sentences.
pub type Words = BoundedVec<u8, ConstU32<512>>;

/// What a dispute is about.
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
pub enum Subject {
	/// Somebody claims that a parent was left out, or was never used.
	Edge(EdgeEdit),
	/// The owner of an asset that was taken off the list appeals.
	Delisting {
		/// The asset.
		asset: AssetId,
	},
}

impl Subject {
	/// The asset that it is about: the derivative of an edge.
	pub const fn asset(&self) -> AssetId {
		match self {
			Self::Edge(EdgeEdit { child, .. }) => *child,
			Self::Delisting { asset } => *asset,
		}
	}
}

/// How a dispute ended.
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
pub enum Outcome {
	/// Who raised it was right.
	Upheld,
	/// They were not, and their bond is lost.
	Dismissed,
	/// The curators did not decide in time: nothing changes, and the bond is returned.
	Lapsed,
}
