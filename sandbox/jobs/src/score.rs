//! How good predictions are.

/// A prediction and the truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
	/// Probability of a nodule.
	pub probability: f64,
	/// Whether one is marked.
	pub marked: bool,
}

impl Prediction {
	/// Whether the more probable class is the true one.
	pub fn is_right(&self) -> bool {
		(self.probability > 0.5) == self.marked
	}

	/// The probability that was given to the true class.
	pub fn of_truth(&self) -> f64 {
		if self.marked { self.probability } else { 1.0 - self.probability }
	}
}

/// The part of predictions that are right; 0 of none.
pub fn accuracy(predictions: &[Prediction]) -> f64 {
	part(predictions.iter(), Prediction::is_right)
}

/// Of those with a nodule, the part that is found; of those without, the part that is not suspected.
pub fn by_class(predictions: &[Prediction]) -> (f64, f64) {
	let of = |marked: bool| part(predictions.iter().filter(|one| one.marked == marked), Prediction::is_right);
	(of(true), of(false))
}

/// The area under the receiver operating characteristic: how often, of two slices, the one with a nodule has the higher
/// probability; equal ones count half. 0.5 where there is only one class.
pub fn area(predictions: &[Prediction]) -> f64 {
	let mut sorted = predictions.to_vec();
	sorted.sort_by(|a, b| a.probability.total_cmp(&b.probability));
	let (mut pairs, mut without) = (0.0, 0.0);
	for equal in sorted.chunk_by(|a, b| a.probability == b.probability) {
		let with_here = equal.iter().filter(|one| one.marked).count() as f64;
		let without_here = equal.len() as f64 - with_here;
		pairs += with_here * (without + without_here / 2.0);
		without += without_here;
	}
	let with = sorted.len() as f64 - without;
	if with > 0.0 && without > 0.0 { pairs / (with * without) } else { 0.5 }
}

/// Mean and standard deviation; zeros of none.
pub fn moments(values: &[f64]) -> (f64, f64) {
	let count = values.len().max(1) as f64;
	let mean = values.iter().sum::<f64>() / count;
	let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
	(mean, libm::sqrt(variance))
}

fn part<'p>(predictions: impl Iterator<Item = &'p Prediction>, holds: impl Fn(&Prediction) -> bool) -> f64 {
	let (mut all, mut held) = (0_u32, 0_u32);
	for prediction in predictions {
		all += 1;
		held += u32::from(holds(prediction));
	}
	f64::from(held) / f64::from(all.max(1))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn predictions() -> Vec<Prediction> {
		[(0.9, true), (0.6, true), (0.6, false), (0.4, true), (0.1, false)]
			.map(|(probability, marked)| Prediction { probability, marked })
			.to_vec()
	}

	#[test]
	fn accuracy_should_count_what_is_right() {
		assert_eq!(accuracy(&predictions()), 0.6);
		assert_eq!(by_class(&predictions()), (2.0 / 3.0, 0.5));
		assert_eq!(accuracy(&[]), 0.0);
	}

	#[test]
	fn area_should_count_equal_probabilities_half() {
		// Of six pairs four are right, one is equal, one is wrong.
		assert_eq!(area(&predictions()), 4.5 / 6.0);
		assert_eq!(area(&predictions()[..2]), 0.5);
	}

	#[test]
	fn moments_should_be_those_of_the_values() {
		assert_eq!(moments(&[1.0, 3.0]), (2.0, 1.0));
		assert_eq!(moments(&[]), (0.0, 0.0));
	}
}
