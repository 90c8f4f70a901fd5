//! `measure`: what an operator registers of the program it runs.

use super::{CliError, lines::Lines};
use clap::Args;
use heirloom_sandbox::{engine_settings, measure};
use serde_json::json;
use std::{
	path::{Path, PathBuf},
	process::ExitCode,
};

/// Arguments of `measure`.
#[derive(Debug, Args)]
pub struct Measure {
	/// Another program than this one, of the same version.
	#[arg(long, value_name = "FILE")]
	program: Option<PathBuf>,
	/// Of a runner that is started with the same: another one than with all walls.
	#[arg(long)]
	accept_missing_walls: bool,
	/// Print JSON.
	#[arg(long)]
	json: bool,
}

impl Measure {
	/// Prints the measurement.
	pub fn execute(&self) -> Result<ExitCode, CliError> {
		let program = self.program.as_deref().unwrap_or(Path::new("/proc/self/exe"));
		let hash = measure(program, !self.accept_missing_walls)
			.map_err(|error| CliError::File { path: program.display().to_string(), error })?;
		let hash = hex::encode(hash);
		if self.json {
			println!("{}", json!({ "measurement": hash, "engine": engine_settings() }));
		} else {
			let mut lines = Lines::default();
			lines.add("measurement", format!("0x{hash}"));
			lines.add("engine", engine_settings());
			lines.print()?;
		}
		Ok(ExitCode::SUCCESS)
	}
}
