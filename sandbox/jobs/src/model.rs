//! The classifier, and the file it is kept in.

use crate::{Failure, features};
use serde::{Deserialize, Serialize};

/// What the file calls itself.
const FORMAT: &str = "heirloom-nodule-model/1";
/// Significant digits of a number in the file: more say nothing, and could carry something.
const DIGITS: usize = 6;

/// A logistic regression over [`features::NAMES`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
	format: String,
	/// What the columns are: must be [`features::NAMES`].
	features: Vec<String>,
	/// Mean of each feature over the slices it was trained on.
	mean: [f64; features::COUNT],
	/// Standard deviation of each feature over them; above 0.
	scale: [f64; features::COUNT],
	/// Weight of each feature, standardised.
	weights: [f64; features::COUNT],
	/// Log-odds of a slice whose features are the means.
	bias: f64,
}

impl Model {
	/// A model of these numbers, rounded as its file has them, so that a model and its file say the same.
	pub(crate) fn new(
		mean: [f64; features::COUNT],
		scale: [f64; features::COUNT],
		weights: [f64; features::COUNT],
		bias: f64,
	) -> Self {
		Self {
			format: FORMAT.to_owned(),
			features: features::NAMES.map(str::to_owned).to_vec(),
			mean: mean.map(rounded),
			scale: scale.map(rounded),
			weights: weights.map(rounded),
			bias: rounded(bias),
		}
	}

	/// Reads a model's file.
	///
	/// # Errors
	///
	/// [`Failure::ModelInvalid`] for another form, other features, or numbers that are none.
	pub fn from_json(bytes: &[u8]) -> Result<Self, Failure> {
		let model: Self = serde_json::from_slice(bytes).map_err(|_| Failure::ModelInvalid)?;
		let numbers = model.mean.iter().chain(&model.scale).chain(&model.weights).chain([&model.bias]);
		let is_finite = numbers.into_iter().all(|number| number.is_finite());
		let is_scaled = model.scale.iter().all(|scale| *scale > 0.0);
		let is_known = model.format == FORMAT && model.features == features::NAMES;
		if is_known && is_finite && is_scaled { Ok(model) } else { Err(Failure::ModelInvalid) }
	}

	/// Whether a file says that it is a model, of whatever version.
	pub(crate) fn is_one(bytes: &[u8]) -> bool {
		#[derive(Deserialize)]
		struct Named {
			format: String,
		}
		let named =
			bytes.trim_ascii_start().starts_with(b"{").then(|| serde_json::from_slice::<Named>(bytes));
		named.is_some_and(|named| named.is_ok_and(|named| named.format.starts_with("heirloom-nodule-model/")))
	}

	/// The model's file.
	pub fn to_json(&self) -> Vec<u8> {
		let mut json = serde_json::json!(self).to_string().into_bytes();
		json.push(b'\n');
		json
	}

	/// How probable it is that a slice with these features shows a nodule.
	pub fn probability(&self, features: &[f64; features::COUNT]) -> f64 {
		let mut odds = self.bias;
		for (at, feature) in features.iter().enumerate() {
			odds += self.weights[at] * (feature - self.mean[at]) / self.scale[at];
		}
		logistic(odds)
	}
}

/// The logistic function.
pub(crate) fn logistic(odds: f64) -> f64 {
	1.0 / (1.0 + libm::exp(-odds))
}

/// The nearest number of [`DIGITS`] significant digits. Formatting rounds exactly, on every machine alike.
fn rounded(number: f64) -> f64 {
	let text = format!("{number:.digits$e}", digits = DIGITS - 1);
	text.parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn model() -> Model {
		Model::new([0.1; 12], [1.0 / 3.0; 12], [-2.0; 12], 1e-9)
	}

	#[test]
	fn file_should_say_what_the_model_does() {
		let model = model();
		let read = Model::from_json(&model.to_json()).unwrap();
		assert_eq!(read, model);
		assert!(Model::is_one(&model.to_json()));
		assert_eq!(read.scale[0], 0.333333);
	}

	#[test]
	fn another_form_should_be_refused() {
		let json = String::from_utf8(model().to_json()).unwrap();
		let others = [
			json.replace("model/1", "model/2"),
			json.replace("contrast_4_mm", "contrast_5_mm"),
			json.replacen("0.333333", "0", 1),
			json.replacen("0.1,", "", 1),
			json.replacen('{', "{\"note\":1,", 1),
		];
		for other in others {
			assert!(matches!(Model::from_json(other.as_bytes()), Err(Failure::ModelInvalid)), "{other}");
		}
	}

	#[test]
	fn probability_should_be_even_where_the_odds_are() {
		let model = Model::new([0.5; 12], [2.0; 12], [3.0; 12], 0.0);
		assert_eq!(model.probability(&[0.5; 12]), 0.5);
		assert!(model.probability(&[0.6; 12]) > 0.5);
	}
}
