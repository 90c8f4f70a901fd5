//! Identifiers that were taken out of the input, and must not come back in an output, a log or an error.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

/// Shorter identifiers are in every text by chance, so nothing is said by finding them.
const SHORTEST: usize = 4;
/// From this length on an identifier counts wherever it is found; a shorter one only as a word of the output itself. Ten
/// thousand of this length are in 20 MiB of noise by chance less than once in a hundred thousand times.
const LONG: usize = 8;

/// What to look for: the values that de-identification removed, upper or lower case.
pub struct Identifiers(Option<AhoCorasick>);

impl Identifiers {
	/// Takes identifiers of 4 bytes and more. A name of several components (`DOE^JANE`) is looked for as a whole and by
	/// component. None where they are more than can be searched at once.
	pub fn new(identifiers: &[String]) -> Option<Self> {
		let parts = identifiers.iter().flat_map(|whole| whole.split('^').chain([whole.as_str()]));
		let terms: Vec<&str> = parts.map(str::trim).filter(|term| term.len() >= SHORTEST).collect();
		if terms.is_empty() {
			return Some(Self(None));
		}
		let mut builder = AhoCorasickBuilder::new();
		builder.ascii_case_insensitive(true).match_kind(MatchKind::Standard);
		builder.build(terms).ok().map(|automaton| Self(Some(automaton)))
	}

	/// Whether a long identifier is anywhere in `bytes`, or a short one as a word where `words` says that these are the
	/// output's own bytes. What was decoded from them has a few arbitrary letters in a row now and then.
	pub fn are_in(&self, bytes: &[u8], words: bool) -> bool {
		let Some(automaton) = &self.0 else { return false };
		let is_letter = |at: Option<usize>| {
			at.and_then(|at| bytes.get(at)).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80)
		};
		automaton.find_overlapping_iter(bytes).any(|found| {
			found.len() >= LONG
				|| words && !is_letter(found.start().checked_sub(1)) && !is_letter(Some(found.end()))
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn identifiers(terms: &[&str]) -> Identifiers {
		let terms: Vec<String> = terms.iter().map(|term| (*term).to_owned()).collect();
		Identifiers::new(&terms).expect("a few terms can be searched")
	}

	#[test]
	fn refusal_20_a_component_of_a_name_should_be_found() {
		let names = identifiers(&["Doering^Jane"]);
		assert!(names.are_in(b"cannot read DOERING_JANE.dcm", true));
		assert!(names.are_in(b"patient jane: no pixels", true));
		assert!(!names.are_in(b"janet", true));
	}

	#[test]
	fn short_identifiers_should_count_as_words_of_the_output_only() {
		let names = identifiers(&["1970"]);
		assert!(names.are_in(b"born 1970", true));
		assert!(!names.are_in(b"0.19701", true));
		assert!(!names.are_in(b"born 1970", false));
	}

	#[test]
	fn identifiers_of_three_bytes_should_not_be_looked_for() {
		assert!(!identifiers(&["MRI", ""]).are_in(b"MRI", true));
	}
}
