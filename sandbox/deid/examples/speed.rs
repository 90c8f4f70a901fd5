//! Time per file against `dicom-anonymization`, both from bytes to bytes: `speed [FILES]`.

use dicom_anonymization::Anonymizer;
use heirloom_deid::{Deidentifier, Options, Salt, plant::Plan};
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
	let count: u64 = std::env::args().nth(1).map_or(Ok(200), |count| count.parse())?;
	let files: Vec<Vec<u8>> = (0..count).map(|seed| Plan { seed, ..Plan::default() }.file().bytes).collect();
	let megabytes = files.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;

	let deidentifier = Deidentifier::new(Salt::new([7; 32]), Options::new(2026));
	let ours = measure(megabytes, || {
		for file in &files {
			deidentifier.deidentify(file).map(drop).map_err(|refusal| refusal.to_string())?;
		}
		Ok(())
	})?;
	let anonymizer = Anonymizer::default();
	let theirs = measure(megabytes, || {
		for file in &files {
			let mut result = Vec::with_capacity(file.len());
			anonymizer.anonymize(&file[..])?.write(&mut result)?;
		}
		Ok(())
	})?;
	println!(
		"heirloom-deid {ours:.0} MB/s, dicom-anonymization {theirs:.0} MB/s, ratio {:.2}",
		ours / theirs
	);
	Ok(())
}

/// MB/s of the fastest of five rounds.
fn measure(
	megabytes: f64,
	mut run: impl FnMut() -> Result<(), Box<dyn Error>>,
) -> Result<f64, Box<dyn Error>> {
	let mut best = f64::INFINITY;
	for _ in 0..5 {
		let start = Instant::now();
		run()?;
		best = best.min(start.elapsed().as_secs_f64());
	}
	Ok(megabytes / best)
}
