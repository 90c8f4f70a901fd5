//! Compiled modules, kept for the next job of the same code.
//!
//! ```text
//! DIR/MEASUREMENT/CODE      native code, by the runner that made it and by the hash of its module
//! DIR/.tmp..                is being written
//! ```
//!
//! Whoever asks for a job has its code compiled, and is refunded where nothing comes of it. So only so many bytes are kept,
//! and what was written first goes first: it is compiled again when it is needed.

use crate::{Hash, place::private};
use std::{
	fs,
	io::{self, Write},
	path::{Path, PathBuf},
	time::SystemTime,
};
use tempfile::NamedTempFile;

/// The most bytes that are kept: four times those of the largest module.
const MOST_BYTES: u64 = 2 << 30;

/// The folder of compiled modules. They are native code: it is the operator's alone.
#[derive(Debug)]
pub struct Modules {
	root: PathBuf,
	/// Those of this runner.
	own: PathBuf,
}

impl Modules {
	/// Opens the folder, or makes it. What another runner compiled is of no use to this one, and is removed.
	///
	/// # Errors
	/// Of the file system, as of all of this.
	pub fn open(root: &Path, measurement: &Hash) -> io::Result<Self> {
		let modules = Self { root: root.to_owned(), own: root.join(hex::encode(measurement)) };
		private(&modules.root)?;
		private(&modules.own)?;
		for entry in fs::read_dir(root)? {
			let entry = entry?;
			if entry.path() == modules.own {
				continue;
			}
			if entry.file_type()?.is_dir() {
				fs::remove_dir_all(entry.path())?;
			} else {
				fs::remove_file(entry.path())?;
			}
		}
		Ok(modules)
	}

	/// Native code of a module; none where it is not kept.
	pub fn read(&self, code_hash: &Hash) -> io::Result<Option<Vec<u8>>> {
		match fs::read(self.path(code_hash)) {
			Ok(native) => Ok(Some(native)),
			Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
			Err(error) => Err(error),
		}
	}

	/// Keeps native code of a module.
	pub fn keep(&self, code_hash: &Hash, native: &[u8]) -> io::Result<()> {
		// Beside those that are kept, of which it is none before it is whole.
		let mut file = NamedTempFile::new_in(&self.root)?;
		file.write_all(native)?;
		// A part of it after a power failure would be refused when it is loaded, not run.
		file.as_file().sync_all()?;
		file.persist(self.path(code_hash))?;
		self.shrink(MOST_BYTES)
	}

	/// Removes native code of a module, if it is kept.
	pub fn forget(&self, code_hash: &Hash) -> io::Result<()> {
		remove(&self.path(code_hash))
	}

	/// Removes what was written first, until at most so many bytes are left.
	fn shrink(&self, most: u64) -> io::Result<()> {
		let mut kept = self.kept()?;
		kept.sort_unstable();
		let mut bytes: u64 = kept.iter().map(|(_, len, _)| len).sum();
		for (_, len, path) in kept {
			if bytes <= most {
				break;
			}
			remove(&path)?;
			bytes = bytes.saturating_sub(len);
		}
		Ok(())
	}

	/// When each was written, its length and its path.
	fn kept(&self) -> io::Result<Vec<(SystemTime, u64, PathBuf)>> {
		let mut kept = Vec::new();
		for entry in fs::read_dir(&self.own)? {
			let entry = entry?;
			match entry.metadata() {
				Ok(metadata) => kept.push((metadata.modified()?, metadata.len(), entry.path())),
				// Another job's thread removed it.
				Err(error) if error.kind() == io::ErrorKind::NotFound => {}
				Err(error) => return Err(error),
			}
		}
		Ok(kept)
	}

	fn path(&self, code_hash: &Hash) -> PathBuf {
		self.own.join(hex::encode(code_hash))
	}
}

/// Another job's thread may remove the same one.
fn remove(path: &Path) -> io::Result<()> {
	match fs::remove_file(path) {
		Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
		removed => removed,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{fs::File, time::Duration};

	const MEASUREMENT: Hash = [1; 32];

	/// Those of three codes, 2 to 4, of four bytes each, in the order in which they were written.
	fn three(root: &Path) -> Modules {
		let modules = Modules::open(root, &MEASUREMENT).unwrap();
		for number in [4, 2, 3] {
			let code_hash = [number; 32];
			modules.keep(&code_hash, &[number; 4]).unwrap();
			let age = Duration::from_secs(100 * u64::from(number));
			File::open(modules.path(&code_hash)).unwrap().set_modified(SystemTime::now() - age).unwrap();
		}
		modules
	}

	/// Which of them are kept.
	fn kept(modules: &Modules) -> Vec<u8> {
		(2..5).filter(|number| modules.read(&[*number; 32]).unwrap().is_some()).collect()
	}

	#[test]
	fn oldest_should_go_when_there_are_more_bytes_than_may_be_kept() {
		let root = tempfile::tempdir().unwrap();
		let modules = three(root.path());
		modules.shrink(12).unwrap();
		assert_eq!(kept(&modules), [2, 3, 4]);
		modules.shrink(11).unwrap();
		assert_eq!(kept(&modules), [2, 3]);
		modules.shrink(4).unwrap();
		assert_eq!(kept(&modules), [2]);
	}

	#[test]
	fn modules_should_be_kept_for_the_runner_that_compiled_them() {
		let root = tempfile::tempdir().unwrap();
		drop(three(root.path()));
		let modules = Modules::open(root.path(), &MEASUREMENT).unwrap();
		assert_eq!(kept(&modules), [2, 3, 4]);
		assert_eq!(modules.read(&[3; 32]).unwrap(), Some(vec![3; 4]));
	}

	#[test]
	fn what_another_runner_left_should_be_removed() {
		let root = tempfile::tempdir().unwrap();
		drop(three(root.path()));
		fs::write(root.path().join(".tmpAb12Cd"), b"part").unwrap();
		let other = Modules::open(root.path(), &[9; 32]).unwrap();
		assert!(kept(&other).is_empty());
		let left: Vec<_> = fs::read_dir(root.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
		assert_eq!(left, [other.own]);
	}

	#[test]
	fn module_should_be_gone_when_it_is_forgotten() {
		let root = tempfile::tempdir().unwrap();
		let modules = three(root.path());
		for _ in 0..2 {
			modules.forget(&[3; 32]).unwrap();
			assert_eq!(kept(&modules), [2, 4]);
		}
	}
}
