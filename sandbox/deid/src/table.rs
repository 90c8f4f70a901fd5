//! PS3.15 Table E.1-1, the column "Basic Prof." of the Basic Application Level Confidentiality Profile.
//!
//! The rows stand in `data/profile_*.txt` and are parsed by the compiler: a wrong row does not build. The column
//! holds neither K nor C (they belong to the profile's options, none of which this crate takes), and three of its
//! rows name repeating groups (curves 50xx, overlays 60xx) or private tags, which [`action`] answers by rule.

use dicom_core::Tag;

const IMAGE: &[u8] = include_bytes!("../data/profile_image.txt");
const PROCEDURE: &[u8] = include_bytes!("../data/profile_procedure.txt");
const OTHER: &[u8] = include_bytes!("../data/profile_other.txt");

const ROWS: usize = rows(IMAGE) + rows(PROCEDURE) + rows(OTHER);

/// All rows, ascending by tag (checked when compiled).
static TABLE: [(u32, Action); ROWS] = build();

/// An action of the table as it is printed (PS3.15 Table E.1-1a).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
	/// D: a dummy value.
	Dummy,
	/// Z: zero length, or a dummy value.
	Zero,
	/// X: removed.
	Remove,
	/// U: a UID that is consistent within the set of instances.
	Uid,
	/// X/Z: removed unless Type 2 of the IOD needs it empty.
	RemoveOrZero,
	/// X/D: removed unless Type 1 of the IOD needs a dummy.
	RemoveOrDummy,
	/// X/Z/D: the weakest of the three the IOD allows.
	RemoveOrZeroOrDummy,
	/// X/Z/U*: as X/Z, or the sequence stays with its UIDs replaced.
	RemoveOrZeroOrUids,
	/// Z/D: zero length unless Type 1 of the IOD needs a dummy.
	ZeroOrDummy,
}

/// What is done, after the choice that is safe for every IOD.
///
/// A combined action lets the tool choose by the attribute's type in the IOD. This crate takes the strongest form
/// of presence that the action allows: D satisfies Type 1, 2 and 3; Z satisfies 2 and 3. None of them carries
/// anything of the original value (except the year of a date), so the choice costs no confidentiality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resolved {
	/// The element is dropped.
	Remove,
	/// The element stays with zero length (a date: its year; the patient's id: a pseudonym).
	Empty,
	/// The element stays with a constant of its VR (a date: its year).
	Dummy,
	/// The UID is replaced; a sequence stays and its content is cleaned.
	Uid,
}

impl Action {
	/// The IOD-safe choice.
	pub(crate) const fn resolve(self) -> Resolved {
		match self {
			Action::Remove => Resolved::Remove,
			Action::Zero | Action::RemoveOrZero => Resolved::Empty,
			Action::Dummy | Action::RemoveOrDummy | Action::RemoveOrZeroOrDummy | Action::ZeroOrDummy => {
				Resolved::Dummy
			}
			Action::Uid | Action::RemoveOrZeroOrUids => Resolved::Uid,
		}
	}
}

/// The table's action for an attribute, `None` where the table has no row.
pub(crate) fn action(tag: Tag) -> Option<Action> {
	let repeating = matches!(tag.group() & 0xFF00, 0x5000 | 0x6000);
	let private = tag.group() % 2 == 1;
	if repeating || private {
		return Some(Action::Remove);
	}
	let key = u32::from(tag.group()) << 16 | u32::from(tag.element());
	TABLE.binary_search_by_key(&key, |row| row.0).ok().map(|row| TABLE[row].1)
}

/// Lines of a part of the table, without its comment.
const fn rows(text: &[u8]) -> usize {
	let mut count = 0;
	let mut at = 0;
	while at < text.len() {
		if text[at] == b'\n' {
			count += 1;
		}
		at += 1;
	}
	count - 1
}

const fn build() -> [(u32, Action); ROWS] {
	let mut table = [(0, Action::Remove); ROWS];
	let mut row = 0;
	let parts = [IMAGE, PROCEDURE, OTHER];
	let mut part = 0;
	while part < parts.len() {
		let text = parts[part];
		let mut at = end_of_line(text, 0) + 1;
		while at < text.len() {
			table[row] = (hexadecimal(text, at), parse_action(text, at + 9));
			assert!(row == 0 || table[row - 1].0 < table[row].0, "rows ascend by tag");
			row += 1;
			at = end_of_line(text, at) + 1;
		}
		part += 1;
	}
	assert!(row == ROWS);
	table
}

const fn end_of_line(text: &[u8], mut at: usize) -> usize {
	while text[at] != b'\n' {
		at += 1;
	}
	at
}

const fn hexadecimal(text: &[u8], start: usize) -> u32 {
	let mut value = 0;
	let mut at = start;
	while at < start + 8 {
		let digit = match text[at] {
			digit @ b'0'..=b'9' => digit - b'0',
			letter @ b'A'..=b'F' => letter - b'A' + 10,
			_ => panic!("a tag is eight hexadecimal digits"),
		};
		value = value << 4 | digit as u32;
		at += 1;
	}
	value
}

const fn parse_action(text: &[u8], at: usize) -> Action {
	match text.split_at(at).1 {
		[b'D', b' ', ..] => Action::Dummy,
		[b'Z', b' ', ..] => Action::Zero,
		[b'X', b' ', ..] => Action::Remove,
		[b'U', b' ', ..] => Action::Uid,
		[b'X', b'/', b'Z', b' ', ..] => Action::RemoveOrZero,
		[b'X', b'/', b'D', b' ', ..] => Action::RemoveOrDummy,
		[b'Z', b'/', b'D', b' ', ..] => Action::ZeroOrDummy,
		[b'X', b'/', b'Z', b'/', b'D', b' ', ..] => Action::RemoveOrZeroOrDummy,
		[b'X', b'/', b'Z', b'/', b'U', b'*', b' ', ..] => Action::RemoveOrZeroOrUids,
		_ => panic!("an action of the table"),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use dicom_core::dictionary::{DataDictionary, DataDictionaryEntry};
	use dicom_dictionary_std::{StandardDataDictionary, tags};

	#[test]
	fn every_row_should_name_its_attribute_as_the_dictionary_does() {
		let lines = [IMAGE, PROCEDURE, OTHER].map(|part| std::str::from_utf8(part).unwrap());
		let mut seen = 0;
		for line in lines.iter().flat_map(|part| part.lines().skip(1)) {
			let fields: Vec<&str> = line.split(' ').collect();
			let number = u32::from_str_radix(fields[0], 16).unwrap();
			let tag = Tag((number >> 16) as u16, number as u16);
			let entry = StandardDataDictionary.by_tag(tag);
			assert_eq!(entry.map(|entry| entry.alias()), Some(fields[2]), "{tag}");
			seen += 1;
		}
		assert_eq!(seen, ROWS);
	}

	#[test]
	fn action_should_be_the_tables() {
		assert_eq!(action(tags::PATIENT_NAME), Some(Action::Zero));
		assert_eq!(action(tags::PATIENT_ID), Some(Action::ZeroOrDummy));
		assert_eq!(action(tags::SOP_INSTANCE_UID), Some(Action::Uid));
		assert_eq!(action(tags::STUDY_DESCRIPTION), Some(Action::Remove));
		assert_eq!(action(tags::DEVICE_SERIAL_NUMBER), Some(Action::RemoveOrZeroOrDummy));
		assert_eq!(action(tags::SOURCE_IMAGE_SEQUENCE), Some(Action::RemoveOrZeroOrUids));
		assert_eq!(action(tags::ROWS), None);
	}

	#[test]
	fn action_should_remove_repeating_groups() {
		assert_eq!(action(Tag(0x5002, 0x3000)), Some(Action::Remove));
		assert_eq!(action(Tag(0x60FE, 0x0022)), Some(Action::Remove));
	}

	#[test]
	fn action_should_remove_private_tags() {
		assert_eq!(action(Tag(0x0029, 0x1010)), Some(Action::Remove));
	}
}
