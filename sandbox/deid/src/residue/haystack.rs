//! What is searched: every value of the result, laid out in one buffer with a note of where each came from.

use super::tokens::normalised;
use crate::Refusal;
use crate::clean;
use dicom_core::header::Header;
use dicom_core::value::Value;
use dicom_core::{PrimitiveValue, Tag, VR};
use dicom_dictionary_std::tags;
use dicom_object::mem::InMemElement;
use dicom_object::{DefaultDicomObject, InMemDicomObject};

/// What kind of value a span is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
	Text,
	Code,
	Number,
	Uid,
	Date,
	Bytes,
}

/// One value in the buffer.
#[derive(Debug)]
pub(super) struct Span {
	pub(super) start: usize,
	end: usize,
	pub(super) path: Vec<Tag>,
	pub(super) kind: Kind,
}

/// All values of a result, each behind the other with a NUL between.
#[derive(Debug, Default)]
pub(super) struct Haystack {
	buffer: Vec<u8>,
	spans: Vec<Span>,
}

impl Haystack {
	/// Reads a result with `dicom-object`.
	pub(super) fn read(result: &[u8]) -> Result<Self, Refusal> {
		let object = DefaultDicomObject::from_reader(result).map_err(|_| Refusal::ReadBack)?;
		let mut haystack = Self::default();
		let constants = [tags::IMPLEMENTATION_CLASS_UID, tags::IMPLEMENTATION_VERSION_NAME];
		for element in object.meta().to_element_iter().filter(|element| !constants.contains(&element.tag())) {
			if let Value::Primitive(value) = element.value() {
				haystack.value(&[element.tag()], element.vr(), value);
			}
		}
		haystack.dataset(&mut Vec::new(), &object);
		Ok(haystack)
	}

	pub(super) fn bytes(&self) -> &[u8] {
		&self.buffer
	}

	/// The span that holds a position of the buffer.
	pub(super) fn span(&self, at: usize) -> &Span {
		let after = self.spans.partition_point(|span| span.start <= at);
		&self.spans[after.saturating_sub(1)]
	}

	pub(super) fn content(&self, span: &Span) -> &[u8] {
		&self.buffer[span.start..span.end]
	}

	fn dataset(&mut self, path: &mut Vec<Tag>, object: &InMemDicomObject) {
		for element in object {
			// Constants of this crate, the same in every result.
			if !clean::OWN.contains(&element.tag()) {
				self.element(path, element);
			}
		}
	}

	fn element(&mut self, path: &mut Vec<Tag>, element: &InMemElement) {
		path.push(element.tag());
		match element.value() {
			Value::Primitive(value) => self.value(path, element.vr(), value),
			Value::Sequence(sequence) => sequence.items().iter().for_each(|item| self.dataset(path, item)),
			Value::PixelSequence(pixels) => {
				pixels.fragments().iter().for_each(|part| self.push(path, Kind::Bytes, part));
			}
		}
		path.pop();
	}

	fn value(&mut self, path: &[Tag], vr: VR, value: &PrimitiveValue) {
		match vr {
			VR::UI => self.texts(path, Kind::Uid, value),
			VR::DA | VR::DT | VR::TM => self.texts(path, Kind::Date, value),
			VR::IS | VR::DS => self.texts(path, Kind::Number, value),
			VR::CS | VR::AS => self.texts(path, Kind::Code, value),
			VR::AE | VR::LO | VR::LT | VR::PN | VR::SH | VR::ST | VR::UC | VR::UR | VR::UT => {
				self.texts(path, Kind::Text, value);
			}
			VR::SL | VR::SV | VR::UL | VR::UV | VR::FL | VR::FD => {
				self.texts(path, Kind::Number, value);
				self.push(path, Kind::Bytes, &value.to_bytes());
			}
			VR::AT | VR::OB | VR::OD | VR::OF | VR::OL | VR::OV | VR::OW | VR::SQ => {
				self.push(path, Kind::Bytes, &value.to_bytes());
			}
			VR::SS | VR::UN | VR::US => self.push(path, Kind::Bytes, &value.to_bytes()),
		}
	}

	/// A text as it is and, where it holds digits between other characters, its digits alone: 555-0100 is 5550100.
	fn texts(&mut self, path: &[Tag], kind: Kind, value: &PrimitiveValue) {
		let text = value.to_str();
		self.push(path, kind, normalised(&text).as_bytes());
		if matches!(kind, Kind::Text | Kind::Code) {
			let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
			if digits.len() >= 7 && digits.len() < text.len() {
				self.push(path, kind, &digits);
			}
		}
	}

	fn push(&mut self, path: &[Tag], kind: Kind, bytes: &[u8]) {
		if bytes.is_empty() {
			return;
		}
		let start = self.buffer.len();
		if kind == Kind::Bytes {
			self.buffer.extend(bytes.iter().map(u8::to_ascii_uppercase));
		} else {
			self.buffer.extend_from_slice(bytes);
		}
		self.spans.push(Span { start, end: self.buffer.len(), path: path.to_vec(), kind });
		self.buffer.push(0);
	}
}
