//! The verification against proofs of a real chain.

mod fixture;
mod refused;
mod statement;
