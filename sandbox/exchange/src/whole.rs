//! Files that are there as a whole or not at all, also after a power failure.

use std::{
	fs::{File, Permissions},
	io::{self, Write},
	os::unix::fs::PermissionsExt,
	path::Path,
};
use tempfile::NamedTempFile;

/// Writes a file with these permissions, in place of one that is there. It is on disk when this returns.
///
/// # Errors
/// The file system's.
pub fn write_whole(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
	let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
	let mut file = NamedTempFile::new_in(folder)?;
	file.write_all(bytes)?;
	file.as_file().set_permissions(Permissions::from_mode(mode))?;
	file.as_file().sync_all()?;
	file.persist(path)?;
	File::open(folder)?.sync_all()
}
