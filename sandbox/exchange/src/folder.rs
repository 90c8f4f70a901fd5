//! The folder, and the names in it.

use crate::SignedDecision;
use heirloom_sandbox_chain::{AccountId, H256, blake2_256};
use heirloom_seal::{ContentId, Envelope, Purpose, folder::Folder};
use serde::{Serialize, de::DeserializeOwned};
use std::{
	fs, io,
	path::{Path, PathBuf},
};

/// The most bytes of an envelope or a decision that are read: more than any has.
const MAX_DOCUMENT_BYTES: u64 = 64 << 10;
/// The most bytes of held output that are read: more than any gate keeps.
const MAX_HELD_BYTES: u64 = 1 << 30;
/// The parts of an exchange, in the order of its description.
const PARTS: [&str; 7] = ["blocks", "envelopes", "uploads", "held", "notes", "decisions", "released"];
/// Read by all, written by its owner.
const SHARED: u32 = 0o644;

/// An exchange folder.
#[derive(Clone, Debug)]
pub struct Exchange {
	root: PathBuf,
}

/// Why something cannot be handed over or taken.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
	/// The file system refuses.
	#[error("{path}: {error}", path = .0.display(), error = .1)]
	Io(PathBuf, io::Error),
	/// A file is larger than what it should be ever is.
	#[error("{path}: is more than {most} bytes", path = .0.display(), most = .1)]
	TooLarge(PathBuf, u64),
	/// A file is not what its name says.
	#[error("{path}: {why}", path = .0.display(), why = .1)]
	Malformed(PathBuf, String),
}

impl Exchange {
	/// The exchange in this folder, which is made where there is none.
	///
	/// # Errors
	/// [`ExchangeError::Io`], also where a part is a link.
	pub fn open(root: &Path) -> Result<Self, ExchangeError> {
		fs::create_dir_all(root).map_err(|error| ExchangeError::Io(root.to_owned(), error))?;
		let exchange = Self { root: root.to_owned() };
		for part in PARTS {
			let made = Folder::open(root).and_then(|folder| folder.made(part));
			made.map_err(|error| ExchangeError::Io(root.join(part), error))?;
		}
		Ok(exchange)
	}

	/// Where ciphertext lies, in the layout of [`heirloom_seal::LocalStore`].
	pub fn blocks(&self) -> PathBuf {
		self.root.join("blocks")
	}

	/// Where an envelope lies.
	pub fn envelope_path(&self, content: &ContentId, owner: &AccountId, purpose: Purpose) -> PathBuf {
		let purpose = match purpose {
			Purpose::Standing => "standing".to_owned(),
			Purpose::Permit(permit) => format!("permit-{permit}"),
		};
		self.root.join("envelopes").join(format!("{content}.{owner}.{purpose}.json"))
	}

	/// Hands an envelope over, in place of an earlier one for the same.
	///
	/// # Errors
	/// [`ExchangeError::Io`].
	pub fn put_envelope(&self, envelope: &Envelope) -> Result<PathBuf, ExchangeError> {
		let binding = &envelope.binding;
		let path = self.envelope_path(&binding.content, &AccountId(binding.origin.owner), binding.purpose);
		self.put_document(&path, envelope)?;
		Ok(path)
	}

	/// Takes an envelope; none where there is none. What it claims is to be checked by opening it.
	///
	/// # Errors
	/// [`ExchangeError`].
	pub fn envelope(
		&self,
		content: &ContentId,
		owner: &AccountId,
		purpose: Purpose,
	) -> Result<Option<Envelope>, ExchangeError> {
		self.document(&self.envelope_path(content, owner, purpose))
	}

	/// Where code or parameters of a hash lie.
	pub fn upload_path(&self, hash: &H256) -> PathBuf {
		self.root.join("uploads").join(hex::encode(hash))
	}

	/// Hands code or parameters over. Returns their hash.
	///
	/// # Errors
	/// [`ExchangeError::Io`].
	pub fn put_upload(&self, bytes: &[u8]) -> Result<H256, ExchangeError> {
		let hash = blake2_256(bytes);
		self.put(&self.upload_path(&hash), bytes)?;
		Ok(hash)
	}

	/// Takes code or parameters of at most `most` bytes; none where they were not uploaded. They are what the hash names.
	///
	/// # Errors
	/// [`ExchangeError`]; [`ExchangeError::Malformed`] where the file is something else.
	pub fn upload(&self, hash: &H256, most: u64) -> Result<Option<Vec<u8>>, ExchangeError> {
		let path = self.upload_path(hash);
		let Some(bytes) = self.read(&path, most)? else { return Ok(None) };
		if blake2_256(&bytes) != *hash {
			return Err(ExchangeError::Malformed(path, "is not what its name is the hash of".into()));
		}
		Ok(Some(bytes))
	}

	/// Where all output that waits lies.
	pub fn held_folder(&self) -> PathBuf {
		self.root.join("held")
	}

	/// Where output of a permit that waits lies for the owner of an asset.
	pub fn held_path(&self, permit: u64, asset: u32) -> PathBuf {
		self.held_folder().join(format!("{permit}.{asset}"))
	}

	/// All that waits: permit and asset, by permit. What has another name than it would be given is passed over.
	///
	/// # Errors
	/// [`ExchangeError::Io`].
	pub fn held(&self) -> Result<Vec<(u64, u32)>, ExchangeError> {
		let folder = self.held_folder();
		let failed = |error| ExchangeError::Io(folder.clone(), error);
		let mut held = Vec::new();
		for entry in fs::read_dir(&folder).map_err(failed)? {
			let path = entry.map_err(failed)?.path();
			let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
			let Some((permit, asset)) = name.split_once('.') else { continue };
			if let (Ok(permit), Ok(asset)) = (permit.parse(), asset.parse())
				&& self.held_path(permit, asset) == path
			{
				held.push((permit, asset));
			}
		}
		held.sort_unstable();
		Ok(held)
	}

	/// Takes output that waits, sealed as it is; none where nothing waits.
	///
	/// # Errors
	/// [`ExchangeError`].
	pub fn take_held(&self, permit: u64, asset: u32) -> Result<Option<Vec<u8>>, ExchangeError> {
		self.read(&self.held_path(permit, asset), MAX_HELD_BYTES)
	}

	/// Hands held output to an owner: `sealed` is what [`Held::seal`](crate::Held::seal) made.
	///
	/// # Errors
	/// [`ExchangeError::Io`].
	pub fn put_held(&self, permit: u64, asset: u32, sealed: &[u8]) -> Result<(), ExchangeError> {
		self.put(&self.held_path(permit, asset), sealed)
	}

	/// Takes back what was handed to an owner, once it was decided about.
	///
	/// # Errors
	/// [`ExchangeError::Io`].
	pub fn remove_held(&self, permit: u64, asset: u32) -> Result<(), ExchangeError> {
		let path = self.held_path(permit, asset);
		let (folder, name) = self.place(&path, Folder::folder)?;
		folder.remove(name).map_err(|error| ExchangeError::Io(path.clone(), error))
	}

	fn note_path(&self, permit: u64, asset: u32) -> PathBuf {
		self.root.join("notes").join(format!("{permit}.{asset}"))
	}

	/// Hands a note to an owner: `sealed` is what [`Note::seal`](crate::Note::seal) made.
	///
	/// # Errors
	/// [`ExchangeError::Io`].
	pub fn put_note(&self, permit: u64, asset: u32, sealed: &[u8]) -> Result<(), ExchangeError> {
		self.put(&self.note_path(permit, asset), sealed)
	}

	/// Takes a note, sealed as it is; none where there is none.
	///
	/// # Errors
	/// [`ExchangeError`].
	pub fn take_note(&self, permit: u64, asset: u32) -> Result<Option<Vec<u8>>, ExchangeError> {
		self.read(&self.note_path(permit, asset), MAX_HELD_BYTES)
	}

	/// Where an owner's decision lies.
	pub fn decision_path(&self, permit: u64, entry: &H256, owner: &AccountId) -> PathBuf {
		self.root.join("decisions").join(format!("{permit}.{}.{owner}.json", hex::encode(entry)))
	}

	/// Hands a decision over. Of several the last one that an operator has not acted on counts.
	///
	/// # Errors
	/// [`ExchangeError::Io`].
	pub fn put_decision(&self, decision: &SignedDecision) -> Result<PathBuf, ExchangeError> {
		let path = self.decision_path(decision.permit, &decision.entry, &decision.owner);
		self.put_document(&path, decision)?;
		Ok(path)
	}

	/// Takes an owner's decision; none where there is none. Its signature is the caller's to check.
	///
	/// # Errors
	/// [`ExchangeError`].
	pub fn decision(
		&self,
		permit: u64,
		entry: &H256,
		owner: &AccountId,
	) -> Result<Option<SignedDecision>, ExchangeError> {
		self.document(&self.decision_path(permit, entry, owner))
	}

	/// The folder that a permit's output is handed out in.
	pub fn released_path(&self, permit: u64) -> PathBuf {
		self.root.join("released").join(permit.to_string())
	}

	/// Hands one file of a permit's output to the consumer. Its name may have a folder.
	///
	/// # Errors
	/// [`ExchangeError::Io`].
	pub fn put_released(&self, permit: u64, name: &str, bytes: &[u8]) -> Result<(), ExchangeError> {
		let path = self.released_path(permit).join(name);
		let (folder, name) = self.place(&path, Folder::made)?;
		folder.write(name, bytes, SHARED).map_err(|error| ExchangeError::Io(path.clone(), error))
	}

	/// The folder that a path lies in, entered from the root on, and the path's last name.
	fn place<'a>(
		&self,
		path: &'a Path,
		enter: impl Fn(&Folder, &str) -> io::Result<Folder>,
	) -> Result<(Folder, &'a str), ExchangeError> {
		let failed = |error| ExchangeError::Io(path.to_owned(), error);
		let below = path.strip_prefix(&self.root).ok().and_then(Path::to_str);
		let (folders, name) = below
			.and_then(|below| below.rsplit_once('/'))
			.ok_or_else(|| failed(io::ErrorKind::InvalidInput.into()))?;
		let root = Folder::open(&self.root).map_err(failed)?;
		let folder = folders.split('/').try_fold(root, |folder, name| enter(&folder, name));
		Ok((folder.map_err(failed)?, name))
	}

	fn put_document(&self, path: &Path, document: &impl Serialize) -> Result<(), ExchangeError> {
		let malformed =
			|error: serde_json::Error| ExchangeError::Malformed(path.to_owned(), error.to_string());
		let mut bytes = serde_json::to_vec_pretty(document).map_err(malformed)?;
		bytes.push(b'\n');
		self.put(path, &bytes)
	}

	fn put(&self, path: &Path, bytes: &[u8]) -> Result<(), ExchangeError> {
		let (folder, name) = self.place(path, Folder::folder)?;
		folder.write(name, bytes, SHARED).map_err(|error| ExchangeError::Io(path.to_owned(), error))
	}

	fn document<Document: DeserializeOwned>(&self, path: &Path) -> Result<Option<Document>, ExchangeError> {
		let Some(bytes) = self.read(path, MAX_DOCUMENT_BYTES)? else { return Ok(None) };
		let read = serde_json::from_slice(&bytes);
		read.map(Some).map_err(|error| ExchangeError::Malformed(path.to_owned(), error.to_string()))
	}

	/// The bytes of a regular file, at most so many; none where there is none.
	fn read(&self, path: &Path, most: u64) -> Result<Option<Vec<u8>>, ExchangeError> {
		let (folder, name) = self.place(path, Folder::folder)?;
		let bytes = folder.read(name, most).map_err(|error| match error.kind() {
			io::ErrorKind::InvalidData => ExchangeError::Malformed(path.to_owned(), error.to_string()),
			_ => ExchangeError::Io(path.to_owned(), error),
		})?;
		if bytes.as_ref().is_some_and(|bytes| bytes.len() as u64 > most) {
			return Err(ExchangeError::TooLarge(path.to_owned(), most));
		}
		Ok(bytes)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::os::unix::fs::symlink;

	fn exchange() -> (tempfile::TempDir, Exchange) {
		let folder = tempfile::tempdir().unwrap();
		let exchange = Exchange::open(folder.path()).unwrap();
		(folder, exchange)
	}

	#[test]
	fn upload_should_be_found_by_its_hash() {
		let (_folder, exchange) = exchange();
		let hash = exchange.put_upload(b"code").unwrap();
		assert_eq!(exchange.upload(&hash, 4).unwrap().unwrap(), b"code");
		assert!(exchange.upload(&blake2_256(b"other"), 4).unwrap().is_none());
	}

	#[test]
	fn upload_should_be_refused_when_it_is_something_else() {
		let (_folder, exchange) = exchange();
		let hash = blake2_256(b"code");
		fs::write(exchange.upload_path(&hash), b"edoc").unwrap();
		assert!(matches!(exchange.upload(&hash, 4), Err(ExchangeError::Malformed(..))));
	}

	#[test]
	fn upload_should_be_refused_when_it_is_too_large() {
		let (_folder, exchange) = exchange();
		let hash = exchange.put_upload(b"code").unwrap();
		assert!(matches!(exchange.upload(&hash, 3), Err(ExchangeError::TooLarge(_, 3))));
	}

	#[test]
	fn what_is_held_should_be_listed_by_permit() {
		let (folder, exchange) = exchange();
		for (permit, asset) in [(10, 1), (9, 2), (9, 1)] {
			exchange.put_held(permit, asset, b"sealed").unwrap();
		}
		for name in ["readme", "09.3", "+9.3", "9.3.4"] {
			fs::write(folder.path().join("held").join(name), b"").unwrap();
		}
		assert_eq!(exchange.held().unwrap(), [(9, 1), (9, 2), (10, 1)]);
		assert_eq!(exchange.take_held(9, 2).unwrap().unwrap(), b"sealed");
		assert_eq!(exchange.take_held(9, 3).unwrap(), None);
		exchange.remove_held(9, 1).unwrap();
		exchange.remove_held(9, 1).unwrap();
		assert_eq!(exchange.held().unwrap().len(), 2);
	}

	#[test]
	fn link_should_not_be_taken_for_what_was_handed_over() {
		let (folder, exchange) = exchange();
		let hash = blake2_256(b"code");
		fs::write(folder.path().join("secret"), b"code").unwrap();
		symlink(folder.path().join("secret"), exchange.upload_path(&hash)).unwrap();
		assert!(matches!(exchange.upload(&hash, 4), Err(ExchangeError::Malformed(..))));
	}

	#[test]
	fn nothing_should_be_handed_out_through_a_link() {
		let (folder, exchange) = exchange();
		let elsewhere = folder.path().join("elsewhere");
		fs::create_dir(&elsewhere).unwrap();
		symlink(&elsewhere, exchange.released_path(17)).unwrap();
		assert!(matches!(exchange.put_released(17, "report.json", b"{}"), Err(ExchangeError::Io(..))));
		exchange.put_released(18, "report.json", b"{}").unwrap();
		symlink(&elsewhere, exchange.released_path(18).join("released")).unwrap();
		assert!(exchange.put_released(18, "released/table.csv", b"k,n").is_err());
		assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
	}

	#[test]
	fn file_should_take_the_place_of_a_link_in_what_is_handed_out() {
		let (folder, exchange) = exchange();
		let kept = folder.path().join("kept");
		fs::write(&kept, b"kept").unwrap();
		exchange.put_released(17, "log.bundle", b"log").unwrap();
		symlink(&kept, exchange.released_path(17).join("report.json")).unwrap();
		exchange.put_released(17, "report.json", b"{}").unwrap();
		assert_eq!(fs::read(&kept).unwrap(), b"kept");
		assert_eq!(fs::read(exchange.released_path(17).join("report.json")).unwrap(), b"{}");
	}

	#[test]
	fn exchange_should_not_be_opened_when_a_part_is_a_link() {
		let folder = tempfile::tempdir().unwrap();
		symlink("/tmp", folder.path().join("released")).unwrap();
		assert!(matches!(Exchange::open(folder.path()), Err(ExchangeError::Io(..))));
	}

	#[test]
	fn name_should_not_lead_out_of_what_is_handed_out() {
		let (folder, exchange) = exchange();
		for name in ["../../a", "released/../../../a", "/a", ""] {
			assert!(exchange.put_released(17, name, b"").is_err(), "{name}");
		}
		assert!(!folder.path().join("a").exists() && !Path::new("/a").exists());
	}
}
