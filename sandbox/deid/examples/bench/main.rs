//! De-identification, measured: how much of what is planted is found, and how fast, beside the crate
//! `dicom-anonymization` and Python's `pydicom` on the same files in the same run.
//!
//! `bench --python PYTHON [--files N] [--planted N] [--json FILE]`, as `scripts/bench deid` calls it. `--files` are the
//! slices that speed is measured on, `--planted` those that recall is.

mod arguments;
mod pydicom;
mod recall;
mod speed;

use arguments::Arguments;
use serde_json::json;
use speed::Speed;
use std::error::Error;

/// Rows and columns of an ordinary CT slice, by which the figures are.
const SIDE: u16 = 512;
/// A slice that is mostly header: pixels are copied, which says little.
const SMALL: u16 = 32;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
	let arguments = Arguments::parse(std::env::args().skip(1))?;
	let recall = recall::measure(arguments.planted)?;
	print!("{}", recall.table());
	let speed = speed::measure(arguments.files, SIDE, &arguments.python)?;
	print!("\n{}", speed.table());
	let small = speed::measure(arguments.files, SMALL, &arguments.python)?;
	print!("\n{}", small.table());
	if let Some(path) = &arguments.json {
		let Speed { ours, theirs, pydicom, .. } = speed;
		let figures = json!({
			"deid_mb_s": ours.rate,
			"deid_vs_crate": ours.rate / theirs.rate,
			"deid_vs_pydicom": ours.rate / pydicom.rate,
			"recall": recall.part(),
		});
		std::fs::write(path, format!("{figures:#}\n"))?;
	}
	Ok(())
}
