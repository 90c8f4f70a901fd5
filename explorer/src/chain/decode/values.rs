//! Values inside events and records, matched by name. Where [`heirloom_primitives`] has the same, that is what comes out.

use heirloom_primitives as primitives;
use scale_decode::DecodeAsType;
use std::borrow::Cow;
use subxt::utils::{AccountId32, H256};

/// A wish of the macro below: the same variants as an enum of the primitives, as a text that JSON has for them too.
macro_rules! mirrored {
	($(#[$doc:meta])* $name:ident { $($variant:ident => $text:literal),+ $(,)? }) => {
		$(#[$doc])*
		#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
		#[allow(missing_docs)]
		pub enum $name { $($variant),+ }

		impl $name {
			/// As the index and the nodes' JSON write it.
			pub fn text(self) -> &'static str {
				match self { $(Self::$variant => $text),+ }
			}
		}
	};
}

mirrored! {
	/// What an asset consists of.
	Kind { Data => "data", Model => "model", Script => "script" }
}
mirrored! {
	/// How a derived asset uses a parent.
	Relation {
		TrainedOn => "trained_on", Finetune => "finetune", Adapter => "adapter", Quantized => "quantized",
		Merge => "merge", EvaluatedWith => "evaluated_with",
	}
}
mirrored! {
	/// What a call was for.
	Purpose {
		Inference => "inference", Training => "training", FineTuning => "fine_tuning", Evaluation => "evaluation",
	}
}
mirrored! {
	/// Whether an asset can be used.
	Status { Active => "active", Delisted => "delisted" }
}
mirrored! {
	/// Why an asset is sandboxed.
	Mode { Chosen => "chosen", Medical => "medical" }
}
mirrored! {
	/// Who lets a request pass.
	Approval { Owner => "owner", Automatic => "automatic" }
}

impl From<Purpose> for primitives::Purpose {
	fn from(purpose: Purpose) -> Self {
		match purpose {
			Purpose::Inference => Self::Inference,
			Purpose::Training => Self::Training,
			Purpose::FineTuning => Self::FineTuning,
			Purpose::Evaluation => Self::Evaluation,
		}
	}
}

/// Terms for those who derive from an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub enum Terms {
	Share { rate: u16 },
	Buyout { price: u128 },
}

impl Terms {
	/// As the index and the nodes' JSON write it.
	pub fn text(self) -> &'static str {
		match self {
			Self::Share { .. } => "share",
			Self::Buyout { .. } => "buyout",
		}
	}

	/// The share of a derivative's call fees, in basis points.
	pub fn rate(self) -> Option<i64> {
		match self {
			Self::Share { rate } => Some(rate.into()),
			Self::Buyout { .. } => None,
		}
	}

	/// The price of a licence, in micro-U.
	pub fn price(self) -> Option<String> {
		match self {
			Self::Share { .. } => None,
			Self::Buyout { price } => Some(price.to_string()),
		}
	}
}

/// A stated quality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct Quality {
	pub bps: u16,
	pub attested: bool,
}

/// Stated evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct Evidence {
	pub accuracy: Option<u16>,
	pub speed_gain: Option<u16>,
}

/// How an edge is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub enum EdgeChange {
	Add { relation: Relation },
	Remove,
}

/// A parent of a derived asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct Parent {
	pub asset: u32,
	pub relation: Relation,
}

/// An asset as state has it.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct AssetRecord {
	pub handle: Vec<u8>,
	pub kind: Kind,
	pub creator: AccountId32,
	pub content: Vec<u8>,
	pub domain: Option<u16>,
	pub scenario: Vec<u8>,
	pub evidence: Evidence,
	pub terms: Terms,
	pub call_fee: u128,
	pub quality: Option<Quality>,
	pub impact: u16,
	pub minted: u32,
	pub generation: u32,
	pub status: Status,
	pub ancestors: u32,
}

/// A domain as state has it.
#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub struct Domain {
	pub name: Vec<u8>,
	pub medical: bool,
}

/// What somebody wrote, as text that a database takes: what is no UTF-8, and zeros, are replaced.
pub fn text(bytes: &[u8]) -> String {
	let text = String::from_utf8_lossy(bytes);
	match text {
		Cow::Borrowed(text) if !text.contains('\0') => text.into(),
		text => text.replace('\0', "\u{fffd}"),
	}
}

/// A number of 64 bits without sign as a database has it: what no clock shows and no sum reaches is cut off.
pub fn number(number: u64) -> i64 {
	i64::try_from(number).unwrap_or(i64::MAX)
}

/// A hash as the index writes it.
pub fn hash(hash: H256) -> String {
	format!("{hash:?}")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_people_write_becomes_text_that_every_database_takes() {
		assert_eq!(text(b"CT of 40 lungs"), "CT of 40 lungs");
		assert_eq!(text(b"a\0b\xff"), "a\u{fffd}b\u{fffd}");
	}

	#[test]
	fn hashes_are_written_whole() {
		assert_eq!(hash(H256::repeat_byte(0xab)), format!("0x{}", "ab".repeat(32)));
	}

	#[test]
	fn names_are_those_of_the_nodes_json() {
		let json = |value: primitives::Purpose| serde_json::to_value(value).unwrap();
		for purpose in [Purpose::Inference, Purpose::Training, Purpose::FineTuning, Purpose::Evaluation] {
			assert_eq!(json(purpose.into()), purpose.text());
		}
	}
}
