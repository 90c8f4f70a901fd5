//! What is stored, compared with what it must be. A difference is written down to be shown, never mended unseen.

pub mod payments;
pub mod receipts;

use super::Result;
use crate::{
	chain::Node,
	store::{
		Store,
		write::{NewCheck, Tx},
	},
};
use heirloom_primitives::{AssetId, MicroU, Period};

/// Differences of one comparison that are written out; the others are counted.
const WRITTEN_OUT: usize = 20;

/// Something that is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
	/// What of it.
	pub what: String,
	/// What it should be.
	pub expected: String,
	/// What it is.
	pub found: String,
}

/// A comparison of many things of a period.
#[derive(Clone, Debug)]
pub struct Tally {
	kind: &'static str,
	subject: String,
	compared: i64,
	differences: Vec<Difference>,
	count: usize,
}

impl Tally {
	/// Nothing compared yet.
	pub fn new(kind: &'static str, period: Period) -> Self {
		Self { kind, subject: period.to_string(), compared: 0, differences: Vec::new(), count: 0 }
	}

	/// Compares one thing of an asset.
	pub fn compare(&mut self, asset: AssetId, what: &str, should: MicroU, is: MicroU) {
		self.compared += 1;
		if should != is {
			let what = format!("asset {asset}, {what}");
			self.differ(Difference { what, expected: should.to_string(), found: is.to_string() });
		}
	}

	/// Compares how many there are.
	pub fn compare_all(&mut self, what: &str, should: usize, is: usize) {
		self.compared += 1;
		if should != is {
			let what = format!("number of {what}");
			self.differ(Difference { what, expected: should.to_string(), found: is.to_string() });
		}
	}

	/// Notes a difference.
	pub fn differ(&mut self, difference: Difference) {
		self.count += 1;
		if self.differences.len() < WRITTEN_OUT {
			self.differences.push(difference);
		}
	}

	/// As it is stored: one line a difference.
	pub fn check(&self, height: i64) -> NewCheck {
		let lines = |of: fn(&Difference) -> &String| {
			let lines =
				self.differences.iter().map(|difference| format!("{}: {}", difference.what, of(difference)));
			let mut lines: Vec<_> = lines.collect();
			if self.count > self.differences.len() {
				lines.push(format!("and {} more", self.count - self.differences.len()));
			}
			lines.join("\n")
		};
		NewCheck {
			kind: self.kind,
			subject: self.subject.clone(),
			height,
			ok: self.count == 0,
			compared: self.compared,
			expected: lines(|difference| &difference.expected),
			found: lines(|difference| &difference.found),
		}
	}
}

/// Assets and receipts that are compared in one go: a few minutes' work, whatever the size of the platform.
const AT_ONCE: i64 = 1_000_000;

/// Where the next comparison of receipts begins, and behind which month that of payments: facts of the index.
const NEXT_ASSET: &str = "receipts-compared-to";
const LAST_MONTH: &str = "payments-compared-of";

/// Compares a part of what is stored once more, and the next part the next time: receipts, asset by asset, and the payments of
/// one month.
pub async fn compare_next(store: &Store, node: &Node) -> Result<()> {
	let mut next = fact(store, NEXT_ASSET).await?;
	let mut left = AT_ONCE;
	while left > 0 {
		let compared = receipts::compare_range(store, node, next).await?;
		left -= compared.assets + compared.receipts;
		next = if compared.assets == 0 { 0 } else { next + compared.assets };
		note_fact(store, NEXT_ASSET, next).await?;
		if next == 0 {
			break;
		}
	}
	let month = payments::compare_next(store, fact(store, LAST_MONTH).await?).await?;
	note_fact(store, LAST_MONTH, month).await
}

async fn fact(store: &Store, name: &str) -> Result<i64> {
	Ok(store.chain_fact(name).await?.and_then(|text| text.parse().ok()).unwrap_or_default())
}

async fn note_fact(store: &Store, name: &str, value: i64) -> Result<()> {
	let mut tx = store.begin().await?;
	tx.note(name, &value.to_string()).await?;
	Ok(tx.commit().await?)
}

/// Writes down what a comparison came to.
pub async fn note(tx: &mut Tx, tally: &Tally, height: i64) -> Result<()> {
	let check = tally.check(height);
	if !check.ok {
		tracing::error!(kind = check.kind, subject = check.subject, "differs: {}", check.found);
	}
	Ok(tx.check(&check).await?)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn equal_things_are_counted_only() {
		let mut tally = Tally::new("statements", Period(24_314));
		tally.compare(7, "its weight", 5, 5);
		let check = tally.check(3);
		assert_eq!((check.ok, check.compared, check.found.as_str()), (true, 1, ""));
		assert_eq!(check.subject, "2026-03");
	}

	#[test]
	fn differences_are_named_up_to_a_bound() {
		let mut tally = Tally::new("statements", Period(24_314));
		for asset in 0..25 {
			tally.compare(asset, "its share", 1, 2);
		}
		let check = tally.check(3);
		assert!(!check.ok);
		assert!(check.found.starts_with("asset 0, its share: 2\n"), "{}", check.found);
		assert!(check.found.ends_with("and 5 more"), "{}", check.found);
	}
}
