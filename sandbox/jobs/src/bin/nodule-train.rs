//! Trains a classifier of CT slices: see `heirloom_jobs::train`.

use heirloom_jobs::{DATA, Failure, OUT, PARAMETERS, data, finish, train};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
	finish(job())
}

fn job() -> Result<(), Failure> {
	let parameters = data::parameters(Path::new(PARAMETERS))?;
	train::run(Path::new(DATA), &parameters, Path::new(OUT))
}
