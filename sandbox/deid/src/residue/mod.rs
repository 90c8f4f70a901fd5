//! The check after de-identification: nothing of the original header may be found in the result.
//!
//! It does not know the table. The original is read by this crate's own walk, the result by the reader of
//! `dicom-object`, as a job would read it; what the two have in common beyond codes and measurements is a finding.

mod cells;
mod haystack;
mod stop;
mod tokens;

pub(crate) use cells::RowSearch;
pub use tokens::Class;

use crate::Refusal;
use crate::header::Source;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use dicom_core::Tag;
use haystack::{Haystack, Kind};
use serde::{Serialize, Serializer};
use std::collections::BTreeSet;
use std::fmt;
use tokens::Tokens;

/// Shortest token searched for in bytes that are not text: five letters occur by chance, six hardly do.
const SHORTEST_IN_BYTES: usize = 6;
/// Shortest token searched for in compressed pixels, which are megabytes of chance.
const SHORTEST_IN_PIXELS: usize = 8;

/// Shortest number whose digits are not those of a measurement written out in full.
const SHORTEST_TELLING_NUMBER: usize = 10;

/// A value of the original header that is still in the result: where, and of what class, never the value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
	/// Attributes from the outermost sequence to the element of the result.
	pub at: Path,
	/// The attribute of the original that the value stood in.
	#[serde(serialize_with = "as_text")]
	pub from: Tag,
	/// What kind of value it is.
	pub class: Class,
}

/// Attributes from the outermost sequence inwards; printed as `(0040,0275)>(0008,1030)`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(pub Vec<Tag>);

impl fmt::Display for Path {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		for (level, tag) in self.0.iter().enumerate() {
			let separator = if level == 0 { "" } else { ">" };
			write!(f, "{separator}{tag}")?;
		}
		Ok(())
	}
}

impl Serialize for Path {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

fn as_text<S: Serializer>(tag: &Tag, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.collect_str(tag)
}

/// What is searched for, prepared once for the passes over one file.
pub(crate) struct Search {
	tokens: Vec<(String, Class, Tag)>,
	automaton: AhoCorasick,
}

impl Search {
	/// Collects the tokens of the original header.
	pub(crate) fn new(source: &Source<'_>) -> Result<Self, Refusal> {
		let Tokens(tokens) = Tokens::collect(&source.meta, &source.dataset)?;
		let mut tokens: Vec<_> = tokens.into_iter().map(|(text, (class, tag))| (text, class, tag)).collect();
		tokens.sort_unstable();
		let automaton = AhoCorasick::builder()
			.kind(Some(AhoCorasickKind::NoncontiguousNFA))
			.build(tokens.iter().map(|token| &token.0))
			.map_err(|_| Refusal::TooManyElements)?;
		Ok(Self { tokens, automaton })
	}

	/// The tokens that an output would hold for no other reason than that they were read here. Words are left out, digits
	/// alone as far as an output's own numbers may have them, and UIDs, of which every file has dozens of its own.
	pub(crate) fn identifiers(self) -> Vec<String> {
		let tokens = self.tokens.into_iter().filter(|(text, class, _)| is_telling(text, *class));
		tokens.map(|(text, ..)| text).collect()
	}

	/// Searches a result without its pixel data: preamble, meta group, data set.
	pub(crate) fn header(&self, result: &[u8]) -> Result<BTreeSet<Finding>, Refusal> {
		let haystack = Haystack::read(result)?;
		let mut findings = BTreeSet::new();
		for hit in self.automaton.find_overlapping_iter(haystack.bytes()) {
			let (text, class, from) = &self.tokens[hit.pattern().as_usize()];
			let span = haystack.span(hit.start());
			let value = haystack.content(span);
			let range = hit.start() - span.start..hit.end() - span.start;
			if counts(*class, text, span.kind) && is_bounded(*class, text, value, range) {
				findings.insert(Finding { at: Path(span.path.clone()), from: *from, class: *class });
			}
		}
		Ok(findings)
	}

	/// Searches compressed pixels, whose segments may hold comments (JPEG COM and APPn, JPEG 2000 COM).
	pub(crate) fn fragments(&self, pixels: Tag, parts: &[&[u8]]) -> Result<BTreeSet<Finding>, Refusal> {
		let long: Vec<_> = self
			.tokens
			.iter()
			.filter(|(text, ..)| text.len() >= SHORTEST_IN_PIXELS && text.is_ascii())
			.collect();
		let automaton = AhoCorasick::builder()
			.ascii_case_insensitive(true)
			.kind(Some(AhoCorasickKind::ContiguousNFA))
			.build(long.iter().map(|token| &token.0))
			.map_err(|_| Refusal::TooManyElements)?;
		let mut findings = BTreeSet::new();
		for part in parts {
			for hit in automaton.find_overlapping_iter(part) {
				let (text, class, from) = long[hit.pattern().as_usize()];
				if is_bounded(*class, text, part, hit.range()) {
					findings.insert(Finding { at: Path(vec![pixels]), from: *from, class: *class });
				}
			}
		}
		Ok(findings)
	}
}

/// Whether an output would hold a token for no other reason than that it was read.
fn is_telling(text: &str, class: Class) -> bool {
	match class {
		Class::Name | Class::Identifier => true,
		Class::Number => text.len() >= SHORTEST_TELLING_NUMBER,
		Class::Date => !text.bytes().all(|byte| byte.is_ascii_digit()),
		Class::Text | Class::Uid => false,
	}
}

/// Whether a class of token counts in a kind of value.
///
/// A word of free text counts in free text only: a code says CHEST because the chest was scanned, not because the
/// description says so too. Dates: the first of January is what every date of its year becomes.
fn counts(class: Class, text: &str, kind: Kind) -> bool {
	match (kind, class) {
		(Kind::Bytes, _) => text.len() >= SHORTEST_IN_BYTES,
		(Kind::Date, Class::Date) => !text.ends_with("0101"),
		(Kind::Code | Kind::Number | Kind::Uid | Kind::Date, Class::Text) => false,
		(
			Kind::Text | Kind::Code | Kind::Number | Kind::Uid | Kind::Date,
			Class::Name | Class::Uid | Class::Number | Class::Identifier | Class::Date,
		)
		| (Kind::Text, Class::Text) => true,
	}
}

/// Whether a match is the token itself and not a part of something longer.
///
/// Long names, identifiers and texts count inside words as well (`JOHNSMITH`); numbers stand alone and not behind a
/// decimal point; UIDs are not a part of longer UIDs.
fn is_bounded(class: Class, text: &str, value: &[u8], range: std::ops::Range<usize>) -> bool {
	let before = range.start.checked_sub(1).map(|at| value[at]);
	let after = value.get(range.end).copied();
	let free =
		|inner: fn(&u8) -> bool| !before.as_ref().is_some_and(inner) && !after.as_ref().is_some_and(inner);
	let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
	match class {
		Class::Name => text.len() >= 5 || free(word),
		Class::Identifier | Class::Text => text.len() >= 8 || free(word),
		Class::Uid => free(|byte| byte.is_ascii_digit() || *byte == b'.'),
		Class::Number => free(u8::is_ascii_digit) && before != Some(b'.'),
		Class::Date => free(u8::is_ascii_digit),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn found(class: Class, token: &str, value: &str) -> bool {
		value
			.match_indices(token)
			.any(|(at, _)| is_bounded(class, token, value.as_bytes(), at..at + token.len()))
	}

	#[test]
	fn a_short_name_should_count_as_a_word_only() {
		assert!(found(Class::Name, "LI", "SCAN OF LI"));
		assert!(!found(Class::Name, "LI", "AXIAL CLIP"));
	}

	#[test]
	fn a_long_name_should_count_inside_a_word() {
		assert!(found(Class::Name, "SMITH", "JOHNSMITH2"));
	}

	#[test]
	fn a_number_should_not_count_as_part_of_another() {
		assert!(found(Class::Number, "123456", "ID 123456."));
		assert!(!found(Class::Number, "123456", "9123456"));
		assert!(!found(Class::Number, "123456", "0.123456"));
	}

	#[test]
	fn a_uid_should_not_count_as_part_of_another() {
		assert!(!found(Class::Uid, "1.2.345", "1.2.3456"));
	}

	#[test]
	fn the_first_of_january_should_not_count_in_a_date() {
		assert!(!counts(Class::Date, "19570101", Kind::Date));
		assert!(counts(Class::Date, "19570312", Kind::Date));
		assert!(counts(Class::Date, "19570101", Kind::Text));
	}

	#[test]
	fn path_should_be_shown_from_the_outside_in() {
		let path = Path(vec![Tag(0x0040, 0x0275), Tag(0x0008, 0x1030)]);
		assert_eq!(path.to_string(), "(0040,0275)>(0008,1030)");
	}
}
