//! MB/s, from bytes to bytes, one thread each; the best of several rounds. The three go over the same slices.

use crate::{Result, pydicom};
use dicom_anonymization::Anonymizer;
use heirloom_deid::plant::{Plan, PlantedFile};
use heirloom_deid::{Deidentifier, Options, Salt};
use std::path::Path;
use std::time::Instant;

const ROUNDS: usize = 7;

/// What one of them did.
pub struct Measured {
	/// MB/s of input.
	pub rate: f64,
	/// Planted values that are still in its results.
	pub left: usize,
	name: String,
}

/// What all of them did.
pub struct Speed {
	/// This crate.
	pub ours: Measured,
	/// `dicom-anonymization`.
	pub theirs: Measured,
	/// `pydicom`, with the same table of actions.
	pub pydicom: Measured,
	files: usize,
	side: u16,
	megabytes: f64,
	planted: usize,
}

/// Measures all three, on slices of so many rows and columns.
pub fn measure(count: u64, side: u16, python: &Path) -> Result<Speed> {
	let plan = |seed| Plan { seed, side, ..Plan::default() };
	let files: Vec<PlantedFile> = (0..count).map(|seed| plan(seed).file()).collect();
	let megabytes = files.iter().map(|file| file.bytes.len()).sum::<usize>() as f64 / 1e6;
	let deidentifier = Deidentifier::new(Salt::new([7; 32]), Options::new(2026));
	let ours = rust("heirloom-deid", &files, megabytes, |bytes| {
		let (result, _) = deidentifier.deidentify(bytes).map_err(|refusal| refusal.to_string())?;
		Ok(result)
	})?;
	let anonymizer = Anonymizer::default();
	let theirs = rust("dicom-anonymization", &files, megabytes, |bytes| {
		let mut result = Vec::with_capacity(bytes.len());
		anonymizer.anonymize(bytes)?.write(&mut result)?;
		Ok(result)
	})?;
	let python = pydicom::run(python, &files)?;
	let left = left(&files, &python.results);
	let pydicom = Measured { rate: megabytes / python.seconds, left, name: python.name };
	let planted = files.iter().map(|file| file.planted.len()).sum();
	Ok(Speed { ours, theirs, pydicom, files: files.len(), side, megabytes, planted })
}

fn rust(
	name: &str,
	files: &[PlantedFile],
	megabytes: f64,
	clean: impl Fn(&[u8]) -> Result<Vec<u8>>,
) -> Result<Measured> {
	let mut best = f64::INFINITY;
	for _ in 0..ROUNDS {
		let start = Instant::now();
		for file in files {
			std::hint::black_box(clean(&file.bytes)?);
		}
		best = best.min(start.elapsed().as_secs_f64());
	}
	let results: Vec<Vec<u8>> = files.iter().map(|file| clean(&file.bytes)).collect::<Result<_>>()?;
	Ok(Measured { rate: megabytes / best, left: left(files, &results), name: name.to_owned() })
}

fn left(files: &[PlantedFile], results: &[Vec<u8>]) -> usize {
	files.iter().zip(results).map(|(file, result)| file.survivors(result).len()).sum()
}

impl Speed {
	/// A row for each of them.
	pub fn table(&self) -> String {
		let head = format!(
			"{} slices of {} by {}, {:.1} MB, {} planted values\n{:<28}{:>10}{:>12}{:>14}\n",
			self.files,
			self.side,
			self.side,
			self.megabytes,
			self.planted,
			"",
			"MB/s",
			"ours / it",
			"values left"
		);
		let rows = [&self.ours, &self.theirs, &self.pydicom].map(|one| {
			format!("{:<28}{:>10.1}{:>12.2}{:>14}\n", one.name, one.rate, self.ours.rate / one.rate, one.left)
		});
		head + &rows.concat()
	}
}
