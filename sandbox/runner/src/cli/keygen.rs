//! `keygen`: an operator's keys.

use super::{CliError, lines::Lines};
use clap::Args;
use heirloom_sandbox::SigningKey;
use heirloom_seal::{KeyFileError, SealingKey, SigningSeed};
use serde_json::json;
use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt, path::PathBuf, process::ExitCode};

/// Arguments of `keygen`.
#[derive(Debug, Args)]
pub struct Keygen {
	/// The operator's private folder; the keys become `keys/sealing` and `keys/signing` in it. None is written over.
	#[arg(long, value_name = "DIR", default_value = "/var/lib/heirloom-sandbox")]
	home: PathBuf,
	/// Print JSON.
	#[arg(long)]
	json: bool,
}

impl Keygen {
	/// Makes the keys, and prints the public ones, which the operator registers.
	pub fn execute(&self) -> Result<ExitCode, CliError> {
		let folder = self.home.join("keys");
		DirBuilder::new()
			.recursive(true)
			.mode(0o700)
			.create(&folder)
			.map_err(|error| CliError::File { path: folder.display().to_string(), error })?;
		let (sealing_path, signing_path) = (folder.join("sealing"), folder.join("signing"));
		// Before either is written, so that there are both or none.
		for path in [&sealing_path, &signing_path] {
			if path.exists() {
				return Err(KeyFileError::AlreadyExists(path.clone()).into());
			}
		}
		let (sealing, seed) = (SealingKey::generate()?, SigningSeed::generate()?);
		let signing = SigningKey::new(&seed).map_err(|_| KeyFileError::Malformed(signing_path.clone()))?;
		sealing.save(&sealing_path)?;
		seed.save(&signing_path)?;
		let account = signing.pair().public_key().to_account_id().to_string();
		if self.json {
			let text = json!({
				"sealing_key": sealing.public().to_string(),
				"signing_key": hex::encode(signing.public()),
				"signing_account": account,
				"files": [sealing_path, signing_path],
			});
			println!("{text}");
		} else {
			let mut lines = Lines::default();
			lines.add("sealing key", format!("0x{}", sealing.public()));
			lines.add("signing key", format!("0x{}", hex::encode(signing.public())));
			lines.add("signing account", account);
			lines.add("secret, in", sealing_path.display());
			lines.add("secret, in", signing_path.display());
			lines.print()?;
		}
		Ok(ExitCode::SUCCESS)
	}
}
