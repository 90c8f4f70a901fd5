//! A file of records that is only appended to.
//!
//! A record is a line: 32 hexadecimal digits, a blank, JSON. The digits are the first half of
//! SHA-256(the digits of the record before ‖ the JSON), so a record that is changed, taken out or put elsewhere breaks the
//! chain. A line without its end was being written when the machine stopped; it is cut off. Anything else that does not
//! fit is damage, and nothing is released until a person has looked at it.

use super::{Account, JobId};
use crate::{Cell, Error};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest, Sha256};
use std::{
	fs::{File, OpenOptions, TryLockError},
	io::{BufRead, BufReader, Read, Seek, SeekFrom, Write},
	os::unix::fs::OpenOptionsExt,
	path::Path,
};

/// The longest line read, in bytes: four times what a table of the most cells takes.
const LONGEST_LINE: u64 = 8 << 20;
/// Hexadecimal digits of a link.
const LINK: usize = 32;

/// What happened.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Record {
	/// Bytes were set aside for a bundle.
	Reserve {
		/// For which job.
		job: JobId,
		/// At whose cost.
		accounts: Vec<Account>,
		/// SHA-256 of the bundle.
		#[serde(with = "hex::serde")]
		digest: [u8; 32],
		/// Its padded length.
		bytes: u64,
		/// The counts in it.
		cells: Vec<Cell>,
	},
	/// The bundle was handed out.
	Commit {
		/// Which job's.
		job: JobId,
	},
	/// It will not be handed out.
	Abandon {
		/// Which job's.
		job: JobId,
	},
}

impl Serialize for Account {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		(hex::encode(self.consumer), self.asset).serialize(serializer)
	}
}

impl<'de> Deserialize<'de> for Account {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let (text, asset) = <(String, u32)>::deserialize(deserializer)?;
		let mut consumer = [0; 32];
		hex::decode_to_slice(text, &mut consumer).map_err(D::Error::custom)?;
		Ok(Self { consumer, asset })
	}
}

/// The open file.
#[derive(Debug)]
pub struct Journal {
	file: File,
	/// Length of its sound part, in bytes.
	len: u64,
	link: String,
	/// A write failed and could not be taken back, so nobody knows what is in the file.
	is_broken: bool,
}

impl Journal {
	/// Opens the file, readable by its owner only, and reads its records.
	pub fn open(path: &Path) -> Result<(Self, Vec<Record>), Error> {
		let mut options = OpenOptions::new();
		let file = options.read(true).append(true).create(true).mode(0o600).open(path).map_err(unusable)?;
		file.try_lock().map_err(|error| match error {
			TryLockError::WouldBlock => Error::LedgerLocked,
			TryLockError::Error(error) => unusable(error),
		})?;
		// The file itself may be new; its name must be on disk before a record in it counts.
		let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
		let directory = File::open(parent.unwrap_or(Path::new("."))).map_err(unusable)?;
		directory.sync_all().map_err(unusable)?;
		let mut journal = Self { file, len: 0, link: "0".repeat(LINK), is_broken: false };
		let records = journal.read()?;
		// What is behind the last whole line is cut off, so that the next record begins a line.
		journal.cut().map_err(unusable)?;
		Ok((journal, records))
	}

	fn read(&mut self) -> Result<Vec<Record>, Error> {
		self.file.seek(SeekFrom::Start(0)).map_err(unusable)?;
		let mut reader = BufReader::new(&self.file);
		let (mut records, mut line) = (Vec::new(), Vec::new());
		loop {
			line.clear();
			reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(unusable)?;
			let damaged = Error::LedgerDamaged { record: records.len() as u64 + 1 };
			let Some((b'\n', content)) = line.split_last() else {
				// Nothing, or a line without its end; but a longer one than is ever written is no remains of a stop.
				let is_whole = line.len() as u64 == LONGEST_LINE;
				return if is_whole { Err(damaged) } else { Ok(records) };
			};
			let (link, record) = parse(&self.link, content).ok_or(damaged)?;
			self.len += line.len() as u64;
			self.link = link;
			records.push(record);
		}
	}

	fn cut(&self) -> std::io::Result<()> {
		self.file.set_len(self.len)?;
		self.file.sync_all()
	}

	/// Writes a record. It is on disk when this returns.
	pub fn append(&mut self, record: &Record) -> Result<(), Error> {
		if self.is_broken {
			return Err(unusable(std::io::Error::other("an earlier write failed")));
		}
		let json = serde_json::to_string(record).map_err(|error| unusable(error.into()))?;
		let link = next_link(&self.link, json.as_bytes());
		let line = format!("{link} {json}\n");
		if line.len() as u64 > LONGEST_LINE {
			return Err(unusable(std::io::ErrorKind::FileTooLarge.into()));
		}
		if let Err(error) = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data()) {
			// After a failed sync the system may have dropped the pages, so only a successful cut makes the file known again.
			self.is_broken = self.cut().is_err();
			return Err(unusable(error));
		}
		self.len += line.len() as u64;
		self.link = link;
		Ok(())
	}
}

/// A line's link and record, if it follows the one before.
fn parse(before: &str, line: &[u8]) -> Option<(String, Record)> {
	let (link, rest) = line.split_at_checked(LINK)?;
	let json = rest.strip_prefix(b" ")?;
	let expected = next_link(before, json);
	let record = serde_json::from_slice(json).ok()?;
	(expected.as_bytes() == link).then_some((expected, record))
}

fn next_link(before: &str, json: &[u8]) -> String {
	let digest = Sha256::new().chain_update(before).chain_update(json).finalize();
	let mut link = hex::encode(digest);
	link.truncate(LINK);
	link
}

fn unusable(error: std::io::Error) -> Error {
	Error::LedgerUnusable(error)
}
