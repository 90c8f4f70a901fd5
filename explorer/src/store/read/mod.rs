//! Questions, one file a subject. Lists come in pages: whoever asks names the cursor of the page before.

pub mod accounts;
pub mod alerts;
pub mod assets;
pub mod blocks;
pub mod checks;
pub mod demand;
pub mod happened;
pub mod lineage;
pub mod overview;
pub mod payments;
pub mod periods;
pub mod permits;
#[cfg(test)]
pub(crate) mod platform;
pub mod pots;
pub mod receipts;
pub mod search;
pub mod statements;
mod text;
pub mod walk;
pub mod withheld;

/// The most items of one page of a list.
pub const MAX_PAGE: i64 = 1_000;
