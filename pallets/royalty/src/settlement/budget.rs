//! How much of a block a settlement may use.

use frame_support::weights::Weight;

/// A budget of one hook.
#[derive(Debug)]
pub struct Budget {
	limit: Weight,
	spent: Weight,
	/// Whether a step is taken even if it does not fit: no block is without progress.
	owed: bool,
}

impl Budget {
	/// The part of every block that settlement can count on. Its first step is taken in any case.
	pub fn guaranteed(limit: Weight) -> Self {
		Self { limit, spent: Weight::zero(), owed: true }
	}

	/// What a block has to spare.
	pub fn spare(limit: Weight) -> Self {
		Self { limit, spent: Weight::zero(), owed: false }
	}

	/// Lowers what may be used, if it is more than this.
	pub fn lower_to(&mut self, most: Weight) {
		self.limit = self.limit.min(most);
	}

	/// Whether a step of at most this weight may be taken now.
	pub fn admits(&self, step: Weight) -> bool {
		self.owed || self.spent.saturating_add(step).all_lte(self.limit)
	}

	/// Notes what a step has used.
	pub fn spend(&mut self, weight: Weight) {
		self.owed = false;
		self.prepare(weight);
	}

	/// Notes what was used to get to a step.
	pub fn prepare(&mut self, weight: Weight) {
		self.spent.saturating_accrue(weight);
	}

	/// What was used so far.
	pub fn spent(&self) -> Weight {
		self.spent
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const STEP: Weight = Weight::from_parts(60, 0);
	const LIMIT: Weight = Weight::from_parts(100, 0);

	#[test]
	fn guaranteed_budget_admits_a_first_step_of_any_size() {
		let mut budget = Budget::guaranteed(Weight::from_parts(1, 0));
		budget.prepare(STEP);
		assert!(budget.admits(STEP));
		budget.spend(STEP);
		assert!(!budget.admits(STEP));
		assert_eq!(budget.spent(), STEP.saturating_mul(2));
	}

	#[test]
	fn lowered_budget_admits_less() {
		let mut budget = Budget::spare(LIMIT);
		budget.lower_to(LIMIT.saturating_mul(2));
		assert!(budget.admits(LIMIT));
		budget.lower_to(STEP);
		assert!(budget.admits(STEP) && !budget.admits(LIMIT));
	}

	#[test]
	fn spare_budget_admits_only_what_fits() {
		let mut budget = Budget::spare(LIMIT);
		assert!(budget.admits(STEP));
		budget.spend(STEP);
		assert!(!budget.admits(STEP));
	}
}
