//! The walk over the bytes of a file.

use super::{Content, Element};
use crate::{Limits, Refusal};
use dicom_core::dictionary::{DataDictionary, DataDictionaryEntry};
use dicom_core::{Tag, VR};
use dicom_dictionary_std::{StandardDataDictionary, tags};

/// Deepest nesting whatever the caller's limit says: the walk recurses.
const DEEPEST: usize = 64;
const UNDEFINED: u32 = u32::MAX;
const META_GROUP: u16 = 0x0002;
const DELIMITER_GROUP: u16 = 0xFFFE;
const ITEM: Tag = Tag(DELIMITER_GROUP, 0xE000);
const ITEM_END: Tag = Tag(DELIMITER_GROUP, 0xE00D);
const SEQUENCE_END: Tag = Tag(DELIMITER_GROUP, 0xE0DD);

/// How elements are encoded here; a UN of undefined length holds implicit ones (PS3.5 section 6.2.2).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
	Implicit,
	Explicit,
}

/// Where a data set or a sequence ends.
#[derive(Clone, Copy)]
enum End {
	At(usize),
	Delimited { within: usize },
}

impl End {
	fn bound(self) -> usize {
		match self {
			End::At(end) | End::Delimited { within: end } => end,
		}
	}
}

pub(super) struct Walker<'a, 'l> {
	bytes: &'a [u8],
	limits: &'l Limits,
	at: usize,
	elements: usize,
}

impl<'a, 'l> Walker<'a, 'l> {
	pub(super) fn new(bytes: &'a [u8], limits: &'l Limits, at: usize) -> Self {
		Self { bytes, limits, at, elements: 0 }
	}

	/// The meta group: explicit little endian, as far as group 0002 goes (its group length is not trusted).
	pub(super) fn meta(&mut self) -> Result<Vec<Element<'a>>, Refusal> {
		let end = self.bytes.len();
		let mut elements: Vec<Element<'a>> = Vec::new();
		while self.at < end && self.peek_tag(end)?.group() == META_GROUP {
			let element = self.element(Coding::Explicit, end, 0)?;
			Self::in_order(&elements, element.tag)?;
			elements.push(element);
		}
		Ok(elements)
	}

	/// The data set, to the end of the file.
	pub(super) fn dataset(&mut self, coding: Coding) -> Result<Vec<Element<'a>>, Refusal> {
		self.elements(coding, End::At(self.bytes.len()), 0)
	}

	fn elements(&mut self, coding: Coding, end: End, depth: usize) -> Result<Vec<Element<'a>>, Refusal> {
		let bound = end.bound();
		let mut elements: Vec<Element<'a>> = Vec::new();
		while self.at < bound {
			let tag = self.peek_tag(bound)?;
			if tag == ITEM_END && matches!(end, End::Delimited { .. }) {
				self.delimiter(bound)?;
				return Ok(elements);
			}
			let element = self.element(coding, bound, depth)?;
			Self::in_order(&elements, element.tag)?;
			elements.push(element);
		}
		match end {
			End::At(_) => Ok(elements),
			End::Delimited { .. } => Err(Refusal::Truncated),
		}
	}

	fn element(&mut self, coding: Coding, end: usize, depth: usize) -> Result<Element<'a>, Refusal> {
		self.count()?;
		let tag = self.tag(end)?;
		if tag.group() == DELIMITER_GROUP {
			return Err(Refusal::Malformed);
		}
		let (vr, length) = match coding {
			Coding::Implicit => (implicit_vr(tag), self.long(end)?),
			Coding::Explicit => self.vr_and_length(end)?,
		};
		let value = match (vr, length) {
			(VR::SQ, UNDEFINED) => {
				Content::Items(self.items(coding, End::Delimited { within: end }, depth)?)
			}
			(VR::SQ, length) => {
				let end = self.within(length, end)?;
				Content::Items(self.items(coding, End::At(end), depth)?)
			}
			(VR::UN, UNDEFINED) => {
				Content::Items(self.items(Coding::Implicit, End::Delimited { within: end }, depth)?)
			}
			(VR::OB | VR::OW, UNDEFINED) if coding == Coding::Explicit && tag == tags::PIXEL_DATA => {
				self.fragments(end)?
			}
			(_, UNDEFINED) => return Err(Refusal::Malformed),
			(_, length) => {
				let pixels = depth == 0 && is_pixel_data(tag);
				if u64::from(length) > self.limits.value_bytes && !pixels {
					return Err(Refusal::ValueTooLong);
				}
				Content::Bytes(self.take(length as usize, end)?)
			}
		};
		Ok(Element { tag, vr, value })
	}

	fn items(&mut self, coding: Coding, end: End, depth: usize) -> Result<Vec<Vec<Element<'a>>>, Refusal> {
		let depth = depth + 1;
		if depth > self.limits.depth.min(DEEPEST) {
			return Err(Refusal::TooDeep);
		}
		let bound = end.bound();
		let mut items = Vec::new();
		while self.at < bound {
			let tag = self.peek_tag(bound)?;
			if tag == SEQUENCE_END && matches!(end, End::Delimited { .. }) {
				self.delimiter(bound)?;
				return Ok(items);
			}
			self.count()?;
			if self.tag(bound)? != ITEM {
				return Err(Refusal::Malformed);
			}
			let item_end = match self.long(bound)? {
				UNDEFINED => End::Delimited { within: bound },
				length => End::At(self.within(length, bound)?),
			};
			items.push(self.elements(coding, item_end, depth)?);
		}
		match end {
			End::At(_) => Ok(items),
			End::Delimited { .. } => Err(Refusal::Truncated),
		}
	}

	fn fragments(&mut self, end: usize) -> Result<Content<'a>, Refusal> {
		let mut offsets = None;
		let mut parts = Vec::new();
		loop {
			if self.peek_tag(end)? == SEQUENCE_END {
				self.delimiter(end)?;
				return Ok(Content::Fragments { offsets: offsets.ok_or(Refusal::Malformed)?, parts });
			}
			self.count()?;
			if self.tag(end)? != ITEM {
				return Err(Refusal::Malformed);
			}
			let length = self.long(end)?;
			let part = self.take(length as usize, end)?;
			match offsets {
				None => offsets = Some(part),
				Some(_) => parts.push(part),
			}
		}
	}

	fn vr_and_length(&mut self, end: usize) -> Result<(VR, u32), Refusal> {
		let code = self.take(2, end)?;
		let vr = VR::from_binary([code[0], code[1]]).ok_or(Refusal::UnknownVr)?;
		let long = matches!(
			vr,
			VR::OB
				| VR::OD | VR::OF
				| VR::OL | VR::OV
				| VR::OW | VR::SQ
				| VR::SV | VR::UC
				| VR::UN | VR::UR
				| VR::UT | VR::UV
		);
		if long {
			self.take(2, end)?;
			Ok((vr, self.long(end)?))
		} else {
			let length = self.take(2, end)?;
			Ok((vr, u32::from(u16::from_le_bytes([length[0], length[1]]))))
		}
	}

	/// The tag and zero length of a delimiter.
	fn delimiter(&mut self, end: usize) -> Result<(), Refusal> {
		self.tag(end)?;
		if self.long(end)? == 0 { Ok(()) } else { Err(Refusal::Malformed) }
	}

	fn peek_tag(&self, end: usize) -> Result<Tag, Refusal> {
		let bytes = self.bytes.get(self.at..end).and_then(|rest| rest.first_chunk::<4>());
		let [a, b, c, d] = *bytes.ok_or(Refusal::Truncated)?;
		Ok(Tag(u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d])))
	}

	fn tag(&mut self, end: usize) -> Result<Tag, Refusal> {
		let tag = self.peek_tag(end)?;
		self.at += 4;
		Ok(tag)
	}

	fn long(&mut self, end: usize) -> Result<u32, Refusal> {
		let bytes = self.bytes.get(self.at..end).and_then(|rest| rest.first_chunk::<4>());
		let value = u32::from_le_bytes(*bytes.ok_or(Refusal::Truncated)?);
		self.at += 4;
		Ok(value)
	}

	fn take(&mut self, length: usize, end: usize) -> Result<&'a [u8], Refusal> {
		let rest = self.bytes.get(self.at..end).ok_or(Refusal::Truncated)?;
		let value = rest.get(..length).ok_or(Refusal::Truncated)?;
		self.at += length;
		Ok(value)
	}

	/// The position `length` bytes on, which must not leave what encloses it.
	fn within(&self, length: u32, end: usize) -> Result<usize, Refusal> {
		self.at.checked_add(length as usize).filter(|inner| *inner <= end).ok_or(Refusal::Truncated)
	}

	fn count(&mut self) -> Result<(), Refusal> {
		self.elements += 1;
		if self.elements > self.limits.elements { Err(Refusal::TooManyElements) } else { Ok(()) }
	}

	fn in_order(before: &[Element<'a>], tag: Tag) -> Result<(), Refusal> {
		match before.last() {
			Some(last) if last.tag >= tag => Err(Refusal::OutOfOrder),
			Some(_) | None => Ok(()),
		}
	}
}

/// Pixel data, float pixel data or double float pixel data.
pub(crate) fn is_pixel_data(tag: Tag) -> bool {
	[tags::PIXEL_DATA, tags::FLOAT_PIXEL_DATA, tags::DOUBLE_FLOAT_PIXEL_DATA].contains(&tag)
}

fn implicit_vr(tag: Tag) -> VR {
	StandardDataDictionary.by_tag(tag).map_or(VR::UN, |entry| entry.vr().relaxed())
}
