//! A fault tried by a process of its own, beside others: whatever is waited for in one holds up none of the others.

use crate::{
	faults::{Fault, Options},
	programs,
	report::Outcome,
};
use anyhow::{Context, Result};
use std::{
	env, fs,
	path::Path,
	process::Stdio,
	thread,
	time::{Duration, Instant},
};
use tokio::{
	io::{AsyncBufReadExt, AsyncRead, BufReader},
	process::{Child, Command},
};

/// How long a process that is asked to end may take for its nodes, namespaces and file systems.
const PATIENCE: Duration = Duration::from_secs(60);

/// Tries a fault. What goes wrong is part of the outcome.
pub async fn run(fault: Fault, options: Options, keep: Option<&Path>) -> Outcome {
	let begun = Instant::now();
	let outcome = attempt(fault, options, keep).await;
	outcome.unwrap_or_else(|error| Outcome::failure(fault.name(), format!("{error:#}"), begun.elapsed()))
}

async fn attempt(fault: Fault, options: Options, keep: Option<&Path>) -> Result<Outcome> {
	let directory = tempfile::tempdir()?;
	let file = directory.path().join("outcome.json");
	let mut command = Command::new("setpriv");
	// Asked to end also where this program is killed.
	command.args(["--pdeathsig", "TERM"]).arg(env::current_exe()?);
	command.arg(fault.name()).arg("--json").arg(&file);
	command.args(["--seed", &options.seed.to_string()]);
	command.args(options.minutes.map(|minutes| format!("--minutes={minutes}")));
	if let Some(keep) = keep {
		command.arg("--keep").arg(keep);
	}
	let ended = Trial::start(&mut command)?.ended().await?;
	let text = fs::read(&file).ok().context(ended)?;
	let outcomes: Vec<Outcome> = serde_json::from_slice(&text)?;
	outcomes.into_iter().next().context("it told of no fault")
}

/// A process that tries something. Where it is let go of, it is asked to end and waited for.
struct Trial {
	process: Child,
}

impl Trial {
	/// Starts it. Its table is a part of ours; what else it says goes through us, so that no two write into one line.
	fn start(command: &mut Command) -> Result<Self> {
		let process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
		Ok(Self { process })
	}

	/// Waits for its end; how it ended, with the last that it said.
	async fn ended(mut self) -> Result<String> {
		let stderr = self.process.stderr.take().context("it has no stderr")?;
		// By a task of its own: what it says while it is being ended has a reader, too.
		let said = tokio::spawn(pass_on(stderr));
		let status = self.process.wait().await?;
		Ok(format!("{status}: {}", said.await??))
	}
}

impl Drop for Trial {
	fn drop(&mut self) {
		let Some(process) = self.process.id() else { return };
		let asked =
			programs::run(std::process::Command::new("kill").args(["-s", "TERM", &process.to_string()]));
		let begun = Instant::now();
		while asked.is_ok() && begun.elapsed() < PATIENCE && matches!(self.process.try_wait(), Ok(None)) {
			thread::sleep(Duration::from_millis(50));
		}
	}
}

/// Says what a process says; its last line.
async fn pass_on(stderr: impl AsyncRead + Unpin) -> Result<String> {
	let mut lines = BufReader::new(stderr).split(b'\n');
	let mut last = "it said nothing".to_owned();
	while let Some(line) = lines.next_segment().await? {
		last = String::from_utf8_lossy(&line).into_owned();
		eprintln!("{last}");
	}
	Ok(last)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn shell(script: &str) -> Trial {
		Trial::start(Command::new("sh").args(["-c", script])).unwrap()
	}

	#[tokio::test]
	async fn end_is_told_with_the_last_line() {
		let ended = shell("echo kill 3 s >&2; printf 'no node \\377' >&2; exit 3").ended().await.unwrap();
		assert_eq!(ended, "exit status: 3: no node \u{fffd}");
		let killed = shell("kill -9 $$").ended().await.unwrap();
		assert_eq!(killed, "signal: 9 (SIGKILL): it said nothing");
	}

	#[tokio::test]
	async fn trial_that_is_let_go_of_ends_in_order() {
		let directory = tempfile::tempdir().unwrap();
		let (begun, gone) = (directory.path().join("begun"), directory.path().join("gone"));
		let script = format!(
			"trap 'touch {}; exit' TERM; touch {}; while :; do sleep 0.05; done",
			gone.display(),
			begun.display()
		);
		let trial = shell(&script);
		while !begun.exists() {
			tokio::time::sleep(Duration::from_millis(10)).await;
		}
		drop(trial);
		assert!(gone.exists());
	}
}
