//! CT studies of a thorax, with nodules of known truth and planted identifiers.
//!
//! The truth stands in each slice as an annotation: a Segment Sequence (0062,0002), whose items name what was marked
//! by a code of SNOMED CT. A sequence without items says that somebody looked and marked nothing. Codes of published
//! schemes survive de-identification, names of files and tables beside the images do not, so this is the one place
//! from which a job can read a label.

use super::{Plan, PlantedFile, sequence, text};
use crate::plant::values::Numbers;
use dicom_core::value::DataSetSequence;
use dicom_core::{DataElement, PrimitiveValue, VR};
use dicom_dictionary_std::tags;
use dicom_object::InMemDicomObject;
use dicom_object::mem::InMemElement;

/// Width of the field of view, in mm.
const FIELD: f64 = 360.0;
/// Distance between two slices, in mm.
const SPACING: f64 = 5.0;
/// A cross-section of a nodule with a smaller radius is not marked, in mm.
const SMALLEST_MARK: f64 = 2.0;
/// "Nodule" in SNOMED CT, as PS3.16 uses it for what is marked in an image.
const NODULE: &str = "27925004";

/// Attenuations, in Hounsfield units.
const AIR: f64 = -1000.0;
const LUNG: f64 = -850.0;
const TISSUE: f64 = 40.0;
const BONE: f64 = 400.0;

/// A study to be made: one patient, one series of slices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Study {
	/// Makes the patient, the identifiers and the image; two seeds share no value.
	pub seed: u64,
	/// Slices of the series.
	pub slices: u16,
	/// Rows and columns of a slice.
	pub side: u16,
	/// Whether there is a nodule, in the middle of the series.
	pub nodule: bool,
}

impl Default for Study {
	/// Three slices of 128 by 128 with a nodule.
	fn default() -> Self {
		Self { seed: 1, slices: 3, side: 128, nodule: true }
	}
}

/// A slice of a study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
	/// The file and what is planted in it; all slices of a study have the same planted values.
	pub file: PlantedFile,
	/// Whether a nodule is to be seen in it, and marked.
	pub nodule: bool,
}

/// A ball of tissue in a lung: lengths in mm, from the middle of the first slice.
struct Ball {
	x: f64,
	y: f64,
	z: f64,
	radius: f64,
	hounsfield: f64,
}

impl Ball {
	/// Radius of the cross-section at a height, 0 where there is none.
	fn section(&self, z: f64) -> f64 {
		let squared = self.radius * self.radius - (z - self.z) * (z - self.z);
		if squared > 0.0 { squared.sqrt() } else { 0.0 }
	}
}

impl Study {
	/// Makes the files of the series, in order.
	pub fn files(&self) -> Vec<Slice> {
		let mut numbers = Numbers(self.seed.wrapping_mul(0x2545_F491_4F6C_DD1D));
		let vessels: Vec<Ball> =
			(0..24).map(|_| self.ball(&mut numbers, (0.8, 2.6), (-300.0, 40.0))).collect();
		let mut nodule = self.ball(&mut numbers, (4.0, 10.0), (-30.0, 60.0));
		nodule.z = f64::from(self.slices / 2) * SPACING + between(&mut numbers, -1.5, 1.5);
		let nodule = self.nodule.then_some(nodule);
		(0..self.slices).map(|slice| self.slice(slice, &vessels, nodule.as_ref(), &mut numbers)).collect()
	}

	fn slice(&self, slice: u16, vessels: &[Ball], nodule: Option<&Ball>, numbers: &mut Numbers) -> Slice {
		let z = f64::from(slice) * SPACING;
		let marked = nodule.is_some_and(|ball| ball.section(z) >= SMALLEST_MARK);
		let plan = Plan { seed: self.seed, side: self.side, burned_in: false };
		let spacing = format!("{:.4}", FIELD / f64::from(self.side));
		let instance = format!("1.2.826.0.1.3680043.10.9999.{}.3.{}", self.seed, slice + 1);
		let mut object = plan.image();
		object.extend([
			text(tags::SOP_INSTANCE_UID, VR::UI, &instance),
			text(tags::INSTANCE_NUMBER, VR::IS, &(slice + 1).to_string()),
			text(tags::SLICE_THICKNESS, VR::DS, &SPACING.to_string()),
			text(tags::PIXEL_SPACING, VR::DS, &format!("{spacing}\\{spacing}")),
			annotation(marked),
		]);
		let pixels = self.pixels(z, vessels, nodule, numbers);
		Slice { file: plan.plant(object, pixels), nodule: marked }
	}

	/// A ball somewhere in one of the lungs.
	fn ball(&self, numbers: &mut Numbers, radius: (f64, f64), hounsfield: (f64, f64)) -> Ball {
		let side = if numbers.next() & 1 == 1 { 1.0 } else { -1.0 };
		Ball {
			x: FIELD * (side * 0.19 + between(numbers, -0.07, 0.07)),
			y: FIELD * between(numbers, -0.13, 0.13),
			z: between(numbers, -2.0, f64::from(self.slices) * SPACING),
			radius: between(numbers, radius.0, radius.1),
			hounsfield: between(numbers, hounsfield.0, hounsfield.1),
		}
	}

	/// Stored values: Hounsfield units above -1024, in twelve bits.
	fn pixels(&self, z: f64, vessels: &[Ball], nodule: Option<&Ball>, numbers: &mut Numbers) -> Vec<u16> {
		let pixel = FIELD / f64::from(self.side);
		let mut pixels = Vec::with_capacity(usize::from(self.side) * usize::from(self.side));
		for row in 0..self.side {
			for column in 0..self.side {
				let at = |index: u16| (f64::from(index) + 0.5) * pixel - FIELD / 2.0;
				let (x, y) = (at(column), at(row));
				let mut hounsfield = anatomy(x / FIELD, y / FIELD);
				for ball in vessels.iter().chain(nodule) {
					// A pixel at the edge is tissue in part.
					let distance = ((x - ball.x).powi(2) + (y - ball.y).powi(2)).sqrt();
					let section = ball.section(z);
					if section > 0.0 {
						let part = (0.5 + (section - distance) / pixel).clamp(0.0, 1.0);
						hounsfield += part * (ball.hounsfield - hounsfield);
					}
				}
				let noise = (0..4).map(|_| between(numbers, -25.0, 25.0)).sum::<f64>();
				pixels.push((hounsfield + noise + 1024.0).clamp(0.0, 4095.0) as u16);
			}
		}
		pixels
	}
}

/// Attenuation without vessels and nodules, at a place in parts of the field of view.
fn anatomy(x: f64, y: f64) -> f64 {
	let within = |x0: f64, y0: f64, a: f64, b: f64| ((x - x0) / a).powi(2) + ((y - y0) / b).powi(2) <= 1.0;
	if within(-0.19, 0.0, 0.13, 0.23) || within(0.19, 0.0, 0.13, 0.23) {
		LUNG
	} else if within(0.0, 0.22, 0.05, 0.05) {
		BONE
	} else if within(0.0, 0.0, 0.46, 0.34) {
		TISSUE
	} else {
		AIR
	}
}

fn between(numbers: &mut Numbers, low: f64, high: f64) -> f64 {
	low + (high - low) * ((numbers.next() >> 11) as f64 / (1_u64 << 53) as f64)
}

/// What an annotator says about a slice.
fn annotation(marked: bool) -> InMemElement {
	if !marked {
		return DataElement::new(tags::SEGMENT_SEQUENCE, VR::SQ, DataSetSequence::empty());
	}
	let code = InMemDicomObject::from_element_iter([
		text(tags::CODE_VALUE, VR::SH, NODULE),
		text(tags::CODING_SCHEME_DESIGNATOR, VR::SH, "SCT"),
		text(tags::CODE_MEANING, VR::LO, "Nodule"),
	]);
	let segment = InMemDicomObject::from_element_iter([
		DataElement::new(tags::SEGMENT_NUMBER, VR::US, PrimitiveValue::from(1_u16)),
		sequence(tags::SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE, code),
	]);
	sequence(tags::SEGMENT_SEQUENCE, segment)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{Deidentifier, Options, Salt};
	use dicom_object::DefaultDicomObject;
	use std::collections::BTreeSet;

	fn clean(study: &Study) -> Vec<DefaultDicomObject> {
		let deidentifier = Deidentifier::new(Salt::new([7; 32]), Options::new(2026));
		let slices = study.files();
		let results = slices.iter().map(|slice| {
			let (result, _) = deidentifier.deidentify(&slice.file.bytes).unwrap();
			assert!(slice.file.survivors(&result).is_empty());
			DefaultDicomObject::from_reader(&result[..]).unwrap()
		});
		results.collect()
	}

	#[test]
	fn middle_slice_should_show_the_nodule() {
		let slices = Study::default().files();
		assert!(slices[1].nodule);
		assert!(Study { nodule: false, ..Study::default() }.files().iter().all(|slice| !slice.nodule));
	}

	#[test]
	fn annotation_should_survive_de_identification() {
		let truth: Vec<bool> = Study::default().files().iter().map(|slice| slice.nodule).collect();
		for (object, nodule) in clean(&Study::default()).iter().zip(truth) {
			let segments = object.element(tags::SEGMENT_SEQUENCE).unwrap().items().unwrap();
			assert_eq!(segments.len(), usize::from(nodule));
			for segment in segments {
				let code =
					&segment.element(tags::SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE).unwrap().items().unwrap()
						[0];
				assert_eq!(code.element(tags::CODE_VALUE).unwrap().to_str().unwrap().trim(), NODULE);
			}
		}
	}

	#[test]
	fn slices_of_a_study_should_stay_one_patients() {
		let value =
			|object: &DefaultDicomObject, tag| object.element(tag).unwrap().to_str().unwrap().into_owned();
		let slices = clean(&Study::default());
		let distinct = |tag| slices.iter().map(|slice| value(slice, tag)).collect::<BTreeSet<_>>().len();
		assert_eq!(distinct(tags::PATIENT_ID), 1);
		assert_eq!(distinct(tags::SOP_INSTANCE_UID), 3);
		let other = clean(&Study { seed: 2, ..Study::default() });
		assert_ne!(value(&other[0], tags::PATIENT_ID), value(&slices[0], tags::PATIENT_ID));
	}
}
