//! The same search within one row of a table: what was taken out of one cell must not stand in another.

use super::tokens::{Tokens, normalised};
use super::{Kind, counts, is_bounded};

/// The tokens of the cells of a row that do not stay as they are.
#[derive(Debug, Default)]
pub(crate) struct RowSearch(Tokens);

impl RowSearch {
	/// Adds a cell that was dropped, generalised or hashed.
	pub(crate) fn add(&mut self, cell: &str) {
		self.0.cell(cell);
	}

	/// Whether a cell that stays holds one of them.
	pub(crate) fn is_in(&self, cell: &str) -> bool {
		let cell = normalised(cell);
		let bytes = cell.as_bytes();
		self.0.0.iter().any(|(token, (class, _))| {
			counts(*class, token, Kind::Text)
				&& cell
					.match_indices(token.as_str())
					.any(|(at, _)| is_bounded(*class, token, bytes, at..at + token.len()))
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn row(cells: &[&str]) -> RowSearch {
		let mut search = RowSearch::default();
		cells.iter().for_each(|cell| search.add(cell));
		search
	}

	#[test]
	fn a_name_should_be_found_in_a_note() {
		assert!(row(&["Jane Kowalski"]).is_in("Seen again; Mrs kowalski is well."));
	}

	#[test]
	fn a_telephone_number_should_be_found_in_another_notation() {
		assert!(row(&["555 867 5309"]).is_in("call 5558675309"));
	}

	#[test]
	fn short_numbers_should_not_be_found() {
		assert!(!row(&["63", "120"]).is_in("63 beats, 120 ml"));
	}
}
