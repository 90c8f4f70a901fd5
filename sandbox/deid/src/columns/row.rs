//! One row under its policies, whatever file it came from.

use super::policy::{self, ColumnPolicy, pseudonym};
use super::{MOST_IDENTIFIERS, TableError, TableReport};
use crate::residue::RowSearch;
use crate::salt::Salt;

/// A cell that stays in some form.
pub(super) enum Cell<'a> {
	/// As it was.
	Kept(&'a str),
	/// Another value.
	Changed(String),
}

/// Applies the policies to the cells of a row: `None` for a dropped one.
pub(super) fn apply<'a>(
	cells: impl Iterator<Item = (&'a str, ColumnPolicy, &'a str)>,
	salt: &Salt,
	line: u64,
	report: &mut TableReport,
) -> Result<Vec<Option<Cell<'a>>>, TableError> {
	let mut taken = RowSearch::default();
	let mut row = Vec::new();
	for (column, policy, value) in cells {
		row.push(match policy {
			ColumnPolicy::Keep => Some(Cell::Kept(value)),
			ColumnPolicy::Drop => {
				report.dropped += 1;
				taken.add(value);
				None
			}
			ColumnPolicy::Generalise(form) => {
				taken.add(value);
				Some(Cell::Changed(form.apply(value).ok_or(TableError::Cell { line })?))
			}
			ColumnPolicy::Hash => {
				taken.add(value);
				Some(Cell::Changed(pseudonym(salt, column, value)))
			}
			ColumnPolicy::Uid => {
				taken.add(value);
				Some(Cell::Changed(policy::uid(salt, value)))
			}
		});
	}
	for cell in row.iter_mut().flatten() {
		if let Cell::Kept(value) = cell
			&& taken.is_in(value)
		{
			*cell = Cell::Changed(String::new());
			report.emptied += 1;
		}
	}
	report.rows += 1;
	for identifier in taken.identifiers() {
		if report.identifiers.len() > MOST_IDENTIFIERS {
			break;
		}
		report.identifiers.insert(identifier);
	}
	Ok(row)
}
