//! The transfer syntaxes that are read, a closed list.

/// Encoding of a data set (PS3.5 section 10, PS3.6 table A-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
	/// Implicit VR little endian, native pixels.
	Implicit,
	/// Explicit VR little endian, native pixels.
	Explicit,
	/// Explicit VR little endian with encapsulated still images; the UID.
	Encapsulated(&'static str),
}

pub(crate) const IMPLICIT: &str = "1.2.840.10008.1.2";
pub(crate) const EXPLICIT: &str = "1.2.840.10008.1.2.1";

/// RLE, JPEG baseline, extended and lossless, JPEG-LS, JPEG 2000, HTJ2K. Video syntaxes are not here: they carry
/// audio and more than one stream. Deflated and big endian data sets are not read either.
static ENCAPSULATED: [&str; 13] = [
	"1.2.840.10008.1.2.1.98",
	"1.2.840.10008.1.2.4.50",
	"1.2.840.10008.1.2.4.51",
	"1.2.840.10008.1.2.4.57",
	"1.2.840.10008.1.2.4.70",
	"1.2.840.10008.1.2.4.80",
	"1.2.840.10008.1.2.4.81",
	"1.2.840.10008.1.2.4.90",
	"1.2.840.10008.1.2.4.91",
	"1.2.840.10008.1.2.4.201",
	"1.2.840.10008.1.2.4.202",
	"1.2.840.10008.1.2.4.203",
	"1.2.840.10008.1.2.5",
];

impl Syntax {
	pub(crate) fn from_uid(uid: &str) -> Option<Self> {
		match uid {
			IMPLICIT => Some(Self::Implicit),
			EXPLICIT => Some(Self::Explicit),
			other => {
				ENCAPSULATED.iter().find(|known| **known == other).map(|known| Self::Encapsulated(known))
			}
		}
	}

	pub(crate) fn uid(self) -> &'static str {
		match self {
			Self::Implicit => IMPLICIT,
			Self::Explicit => EXPLICIT,
			Self::Encapsulated(uid) => uid,
		}
	}

	pub(crate) fn is_implicit(self) -> bool {
		match self {
			Self::Implicit => true,
			Self::Explicit | Self::Encapsulated(_) => false,
		}
	}

	pub(crate) fn is_encapsulated(self) -> bool {
		match self {
			Self::Encapsulated(_) => true,
			Self::Implicit | Self::Explicit => false,
		}
	}
}
