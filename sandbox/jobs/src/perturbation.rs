//! What is done to an image to see whether a model minds.

use crate::Image;
use rand::{Rng, RngCore};

/// Attenuation of what a shift brings in from outside, in Hounsfield units.
const AIR: i32 = -1000;

/// A disturbance and its strength.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Perturbation {
	/// The image as it is.
	None,
	/// Normally distributed noise of this standard deviation, in Hounsfield units.
	Noise(u16),
	/// A shift by so many pixels, towards one of the four sides.
	Shift(u16),
}

impl Perturbation {
	/// Name and strength.
	pub fn label(self) -> (&'static str, u16) {
		match self {
			Self::None => ("none", 0),
			Self::Noise(deviation) => ("noise", deviation),
			Self::Shift(pixels) => ("shift", pixels),
		}
	}

	/// The disturbed image.
	pub fn apply(self, image: &Image, random: &mut impl RngCore) -> Image {
		match self {
			Self::None => image.clone(),
			Self::Noise(deviation) => noisy(image, f64::from(deviation), random),
			Self::Shift(pixels) => shifted(image, usize::from(pixels), random.next_u32() % 4),
		}
	}
}

/// Two normally distributed numbers are made of two uniform ones (G. E. P. Box and M. E. Muller 1958).
fn noisy(image: &Image, deviation: f64, random: &mut impl RngCore) -> Image {
	let mut hounsfield = image.hounsfield.clone();
	for pair in hounsfield.chunks_mut(2) {
		let (uniform, angle): (f64, f64) = (random.random(), random.random());
		// 1 less a number below 1 is above 0, which has a logarithm.
		let radius = deviation * libm::sqrt(-2.0 * libm::log(1.0 - uniform));
		let angle = angle * std::f64::consts::TAU;
		for (value, part) in pair.iter_mut().zip([libm::cos(angle), libm::sin(angle)]) {
			*value = value.saturating_add(libm::rint(radius * part) as i32);
		}
	}
	Image { hounsfield, ..*image }
}

/// `direction` 0 to 3: up, down, left, right.
fn shifted(image: &Image, by: usize, direction: u32) -> Image {
	let source = |at: usize, forwards: bool| if forwards { at.checked_add(by) } else { at.checked_sub(by) };
	let pixel = |row: usize, column: usize| {
		let (row, column) = match direction {
			0 | 1 => (source(row, direction == 0), Some(column)),
			_ => (Some(row), source(column, direction == 2)),
		};
		match (row.filter(|row| *row < image.rows), column.filter(|column| *column < image.columns)) {
			(Some(row), Some(column)) => image.hounsfield[row * image.columns + column],
			_ => AIR,
		}
	};
	let places = (0..image.rows).flat_map(|row| (0..image.columns).map(move |column| (row, column)));
	Image { hounsfield: places.map(|(row, column)| pixel(row, column)).collect(), ..*image }
}

#[cfg(test)]
mod tests {
	use super::*;
	use rand::SeedableRng;
	use rand_chacha::ChaCha8Rng;

	fn image() -> Image {
		Image { rows: 2, columns: 3, spacing: 1.0, hounsfield: vec![1, 2, 3, 4, 5, 6] }
	}

	#[test]
	fn shift_should_bring_in_air() {
		assert_eq!(shifted(&image(), 1, 0).hounsfield, [4, 5, 6, AIR, AIR, AIR]);
		assert_eq!(shifted(&image(), 1, 1).hounsfield, [AIR, AIR, AIR, 1, 2, 3]);
		assert_eq!(shifted(&image(), 1, 2).hounsfield, [2, 3, AIR, 5, 6, AIR]);
		assert_eq!(shifted(&image(), 2, 3).hounsfield, [AIR, AIR, 1, AIR, AIR, 4]);
		assert_eq!(shifted(&image(), 9, 0).hounsfield, [AIR; 6]);
	}

	#[test]
	fn noise_should_have_its_deviation() {
		let flat = Image { rows: 100, columns: 101, spacing: 1.0, hounsfield: vec![-850; 10_100] };
		let noisy = Perturbation::Noise(40).apply(&flat, &mut ChaCha8Rng::seed_from_u64(1));
		let values: Vec<f64> = noisy.hounsfield.iter().map(|value| f64::from(*value)).collect();
		let (mean, deviation) = crate::score::moments(&values);
		assert!((mean + 850.0).abs() < 2.0 && (deviation - 40.0).abs() < 1.5, "{mean} {deviation}");
	}

	#[test]
	fn same_seed_should_give_the_same_image() {
		let of = |seed| Perturbation::Noise(20).apply(&image(), &mut ChaCha8Rng::seed_from_u64(seed));
		assert_eq!(of(7), of(7));
		assert_ne!(of(7), of(8));
		assert_eq!(Perturbation::None.apply(&image(), &mut ChaCha8Rng::seed_from_u64(1)), image());
	}
}
