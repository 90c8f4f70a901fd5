//! Tests by topic. Every test runs through [`mock::build_and_execute`], which checks the invariants afterwards.

mod curating;
mod derivations;
mod descent;
mod genesis;
mod minting;
pub(crate) mod mock;
mod owning;
mod permits;
mod revising;
mod using;
