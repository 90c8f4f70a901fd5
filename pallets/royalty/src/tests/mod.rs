//! Tests by topic. Every test runs through [`mock::build_and_execute`], which checks the invariants afterwards.

mod booking;
mod closing;
mod contests;
mod formula;
mod genealogy;
pub(crate) mod mock;
mod model;
mod payment;
mod progress;
mod pruning;
mod reading;
mod scenarios;
#[cfg(feature = "runtime-benchmarks")]
mod setup;
mod weights;
