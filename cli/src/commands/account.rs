//! `heirloom account`: makes a secret, and shows whose account one is.

use crate::{
	chain::accounts::id_of,
	output,
	secret::{SecretArgs, key_of},
};
use anyhow::{Context, Result};
use clap::Subcommand;
use serde_json::json;
use std::{
	fs::{File, OpenOptions},
	io::{Read, Write},
	os::unix::fs::OpenOptionsExt,
	path::{Path, PathBuf},
};
use subxt_signer::bip39::Mnemonic;

/// Bytes of chance in a phrase of 24 words.
const ENTROPY: usize = 32;

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
	/// Make a new account, and write its secret, a phrase of 24 words, to a new file that nobody else can read.
	New {
		/// The new file.
		file: PathBuf,
	},
	/// Show the address of a secret's account.
	Show {
		#[command(flatten)]
		secret: SecretArgs,
	},
}

/// Runs the command, which asks no node.
pub fn run(command: &AccountCommand, json: bool) -> Result<()> {
	let account = match command {
		AccountCommand::New { file } => id_of(&key_of(&make(file)?)?),
		// Nothing is signed, so it may be the account of a secret that everybody has.
		AccountCommand::Show { secret } => id_of(&secret.key(true)?),
	};
	if json { output::json(&json!({ "account": account })) } else { output::line(account) }
}

/// Writes a new phrase into a new file, and returns it.
fn make(file: &Path) -> Result<String> {
	let mut entropy = [0; ENTROPY];
	File::open("/dev/urandom")
		.and_then(|mut chance| chance.read_exact(&mut entropy))
		.context("the system provides no randomness")?;
	let phrase = Mnemonic::from_entropy(&entropy)?.to_string();
	let written = OpenOptions::new()
		.write(true)
		.create_new(true)
		.mode(0o600)
		.open(file)
		.and_then(|mut file| writeln!(file, "{phrase}"));
	written.with_context(|| format!("{} cannot be written", file.display()))?;
	Ok(phrase)
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{fs, os::unix::fs::PermissionsExt};

	#[test]
	fn new_secret_is_a_file_of_its_own_that_nobody_else_reads() {
		let folder = tempfile::tempdir().unwrap();
		let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
		let phrase = make(&one).unwrap();
		assert_eq!(phrase.split(' ').count(), 24);
		assert_eq!(fs::read_to_string(&one).unwrap(), format!("{phrase}\n"));
		assert_eq!(fs::metadata(&one).unwrap().permissions().mode() & 0o777, 0o600);
		assert_ne!(make(&other).unwrap(), phrase);
		// One that is there is not written over.
		assert!(make(&one).is_err());
		assert_eq!(fs::read_to_string(&one).unwrap(), format!("{phrase}\n"));
	}
}
