//! Logistic regression by gradient descent over all slices at once: no random start, no batches, so one result.

use crate::features::COUNT;
use crate::model::logistic;
use crate::{Failure, Model};
use serde::Deserialize;

/// One slice, as far as training goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
	/// Whose.
	pub patient: String,
	/// Whether a nodule is marked in it.
	pub marked: bool,
	/// Its features.
	pub features: [f64; COUNT],
}

/// How a model is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Descent {
	/// Steps; 1 to 20,000.
	pub rounds: u32,
	/// Length of a step along the gradient; above 0, at most 10.
	pub rate: f64,
	/// Weight of the penalty on large weights (half the sum of their squares); 0 to 10.
	pub penalty: f64,
}

impl Default for Descent {
	/// 1,000 steps of 0.5, with a penalty of 0.01.
	fn default() -> Self {
		Self { rounds: 1_000, rate: 0.5, penalty: 0.01 }
	}
}

impl Descent {
	/// Checks the bounds.
	///
	/// # Errors
	///
	/// [`Failure::OutOfBounds`].
	pub fn check(&self) -> Result<(), Failure> {
		if !(1..=20_000).contains(&self.rounds) {
			return Err(Failure::OutOfBounds("rounds"));
		}
		if !(self.rate > 0.0 && self.rate <= 10.0) {
			return Err(Failure::OutOfBounds("rate"));
		}
		if !(0.0..=10.0).contains(&self.penalty) {
			return Err(Failure::OutOfBounds("penalty"));
		}
		Ok(())
	}

	/// Fits a model. Both classes weigh the same, however rare one is. Without rows of both, it says what the bias
	/// alone can.
	pub fn fit(&self, rows: &[&Row]) -> Model {
		let (mean, scale) = moments(rows);
		let standardised: Vec<[f64; COUNT]> = rows
			.iter()
			.map(|row| std::array::from_fn(|at| (row.features[at] - mean[at]) / scale[at]))
			.collect();
		let marked = rows.iter().filter(|row| row.marked).count();
		let weight_of = |class: bool| {
			let count = if class { marked } else { rows.len() - marked };
			0.5 / count.max(1) as f64
		};
		let (with, without) = (weight_of(true), weight_of(false));
		let (mut weights, mut bias) = ([0.0; COUNT], 0.0);
		for _ in 0..self.rounds {
			let (mut slopes, mut bias_slope) = (weights.map(|weight| self.penalty * weight), 0.0);
			for (row, features) in rows.iter().zip(&standardised) {
				let odds: f64 = weights.iter().zip(features).map(|(weight, feature)| weight * feature).sum();
				let (truth, importance) = if row.marked { (1.0, with) } else { (0.0, without) };
				let error = importance * (logistic(bias + odds) - truth);
				bias_slope += error;
				slopes.iter_mut().zip(features).for_each(|(slope, feature)| *slope += error * feature);
			}
			bias -= self.rate * bias_slope;
			weights.iter_mut().zip(slopes).for_each(|(weight, slope)| *weight -= self.rate * slope);
		}
		Model::new(mean, scale, weights, bias)
	}
}

/// Mean and standard deviation of each feature; a feature that does not vary has a deviation of 1.
fn moments(rows: &[&Row]) -> ([f64; COUNT], [f64; COUNT]) {
	let count = rows.len().max(1) as f64;
	let average = |of: &dyn Fn(&Row, usize) -> f64| -> [f64; COUNT] {
		std::array::from_fn(|at| rows.iter().map(|row| of(row, at)).sum::<f64>() / count)
	};
	let mean = average(&|row, at| row.features[at]);
	let variance = average(&|row, at| (row.features[at] - mean[at]) * (row.features[at] - mean[at]));
	// Below this the file's six digits say that it does not vary.
	let scale = variance.map(|variance| if variance < 1e-18 { 1.0 } else { libm::sqrt(variance) });
	(mean, scale)
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Rows whose third feature tells the class, but for one.
	fn rows() -> Vec<Row> {
		let row = |number: usize| {
			let marked = number.is_multiple_of(3);
			let mut features = [0.25; COUNT];
			features[0] = (number * 7 % 11) as f64;
			features[2] = f64::from(marked) + 0.05 * (number * 5 % 9) as f64;
			if number == 6 {
				features[2] = 0.2;
			}
			Row { patient: number.to_string(), marked, features }
		};
		(0..30).map(row).collect()
	}

	fn fit(rows: &[Row]) -> Model {
		Descent::default().fit(&rows.iter().collect::<Vec<_>>())
	}

	#[test]
	fn fit_should_tell_the_classes_apart() {
		let rows = rows();
		let model = fit(&rows);
		let right = rows.iter().filter(|row| (model.probability(&row.features) > 0.5) == row.marked).count();
		assert!(right >= 28, "{right} of 30");
	}

	#[test]
	fn fit_should_be_the_same_each_time() {
		assert_eq!(fit(&rows()).to_json(), fit(&rows()).to_json());
	}

	#[test]
	fn rows_of_one_class_should_not_break_a_fit() {
		let mut rows = rows();
		rows.retain(|row| !row.marked);
		assert!(fit(&rows).probability(&rows[0].features) < 0.5);
		assert_eq!(fit(&[]).probability(&[0.0; COUNT]), 0.5);
	}

	#[test]
	fn settings_out_of_bounds_should_be_refused() {
		let fine = Descent::default();
		assert!(fine.check().is_ok());
		for wrong in [
			Descent { rounds: 0, ..fine },
			Descent { rounds: 20_001, ..fine },
			Descent { rate: 0.0, ..fine },
			Descent { rate: f64::NAN, ..fine },
			Descent { penalty: -1.0, ..fine },
		] {
			assert!(matches!(wrong.check(), Err(Failure::OutOfBounds(_))), "{wrong:?}");
		}
	}
}
