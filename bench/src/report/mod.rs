//! How the figures are shown: a table for a terminal, a plot for a page.

mod plot;
mod table;

pub use plot::plot;
pub use table::{count, table};
