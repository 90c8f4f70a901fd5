//! The one file that a worker is given: inputs, native code, and what it may take.
//!
//! ```text
//! bytes of all input files, one behind the other
//! the compiled module
//! the head, in SCALE
//! length of the head       u64, little endian
//! ```
//!
//! The inputs stand first, because they are written while their number and lengths are not known yet.

use codec::{Decode, DecodeAll, Encode};
use std::{
	fs::File,
	io::{self, Write},
	os::unix::fs::FileExt,
};

/// The longest head, in bytes: a million names of 255 bytes, and more.
const LONGEST_HEAD: u64 = 512 << 20;

/// An input file: its path below `/data`, and where its bytes are.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PackedFile {
	/// `0/ct/1.dcm`: the asset's place among the permit's uses, and the name within it.
	pub path: String,
	/// First byte.
	pub at: u64,
	/// Bytes.
	pub len: u64,
}

/// What a worker is told.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Head {
	/// Whether it refuses to run if a wall does not stand.
	pub require_walls: bool,
	/// Seed of the job's random source.
	pub seed: [u8; 32],
	/// [`crate::Limits::fuel`].
	pub fuel: u64,
	/// [`crate::Limits::memory_bytes`].
	pub memory_bytes: u64,
	/// [`crate::Limits::table_elements`].
	pub table_elements: u32,
	/// [`crate::Limits::output_bytes`].
	pub output_bytes: u64,
	/// [`crate::Limits::seconds`].
	pub seconds: u64,
	/// The job's parameters.
	pub parameters: Vec<u8>,
	/// First byte of the compiled module.
	pub module_at: u64,
	/// Bytes of it.
	pub module_len: u64,
	/// Input files, ascending by path.
	pub files: Vec<PackedFile>,
}

/// Puts module and head behind the inputs.
pub fn complete(mut file: &File, module: &[u8], head: &Head) -> io::Result<()> {
	let head = head.encode();
	file.write_all(module)?;
	file.write_all(&head)?;
	file.write_all(&(head.len() as u64).to_le_bytes())
}

/// Reads the head of a complete file.
pub fn head(file: &File) -> io::Result<Head> {
	let malformed = || io::Error::from(io::ErrorKind::InvalidData);
	let end = file.metadata()?.len();
	let length_at = end.checked_sub(8).ok_or_else(malformed)?;
	let mut length = [0; 8];
	file.read_exact_at(&mut length, length_at)?;
	let length = u64::from_le_bytes(length);
	let at = length_at.checked_sub(length).filter(|_| length <= LONGEST_HEAD).ok_or_else(malformed)?;
	let bytes = part(file, at, length)?;
	Head::decode_all(&mut &bytes[..]).map_err(|_| malformed())
}

/// A part of the file.
pub fn part(file: &File, at: u64, len: u64) -> io::Result<Vec<u8>> {
	let mut bytes = vec![0; usize::try_from(len).map_err(|_| io::ErrorKind::InvalidData)?];
	file.read_exact_at(&mut bytes, at)?;
	Ok(bytes)
}

/// Reads a part of the file from its beginning to its end.
#[derive(Debug)]
pub struct PartReader<'a> {
	file: &'a File,
	at: u64,
	left: u64,
}

impl<'a> PartReader<'a> {
	/// A reader of `len` bytes from `at` on.
	pub fn new(file: &'a File, at: u64, len: u64) -> Self {
		Self { file, at, left: len }
	}
}

impl io::Read for PartReader<'_> {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
		let read = self.file.read_at(&mut buffer[..most], self.at)?;
		if read == 0 && most > 0 {
			return Err(io::ErrorKind::UnexpectedEof.into());
		}
		self.at += read as u64;
		self.left -= read as u64;
		Ok(read)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::io::Read;

	fn example() -> (File, Head) {
		let file = tempfile::tempfile().unwrap();
		(&file).write_all(b"inputs").unwrap();
		let head = Head {
			require_walls: true,
			seed: [7; 32],
			fuel: 1,
			memory_bytes: 2,
			table_elements: 3,
			output_bytes: 4,
			seconds: 5,
			parameters: b"{}".to_vec(),
			module_at: 6,
			module_len: 4,
			files: vec![PackedFile { path: "0/a".into(), at: 0, len: 6 }],
		};
		complete(&file, b"code", &head).unwrap();
		(file, head)
	}

	#[test]
	fn head_should_come_back_as_it_was() {
		let (file, expected) = example();
		let found = head(&file).unwrap();
		assert_eq!(found, expected);
		assert_eq!(part(&file, found.module_at, found.module_len).unwrap(), b"code");
		let mut input = String::new();
		PartReader::new(&file, 0, 6).read_to_string(&mut input).unwrap();
		assert_eq!(input, "inputs");
	}

	#[test]
	fn file_that_is_cut_should_not_be_read() {
		let (file, _) = example();
		let length = file.metadata().unwrap().len();
		for cut in [0, 7, length - 1] {
			file.set_len(cut).unwrap();
			assert!(head(&file).is_err(), "{cut}");
		}
	}
}
