//! Tests by topic. Every test runs through [`mock::build_and_execute`], which checks the invariants afterwards.

mod appeals;
mod claims;
mod closing;
pub(crate) mod mock;
mod model;
mod sequences;
mod steps;
mod votes;
