//! A folder as one stream, in the form of [`heirloom_seal::archive`].

use anyhow::{Context, Result, anyhow};
use heirloom_deid::{DESCRIPTION, Description};
use heirloom_seal::archive::{PackError, pack};
use std::{
	fs,
	io::{self, PipeReader, Read},
	path::Path,
	thread::{self, JoinHandle},
};

/// Reads a folder as one stream, without a copy of it on any disk.
pub struct FolderReader {
	pipe: Option<PipeReader>,
	packing: Option<JoinHandle<Result<u64, PackError>>>,
}

impl FolderReader {
	/// Begins to read a folder.
	///
	/// # Errors
	/// What the owner says in the folder about its tables ([`DESCRIPTION`]) cannot be understood: sealed like that, no job
	/// could ever use it.
	pub fn open(folder: &Path) -> Result<Self> {
		let description = folder.join(DESCRIPTION);
		match fs::read(&description) {
			Ok(text) => drop(Description::parse(&text).with_context(|| description.display().to_string())?),
			Err(error) if error.kind() == io::ErrorKind::NotFound => {}
			Err(error) => return Err(error).with_context(|| description.display().to_string()),
		}
		let (reader, writer) = io::pipe().context("a pipe")?;
		let folder = folder.to_owned();
		let packing = thread::spawn(move || pack(&folder, writer));
		Ok(Self { pipe: Some(reader), packing: Some(packing) })
	}

	/// Whether the stream ended because all of the folder was read, and how many files that were.
	///
	/// # Errors
	/// Why it was not.
	pub fn finish(mut self) -> Result<u64> {
		// Whoever packs must not wait for a reader that has gone.
		self.pipe = None;
		match self.packing.take().map(JoinHandle::join) {
			Some(Ok(packed)) => Ok(packed?),
			Some(Err(_)) | None => Err(anyhow!("the folder could not be read")),
		}
	}
}

impl Read for FolderReader {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		self.pipe.as_mut().map_or(Ok(0), |pipe| pipe.read(buffer))
	}
}
