//! Data of owners.

use aho_corasick::AhoCorasick;
use heirloom_deid::plant::Study;
use std::{collections::BTreeSet, fs, path::Path};
use tempfile::TempDir;

/// A folder of CT studies, one a patient, with planted identifiers.
pub struct Studies {
	/// The folder.
	pub folder: TempDir,
	/// All that is planted, each once.
	pub planted: BTreeSet<Vec<u8>>,
}

impl Studies {
	/// Studies of so many patients, every second one with a nodule.
	///
	/// # Panics
	/// If they cannot be written.
	pub fn of(patients: u64) -> Self {
		let folder = tempfile::tempdir().expect("a folder for studies");
		let mut planted = BTreeSet::new();
		for seed in 1..=patients {
			let study = Study { seed, nodule: seed % 2 == 0, ..Study::default() };
			for (number, slice) in study.files().into_iter().enumerate() {
				let path = folder.path().join(format!("{seed}-{number}.dcm"));
				fs::write(path, &slice.file.bytes).expect("a slice can be written");
				planted.extend(slice.file.planted.into_iter().map(|planted| planted.needle));
			}
		}
		Self { folder, planted }
	}

	/// The folder's path.
	///
	/// # Panics
	/// If it is not UTF-8.
	pub fn path(&self) -> &str {
		text(self.folder.path())
	}

	/// Whether any planted identifier is in these bytes, in any case.
	///
	/// # Panics
	/// If there are more than can be looked for at once.
	pub fn are_in(&self, bytes: &[u8]) -> bool {
		let search = AhoCorasick::builder().ascii_case_insensitive(true).build(&self.planted);
		search.expect("a search for what is planted").is_match(bytes)
	}
}

/// A folder with one study of one patient, for tests to which the data does not matter.
///
/// # Panics
/// If it cannot be written.
pub fn plain_folder() -> Studies {
	Studies::of(1)
}

/// A path that is UTF-8, as those of tests are.
pub(crate) fn text(path: &Path) -> &str {
	path.to_str().expect("a path in UTF-8")
}
