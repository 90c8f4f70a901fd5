//! `run`: one job from files.

use super::{
	CliError, REFUSED,
	job::JobArguments,
	lines::{Lines, grouped},
};
use clap::Args;
use heirloom_gate::decode;
use heirloom_sandbox::{Cancel, JobOutcome, OperatorFault, Stage, Verdict, Walls, run_job};
use serde_json::json;
use std::{
	fs,
	path::{Path, PathBuf},
	process::ExitCode,
};

/// Arguments of `run`.
#[derive(Debug, Args)]
pub struct Run {
	#[command(flatten)]
	job: JobArguments,
	/// Where the report goes, and what is released; an empty folder, or none yet.
	#[arg(long, value_name = "DIR")]
	out: PathBuf,
	/// Print JSON.
	#[arg(long)]
	json: bool,
}

impl Run {
	/// Runs the job.
	pub fn execute(&self) -> Result<ExitCode, CliError> {
		let spec = self.job.spec()?;
		let place = self.job.place()?;
		empty(&self.out)?;
		let outcome = run_job(&spec, &place.workplace, &Cancel::new(), |stage| {
			if !self.json {
				tell(stage);
			}
		})?;
		let names = hand_out(&outcome, &self.out)?;
		if outcome.bundle.is_some() || outcome.log.is_some() {
			place.workplace.commit(spec.permit_id)?;
		}
		if self.json {
			println!("{}", summary(&outcome, &names));
		} else {
			lines(&outcome, &names).print()?;
		}
		Ok(match outcome.report.verdict {
			Verdict::Released | Verdict::AwaitingOwner => ExitCode::SUCCESS,
			Verdict::Refused { .. } => ExitCode::from(REFUSED),
		})
	}
}

fn tell(stage: Stage) {
	match stage {
		Stage::Opening { asset } => eprintln!("opening asset {asset}"),
		// One line a file would bury the rest.
		Stage::Cleaning { asset, done } if done % 100 == 0 => {
			eprintln!("asset {asset}: {done} files de-identified")
		}
		Stage::Cleaning { .. } => {}
		Stage::Compiling => eprintln!("compiling"),
		Stage::Running => eprintln!("running"),
		Stage::Checking => eprintln!("checking the output"),
	}
}

fn empty(folder: &Path) -> Result<(), CliError> {
	let failed = |error| CliError::File { path: folder.display().to_string(), error };
	fs::create_dir_all(folder).map_err(failed)?;
	if fs::read_dir(folder).map_err(failed)?.next().is_some() {
		return Err(CliError::NotEmpty(folder.display().to_string()));
	}
	Ok(())
}

/// Writes report and released files, and returns the names of the latter.
fn hand_out(outcome: &JobOutcome, folder: &Path) -> Result<Vec<String>, CliError> {
	let failed = |path: &Path, error| CliError::File { path: path.display().to_string(), error };
	let write = |name: &str, bytes: &[u8]| {
		let path = folder.join(name);
		fs::write(&path, bytes).map_err(|error| failed(&path, error))
	};
	write("report.json", &pretty(&outcome.report.disclosed())?)?;
	if let Some(opening) = &outcome.opening {
		write("opening.json", &pretty(opening)?)?;
	}
	let mut names = Vec::new();
	for (bundle, file) in [(&outcome.bundle, "outputs.bundle"), (&outcome.log, "log.bundle")] {
		let Some(bundle) = bundle else { continue };
		write(file, bundle.bytes())?;
		let outputs =
			decode(bundle.bytes()).map_err(heirloom_gate::Error::from).map_err(OperatorFault::from)?;
		let released = folder.join("released");
		fs::create_dir_all(&released).map_err(|error| failed(&released, error))?;
		for output in outputs {
			// The gate allowed the name: no slash is in it.
			write(&format!("released/{}", output.name), &output.bytes)?;
			names.push(output.name);
		}
	}
	Ok(names)
}

fn pretty(value: &impl serde::Serialize) -> Result<Vec<u8>, CliError> {
	serde_json::to_vec_pretty(value).map_err(|error| CliError::Output(error.into()))
}

fn verdict(outcome: &JobOutcome) -> String {
	match (outcome.report.verdict, outcome.refusal) {
		(Verdict::Released, _) => "released".to_owned(),
		(Verdict::AwaitingOwner, _) => "awaits its owner".to_owned(),
		(Verdict::Refused { code }, Some(refusal)) => {
			format!("refused, {code} {}: {refusal}", refusal.code())
		}
		(Verdict::Refused { code }, None) => format!("refused, {code}"),
	}
}

fn summary(outcome: &JobOutcome, names: &[String]) -> serde_json::Value {
	let codes =
		|reasons: &[heirloom_gate::Reason]| reasons.iter().map(|reason| reason.code()).collect::<Vec<_>>();
	json!({
		"report": outcome.report,
		"refusal": outcome.refusal.map(|refusal| json!({ "code": refusal.code(), "reason": refusal.to_string() })),
		"reasons": codes(&outcome.reasons),
		"log_reasons": codes(&outcome.log_reasons),
		"released": names,
		"held": outcome.held.map(|id| id.to_string()),
		"shown": {
			"success": outcome.shown.success,
			"seconds": outcome.shown.seconds,
			"fuel": outcome.shown.fuel,
		},
		"private": outcome.private,
		"walls": outcome.walls,
	})
}

fn lines(outcome: &JobOutcome, names: &[String]) -> Lines {
	let mut lines = Lines::default();
	let report = &outcome.report;
	lines.add("verdict", verdict(outcome));
	for reason in &outcome.reasons {
		lines.add("held for", format!("{} {}: {reason}", reason.number(), reason.code()));
	}
	for reason in &outcome.log_reasons {
		lines.add("log held for", format!("{} {}: {reason}", reason.number(), reason.code()));
	}
	if let Some(id) = outcome.held {
		lines.add("kept as", id);
	}
	if !names.is_empty() {
		lines.add("released", names.join(", "));
	}
	lines.add("output", format!("{} bytes, padded", grouped(report.output_bytes)));
	if let Some(group) = report.smallest_group {
		lines.add("smallest group", group);
	}
	for input in &report.inputs {
		lines.add("input", format!("asset {}, {} traces of persons left out", input.asset, input.findings));
	}
	let unused = outcome.private.cleaned.iter().filter(|file| !file.used);
	for file in unused {
		let code = file.code.unwrap_or_default();
		lines.add("not used", format!("asset {}, file {}: {code}", file.asset, file.name));
	}
	lines
		.add("fuel", format!("{} (shown as {})", grouped(outcome.private.fuel), grouped(outcome.shown.fuel)));
	lines.add(
		"time",
		format!("{} ms (shown as {} s)", grouped(outcome.private.milliseconds), outcome.shown.seconds),
	);
	if let Some(walls) = outcome.walls {
		lines.add("walls", standing(&walls));
	}
	lines
}

fn standing(walls: &Walls) -> String {
	let missing = walls.missing().map(|wall| format!("; missing: {wall}")).unwrap_or_default();
	let memory = if walls.in_memory { "inputs in memory" } else { "inputs on disk" };
	format!("Landlock {:?}, seccomp {}, {memory}{missing}", walls.landlock, walls.seccomp).to_lowercase()
}
