//! Pixel masks: where text stands in the images of one device, drawn and approved by a curator.

use crate::header::{self, Element, find};
use dicom_dictionary_std::tags;
use serde::{Deserialize, Serialize};

/// Rectangles to blank in every frame of the images that the binding names.
///
/// A mask that is passed to [`crate::Options`] counts as approved: that a curator signed exactly this mask is
/// checked by the caller, who knows the curators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PixelMask {
	/// Name of the mask, repeated in the report.
	pub name: String,
	/// Modality (0008,0060) of the images, e.g. `US`.
	pub modality: String,
	/// Manufacturer (0008,0070), compared without regard to case.
	pub manufacturer: String,
	/// Rows of the images.
	pub rows: u16,
	/// Columns of the images.
	pub columns: u16,
	/// What is blanked; at least one.
	pub rectangles: Vec<Rectangle>,
}

/// Part of an image, in pixels from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rectangle {
	/// First column.
	pub left: u16,
	/// First row.
	pub top: u16,
	/// Columns; more than zero.
	pub width: u16,
	/// Rows; more than zero.
	pub height: u16,
}

impl PixelMask {
	/// Whether every rectangle is inside the image that the mask is bound to.
	pub fn is_consistent(&self) -> bool {
		let fits = |start: u16, length: u16, whole: u16| {
			length > 0 && u32::from(start) + u32::from(length) <= u32::from(whole)
		};
		!self.rectangles.is_empty()
			&& self.rectangles.iter().all(|area| {
				fits(area.left, area.width, self.columns) && fits(area.top, area.height, self.rows)
			})
	}

	/// Whether the mask is bound to images such as this one.
	pub(crate) fn is_bound_to(&self, dataset: &[Element<'_>]) -> bool {
		let text = |tag| find(dataset, tag).and_then(header::text).unwrap_or("");
		text(tags::MODALITY) == self.modality
			&& text(tags::MANUFACTURER).eq_ignore_ascii_case(&self.manufacturer)
			&& header::number(dataset, tags::ROWS) == Some(self.rows)
			&& header::number(dataset, tags::COLUMNS) == Some(self.columns)
	}
}
