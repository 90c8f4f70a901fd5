//! Why a file is not used. No sentence holds a value of the file.

use crate::residue::Finding;

/// A file that is not used, with its reason. Every reason follows from the file and the options alone: the same
/// file is refused again, on any machine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
	/// Larger than [`crate::Limits::file_bytes`].
	#[error("the file is larger than the limit")]
	TooLarge,
	/// No `DICM` behind the preamble (PS3.10 section 7.1).
	#[error("the file is not a DICOM file")]
	NotDicom,
	/// A length reaches behind the end of what encloses it.
	#[error("the file ends inside an element")]
	Truncated,
	/// An item, delimiter or length where the encoding does not allow it.
	#[error("an element is malformed")]
	Malformed,
	/// A VR that PS3.5 does not define: its length field cannot be trusted.
	#[error("an element has an unknown value representation")]
	UnknownVr,
	/// Tags do not ascend (PS3.5 section 7.1), so two readers could see two values.
	#[error("elements are repeated or out of order")]
	OutOfOrder,
	/// Sequences nested deeper than [`crate::Limits::depth`].
	#[error("sequences are nested deeper than the limit")]
	TooDeep,
	/// More elements and items than [`crate::Limits::elements`].
	#[error("the file has more elements than the limit")]
	TooManyElements,
	/// A value outside the pixel data longer than [`crate::Limits::value_bytes`].
	#[error("a value is longer than the limit")]
	ValueTooLong,
	/// No transfer syntax, or one that is not read: deflated, big endian, video, referenced.
	#[error("the transfer syntax is not supported")]
	TransferSyntax,
	/// A character set without a decoder: its text cannot be searched for.
	#[error("the character set is not supported")]
	CharacterSet,
	/// SOP class or an instance UID is missing or malformed, or the meta group contradicts the data set.
	#[error("the identity of the instance is missing or contradictory")]
	Identity,
	/// An encapsulated document (PDF, CDA, models): its content is not read.
	#[error("an encapsulated document cannot be de-identified")]
	EncapsulatedDocument,
	/// A structured report or presentation state: its text is the content.
	#[error("structured text cannot be de-identified")]
	StructuredText,
	/// A waveform or audio object: a voice or a heart's curve identifies.
	#[error("a waveform cannot be de-identified")]
	Waveform,
	/// A SOP class without a rule of its own.
	#[error("the kind of object is not cleared for use")]
	NotCleared,
	/// The object may carry text in its pixels and no approved mask fits it.
	#[error("the image may carry text in its pixels and no approved mask fits it")]
	BurnedIn,
	/// A mask fits, but blanking would need the pixels decoded.
	#[error("a mask cannot be applied to compressed pixels")]
	MaskOnCompressed,
	/// A mask's rectangle is empty or leaves the image.
	#[error("a mask does not fit the image it is bound to")]
	MaskOutside,
	/// Faces can be recognised (Recognizable Visual Features is not NO).
	#[error("the image is marked as showing recognisable features")]
	RecognizableFeatures,
	/// An overlay in the unused bits of the pixels (retired in 2004).
	#[error("an overlay is embedded in the pixels")]
	EmbeddedOverlay,
	/// No pixel data, or more than one kind of it.
	#[error("the image has no single pixel data element")]
	PixelData,
	/// A description of the pixels that is missing, or a layout that is not handled.
	#[error("the layout of the pixels is not supported")]
	PixelLayout,
	/// The pixel data is longer or shorter than its description says: something else may be in it.
	#[error("the pixel data has another length than its description says")]
	PixelLength,
	/// The result could not be encoded.
	#[error("the result could not be written")]
	Encode,
	/// The result could not be read back, so it is not proven clean.
	#[error("the result could not be read back")]
	ReadBack,
	/// Something of the original header is still in the result.
	#[error("{} values of the original header were found in the result", .0.len())]
	Residue(Vec<Finding>),
	/// Another file of the folder has the same SOP Instance UID.
	#[error("another file has the same instance identifier")]
	Duplicate,
	/// The file could not be read; the only reason that may pass when tried again.
	#[error("the file could not be read")]
	Unreadable,
}

impl Refusal {
	/// Stable code of the reason, for reports.
	pub fn code(&self) -> &'static str {
		match self {
			Refusal::TooLarge => "too-large",
			Refusal::NotDicom => "not-dicom",
			Refusal::Truncated => "truncated",
			Refusal::Malformed => "malformed",
			Refusal::UnknownVr => "unknown-vr",
			Refusal::OutOfOrder => "out-of-order",
			Refusal::TooDeep => "too-deep",
			Refusal::TooManyElements => "too-many-elements",
			Refusal::ValueTooLong => "value-too-long",
			Refusal::TransferSyntax => "transfer-syntax",
			Refusal::CharacterSet => "character-set",
			Refusal::Identity => "identity",
			Refusal::EncapsulatedDocument => "encapsulated-document",
			Refusal::StructuredText => "structured-text",
			Refusal::Waveform => "waveform",
			Refusal::NotCleared => "not-cleared",
			Refusal::BurnedIn => "burned-in",
			Refusal::MaskOnCompressed => "mask-on-compressed",
			Refusal::MaskOutside => "mask-outside",
			Refusal::RecognizableFeatures => "recognizable-features",
			Refusal::EmbeddedOverlay => "embedded-overlay",
			Refusal::PixelData => "pixel-data",
			Refusal::PixelLayout => "pixel-layout",
			Refusal::PixelLength => "pixel-length",
			Refusal::Encode => "encode",
			Refusal::ReadBack => "read-back",
			Refusal::Residue(_) => "residue",
			Refusal::Duplicate => "duplicate",
			Refusal::Unreadable => "unreadable",
		}
	}

	/// What was found, for [`Refusal::Residue`]; nothing for any other reason.
	pub fn into_findings(self) -> Vec<Finding> {
		if let Refusal::Residue(findings) = self { findings } else { Vec::new() }
	}

	/// Whether the reason follows from the file alone; only [`Refusal::Unreadable`] is the operator's own.
	pub fn is_deterministic(&self) -> bool {
		!matches!(self, Refusal::Unreadable)
	}
}
