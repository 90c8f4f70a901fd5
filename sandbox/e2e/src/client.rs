//! The client `heirloom`, and what it runs by name.

use crate::{programs, sandbox_program};
use serde_json::Value;
use std::{
	env,
	process::{Command, Output},
};

/// Somebody at a terminal.
pub struct Client {
	url: String,
}

impl Client {
	pub(crate) fn new(url: &str) -> Self {
		Self { url: url.into() }
	}

	/// Runs `heirloom` with these words. Programs of the sandbox are in its path.
	///
	/// # Panics
	/// If it cannot be started.
	pub fn run(&self, words: &[&str]) -> Output {
		let folder = sandbox_program("heirloom-seal").parent().expect("a program's folder").to_owned();
		let rest = env::var_os("PATH").unwrap_or_default();
		let path = env::join_paths([folder].into_iter().chain(env::split_paths(&rest))).unwrap_or(rest);
		Command::new(programs::client())
			.args(["--url", &self.url])
			.args(words)
			.env("PATH", path)
			.output()
			.expect("the client starts")
	}

	/// What a command says as JSON.
	///
	/// # Panics
	/// If it fails.
	pub fn json(&self, words: &[&str]) -> Value {
		let output = self.run(&[words, &["--json"]].concat());
		let said = String::from_utf8_lossy(&output.stderr);
		assert!(output.status.success(), "heirloom {}: {said}", words.join(" "));
		serde_json::from_slice(&output.stdout).expect("JSON")
	}

	/// The one line that a command fails with.
	///
	/// # Panics
	/// If it succeeds.
	pub fn error(&self, words: &[&str]) -> String {
		let output = self.run(words);
		assert_eq!(output.status.code(), Some(1), "heirloom {} fails", words.join(" "));
		String::from_utf8(output.stderr).expect("text")
	}
}
