//! What the pallet does, a file a topic. [`mock::build_and_execute`] checks the invariants after every test.

mod acts;
mod answers;
mod approvals;
mod budgets;
mod challenges;
mod completion;
mod ending;
mod gate;
pub(crate) mod mock;
mod money;
mod operators;
mod policies;
mod refusal;
mod requests;
mod seconds;
#[cfg(feature = "runtime-benchmarks")]
mod setup;
mod stakes;
