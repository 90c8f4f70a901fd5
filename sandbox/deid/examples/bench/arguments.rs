//! The command line.

use crate::Result;
use std::path::PathBuf;

/// What is to be measured.
pub struct Arguments {
	/// Slices to measure speed on.
	pub files: u64,
	/// Slices to measure recall on.
	pub planted: u64,
	/// A Python that has pydicom.
	pub python: PathBuf,
	/// Where figures go as JSON.
	pub json: Option<PathBuf>,
}

impl Arguments {
	/// Reads the command line.
	pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Self> {
		let (mut files, mut planted, mut python, mut json) = (200, 1_000, None, None);
		while let Some(word) = words.next() {
			let mut value = || words.next().ok_or(format!("{word} needs a value"));
			match word.as_str() {
				"--files" => files = count(&value()?)?,
				"--planted" => planted = count(&value()?)?,
				"--python" => python = Some(PathBuf::from(value()?)),
				"--json" => json = Some(PathBuf::from(value()?)),
				_ => return Err(format!("{word} is not known").into()),
			}
		}
		let python = python.ok_or("--python says which Python has pydicom")?;
		Ok(Self { files, planted, python, json })
	}
}

fn count(text: &str) -> Result<u64> {
	match text.parse() {
		Ok(count @ 1..=100_000) => Ok(count),
		Ok(_) | Err(_) => Err(format!("{text} is not a number of files from 1 to 100,000").into()),
	}
}
