//! Refusal 20: DICOM residue nested, private, in meta, burned in, echoed in a log or an error.
//!
//! Each test puts a value of the original where the result cannot do without the attribute, so that the check is the
//! only thing between it and a job.

mod common;

use common::{ct_with, deidentifier, file, item, sequence, text, try_clean};
use dicom_core::{Tag, VR};
use dicom_dictionary_std::{tags, uids};
use dicom_object::FileMetaTableBuilder;
use heirloom_deid::plant::Plan;
use heirloom_deid::{Class, Finding, Refusal};

const HIDING: Tag = tags::PHOTOMETRIC_INTERPRETATION;

fn only(refusal: Refusal) -> Finding {
	let mut findings = refusal.into_findings();
	assert_eq!(findings.len(), 1, "{findings:?}");
	findings.remove(0)
}

#[test]
fn residue_should_be_found_nested() {
	let deep = item([text(HIDING, VR::CS, "KOWALSKI")]);
	let middle = item([sequence(tags::REFERENCED_SOP_SEQUENCE, [deep])]);
	let object = ct_with([sequence(tags::REFERENCED_SERIES_SEQUENCE, [middle])]);
	let finding = only(try_clean(object).unwrap_err());
	assert_eq!(finding.at.to_string(), "(0008,1115)>(0008,1199)>(0028,0004)");
	assert_eq!((finding.from, finding.class), (tags::PATIENT_NAME, Class::Name));
}

#[test]
fn residue_of_a_private_element_should_be_found() {
	let creator = text(Tag(0x0029, 0x0010), VR::LO, "ACME HEADER");
	let private = text(Tag(0x0029, 0x1001), VR::PN, "Quuxford^Ada");
	let object = ct_with([creator, private, text(HIDING, VR::CS, "QUUXFORD")]);
	assert_eq!(only(try_clean(object).unwrap_err()).from, Tag(0x0029, 0x1001));
}

#[test]
fn residue_of_the_meta_group_should_be_found() {
	let meta = FileMetaTableBuilder::new()
		.transfer_syntax(uids::EXPLICIT_VR_LITTLE_ENDIAN)
		.source_application_entity_title("MERCY4711");
	let mut bytes = Vec::new();
	ct_with([text(HIDING, VR::CS, "MERCY4711")]).with_meta(meta).unwrap().write_all(&mut bytes).unwrap();
	let finding = only(deidentifier().deidentify(&bytes).unwrap_err());
	assert_eq!(finding.from, tags::SOURCE_APPLICATION_ENTITY_TITLE);
}

#[test]
fn text_burned_in_should_refuse_the_file() {
	let file = Plan { burned_in: true, side: 256, ..Plan::default() }.file();
	assert_eq!(deidentifier().deidentify(&file.bytes).unwrap_err(), Refusal::BurnedIn);
}

#[test]
fn residue_should_not_be_echoed_in_an_error() {
	let refused = [
		ct_with([text(HIDING, VR::CS, "KOWALSKI")]),
		ct_with([text(tags::SPECIFIC_CHARACTER_SET, VR::CS, "KOWALSKI")]),
		ct_with([text(tags::SOP_CLASS_UID, VR::UI, "1.2.00123456")]),
		ct_with([text(tags::NUMBER_OF_FRAMES, VR::IS, "00123456")]),
		ct_with([text(tags::BURNED_IN_ANNOTATION, VR::CS, "KOWALSKI")]),
		ct_with([text(tags::RECOGNIZABLE_VISUAL_FEATURES, VR::CS, "KOWALSKI")]),
	];
	for object in refused {
		let refusal = deidentifier().deidentify(&file(object)).unwrap_err();
		let shown = format!("{refusal} {refusal:?} {}", refusal.code()).to_uppercase();
		for value in ["KOWALSKI", "JANE", "00123456", "19570312"] {
			assert!(!shown.contains(value), "{}", refusal.code());
		}
	}
}
