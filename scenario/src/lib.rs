//! Scenarios: one month of a platform, read from a directory (`scenarios/README.md` has the format), and [`model`],
//! the settlement of such a month in plain integers.
//!
//! The model is the port of `scenarios/reference/settle.py`. It shares no arithmetic with the chain on purpose: the
//! tests of the chain and its clients compare what the chain did with what the model says.
//!
//! ```
//! let scenario = heirloom_scenario::Scenario::read("../scenarios/march-2026".as_ref())?;
//! let settlement = heirloom_scenario::model::settle(&scenario.month())?;
//! assert_eq!(settlement.totals.paid, 313_625_380_000);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod expected;
pub mod gaming;
pub mod model;
mod order;
mod read;
mod records;
mod table;
mod values;

pub use error::{Problem, ScenarioError};
pub use expected::{Expected, ExpectedRow, ExpectedTotals};
pub use records::{Asset, Call, Edge, Relation, Revenue, Scenario, Status, Terms};
pub use values::{Micro, Month};
