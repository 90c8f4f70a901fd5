//! Codes (PS3.3 section 8): a triple of value, scheme and meaning in a sequence item.
//!
//! A code of a published scheme is a term of medicine and stays, its meaning replaced by the code itself, because
//! the meaning is text that the sender may phrase. Any other code may name a person, a room or a local procedure.

use crate::header::{Element, find, text};
use crate::keep;
use dicom_core::Tag;
use dicom_dictionary_std::tags;

/// What becomes of the codes in an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code<'a> {
	/// The item holds no code.
	None,
	/// The code of a published scheme.
	Published { value: &'a str, scheme: &'a str },
	/// Another code: replaced by a dummy.
	Local,
}

/// Scheme of the dummy code; "99" begins a local scheme (PS3.16 section 8.2).
const DUMMY_SCHEME: &str = "99HEIRLOOM";
pub(super) const DUMMY: &str = "REMOVED";

impl<'a> Code<'a> {
	/// Reads the code of an item. `replace` says that the table wants a dummy here whatever the scheme.
	pub(super) fn of(item: &[Element<'a>], replace: bool) -> Self {
		let value = [tags::CODE_VALUE, tags::LONG_CODE_VALUE, tags::URN_CODE_VALUE]
			.iter()
			.find_map(|tag| find(item, *tag));
		let Some(value) = value else { return Self::None };
		let scheme = find(item, tags::CODING_SCHEME_DESIGNATOR).and_then(text);
		match (value.tag == tags::CODE_VALUE, text(value), scheme) {
			(true, Some(value), Some(scheme))
				if !replace && keep::is_published_scheme(scheme) && keep::is_code_value(value.as_bytes()) =>
			{
				Self::Published { value, scheme }
			}
			(true | false, Some(_) | None, Some(_) | None) => Self::Local,
		}
	}

	/// The value of one of the code's own attributes; `None` for an attribute that goes.
	pub(super) fn attribute(self, tag: Tag) -> Option<&'a str> {
		match (self, tag) {
			(Self::Published { value, .. }, tags::CODE_VALUE | tags::CODE_MEANING) => Some(value),
			(Self::Published { scheme, .. }, tags::CODING_SCHEME_DESIGNATOR) => Some(scheme),
			(Self::Local, tags::CODE_VALUE | tags::CODE_MEANING) => Some(DUMMY),
			(Self::Local, tags::CODING_SCHEME_DESIGNATOR) => Some(DUMMY_SCHEME),
			(Self::None | Self::Published { .. } | Self::Local, _) => None,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::header::Content;
	use dicom_core::VR;

	fn item(value: &'static str, scheme: &'static str) -> [Element<'static>; 2] {
		[(tags::CODE_VALUE, value), (tags::CODING_SCHEME_DESIGNATOR, scheme)].map(|(tag, value)| Element {
			tag,
			vr: VR::SH,
			value: Content::Bytes(value.as_bytes()),
		})
	}

	#[test]
	fn a_published_code_should_stay_without_its_meaning() {
		let code = item("51185008", "SCT");
		let code = Code::of(&code, false);
		assert_eq!(code.attribute(tags::CODE_VALUE), Some("51185008"));
		assert_eq!(code.attribute(tags::CODE_MEANING), Some("51185008"));
	}

	#[test]
	fn a_local_code_should_become_a_dummy() {
		let code = item("ROOM-12", "99HOSPITAL");
		assert_eq!(Code::of(&code, false), Code::Local);
	}

	#[test]
	fn a_phrase_should_not_pass_as_a_published_code() {
		let code = item("John Doe", "SCT");
		assert_eq!(Code::of(&code, false), Code::Local);
	}

	#[test]
	fn a_published_code_should_go_where_the_table_wants_a_dummy() {
		let code = item("51185008", "SCT");
		assert_eq!(Code::of(&code, true), Code::Local);
	}
}
