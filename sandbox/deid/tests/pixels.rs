//! Text in pixels: what is refused, and what a mask clears.

mod common;

use common::{SIDE, ct, ct_with, deidentifier, file, file_in, number, read, text, try_clean, value};
use dicom_core::value::PixelFragmentSequence;
use dicom_core::{DataElement, PrimitiveValue, Tag, VR};
use dicom_dictionary_std::{tags, uids};
use heirloom_deid::{Deidentifier, Options, PixelMask, Rectangle, Refusal, Salt, plant};

fn class(uid: &str, modality: &str) -> dicom_object::InMemDicomObject {
	ct_with([text(tags::SOP_CLASS_UID, VR::UI, uid), text(tags::MODALITY, VR::CS, modality)])
}

fn refusal(object: dicom_object::InMemDicomObject) -> Refusal {
	try_clean(object).unwrap_err()
}

fn mask(modality: &str, left: u16) -> PixelMask {
	PixelMask {
		name: "corner".to_owned(),
		modality: modality.to_owned(),
		manufacturer: "ACME".to_owned(),
		rows: SIDE,
		columns: SIDE,
		rectangles: vec![Rectangle { left, top: 0, width: 8, height: 2 }],
	}
}

fn masked(mask: PixelMask) -> Deidentifier {
	Deidentifier::new(Salt::new([7; 32]), Options { masks: vec![mask], ..Options::new(2026) })
}

#[test]
fn ultrasound_should_be_refused_without_a_mask() {
	assert_eq!(refusal(class(uids::ULTRASOUND_IMAGE_STORAGE, "US")), Refusal::BurnedIn);
}

#[test]
fn secondary_capture_should_be_refused_without_a_mask() {
	assert_eq!(refusal(class(uids::SECONDARY_CAPTURE_IMAGE_STORAGE, "OT")), Refusal::BurnedIn);
}

#[test]
fn endoscopy_should_be_refused_without_a_mask() {
	assert_eq!(refusal(class(uids::VL_ENDOSCOPIC_IMAGE_STORAGE, "ES")), Refusal::BurnedIn);
}

#[test]
fn photographs_should_be_refused_without_a_mask() {
	assert_eq!(refusal(class(uids::VL_PHOTOGRAPHIC_IMAGE_STORAGE, "XC")), Refusal::BurnedIn);
}

#[test]
fn a_ct_of_another_modality_should_be_refused_without_a_mask() {
	assert_eq!(refusal(class(uids::CT_IMAGE_STORAGE, "OT")), Refusal::BurnedIn);
}

#[test]
fn a_ct_that_declares_text_should_be_refused_without_a_mask() {
	assert_eq!(refusal(ct_with([text(tags::BURNED_IN_ANNOTATION, VR::CS, "YES")])), Refusal::BurnedIn);
}

#[test]
fn a_saved_screen_should_be_refused_without_a_mask() {
	let saved = ct_with([text(tags::IMAGE_TYPE, VR::CS, "DERIVED\\SECONDARY\\SCREEN SAVE")]);
	assert_eq!(refusal(saved), Refusal::BurnedIn);
}

#[test]
fn a_radiograph_should_need_its_declaration() {
	let radiograph = || class(uids::COMPUTED_RADIOGRAPHY_IMAGE_STORAGE, "CR");
	assert_eq!(refusal(radiograph()), Refusal::BurnedIn);
	let mut declared = radiograph();
	declared.put(text(tags::BURNED_IN_ANNOTATION, VR::CS, "NO"));
	assert!(try_clean(declared).is_ok());
}

#[test]
fn a_declaration_should_not_clear_ultrasound() {
	let mut object = class(uids::ULTRASOUND_IMAGE_STORAGE, "US");
	object.put(text(tags::BURNED_IN_ANNOTATION, VR::CS, "NO"));
	assert_eq!(refusal(object), Refusal::BurnedIn);
}

#[test]
fn documents_should_be_refused() {
	assert_eq!(refusal(class(uids::ENCAPSULATED_PDF_STORAGE, "DOC")), Refusal::EncapsulatedDocument);
	assert_eq!(refusal(class(uids::ENCAPSULATED_CDA_STORAGE, "DOC")), Refusal::EncapsulatedDocument);
}

#[test]
fn structured_reports_should_be_refused() {
	assert_eq!(refusal(class(uids::ENHANCED_SR_STORAGE, "SR")), Refusal::StructuredText);
}

#[test]
fn waveforms_should_be_refused() {
	assert_eq!(refusal(class(uids::TWELVE_LEAD_ECG_WAVEFORM_STORAGE, "ECG")), Refusal::Waveform);
	assert_eq!(refusal(class(uids::BASIC_VOICE_AUDIO_WAVEFORM_STORAGE, "AU")), Refusal::Waveform);
}

#[test]
fn a_class_without_a_rule_should_be_refused() {
	assert_eq!(refusal(class(uids::RAW_DATA_STORAGE, "CT")), Refusal::NotCleared);
	assert_eq!(refusal(class("1.2.3.4.5", "CT")), Refusal::NotCleared);
}

#[test]
fn recognisable_faces_should_be_refused() {
	let object = ct_with([text(tags::RECOGNIZABLE_VISUAL_FEATURES, VR::CS, "YES")]);
	assert_eq!(refusal(object), Refusal::RecognizableFeatures);
}

#[test]
fn a_mask_should_blank_its_rectangle_and_nothing_else() {
	let object = class(uids::ULTRASOUND_IMAGE_STORAGE, "US");
	let (bytes, report) = masked(mask("US", 24)).deidentify(&file(object)).unwrap();
	let result = read(&bytes);
	let pixels = result.get(tags::PIXEL_DATA).unwrap().to_multi_int::<u16>().unwrap();
	for (at, pixel) in pixels.iter().enumerate() {
		let inside = at / 32 < 2 && at % 32 >= 24;
		assert_eq!(*pixel, if inside { 0 } else { 0x0ABC }, "pixel {at}");
	}
	assert_eq!(report.mask.as_deref(), Some("corner"));
	assert_eq!(value(&result, tags::BURNED_IN_ANNOTATION).as_deref(), Some("NO"));
}

#[test]
fn a_mask_of_another_device_should_not_clear() {
	let object = class(uids::ULTRASOUND_IMAGE_STORAGE, "US");
	let other = PixelMask { manufacturer: "Other".to_owned(), ..mask("US", 0) };
	assert_eq!(masked(other).deidentify(&file(object)).unwrap_err(), Refusal::BurnedIn);
}

#[test]
fn a_mask_of_another_size_should_not_clear() {
	let object = class(uids::ULTRASOUND_IMAGE_STORAGE, "US");
	let other = PixelMask { rows: 64, ..mask("US", 0) };
	assert_eq!(masked(other).deidentify(&file(object)).unwrap_err(), Refusal::BurnedIn);
}

#[test]
fn a_mask_that_leaves_the_image_should_be_refused() {
	let object = class(uids::ULTRASOUND_IMAGE_STORAGE, "US");
	assert_eq!(masked(mask("US", 25)).deidentify(&file(object)).unwrap_err(), Refusal::MaskOutside);
}

fn compressed(object: dicom_object::InMemDicomObject, fragment: &[u8]) -> Vec<u8> {
	let mut object = object;
	let fragments = PixelFragmentSequence::new(vec![], vec![fragment.to_vec()]);
	object.put(DataElement::new(tags::PIXEL_DATA, VR::OB, fragments));
	file_in(object, uids::JPEG_BASELINE8_BIT)
}

#[test]
fn a_mask_should_not_be_applied_to_compressed_pixels() {
	let bytes = compressed(class(uids::ULTRASOUND_IMAGE_STORAGE, "US"), &[0xFF, 0xD8, 0xFF, 0xD9]);
	assert_eq!(masked(mask("US", 0)).deidentify(&bytes).unwrap_err(), Refusal::MaskOnCompressed);
}

#[test]
fn compressed_pixels_should_be_copied() {
	let (bytes, _) = deidentifier().deidentify(&compressed(ct(), &[0xFF, 0xD8, 0xFF, 0xD9])).unwrap();
	let result = read(&bytes);
	assert_eq!(result.get(tags::PIXEL_DATA).unwrap().fragments().unwrap(), [vec![0xFF, 0xD8, 0xFF, 0xD9]]);
}

#[test]
fn a_comment_in_compressed_pixels_should_refuse_the_file() {
	let bytes = compressed(ct(), b"\xFF\xD8\xFF\xFE\x00\x12patient mrn00123456\xFF\xD9");
	assert_eq!(deidentifier().deidentify(&bytes).unwrap_err().code(), "residue");
}

#[test]
fn text_behind_the_last_pixel_should_refuse_the_file() {
	let mut pixels = vec![0u8; 2048];
	pixels.extend_from_slice(b"Kowalski");
	assert_eq!(refusal(ct_with([common::bytes(tags::PIXEL_DATA, VR::OW, &pixels)])), Refusal::PixelLength);
}

#[test]
fn an_overlay_in_unused_bits_should_refuse_the_file() {
	let object = ct_with([number(Tag(0x6000, 0x0010), SIDE), number(Tag(0x6000, 0x0102), 15)]);
	assert_eq!(refusal(object), Refusal::EmbeddedOverlay);
}

#[test]
fn an_image_without_pixels_should_be_refused() {
	let mut object = ct();
	object.remove_element(tags::PIXEL_DATA);
	assert_eq!(refusal(object), Refusal::PixelData);
}

#[test]
fn subsampled_native_colour_should_be_refused() {
	let mut options = Options::new(2026);
	options.masks = vec![mask("CT", 0)];
	let object = ct_with([
		number(tags::SAMPLES_PER_PIXEL, 3),
		number(tags::BITS_ALLOCATED, 8),
		text(tags::PHOTOMETRIC_INTERPRETATION, VR::CS, "YBR_FULL_422"),
	]);
	let result = Deidentifier::new(Salt::new([7; 32]), options).deidentify(&file(object));
	assert_eq!(result.unwrap_err(), Refusal::PixelLayout);
}

#[test]
fn an_icon_should_be_removed() {
	let icon = common::item([common::bytes(tags::PIXEL_DATA, VR::OB, &[9; 64])]);
	let previews = common::sequence(tags::ICON_IMAGE_SEQUENCE, [icon]);
	assert!(common::clean(ct_with([previews])).get(tags::ICON_IMAGE_SEQUENCE).is_none());
}

#[test]
fn planted_text_should_be_blanked_by_its_mask() {
	let plan = plant::Plan { burned_in: true, side: 256, ..plant::Plan::default() };
	let planted = plan.file();
	assert_eq!(deidentifier().deidentify(&planted.bytes).unwrap_err(), Refusal::BurnedIn);
	let (bytes, _) = masked(plan.mask()).deidentify(&planted.bytes).unwrap();
	assert_eq!(planted.survivors(&bytes), Vec::<&plant::Planted>::new());
}

#[test]
fn float_pixels_should_be_copied() {
	let mut object = ct_with([number(tags::BITS_ALLOCATED, 32)]);
	object.remove_element(tags::PIXEL_DATA);
	object.put(DataElement::new(tags::FLOAT_PIXEL_DATA, VR::OF, PrimitiveValue::F32(vec![0.5; 1024].into())));
	let result = common::clean(object);
	assert_eq!(result.get(tags::FLOAT_PIXEL_DATA).unwrap().to_multi_float32().unwrap(), vec![0.5; 1024]);
}
