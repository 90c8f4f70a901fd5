//! Words that identify nobody. Without them every file whose description says what its body part code says would
//! be refused.
//!
//! A stopped word is left out of the search for words of free text only. A part of a person's name is searched for
//! whatever it is (a patient may be called Young or Long), except for titles and the placeholders that stand where
//! no name was known.

/// Words of radiology, of the standard's own codes and of device makers, ascending, upper case.
#[rustfmt::skip]
static WORDS: [&str; 149] = [
	"ABDOMEN", "ABDOMINAL", "ACCESSION", "ACQUISITION", "ADULT", "ANGIO", "ANKLE", "ANONYMOUS",
	"ANTERIOR", "AORTA", "APPROVED", "ARTERIAL", "AXIAL", "BASELINE", "BATCH", "BILATERAL", "BODY",
	"BONE", "BRAIN", "BREAST", "CANON", "CARDIAC", "CERVICAL", "CHEST", "CHILD", "CLINICAL", "COLOR",
	"COLOUR", "CONTRAST", "CONTROL", "CORONAL", "CRANIUM", "DATA", "DELAYED", "DENSITY", "DERIVED",
	"DETECTOR", "DEVICE", "DICOM", "DIFFUSION", "DOSE", "DYNAMIC", "ELBOW", "EMPTY", "EXAM", "EXTREMITY",
	"FACE", "FALSE", "FAST", "FEMALE", "FIELD", "FILTER", "FIRST", "FLAIR", "FOLLOWUP", "FOOT", "FRAME",
	"FUJIFILM", "GATED", "GENERAL", "HAND", "HEAD", "HEADER", "HEALTHCARE", "HEART", "HELICAL", "HIGH",
	"HITACHI", "HOSPITAL", "IMAGE", "IMAGES", "IMAGING", "INFERIOR", "KIDNEY", "KNEE", "LATERAL", "LEFT",
	"LIVER", "LOCALIZER", "LUMBAR", "LUNG", "LUNGS", "MALE", "MASK", "MEDICAL", "MODIFIED", "MONOCHROME1",
	"MONOCHROME2", "NATIVE", "NECK", "NODULE", "NONE", "NORMAL", "OBLIQUE", "ORIGINAL", "OTHER",
	"PATIENT", "PELVIS", "PERFUSION", "PHANTOM", "PHASE", "PHILIPS", "POSITION", "POST", "POSTERIOR",
	"PRIMARY", "PROFILE", "PROTOCOL", "RADIOLOGY", "RECON", "REGION", "RENAL", "REPORT", "RESEARCH",
	"RIGHT", "ROUTINE", "SAGITTAL", "SCAN", "SCOUT", "SCREENING", "SECONDARY", "SERIES", "SHOULDER",
	"SIEMENS", "SINGLE", "SINUS", "SKULL", "SPINE", "SPIRAL", "STANDARD", "STATION", "STUDY", "SUPINE",
	"SYSTEM", "TECHNIQUE", "TEST", "THIN", "THORACIC", "THORAX", "TIME", "TOSHIBA", "TOTAL", "TRUE",
	"UNIT", "UNKNOWN", "VENOUS", "WHOLE", "WINDOW", "WITH",
];

/// Titles and placeholders in names, ascending, upper case.
#[rustfmt::skip]
static NAME_FILLERS: [&str; 24] = [
	"AND", "ANON", "ANONYMIZED", "ANONYMOUS", "DIPL", "DR", "JR", "MD", "MISS", "MR", "MRS", "MS", "NAME", "NONE",
	"NULL", "PATIENT", "PHD", "PROF", "REMOVED", "RN", "RT", "SR", "TEST", "UNKNOWN",
];

pub(super) fn is_common_word(word: &str) -> bool {
	WORDS.binary_search(&word).is_ok()
}

pub(super) fn is_name_filler(word: &str) -> bool {
	NAME_FILLERS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn lists_should_ascend() {
		assert!(WORDS.is_sorted());
		assert!(NAME_FILLERS.is_sorted());
	}
}
