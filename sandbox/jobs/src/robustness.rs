//! `robustness`: measures how a model's answers change when images are disturbed.
//!
//! The model is a file among the data (an asset of the permit's) or a parameter. Outputs: `robustness.csv`, for each
//! disturbance the patients and what probability their slices' truth is given; `accuracy.json`, the part of slices that
//! is judged rightly, over all patients.

use crate::outputs::{self, Outputs};
use crate::score::{self, Prediction};
use crate::{Failure, Model, Perturbation, SMALLEST_GROUP, data, features};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;

/// Most disturbances: each is a metric, of which the gate lets 64 leave.
const MOST: usize = 16;
/// Strongest noise (Hounsfield units) or shift (pixels).
const STRONGEST: u16 = 1_000;

/// What the consumer may choose. Everything has a default.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Parameters {
	/// Standard deviations of noise, in Hounsfield units; 1 to 1,000.
	pub noise: Vec<u16>,
	/// Shifts, in pixels; 1 to 1,000.
	pub shift: Vec<u16>,
	/// The fewest patients that a released number stands for; at least 1.
	pub smallest_group: usize,
	/// A model, where there is none among the data.
	pub model: Option<serde_json::Value>,
}

impl Default for Parameters {
	/// Noise of 20, 50 and 100, shifts of 2 and 8, groups of ten.
	fn default() -> Self {
		Self { noise: vec![20, 50, 100], shift: vec![2, 8], smallest_group: SMALLEST_GROUP, model: None }
	}
}

impl Parameters {
	/// Reads parameters; nothing at all are the defaults.
	///
	/// # Errors
	///
	/// [`Failure::ParametersInvalid`] and [`Failure::OutOfBounds`].
	pub fn parse(bytes: &[u8]) -> Result<Self, Failure> {
		if bytes.trim_ascii().is_empty() {
			return Ok(Self::default());
		}
		let parameters: Self = serde_json::from_slice(bytes)?;
		let is_fine = |strengths: &[u16]| {
			let distinct: BTreeSet<u16> = strengths.iter().copied().collect();
			distinct.len() == strengths.len() && strengths.iter().all(|one| (1..=STRONGEST).contains(one))
		};
		if !is_fine(&parameters.noise) {
			return Err(Failure::OutOfBounds("noise"));
		}
		if !is_fine(&parameters.shift) || parameters.noise.len() + parameters.shift.len() > MOST {
			return Err(Failure::OutOfBounds("shift"));
		}
		if parameters.smallest_group == 0 {
			return Err(Failure::OutOfBounds("smallest_group"));
		}
		Ok(parameters)
	}

	/// What is done to each image, the image itself first.
	fn perturbations(&self) -> Vec<Perturbation> {
		let noise = self.noise.iter().map(|strength| Perturbation::Noise(*strength));
		let shift = self.shift.iter().map(|strength| Perturbation::Shift(*strength));
		std::iter::once(Perturbation::None).chain(noise).chain(shift).collect()
	}
}

/// Judges the slices below `data` and writes to `out`. The seed decides the noise.
///
/// # Errors
///
/// A [`Failure`]; [`Failure::TooFewPatients`] below the smallest group.
pub fn run(data: &Path, parameters: &[u8], out: &Path, seed: u64) -> Result<(), Failure> {
	let parameters = Parameters::parse(parameters)?;
	let model = find_model(data, &parameters)?;
	let perturbations = parameters.perturbations();
	let mut random = ChaCha8Rng::seed_from_u64(seed);
	let mut predictions: Vec<Vec<Prediction>> = vec![Vec::new(); perturbations.len()];
	let mut patients = BTreeSet::new();
	data::each_slice(data, &mut |data::Labelled { slice, marked }| {
		for (perturbation, judged) in perturbations.iter().zip(&mut predictions) {
			let image = perturbation.apply(&slice.image, &mut random);
			let probability = model.probability(&features::of(&image));
			judged.push(Prediction { probability, marked });
		}
		patients.insert(slice.patient);
		Ok(())
	})?;
	if patients.len() < parameters.smallest_group {
		return Err(Failure::TooFewPatients);
	}
	let (mut rows, mut figures) = (Vec::new(), Vec::new());
	for (perturbation, judged) in perturbations.iter().zip(&predictions) {
		let (name, strength) = perturbation.label();
		let truths: Vec<f64> = judged.iter().map(Prediction::of_truth).collect();
		let keys = vec![name.to_owned(), strength.to_string()];
		rows.push(outputs::Row { keys, patients: patients.len(), moments: score::moments(&truths) });
		figures.push((format!("accuracy.{name}_{strength}"), score::accuracy(judged)));
	}
	let mut outputs = Outputs::default();
	outputs.table("robustness.csv", &["perturbation", "strength"], &rows);
	outputs.metrics("accuracy.json", patients.len(), figures);
	outputs.write(out)
}

/// The parameters' model or else the first among the data.
fn find_model(data: &Path, parameters: &Parameters) -> Result<Model, Failure> {
	if let Some(model) = &parameters.model {
		return Model::from_json(model.to_string().as_bytes());
	}
	let mut found = None;
	data::each_file(data, &mut |bytes| {
		if found.is_none() && Model::is_one(bytes) {
			found = Some(Model::from_json(bytes)?);
		}
		Ok(())
	})?;
	found.ok_or(Failure::ModelMissing)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn parameters_should_have_defaults() {
		assert_eq!(Parameters::parse(b" \n").unwrap(), Parameters::default());
		let chosen = Parameters::parse(b"{\"noise\": [10], \"shift\": []}").unwrap();
		assert_eq!(chosen.perturbations(), [Perturbation::None, Perturbation::Noise(10)]);
	}

	#[test]
	fn parameters_out_of_bounds_should_be_refused() {
		let wrong: [&[u8]; 5] = [
			b"{\"noise\": [0]}",
			b"{\"noise\": [5, 5]}",
			b"{\"shift\": [1001]}",
			b"{\"noise\": [1,2,3,4,5,6,7,8,9], \"shift\": [1,2,3,4,5,6,7,8]}",
			b"{\"smallest_group\": 0}",
		];
		for bytes in wrong {
			assert!(matches!(Parameters::parse(bytes), Err(Failure::OutOfBounds(_))));
		}
		assert!(matches!(Parameters::parse(b"{\"blur\": [1]}"), Err(Failure::ParametersInvalid(_))));
	}

	#[test]
	fn data_without_a_model_should_be_refused() {
		let folder = tempfile::tempdir().unwrap();
		std::fs::write(folder.path().join("notes.json"), "{\"format\": \"other\"}").unwrap();
		let missing = run(folder.path(), b"", folder.path(), 1);
		assert!(matches!(missing, Err(Failure::ModelMissing)));
	}
}
