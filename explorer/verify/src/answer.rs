//! What is answered: each step with its numbers, or why there are none.

use alloc::{
	string::{String, ToString},
	vec::Vec,
};
use core::fmt::Display;
use heirloom_primitives::AssetId;
use serde::Serialize;

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Answer {
	/// Name the blocks of these numbers too, and ask again.
	NeedHeaders {
		/// The numbers, the last first.
		numbers: Vec<u32>,
	},
	/// Prove these keys too, and ask again with all proofs so far.
	Need {
		/// What to prove, a block each.
		states: Vec<Wanted>,
	},
	/// The platform is too large to look at every asset here: ask again with the descendants that a node lists.
	NeedDescendants,
	/// It was recomputed.
	Done(Recomputed),
	/// It cannot be recomputed from what was given.
	Refused(Refusal),
}

/// Keys that are to be proven in the state of one block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wanted {
	/// The block's hash.
	pub block: String,
	/// The keys, in hexadecimal.
	pub keys: Vec<String>,
}

/// A recomputed statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recomputed {
	/// The block whose state it was recomputed from.
	pub block: Block,
	/// Where the sets of ancestors are from.
	pub ancestors: AncestorsOf,
	/// How many values were proven.
	pub values: usize,
	/// Whether every asset of the period was looked at, so that ranks, averages and the list of descendants were
	/// recomputed as well.
	pub complete: bool,
	/// Whether nothing differs.
	pub equal: bool,
	/// The steps, in the order they build on each other.
	pub checks: Vec<Check>,
}

/// A block, by its header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Block {
	/// Its number.
	pub number: u32,
	/// Its hash, computed from the header.
	pub hash: String,
	/// The root of its state.
	pub state_root: String,
}

/// Where the sets of ancestors are from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum AncestorsOf {
	/// The block that reported the period: those that it was split by.
	Report {
		/// The block.
		block: Block,
		/// In how many steps it was proven to come before the block of the question; none where that is the word of
		/// whoever named it.
		steps: Option<u32>,
	},
	/// The block of the question, since the state of the one that reported the period cannot be had: they are other ones
	/// where the genealogy was corrected since.
	Now {
		/// The number of the block that reported the period.
		reported_in: u32,
	},
}

/// One step. Amounts are micro-U, weights, ranks and qualities basis points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
	/// What was computed.
	pub what: What,
	/// The descendant, in a line of the share.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub descendant: Option<AssetId>,
	/// What came out here.
	pub recomputed: String,
	/// What the chain recorded, proven; none where it does not record it.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub recorded: Option<String>,
	/// What the page shows; none where it does not show it.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub shown: Option<String>,
	/// Whether all of them are the same.
	pub equal: bool,
}

/// What a step computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
	/// The average attested quality of the asset's kind.
	Average,
	/// The asset's usage rank.
	Rank,
	/// Weight from quality.
	Quality,
	/// Weight from usage.
	Usage,
	/// Weight from impact.
	Impact,
	/// The weight.
	Weight,
	/// A descendant's pot.
	Pot,
	/// The sum of the weights of a descendant's eligible ancestors.
	TotalWeight,
	/// What of a pot reaches the asset, rounded down.
	Line,
	/// The sum of the lines, rounded once.
	Shared,
	/// The asset's own call fees.
	CallFees,
	/// What it carried in.
	CarriedIn,
	/// What was paid.
	Paid,
	/// What it carries on.
	CarriedOut,
	/// Who was paid.
	Payee,
}

impl Check {
	/// A step with what was computed.
	pub(crate) fn new(what: What, recomputed: impl Display) -> Self {
		let recomputed = recomputed.to_string();
		Self { what, descendant: None, recomputed, recorded: None, shown: None, equal: true }
	}

	/// It belongs to a line of the share.
	pub(crate) fn of(mut self, descendant: AssetId) -> Self {
		self.descendant = Some(descendant);
		self
	}

	/// Compares it with what the chain recorded.
	pub(crate) fn recorded(mut self, recorded: impl Display) -> Self {
		let recorded = recorded.to_string();
		self.equal &= recorded == self.recomputed;
		self.recorded = Some(recorded);
		self
	}

	/// Compares it with what the page shows, where it shows it.
	pub(crate) fn shown(mut self, shown: Option<impl Display>) -> Self {
		self.shown = shown.map(|shown| shown.to_string());
		self.equal &= self.shown.as_ref().is_none_or(|shown| *shown == self.recomputed);
		self
	}
}

/// Why a statement is not recomputed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Refusal {
	/// The question is not one.
	BadQuestion {
		/// What about it.
		detail: String,
	},
	/// The header is not that of the block it is said to be of.
	OtherHeader {
		/// The header's hash.
		hash: String,
	},
	/// The block of this number is not the one that the chain remembers.
	OtherAncestor {
		/// The number.
		number: u32,
	},
	/// The proof does not prove a value of this state that it was asked for.
	NotProven {
		/// The value's key.
		key: String,
	},
	/// A proven value is not of a form that is known here.
	Unreadable {
		/// The storage item.
		item: String,
	},
	/// The period is not settled.
	NotSettled,
	/// The asset took no part in the period.
	NoSuchAsset,
	/// The chain does not keep the period's detail any more.
	Pruned,
	/// More descendants share with the asset than can be recomputed here.
	TooLarge,
}
