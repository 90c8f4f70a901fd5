//! What may be in a declared output, and its one canonical form.

mod cells;
mod metrics;
mod rounding;
mod table;

pub use cells::{Cell, Key};

pub(crate) use cells::isolates;

use crate::{Declaration, Kind, Policy, Reason};
use std::collections::BTreeSet;

/// A declared output, looked at.
pub(crate) struct Checked {
	/// What would be released: the canonical form, or the job's own bytes where there is none.
	pub bytes: Vec<u8>,
	/// The counts in it.
	pub cells: Vec<Cell>,
	/// What speaks against its release.
	pub reasons: BTreeSet<Reason>,
}

/// Looks at one declared output.
pub(crate) fn check(declared: &Declaration, bytes: &[u8], policy: &Policy) -> Checked {
	let mut reasons = BTreeSet::new();
	let (canonical, cells) = match &declared.kind {
		Kind::Table { keys, counts, values } => {
			let columns = table::Columns { keys, counts, values };
			match table::check(bytes, &columns, policy, &mut reasons) {
				Some((canonical, cells)) => (Some(canonical), cells),
				None => (None, Vec::new()),
			}
		}
		Kind::Metrics { records } => (metrics::check(bytes, *records, policy, &mut reasons), Vec::new()),
		Kind::Model {} => (None, Vec::new()),
	};
	Checked { bytes: canonical.unwrap_or_else(|| bytes.to_vec()), cells, reasons }
}

/// Whether a name says that the values are extremes, whatever they are declared as.
fn names_an_extreme(name: &str) -> bool {
	const WORDS: [&str; 10] =
		["min", "max", "minimum", "maximum", "smallest", "largest", "lowest", "highest", "first", "last"];
	name.split(['_', '.']).any(|word| WORDS.contains(&word))
}
