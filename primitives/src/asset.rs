//! What an asset is, and what may be said of its use.

use crate::{AssetId, Bps, MicroU, Period, Standing};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What an asset consists of. Qualities are compared within a kind only.
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
pub enum Kind {
	/// A data set or an annotation.
	Data,
	/// Model weights.
	Model,
	/// A script: evaluation, preparation, training.
	Script,
}

impl Kind {
	/// All kinds, in the order of [`Kind::index`].
	pub const ALL: [Self; 3] = [Self::Data, Self::Model, Self::Script];

	/// Position in a table of one entry a kind.
	pub const fn index(self) -> usize {
		self as usize
	}
}

/// How a derived asset uses a parent.
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
pub enum Relation {
	/// Trained on the parent's data.
	TrainedOn,
	/// Weights that continue the parent's.
	Finetune,
	/// A small set of weights on top of the parent's.
	Adapter,
	/// The parent's weights with less precision.
	Quantized,
	/// One of several parents whose weights were joined.
	Merge,
	/// Measured with the parent's script or data.
	EvaluatedWith,
}

/// What a call was for.
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
pub enum Purpose {
	/// Running a model.
	Inference,
	/// Training from the start.
	Training,
	/// Continuing a training.
	FineTuning,
	/// Measuring.
	Evaluation,
}

/// What an owner asks of those who derive from an asset.
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
pub enum Terms {
	/// Derivatives share their revenue.
	Share {
		/// The part of a derivative's call fees that is its shared revenue, in basis points.
		rate: Bps,
	},
	/// A licence is bought once; derivatives owe this asset nothing.
	Buyout {
		/// Price of a licence in micro-U.
		price: MicroU,
	},
}

impl Terms {
	/// The share of a derivative's call fees, where derivatives share at all.
	pub const fn share_rate(&self) -> Option<Bps> {
		match *self {
			Self::Share { rate } => Some(rate),
			Self::Buyout { .. } => None,
		}
	}
}

/// Whether an asset can be used.
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
pub enum Status {
	/// Can be called and derived from.
	Active,
	/// Taken off the list by the curators: no calls, and no share of later months.
	Delisted,
}

/// A stated quality.
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
pub struct Quality {
	/// In basis points: 9,800 = 98 %.
	pub bps: Bps,
	/// Whether a curator attested it; else it is the owner's claim.
	pub attested: bool,
}

/// The part of an asset that a settlement reads, kept packed, [`crate::ASSETS_PER_PAGE`] to a storage page. It stands
/// still from a period's close to its report.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct AssetFacts {
	/// Qualities are averaged within a kind.
	pub kind: Kind,
	/// Not delisted.
	pub active: bool,
	/// Present with `Share` terms: the part of a derivative's call fees that it shares.
	pub share_rate: Option<Bps>,
	/// Claimed or attested quality.
	pub quality: Option<Quality>,
	/// Attested improvement of its derivatives, in basis points.
	pub impact: Bps,
	/// The period it was minted in: the bonus for new assets counts from it.
	pub minted: Period,
}

impl AssetFacts {
	/// The rate at which derivatives share with this asset if it is an eligible ancestor: `Share` terms and active.
	pub fn eligible_rate(&self) -> Option<Bps> {
		self.share_rate.filter(|_| self.active)
	}

	/// Whether curators vouched for it: they attested its quality, or that it improves its derivatives.
	pub fn is_proven(&self) -> bool {
		self.impact > 0 || self.quality.is_some_and(|quality| quality.attested)
	}

	/// How it stands towards its derivatives, if it is an eligible ancestor.
	pub fn standing(&self) -> Option<Standing> {
		self.eligible_rate().map(|rate| Standing { rate, proven: self.is_proven() })
	}
}

/// An edge of the genealogy that was found to be missing, or one that should not be there.
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
pub struct EdgeEdit {
	/// The derived asset.
	pub child: AssetId,
	/// The asset that it derives from, or does not.
	pub parent: AssetId,
	/// What becomes of the edge.
	pub change: EdgeChange,
}

/// What becomes of an edge.
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
pub enum EdgeChange {
	/// The parent was left out.
	Add {
		/// How the child uses it.
		relation: Relation,
	},
	/// The parent was never used.
	Remove,
}

impl EdgeEdit {
	/// Whether it adds a parent.
	pub fn is_addition(&self) -> bool {
		matches!(self.change, EdgeChange::Add { .. })
	}
}
