//! Against `dicom-anonymization`: whatever it removes or replaces by default must be removed or replaced here.
//!
//! It is built on an older `dicom-object`, so the two meet in bytes, not in types.

mod common;

use common::{ct_with, deidentifier, file, item, number, read, sequence, text};
use dicom_anonymization::Anonymizer;
use dicom_core::dictionary::{DataDictionary, DataDictionaryEntry};
use dicom_core::header::Header;
use dicom_core::{Tag, VR};
use dicom_dictionary_std::{StandardDataDictionary, tags};
use dicom_object::InMemDicomObject;
use dicom_object::mem::InMemElement;
use heirloom_deid::plant;

/// A value of each VR that says nothing known.
fn sample(tag: Tag, vr: VR) -> Option<InMemElement> {
	let value = match vr {
		VR::AE | VR::LO | VR::LT | VR::SH | VR::ST | VR::UC | VR::UT => "Quux vwxyz",
		VR::PN => "Quux^Vwxyz",
		VR::CS => "QUUX",
		VR::DA => "20240229",
		VR::DT => "20240229101530",
		VR::TM => "101530.25",
		VR::UI => "1.2.3.4.555666777",
		VR::UR => "https://quux.example",
		VR::AS => "044Y",
		VR::DS | VR::IS => "1234",
		VR::US => return Some(number(tag, 7)),
		VR::SQ => {
			let inner = item([
				text(tags::PATIENT_NAME, VR::PN, "Quux^Vwxyz"),
				text(tags::STUDY_DATE, VR::DA, "20240229"),
			]);
			return Some(sequence(tag, [inner]));
		}
		VR::AT
		| VR::FL
		| VR::FD
		| VR::OB
		| VR::OD
		| VR::OF
		| VR::OL
		| VR::OV
		| VR::OW
		| VR::SL
		| VR::SS
		| VR::SV
		| VR::UL
		| VR::UN
		| VR::UV => return None,
	};
	Some(text(tag, vr, value))
}

/// Every attribute that Table E.1-1 names and that can stand in the data set of a CT slice, in groups of one file
/// each attribute, so that one cannot hide another.
fn listed() -> Vec<InMemElement> {
	let rows = ["image", "procedure", "other"].map(|part| {
		std::fs::read_to_string(format!("{}/data/profile_{part}.txt", env!("CARGO_MANIFEST_DIR"))).unwrap()
	});
	// A capture device would make the slice an image that needs a mask.
	let left_out = [
		tags::SECONDARY_CAPTURE_DEVICE_ID,
		tags::SOP_INSTANCE_UID,
		tags::STUDY_INSTANCE_UID,
		tags::SERIES_INSTANCE_UID,
	];
	rows.iter()
		.flat_map(|part| part.lines().skip(1))
		.map(|line| u32::from_str_radix(&line[..8], 16).unwrap())
		.map(|number| Tag((number >> 16) as u16, number as u16))
		.filter(|tag| tag.group() >= 8 && tag.group() < 0x7FE0 && !left_out.contains(tag))
		.filter_map(|tag| sample(tag, StandardDataDictionary.by_tag(tag)?.vr().relaxed()))
		.collect()
}

/// The tags whose value differs from the original's, or that are gone.
fn touched(original: &InMemDicomObject, result: &InMemDicomObject) -> Vec<Tag> {
	let same = |element: &&InMemElement| {
		result.get(element.tag()).is_some_and(|other| other.value() == element.value())
	};
	original.iter().filter(|element| !same(element)).map(|element| element.tag()).collect()
}

fn oracle(bytes: &[u8]) -> Vec<u8> {
	let mut result = Vec::new();
	Anonymizer::default().anonymize(bytes).unwrap().write(&mut result).unwrap();
	result
}

#[test]
fn everything_the_oracle_touches_should_be_touched() {
	let bytes = file(ct_with(listed()));
	let original = read(&bytes);
	let ours = touched(&original, &read(&deidentifier().deidentify(&bytes).unwrap().0));
	let theirs = touched(&original, &read(&oracle(&bytes)));
	let missed: Vec<&Tag> = theirs.iter().filter(|tag| !ours.contains(tag)).collect();
	assert!(theirs.len() > 250, "the oracle touched {}", theirs.len());
	assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn every_attribute_of_the_table_should_be_touched() {
	for element in listed() {
		let tag = element.tag();
		let bytes = file(ct_with([element]));
		let (original, result) = (read(&bytes), read(&deidentifier().deidentify(&bytes).unwrap().0));
		assert!(touched(&original, &result).contains(&tag), "{tag}");
	}
}

#[test]
fn planted_values_that_the_oracle_finds_should_be_found() {
	let planted = plant::Plan::default().file();
	let (ours, _) = deidentifier().deidentify(&planted.bytes).unwrap();
	let theirs = oracle(&planted.bytes);
	assert!(planted.survivors(&ours).is_empty());
	assert!(planted.survivors(&theirs).len() >= planted.survivors(&ours).len());
}
