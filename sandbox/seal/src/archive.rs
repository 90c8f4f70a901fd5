//! A folder as one file: an asset of many slices is sealed as a tar archive.
//!
//! What [`pack`] writes depends on names and contents alone: entries ascend by name, and carry neither times, owners nor
//! modes. [`read`] takes such archives and those of `tar`, as long as they hold plain files whose names stay within the
//! archive; links, devices, and names that lead elsewhere are refused, never followed or mended.

use std::{
	collections::BTreeSet,
	fs::File,
	io::{self, Read, Write},
	path::{Component, Path, PathBuf},
};
use tar::{Archive, Builder, EntryType, Header};
use walkdir::WalkDir;

/// The longest name within an archive, in bytes.
pub const LONGEST_NAME: usize = 255;
/// Where `ustar` stands in a header, and how many bytes must be there to tell.
const MAGIC_AT: usize = 257;
const MAGIC: &[u8] = b"ustar";
/// Bytes that [`is_archive`] needs.
pub const HEAD_BYTES: usize = MAGIC_AT + MAGIC.len();

/// Why a folder cannot be packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
	/// Something in it cannot be read.
	#[error("{}: cannot be read: {error}", path.display())]
	Unreadable {
		/// What.
		path: PathBuf,
		/// Why not.
		error: io::Error,
	},
	/// A link, a device, a pipe or a socket.
	#[error("{}: is neither a plain file nor a folder", .0.display())]
	NotAFile(PathBuf),
	/// A name that is no UTF-8 or too long.
	#[error("{}: has a name that cannot be kept (UTF-8 of at most {LONGEST_NAME} bytes, components of at most 100)", .0.display())]
	Name(PathBuf),
	/// Not a single file.
	#[error("{}: has no files", .0.display())]
	Empty(PathBuf),
	/// The archive cannot be written.
	#[error("the archive cannot be written: {0}")]
	Unwritable(io::Error),
}

/// Why an archive cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
	/// Not an archive, or one that is cut short or damaged; or the reader failed.
	#[error("the archive cannot be read")]
	Unreadable(#[source] io::Error),
	/// An entry is a link, a device, or something else that is no plain file.
	#[error("the archive has an entry that is no plain file")]
	NotAFile,
	/// A name is absolute, leads out of the archive, is no UTF-8, is too long, or is there twice.
	#[error("the archive has an entry with a name that is not allowed")]
	Name,
	/// What became of an entry could not be written.
	#[error("an entry cannot be taken")]
	Taken(#[source] io::Error),
}

/// Whether the first [`HEAD_BYTES`] of a file are those of an archive.
pub fn is_archive(head: &[u8]) -> bool {
	head.get(MAGIC_AT..).is_some_and(|rest| rest.starts_with(MAGIC))
}

/// Packs all files below a folder, and returns how many there are. Hidden ones are packed as well.
///
/// # Errors
/// [`PackError`].
pub fn pack(folder: &Path, into: impl Write) -> Result<u64, PackError> {
	let unreadable = |path: &Path, error: io::Error| PackError::Unreadable { path: path.to_owned(), error };
	let mut archive = Builder::new(into);
	let mut names = BTreeSet::new();
	for entry in WalkDir::new(folder).follow_links(false) {
		let entry = entry.map_err(|error| {
			let path = error.path().unwrap_or(folder).to_owned();
			PackError::Unreadable { path, error: error.into() }
		})?;
		let kind = entry.file_type();
		if kind.is_dir() {
			continue;
		}
		if !kind.is_file() {
			return Err(PackError::NotAFile(entry.into_path()));
		}
		let name = entry.path().strip_prefix(folder).ok().and_then(allowed);
		names.insert(name.ok_or_else(|| PackError::Name(entry.into_path()))?);
	}
	if names.is_empty() {
		return Err(PackError::Empty(folder.to_owned()));
	}
	for name in &names {
		let path = folder.join(name);
		let file = File::open(&path).map_err(|error| unreadable(&path, error))?;
		let size = file.metadata().map_err(|error| unreadable(&path, error))?.len();
		let mut header = Header::new_ustar();
		header.set_path(name).map_err(|_| PackError::Name(path.clone()))?;
		header.set_size(size);
		header.set_mode(0o644);
		header.set_entry_type(EntryType::Regular);
		header.set_cksum();
		// A file that changes length meanwhile would put every later entry in the wrong place.
		let mut exact = file.take(size);
		archive.append(&header, &mut exact).map_err(PackError::Unwritable)?;
		if exact.limit() > 0 {
			return Err(unreadable(&path, io::ErrorKind::UnexpectedEof.into()));
		}
	}
	archive.into_inner().and_then(|mut into| into.flush()).map_err(PackError::Unwritable)?;
	Ok(names.len() as u64)
}

/// Reads an archive, and gives `take` each file with its name and length, in the archive's order. Nothing is written
/// anywhere.
///
/// # Errors
/// [`ReadError`]. What was taken until then is to be thrown away.
pub fn read(
	archive: impl Read,
	mut take: impl FnMut(&str, u64, &mut dyn Read) -> io::Result<()>,
) -> Result<(), ReadError> {
	let mut archive = Archive::new(archive);
	let mut names = BTreeSet::new();
	for entry in archive.entries().map_err(ReadError::Unreadable)? {
		let mut entry = entry.map_err(ReadError::Unreadable)?;
		match entry.header().entry_type() {
			EntryType::Regular | EntryType::Continuous => {}
			EntryType::Directory => continue,
			_ => return Err(ReadError::NotAFile),
		}
		let name = entry.path().ok().and_then(|path| allowed(&path)).ok_or(ReadError::Name)?;
		let size = entry.size();
		let mut counted = Counted { inner: &mut entry, read: 0 };
		take(&name, size, &mut counted).map_err(ReadError::Taken)?;
		io::copy(&mut counted, &mut io::sink()).map_err(ReadError::Unreadable)?;
		if counted.read != size {
			return Err(ReadError::Unreadable(io::ErrorKind::UnexpectedEof.into()));
		}
		if !names.insert(name) {
			return Err(ReadError::Name);
		}
	}
	Ok(())
}

/// Counts what was read of an entry: one that is cut short just ends.
struct Counted<Inner> {
	inner: Inner,
	read: u64,
}

impl<Inner: Read> Read for Counted<Inner> {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		let read = self.inner.read(buffer)?;
		self.read = self.read.saturating_add(read as u64);
		Ok(read)
	}
}

/// A name of plain components, joined by slashes. `./` before it is what `tar .` writes.
fn allowed(path: &Path) -> Option<String> {
	let mut parts = Vec::new();
	for component in path.components() {
		match component {
			Component::Normal(part) => parts.push(part.to_str().filter(|part| !part.contains('\0'))?),
			Component::CurDir => {}
			Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
		}
	}
	let name = parts.join("/");
	(!name.is_empty() && name.len() <= LONGEST_NAME).then_some(name)
}
