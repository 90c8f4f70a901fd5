//! Assets as nodes show them.

use crate::{AssetId, Bps, Kind, MicroU, Period, Quality, Relation, Status, Terms};
use alloc::{string::String, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;

/// Evidence that an owner states for an asset, in basis points.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
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
#[serde(default, deny_unknown_fields)]
pub struct Evidence {
	/// Accuracy: 9,300 = 93 %.
	pub accuracy: Option<Bps>,
	/// Gain in speed over what it derives from: 4,000 = 40 % faster.
	pub speed_gain: Option<Bps>,
}

/// A parent of a derived asset.
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
pub struct Parent {
	/// The parent.
	pub asset: AssetId,
	/// How it was used.
	pub relation: Relation,
}

/// The count of an asset's receipts and the running hash over them. A list of receipts that anyone serves is whole
/// and unchanged if hashing it again ends here: `hash = blake2_256(previous hash ++ SCALE(receipt))`, from zero on.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
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
pub struct ReceiptHead {
	/// Receipts so far.
	pub count: u64,
	/// Hash over all of them, in order.
	pub hash: H256,
}

/// Everything the chain holds of one asset.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct AssetView<AccountId> {
	/// Its number.
	pub id: AssetId,
	/// Its name.
	pub handle: String,
	/// What it consists of.
	pub kind: Kind,
	/// Who minted it.
	pub creator: AccountId,
	/// Who owns the item now.
	pub owner: AccountId,
	/// Who would be paid now.
	pub payee: AccountId,
	/// CID of the content; of the ciphertext where it is sandboxed.
	pub content: String,
	/// Name of its domain.
	pub domain: Option<String>,
	/// What it is good for, in its owner's words.
	pub scenario: String,
	/// Evidence its owner states.
	pub evidence: Evidence,
	/// Terms for those who derive from it.
	pub terms: Terms,
	/// Fee for one unit, in micro-U.
	#[serde(with = "crate::text")]
	pub call_fee: MicroU,
	/// Claimed or attested quality.
	pub quality: Option<Quality>,
	/// Attested improvement of its derivatives.
	pub impact: Bps,
	/// Period it was minted in.
	pub minted: Period,
	/// 0 for a root, else one more than the greatest of its parents.
	pub generation: u32,
	/// Active or delisted.
	pub status: Status,
	/// Whether it is used through permits only.
	pub sandboxed: bool,
	/// Direct parents.
	pub parents: Vec<Parent>,
	/// Number of all transitive ancestors.
	pub ancestors: u32,
	/// Number of direct children.
	pub children: u32,
	/// Its receipts.
	pub receipts: ReceiptHead,
}

/// An asset met on a walk through descendants.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct Descendant {
	/// The asset.
	pub asset: AssetId,
	/// The one parent under which the walk lists it: an asset with several is listed once.
	pub under: AssetId,
	/// Steps from the asset that was asked for.
	pub depth: u32,
}

/// A page of a longer list.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct Page<Item> {
	/// In order.
	pub items: Vec<Item>,
	/// Where the next page begins; none at the end.
	pub next: Option<AssetId>,
}
