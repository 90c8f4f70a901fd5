//! Which objects may carry text in their pixels (or are text), decided before anything else is done with them.
//!
//! Deny by default: a SOP class without a rule is refused. No attribute proves that pixels are free of text, so
//! where devices burn text in as a matter of course only a curator's mask clears the image.

use crate::Refusal;
use crate::header::{self, Content, Element, find};
use dicom_dictionary_std::{tags, uids};

/// What an image needs before its pixels may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clearance {
	/// Reconstructed from measurements; devices do not write into these pixels.
	Clear,
	/// An approved mask that fits.
	Mask,
}

/// Cross-sectional images, whose pixels are computed from measurements.
static RECONSTRUCTED: [&str; 11] = [
	uids::CT_IMAGE_STORAGE,
	uids::ENHANCED_CT_IMAGE_STORAGE,
	uids::LEGACY_CONVERTED_ENHANCED_CT_IMAGE_STORAGE,
	uids::MR_IMAGE_STORAGE,
	uids::ENHANCED_MR_IMAGE_STORAGE,
	uids::LEGACY_CONVERTED_ENHANCED_MR_IMAGE_STORAGE,
	uids::NUCLEAR_MEDICINE_IMAGE_STORAGE,
	uids::POSITRON_EMISSION_TOMOGRAPHY_IMAGE_STORAGE,
	uids::ENHANCED_PET_IMAGE_STORAGE,
	uids::LEGACY_CONVERTED_ENHANCED_PET_IMAGE_STORAGE,
	uids::X_RAY3_D_ANGIOGRAPHIC_IMAGE_STORAGE,
];

/// Projections: readers and consoles may burn markers and names in; they say so in Burned In Annotation.
static PROJECTED: [&str; 13] = [
	uids::COMPUTED_RADIOGRAPHY_IMAGE_STORAGE,
	uids::DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION,
	uids::DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PROCESSING,
	uids::DIGITAL_MAMMOGRAPHY_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION,
	uids::DIGITAL_MAMMOGRAPHY_X_RAY_IMAGE_STORAGE_FOR_PROCESSING,
	uids::DIGITAL_INTRA_ORAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION,
	uids::DIGITAL_INTRA_ORAL_X_RAY_IMAGE_STORAGE_FOR_PROCESSING,
	uids::BREAST_TOMOSYNTHESIS_IMAGE_STORAGE,
	uids::X_RAY_ANGIOGRAPHIC_IMAGE_STORAGE,
	uids::ENHANCED_XA_IMAGE_STORAGE,
	uids::X_RAY_RADIOFLUOROSCOPIC_IMAGE_STORAGE,
	uids::ENHANCED_XRF_IMAGE_STORAGE,
	uids::X_RAY3_D_CRANIOFACIAL_IMAGE_STORAGE,
];

const STORAGE: &str = "1.2.840.10008.5.1.4.1.1.";

/// Branches of the storage classes whose images carry text: ultrasound, secondary capture, visible light
/// (endoscopy, microscopy, photography, ophthalmology).
static TEXT_IN_PIXELS: [&str; 6] = ["3.", "6.", "7", "7.", "77.1.", "77.2"];
static STRUCTURED_TEXT: [&str; 2] = ["88.", "11."];
static DOCUMENTS: [&str; 1] = ["104."];
static WAVEFORMS: [&str; 1] = ["9."];

/// Modalities of [`RECONSTRUCTED`] and [`PROJECTED`]; any other in such an object (US, OT, SC, XC, ES, DOC, ..)
/// says that it was made in another way than its class claims.
static MODALITIES: [&str; 12] = ["CR", "CT", "DX", "IO", "MG", "MR", "NM", "PT", "PX", "RF", "RG", "XA"];

/// Decides by SOP class, then by what the header says about where the pixels come from.
pub(crate) fn clearance(sop_class: &str, dataset: &[Element<'_>]) -> Result<Clearance, Refusal> {
	match code(dataset, tags::RECOGNIZABLE_VISUAL_FEATURES) {
		None | Some("NO" | "") => {}
		Some(_) => return Err(Refusal::RecognizableFeatures),
	}
	let declared_free = code(dataset, tags::BURNED_IN_ANNOTATION) == Some("NO");
	let declared_text = !declared_free && !code(dataset, tags::BURNED_IN_ANNOTATION).unwrap_or("").is_empty();
	let suspicious = is_secondary(dataset) && !declared_free;

	if RECONSTRUCTED.contains(&sop_class) {
		let captured = is_captured(dataset) || is_coloured(dataset) || has_foreign_modality(dataset);
		let clear = !declared_text && !suspicious && !captured;
		return Ok(if clear { Clearance::Clear } else { Clearance::Mask });
	}
	if PROJECTED.contains(&sop_class) {
		let clear = declared_free && !is_captured(dataset) && !has_foreign_modality(dataset);
		return Ok(if clear { Clearance::Clear } else { Clearance::Mask });
	}
	let branch = sop_class.strip_prefix(STORAGE).ok_or(Refusal::NotCleared)?;
	let within = |branches: &[&str]| {
		branches
			.iter()
			.any(|known| if known.ends_with('.') { branch.starts_with(known) } else { branch == *known })
	};
	if within(&TEXT_IN_PIXELS) {
		Ok(Clearance::Mask)
	} else if within(&STRUCTURED_TEXT) {
		Err(Refusal::StructuredText)
	} else if within(&DOCUMENTS) {
		Err(Refusal::EncapsulatedDocument)
	} else if within(&WAVEFORMS) {
		Err(Refusal::Waveform)
	} else {
		Err(Refusal::NotCleared)
	}
}

/// Derived by a person or a console: reformats are common, and so are screens saved as images.
fn is_secondary(dataset: &[Element<'_>]) -> bool {
	code(dataset, tags::IMAGE_TYPE)
		.is_some_and(|kind| kind.split('\\').nth(1).is_some_and(|v| v.trim() == "SECONDARY"))
}

/// Digitised or captured from a screen, whatever the class says.
fn is_captured(dataset: &[Element<'_>]) -> bool {
	let kind = code(dataset, tags::IMAGE_TYPE).unwrap_or("");
	find(dataset, tags::CONVERSION_TYPE).is_some()
		|| find(dataset, tags::SECONDARY_CAPTURE_DEVICE_ID).is_some()
		|| kind.split('\\').any(|value| ["SCREEN", "DOSE", "REPORT"].iter().any(|word| value.contains(word)))
}

/// Measurements are grey; colour in a cross-section is painted (fusion, perfusion maps, captured reports).
fn is_coloured(dataset: &[Element<'_>]) -> bool {
	header::number(dataset, tags::SAMPLES_PER_PIXEL) != Some(1)
}

fn has_foreign_modality(dataset: &[Element<'_>]) -> bool {
	!code(dataset, tags::MODALITY).is_some_and(|modality| MODALITIES.contains(&modality))
}

/// A code's text; a value that is not text counts as an unknown code.
fn code<'a>(dataset: &[Element<'a>], tag: dicom_core::Tag) -> Option<&'a str> {
	find(dataset, tag).map(|element| match element.value {
		Content::Bytes(_) => header::text(element).unwrap_or("?"),
		Content::Items(_) | Content::Fragments { .. } => "?",
	})
}
