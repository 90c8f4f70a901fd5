//! The programs that are put to the test, and what is needed to do it.

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::{
	env, fs,
	path::{Path, PathBuf},
	process::{Command, Output},
};

/// Variables that name the wasm of runtimes which upgrades bring.
const NEXT: &str = "HEIRLOOM_NEXT_RUNTIME";
const BROKEN: &str = "HEIRLOOM_BROKEN_RUNTIME";
const REPAIRED: &str = "HEIRLOOM_REPAIRED_RUNTIME";

/// Where the programs are.
#[derive(Clone, Debug)]
pub struct Programs {
	/// The node.
	pub node: PathBuf,
	/// The client.
	pub client: PathBuf,
	/// The runtime that an upgrade is rehearsed with, where there is one.
	pub next_runtime: Option<PathBuf>,
	/// One of the same version, with which no block can be made.
	pub broken_runtime: Option<PathBuf>,
	/// The version after both.
	pub repaired_runtime: Option<PathBuf>,
}

impl Programs {
	/// Those that `HEIRLOOM_NODE` and `HEIRLOOM` name, or else those beside this program. Runtimes that upgrades bring are
	/// named by `HEIRLOOM_NEXT_RUNTIME`, `HEIRLOOM_BROKEN_RUNTIME` and `HEIRLOOM_REPAIRED_RUNTIME`.
	pub fn find() -> Result<Self> {
		Ok(Self {
			node: find("HEIRLOOM_NODE", "heirloom-node")?,
			client: find("HEIRLOOM", "heirloom")?,
			next_runtime: env::var_os(NEXT).map(PathBuf::from),
			broken_runtime: env::var_os(BROKEN).map(PathBuf::from),
			repaired_runtime: env::var_os(REPAIRED).map(PathBuf::from),
		})
	}

	/// What the node says of its chain of four validators.
	pub fn local_spec(&self) -> Result<Value> {
		let output = run(Command::new(&self.node).args(["export-chain-spec", "--chain", "local"]))?;
		serde_json::from_slice(&output.stdout).context("the node gave no chain spec")
	}

	/// The code of the next runtime.
	///
	/// # Errors
	/// Where none is named.
	pub fn next_code(&self) -> Result<Vec<u8>> {
		code(self.next_runtime.as_deref(), "next", NEXT)
	}

	/// Code of the same version that panics at the beginning of a block.
	///
	/// # Errors
	/// Where none is named.
	pub fn broken_code(&self) -> Result<Vec<u8>> {
		code(self.broken_runtime.as_deref(), "broken", BROKEN)
	}

	/// Code of the version after both.
	///
	/// # Errors
	/// Where none is named.
	pub fn repaired_code(&self) -> Result<Vec<u8>> {
		code(self.repaired_runtime.as_deref(), "repaired", REPAIRED)
	}

	/// The spec in a file, in full.
	pub fn raw_spec(&self, spec: &Path) -> Result<Vec<u8>> {
		let output = run(Command::new(&self.node).args(["export-chain-spec", "--raw", "--chain"]).arg(spec))?;
		Ok(output.stdout)
	}
}

fn code(wasm: Option<&Path>, which: &str, variable: &str) -> Result<Vec<u8>> {
	let how = "as scripts/chaos does after building it";
	let wasm =
		wasm.with_context(|| format!("there is no {which} runtime: name its wasm with {variable}, {how}"))?;
	fs::read(wasm).with_context(|| format!("{} cannot be read", wasm.display()))
}

fn find(variable: &str, name: &str) -> Result<PathBuf> {
	let program = match env::var_os(variable) {
		Some(path) => PathBuf::from(path),
		None => env::current_exe()?.with_file_name(name),
	};
	ensure!(
		program.is_file(),
		"{} is not there; build it, or name another with {variable}",
		program.display()
	);
	Ok(program)
}

/// Runs a program to its end.
///
/// # Errors
/// With the last line that it said, where it failed.
pub fn run(command: &mut Command) -> Result<Output> {
	let program = Path::new(command.get_program()).display().to_string();
	let output = command.output().with_context(|| format!("{program} cannot be run"))?;
	if !output.status.success() {
		let said = String::from_utf8_lossy(&output.stderr);
		bail!("{program}: {}", said.trim().lines().last().unwrap_or("failed without a word"));
	}
	Ok(output)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn failing_program_is_quoted() {
		let error =
			run(Command::new("sh").args(["-c", "echo first >&2; echo last >&2; exit 3"])).unwrap_err();
		assert_eq!(error.to_string(), "sh: last");
	}
}
