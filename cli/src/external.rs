//! Commands that are programs of their own: `heirloom seal` runs `heirloom-seal`.
//!
//! What an owner of sensitive data needs links cryptography and medical formats that no validator should be built with,
//! so it is built in a workspace of its own. As with `git` and `cargo`, such a program is found by its name.

use crate::args::URL_VARIABLE;
use anyhow::{Context, Result, anyhow, bail};
use std::{
	env,
	ffi::{OsStr, OsString},
	os::unix::process::CommandExt,
	path::{Path, PathBuf},
	process::Command,
};

/// Becomes the program of a command: beside this one, or else in the path. Returns only where that fails.
pub fn run(words: &[OsString], url: &str) -> Result<()> {
	let Some((name, arguments)) = words.split_first() else { bail!("no command; see heirloom --help") };
	let own = env::current_exe().context("where this program is")?;
	let Some(program) = find(name, own.parent(), env::var_os("PATH").as_deref()) else {
		return Err(missing(name));
	};
	let error = Command::new(&program).args(arguments).env(URL_VARIABLE, url).exec();
	Err(error).with_context(|| format!("{} cannot be run", program.display()))
}

/// What is said where a command has no program.
fn missing(name: &OsStr) -> anyhow::Error {
	match name.to_str() {
		Some(name @ ("seal" | "review")) => anyhow!(
			"heirloom-{name} is not installed: it is in the package heirloom; in a checkout build it by `cargo build --release \
			 --package heirloom-owner` in sandbox/, and put it next to this program or into PATH"
		),
		_ => anyhow!(
			"there is no command {name:?}: no program heirloom-{} next to this one or in PATH; see heirloom --help",
			name.display()
		),
	}
}

/// The program of a command's name, which must be a mere name.
fn find(name: &OsStr, beside: Option<&Path>, path: Option<&OsStr>) -> Option<PathBuf> {
	let mere = name.to_str().filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))?;
	let program = format!("heirloom-{mere}");
	let folders = path.into_iter().flat_map(env::split_paths);
	beside
		.map(Path::to_owned)
		.into_iter()
		.chain(folders)
		.map(|folder| folder.join(&program))
		.find(|found| found.is_file())
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::fs;

	#[test]
	fn program_beside_this_one_comes_before_one_in_the_path() {
		let [beside, in_path] = [(); 2].map(|()| tempfile::tempdir().unwrap());
		let found = || find("seal".as_ref(), Some(beside.path()), Some(in_path.path().as_os_str()));
		assert_eq!(found(), None);
		fs::write(in_path.path().join("heirloom-seal"), "").unwrap();
		assert_eq!(found(), Some(in_path.path().join("heirloom-seal")));
		fs::write(beside.path().join("heirloom-seal"), "").unwrap();
		assert_eq!(found(), Some(beside.path().join("heirloom-seal")));
	}

	#[test]
	fn command_of_owners_that_is_not_installed_should_be_told_where_it_is() {
		for name in ["seal", "review"] {
			let said = missing(name.as_ref()).to_string();
			let told =
				format!("heirloom-{name} is not installed: it is in the package heirloom; in a checkout");
			assert!(said.starts_with(&told), "{said}");
		}
		assert!(missing("sael".as_ref()).to_string().starts_with("there is no command \"sael\": "));
	}

	#[test]
	fn path_is_no_name_of_a_command() {
		let folder = tempfile::tempdir().unwrap();
		fs::create_dir(folder.path().join("heirloom-x")).unwrap();
		fs::write(folder.path().join("program"), "").unwrap();
		assert_eq!(find("x/../program".as_ref(), Some(folder.path()), None), None);
		assert_eq!(find("x".as_ref(), Some(folder.path()), None), None);
	}
}
