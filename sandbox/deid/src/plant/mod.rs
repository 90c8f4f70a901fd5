//! CT images with planted identifiers, to measure what de-identification finds.
//!
//! Every class of the Safe Harbor rule is planted in the header, two sequences deep, in private elements and, when
//! asked for, as text in the pixels; where the meta group and the preamble can hold one, there as well. A planted
//! value that is still in the result is a survivor; recall is `1 - survivors / planted`.

mod study;
mod values;

pub use study::{Slice, Study};
pub use values::SafeHarbor;

use crate::{PixelMask, Rectangle};
use dicom_core::value::DataSetSequence;
use dicom_core::{DataElement, PrimitiveValue, Tag, VR};
use dicom_dictionary_std::{tags, uids};
use dicom_object::mem::InMemElement;
use dicom_object::{FileMetaTableBuilder, InMemDicomObject};
use serde::Serialize;
use values::Numbers;

/// Side of a drawn character, in pixels.
const CELL: u16 = 8;
const MANUFACTURER: &str = "Heirloom Test Devices";
const PRIVATE_GROUP: u16 = 0x0029;

/// Where a value is planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
	/// An attribute of the data set.
	Header,
	/// An item of a sequence of a sequence.
	Nested,
	/// A private element.
	Private,
	/// The meta group or the preamble.
	Meta,
	/// Drawn into the pixels.
	BurnedIn,
}

/// A file to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
	/// Makes the values and the noise; two seeds share no value.
	pub seed: u64,
	/// Rows and columns of the slice; at least 256 where text is drawn.
	pub side: u16,
	/// Whether text is drawn into the pixels (and Burned In Annotation says so).
	pub burned_in: bool,
}

impl Default for Plan {
	/// A slice of 512 by 512 without text in it.
	fn default() -> Self {
		Self { seed: 1, side: 512, burned_in: false }
	}
}

/// One planted value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planted {
	/// What kind of identifier.
	pub class: SafeHarbor,
	/// Where it was put.
	pub place: Place,
	/// The bytes to look for: the text, or the first row of the pixels that draw it.
	pub needle: Vec<u8>,
}

/// A file and what is hidden in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlantedFile {
	/// The file: explicit VR little endian, 16-bit pixels.
	pub bytes: Vec<u8>,
	/// All that was planted.
	pub planted: Vec<Planted>,
}

impl PlantedFile {
	/// The planted values that a result still holds, anywhere in its bytes and in any case.
	pub fn survivors(&self, result: &[u8]) -> Vec<&Planted> {
		self.planted.iter().filter(|planted| contains(result, &planted.needle)).collect()
	}
}

impl Plan {
	/// Makes the file.
	pub fn file(&self) -> PlantedFile {
		self.plant(self.image(), self.noise())
	}

	/// Plants a value of every class into an image and its pixels.
	fn plant(&self, mut object: InMemDicomObject, mut pixels: Vec<u16>) -> PlantedFile {
		let values: Vec<(SafeHarbor, Vec<u8>)> =
			SafeHarbor::ALL.iter().map(|class| (*class, class.value(self.seed))).collect();
		let mut planted = Vec::new();
		let mut plant = |place| {
			let places =
				values.iter().map(|(class, value)| Planted { class: *class, place, needle: value.clone() });
			planted.extend(places);
		};

		values.iter().for_each(|(class, value)| drop(object.put(element(*class, value))));
		plant(Place::Header);

		let deep =
			InMemDicomObject::from_element_iter(values.iter().map(|(class, value)| element(*class, value)));
		let inner = sequence(tags::REFERENCED_SOP_SEQUENCE, deep);
		let middle = InMemDicomObject::from_element_iter([inner]);
		object.put(sequence(tags::REFERENCED_SERIES_SEQUENCE, middle));
		plant(Place::Nested);

		object.put(text(Tag(PRIVATE_GROUP, 0x0010), VR::LO, "HEIRLOOM TEST HEADER"));
		for (element, (class, value)) in (0x1000..).zip(&values) {
			let vr = match class.attribute().1 {
				VR::SQ => VR::OB,
				vr => vr,
			};
			object.put(DataElement::new(Tag(PRIVATE_GROUP, element), vr, primitive(vr, value)));
		}
		plant(Place::Private);

		if self.burned_in {
			object.put(text(tags::BURNED_IN_ANNOTATION, VR::CS, "YES"));
			for (line, (class, value)) in (0..).zip(&values) {
				let needle = self.draw(&mut pixels, line * CELL, value);
				planted.push(Planted { class: *class, place: Place::BurnedIn, needle });
			}
		}
		object.put(DataElement::new(tags::PIXEL_DATA, VR::OW, PrimitiveValue::U16(pixels.into())));

		let aes = [SafeHarbor::Name, SafeHarbor::Other];
		let titles =
			aes.map(|class| String::from_utf8_lossy(&class.value(!self.seed)).chars().take(16).collect());
		let private = SafeHarbor::RecordNumber.value(!self.seed);
		let preamble = SafeHarbor::Email.value(!self.seed);
		let mut bytes = write(object, &titles, &private);
		bytes[..preamble.len()].copy_from_slice(&preamble);
		let in_meta = titles.into_iter().map(String::into_bytes).chain([private, preamble]);
		let classes = aes.into_iter().chain([SafeHarbor::RecordNumber, SafeHarbor::Email]);
		planted.extend(classes.zip(in_meta).map(|(class, needle)| Planted {
			class,
			place: Place::Meta,
			needle,
		}));
		PlantedFile { bytes, planted }
	}

	/// The mask that blanks what [`Plan::file`] draws.
	pub fn mask(&self) -> PixelMask {
		let lines = SafeHarbor::ALL.len() as u16 * CELL;
		PixelMask {
			name: "planted text".to_owned(),
			modality: "CT".to_owned(),
			manufacturer: MANUFACTURER.to_owned(),
			rows: self.side,
			columns: self.side,
			rectangles: vec![Rectangle { left: 0, top: 0, width: self.side, height: lines.min(self.side) }],
		}
	}

	/// The attributes a CT slice needs, none of which identifies.
	fn image(&self) -> InMemDicomObject {
		let uid = |level: &str| format!("1.2.826.0.1.3680043.10.9999.{}.{level}", self.seed);
		let number = |tag, value: u16| DataElement::new(tag, VR::US, PrimitiveValue::from(value));
		InMemDicomObject::from_element_iter([
			text(tags::IMAGE_TYPE, VR::CS, "ORIGINAL\\PRIMARY\\AXIAL"),
			text(tags::SOP_CLASS_UID, VR::UI, uids::CT_IMAGE_STORAGE),
			text(tags::SOP_INSTANCE_UID, VR::UI, &uid("3")),
			text(tags::STUDY_DATE, VR::DA, "20240229"),
			text(tags::STUDY_TIME, VR::TM, "101530.25"),
			text(tags::MODALITY, VR::CS, "CT"),
			text(tags::MANUFACTURER, VR::LO, MANUFACTURER),
			text(tags::BODY_PART_EXAMINED, VR::CS, "CHEST"),
			text(tags::SLICE_THICKNESS, VR::DS, "1.25"),
			text(tags::KVP, VR::DS, "120"),
			text(tags::CONVOLUTION_KERNEL, VR::SH, "B30f"),
			text(tags::STUDY_INSTANCE_UID, VR::UI, &uid("1")),
			text(tags::SERIES_INSTANCE_UID, VR::UI, &uid("2")),
			text(tags::INSTANCE_NUMBER, VR::IS, "7"),
			number(tags::SAMPLES_PER_PIXEL, 1),
			text(tags::PHOTOMETRIC_INTERPRETATION, VR::CS, "MONOCHROME2"),
			number(tags::ROWS, self.side),
			number(tags::COLUMNS, self.side),
			text(tags::PIXEL_SPACING, VR::DS, "0.7\\0.7"),
			number(tags::BITS_ALLOCATED, 16),
			number(tags::BITS_STORED, 12),
			number(tags::HIGH_BIT, 11),
			number(tags::PIXEL_REPRESENTATION, 0),
			text(tags::RESCALE_INTERCEPT, VR::DS, "-1024"),
			text(tags::RESCALE_SLOPE, VR::DS, "1"),
		])
	}

	/// Twelve-bit noise.
	fn noise(&self) -> Vec<u16> {
		let mut numbers = Numbers(self.seed);
		let count = usize::from(self.side) * usize::from(self.side);
		(0..count).map(|_| numbers.next() as u16 & 0x0FFF).collect()
	}

	/// Draws a line of text and returns the bytes of its first row. A character is a block of 8 by 8 pixels whose
	/// rows spell its code in bits, rotated row by row: high contrast, straight edges, and other for every text.
	fn draw(&self, pixels: &mut [u16], top: u16, text: &[u8]) -> Vec<u8> {
		let columns = usize::from(self.side);
		let characters = text.len().min(columns / usize::from(CELL));
		let mut first = Vec::new();
		for row in 0..CELL {
			for (at, character) in text[..characters].iter().enumerate() {
				for bit in 0..usize::from(CELL) {
					let on = character.rotate_left(row.into()) >> bit & 1 == 1;
					let value = if on { 0x0FFF } else { 0 };
					pixels[usize::from(top + row) * columns + at * usize::from(CELL) + bit] = value;
					if row == 0 {
						first.extend_from_slice(&u16::to_le_bytes(value));
					}
				}
			}
		}
		first
	}
}

fn text(tag: Tag, vr: VR, value: &str) -> InMemElement {
	DataElement::new(tag, vr, PrimitiveValue::from(value))
}

fn sequence(tag: Tag, item: InMemDicomObject) -> InMemElement {
	DataElement::new(tag, VR::SQ, DataSetSequence::from(vec![item]))
}

fn primitive(vr: VR, value: &[u8]) -> PrimitiveValue {
	if vr == VR::OB {
		PrimitiveValue::from(value)
	} else {
		PrimitiveValue::from(&*String::from_utf8_lossy(value))
	}
}

/// The element of a class; a photograph is the icon of the image.
fn element(class: SafeHarbor, value: &[u8]) -> InMemElement {
	let (tag, vr) = class.attribute();
	if vr != VR::SQ {
		return DataElement::new(tag, vr, primitive(vr, value));
	}
	let pixels = DataElement::new(tags::PIXEL_DATA, VR::OB, PrimitiveValue::from(value));
	sequence(tag, InMemDicomObject::from_element_iter([pixels]))
}

/// Writes a file whose meta group names two application entities and holds private information. Writing into
/// memory does not fail; a file that is cut short would fail every test that reads it.
fn write(object: InMemDicomObject, titles: &[String; 2], private: &[u8]) -> Vec<u8> {
	let meta = FileMetaTableBuilder::new()
		.transfer_syntax(uids::EXPLICIT_VR_LITTLE_ENDIAN)
		.source_application_entity_title(titles[0].as_str())
		.sending_application_entity_title(titles[1].as_str())
		.private_information_creator_uid("1.2.826.0.1.3680043.10.9999")
		.private_information(private);
	let mut bytes = Vec::new();
	if let Ok(file) = object.with_meta(meta) {
		let written = file.write_all(&mut bytes);
		debug_assert!(written.is_ok());
	}
	bytes
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
	let finder = aho_corasick::AhoCorasick::builder().ascii_case_insensitive(true).build([needle]);
	// A needle that cannot be searched for counts as found: recall is never flattered.
	finder.map_or(true, |finder| finder.is_match(haystack))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_planted_value_should_be_in_the_file() {
		let file = Plan { burned_in: true, side: 256, ..Plan::default() }.file();
		assert_eq!(file.survivors(&file.bytes).len(), file.planted.len());
		assert_eq!(file.planted.len(), 4 * SafeHarbor::ALL.len() + 4);
	}

	#[test]
	fn two_seeds_should_share_no_value() {
		let [a, b] = [1, 2].map(|seed| Plan { seed, side: 256, burned_in: false }.file());
		assert!(a.survivors(&b.bytes).is_empty());
	}
}
