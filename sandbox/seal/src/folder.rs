//! Folders that strangers can write into.
//!
//! Whoever can make an entry in a folder can make it a symbolic link that leads elsewhere, a pipe that never answers, a
//! device. So an entry is opened by its name in the opened folder, without following links and without waiting, and what
//! counts is what was opened, not what stood there a moment before. No name leads out of its folder.

use rustix::{
	fs::{self, AtFlags, FileType, Mode, OFlags},
	io::Errno,
};
use std::{
	fs::File,
	io::{self, Read, Write},
	os::fd::OwnedFd,
	path::Path,
};

/// How often another temporary name is tried where one is taken.
const MOST_NAMES: u32 = 16;

/// An opened folder.
#[derive(Debug)]
pub struct Folder(OwnedFd);

impl Folder {
	/// Opens a folder that is trusted, by a path that is.
	///
	/// # Errors
	/// The file system's.
	pub fn open(path: &Path) -> io::Result<Self> {
		Ok(Self(fs::open(path, OFlags::DIRECTORY | OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?))
	}

	/// A folder in it, which is no link.
	///
	/// # Errors
	/// The file system's; [`io::ErrorKind::NotFound`] where there is none.
	pub fn folder(&self, name: &str) -> io::Result<Self> {
		let flags = OFlags::DIRECTORY | OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW;
		Ok(Self(fs::openat(&self.0, plain(name)?, flags, Mode::empty())?))
	}

	/// A folder in it, which is made where there is none.
	///
	/// # Errors
	/// As [`Folder::folder`].
	pub fn made(&self, name: &str) -> io::Result<Self> {
		match fs::mkdirat(&self.0, plain(name)?, Mode::from_raw_mode(0o755)) {
			Ok(()) | Err(Errno::EXIST) => self.folder(name),
			Err(error) => Err(error.into()),
		}
	}

	/// A regular file in it, to be read; none where there is nothing of that name.
	///
	/// # Errors
	/// The file system's; [`io::ErrorKind::InvalidData`] for everything but a regular file.
	pub fn file(&self, name: &str) -> io::Result<Option<File>> {
		// Opening a pipe or a line would wait for its other end.
		let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
		let file = match fs::openat(&self.0, plain(name)?, flags, Mode::empty()) {
			Ok(file) => file,
			Err(Errno::NOENT) => return Ok(None),
			// A link; a socket, or a device without a driver.
			Err(Errno::LOOP | Errno::NXIO | Errno::NODEV) => return Err(not_regular()),
			Err(error) => return Err(error.into()),
		};
		match FileType::from_raw_mode(fs::fstat(&file)?.st_mode) {
			FileType::RegularFile => Ok(Some(File::from(file))),
			_ => Err(not_regular()),
		}
	}

	/// The bytes of a regular file in it, at most `most` and one more; none where there is nothing of that name.
	///
	/// # Errors
	/// As [`Folder::file`].
	pub fn read(&self, name: &str, most: u64) -> io::Result<Option<Vec<u8>>> {
		let Some(file) = self.file(name)? else { return Ok(None) };
		let mut bytes = Vec::new();
		file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
		Ok(Some(bytes))
	}

	/// Writes a file as a whole with these permissions, in place of whatever has the name. It is on disk when this returns.
	///
	/// # Errors
	/// The file system's; nothing takes the place of a folder.
	pub fn write(&self, name: &str, bytes: &[u8], mode: u32) -> io::Result<()> {
		let name = plain(name)?;
		let (temporary, mut file) = self.temporary()?;
		let written = file
			.write_all(bytes)
			.and_then(|()| Ok(fs::fchmod(&file, Mode::from_raw_mode(mode))?))
			.and_then(|()| file.sync_all())
			.and_then(|()| Ok(fs::renameat(&self.0, &temporary, &self.0, name)?));
		if written.is_err() {
			// The first failure is the one to tell.
			fs::unlinkat(&self.0, &temporary, AtFlags::empty()).ok();
		}
		written.and_then(|()| Ok(fs::fsync(&self.0)?))
	}

	/// Removes whatever has the name, unless it is a folder. Nothing is removed where there is nothing.
	///
	/// # Errors
	/// The file system's.
	pub fn remove(&self, name: &str) -> io::Result<()> {
		match fs::unlinkat(&self.0, plain(name)?, AtFlags::empty()) {
			Ok(()) | Err(Errno::NOENT) => Ok(()),
			Err(error) => Err(error.into()),
		}
	}

	/// A new file of a name that nobody can have made before.
	fn temporary(&self) -> io::Result<(String, File)> {
		let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC | OFlags::NOFOLLOW;
		for _ in 0..MOST_NAMES {
			let mut random = [0; 8];
			getrandom::fill(&mut random).map_err(io::Error::other)?;
			let name = format!(".heirloom-{}", hex::encode(random));
			match fs::openat(&self.0, &name, flags, Mode::from_raw_mode(0o600)) {
				Ok(file) => return Ok((name, File::from(file))),
				Err(Errno::EXIST) => {}
				Err(error) => return Err(error.into()),
			}
		}
		Err(io::ErrorKind::AlreadyExists.into())
	}
}

/// A name of one entry.
fn plain(name: &str) -> io::Result<&str> {
	match name {
		"" | "." | ".." => Err(io::ErrorKind::InvalidInput.into()),
		name if name.contains(['/', '\0']) => Err(io::ErrorKind::InvalidInput.into()),
		name => Ok(name),
	}
}

fn not_regular() -> io::Error {
	io::Error::new(io::ErrorKind::InvalidData, "is not a regular file")
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{fs, os::unix::fs::symlink};

	fn place() -> (tempfile::TempDir, Folder) {
		let place = tempfile::tempdir().unwrap();
		let folder = Folder::open(place.path()).unwrap();
		(place, folder)
	}

	fn pipe(path: &Path) {
		rustix::fs::mknodat(rustix::fs::CWD, path, FileType::Fifo, Mode::from_raw_mode(0o666), 0).unwrap();
	}

	#[test]
	fn file_should_be_read_as_it_was_written() {
		let (_place, folder) = place();
		folder.write("a", b"one", 0o644).unwrap();
		folder.write("a", b"other", 0o644).unwrap();
		assert_eq!(folder.read("a", 5).unwrap().unwrap(), b"other");
		assert_eq!(folder.read("a", 3).unwrap().unwrap().len(), 4, "one more shows that there are more");
		assert_eq!(folder.read("b", 5).unwrap(), None);
		folder.remove("a").unwrap();
		folder.remove("a").unwrap();
		assert_eq!(folder.read("a", 5).unwrap(), None);
	}

	#[test]
	fn link_should_not_be_read() {
		let (place, folder) = place();
		folder.write("secret", b"secret", 0o644).unwrap();
		symlink(place.path().join("secret"), place.path().join("link")).unwrap();
		assert_eq!(folder.read("link", 9).unwrap_err().kind(), io::ErrorKind::InvalidData);
	}

	#[test]
	fn pipe_should_be_refused_without_waiting() {
		let (place, folder) = place();
		pipe(&place.path().join("pipe"));
		assert_eq!(folder.read("pipe", 9).unwrap_err().kind(), io::ErrorKind::InvalidData);
	}

	#[test]
	fn device_should_not_be_read() {
		let devices = Folder::open(Path::new("/dev")).unwrap();
		assert_eq!(devices.read("zero", 9).unwrap_err().kind(), io::ErrorKind::InvalidData);
	}

	#[test]
	fn folder_should_not_be_read_as_a_file() {
		let (_place, folder) = place();
		folder.made("a").unwrap();
		assert_eq!(folder.read("a", 9).unwrap_err().kind(), io::ErrorKind::InvalidData);
		assert!(folder.write("a", b"b", 0o644).is_err());
		assert!(folder.remove("a").is_err());
	}

	#[test]
	fn link_to_a_folder_should_not_be_entered() {
		let (place, folder) = place();
		let elsewhere = tempfile::tempdir().unwrap();
		symlink(elsewhere.path(), place.path().join("link")).unwrap();
		assert!(folder.folder("link").is_err());
		assert!(folder.made("link").is_err());
	}

	#[test]
	fn writing_should_replace_a_link_and_not_what_it_leads_to() {
		let (place, folder) = place();
		folder.write("kept", b"kept", 0o644).unwrap();
		symlink(place.path().join("kept"), place.path().join("link")).unwrap();
		pipe(&place.path().join("pipe"));
		for name in ["link", "pipe"] {
			folder.write(name, b"new", 0o644).unwrap();
			assert_eq!(folder.read(name, 9).unwrap().unwrap(), b"new");
		}
		assert_eq!(fs::read(place.path().join("kept")).unwrap(), b"kept");
		assert_eq!(fs::read_dir(place.path()).unwrap().count(), 3, "nothing temporary stays");
	}

	#[test]
	fn name_should_not_lead_out_of_the_folder() {
		let (_place, folder) = place();
		for name in ["", ".", "..", "../a", "/etc/passwd", "a/b", "a\0"] {
			assert_eq!(folder.read(name, 9).unwrap_err().kind(), io::ErrorKind::InvalidInput);
			assert_eq!(folder.write(name, b"", 0o644).unwrap_err().kind(), io::ErrorKind::InvalidInput);
			assert!(folder.folder(name).is_err() && folder.made(name).is_err());
		}
	}
}
