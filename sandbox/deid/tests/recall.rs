//! Planted identifiers: found in every class and place.

mod common;

use common::deidentifier;
use heirloom_deid::plant::{Place, Plan, SafeHarbor};
use heirloom_deid::{Deidentifier, Options, Salt};
use std::collections::BTreeMap;

#[test]
fn no_planted_value_should_survive() {
	let mut planted_by: BTreeMap<(SafeHarbor, Place), usize> = BTreeMap::new();
	for seed in 0..50 {
		let plan = Plan { seed, side: 256, burned_in: seed % 2 == 1 };
		let file = plan.file();
		let options = Options { masks: vec![plan.mask()], ..Options::new(2026) };
		let (result, _) = Deidentifier::new(Salt::new([7; 32]), options).deidentify(&file.bytes).unwrap();
		assert!(file.survivors(&result).is_empty(), "seed {seed}: {:?}", file.survivors(&result));
		for planted in &file.planted {
			*planted_by.entry((planted.class, planted.place)).or_default() += 1;
		}
	}
	// 18 classes in header, nested, private and burned in; four classes in the meta group and preamble.
	assert_eq!(planted_by.len(), 4 * SafeHarbor::ALL.len() + 4);
}

#[test]
fn burned_in_text_without_a_mask_should_be_refused() {
	let file = Plan { burned_in: true, side: 256, ..Plan::default() }.file();
	assert_eq!(deidentifier().deidentify(&file.bytes).unwrap_err().code(), "burned-in");
}

#[test]
fn the_check_should_see_planted_values_that_a_faulty_profile_leaves() {
	// The record number is put where a profile would have to leave it: in a code of the image description.
	let mut object = common::ct();
	object.put(common::text(
		dicom_dictionary_std::tags::PHOTOMETRIC_INTERPRETATION,
		dicom_core::VR::CS,
		"MRN00123456",
	));
	assert_eq!(common::try_clean(object).unwrap_err().code(), "residue");
}
