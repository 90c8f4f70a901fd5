//! Files that are there as a whole or not at all, also after a power failure.

use std::{
	fs::{File, Permissions},
	io,
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
};
use tempfile::{Builder, NamedTempFile};

/// The folder that a path lies in.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
	match path.parent() {
		Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
		Some(_) | None => PathBuf::from("."),
	}
}

/// A file without a lasting name in a folder, for its owner alone (mode 0600). It vanishes when dropped.
pub(crate) fn begin(folder: &Path) -> io::Result<NamedTempFile> {
	Builder::new().prefix(".heirloom-").permissions(Permissions::from_mode(0o600)).tempfile_in(folder)
}

/// Brings a file to the disk and then gives it its name, in the folder that it was begun in. It takes no other file's place:
/// [`io::ErrorKind::AlreadyExists`].
pub(crate) fn commit(file: NamedTempFile, path: &Path) -> io::Result<()> {
	file.as_file().sync_all()?;
	file.persist_noclobber(path)?;
	File::open(folder_of(path))?.sync_all()
}
