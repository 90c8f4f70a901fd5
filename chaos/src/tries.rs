//! What came of the transactions that users tried to make.

use std::{collections::BTreeMap, fmt};
use subxt::{rpcs::UserError, utils::H256};

/// What came of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
	/// A node took it.
	Taken(H256),
	/// A node said no, in these words.
	Refused(String),
	/// A node did not answer in time. It may have taken it all the same.
	Unanswered,
	/// There was no node, or it hung up.
	Unreached,
}

/// What came of all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tries {
	/// How many nodes took.
	pub taken: u64,
	/// How many nodes refused, by what they said.
	pub refused: BTreeMap<String, u64>,
	/// How many nodes did not answer to in time.
	pub unanswered: u64,
	/// How many reached no node, or one that hung up.
	pub unreached: u64,
}

impl Tries {
	/// Adds one.
	pub fn add(&mut self, tried: &Tried) {
		match tried {
			Tried::Taken(_) => self.taken += 1,
			Tried::Refused(said) => *self.refused.entry(said.clone()).or_default() += 1,
			Tried::Unanswered => self.unanswered += 1,
			Tried::Unreached => self.unreached += 1,
		}
	}

	/// How many there were, whatever came of them.
	pub fn all(&self) -> u64 {
		self.taken + self.refusals() + self.unanswered + self.unreached
	}

	/// What came of those that were not there `earlier`.
	pub fn since(&self, earlier: &Self) -> Self {
		let before = |said: &String| earlier.refused.get(said).copied().unwrap_or_default();
		let refused = self.refused.iter().map(|(said, count)| (said.clone(), count - before(said)));
		Self {
			taken: self.taken - earlier.taken,
			refused: refused.filter(|(_, count)| *count > 0).collect(),
			unanswered: self.unanswered - earlier.unanswered,
			unreached: self.unreached - earlier.unreached,
		}
	}

	fn refusals(&self) -> u64 {
		self.refused.values().sum()
	}
}

impl fmt::Display for Tries {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let (all, refusals) = (self.all(), self.refusals());
		write!(f, "of {all} transactions that users tried, nodes took {}, refused {refusals}", self.taken)?;
		if refusals > 0 {
			let said: Vec<_> = self.refused.iter().map(|(said, count)| format!("{count} × {said}")).collect();
			write!(f, " ({})", said.join(", "))?;
		}
		write!(f, " and left {} unanswered, and {} reached no node", self.unanswered, self.unreached)
	}
}

/// What a node's refusal says, without what differs from one to the next of its kind.
pub fn words(refusal: &UserError) -> String {
	// `Priority is too low: (30 vs 20)`
	let message = refusal.message.split([':', '(']).next().unwrap_or_default().trim();
	format!("{} {message}", refusal.code)
}

#[cfg(test)]
mod tests {
	use super::*;

	const FULL: &str = "1016 Immediately Dropped";

	fn tries(tried: &[Tried]) -> Tries {
		let mut tries = Tries::default();
		tried.iter().for_each(|tried| tries.add(tried));
		tries
	}

	fn some() -> Vec<Tried> {
		let refused = |said: &str| Tried::Refused(said.into());
		vec![
			Tried::Taken(H256([1; 32])),
			refused(FULL),
			Tried::Unreached,
			Tried::Taken(H256([2; 32])),
			refused(FULL),
			refused("1010 Invalid Transaction"),
			Tried::Unanswered,
		]
	}

	#[test]
	fn every_try_is_told() {
		let tries = tries(&some());
		assert_eq!((tries.all(), tries.taken), (7, 2));
		assert_eq!(
			tries.to_string(),
			"of 7 transactions that users tried, nodes took 2, refused 3 (1 × 1010 Invalid Transaction, \
			 2 × 1016 Immediately Dropped) and left 1 unanswered, and 1 reached no node"
		);
		assert_eq!(
			Tries::default().to_string(),
			"of 0 transactions that users tried, nodes took 0, refused 0 and left 0 unanswered, and 0 reached no node"
		);
	}

	#[test]
	fn earlier_tries_are_left_out() {
		let all = some();
		let (earlier, later) = all.split_at(4);
		assert_eq!(tries(&all).since(&tries(earlier)), tries(later));
		assert_eq!(tries(&all).since(&tries(&all)), Tries::default());
	}

	#[test]
	fn refusals_of_one_kind_have_the_same_words() {
		let refusal = |code, message: &str| words(&UserError { code, message: message.into(), data: None });
		assert_eq!(refusal(1016, "Immediately Dropped"), FULL);
		assert_eq!(refusal(1014, "Priority is too low: (30 vs 20)"), "1014 Priority is too low");
		assert_eq!(
			refusal(1014, "Priority is too low: (31 vs 20)"),
			refusal(1014, "Priority is too low: (30 vs 9)")
		);
	}
}
