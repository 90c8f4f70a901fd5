//! Attributes without a row in the table: what stays is decided by VR, deny by default.

use super::dates;
use crate::header::{self, Content, Element};
use crate::keep;
use crate::salt::Salt;
use dicom_core::dictionary::{DataDictionary, DataDictionaryEntry, UidDictionary, VirtualVr};
use dicom_core::{PrimitiveValue, Tag, VR};
use dicom_dictionary_std::{StandardDataDictionary, StandardSopClassDictionary};

/// What becomes of a value.
pub(super) enum Outcome {
	Remove,
	/// Stays as it was.
	Keep(PrimitiveValue),
	/// Stays in another form.
	Replace(PrimitiveValue),
}

/// The VR that the standard gives the attribute, when the file's VR agrees with it. A standard attribute under
/// another VR, or one that the standard does not know, has no rule to stay by.
pub(super) fn standard_vr(element: &Element<'_>) -> Option<VR> {
	let entry = StandardDataDictionary.by_tag(element.tag)?;
	let vr = element.vr;
	let agrees = match entry.vr() {
		VirtualVr::Exact(standard) => standard == vr,
		VirtualVr::Xs => matches!(vr, VR::US | VR::SS),
		VirtualVr::Ox | VirtualVr::Px => matches!(vr, VR::OB | VR::OW),
		VirtualVr::Lt => matches!(vr, VR::US | VR::SS | VR::OW),
		_ => false,
	};
	agrees.then_some(vr)
}

/// Decides about a value of an attribute without a row.
pub(super) fn unlisted(tag: Tag, vr: VR, bytes: &[u8], element: &Element<'_>, salt: &Salt) -> Outcome {
	if bytes.is_empty() {
		return Outcome::Keep(PrimitiveValue::Empty);
	}
	match vr {
		VR::US | VR::SS => fixed(bytes, 2),
		VR::UL | VR::SL | VR::FL | VR::AT => fixed(bytes, 4),
		VR::FD | VR::UV | VR::SV => fixed(bytes, 8),
		VR::OB | VR::OD | VR::OF | VR::OL | VR::OV | VR::OW | VR::UN => {
			if keep::is_kept_binary(tag) {
				Outcome::Keep(PrimitiveValue::from(bytes))
			} else {
				Outcome::Remove
			}
		}
		VR::CS => each(element, |value| keep::is_code_string(value.as_bytes())),
		VR::DS => each(element, is_decimal),
		VR::IS => each(element, is_integer),
		VR::AS => match header::text(element).map(dates::age) {
			Some(age) if !age.is_empty() => Outcome::Replace(PrimitiveValue::from(age)),
			Some(_) | None => Outcome::Remove,
		},
		VR::DA | VR::DT => Outcome::Replace(PrimitiveValue::from(dates::reduced(vr, element, false))),
		VR::UI => unlisted_uid(element, salt),
		VR::LO | VR::SH => match header::text(element) {
			Some(text) if keep::is_kept_text(tag) && keep::is_plain(text.as_bytes()) => {
				Outcome::Keep(PrimitiveValue::from(text))
			}
			Some(_) | None => Outcome::Remove,
		},
		VR::AE | VR::LT | VR::PN | VR::ST | VR::TM | VR::UC | VR::UR | VR::UT | VR::SQ => Outcome::Remove,
	}
}

/// Numbers of a fixed width, copied: both sides are little endian.
fn fixed(bytes: &[u8], width: usize) -> Outcome {
	if bytes.len().is_multiple_of(width) {
		Outcome::Keep(PrimitiveValue::from(bytes))
	} else {
		Outcome::Remove
	}
}

/// Keeps a text value all of whose parts are of the right form.
fn each(element: &Element<'_>, is_valid: impl Fn(&str) -> bool) -> Outcome {
	match header::text(element) {
		Some(text) if text.split('\\').all(|part| is_valid(part.trim_matches(' '))) => {
			Outcome::Keep(PrimitiveValue::from(text))
		}
		Some(_) | None => Outcome::Remove,
	}
}

fn is_decimal(value: &str) -> bool {
	let digits = value.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
	value.is_empty() || (value.len() <= 16 && digits && value.parse::<f64>().is_ok_and(f64::is_finite))
}

fn is_integer(value: &str) -> bool {
	value.is_empty() || (value.len() <= 12 && value.parse::<i64>().is_ok())
}

/// UIDs of the standard itself stay; any other is an instance of something.
fn unlisted_uid(element: &Element<'_>, salt: &Salt) -> Outcome {
	match header::text(element) {
		Some(text) if text.split('\\').all(is_registered) => Outcome::Keep(PrimitiveValue::from(text)),
		Some(text) => Outcome::Replace(PrimitiveValue::from(remapped(text, salt))),
		None => Outcome::Remove,
	}
}

/// Each UID's pseudonym; what the standard registers stays as it is.
pub(super) fn remapped(text: &str, salt: &Salt) -> String {
	let one = |uid: &str| if uid.is_empty() || is_registered(uid) { uid.to_owned() } else { salt.uid(uid) };
	text.split('\\').map(|uid| one(header::trim(uid))).collect::<Vec<_>>().join("\\")
}

/// A SOP class, a transfer syntax that is read, or a context group of PS3.16 (`1.2.840.10008.6.1.n`).
pub(crate) fn is_registered(uid: &str) -> bool {
	let context_group = uid
		.strip_prefix("1.2.840.10008.6.1.")
		.is_some_and(|rest| rest.len() <= 4 && rest.bytes().all(|byte| byte.is_ascii_digit()));
	context_group
		|| header::Syntax::from_uid(uid).is_some()
		|| StandardSopClassDictionary.by_uid(uid).is_some()
}

/// Whether a value is one or more UIDs at all (PS3.5 section 9.1: digits and dots, at most 64).
pub(super) fn are_uids(text: &str) -> bool {
	text.split('\\')
		.map(header::trim)
		.all(|uid| uid.len() <= 64 && uid.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

/// The constant that D puts in place of a value, by VR.
pub(super) fn dummy(vr: VR) -> PrimitiveValue {
	match vr {
		VR::AE | VR::CS | VR::LO | VR::LT | VR::PN | VR::SH | VR::ST | VR::UC | VR::UT => {
			PrimitiveValue::from(super::codes::DUMMY)
		}
		VR::AS => PrimitiveValue::from("000Y"),
		VR::DS | VR::IS => PrimitiveValue::from("0"),
		VR::TM => PrimitiveValue::from("000000"),
		VR::UR => PrimitiveValue::from("about:blank"),
		VR::DA => PrimitiveValue::from("19000101"),
		VR::DT => PrimitiveValue::from("1900"),
		VR::US | VR::SS | VR::OB | VR::OW | VR::UN => PrimitiveValue::from(&[0u8; 2][..]),
		VR::UL | VR::SL | VR::FL | VR::OF | VR::OL | VR::AT => PrimitiveValue::from(&[0u8; 4][..]),
		VR::FD | VR::OD | VR::OV | VR::SV | VR::UV => PrimitiveValue::from(&[0u8; 8][..]),
		VR::SQ | VR::UI => PrimitiveValue::Empty,
	}
}

/// The value's bytes; `None` for a sequence or fragments.
pub(super) fn bytes<'a>(element: &Element<'a>) -> Option<&'a [u8]> {
	match element.value {
		Content::Bytes(bytes) => Some(bytes),
		Content::Items(_) | Content::Fragments { .. } => None,
	}
}
