//! The same slices through Python's pydicom, in a process of its own that keeps time itself.

use crate::Result;
use heirloom_deid::plant::PlantedFile;
use serde::Deserialize;
use std::path::Path;
use std::process::Command;

/// What the process did.
pub struct Run {
	/// Seconds for all slices, in the best round.
	pub seconds: f64,
	/// The results, in the order of the slices.
	pub results: Vec<Vec<u8>>,
	/// Its name, with the versions of pydicom and Python.
	pub name: String,
}

#[derive(Deserialize)]
struct Answer {
	seconds: f64,
	name: String,
}

/// Runs `pydicom_profile.py`.
pub fn run(python: &Path, files: &[PlantedFile]) -> Result<Run> {
	let folder = tempfile::tempdir()?;
	let (input, output) = (folder.path().join("in"), folder.path().join("out"));
	std::fs::create_dir(&input)?;
	std::fs::create_dir(&output)?;
	let name = |at: usize| format!("{at:06}.dcm");
	for (at, file) in files.iter().enumerate() {
		std::fs::write(input.join(name(at)), &file.bytes)?;
	}
	let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
	let program = crate_folder.join("examples/bench/pydicom_profile.py");
	let run =
		Command::new(python).arg(program).args([&crate_folder.join("data"), &input, &output]).output()?;
	if !run.status.success() {
		return Err(format!("pydicom failed: {}", String::from_utf8_lossy(&run.stderr)).into());
	}
	let Answer { seconds, name: version } = serde_json::from_slice(&run.stdout)?;
	let results: std::io::Result<_> =
		(0..files.len()).map(|at| std::fs::read(output.join(name(at)))).collect();
	Ok(Run { seconds, results: results?, name: version })
}
