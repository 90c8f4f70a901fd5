//! The bounds a job's output is held to.

use crate::bundle::SMALLEST_BUCKET;

/// What the permit, the owner's policy and the ledger say about one job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
	/// The permit's output cap, in bytes. It holds for the padded bundle, models included.
	pub permit_cap: u64,
	/// The owner's largest output, in bytes. None where the owner said nothing: then 1 MiB.
	pub largest_output: Option<u64>,
	/// The most bytes of all declared models together. 0 where no model may leave.
	pub largest_model: u64,
	/// The fewest people that a released number may stand for.
	pub smallest_group: u64,
	/// Bytes of all inputs the job read.
	pub input_bytes: u64,
	/// Bytes released to this consumer from these assets before: the most of any of them.
	pub released_bytes: u64,
	/// The most bytes that may ever be released to one consumer from one asset.
	pub release_budget: u64,
	/// Significant digits that released values are rounded to, 1 to 17.
	pub significant_digits: u8,
}

impl Policy {
	/// The smallest group where an owner says nothing.
	pub const SMALLEST_GROUP: u64 = 10;
	/// Significant digits where an owner says nothing.
	pub const SIGNIFICANT_DIGITS: u8 = 4;
	/// The largest output where an owner says nothing, in bytes.
	pub const LARGEST_OUTPUT: u64 = 1 << 20;

	/// The most bytes of a job's outputs other than models: the smallest of permit, policy, and 1 % of the input. The
	/// last is at least 4 KiB, the smallest bucket, so that small inputs release something at all; above 1 MiB only the
	/// owner's own figure can lift it.
	pub fn output_cap(&self) -> u64 {
		let owner = self.largest_output.unwrap_or(Self::LARGEST_OUTPUT);
		let part = (self.input_bytes / 100).max(SMALLEST_BUCKET);
		self.permit_cap.min(owner).min(part)
	}

	/// Whether a padded bundle of `bytes` is still within the budget.
	pub(crate) fn affords(&self, bytes: u64) -> bool {
		self.released_bytes.checked_add(bytes).is_some_and(|sum| sum <= self.release_budget)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn policy(permit_cap: u64, largest_output: Option<u64>, input_bytes: u64) -> Policy {
		Policy {
			permit_cap,
			largest_output,
			largest_model: 0,
			smallest_group: 10,
			input_bytes,
			released_bytes: 0,
			release_budget: u64::MAX,
			significant_digits: 4,
		}
	}

	#[test]
	fn output_cap_should_be_the_smallest_of_three() {
		assert_eq!(policy(9_000, Some(8_000), 10_000_000).output_cap(), 8_000);
		assert_eq!(policy(7_000, Some(8_000), 10_000_000).output_cap(), 7_000);
		assert_eq!(policy(9_000_000, Some(8_000_000), 10_000_000).output_cap(), 100_000);
	}

	#[test]
	fn output_cap_should_be_4_kib_when_the_input_is_small() {
		assert_eq!(policy(1 << 30, None, 0).output_cap(), 4_096);
	}

	#[test]
	fn output_cap_should_be_1_mib_when_the_owner_says_nothing() {
		assert_eq!(policy(u64::MAX, None, u64::MAX).output_cap(), 1 << 20);
		assert_eq!(policy(u64::MAX, Some(4 << 20), u64::MAX).output_cap(), 4 << 20);
	}

	#[test]
	fn a_budget_should_not_overflow() {
		let mut full = policy(0, None, 0);
		full.released_bytes = u64::MAX;
		assert!(!full.affords(1));
		assert!(full.affords(0));
	}
}
