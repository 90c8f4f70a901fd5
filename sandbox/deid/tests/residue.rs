//! The check after the profile: what it finds, what it repairs, and that it never shows what it found.

mod common;

use common::{clean, ct_with, text, try_clean, value};
use dicom_core::{Tag, VR};
use dicom_dictionary_std::tags;
use heirloom_deid::{Class, Refusal};

fn findings(refusal: Refusal) -> Vec<(String, Class)> {
	refusal.into_findings().into_iter().map(|finding| (finding.at.to_string(), finding.class)).collect()
}

#[test]
fn a_name_in_a_code_that_cannot_go_should_refuse_the_file() {
	let refusal = try_clean(ct_with([text(tags::PATIENT_NAME, VR::PN, "Monochrome^Jane")])).unwrap_err();
	assert_eq!(findings(refusal), [("(0028,0004)".to_owned(), Class::Name)]);
}

#[test]
fn a_name_in_reviewed_text_should_be_taken_out() {
	let object = ct_with([text(tags::FILTER_TYPE, VR::SH, "KOWALSKI")]);
	let (bytes, report) = try_clean(object).unwrap();
	assert!(common::read(&bytes).get(tags::FILTER_TYPE).is_none());
	assert_eq!(report.repaired, ["(0018,1160)"]);
}

#[test]
fn a_name_in_a_dispensable_code_should_be_taken_out() {
	let result = clean(ct_with([text(tags::BODY_PART_EXAMINED, VR::CS, "JANE")]));
	assert!(result.get(tags::BODY_PART_EXAMINED).is_none());
}

#[test]
fn a_name_component_should_be_found_alone() {
	let result = clean(ct_with([
		text(tags::PATIENT_NAME, VR::PN, "Wu^Li"),
		text(tags::CONVOLUTION_KERNEL, VR::SH, "Wu special"),
	]));
	assert!(result.get(tags::CONVOLUTION_KERNEL).is_none());
}

#[test]
fn a_record_number_in_a_number_should_be_taken_out() {
	let result = clean(ct_with([
		text(tags::ACCESSION_NUMBER, VR::SH, "7654321"),
		text(tags::ACQUISITION_NUMBER, VR::IS, "7654321"),
	]));
	assert!(result.get(tags::ACQUISITION_NUMBER).is_none());
}

#[test]
fn a_private_value_should_be_found() {
	let result = clean(ct_with([
		text(Tag(0x0029, 0x0010), VR::LO, "ACME HEADER"),
		text(Tag(0x0029, 0x1001), VR::LO, "Zebrastrasse"),
		text(tags::FILTER_TYPE, VR::SH, "zebrastrasse"),
	]));
	assert!(result.get(tags::FILTER_TYPE).is_none());
}

#[test]
fn a_nested_value_should_be_found() {
	let nested = common::item([text(tags::REQUESTING_PHYSICIAN, VR::PN, "Grigoryan^Ani")]);
	let result = clean(ct_with([
		common::sequence(tags::REQUEST_ATTRIBUTES_SEQUENCE, [nested]),
		text(tags::FILTER_TYPE, VR::SH, "as Grigoryan"),
	]));
	assert!(result.get(tags::FILTER_TYPE).is_none());
}

#[test]
fn a_name_in_a_declared_character_set_should_be_read() {
	// ISO_IR 144 (Cyrillic) with a Latin first name behind a Cyrillic family name.
	let object = ct_with([
		text(tags::SPECIFIC_CHARACTER_SET, VR::CS, "ISO_IR 144"),
		text(tags::PATIENT_NAME, VR::PN, "Люкceмбypг^Ivanka"),
		text(tags::FILTER_TYPE, VR::SH, "Ivanka"),
	]);
	let result = clean(object);
	assert!(result.get(tags::FILTER_TYPE).is_none());
	assert!(result.get(tags::SPECIFIC_CHARACTER_SET).is_none());
}

#[test]
fn an_unknown_character_set_should_refuse_the_file() {
	let object = ct_with([text(tags::SPECIFIC_CHARACTER_SET, VR::CS, "ISO_IR 999")]);
	assert_eq!(try_clean(object).unwrap_err(), Refusal::CharacterSet);
}

#[test]
fn text_in_a_numeric_element_should_be_taken_out() {
	let result = clean(ct_with([common::bytes(tags::REFERENCED_SEGMENT_NUMBER, VR::US, b"KOWALSKI")]));
	assert!(result.get(tags::REFERENCED_SEGMENT_NUMBER).is_none());
}

#[test]
fn a_description_that_names_the_body_part_should_not_refuse_the_file() {
	let result = clean(ct_with([
		text(tags::BODY_PART_EXAMINED, VR::CS, "THORAX"),
		text(tags::STUDY_DESCRIPTION, VR::LO, "CT Thorax nativ"),
		text(tags::SERIES_DESCRIPTION, VR::LO, "Thorax B30f 5.0"),
	]));
	assert_eq!(value(&result, tags::BODY_PART_EXAMINED).as_deref(), Some("THORAX"));
	assert_eq!(value(&result, tags::CONVOLUTION_KERNEL).as_deref(), Some("B30f"));
}

#[test]
fn a_refusal_should_not_show_what_was_found() {
	let refusal = try_clean(ct_with([text(tags::PATIENT_NAME, VR::PN, "Monochrome^Jane")])).unwrap_err();
	let shown = format!("{refusal} {refusal:?}").to_uppercase();
	assert!(!shown.contains("MONOCHROME") && !shown.contains("JANE"));
	assert_eq!(refusal.code(), "residue");
}
