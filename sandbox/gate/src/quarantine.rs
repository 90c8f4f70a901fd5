//! Where outputs wait for their owner.
//!
//! ```text
//! DIR/                mode 0700
//!     pending/ID      kept, no decision yet
//!     approved/ID     the owner lets it go
//!     refused/ID      the owner does not: empty, only that it was
//! ```
//!
//! An entry is one file: a line of JSON (job, blinding, reasons, counts) and the padded bundle. Its id is the SHA-256 of the
//! file, so what the owner decides about is what it looked at: it is shown the file, and computes the id itself. The id is
//! told to whoever decides without being shown the file, and stands in names of files: without the blinding they could try
//! outputs until one has this id. A file appears under its name only when it is completely on disk, and a decision is one
//! renaming: of two that are made at once, one finds nothing to decide.
//!
//! What is not needed any more is erased: written over with zeros, cut, and removed. A file system that writes elsewhere
//! than where it wrote before, or a disk that does, may keep a copy; encryption of the disk stands against that.

use crate::{Bundle, Cell, Error, JobId, Reason, Release};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
	fmt,
	fs::{self, DirBuilder, File},
	io::{self, Read, Write},
	os::unix::fs::{DirBuilderExt, PermissionsExt},
	path::{Path, PathBuf},
	str::FromStr,
};

/// Begins the names of files that are being written.
const UNFINISHED: &str = ".tmp";

/// An entry's id: the SHA-256 of what is kept. Written as 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryId([u8; 32]);

/// An entry that waits, or waited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
	/// Its id.
	pub id: EntryId,
	/// The job that wrote it.
	pub job: JobId,
	/// Why it was held; empty where nothing spoke against it but that a model needs its owner's approval.
	pub reasons: Vec<Reason>,
	/// What is kept.
	pub release: Release,
}

/// What an owner decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
	/// Nothing yet.
	Pending,
	/// It may leave.
	Approved,
	/// It may not.
	Refused,
}

/// The directory of what is held.
#[derive(Debug)]
pub struct Quarantine {
	directory: PathBuf,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
	job: JobId,
	#[serde(with = "hex::serde")]
	blinding: [u8; 32],
	reasons: Vec<String>,
	cells: Vec<Cell>,
}

impl Decision {
	const ALL: [Self; 3] = [Self::Pending, Self::Approved, Self::Refused];

	const fn directory(self) -> &'static str {
		match self {
			Self::Pending => "pending",
			Self::Approved => "approved",
			Self::Refused => "refused",
		}
	}
}

impl fmt::Display for EntryId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&hex::encode(self.0))
	}
}

impl FromStr for EntryId {
	type Err = Error;

	fn from_str(text: &str) -> Result<Self, Error> {
		let mut id = [0; 32];
		hex::decode_to_slice(text, &mut id).map_err(|_| Error::EntryUnknown)?;
		Ok(Self(id))
	}
}

impl EntryId {
	/// The id of an entry's bytes.
	pub fn of(bytes: &[u8]) -> Self {
		Self(Sha256::digest(bytes).into())
	}
}

impl Entry {
	/// Reads an entry's bytes, as the quarantine keeps them and its owner is shown them.
	///
	/// # Errors
	/// [`Error::EntryDamaged`], or as [`Bundle::from_bytes`].
	pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
		let line = bytes.iter().position(|&byte| byte == b'\n').ok_or(Error::EntryDamaged)?;
		let (header, bundle) = (&bytes[..line], &bytes[line + 1..]);
		let Header { job, reasons, cells, .. } =
			serde_json::from_slice(header).map_err(|_| Error::EntryDamaged)?;
		let reasons: Option<Vec<Reason>> = reasons.iter().map(|code| Reason::of_code(code)).collect();
		let release = Release { bundle: Bundle::from_bytes(bundle.to_vec())?, cells };
		Ok(Self { id: EntryId::of(bytes), job, reasons: reasons.ok_or(Error::EntryDamaged)?, release })
	}
}

impl Quarantine {
	/// Opens a quarantine, or makes one. Only the operator's own user can look into it.
	///
	/// # Errors
	/// [`Error::QuarantineUnusable`].
	pub fn open(directory: &Path) -> Result<Self, Error> {
		let quarantine = Self { directory: directory.to_owned() };
		let parts = Decision::ALL.map(|decision| quarantine.part(decision));
		for part in [directory.to_owned()].iter().chain(&parts) {
			DirBuilder::new().recursive(true).mode(0o700).create(part).map_err(unusable)?;
			// A directory that was there may have been made with other rights.
			fs::set_permissions(part, fs::Permissions::from_mode(0o700)).map_err(unusable)?;
		}
		sync(directory).map_err(unusable)?;
		// What was refused when the machine stopped may not have been erased yet, nor what was being written.
		for id in quarantine.list(Decision::Refused)? {
			empty(&quarantine.path(id, Decision::Refused)).map_err(unusable)?;
		}
		quarantine.erase_unfinished().map_err(unusable)?;
		Ok(quarantine)
	}

	/// Keeps an output. The same output of the same job is one entry, however often it is kept; one that its owner has
	/// decided about stays decided. `blinding` is the job's, the same whenever it runs, and nobody can guess it: neither its
	/// consumer, who may know all of the output but a few bits, nor an owner who is not shown it.
	///
	/// # Errors
	/// [`Error::QuarantineUnusable`].
	pub fn keep(
		&self,
		job: JobId,
		blinding: [u8; 32],
		reasons: &[Reason],
		release: &Release,
	) -> Result<EntryId, Error> {
		let reasons = reasons.iter().map(|reason| reason.code().to_owned()).collect();
		let header = Header { job, blinding, reasons, cells: release.cells.clone() };
		let mut bytes = serde_json::to_vec(&header).map_err(|error| unusable(error.into()))?;
		bytes.push(b'\n');
		bytes.extend(release.bundle.bytes());
		let id = EntryId(Sha256::digest(&bytes).into());
		if self.decision(id)?.is_none() {
			self.write(id, &bytes).map_err(unusable)?;
		}
		Ok(id)
	}

	/// Files that never got a name: they lie beside the parts.
	fn erase_unfinished(&self) -> io::Result<()> {
		for entry in fs::read_dir(&self.directory)? {
			let entry = entry?;
			let is_unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
			if is_unfinished && entry.file_type()?.is_file() {
				erase(&entry.path())?;
			}
		}
		Ok(())
	}

	fn write(&self, id: EntryId, bytes: &[u8]) -> io::Result<()> {
		// In the quarantine itself, so that it is never listed and the renaming stays within one file system.
		let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&self.directory)?;
		file.write_all(bytes)?;
		file.as_file().sync_all()?;
		file.persist(self.path(id, Decision::Pending))?;
		sync(&self.part(Decision::Pending))
	}

	/// What was decided about an entry; none where there is no such entry.
	///
	/// # Errors
	/// [`Error::QuarantineUnusable`].
	pub fn decision(&self, id: EntryId) -> Result<Option<Decision>, Error> {
		for decision in Decision::ALL {
			if self.path(id, decision).try_exists().map_err(unusable)? {
				return Ok(Some(decision));
			}
		}
		Ok(None)
	}

	/// The ids of all entries with a decision, ascending.
	///
	/// # Errors
	/// [`Error::QuarantineUnusable`].
	pub fn list(&self, decision: Decision) -> Result<Vec<EntryId>, Error> {
		let mut ids = Vec::new();
		for entry in fs::read_dir(self.part(decision)).map_err(unusable)? {
			let name = entry.map_err(unusable)?.file_name();
			ids.extend(name.to_str().and_then(|name| name.parse::<EntryId>().ok()));
		}
		ids.sort_unstable();
		Ok(ids)
	}

	/// An entry that is pending or approved.
	///
	/// # Errors
	/// [`Error::EntryUnknown`], [`Error::EntryDamaged`] where it is not what was kept, [`Error::QuarantineUnusable`].
	pub fn read(&self, id: EntryId) -> Result<Entry, Error> {
		Entry::from_bytes(&self.bytes(id)?)
	}

	/// The bytes of an entry that is pending or approved: what its owner is shown.
	///
	/// # Errors
	/// As [`Quarantine::read`].
	pub fn bytes(&self, id: EntryId) -> Result<Vec<u8>, Error> {
		match self.decision(id)? {
			Some(decision @ (Decision::Pending | Decision::Approved)) => self.bytes_from(id, decision),
			Some(Decision::Refused) | None => Err(Error::EntryUnknown),
		}
	}

	fn bytes_from(&self, id: EntryId, decision: Decision) -> Result<Vec<u8>, Error> {
		let bytes = fs::read(self.path(id, decision)).map_err(absent_or_unusable)?;
		if EntryId::of(&bytes) == id { Ok(bytes) } else { Err(Error::EntryDamaged) }
	}

	/// Lets a pending entry go, and returns it. The caller releases it through the ledger, as any other bundle; if it stops
	/// before that, the entry is still among the approved.
	///
	/// # Errors
	/// As [`Quarantine::read`]; [`Error::EntryUnknown`] also where it is decided already.
	pub fn approve(&self, id: EntryId) -> Result<Entry, Error> {
		let entry = Entry::from_bytes(&self.bytes_from(id, Decision::Pending)?)?;
		self.decide(id, Decision::Approved)?;
		Ok(entry)
	}

	/// Refuses a pending entry: its content is erased from the directory, that it was refused stays.
	///
	/// # Errors
	/// [`Error::EntryUnknown`] where there is none, or it is decided already; [`Error::QuarantineUnusable`].
	pub fn refuse(&self, id: EntryId) -> Result<(), Error> {
		self.decide(id, Decision::Refused)?;
		empty(&self.path(id, Decision::Refused)).map_err(unusable)
	}

	/// Erases an entry that is pending or approved and not needed any more: it was handed out, or its job ended otherwise.
	/// That it was is not kept. Nothing is done where there is none.
	///
	/// # Errors
	/// [`Error::QuarantineUnusable`].
	pub fn forget(&self, id: EntryId) -> Result<(), Error> {
		for decision in [Decision::Pending, Decision::Approved] {
			erase(&self.path(id, decision)).map_err(unusable)?;
		}
		Ok(())
	}

	fn decide(&self, id: EntryId, decision: Decision) -> Result<(), Error> {
		fs::rename(self.path(id, Decision::Pending), self.path(id, decision)).map_err(absent_or_unusable)?;
		sync(&self.part(decision)).and_then(|()| sync(&self.part(Decision::Pending))).map_err(unusable)
	}

	fn part(&self, decision: Decision) -> PathBuf {
		self.directory.join(decision.directory())
	}

	fn path(&self, id: EntryId, decision: Decision) -> PathBuf {
		self.part(decision).join(id.to_string())
	}
}

/// Erases a file: its bytes are written over, then it is removed. Nothing is done where there is none.
///
/// # Errors
/// The file system's.
pub fn erase(path: &Path) -> io::Result<()> {
	match empty(path) {
		Ok(()) => fs::remove_file(path)?,
		Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
		Err(error) => return Err(error),
	}
	sync(path.parent().unwrap_or(Path::new(".")))
}

/// Writes over a file's bytes, and cuts it to nothing.
fn empty(path: &Path) -> io::Result<()> {
	let mut file = File::options().write(true).open(path)?;
	let len = file.metadata()?.len();
	io::copy(&mut io::repeat(0).take(len), &mut file)?;
	file.sync_all()?;
	file.set_len(0)?;
	file.sync_all()
}

/// A renaming is on disk once its directory is.
fn sync(directory: &Path) -> io::Result<()> {
	File::open(directory)?.sync_all()
}

fn unusable(error: io::Error) -> Error {
	Error::QuarantineUnusable(error)
}

fn absent_or_unusable(error: io::Error) -> Error {
	if error.kind() == io::ErrorKind::NotFound { Error::EntryUnknown } else { unusable(error) }
}
