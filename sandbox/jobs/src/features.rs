//! What of an image is looked at: twelve numbers.
//!
//! A nodule is a blob of tissue that is surrounded by lung. So a square the size of a nodule is compared with the ring
//! around it, everywhere where the ring is lung, at three sizes; sums over squares come from one table of sums (F. C.
//! Crow, "Summed-area tables for texture mapping", 1984), so that a size costs a few additions a pixel. All sums are of
//! integers, and exact.

use crate::Image;

/// How many features there are.
pub const COUNT: usize = 12;

/// What the features are called, in order.
pub const NAMES: [&str; COUNT] = [
	"part_below_950",
	"part_below_700",
	"part_below_300",
	"part_below_50",
	"part_below_100",
	"part_above_100",
	"contrast_4_mm",
	"contrast_8_mm",
	"contrast_14_mm",
	"blobs_4_mm",
	"blobs_8_mm",
	"blobs_14_mm",
];

/// Upper bounds of the histogram's first five bins, in Hounsfield units; the sixth has none.
const BOUNDS: [i32; 5] = [-950, -700, -300, -50, 100];
/// Sides of the squares, in mm; the nearest odd number of pixels is taken.
const SIDES: [f64; 3] = [4.0, 8.0, 14.0];
/// A ring whose mean is below this is lung, in Hounsfield units.
const LUNG: f64 = -600.0;
/// A square that stands out by this much is a blob, in Hounsfield units.
const BLOB: f64 = 250.0;
/// Contrasts are given in thousands of Hounsfield units, blobs in a thousandth of the lung's area.
const THOUSAND: f64 = 1000.0;

/// The features of an image, by [`NAMES`].
pub fn of(image: &Image) -> [f64; COUNT] {
	let mut features = [0.0; COUNT];
	let pixels = image.hounsfield.len() as f64;
	for hounsfield in &image.hounsfield {
		features[BOUNDS.partition_point(|bound| bound <= hounsfield)] += 1.0;
	}
	features[..=BOUNDS.len()].iter_mut().for_each(|part| *part /= pixels);
	let sums = Sums::of(image);
	for (at, side) in SIDES.iter().enumerate() {
		let (contrast, blobs) = sums.stand_out(*side / image.spacing);
		features[6 + at] = contrast / THOUSAND;
		features[9 + at] = blobs * THOUSAND;
	}
	features
}

/// Sums of all pixels above and left of a place.
struct Sums {
	rows: usize,
	columns: usize,
	table: Vec<i64>,
}

impl Sums {
	fn of(image: &Image) -> Self {
		let (rows, columns) = (image.rows, image.columns);
		let width = columns + 1;
		let mut table = vec![0; (rows + 1) * width];
		for row in 0..rows {
			let mut line = 0;
			for column in 0..columns {
				line += i64::from(image.hounsfield[row * columns + column]);
				table[(row + 1) * width + column + 1] = table[row * width + column + 1] + line;
			}
		}
		Self { rows, columns, table }
	}

	/// Sum over the square of half a side `half` around a pixel.
	fn square(&self, row: usize, column: usize, half: usize) -> i64 {
		let width = self.columns + 1;
		let (top, bottom) = ((row - half) * width, (row + half + 1) * width);
		let (left, right) = (column - half, column + half + 1);
		self.table[bottom + right] - self.table[bottom + left] - self.table[top + right]
			+ self.table[top + left]
	}

	/// How far the square that stands out most is above the lung around it, in Hounsfield units, and which part of all
	/// squares in lung are blobs. `side` is in pixels. Zeros for an image without lung.
	fn stand_out(&self, side: f64) -> (f64, f64) {
		let half = (side / 2.0) as usize;
		// Three squares wide; twice as far from the square as its own half, and one pixel at least.
		let outer = 3 * half + 1;
		let (inside, whole) = (area(half), area(outer));
		let (mut most, mut blobs, mut places) = (0.0_f64, 0_u32, 0_u32);
		for row in outer..self.rows.saturating_sub(outer) {
			for column in outer..self.columns.saturating_sub(outer) {
				let square = self.square(row, column, half);
				let ring = self.square(row, column, outer) - square;
				let around = ring as f64 / (whole - inside);
				if around < LUNG {
					let contrast = square as f64 / inside - around;
					places += 1;
					most = most.max(contrast);
					blobs += u32::from(contrast > BLOB);
				}
			}
		}
		(most, f64::from(blobs) / f64::from(places.max(1)))
	}
}

/// Pixels of a square of half a side `half`.
fn area(half: usize) -> f64 {
	let side = (2 * half + 1) as f64;
	side * side
}

#[cfg(test)]
mod tests {
	use super::*;

	const SIDE: usize = 64;

	/// Lung with a square of tissue in the middle.
	fn image(side: usize) -> Image {
		let middle = SIDE / 2 - side / 2..SIDE / 2 - side / 2 + side;
		let pixel = |row: usize, column: usize| {
			if middle.contains(&row) && middle.contains(&column) { 40 } else { -850 }
		};
		let hounsfield = (0..SIDE * SIDE).map(|at| pixel(at / SIDE, at % SIDE)).collect();
		Image { rows: SIDE, columns: SIDE, spacing: 1.0, hounsfield }
	}

	#[test]
	fn parts_should_add_up_to_one() {
		let features = of(&image(8));
		assert!((features[..6].iter().sum::<f64>() - 1.0).abs() < 1e-12);
		assert_eq!(features[4], 64.0 / 4096.0);
	}

	#[test]
	fn contrast_should_be_that_of_the_square() {
		let features = of(&image(9));
		// A square of nine pixels in a ring of lung alone.
		assert!((features[7] - 0.89).abs() < 1e-12, "{}", features[7]);
		assert_eq!(of(&image(0))[6..], [0.0; 6]);
	}

	#[test]
	fn larger_blobs_should_stand_out_at_larger_squares() {
		let [small, large] = [3, 15].map(|side| of(&image(side)));
		assert!(small[6] > small[8]);
		assert!(large[8] > small[8]);
	}

	#[test]
	fn image_smaller_than_a_square_should_have_no_contrast() {
		let tiny = Image { rows: 2, columns: 2, spacing: 0.5, hounsfield: vec![-850; 4] };
		assert_eq!(of(&tiny)[6..], [0.0; 6]);
	}
}
