//! `verify`: repeats a job from its report, and compares.

use super::{
	CliError, DIFFERS,
	job::{JobArguments, malformed, read},
	lines::Lines,
};
use clap::Args;
use heirloom_sandbox::{Cancel, JobReport, repeat_job};
use serde_json::json;
use std::{path::PathBuf, process::ExitCode};

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct Verify {
	#[command(flatten)]
	job: JobArguments,
	/// The report, as `run` and `serve` write it.
	#[arg(long, value_name = "FILE")]
	report: PathBuf,
	/// Print JSON.
	#[arg(long)]
	json: bool,
}

impl Verify {
	/// Repeats the job.
	pub fn execute(&self) -> Result<ExitCode, CliError> {
		let report: JobReport =
			serde_json::from_slice(&read(&self.report)?).map_err(|error| malformed(&self.report, error))?;
		let spec = self.job.spec()?;
		let place = self.job.place()?;
		let outcome = repeat_job(&spec, &place.workplace, &Cancel::new(), |_| {})?;
		let differences = report.differences(&outcome.report);
		if self.json {
			let text = json!({
				"same": differences.is_empty(),
				"differences": differences,
				"report": report,
				"repeated": outcome.report,
			});
			println!("{text}");
		} else {
			lines(&report, &outcome.report, &differences).print()?;
		}
		Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(DIFFERS) })
	}
}

fn lines(report: &JobReport, repeated: &JobReport, differences: &[heirloom_sandbox::Difference]) -> Lines {
	let mut lines = Lines::default();
	lines.add("repetition", if differences.is_empty() { "the same" } else { "differs" });
	for difference in differences {
		lines.add("differs in", format!("{difference:?}").to_lowercase());
	}
	for (name, one, other) in [
		("measurement", report.measurement, repeated.measurement),
		("code", report.code_hash, repeated.code_hash),
		("parameters", report.parameters_hash, repeated.parameters_hash),
		("output", report.output, repeated.output),
	] {
		let (one, other) = (hex::encode(one), hex::encode(other));
		lines.add(name, if one == other { one } else { format!("{one}, repeated {other}") });
	}
	for (input, other) in report.inputs.iter().zip(&repeated.inputs) {
		let (one, other) = (hex::encode(input.commitment), hex::encode(other.commitment));
		let text = if one == other { one } else { format!("{one}, repeated {other}") };
		lines.add("input", format!("asset {}, {text}", input.asset));
	}
	lines
}
