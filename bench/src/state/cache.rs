//! Generated states are kept: a 2,000,000-asset one takes minutes to make.

use crate::args::Size;
use anyhow::{Context, Result, ensure};
use sc_client_db::PruningMode;
use std::{
	env, fs,
	path::{Path, PathBuf},
	process::Command,
};

/// Rises when generated states change though neither size nor runtime does.
const VERSION: u32 = 2;

/// The directory of generated states.
#[derive(Debug)]
pub struct Cache {
	directory: PathBuf,
	runtime: String,
}

impl Cache {
	/// Opens it, for a runtime.
	pub fn open(directory: PathBuf, runtime: &[u8]) -> Result<Self> {
		fs::create_dir_all(&directory).with_context(|| format!("{} cannot be made", directory.display()))?;
		let hash = sp_crypto_hashing::blake2_256(runtime);
		Ok(Self { directory, runtime: format!("v{VERSION}-{}", hex::encode(&hash[..8])) })
	}

	/// A file beside the states.
	pub fn file(&self, name: &str) -> PathBuf {
		self.directory.join(name)
	}

	/// The database of a size's state, generated if it is not there. That is done in a process of its own, so that
	/// its memory is not counted as the chain's.
	pub fn state(&self, size: Size) -> Result<PathBuf> {
		let prefix = format!("{}-{}-{}-", size.assets, size.pairs, size.payees);
		let directory = self.directory.join(format!("{prefix}{}", self.runtime));
		if directory.exists() {
			return Ok(directory);
		}
		self.remove(&prefix)?;
		let status = Command::new(env::current_exe()?)
			.arg("state")
			.args(["--assets", &size.assets.to_string()])
			.args(["--pairs", &size.pairs.to_string()])
			.args(["--payees", &size.payees.to_string()])
			.arg("--directory")
			.arg(&directory)
			.status()
			.context("the state's generator cannot be started")?;
		ensure!(status.success(), "the state of {size} assets was not generated: {status}");
		Ok(directory)
	}

	/// Removes states of a size that other runtimes were built for, and what was left half done.
	fn remove(&self, prefix: &str) -> Result<()> {
		for entry in fs::read_dir(&self.directory)? {
			let entry = entry?;
			if entry.file_name().to_string_lossy().starts_with(prefix) {
				fs::remove_dir_all(entry.path())?;
			}
		}
		Ok(())
	}

	/// A copy of a state, as a node of the development chain has it, that is removed when it is dropped.
	pub fn copy(&self, state: &Path, name: &str) -> Result<Copy> {
		let directory = self.directory.join(format!("work-{}-{name}", std::process::id()));
		let copy = Copy { directory };
		fs::create_dir_all(copy.directory.join(PARENT))?;
		let status = Command::new("cp")
			.args(["--recursive", "--reflink=auto"])
			.arg(state)
			.arg(copy.path())
			.status()
			.context("cp cannot be started")?;
		ensure!(status.success(), "{} was not copied: {status}", state.display());
		Ok(copy)
	}
}

/// Where a node of the development chain keeps its database below its base path.
const PARENT: &str = "chains/heirloom_dev/paritydb";
/// The database there.
const DATABASE: &str = "full";

/// A copy of a database, removed when it is dropped.
#[derive(Debug)]
pub struct Copy {
	directory: PathBuf,
}

impl Copy {
	/// The base path of a node that has it.
	pub fn base_path(&self) -> &Path {
		&self.directory
	}

	/// The database itself.
	pub fn path(&self) -> PathBuf {
		self.directory.join(PARENT).join(DATABASE)
	}

	/// Has a node keep the states of all blocks from now on. A database is told once, when it is made, whether old states
	/// are forgotten; those that are generated here forget. Final blocks only: what is not final stands where a node that
	/// keeps all states does not look.
	pub fn keep_all_states(&self) -> Result<()> {
		let path = self.path();
		let stored = parity_db::Options::load_metadata(&path)?
			.with_context(|| format!("{} is no database", path.display()))?;
		let mut options = parity_db::Options::with_columns(&path, 0);
		options.columns = stored.columns;
		let database = parity_db::Db::open(&options)?;
		let mode = database.get(STATE_META, PRUNING_MODE)?;
		ensure!(mode.is_some(), "{} does not say which states it keeps", path.display());
		let archive = PruningMode::ArchiveAll.id().to_vec();
		database.commit([(STATE_META, PRUNING_MODE, Some(archive))])?;
		Ok(())
	}
}

/// The column of `sc-client-db` in which `sc-state-db` keeps what it knows of itself.
const STATE_META: u8 = 2;
/// The key there of which states are kept.
const PRUNING_MODE: &[u8] = b"mode";

impl Drop for Copy {
	fn drop(&mut self) {
		if let Err(error) = fs::remove_dir_all(&self.directory) {
			eprintln!("heirloom-bench: {} was left behind: {error}", self.directory.display());
		}
	}
}
