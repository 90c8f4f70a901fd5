//! A fault tried by a process of its own, beside others: it has its own ports and namespaces, and waits for its nodes alone.

use crate::{
	faults::{Fault, Options},
	report::Outcome,
};
use anyhow::{Context, Result};
use std::{env, fs, path::Path, process::Stdio, time::Instant};
use tokio::{
	io::{AsyncBufReadExt, AsyncRead, BufReader},
	process::Command,
};

/// Tries a fault. What goes wrong is part of the outcome.
pub async fn run(fault: Fault, options: Options, keep: Option<&Path>) -> Result<Outcome> {
	let begun = Instant::now();
	let directory = tempfile::tempdir()?;
	let file = directory.path().join("outcome.json");
	let mut command = Command::new("setpriv");
	// Asked to end where we end, so that its nodes and namespaces vanish with it.
	command.args(["--pdeathsig", "TERM"]).arg(env::current_exe()?);
	command.arg(fault.name()).arg("--json").arg(&file);
	command.args(["--seed", &options.seed.to_string()]);
	command.args(options.minutes.map(|minutes| format!("--minutes={minutes}")));
	if let Some(keep) = keep {
		command.arg("--keep").arg(keep);
	}
	// Its table is a part of ours. What it says goes through us, so that no two write into a line.
	let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
	let last = match child.stderr.take() {
		Some(stderr) => pass_on(stderr).await?,
		None => None,
	};
	child.wait().await?;
	let Ok(text) = fs::read_to_string(&file) else {
		let why = last.unwrap_or_else(|| "it ended without a word".into());
		return Ok(Outcome::failure(fault.name(), why, begun.elapsed()));
	};
	let outcomes: Vec<Outcome> = serde_json::from_str(&text)?;
	outcomes.into_iter().next().context("an outcome without a fault")
}

/// Says what a process says; its last line.
async fn pass_on(stderr: impl AsyncRead + Unpin) -> Result<Option<String>> {
	let mut lines = BufReader::new(stderr).lines();
	let mut last = None;
	while let Some(line) = lines.next_line().await? {
		eprintln!("{line}");
		last = Some(line);
	}
	Ok(last)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[tokio::test]
	async fn last_line_is_what_a_process_ended_with() {
		assert_eq!(pass_on(&b"kill 3 s\nno node\n"[..]).await.unwrap().as_deref(), Some("no node"));
		assert_eq!(pass_on(&b""[..]).await.unwrap(), None);
	}
}
