//! The secret that somebody signs with: where it is read from, and which are refused.
//!
//! The programs of `sandbox/` compile this file as well, so that both refuse the same. It is no crate of its own: the
//! client's workspace is the runtime's, which every change of its lock file builds anew.

use anyhow::{Context, Result, anyhow, bail, ensure};
use clap::Args;
use std::{
	env,
	fs::File,
	io::{IsTerminal, Read, stdin},
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
};
use subxt_signer::{DEV_PHRASE, ExposeSecret, SecretString, SecretUri, sr25519::Keypair};

/// Has the secret where no argument names one.
const VARIABLE: &str = "HEIRLOOM_SECRET";

/// Where a secret is read from.
#[derive(Clone, Debug, Args)]
pub struct SecretArgs {
	/// Who signs: - reads the secret from a pipe, //Alice is an account of a development chain. Without this and
	/// --from-file, the secret is read from the variable HEIRLOOM_SECRET.
	#[arg(long, value_name = "SECRET")]
	from: Option<SecretString>,
	/// A file with the signer's secret, which nobody else may read (chmod 600).
	#[arg(long, value_name = "FILE", conflicts_with = "from")]
	from_file: Option<PathBuf>,
}

impl SecretArgs {
	/// The key. One that is derived from the development phrase, which everybody has, is good for a development chain only.
	///
	/// # Errors
	/// There is no secret, it is none, or everybody has it. None of them quotes it.
	pub fn key(&self, for_development: bool) -> Result<Keypair> {
		let (secret, in_arguments) = match (&self.from, &self.from_file) {
			(Some(from), _) if from.expose_secret() == "-" => (from_pipe()?, false),
			(Some(from), _) => (from.clone(), true),
			(None, Some(file)) => (from_file(file)?, false),
			(None, None) => (from_environment()?, false),
		};
		let (key, everybodys) = read(secret.expose_secret())?;
		ensure!(
			!everybodys || for_development,
			"the secret is the development phrase or derived from it, so everybody has it, and this is not a development chain"
		);
		if in_arguments && !everybodys {
			eprintln!(
				"warning: everybody on this machine can read a secret in the arguments, and the shell remembers it; use \
				 --from-file, or --from - and a pipe"
			);
		}
		Ok(key)
	}
}

/// The key that a text names: a phrase or a seed in hexadecimal, and derivations (`//Alice`) of it. With derivations alone
/// they are of the development phrase.
///
/// # Errors
/// The text is empty, or nothing of this kind.
pub fn key_of(text: &str) -> Result<Keypair> {
	read(text).map(|(key, _)| key)
}

/// The key, and whether everybody has it.
fn read(text: &str) -> Result<(Keypair, bool)> {
	let text = text.trim();
	ensure!(!text.is_empty(), "the secret is empty");
	let what = "not a secret: that is a phrase of 12 to 24 words, a seed in hexadecimal, or //Alice on a development chain";
	// What the parsers say may have words of the phrase in it.
	let uri: SecretUri = text.parse().map_err(|_| anyhow!(what))?;
	let key = Keypair::from_uri(&uri).map_err(|_| anyhow!(what))?;
	let everybodys = uri.phrase.expose_secret().split_whitespace().eq(DEV_PHRASE.split_whitespace());
	Ok((key, everybodys))
}

fn from_pipe() -> Result<SecretString> {
	let mut pipe = stdin().lock();
	if pipe.is_terminal() {
		bail!(
			"--from - reads the secret from a pipe; here it would be shown as it is typed, so use --from-file"
		);
	}
	let mut text = String::new();
	pipe.read_to_string(&mut text).context("the secret cannot be read from the standard input")?;
	Ok(text.into())
}

fn from_file(path: &Path) -> Result<SecretString> {
	let name = || path.display().to_string();
	let mut file = File::open(path).with_context(name)?;
	let mode = file.metadata().with_context(name)?.permissions().mode();
	ensure!(mode & 0o077 == 0, "{0} can be read by others: chmod 600 {0}", path.display());
	let mut text = String::new();
	file.read_to_string(&mut text).with_context(name)?;
	Ok(text.into())
}

fn from_environment() -> Result<SecretString> {
	match env::var(VARIABLE) {
		Ok(text) => Ok(text.into()),
		Err(env::VarError::NotPresent) => bail!(
			"there is no secret to sign with: name its file with --from-file, pipe it to --from -, or set {VARIABLE}"
		),
		Err(env::VarError::NotUnicode(_)) => bail!("{VARIABLE} is not text"),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::fs::{self, Permissions};

	/// Of the standard's test vectors.
	const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

	fn from(text: &str) -> SecretArgs {
		SecretArgs { from: Some(text.into()), from_file: None }
	}

	fn refused(secret: &SecretArgs, for_development: bool) -> String {
		format!("{:#}", secret.key(for_development).err().unwrap())
	}

	#[test]
	fn empty_secret_should_be_refused_everywhere() {
		for empty in ["", " ", "\n"] {
			assert_eq!(refused(&from(empty), true), "the secret is empty");
			assert!(key_of(empty).is_err());
		}
	}

	#[test]
	fn secret_that_everybody_has_should_be_refused_on_a_chain_that_people_rely_on() {
		let phrase = format!(" {}//nurse", DEV_PHRASE.replace(' ', "  "));
		for public in ["//nurse", "/soft", "//nurse///password", DEV_PHRASE, &phrase] {
			assert!(refused(&from(public), false).contains("everybody has it"), "{public}");
		}
		assert_eq!(
			from("//nurse").key(true).unwrap().public_key().0,
			key_of("//nurse").unwrap().public_key().0
		);
		assert!(from(PHRASE).key(false).is_ok());
		assert!(from(&format!("{PHRASE}//validator")).key(false).is_ok());
		assert!(from(&format!("0x{}", "5e".repeat(32))).key(false).is_ok());
	}

	#[test]
	fn what_is_no_secret_should_not_be_quoted() {
		let wrong = [PHRASE.replace("yellow", "yelow"), PHRASE.replace("yellow", "yellow!")];
		for text in wrong {
			let error = refused(&from(&text), true);
			assert!(error.starts_with("not a secret: "), "{error}");
			assert!(!error.contains("winner") && !error.contains("yel"), "{error}");
			assert!(!format!("{:?}", from(&text)).contains("winner"));
		}
	}

	#[test]
	fn file_should_be_read_only_if_nobody_else_can() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("secret");
		fs::write(&path, format!("{PHRASE}\n")).unwrap();
		let secret = SecretArgs { from: None, from_file: Some(path.clone()) };
		for mode in [0o640, 0o604, 0o644] {
			fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
			assert!(refused(&secret, false).contains("can be read by others: chmod 600"));
		}
		fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
		assert_eq!(secret.key(false).unwrap().public_key().0, key_of(PHRASE).unwrap().public_key().0);
		fs::write(&path, "\n").unwrap();
		assert_eq!(refused(&secret, false), "the secret is empty");
	}
}
