//! What of a DICOM file is used.

use dicom_core::{PrimitiveValue, Tag};
use dicom_dictionary_std::tags;
use dicom_object::{DefaultDicomObject, InMemDicomObject};

/// Most rows or columns: beyond every CT.
const LONGEST_SIDE: u16 = 4096;
/// "Nodule", as a code of SNOMED CT and of its predecessor, the two schemes that PS3.16 names it in.
const NODULE: [(&str, &str); 2] = [("SCT", "27925004"), ("SRT", "M-03010")];

/// A CT slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Slice {
	/// The patient's pseudonym, the same in all slices of a patient within an asset.
	pub patient: String,
	/// The SOP Instance UID, a pseudonym too.
	pub instance: String,
	/// Whether an annotator marked a nodule; none where the file does not say that anybody looked.
	pub marked: Option<bool>,
	/// The image.
	pub image: Image,
}

/// An image of Hounsfield units.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
	/// Rows.
	pub rows: usize,
	/// Columns.
	pub columns: usize,
	/// Side of a pixel, in mm: the mean of height and width.
	pub spacing: f64,
	/// Attenuations, row by row, in Hounsfield units.
	pub hounsfield: Vec<i32>,
}

impl Slice {
	/// Reads a file. None for what is no CT slice of native 16-bit pixels: another kind of file, another transfer syntax,
	/// several frames.
	///
	/// The annotation is the Segment Sequence (0062,0002): its items say by Segmented Property Type Code Sequence what
	/// was marked. A sequence without items says that nothing was.
	pub fn read(bytes: &[u8]) -> Option<Self> {
		let object = DefaultDicomObject::from_reader(bytes).ok()?;
		let segments = object.element(tags::SEGMENT_SEQUENCE).ok().and_then(|segments| segments.items());
		Some(Self {
			patient: text(&object, tags::PATIENT_ID)?,
			instance: text(&object, tags::SOP_INSTANCE_UID)?,
			marked: segments.map(|segments| segments.iter().any(is_nodule)),
			image: Image::of(&object)?,
		})
	}
}

impl Image {
	fn of(object: &InMemDicomObject) -> Option<Self> {
		let number = |tag| object.element(tag).ok()?.to_int::<u16>().ok();
		let decimal = |tag| object.element(tag).ok()?.to_float64().ok().filter(|value| value.is_finite());
		let side = |tag| number(tag).filter(|side| (1..=LONGEST_SIDE).contains(side)).map(usize::from);
		let (rows, columns) = (side(tags::ROWS)?, side(tags::COLUMNS)?);
		let frames =
			object.element(tags::NUMBER_OF_FRAMES).ok().and_then(|frames| frames.to_int::<u32>().ok());
		let is_single = frames.is_none_or(|frames| frames == 1) && number(tags::SAMPLES_PER_PIXEL)? == 1;
		let stored = number(tags::BITS_STORED).filter(|stored| (1..=16).contains(stored))?;
		let spacing = object.element(tags::PIXEL_SPACING).ok()?.to_multi_float64().ok()?;
		let spacing = spacing.iter().sum::<f64>() / spacing.len() as f64;
		if !is_single || number(tags::BITS_ALLOCATED)? != 16 || !(0.01..=100.0).contains(&spacing) {
			return None;
		}
		let (slope, intercept) = (decimal(tags::RESCALE_SLOPE)?, decimal(tags::RESCALE_INTERCEPT)?);
		let is_signed = number(tags::PIXEL_REPRESENTATION)? == 1;
		let pixels = object.element(tags::PIXEL_DATA).ok()?;
		let words = match pixels.value().primitive()? {
			PrimitiveValue::U16(words) => words,
			_ => return None,
		};
		if words.len() != rows * columns {
			return None;
		}
		let unused = 16 - u32::from(stored);
		let hounsfield = words.iter().map(|word| {
			// The highest stored bit is the sign; what is above it means nothing.
			let value = if is_signed {
				f64::from((word << unused) as i16 >> unused)
			} else {
				f64::from(word << unused >> unused)
			};
			// `as` saturates: a slope that makes no sense gives an image that makes none.
			libm::rint(value * slope + intercept) as i32
		});
		Some(Self { rows, columns, spacing, hounsfield: hounsfield.collect() })
	}
}

/// Whether a segment is marked as a nodule.
fn is_nodule(segment: &InMemDicomObject) -> bool {
	let codes =
		segment.element(tags::SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE).ok().and_then(|codes| codes.items());
	codes.into_iter().flatten().any(|code| {
		let value = text(code, tags::CODE_VALUE);
		let scheme = text(code, tags::CODING_SCHEME_DESIGNATOR);
		let is_it = |(s, v): &(&str, &str)| scheme.as_deref() == Some(*s) && value.as_deref() == Some(*v);
		NODULE.iter().any(is_it)
	})
}

fn text(object: &InMemDicomObject, tag: Tag) -> Option<String> {
	let text = object.element(tag).ok()?.to_str().ok()?;
	let text = text.trim_matches([' ', '\0']);
	(!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_deid::plant::{Plan, Study};

	#[test]
	fn read_should_give_what_was_annotated() {
		for slice in Study::default().files() {
			let read = Slice::read(&slice.file.bytes).unwrap();
			assert_eq!(read.marked, Some(slice.nodule));
			assert_eq!((read.image.rows, read.image.columns), (128, 128));
			assert!((read.image.spacing - 360.0 / 128.0).abs() < 1e-3);
			let air = read.image.hounsfield[0];
			assert!((-1100..-900).contains(&air), "{air}");
		}
	}

	#[test]
	fn read_should_tell_that_nobody_looked() {
		let bytes = Plan { side: 256, ..Plan::default() }.file().bytes;
		assert_eq!(Slice::read(&bytes).map(|slice| slice.marked), Some(None));
	}

	#[test]
	fn read_should_pass_over_what_is_no_dicom_file() {
		assert_eq!(Slice::read(b"{\"format\": \"heirloom-nodule-model/1\"}"), None);
		assert_eq!(Slice::read(b""), None);
	}
}
