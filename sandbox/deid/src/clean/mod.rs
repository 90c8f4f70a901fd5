//! The table applied to a data set: a new one is built from what may stay, nothing is edited in place.
//!
//! An attribute with a row follows the table. Without one, numbers, codes, ages, dates (their year) and UIDs stay
//! in their own form, sequences are entered, and text and bytes go unless reviewed ([`crate::keep`]).

mod codes;
mod dates;
mod values;

pub(crate) use values::is_registered;

use crate::header::{self, Content, Element, find};
use crate::salt::Salt;
use crate::table::{self, Resolved};
use codes::Code;
use dicom_core::dictionary::{DataDictionary, DataDictionaryEntry};
use dicom_core::value::DataSetSequence;
use dicom_core::{DataElement, PrimitiveValue, Tag, VR};
use dicom_dictionary_std::{StandardDataDictionary, tags};
use dicom_object::InMemDicomObject;
use dicom_object::mem::InMemElement;
use std::collections::BTreeSet;
use values::Outcome;

pub(crate) use dates::year;

/// Attributes of lower groups are commands, directories and the meta group: none belongs into a data set.
const FIRST_GROUP: u16 = 0x0008;

/// Attributes this crate writes itself, and therefore never copies.
pub(crate) static OWN: [Tag; 4] = [
	tags::PATIENT_IDENTITY_REMOVED,
	tags::DEIDENTIFICATION_METHOD,
	tags::DEIDENTIFICATION_METHOD_CODE_SEQUENCE,
	tags::LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED,
];

/// What was done to one file's elements, all levels counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
	/// Elements that stay as they were (sequences: that were entered).
	pub kept: u32,
	/// Elements that stay with another value.
	pub replaced: u32,
	/// Elements that are gone, each counted once with all it held.
	pub removed: u32,
}

/// One pass over one file.
pub(crate) struct Cleaner<'s> {
	salt: &'s Salt,
	/// The year by which ages are reckoned.
	until: u16,
	/// Attributes removed on top, because an earlier pass left a residue in them.
	scrub: &'s BTreeSet<Tag>,
	tally: Tally,
}

/// Where an item is.
#[derive(Clone, Copy)]
struct Scope {
	top: bool,
	/// Inside a sequence for which the table wants dummies.
	replace_codes: bool,
}

impl<'s> Cleaner<'s> {
	/// `release` is the year of [`crate::Options`]; a later date in the file counts instead.
	pub(crate) fn new(salt: &'s Salt, release: u16, scrub: &'s BTreeSet<Tag>) -> Self {
		Self { salt, until: release, scrub, tally: Tally::default() }
	}

	/// Builds the clean data set, without pixel data and without the attributes of [`OWN`].
	pub(crate) fn dataset(mut self, dataset: &[Element<'_>]) -> (InMemDicomObject, Tally) {
		let latest = dates::latest_year(dataset, tags::PATIENT_BIRTH_DATE);
		self.until = self.until.max(latest.unwrap_or(0));
		let object = self.item(dataset, Scope { top: true, replace_codes: false });
		(object, self.tally)
	}

	fn item(&mut self, elements: &[Element<'_>], scope: Scope) -> InMemDicomObject {
		let code = if scope.top { Code::None } else { Code::of(elements, scope.replace_codes) };
		let mut kept: Vec<InMemElement> = Vec::with_capacity(elements.len());
		let pixels = |element: &&Element<'_>| scope.top && header::is_pixel_data(element.tag);
		for element in elements.iter().filter(|element| !pixels(element)) {
			match self.element(element, code, scope) {
				Some(element) => kept.push(element),
				None => self.tally.removed += 1,
			}
		}
		if scope.top
			&& let Some(pseudonym) = self.pseudonym(elements)
		{
			kept.push(pseudonym);
		}
		InMemDicomObject::from_element_iter(kept)
	}

	fn element(&mut self, element: &Element<'_>, code: Code<'_>, scope: Scope) -> Option<InMemElement> {
		let tag = element.tag;
		let dropped = tag.group() < FIRST_GROUP
			|| tag.element() == 0
			|| tag == tags::SPECIFIC_CHARACTER_SET
			|| OWN.contains(&tag)
			|| self.scrub.contains(&tag);
		if dropped {
			return None;
		}
		if let Some(value) = code.attribute(tag) {
			self.tally.replaced += 1;
			let vr = if tag == tags::CODE_MEANING { VR::LO } else { VR::SH };
			return Some(DataElement::new(tag, vr, PrimitiveValue::from(value)));
		}
		match table::action(tag) {
			Some(action) => self.listed(element, action.resolve(), scope),
			None => self.unlisted(element, scope),
		}
	}

	fn listed(&mut self, element: &Element<'_>, action: Resolved, scope: Scope) -> Option<InMemElement> {
		let tag = element.tag;
		let vr = StandardDataDictionary.by_tag(tag)?.vr().relaxed();
		if action == Resolved::Remove {
			return None;
		}
		let value = match (vr, action) {
			(VR::SQ, Resolved::Empty) => {
				self.tally.replaced += 1;
				return Some(DataElement::new(tag, vr, DataSetSequence::empty()));
			}
			(VR::SQ, Resolved::Dummy) => {
				return self.sequence(element, Scope { top: false, replace_codes: true });
			}
			(VR::SQ, Resolved::Uid | Resolved::Remove) => {
				return self.sequence(element, Scope { top: false, ..scope });
			}
			(VR::UI, Resolved::Uid | Resolved::Dummy | Resolved::Empty | Resolved::Remove) => {
				PrimitiveValue::from(self.uid(element)?)
			}
			(VR::DA, Resolved::Empty | Resolved::Dummy | Resolved::Uid | Resolved::Remove)
				if tag == tags::PATIENT_BIRTH_DATE =>
			{
				PrimitiveValue::from(dates::birth_date(element, self.until))
			}
			(VR::DA | VR::DT, Resolved::Empty | Resolved::Dummy | Resolved::Uid | Resolved::Remove) => {
				PrimitiveValue::from(dates::reduced(vr, element, action == Resolved::Dummy))
			}
			(_, Resolved::Dummy) => values::dummy(vr),
			(_, Resolved::Empty | Resolved::Uid | Resolved::Remove) => PrimitiveValue::Empty,
		};
		self.tally.replaced += 1;
		Some(DataElement::new(tag, vr, value))
	}

	fn unlisted(&mut self, element: &Element<'_>, scope: Scope) -> Option<InMemElement> {
		let tag = element.tag;
		let vr = values::standard_vr(element)?;
		if vr == VR::SQ {
			return self.sequence(element, Scope { top: false, ..scope });
		}
		// The pixel data is written apart; in an item it is an icon or a preview.
		let offsets = [tags::EXTENDED_OFFSET_TABLE, tags::EXTENDED_OFFSET_TABLE_LENGTHS];
		if tag.group() == tags::PIXEL_DATA.group() && !(scope.top && offsets.contains(&tag)) {
			return None;
		}
		match values::unlisted(tag, vr, values::bytes(element)?, element, self.salt) {
			Outcome::Remove => None,
			Outcome::Keep(value) => {
				self.tally.kept += 1;
				Some(DataElement::new(tag, vr, value))
			}
			Outcome::Replace(value) => {
				self.tally.replaced += 1;
				Some(DataElement::new(tag, vr, value))
			}
		}
	}

	/// Items are kept one to one, also when nothing stays in them: frames are found by their item's position.
	fn sequence(&mut self, element: &Element<'_>, scope: Scope) -> Option<InMemElement> {
		let Content::Items(items) = &element.value else { return None };
		self.tally.kept += 1;
		let items: Vec<InMemDicomObject> = items.iter().map(|item| self.item(item, scope)).collect();
		Some(DataElement::new(element.tag, VR::SQ, DataSetSequence::from(items)))
	}

	fn uid(&self, element: &Element<'_>) -> Option<String> {
		let text = header::text(element).filter(|text| values::are_uids(text))?;
		let pseudonyms = text.split('\\').map(|uid| match header::trim(uid) {
			"" => String::new(),
			uid => self.salt.uid(uid),
		});
		Some(pseudonyms.collect::<Vec<_>>().join("\\"))
	}

	/// The patient's pseudonym in place of the id: one patient's files stay together within the asset, which the
	/// checks on group sizes need. An id that is not there is not invented.
	fn pseudonym(&self, elements: &[Element<'_>]) -> Option<InMemElement> {
		let Content::Bytes(bytes) = find(elements, tags::PATIENT_ID)?.value else { return None };
		let id = bytes.trim_ascii();
		if id.is_empty() || self.scrub.contains(&tags::PATIENT_ID) {
			return None;
		}
		let pseudonym = self.salt.patient(&String::from_utf8_lossy(id));
		Some(DataElement::new(tags::PATIENT_ID, VR::LO, PrimitiveValue::from(pseudonym)))
	}
}

/// Marks a data set as de-identified (PS3.15 section E.1.1 items 6 and 7, PS3.3 section C.7.1.1): the codes are
/// those of context group 7050. Years stay of the dates, hence "modified".
pub(crate) fn mark(object: &mut InMemDicomObject, masked: bool) {
	let code = |value: &str, meaning: &str| {
		InMemDicomObject::from_element_iter([
			DataElement::new(tags::CODE_VALUE, VR::SH, PrimitiveValue::from(value)),
			DataElement::new(tags::CODING_SCHEME_DESIGNATOR, VR::SH, PrimitiveValue::from("DCM")),
			DataElement::new(tags::CODE_MEANING, VR::LO, PrimitiveValue::from(meaning)),
		])
	};
	let mut codes = vec![
		code("113100", "Basic Application Confidentiality Profile"),
		code("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
	];
	if masked {
		codes.insert(1, code("113101", "Clean Pixel Data Option"));
		object.put(DataElement::new(tags::BURNED_IN_ANNOTATION, VR::CS, PrimitiveValue::from("NO")));
	}
	object.put(DataElement::new(tags::PATIENT_IDENTITY_REMOVED, VR::CS, PrimitiveValue::from("YES")));
	object.put(DataElement::new(
		tags::DEIDENTIFICATION_METHOD,
		VR::LO,
		PrimitiveValue::from("Heirloom: PS3.15 E.1 Basic Profile 2026c, years kept"),
	));
	object.put(DataElement::new(
		tags::DEIDENTIFICATION_METHOD_CODE_SEQUENCE,
		VR::SQ,
		DataSetSequence::from(codes),
	));
	object.put(DataElement::new(
		tags::LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED,
		VR::CS,
		PrimitiveValue::from("MODIFIED"),
	));
}

/// Whether an attribute may be removed by a second pass without making the image unusable: the description of the
/// pixels, the kind of object and the identity of the instance may not.
pub(crate) fn is_dispensable(tag: Tag) -> bool {
	let identity =
		[tags::SOP_CLASS_UID, tags::SOP_INSTANCE_UID, tags::STUDY_INSTANCE_UID, tags::SERIES_INSTANCE_UID];
	let pixels = [
		tags::SAMPLES_PER_PIXEL,
		tags::PHOTOMETRIC_INTERPRETATION,
		tags::PLANAR_CONFIGURATION,
		tags::NUMBER_OF_FRAMES,
		tags::ROWS,
		tags::COLUMNS,
		tags::BITS_ALLOCATED,
		tags::BITS_STORED,
		tags::HIGH_BIT,
		tags::PIXEL_REPRESENTATION,
	];
	tag != tags::MODALITY && !identity.contains(&tag) && !pixels.contains(&tag) && !OWN.contains(&tag)
}
