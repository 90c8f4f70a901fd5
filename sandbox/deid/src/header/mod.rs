//! Reading a file into a tree of borrowed values, within bounds.
//!
//! Nothing is allocated by a length field: a value is a slice of the file, and what is allocated grows with the
//! elements found, which [`Limits::elements`] bounds. What cannot be read in exactly one way is refused, because a
//! value that two readers see differently cannot be proven clean.

mod syntax;
mod walk;

pub(crate) use syntax::Syntax;
pub(crate) use walk::is_pixel_data;

use crate::{Limits, Refusal};
use dicom_core::{Tag, VR};
use dicom_dictionary_std::tags;
use walk::{Coding, Walker};

const PREAMBLE: usize = 128;
const MAGIC: &[u8] = b"DICM";

/// One element and its value.
#[derive(Debug)]
pub(crate) struct Element<'a> {
	pub(crate) tag: Tag,
	pub(crate) vr: VR,
	pub(crate) value: Content<'a>,
}

/// A value as the file holds it.
#[derive(Debug)]
pub(crate) enum Content<'a> {
	/// A value of defined length, undecoded.
	Bytes(&'a [u8]),
	/// The items of a sequence.
	Items(Vec<Vec<Element<'a>>>),
	/// Encapsulated pixel data (PS3.5 annex A.4): the basic offset table, then the fragments.
	Fragments { offsets: &'a [u8], parts: Vec<&'a [u8]> },
}

/// A file, read but not interpreted.
#[derive(Debug)]
pub(crate) struct Source<'a> {
	pub(crate) meta: Vec<Element<'a>>,
	pub(crate) dataset: Vec<Element<'a>>,
	pub(crate) syntax: Syntax,
}

impl<'a> Source<'a> {
	/// Reads a whole file (PS3.10 section 7: preamble, meta group, data set).
	pub(crate) fn parse(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
		if bytes.len() as u64 > limits.file_bytes {
			return Err(Refusal::TooLarge);
		}
		if bytes.get(PREAMBLE..PREAMBLE + MAGIC.len()) != Some(MAGIC) {
			return Err(Refusal::NotDicom);
		}
		let mut walker = Walker::new(bytes, limits, PREAMBLE + MAGIC.len());
		let meta = walker.meta()?;
		let uid = find(&meta, tags::TRANSFER_SYNTAX_UID).and_then(text).ok_or(Refusal::TransferSyntax)?;
		let syntax = Syntax::from_uid(uid).ok_or(Refusal::TransferSyntax)?;
		let coding = if syntax.is_implicit() { Coding::Implicit } else { Coding::Explicit };
		let dataset = walker.dataset(coding)?;
		Ok(Self { meta, dataset, syntax })
	}
}

/// The element of a tag in one data set.
pub(crate) fn find<'e, 'a>(elements: &'e [Element<'a>], tag: Tag) -> Option<&'e Element<'a>> {
	elements.binary_search_by_key(&tag, |element| element.tag).ok().map(|at| &elements[at])
}

/// The value as ASCII text without its padding, `None` for anything else.
pub(crate) fn text<'a>(element: &Element<'a>) -> Option<&'a str> {
	match element.value {
		Content::Bytes(bytes) => std::str::from_utf8(bytes).ok().filter(|text| text.is_ascii()).map(trim),
		Content::Items(_) | Content::Fragments { .. } => None,
	}
}

/// Text without the padding of PS3.5 section 6.2 (spaces, a trailing NUL in UIDs).
pub(crate) fn trim(text: &str) -> &str {
	text.trim_matches(|c| c == ' ' || c == '\0')
}

/// The first value as an unsigned 16-bit number.
pub(crate) fn number(elements: &[Element<'_>], tag: Tag) -> Option<u16> {
	match find(elements, tag)?.value {
		Content::Bytes(&[low, high]) => Some(u16::from_le_bytes([low, high])),
		Content::Bytes(_) | Content::Items(_) | Content::Fragments { .. } => None,
	}
}
