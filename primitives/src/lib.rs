//! What Heirloom's pallets, node and clients have in common: ids, money, the calendar, the arithmetic of weights and
//! shares, the traits between pallets, and the runtime APIs.
//!
//! Nothing here reads or writes storage. The arithmetic is stated once more, independently, in
//! `scenarios/reference/settle.py`; `tests/oracle.rs` holds the two together.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod api;
mod asset;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calendar;
mod dispute;
mod formula;
mod ids;
mod money;
pub mod packed;
mod refusal;
mod report;
mod share;
mod stored;
pub mod text;
mod traits;
mod views;
mod weight;

pub use asset::*;
#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::*;
pub use calendar::*;
pub use dispute::*;
pub use formula::*;
pub use ids::*;
pub use money::*;
pub use refusal::*;
pub use report::*;
pub use share::*;
pub use stored::*;
pub use traits::*;
pub use views::*;
pub use weight::*;
