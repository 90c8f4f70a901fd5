//! How the figures are shown: a table for a terminal, a plot for a page.

mod blocks;
mod plot;
mod table;

pub use blocks::blocks;
pub use plot::plot;
pub use table::{count, table};
