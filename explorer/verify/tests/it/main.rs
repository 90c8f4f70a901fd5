//! The verification against proofs of a real chain.

mod corrected;
mod fixture;
mod refused;
mod statement;
