//! What may stay although it is text or bytes: the reviewed list. Everything else of these VRs is removed.
//!
//! Criterion of the review: the attribute describes how the image was formed, is written by the device from its
//! own vocabulary, and no operator types into it in normal use. Manufacturer, model and software version pass the
//! criterion but not the common anonymisers, and are therefore left out.

use dicom_core::Tag;
use dicom_dictionary_std::tags;

/// Text attributes (SH, LO) that stay, ascending.
static TEXT: [Tag; 12] = [
	tags::SEQUENCE_NAME,
	tags::IMAGED_NUCLEUS,
	tags::FILTER_TYPE,
	tags::COLLIMATOR_GRID_NAME,
	tags::CONVOLUTION_KERNEL,
	tags::RECEIVE_COIL_NAME,
	tags::TRANSMIT_COIL_NAME,
	tags::PULSE_SEQUENCE_NAME,
	tags::RESCALE_TYPE,
	tags::MODALITY_LUT_TYPE,
	tags::ATTENUATION_CORRECTION_METHOD,
	tags::RECONSTRUCTION_METHOD,
];

/// Binary attributes (OW, OV) that stay: without them the pixels cannot be shown or found. Ascending.
static BINARY: [Tag; 9] = [
	tags::RED_PALETTE_COLOR_LOOKUP_TABLE_DATA,
	tags::GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA,
	tags::BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA,
	tags::SEGMENTED_RED_PALETTE_COLOR_LOOKUP_TABLE_DATA,
	tags::SEGMENTED_GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA,
	tags::SEGMENTED_BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA,
	tags::LUT_DATA,
	tags::EXTENDED_OFFSET_TABLE,
	tags::EXTENDED_OFFSET_TABLE_LENGTHS,
];

/// Coding schemes whose codes are published and not assigned by an institution (PS3.16 Table 8-1).
static SCHEMES: [&str; 10] = ["DCM", "FMA", "LN", "MSH", "NCIt", "RADLEX", "SCT", "SNM3", "SRT", "UCUM"];

/// Longest text that stays, in bytes: the limit of LO (PS3.5 Table 6.2-1).
const LONGEST_TEXT: usize = 64;

/// Whether a text attribute is on the reviewed list.
pub(crate) fn is_kept_text(tag: Tag) -> bool {
	TEXT.binary_search(&tag).is_ok()
}

/// Whether a binary attribute is on the reviewed list.
pub(crate) fn is_kept_binary(tag: Tag) -> bool {
	BINARY.binary_search(&tag).is_ok()
}

/// Whether a code of this scheme may stay.
pub(crate) fn is_published_scheme(designator: &str) -> bool {
	SCHEMES.contains(&designator)
}

/// Whether a text is short printable ASCII: the only form in which reviewed text stays, so that the result needs
/// no character set and the residue check sees what a reader sees.
pub(crate) fn is_plain(text: &[u8]) -> bool {
	text.len() <= LONGEST_TEXT && text.iter().all(|&byte| (0x20..0x7F).contains(&byte))
}

/// Whether a code value is a code and not a phrase: at most 64 ASCII graphics, no space (UCUM needs brackets).
pub(crate) fn is_code_value(text: &[u8]) -> bool {
	!text.is_empty() && text.len() <= LONGEST_TEXT && text.iter().all(u8::is_ascii_graphic)
}

/// Whether a value is a code string (PS3.5: uppercase letters, digits, space, underscore, 16 characters).
pub(crate) fn is_code_string(value: &[u8]) -> bool {
	value.len() <= 16 && value.iter().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b' ' | b'_'))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::table;

	#[test]
	fn lists_should_ascend() {
		assert!(TEXT.is_sorted());
		assert!(BINARY.is_sorted());
	}

	#[test]
	fn nothing_kept_should_have_a_row_in_the_table() {
		for tag in TEXT.iter().chain(&BINARY) {
			assert_eq!(table::action(*tag), None, "{tag}");
		}
	}

	#[test]
	fn a_phrase_should_not_pass_as_a_code_value() {
		assert!(is_code_value(b"mm[Hg]"));
		assert!(!is_code_value(b"John Doe"));
	}
}
