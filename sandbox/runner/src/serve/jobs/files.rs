//! The files that jobs' states and outputs are in.

use crate::serve::ServeError;
use heirloom_exchange::write_whole;
use heirloom_gate::erase;
use heirloom_sandbox_chain::H256;
use serde::de::DeserializeOwned;
use std::{fs, io, path::Path};

/// Where a job stands.
pub const STATE: &str = "state.json";
/// What of a job is handed out, by the names of the files.
pub const OUTPUT: &str = "output";
pub const LOG: &str = "log";
/// What owners are told of their files.
pub const NOTES: &str = "notes";
/// For the operator alone.
pub const PRIVATE: u32 = 0o600;

/// A folder is used with one chain: another one has permits of the same numbers, and the ledger counts by them.
pub fn of_one_chain(home: &Path, genesis: &H256) -> Result<(), ServeError> {
	let path = home.join("chain");
	let failed = |error| ServeError::Jobs(path.clone(), error);
	let wanted = format!("{}\n", hex::encode(genesis));
	match fs::read_to_string(&path) {
		Ok(known) if known == wanted => Ok(()),
		Ok(_) => Err(ServeError::OtherChain(home.to_owned())),
		Err(error) if error.kind() == io::ErrorKind::NotFound => {
			write_whole(&path, wanted.as_bytes(), PRIVATE).map_err(failed)
		}
		Err(error) => Err(failed(error)),
	}
}

/// A document; none where there is no such file.
pub fn read<Document: DeserializeOwned>(path: &Path) -> io::Result<Option<Document>> {
	match fs::read(path) {
		Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
		Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
		Err(error) => Err(error),
	}
}

/// Erases what of a job is, or was to be, handed out.
pub fn drop_kept(folder: &Path) -> io::Result<()> {
	[OUTPUT, LOG].into_iter().try_for_each(|name| erase(&folder.join(name)))
}

/// Erases everything but a job's state.
pub fn drop_all(folder: &Path) -> io::Result<()> {
	drop_kept(folder)?;
	erase(&folder.join(NOTES))
}

/// Erases what was being written when the machine stopped: everything but the files that have their names.
pub fn erase_unfinished(folder: &Path) -> io::Result<()> {
	for entry in fs::read_dir(folder)? {
		let entry = entry?;
		let has_a_name = [STATE, OUTPUT, LOG, NOTES].iter().any(|name| entry.file_name() == *name);
		if !has_a_name && entry.file_type()?.is_file() {
			erase(&entry.path())?;
		}
	}
	Ok(())
}
