//! What a job leaves in `/out`: files, and the manifest that says what they are.

use crate::Failure;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// Columns of a table about people. Every table of these jobs says how many patients a row stands for, and the mean and
/// standard deviation of a probability over their slices.
const COUNT: &str = "patients";
const MEAN: &str = "mean_probability";
const DEVIATION: &str = "probability_deviation";

/// A row of a table.
pub struct Row {
	/// Values of the key columns.
	pub keys: Vec<String>,
	/// How many patients it stands for.
	pub patients: usize,
	/// Mean and standard deviation.
	pub moments: (f64, f64),
}

/// Files on their way.
#[derive(Default)]
pub struct Outputs {
	files: Vec<(&'static str, Vec<u8>)>,
	declarations: Vec<Value>,
}

impl Outputs {
	/// Adds a model.
	pub fn model(&mut self, name: &'static str, bytes: Vec<u8>) {
		self.files.push((name, bytes));
		self.declarations.push(json!({ "name": name, "kind": "model" }));
	}

	/// Adds a table. The caller sees to it that no row stands for too few.
	pub fn table(&mut self, name: &'static str, keys: &[&str], rows: &[Row]) {
		let mut csv = [keys, &[COUNT, MEAN, DEVIATION]].concat().join(",");
		for row in rows {
			let (mean, deviation) = row.moments;
			csv += &format!("\n{},{},{mean},{deviation}", row.keys.join(","), row.patients);
		}
		csv.push('\n');
		self.files.push((name, csv.into_bytes()));
		self.declarations.push(json!({
			"name": name, "kind": "table", "keys": keys, "counts": [COUNT],
			"values": [
				{ "column": MEAN, "statistic": "mean", "of": COUNT },
				{ "column": DEVIATION, "statistic": "deviation", "of": COUNT },
			],
		}));
	}

	/// Adds figures that were computed from so many patients.
	pub fn metrics(&mut self, name: &'static str, patients: usize, figures: Vec<(String, f64)>) {
		let figures: Map<String, Value> =
			figures.into_iter().map(|(name, figure)| (name, json!(figure))).collect();
		self.files.push((name, Value::Object(figures).to_string().into_bytes()));
		self.declarations.push(json!({ "name": name, "kind": "metrics", "records": patients }));
	}

	/// Writes the files and, last, the manifest.
	pub fn write(mut self, folder: &Path) -> Result<(), Failure> {
		let manifest = json!({ "version": 1, "outputs": self.declarations });
		self.files.push(("outputs.json", manifest.to_string().into_bytes()));
		for (name, bytes) in self.files {
			fs::write(folder.join(name), bytes).map_err(|_| Failure::OutputUnwritable)?;
		}
		Ok(())
	}
}
