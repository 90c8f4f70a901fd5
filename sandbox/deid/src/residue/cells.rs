//! The same search within one row of a table: what was taken out of one cell must not stand in another.

use super::tokens::{Tokens, normalised};
use super::{Kind, counts, is_bounded, is_telling, stop};

/// The words of a name.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;
/// Shortest part of a name that is searched for by itself.
const SHORTEST_PART: usize = 5;

/// The tokens of the cells of a row that do not stay as they are.
#[derive(Debug, Default)]
pub(crate) struct RowSearch {
	tokens: Tokens,
	/// Names of persons, and their parts.
	names: Vec<String>,
}

impl RowSearch {
	/// Adds a cell that was dropped, generalised or hashed.
	pub(crate) fn add(&mut self, cell: &str) {
		self.tokens.cell(cell);
		if is_like_a_name(cell) {
			let name = normalised(cell);
			let parts = name.split(|c: char| !c.is_alphanumeric());
			let parts = parts.filter(|part| part.len() >= SHORTEST_PART && !stop::is_common_word(part));
			self.names.extend(parts.map(str::to_owned));
			self.names.push(name);
		}
	}

	/// What no output of a job may hold: what identifies by its form (record numbers, addresses, dates with a day), and
	/// what is written as a name. Other words are in every text.
	pub(crate) fn identifiers(self) -> impl Iterator<Item = String> {
		let tokens = self.tokens.0.into_iter().filter(|(text, (class, _))| is_telling(text, *class));
		tokens.map(|(text, _)| text).chain(self.names)
	}

	/// Whether a cell that stays holds one of them.
	pub(crate) fn is_in(&self, cell: &str) -> bool {
		let cell = normalised(cell);
		let bytes = cell.as_bytes();
		self.tokens.0.iter().any(|(token, (class, _))| {
			counts(*class, token, Kind::Text)
				&& cell
					.match_indices(token.as_str())
					.any(|(at, _)| is_bounded(*class, token, bytes, at..at + token.len()))
		})
	}
}

/// Whether a cell is two to four words of letters, each of which begins with a capital.
fn is_like_a_name(cell: &str) -> bool {
	let words = || cell.split_whitespace();
	let capital = |word: &str| {
		let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '.' | ','));
		letters && word.chars().next().is_some_and(char::is_uppercase)
	};
	NAME_WORDS.contains(&words().count()) && words().all(capital)
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
	fn names_and_what_identifies_by_its_form_should_be_taken_for_identifiers() {
		let cells = ["Jane Kowalski", "1957-03-12", "MRN-4471902", "seen again", "63", "Adenocarcinoma"];
		let found: Vec<String> = row(&cells).identifiers().collect();
		for identifier in ["JANE KOWALSKI", "KOWALSKI", "1957-03-12", "MRN-4471902"] {
			assert!(found.iter().any(|one| one == identifier), "{identifier} in {found:?}");
		}
		for other in ["SEEN AGAIN", "AGAIN", "63", "ADENOCARCINOMA"] {
			assert!(found.iter().all(|one| one != other), "{other} in {found:?}");
		}
	}

	#[test]
	fn short_numbers_should_not_be_found() {
		assert!(!row(&["63", "120"]).is_in("63 beats, 120 ml"));
	}
}
