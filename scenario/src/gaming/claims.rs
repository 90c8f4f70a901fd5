//! What claims hold of a month's payments, and who has it in the end: the rules of `docs/disputes.md`, by the model.

use crate::model::{CENT, Error, Month, Revenue, Settlement, settle};

/// The most claims of one derivative at a time. The runtime's tests hold this to the chain's.
pub const CLAIMS_OF_ONE: usize = 8;

/// How a claim ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
	/// The parent is removed.
	Upheld,
	/// The parent stays.
	Dismissed,
	/// The parent stays: nobody decided in time.
	Lapsed,
}

/// A claim that a parent was never used. It is open when the month closes, and ends before the next one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
	/// Position of the derivative.
	pub derivative: usize,
	/// Position of the parent, which the derivative has through no other one.
	pub parent: usize,
	/// How it ends.
	pub outcome: Outcome,
}

impl Claim {
	/// What is held of the parent's payment, in micro-U: its share of the derivative's pot, in whole cents.
	fn held(&self, settled: &Settlement) -> u128 {
		let lines = settled.row(self.parent).map(|row| settled.lines(row));
		let line = lines.into_iter().flatten().find(|line| line.pot.asset == self.derivative);
		line.map_or(0, |line| line.amount / CENT * CENT)
	}
}

/// What each asset is due for a month in the end, in micro-U by position.
pub fn dues(month: &Month, claims: &[Claim]) -> Result<Vec<i128>, Error> {
	let settled = settle(month)?;
	let mut dues = by_asset(month, &settled);
	// The next month has the same calls: ranks come from them.
	let mut next = Month { revenue: Vec::new(), ..month.clone() };
	let mut again = Vec::new();
	for claim in claims {
		let amount = claim.held(&settled);
		dues[claim.parent] -= amount.cast_signed();
		match claim.outcome {
			Outcome::Upheld => {
				next.assets[claim.derivative].parents.retain(|parent| *parent != claim.parent);
				again.push(Revenue { asset: claim.derivative, amount });
			}
			Outcome::Dismissed | Outcome::Lapsed => dues[claim.parent] += amount.cast_signed(),
		}
	}
	if !again.is_empty() {
		let without = by_asset(&next, &settle(&next)?);
		next.revenue = again;
		let with = by_asset(&next, &settle(&next)?);
		for (due, (with, without)) in dues.iter_mut().zip(with.into_iter().zip(without)) {
			*due += with - without;
		}
	}
	Ok(dues)
}

fn by_asset(month: &Month, settled: &Settlement) -> Vec<i128> {
	let mut dues = vec![0; month.assets.len()];
	for row in &settled.rows {
		dues[row.asset] = row.due.cast_signed();
	}
	dues
}
