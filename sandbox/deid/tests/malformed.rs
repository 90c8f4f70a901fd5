//! Bounds and malformed files: an error of their own, never a panic, never a value of the header in the result.

mod common;

use common::{ct, ct_with, deidentifier, file, item, sequence, text};
use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use heirloom_deid::{Deidentifier, Limits, Options, Refusal, Salt, plant};
use proptest::prelude::*;

fn limited(limits: Limits) -> Deidentifier {
	Deidentifier::new(Salt::new([7; 32]), Options { limits, ..Options::new(2026) })
}

fn refusal(bytes: &[u8]) -> Refusal {
	deidentifier().deidentify(bytes).unwrap_err()
}

/// Where an element begins in an explicit file.
fn find(bytes: &[u8], tag: dicom_core::Tag) -> usize {
	let [a, b] = tag.group().to_le_bytes();
	let [c, d] = tag.element().to_le_bytes();
	bytes.windows(4).position(|window| window == [a, b, c, d]).unwrap()
}

#[test]
fn a_file_above_the_limit_should_be_refused() {
	let limits = Limits { file_bytes: 100, ..Limits::default() };
	assert_eq!(limited(limits.clone()).deidentify(&file(ct())).unwrap_err(), Refusal::TooLarge);
	assert_eq!(limited(limits).deidentify_reader(&file(ct())[..]).unwrap_err(), Refusal::TooLarge);
}

#[test]
fn deep_nesting_should_be_refused() {
	let mut inner = item([]);
	for _ in 0..17 {
		inner = item([sequence(tags::REFERENCED_SERIES_SEQUENCE, [inner])]);
	}
	assert_eq!(
		refusal(&file(ct_with([sequence(tags::REFERENCED_SERIES_SEQUENCE, [inner])]))),
		Refusal::TooDeep
	);
}

#[test]
fn many_elements_should_be_refused() {
	let many = sequence(tags::REFERENCED_SERIES_SEQUENCE, (0..1000).map(|_| item([])));
	let limits = Limits { elements: 1000, ..Limits::default() };
	assert_eq!(limited(limits).deidentify(&file(ct_with([many]))).unwrap_err(), Refusal::TooManyElements);
}

#[test]
fn a_long_value_should_be_refused() {
	let long = ct_with([text(tags::PATIENT_COMMENTS, VR::LT, &"x".repeat(1000))]);
	let limits = Limits { value_bytes: 999, ..Limits::default() };
	assert_eq!(limited(limits).deidentify(&file(long)).unwrap_err(), Refusal::ValueTooLong);
}

#[test]
fn something_else_should_be_refused() {
	assert_eq!(refusal(b"%PDF-1.7"), Refusal::NotDicom);
	assert_eq!(refusal(&[0; 4096]), Refusal::NotDicom);
}

#[test]
fn a_length_behind_the_end_should_be_refused() {
	let mut bytes = file(ct());
	let at = find(&bytes, tags::PIXEL_DATA);
	bytes[at + 8..at + 12].copy_from_slice(&0xFFFF_FFF0u32.to_le_bytes());
	assert_eq!(refusal(&bytes), Refusal::Truncated);
}

#[test]
fn an_unknown_vr_should_be_refused() {
	let mut bytes = file(ct());
	let at = find(&bytes, tags::PATIENT_NAME);
	bytes[at + 4..at + 6].copy_from_slice(b"ZZ");
	assert_eq!(refusal(&bytes), Refusal::UnknownVr);
}

#[test]
fn a_repeated_element_should_be_refused() {
	let mut bytes = file(ct());
	let at = find(&bytes, tags::PATIENT_ID);
	// The second element now has the tag of the one before it.
	bytes[at..at + 4].copy_from_slice(&[0x10, 0x00, 0x10, 0x00]);
	assert_eq!(refusal(&bytes), Refusal::OutOfOrder);
}

#[test]
fn a_big_endian_file_should_be_refused() {
	let mut bytes = file(ct());
	let at = find(&bytes, tags::TRANSFER_SYNTAX_UID);
	bytes[at + 8..at + 28].copy_from_slice(b"1.2.840.10008.1.2.2\0");
	assert_eq!(refusal(&bytes), Refusal::TransferSyntax);
}

#[test]
fn a_meta_group_of_another_instance_should_be_refused() {
	let mut bytes = file(ct());
	let at = find(&bytes, tags::MEDIA_STORAGE_SOP_INSTANCE_UID);
	bytes[at + 8] = b'2';
	assert_eq!(refusal(&bytes), Refusal::Identity);
}

#[test]
fn every_truncation_should_be_refused() {
	let bytes = file(ct());
	for length in 0..bytes.len() {
		assert!(deidentifier().deidentify(&bytes[..length]).is_err(), "cut at {length}");
	}
}

#[test]
fn every_encapsulated_syntax_should_be_readable_by_others() {
	// What this crate copies, the reader of the residue check must know; else every such file would be refused.
	for syntax in [
		uids::RLE_LOSSLESS,
		uids::JPEG_BASELINE8_BIT,
		uids::JPEG_LOSSLESS_SV1,
		uids::JPEG2000,
		uids::JPEGLS_LOSSLESS,
		uids::HTJ2K,
	] {
		let mut object = ct();
		let fragments = dicom_core::value::PixelFragmentSequence::new(vec![], vec![vec![0xFFu8, 0xD9]]);
		object.put(dicom_core::DataElement::new(tags::PIXEL_DATA, VR::OB, fragments));
		assert!(deidentifier().deidentify(&common::file_in(object, syntax)).is_ok(), "{syntax}");
	}
}

/// A change to a file: bytes overwritten, removed, or repeated.
#[derive(Debug, Clone)]
enum Mutation {
	Overwrite(prop::sample::Index, u8),
	Remove(prop::sample::Index, usize),
	Repeat(prop::sample::Index, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
	prop_oneof![
		3 => (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| Mutation::Overwrite(at, byte)),
		1 => (any::<prop::sample::Index>(), 1..64usize).prop_map(|(at, count)| Mutation::Remove(at, count)),
		1 => (any::<prop::sample::Index>(), 1..64usize).prop_map(|(at, count)| Mutation::Repeat(at, count)),
	]
}

/// The header of a planted file, which mutations are aimed at, and its pixels.
fn planted() -> (plant::PlantedFile, usize) {
	let planted = plant::Plan { seed: 5, side: 16, burned_in: false }.file();
	let header = planted.bytes.len() - 16 * 16 * 2;
	(planted, header)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(4000))]

	#[test]
	fn a_mutated_file_should_be_refused_or_clean(mutations in prop::collection::vec(mutation(), 1..6)) {
		let (planted, header) = planted();
		let mut bytes = planted.bytes.clone();
		for mutation in mutations {
			match mutation {
				Mutation::Overwrite(at, byte) => bytes[at.index(header)] = byte,
				Mutation::Remove(at, count) => {
					let at = at.index(header);
					bytes.drain(at..(at + count).min(header).max(at));
				},
				Mutation::Repeat(at, count) => {
					let at = at.index(header);
					let part = bytes[at..(at + count).min(header)].to_vec();
					bytes.splice(at..at, part);
				},
			}
		}
		if let Ok((clean, _)) = deidentifier().deidentify(&bytes) {
			// Pseudonyms are digits and letters of a hash; everything planted here is longer than chance.
			let survivors = planted.survivors(&clean);
			prop_assert!(survivors.is_empty(), "{survivors:?}");
		}
	}

	#[test]
	fn any_bytes_behind_the_magic_should_be_refused(tail in prop::collection::vec(any::<u8>(), 0..512)) {
		let mut bytes = vec![0; 128];
		bytes.extend_from_slice(b"DICM");
		bytes.extend_from_slice(&tail);
		prop_assert!(deidentifier().deidentify(&bytes).is_err());
	}
}
