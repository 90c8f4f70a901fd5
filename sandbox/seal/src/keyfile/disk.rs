//! Key files on a disk.

use super::{DATA_LABEL, MAX_BYTES, VERSION, line};
use crate::{
	durable,
	secret::{DataKey, KEY_BYTES, SealingKey, SigningSeed, secret_buffer},
};
use std::{
	fs::File,
	io::{self, Read, Write},
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The permissions of a file by which others than its owner can do something with it.
const OTHERS: u32 = 0o077;

/// What a key file holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
	Sealing,
	Data,
	Signing,
}

impl Kind {
	fn label(self) -> &'static str {
		match self {
			Self::Sealing => "heirloom-sealing-key",
			Self::Data => DATA_LABEL,
			Self::Signing => "heirloom-signing-key",
		}
	}

	fn labelled(label: &str) -> Option<Self> {
		[Self::Sealing, Self::Data, Self::Signing].into_iter().find(|kind| kind.label() == label)
	}
}

/// Why a key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
	/// A key is never written over another file.
	#[error("{}: there is a file already, and keys are not written over", .0.display())]
	AlreadyExists(PathBuf),
	/// The file cannot be written.
	#[error("{path}: cannot be written: {error}", path = .0.display(), error = .1)]
	Unwritable(PathBuf, io::Error),
	/// The file cannot be opened or read.
	#[error("{path}: cannot be read: {error}", path = .0.display(), error = .1)]
	Unreadable(PathBuf, io::Error),
	/// A folder, a device or a pipe.
	#[error("{}: is not a regular file", .0.display())]
	NotAFile(PathBuf),
	/// Others than its owner have permissions on it.
	#[error("{path}: mode {mode:04o} lets others at it; 0600 is needed", path = .0.display(), mode = .1)]
	Exposed(PathBuf, u32),
	/// The file is no key file, or is damaged.
	#[error("{}: is not a key file, or is damaged", .0.display())]
	Malformed(PathBuf),
	/// The file holds a key of the other kind.
	#[error("{}: holds a key of another kind", .0.display())]
	OtherKind(PathBuf),
	/// The file is of a later version.
	#[error("{}: is of a version that this program does not know", .0.display())]
	UnsupportedVersion(PathBuf),
}

impl SealingKey {
	/// Writes the key into a new file that only its owner can read.
	///
	/// # Errors
	/// [`KeyFileError::AlreadyExists`] where there is one, [`KeyFileError::Unwritable`] where the system refuses.
	pub fn save(&self, path: &Path) -> Result<(), KeyFileError> {
		save(path, Kind::Sealing, self.expose())
	}

	/// Reads a key from its file.
	///
	/// # Errors
	/// All of [`KeyFileError`] but the two of writing.
	pub fn load(path: &Path) -> Result<Self, KeyFileError> {
		let bytes = load(path, Kind::Sealing)?;
		Self::from_slice(bytes.as_slice()).ok_or_else(|| KeyFileError::Malformed(path.to_owned()))
	}
}

impl DataKey {
	/// Writes the key into a new file that only its owner can read.
	///
	/// # Errors
	/// [`KeyFileError::AlreadyExists`] where there is one, [`KeyFileError::Unwritable`] where the system refuses.
	pub fn save(&self, path: &Path) -> Result<(), KeyFileError> {
		save(path, Kind::Data, self.expose())
	}

	/// Reads a key from its file.
	///
	/// # Errors
	/// All of [`KeyFileError`] but the two of writing.
	pub fn load(path: &Path) -> Result<Self, KeyFileError> {
		let bytes = load(path, Kind::Data)?;
		Self::from_slice(bytes.as_slice()).ok_or_else(|| KeyFileError::Malformed(path.to_owned()))
	}
}

impl SigningSeed {
	/// Writes the seed into a new file that only its owner can read.
	///
	/// # Errors
	/// [`KeyFileError::AlreadyExists`] where there is one, [`KeyFileError::Unwritable`] where the system refuses.
	pub fn save(&self, path: &Path) -> Result<(), KeyFileError> {
		save(path, Kind::Signing, self.expose())
	}

	/// Reads a seed from its file.
	///
	/// # Errors
	/// All of [`KeyFileError`] but the two of writing.
	pub fn load(path: &Path) -> Result<Self, KeyFileError> {
		let bytes = load(path, Kind::Signing)?;
		Self::from_slice(bytes.as_slice()).ok_or_else(|| KeyFileError::Malformed(path.to_owned()))
	}
}

fn save(path: &Path, kind: Kind, secret: &[u8; KEY_BYTES]) -> Result<(), KeyFileError> {
	let written = (|| {
		let mut file = durable::begin(&durable::folder_of(path))?;
		file.write_all(&line(kind.label(), secret))?;
		durable::commit(file, path)
	})();
	written.map_err(|error| match error.kind() {
		io::ErrorKind::AlreadyExists => KeyFileError::AlreadyExists(path.to_owned()),
		_ => KeyFileError::Unwritable(path.to_owned(), error),
	})
}

fn load(path: &Path, wanted: Kind) -> Result<Zeroizing<[u8; KEY_BYTES]>, KeyFileError> {
	let line = read(path)?;
	let malformed = || KeyFileError::Malformed(path.to_owned());
	let text = std::str::from_utf8(&line).map_err(|_| malformed())?;
	let mut words = text.strip_suffix('\n').unwrap_or(text).split(' ');
	let kind = words.next().and_then(Kind::labelled).ok_or_else(malformed)?;
	if kind != wanted {
		return Err(KeyFileError::OtherKind(path.to_owned()));
	}
	let version = words.next().ok_or_else(malformed)?;
	if version != VERSION {
		return Err(KeyFileError::UnsupportedVersion(path.to_owned()));
	}
	let (Some(digits), None) = (words.next(), words.next()) else { return Err(malformed()) };
	let mut bytes = Zeroizing::new([0; KEY_BYTES]);
	hex::decode_to_slice(digits, bytes.as_mut_slice()).map_err(|_| malformed())?;
	Ok(bytes)
}

/// The content of a regular file that nobody but its owner can use.
fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, KeyFileError> {
	let unreadable = |error| KeyFileError::Unreadable(path.to_owned(), error);
	// Before it is opened, since opening a pipe would wait for its other end.
	if !path.metadata().map_err(unreadable)?.is_file() {
		return Err(KeyFileError::NotAFile(path.to_owned()));
	}
	let file = File::open(path).map_err(unreadable)?;
	// Of what was opened, since the path may lead elsewhere by now.
	let metadata = file.metadata().map_err(unreadable)?;
	if !metadata.is_file() {
		return Err(KeyFileError::NotAFile(path.to_owned()));
	}
	let mode = metadata.permissions().mode() & 0o7777;
	if mode & OTHERS != 0 {
		return Err(KeyFileError::Exposed(path.to_owned(), mode));
	}
	// One byte beyond the limit fits as well, so that nothing secret is left behind by a buffer that grows.
	let mut line = secret_buffer(MAX_BYTES + 1);
	file.take(MAX_BYTES as u64 + 1).read_to_end(&mut line).map_err(unreadable)?;
	if line.len() > MAX_BYTES {
		return Err(KeyFileError::Malformed(path.to_owned()));
	}
	Ok(line)
}
