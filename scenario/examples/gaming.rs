//! Prints what attacks on the money cost and gain, played on `scenarios/march-2026`.
//!
//! usage: gaming [SCENARIO_DIR]

use heirloom_scenario::{
	Scenario,
	gaming::{play, tables},
};
use std::{error::Error, path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
	match run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("{error}");
			ExitCode::FAILURE
		}
	}
}

fn run() -> Result<(), Box<dyn Error>> {
	let given = std::env::args_os().nth(1).map(PathBuf::from);
	let march = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../scenarios/march-2026");
	let attacks = play(&Scenario::read(&given.unwrap_or_else(march))?)?;
	println!("{}\n", tables::figures(&attacks).join("\n"));
	println!("{}", tables::rules().join("\n"));
	Ok(())
}
