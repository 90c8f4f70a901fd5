//! `nodule-train`: fits a classifier to annotated slices, and says how good it is on patients it has not seen.
//!
//! Outputs: `model.json`; `metrics.csv`, for slices with and without a mark the patients behind them and what
//! probability they are given; `quality.json`, figures over all of them. Both are cross-validated: patients are dealt
//! into folds, and a slice is judged by a model that was fitted without its patient's fold.

use crate::logistic::{Descent, Row};
use crate::outputs::{self, Outputs};
use crate::score::{self, Prediction};
use crate::{Failure, SMALLEST_GROUP, data, features};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What the consumer may choose. Everything has a default.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Parameters {
	/// How a model is fitted.
	pub descent: Descent,
	/// Folds of the cross-validation; 2 to 10.
	pub folds: usize,
	/// The fewest patients that a released number stands for; at least 1. A job that sets it lower than the policy is
	/// held by the gate.
	pub smallest_group: usize,
}

impl Default for Parameters {
	/// Five folds, groups of ten.
	fn default() -> Self {
		Self { descent: Descent::default(), folds: 5, smallest_group: SMALLEST_GROUP }
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
		parameters.descent.check()?;
		if !(2..=10).contains(&parameters.folds) {
			return Err(Failure::OutOfBounds("folds"));
		}
		if parameters.smallest_group == 0 {
			return Err(Failure::OutOfBounds("smallest_group"));
		}
		Ok(parameters)
	}
}

/// Trains on the slices below `data` and writes to `out`.
///
/// # Errors
///
/// A [`Failure`]; [`Failure::TooFewPatients`] unless at least the smallest group of patients have slices with a mark,
/// and as many have slices without.
pub fn run(data: &Path, parameters: &[u8], out: &Path) -> Result<(), Failure> {
	let parameters = Parameters::parse(parameters)?;
	let mut rows = Vec::new();
	data::each_slice(data, &mut |data::Labelled { slice, marked }| {
		let features = features::of(&slice.image);
		rows.push(Row { patient: slice.patient, marked, features });
		Ok(())
	})?;
	let (with, without) = (patients(&rows, true), patients(&rows, false));
	if with.len().min(without.len()) < parameters.smallest_group {
		return Err(Failure::TooFewPatients);
	}
	let predictions = cross_validated(&rows, &parameters);
	let model = parameters.descent.fit(&rows.iter().collect::<Vec<_>>());

	let mut outputs = Outputs::default();
	outputs.model("model.json", model.to_json());
	let row = |truth: &str, marked: bool, patients: usize| {
		let given = predictions.iter().filter(|one| one.marked == marked).map(|one| one.probability);
		let moments = score::moments(&given.collect::<Vec<_>>());
		outputs::Row { keys: vec![truth.to_owned()], patients, moments }
	};
	let table = [row("none", false, without.len()), row("nodule", true, with.len())];
	outputs.table("metrics.csv", &["truth"], &table);
	let all = with.union(&without).count();
	outputs.metrics("quality.json", all, quality(&predictions));
	outputs.write(out)
}

/// Figures over all predictions.
fn quality(predictions: &[Prediction]) -> Vec<(String, f64)> {
	let (sensitivity, specificity) = score::by_class(predictions);
	let figures = [
		("accuracy", score::accuracy(predictions)),
		("area_under_curve", score::area(predictions)),
		("sensitivity", sensitivity),
		("specificity", specificity),
	];
	figures.map(|(name, figure)| (name.to_owned(), figure)).to_vec()
}

/// Patients with slices of a class.
fn patients(rows: &[Row], marked: bool) -> BTreeSet<&str> {
	rows.iter().filter(|row| row.marked == marked).map(|row| row.patient.as_str()).collect()
}

/// A prediction for each row, by a model fitted without any slice of its patient.
fn cross_validated(rows: &[Row], parameters: &Parameters) -> Vec<Prediction> {
	let folds = dealt(rows, parameters.folds);
	let fold_of = |row: &Row| folds.get(row.patient.as_str()).copied().unwrap_or_default();
	let models: Vec<_> = (0..parameters.folds)
		.map(|fold| {
			parameters.descent.fit(&rows.iter().filter(|row| fold_of(row) != fold).collect::<Vec<_>>())
		})
		.collect();
	let predict = |row: &Row| Prediction {
		probability: models[fold_of(row)].probability(&row.features),
		marked: row.marked,
	};
	rows.iter().map(predict).collect()
}

/// Deals patients into folds in the order of their pseudonyms, those with a mark first, so that every fold has its part
/// of them.
fn dealt(rows: &[Row], folds: usize) -> BTreeMap<&str, usize> {
	let with = patients(rows, true);
	let without = patients(rows, false);
	let only_without = without.difference(&with);
	with.iter().chain(only_without).enumerate().map(|(at, patient)| (*patient, at % folds)).collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	fn rows() -> Vec<Row> {
		let row = |number: usize| Row {
			patient: (number / 2).to_string(),
			marked: number.is_multiple_of(4),
			features: [(number % 4) as f64; features::COUNT],
		};
		(0..40).map(row).collect()
	}

	#[test]
	fn patients_should_be_in_one_fold_each() {
		let rows = rows();
		let folds = dealt(&rows, 5);
		assert_eq!(folds.len(), 20);
		for fold in 0..5 {
			let marked = patients(&rows, true).iter().filter(|patient| folds[**patient] == fold).count();
			assert_eq!(marked, 2);
		}
	}

	#[test]
	fn patient_should_be_judged_by_a_model_that_did_not_see_it() {
		let mut rows = rows();
		rows[7].features[3] = 50.0;
		let patient = rows[7].patient.clone();
		let parameters = Parameters { folds: 4, ..Parameters::default() };
		let folds = dealt(&rows, 4);
		let others: Vec<&Row> =
			rows.iter().filter(|row| folds[row.patient.as_str()] != folds[patient.as_str()]).collect();
		let unseen = parameters.descent.fit(&others).probability(&rows[7].features);
		let seen = parameters.descent.fit(&rows.iter().collect::<Vec<_>>()).probability(&rows[7].features);
		assert_eq!(cross_validated(&rows, &parameters)[7].probability, unseen);
		assert_ne!(seen, unseen);
	}

	#[test]
	fn parameters_should_have_defaults() {
		assert_eq!(Parameters::parse(b"").unwrap(), Parameters::default());
		assert_eq!(Parameters::parse(b"{}").unwrap(), Parameters::default());
		let chosen = Parameters::parse(b"{\"descent\": {\"rounds\": 7}, \"folds\": 3}").unwrap();
		assert_eq!((chosen.descent.rounds, chosen.folds, chosen.smallest_group), (7, 3, 10));
	}

	#[test]
	fn parameters_of_another_form_should_be_refused() {
		let wrong: [&[u8]; 4] = [b"{\"rounds\": 7}", b"7", b"{\"folds\": -1}", b"\xff"];
		for bytes in wrong {
			assert!(matches!(Parameters::parse(bytes), Err(Failure::ParametersInvalid(_))));
		}
		let out_of_bounds: [&[u8]; 3] =
			[b"{\"folds\": 1}", b"{\"smallest_group\": 0}", b"{\"descent\": {\"rounds\": 0}}"];
		for bytes in out_of_bounds {
			assert!(matches!(Parameters::parse(bytes), Err(Failure::OutOfBounds(_))));
		}
	}
}
