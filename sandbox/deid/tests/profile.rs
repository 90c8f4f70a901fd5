//! The profile: what becomes of each kind of attribute.

mod common;

use common::{clean, ct, ct_with, deidentifier, file, file_in, item, number, read, sequence, text, value};
use dicom_core::{Tag, VR};
use dicom_dictionary_std::{tags, uids};
use dicom_object::FileMetaTableBuilder;

#[test]
fn z_should_empty_the_name() {
	let result = clean(ct());
	assert_eq!(value(&result, tags::PATIENT_NAME).as_deref(), Some(""));
}

#[test]
fn x_should_remove_the_description() {
	let result = clean(ct_with([text(tags::STUDY_DESCRIPTION, VR::LO, "second opinion")]));
	assert!(result.get(tags::STUDY_DESCRIPTION).is_none());
}

#[test]
fn d_should_put_a_dummy() {
	let result = clean(ct_with([text(tags::CLINICAL_TRIAL_SPONSOR_NAME, VR::LO, "Bright Pharma")]));
	assert_eq!(value(&result, tags::CLINICAL_TRIAL_SPONSOR_NAME).as_deref(), Some("REMOVED"));
}

#[test]
fn combined_actions_should_take_the_form_that_every_iod_allows() {
	let result = clean(ct_with([
		text(tags::DEVICE_SERIAL_NUMBER, VR::LO, "SN99887766"),
		text(tags::PROTOCOL_NAME, VR::LO, "dr house special"),
		text(tags::ACQUISITION_TIME, VR::TM, "101530"),
	]));
	assert_eq!(value(&result, tags::DEVICE_SERIAL_NUMBER).as_deref(), Some("REMOVED"));
	assert_eq!(value(&result, tags::PROTOCOL_NAME).as_deref(), Some("REMOVED"));
	assert_eq!(value(&result, tags::ACQUISITION_TIME).as_deref(), Some(""));
}

#[test]
fn u_should_map_one_uid_to_one_uid_throughout_the_asset() {
	let referenced = |uid| {
		sequence(
			tags::SOURCE_IMAGE_SEQUENCE,
			[item([
				text(tags::REFERENCED_SOP_CLASS_UID, VR::UI, uids::CT_IMAGE_STORAGE),
				text(tags::REFERENCED_SOP_INSTANCE_UID, VR::UI, uid),
			])],
		)
	};
	let first = clean(ct());
	let second = clean(ct_with([text(tags::SOP_INSTANCE_UID, VR::UI, "1.2.3.4.9"), referenced("1.2.3.4.3")]));
	let item = &second.get(tags::SOURCE_IMAGE_SEQUENCE).unwrap().items().unwrap()[0];
	assert_eq!(value(item, tags::REFERENCED_SOP_INSTANCE_UID), value(&first, tags::SOP_INSTANCE_UID));
	assert_eq!(value(item, tags::REFERENCED_SOP_CLASS_UID).as_deref(), Some(uids::CT_IMAGE_STORAGE));
	assert!(value(&first, tags::SOP_INSTANCE_UID).unwrap().starts_with("2.25."));
}

#[test]
fn nested_sequences_should_be_cleaned() {
	let deep = item([
		text(tags::PATIENT_NAME, VR::PN, "Kowalski^Jane"),
		text(tags::SERIES_DESCRIPTION, VR::LO, "hers"),
	]);
	let middle = item([sequence(tags::REFERENCED_SOP_SEQUENCE, [deep])]);
	let result = clean(ct_with([sequence(tags::REFERENCED_SERIES_SEQUENCE, [middle])]));
	let middle = &result.get(tags::REFERENCED_SERIES_SEQUENCE).unwrap().items().unwrap()[0];
	let deep = &middle.get(tags::REFERENCED_SOP_SEQUENCE).unwrap().items().unwrap()[0];
	assert_eq!(value(deep, tags::PATIENT_NAME).as_deref(), Some(""));
	assert!(deep.get(tags::SERIES_DESCRIPTION).is_none());
}

#[test]
fn items_should_keep_their_position_when_nothing_is_left_in_them() {
	let items = ["one", "two", "three"].map(|name| item([text(tags::SERIES_DESCRIPTION, VR::LO, name)]));
	let result = clean(ct_with([sequence(tags::REFERENCED_SERIES_SEQUENCE, items)]));
	assert_eq!(result.get(tags::REFERENCED_SERIES_SEQUENCE).unwrap().items().unwrap().len(), 3);
}

#[test]
fn private_elements_should_be_removed() {
	let result = clean(ct_with([
		text(Tag(0x0029, 0x0010), VR::LO, "ACME HEADER"),
		text(Tag(0x0029, 0x1001), VR::LO, "Kowalski"),
	]));
	assert!(result.tags().all(|tag| tag.group() % 2 == 0));
}

#[test]
fn overlays_should_be_removed_with_curves() {
	let result = clean(ct_with([
		common::bytes(Tag(0x6002, 0x3000), VR::OW, &[0xFF; 128]),
		text(Tag(0x6002, 0x0022), VR::LO, "Kowalski"),
		common::bytes(Tag(0x5000, 0x3000), VR::OW, &[1; 8]),
	]));
	assert!(result.tags().all(|tag| !matches!(tag.group() & 0xFF00, 0x5000 | 0x6000)));
}

#[test]
fn text_that_is_not_in_the_table_should_be_removed() {
	// Neither has a row in Table E.1-1.
	let result = clean(ct_with([
		text(tags::RETRIEVE_URL, VR::UR, "https://pacs.example/kowalski"),
		text(tags::WINDOW_CENTER_WIDTH_EXPLANATION, VR::LO, "as dr house likes it"),
	]));
	assert!(result.get(tags::RETRIEVE_URL).is_none());
	assert!(result.get(tags::WINDOW_CENTER_WIDTH_EXPLANATION).is_none());
}

#[test]
fn reviewed_text_should_stay() {
	assert_eq!(value(&clean(ct()), tags::CONVOLUTION_KERNEL).as_deref(), Some("B30f"));
}

#[test]
fn an_attribute_under_another_vr_should_be_removed() {
	// A reader that trusts the VR in the file would show the name.
	let result = clean(ct_with([text(tags::SLICE_THICKNESS, VR::LO, "Jane K")]));
	assert!(result.get(tags::SLICE_THICKNESS).is_none());
}

#[test]
fn a_number_that_is_none_should_be_removed() {
	let result = clean(ct_with([text(tags::SLICE_THICKNESS, VR::DS, "for Jane")]));
	assert!(result.get(tags::SLICE_THICKNESS).is_none());
}

#[test]
fn an_unknown_attribute_should_be_removed() {
	let result = clean(ct_with([text(Tag(0x0018, 0xFFF0), VR::LO, "anything")]));
	assert!(result.get(Tag(0x0018, 0xFFF0)).is_none());
}

#[test]
fn dates_should_keep_their_year() {
	let result = clean(ct_with([text(tags::CONTENT_DATE, VR::DA, "20240301")]));
	assert_eq!(value(&result, tags::STUDY_DATE).as_deref(), Some("20240101"));
	assert_eq!(value(&result, tags::CONTENT_DATE).as_deref(), Some("20240101"));
	assert_eq!(value(&result, tags::PATIENT_BIRTH_DATE).as_deref(), Some("19570101"));
}

#[test]
fn the_birth_year_should_vanish_above_89_years() {
	let result = clean(ct_with([text(tags::PATIENT_BIRTH_DATE, VR::DA, "19360312")]));
	assert_eq!(value(&result, tags::PATIENT_BIRTH_DATE).as_deref(), Some(""));
}

#[test]
fn codes_of_published_schemes_should_stay_without_their_meaning() {
	let code = item([
		text(tags::CODE_VALUE, VR::SH, "51185008"),
		text(tags::CODING_SCHEME_DESIGNATOR, VR::SH, "SCT"),
		text(tags::CODE_MEANING, VR::LO, "chest of J"),
	]);
	let result = clean(ct_with([sequence(tags::ANATOMIC_REGION_SEQUENCE, [code])]));
	let code = &result.get(tags::ANATOMIC_REGION_SEQUENCE).unwrap().items().unwrap()[0];
	assert_eq!(value(code, tags::CODE_VALUE).as_deref(), Some("51185008"));
	assert_eq!(value(code, tags::CODE_MEANING).as_deref(), Some("51185008"));
}

#[test]
fn local_codes_should_become_dummies() {
	let code = item([
		text(tags::CODE_VALUE, VR::SH, "ROOM12"),
		text(tags::CODING_SCHEME_DESIGNATOR, VR::SH, "99MERCY"),
		text(tags::CODE_MEANING, VR::LO, "Mercy, room 12"),
	]);
	let result = clean(ct_with([sequence(tags::ANATOMIC_REGION_SEQUENCE, [code])]));
	let code = &result.get(tags::ANATOMIC_REGION_SEQUENCE).unwrap().items().unwrap()[0];
	assert_eq!(value(code, tags::CODE_VALUE).as_deref(), Some("REMOVED"));
	assert_eq!(value(code, tags::CODE_MEANING).as_deref(), Some("REMOVED"));
}

#[test]
fn one_patients_files_should_stay_together() {
	let other = clean(ct_with([text(tags::SOP_INSTANCE_UID, VR::UI, "1.2.3.4.9")]));
	let stranger = clean(ct_with([text(tags::PATIENT_ID, VR::LO, "MRN00999999")]));
	let id = value(&clean(ct()), tags::PATIENT_ID).unwrap();
	assert_eq!(value(&other, tags::PATIENT_ID).as_ref(), Some(&id));
	assert_ne!(value(&stranger, tags::PATIENT_ID).as_ref(), Some(&id));
}

#[test]
fn the_result_should_say_that_it_is_de_identified() {
	let result = clean(ct());
	assert_eq!(value(&result, tags::PATIENT_IDENTITY_REMOVED).as_deref(), Some("YES"));
	assert_eq!(value(&result, tags::LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED).as_deref(), Some("MODIFIED"));
	assert!(value(&result, tags::DEIDENTIFICATION_METHOD).is_some_and(|method| !method.is_empty()));
	let codes = result.get(tags::DEIDENTIFICATION_METHOD_CODE_SEQUENCE).unwrap().items().unwrap();
	assert_eq!(value(&codes[0], tags::CODE_VALUE).as_deref(), Some("113100"));
}

#[test]
fn the_meta_group_should_be_written_anew() {
	let meta = FileMetaTableBuilder::new()
		.transfer_syntax(uids::EXPLICIT_VR_LITTLE_ENDIAN)
		.source_application_entity_title("MERCY_CT1")
		.sending_application_entity_title("MERCY_PACS")
		.receiving_application_entity_title("MERCY_ARCHIVE")
		.private_information_creator_uid("1.2.3.99")
		.private_information(b"Kowalski".to_vec());
	let mut bytes = Vec::new();
	ct().with_meta(meta).unwrap().write_all(&mut bytes).unwrap();
	bytes[..8].copy_from_slice(b"Kowalski");
	let (result, _) = deidentifier().deidentify(&bytes).unwrap();
	let object = read(&result);
	let meta = object.meta();
	assert_eq!(result[..128], [0; 128]);
	assert_eq!(meta.source_application_entity_title, None);
	assert_eq!(meta.sending_application_entity_title, None);
	assert_eq!(meta.receiving_application_entity_title, None);
	assert_eq!(meta.private_information, None);
	assert_eq!(meta.implementation_version_name(), Some("HEIRLOOM_DEID_1"));
	assert_eq!(
		Some(meta.media_storage_sop_instance_uid().to_owned()),
		value(&object, tags::SOP_INSTANCE_UID)
	);
}

#[test]
fn implicit_vr_should_be_cleaned_the_same() {
	let (result, _) = deidentifier().deidentify(&file_in(ct(), uids::IMPLICIT_VR_LITTLE_ENDIAN)).unwrap();
	let (implicit, explicit) = (read(&result), clean(ct()));
	assert_eq!(implicit.tags().collect::<Vec<_>>(), explicit.tags().collect::<Vec<_>>());
	assert_eq!(value(&implicit, tags::SOP_INSTANCE_UID), value(&explicit, tags::SOP_INSTANCE_UID));
	assert_eq!(
		implicit.get(tags::PIXEL_DATA).unwrap().to_bytes().unwrap(),
		explicit.get(tags::PIXEL_DATA).unwrap().to_bytes().unwrap()
	);
}

#[test]
fn the_same_file_should_give_the_same_bytes() {
	let input = file(ct_with([number(tags::LARGEST_IMAGE_PIXEL_VALUE, 4000)]));
	let results = [(); 2].map(|()| deidentifier().deidentify(&input).unwrap().0);
	assert_eq!(results[0], results[1]);
}

#[test]
fn pixels_should_be_copied_as_they_are() {
	let result = clean(ct());
	assert_eq!(result.get(tags::PIXEL_DATA).unwrap().to_multi_int::<u16>().unwrap(), vec![0x0ABC; 1024]);
}

#[test]
fn nothing_behind_the_pixels_should_stay() {
	let result = clean(ct_with([common::bytes(Tag(0xFFFC, 0xFFFC), VR::OB, b"Kowalski")]));
	assert_eq!(result.tags().last(), Some(tags::PIXEL_DATA));
}
