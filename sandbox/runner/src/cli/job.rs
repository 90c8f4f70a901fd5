//! A job from files.
//!
//! ```toml
//! permit = 17
//! consumer = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"  # whose budget; zeros if left out
//! code_hash = "…"            # what was agreed; what the file has if left out
//! parameters_hash = "…"      # likewise
//!
//! [gate]
//! output_cap = 65536
//! smallest_group = 10
//! largest_output = 1048576   # 1 MiB if left out
//! largest_model = 0
//! release_budget = 1048576
//!
//! [limits]                   # what `serve` uses if left out
//! fuel = 1000000000
//!
//! [[inputs]]
//! asset = 1
//! medical = true
//! path = "study.sealed"      # a sealed file, or without a key a plain file or folder
//! key = "study.key"
//! content = "bafy…"          # what was agreed; not looked at if left out
//! ```
//!
//! Paths are relative to the file.

use super::CliError;
use clap::Args;
use heirloom_sandbox::{GatePolicy, Hash, InputSpec, JobSpec, Limits, Setting, Source, Workplace};
use heirloom_seal::{ContentId, DataKey};
use serde::Deserialize;
use sp_crypto_hashing::blake2_256;
use std::{
	fs,
	path::{Path, PathBuf},
};
use tempfile::TempDir;

/// What a job is made of, and where it runs.
#[derive(Debug, Args)]
pub struct JobArguments {
	/// Permit, policy and inputs, as a TOML file.
	#[arg(value_name = "JOB.toml")]
	job: PathBuf,
	/// The wasm module.
	#[arg(long, value_name = "FILE")]
	code: PathBuf,
	/// The parameters; an empty object if left out.
	#[arg(long, value_name = "FILE")]
	parameters: Option<PathBuf>,
	/// Keep ledger, quarantine and compiled modules here. Without it, nothing outlives the command: no budget is charged.
	#[arg(long, value_name = "DIR")]
	home: Option<PathBuf>,
	/// Where inputs are opened: a file system in memory.
	#[arg(long, value_name = "DIR", default_value = "/dev/shm")]
	scratch: PathBuf,
	/// Run even where a wall around the worker does not stand on this machine.
	#[arg(long)]
	accept_missing_walls: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
	permit: u64,
	#[serde(default)]
	consumer: Hexed,
	code_hash: Option<Hexed>,
	parameters_hash: Option<Hexed>,
	gate: GatePolicy,
	#[serde(default)]
	limits: Limits,
	#[serde(default)]
	inputs: Vec<InputDocument>,
}

/// 32 bytes in hexadecimal.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
struct Hexed(#[serde(with = "hex::serde")] Hash);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InputDocument {
	asset: u32,
	#[serde(default)]
	medical: bool,
	path: PathBuf,
	key: Option<PathBuf>,
	content: Option<ContentId>,
}

/// A place to run in; one without a home of its own is gone with this value.
pub struct Place {
	/// The place.
	pub workplace: Workplace,
	_temporary: Option<TempDir>,
}

impl JobArguments {
	/// Reads the job.
	pub fn spec(&self) -> Result<JobSpec, CliError> {
		let text = String::from_utf8(read(&self.job)?).map_err(|error| malformed(&self.job, error))?;
		let document: Document = toml::from_str(&text).map_err(|error| malformed(&self.job, error))?;
		let code = read(&self.code)?;
		let parameters = self.parameters.as_deref().map_or_else(|| Ok(b"{}".to_vec()), read)?;
		let folder = self.job.parent().unwrap_or(Path::new("."));
		let inputs = document.inputs.into_iter().map(|input| input.spec(folder));
		Ok(JobSpec {
			permit_id: document.permit,
			code_hash: document.code_hash.map_or_else(|| blake2_256(&code), |Hexed(hash)| hash),
			parameters_hash: document
				.parameters_hash
				.map_or_else(|| blake2_256(&parameters), |Hexed(hash)| hash),
			code,
			parameters,
			inputs: inputs.collect::<Result<_, _>>()?,
			limits: document.limits,
			gate: document.gate,
			consumer: document.consumer.0,
		})
	}

	/// Opens the place that it runs in.
	pub fn place(&self) -> Result<Place, CliError> {
		let (home, temporary) = match &self.home {
			Some(home) => (home.clone(), None),
			None => {
				let folder = TempDir::new()
					.map_err(|error| CliError::File { path: "temporary folder".to_owned(), error })?;
				(folder.path().to_owned(), Some(folder))
			}
		};
		let mut setting = Setting::new(home);
		setting.scratch.clone_from(&self.scratch);
		setting.require_walls = !self.accept_missing_walls;
		Ok(Place { workplace: Workplace::open(setting)?, _temporary: temporary })
	}
}

impl InputDocument {
	fn spec(self, folder: &Path) -> Result<InputSpec, CliError> {
		let path = folder.join(self.path);
		let source = match self.key {
			Some(key) => {
				Source::Sealed { path, content: self.content, key: DataKey::load(&folder.join(key))? }
			}
			None => Source::Plain { path },
		};
		Ok(InputSpec { asset: self.asset, medical: self.medical, source, masks: Vec::new() })
	}
}

/// Reads a file.
pub fn read(path: &Path) -> Result<Vec<u8>, CliError> {
	fs::read(path).map_err(|error| CliError::File { path: path.display().to_string(), error })
}

/// Says what is wrong with a file's content.
pub fn malformed(path: &Path, error: impl ToString) -> CliError {
	CliError::Malformed { path: path.display().to_string(), error: error.to_string() }
}
