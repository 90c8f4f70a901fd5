//! Measures how robust a model is: see `heirloom_jobs::robustness`.

use heirloom_jobs::{DATA, Failure, OUT, PARAMETERS, data, finish, robustness};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
	finish(job())
}

fn job() -> Result<(), Failure> {
	let parameters = data::parameters(Path::new(PARAMETERS))?;
	// The sandbox's random source is seeded by the permit: who repeats the job gets the same numbers.
	let seed = getrandom::u64().map_err(|_| Failure::NoRandomSource)?;
	robustness::run(Path::new(DATA), &parameters, Path::new(OUT), seed)
}
