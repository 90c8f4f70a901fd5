//! Putting input files behind each other.

use super::file_error;
use crate::{Limits, OperatorFault, Refusal, jobfile::PackedFile, run::Interrupted};
use std::{
	fs::File,
	io::{self, Read, Seek, SeekFrom, Write},
};

/// Puts files behind each other into one.
#[derive(Debug)]
pub struct Packer {
	file: File,
	files: Vec<PackedFile>,
	at: u64,
	most_bytes: u64,
	most_files: usize,
}

impl Packer {
	/// A packer into an empty file.
	pub fn new(file: File, limits: &Limits) -> Self {
		let most_files = usize::try_from(limits.input_files).unwrap_or(usize::MAX);
		Self { file, files: Vec::new(), at: 0, most_bytes: limits.input_bytes, most_files }
	}

	/// Files so far.
	pub fn files(&self) -> &[PackedFile] {
		&self.files
	}

	/// The file that holds their bytes.
	pub fn file(&self) -> &File {
		&self.file
	}

	/// Sorts the files from the `from`-th on by path.
	pub fn sort_from(&mut self, from: usize) {
		self.files[from..].sort_by(|one, other| one.path.cmp(&other.path));
	}

	/// The file, what is in it, and how many bytes that is.
	pub fn finish(self) -> (File, Vec<PackedFile>, u64) {
		(self.file, self.files, self.at)
	}

	/// Adds a file.
	pub fn add(&mut self, path: &str, bytes: &mut dyn Read) -> Result<(), Interrupted> {
		self.add_with(path, |into| io::copy(bytes, into).map(drop))?.map_err(file_error)
	}

	/// Adds a file that `write` writes; where it fails nothing is added, and its error is returned.
	pub fn add_with<Error>(
		&mut self,
		path: &str,
		write: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
	) -> Result<Result<(), Error>, Interrupted> {
		if self.files.len() == self.most_files {
			return Err(Refusal::InputTooLarge.into());
		}
		let mut bounded =
			Bounded { file: &self.file, left: self.most_bytes.saturating_sub(self.at), over: false };
		let written = write(&mut bounded);
		if bounded.over {
			return Err(Refusal::InputTooLarge.into());
		}
		let at = self.at;
		if let Err(error) = written {
			self.file.set_len(at).map_err(OperatorFault::PlaceUnusable)?;
			self.file.seek(SeekFrom::Start(at)).map_err(OperatorFault::PlaceUnusable)?;
			return Ok(Err(error));
		}
		self.at = self.file.stream_position().map_err(OperatorFault::PlaceUnusable)?;
		self.files.push(PackedFile { path: path.to_owned(), at, len: self.at - at });
		Ok(Ok(()))
	}
}

/// Writes as much as there is room for.
struct Bounded<'a> {
	file: &'a File,
	left: u64,
	over: bool,
}

impl Write for Bounded<'_> {
	fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
		if bytes.len() as u64 > self.left {
			self.over = true;
			return Err(io::ErrorKind::FileTooLarge.into());
		}
		let written = self.file.write(bytes)?;
		self.left -= written as u64;
		Ok(written)
	}

	fn flush(&mut self) -> io::Result<()> {
		Ok(())
	}
}
