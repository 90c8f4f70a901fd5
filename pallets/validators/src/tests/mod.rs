//! Tests by subject.

mod attendance;
pub mod mock;
mod rewards;
