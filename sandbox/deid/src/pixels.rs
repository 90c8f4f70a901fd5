//! The pixel data: checked against its description, copied once, blanked where a mask says so.

use crate::Refusal;
use crate::header::{self, Content, Element, Syntax, find};
use crate::mask::{PixelMask, Rectangle};
use dicom_core::{Tag, VR};
use dicom_dictionary_std::tags;

/// The pixel data of a file and how it is laid out.
pub(crate) struct Pixels<'e, 'a> {
	element: &'e Element<'a>,
	layout: Layout,
}

/// Layout of native pixels (PS3.3 section C.7.6.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Layout {
	rows: usize,
	columns: usize,
	frames: usize,
	samples: usize,
	/// Bytes of one sample.
	sample_bytes: usize,
	/// Samples of one kind follow each other through the whole frame.
	planar: bool,
}

impl Layout {
	fn read(dataset: &[Element<'_>]) -> Result<Self, Refusal> {
		let required = |tag| header::number(dataset, tag).ok_or(Refusal::PixelLayout);
		let frames = match find(dataset, tags::NUMBER_OF_FRAMES) {
			None => 1,
			Some(element) => {
				let text = header::text(element).ok_or(Refusal::PixelLayout)?;
				text.parse::<u32>().map_err(|_| Refusal::PixelLayout)? as usize
			}
		};
		let bits = required(tags::BITS_ALLOCATED)?;
		let layout = Self {
			rows: required(tags::ROWS)?.into(),
			columns: required(tags::COLUMNS)?.into(),
			frames,
			samples: required(tags::SAMPLES_PER_PIXEL)?.into(),
			sample_bytes: usize::from(bits / 8),
			planar: header::number(dataset, tags::PLANAR_CONFIGURATION) == Some(1),
		};
		let supported = matches!(bits, 8 | 16 | 32 | 64) && matches!(layout.samples, 1 | 3);
		let whole = layout.rows > 0 && layout.columns > 0 && layout.frames > 0;
		if supported && whole { Ok(layout) } else { Err(Refusal::PixelLayout) }
	}

	/// Bytes of all frames, `None` when they do not fit a machine word.
	fn bytes(&self) -> Option<usize> {
		[self.columns, self.samples, self.sample_bytes, self.frames]
			.iter()
			.try_fold(self.rows, |product, factor| product.checked_mul(*factor))
	}

	/// Writes zeros over a rectangle of every frame.
	fn blank(&self, pixels: &mut [u8], area: &Rectangle) {
		let (planes, cell) = if self.planar {
			(self.samples, self.sample_bytes)
		} else {
			(1, self.samples * self.sample_bytes)
		};
		let row_bytes = self.columns * cell;
		let start = usize::from(area.left) * cell;
		let length = usize::from(area.width) * cell;
		for plane in pixels.chunks_exact_mut(row_bytes * self.rows).take(planes * self.frames) {
			let rows = plane.chunks_exact_mut(row_bytes).skip(area.top.into()).take(area.height.into());
			for row in rows {
				row[start..start + length].fill(0);
			}
		}
	}
}

impl<'e, 'a> Pixels<'e, 'a> {
	/// Finds the pixel data and checks its length against its description: bytes behind the last frame, or an
	/// overlay in unused bits, would be seen by nobody and carried along.
	pub(crate) fn find(dataset: &'e [Element<'a>], syntax: Syntax) -> Result<Self, Refusal> {
		if has_embedded_overlay(dataset) {
			return Err(Refusal::EmbeddedOverlay);
		}
		let kinds = [tags::PIXEL_DATA, tags::FLOAT_PIXEL_DATA, tags::DOUBLE_FLOAT_PIXEL_DATA];
		let mut present = kinds.iter().filter_map(|tag| find(dataset, *tag));
		let (Some(element), None) = (present.next(), present.next()) else {
			return Err(Refusal::PixelData);
		};
		let layout = Layout::read(dataset)?;
		match &element.value {
			Content::Bytes(bytes) => {
				let subsampled = find(dataset, tags::PHOTOMETRIC_INTERPRETATION)
					.and_then(header::text)
					.is_none_or(|kind| kind.ends_with("422") || kind.ends_with("420"));
				if syntax.is_encapsulated() || subsampled {
					return Err(Refusal::PixelLayout);
				}
				let expected = layout.bytes().ok_or(Refusal::PixelLayout)?;
				if expected.checked_next_multiple_of(2) != Some(bytes.len()) {
					return Err(Refusal::PixelLength);
				}
			}
			Content::Fragments { .. } if syntax.is_encapsulated() => {}
			Content::Fragments { .. } | Content::Items(_) => return Err(Refusal::PixelLayout),
		}
		Ok(Self { element, layout })
	}

	/// Fragments of compressed pixels, none for native ones.
	pub(crate) fn fragments(&self) -> Option<(&'a [u8], &[&'a [u8]])> {
		match &self.element.value {
			Content::Fragments { offsets, parts } => Some((offsets, parts)),
			Content::Bytes(_) | Content::Items(_) => None,
		}
	}

	/// Bytes that [`Pixels::write`] appends.
	pub(crate) fn encoded_len(&self) -> usize {
		const HEADER: usize = 12;
		const ITEM: usize = 8;
		match &self.element.value {
			Content::Bytes(bytes) => HEADER + bytes.len(),
			Content::Fragments { offsets, parts } => {
				let content: usize = parts.iter().map(|part| ITEM + part.len()).sum();
				HEADER + ITEM + offsets.len() + content + ITEM
			}
			Content::Items(_) => 0,
		}
	}

	/// Appends the element to the result, its pixels copied once and blanked in place.
	pub(crate) fn write(
		&self,
		out: &mut Vec<u8>,
		syntax: Syntax,
		mask: Option<&PixelMask>,
	) -> Result<(), Refusal> {
		match &self.element.value {
			Content::Bytes(bytes) => {
				let length = u32::try_from(bytes.len()).map_err(|_| Refusal::PixelLength)?;
				self.write_header(out, syntax, length);
				let start = out.len();
				out.extend_from_slice(bytes);
				let content = self.layout.bytes().ok_or(Refusal::PixelLayout)?;
				// The byte that pads an odd length is nobody's pixel.
				out[start + content..].fill(0);
				for area in mask.iter().flat_map(|mask| &mask.rectangles) {
					self.layout.blank(&mut out[start..start + content], area);
				}
				Ok(())
			}
			Content::Fragments { offsets, parts } => {
				if mask.is_some() {
					return Err(Refusal::MaskOnCompressed);
				}
				self.write_header(out, syntax, u32::MAX);
				for part in std::iter::once(offsets).chain(parts) {
					write_tag(out, Tag(0xFFFE, 0xE000));
					// The walk read this length from 32 bits.
					out.extend_from_slice(&(part.len() as u32).to_le_bytes());
					out.extend_from_slice(part);
				}
				write_tag(out, Tag(0xFFFE, 0xE0DD));
				out.extend_from_slice(&[0; 4]);
				Ok(())
			}
			Content::Items(_) => Err(Refusal::PixelLayout),
		}
	}

	fn write_header(&self, out: &mut Vec<u8>, syntax: Syntax, length: u32) {
		write_tag(out, self.element.tag);
		if !syntax.is_implicit() {
			out.extend_from_slice(&self.vr().to_bytes());
			out.extend_from_slice(&[0; 2]);
		}
		out.extend_from_slice(&length.to_le_bytes());
	}

	/// The VR of PS3.5 annex A: OB where encapsulated or of 8 bits as read, OW otherwise, OF and OD for floats.
	fn vr(&self) -> VR {
		match (self.element.tag, &self.element.value) {
			(tags::FLOAT_PIXEL_DATA, _) => VR::OF,
			(tags::DOUBLE_FLOAT_PIXEL_DATA, _) => VR::OD,
			(_, Content::Fragments { .. }) => VR::OB,
			(_, Content::Bytes(_) | Content::Items(_)) if self.layout.sample_bytes == 1 => self.narrow_vr(),
			(_, Content::Bytes(_) | Content::Items(_)) => VR::OW,
		}
	}

	/// Samples of 8 bits may be OB or OW: as the file has it.
	fn narrow_vr(&self) -> VR {
		if self.element.vr == VR::OB { VR::OB } else { VR::OW }
	}
}

fn write_tag(out: &mut Vec<u8>, tag: Tag) {
	out.extend_from_slice(&tag.group().to_le_bytes());
	out.extend_from_slice(&tag.element().to_le_bytes());
}

/// An overlay without data of its own lives in the pixels' unused bits (PS3.3-2004 section C.9.2).
fn has_embedded_overlay(dataset: &[Element<'_>]) -> bool {
	const OVERLAY_DATA: u16 = 0x3000;
	let overlays = dataset.iter().filter(|element| element.tag.group() & 0xFF01 == 0x6000);
	overlays.map(|element| element.tag.group()).any(|group| find(dataset, Tag(group, OVERLAY_DATA)).is_none())
}

#[cfg(test)]
mod tests {
	use super::*;

	const COLOUR: Layout =
		Layout { rows: 2, columns: 3, frames: 2, samples: 3, sample_bytes: 1, planar: false };
	const AREA: Rectangle = Rectangle { left: 1, top: 0, width: 2, height: 1 };

	fn blanked(layout: Layout) -> Vec<u8> {
		let mut pixels = vec![1; layout.bytes().unwrap()];
		layout.blank(&mut pixels, &AREA);
		pixels
	}

	#[test]
	fn blank_should_reach_every_frame() {
		let frame = [1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1];
		assert_eq!(blanked(COLOUR), [frame, frame].concat());
	}

	#[test]
	fn blank_should_reach_every_plane() {
		let plane = [1, 0, 0, 1, 1, 1];
		assert_eq!(blanked(Layout { planar: true, ..COLOUR }), [plane; 6].concat());
	}

	#[test]
	fn blank_should_clear_both_bytes_of_a_sample() {
		let layout = Layout { rows: 1, columns: 3, frames: 1, samples: 1, sample_bytes: 2, planar: false };
		assert_eq!(blanked(layout), [1, 1, 0, 0, 0, 0]);
	}

	#[test]
	fn bytes_should_not_overflow() {
		let layout = Layout { rows: usize::MAX, ..COLOUR };
		assert_eq!(layout.bytes(), None);
	}
}
