//! The commands.

mod job;
mod keygen;
mod lines;
mod measure;
mod run;
mod verify;

use clap::{Parser, Subcommand};
use std::{io, process::ExitCode};

/// Runs approved code beside sensitive data, and releases only what was agreed.
///
/// Exit codes: 0 released, or what was asked for; 10 refused; 11 a failure of this machine; 12 a repetition differs.
#[derive(Debug, Parser)]
#[command(name = "heirloom-sandbox", version)]
struct Arguments {
	#[command(subcommand)]
	command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
	/// Run one job from files, to try code or parameters.
	Run(run::Run),
	/// Follow an operator's permits on chain and run their jobs.
	Serve(heirloom_sandbox::serve::ServeArgs),
	/// Repeat a job from its report and compare.
	Verify(verify::Verify),
	/// Make an operator's keys.
	Keygen(keygen::Keygen),
	/// Print the measurement that an operator registers.
	Measure(measure::Measure),
}

/// A refusal's exit code.
const REFUSED: u8 = 10;
/// That of a failure of this machine.
const FAULT: u8 = 11;
/// That of a repetition that differs.
const DIFFERS: u8 = 12;

/// What ends a command early.
#[derive(Debug, thiserror::Error)]
enum CliError {
	#[error("{0}")]
	Fault(#[from] heirloom_sandbox::OperatorFault),
	#[error("{code}: {error}", code = .0.code(), error = .0)]
	Serve(#[from] heirloom_sandbox::serve::ServeError),
	#[error("{path}: {error}")]
	File { path: String, error: io::Error },
	#[error("{path}: {error}")]
	Malformed { path: String, error: String },
	#[error("{0}")]
	Key(#[from] heirloom_seal::KeyFileError),
	#[error("{0}")]
	Randomness(#[from] heirloom_seal::NoRandomness),
	#[error("{0}: is not empty")]
	NotEmpty(String),
	#[error("standard output: {0}")]
	Output(#[from] io::Error),
}

/// Runs a command.
pub fn main() -> ExitCode {
	let result = match Arguments::parse().command {
		Command::Run(run) => run.execute(),
		Command::Serve(arguments) => {
			heirloom_sandbox::serve::run(&arguments).map(|()| ExitCode::SUCCESS).map_err(CliError::from)
		}
		Command::Verify(verify) => verify.execute(),
		Command::Keygen(keygen) => keygen.execute(),
		Command::Measure(measure) => measure.execute(),
	};
	result.unwrap_or_else(|error| {
		eprintln!("heirloom-sandbox: {error}");
		ExitCode::from(FAULT)
	})
}
