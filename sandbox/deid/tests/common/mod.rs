//! Files for the tests, written with `dicom-object`.

#![allow(dead_code, reason = "every test file uses another part")]

use dicom_core::value::DataSetSequence;
use dicom_core::{DataElement, PrimitiveValue, Tag, VR};
use dicom_dictionary_std::{tags, uids};
use dicom_object::mem::InMemElement;
use dicom_object::{DefaultDicomObject, FileMetaTableBuilder, InMemDicomObject};
use heirloom_deid::{Deidentifier, FileReport, Options, Refusal, Salt};

pub const SIDE: u16 = 32;
pub const RELEASE: u16 = 2026;

pub fn deidentifier() -> Deidentifier {
	Deidentifier::new(Salt::new([7; 32]), Options::new(RELEASE))
}

pub fn text(tag: Tag, vr: VR, value: &str) -> InMemElement {
	DataElement::new(tag, vr, PrimitiveValue::from(value))
}

pub fn number(tag: Tag, value: u16) -> InMemElement {
	DataElement::new(tag, VR::US, PrimitiveValue::from(value))
}

pub fn bytes(tag: Tag, vr: VR, value: &[u8]) -> InMemElement {
	DataElement::new(tag, vr, PrimitiveValue::from(value))
}

pub fn item(elements: impl IntoIterator<Item = InMemElement>) -> InMemDicomObject {
	InMemDicomObject::from_element_iter(elements)
}

pub fn sequence(tag: Tag, items: impl IntoIterator<Item = InMemDicomObject>) -> InMemElement {
	DataElement::new(tag, VR::SQ, DataSetSequence::from(items.into_iter().collect::<Vec<_>>()))
}

/// A CT slice of 32 by 32 with a patient.
pub fn ct() -> InMemDicomObject {
	item([
		text(tags::IMAGE_TYPE, VR::CS, "ORIGINAL\\PRIMARY\\AXIAL"),
		text(tags::SOP_CLASS_UID, VR::UI, uids::CT_IMAGE_STORAGE),
		text(tags::SOP_INSTANCE_UID, VR::UI, "1.2.3.4.3"),
		text(tags::STUDY_DATE, VR::DA, "20240229"),
		text(tags::MODALITY, VR::CS, "CT"),
		text(tags::MANUFACTURER, VR::LO, "Acme"),
		text(tags::PATIENT_NAME, VR::PN, "Kowalski^Jane"),
		text(tags::PATIENT_ID, VR::LO, "MRN00123456"),
		text(tags::PATIENT_BIRTH_DATE, VR::DA, "19570312"),
		text(tags::CONVOLUTION_KERNEL, VR::SH, "B30f"),
		text(tags::STUDY_INSTANCE_UID, VR::UI, "1.2.3.4.1"),
		text(tags::SERIES_INSTANCE_UID, VR::UI, "1.2.3.4.2"),
		number(tags::SAMPLES_PER_PIXEL, 1),
		text(tags::PHOTOMETRIC_INTERPRETATION, VR::CS, "MONOCHROME2"),
		number(tags::ROWS, SIDE),
		number(tags::COLUMNS, SIDE),
		number(tags::BITS_ALLOCATED, 16),
		number(tags::BITS_STORED, 12),
		number(tags::HIGH_BIT, 11),
		number(tags::PIXEL_REPRESENTATION, 0),
		DataElement::new(tags::PIXEL_DATA, VR::OW, PrimitiveValue::U16(vec![0x0ABC; 1024].into())),
	])
}

/// A CT slice with more elements, or with others in place of its own.
pub fn ct_with(elements: impl IntoIterator<Item = InMemElement>) -> InMemDicomObject {
	let mut object = ct();
	object.extend(elements);
	object
}

pub fn file(object: InMemDicomObject) -> Vec<u8> {
	file_in(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

pub fn file_in(object: InMemDicomObject, syntax: &str) -> Vec<u8> {
	let meta = FileMetaTableBuilder::new().transfer_syntax(syntax);
	let mut bytes = Vec::new();
	object.with_meta(meta).unwrap().write_all(&mut bytes).unwrap();
	bytes
}

pub fn try_clean(object: InMemDicomObject) -> Result<(Vec<u8>, FileReport), Refusal> {
	deidentifier().deidentify(&file(object))
}

/// De-identifies and reads the result back.
pub fn clean(object: InMemDicomObject) -> DefaultDicomObject {
	let (bytes, _) = try_clean(object).unwrap();
	read(&bytes)
}

pub fn read(bytes: &[u8]) -> DefaultDicomObject {
	DefaultDicomObject::from_reader(bytes).unwrap()
}

/// The text of an element; `None` where there is none.
pub fn value(object: &InMemDicomObject, tag: Tag) -> Option<String> {
	object.get(tag).map(|element| element.to_str().unwrap().trim_end_matches(['\0', ' ']).to_owned())
}
