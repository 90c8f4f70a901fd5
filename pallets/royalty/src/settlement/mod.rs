//! The settlement of a closed period, in bounded steps.
//!
//! | phase | a step is | what it leaves |
//! |---|---|---|
//! | [`count`] | a page of assets | how many active assets had so many units; sums of attested qualities |
//! | [`rank`] | a page of distinct numbers of units | the rank of each |
//! | [`weigh`] | a page of assets | weights |
//! | [`spread`] | an earning asset | its pot; accruals of its ancestors |
//! | [`due`] | a page of assets | statements, what is carried, what payees are due |
//! | [`pay`] | a page of payees | payments |
//! | [`report`] | a page of old detail, then the report | the pool's part, the totals |
//!
//! Where the work is cut into blocks changes nothing of the result: a step reads only what stands still and what
//! earlier steps left.

pub mod budget;
mod columns;
pub mod count;
pub mod due;
#[cfg(feature = "std")]
mod greatest;
pub mod pay;
pub mod rank;
pub mod report;
pub mod spread;
mod steps;
pub mod weigh;

pub use budget::Budget;
pub use steps::StepWeights;

use crate::{
	Closings, Config, CurrentSettlement, MostPerHook, Pallet, PendingPeriod, Settlement, WeightInfo,
};
use frame_support::{traits::Get, weights::Weight};
use heirloom_primitives::{PeriodReport, Phase};

/// Whether a phase has more to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
	/// All its steps are done.
	Done,
	/// What was kept in memory had to be written; it goes on.
	Again,
	/// The budget is used up.
	Paused,
}

impl<T: Config> Pallet<T> {
	/// Goes on with the settlement under way, or begins the next, as far as the budget reaches. Returns what was used.
	pub(crate) fn settle(mut budget: Budget) -> Weight {
		// The look at whether there is anything to settle; its cost is small beside any block.
		budget.prepare(T::WeightInfo::look());
		let Some(mut settlement) = CurrentSettlement::<T>::get().or_else(Self::begin) else {
			return budget.spent();
		};
		budget.prepare(T::DbWeight::get().reads(1));
		if let Some(most) = MostPerHook::<T>::get() {
			budget.lower_to(most);
		}
		loop {
			let phase = settlement.phase;
			match Self::advance(&mut settlement, &mut budget) {
				Outcome::Done if phase == Phase::Report => {
					CurrentSettlement::<T>::kill();
					return budget.spent();
				}
				Outcome::Done => {}
				Outcome::Paused | Outcome::Again => {
					CurrentSettlement::<T>::put(settlement);
					return budget.spent();
				}
			}
		}
	}

	/// Goes on with the phase that a settlement is in, and enters the next when it is done.
	pub(crate) fn advance(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		let outcome = match settlement.phase {
			Phase::Count => Self::count(settlement, budget),
			Phase::Rank => Self::rank(settlement, budget),
			Phase::Weigh => Self::weigh(settlement, budget),
			Phase::Spread => Self::spread(settlement, budget),
			Phase::Due => Self::due(settlement, budget),
			Phase::Pay => Self::pay(settlement, budget),
			Phase::Report => Self::report(settlement, budget),
		};
		if let (Outcome::Done, Some(next)) = (outcome, next(settlement.phase)) {
			settlement.enter(next);
		}
		outcome
	}

	/// Begins to settle the first period that waits.
	pub(crate) fn begin() -> Option<Settlement> {
		let period = PendingPeriod::<T>::get()?;
		let closing = Closings::<T>::get(period)?;
		Some(Settlement {
			period,
			phase: Phase::Count,
			page: 0,
			position: 0,
			qualities: Default::default(),
			ranked: 0,
			due: 0,
			report: PeriodReport {
				formula: closing.formula,
				assets: closing.assets,
				closed_at: closing.at,
				closed_in: closing.block,
				// What is contested stays so until all is reported: the report adds what has waited in another way.
				held_in: Self::contested_amount(),
				..Default::default()
			},
		})
	}
}

const fn next(phase: Phase) -> Option<Phase> {
	match phase {
		Phase::Count => Some(Phase::Rank),
		Phase::Rank => Some(Phase::Weigh),
		Phase::Weigh => Some(Phase::Spread),
		Phase::Spread => Some(Phase::Due),
		Phase::Due => Some(Phase::Pay),
		Phase::Pay => Some(Phase::Report),
		Phase::Report => None,
	}
}
