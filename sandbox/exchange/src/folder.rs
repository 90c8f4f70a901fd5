//! The folder, and the names in it.

use crate::{SignedDecision, whole::write_whole};
use heirloom_sandbox_chain::{AccountId, H256, blake2_256};
use heirloom_seal::{ContentId, Envelope, Purpose};
use serde::{Serialize, de::DeserializeOwned};
use std::{
	fs::{self, File},
	io::{self, Read},
	path::{Path, PathBuf},
};

/// The most bytes of an envelope or a decision that are read: more than any has.
const MAX_DOCUMENT_BYTES: u64 = 64 << 10;
/// The parts of an exchange, in the order of its description.
const PARTS: [&str; 6] = ["blocks", "envelopes", "uploads", "held", "decisions", "released"];
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
	/// [`ExchangeError::Io`].
	pub fn open(root: &Path) -> Result<Self, ExchangeError> {
		for part in PARTS {
			let folder = root.join(part);
			fs::create_dir_all(&folder).map_err(|error| ExchangeError::Io(folder, error))?;
		}
		Ok(Self { root: root.to_owned() })
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
		put_document(&path, envelope)?;
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
		document(&self.envelope_path(content, owner, purpose))
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
		put(&self.upload_path(&hash), bytes)?;
		Ok(hash)
	}

	/// Takes code or parameters of at most `most` bytes; none where they were not uploaded. They are what the hash names.
	///
	/// # Errors
	/// [`ExchangeError`]; [`ExchangeError::Malformed`] where the file is something else.
	pub fn upload(&self, hash: &H256, most: u64) -> Result<Option<Vec<u8>>, ExchangeError> {
		let path = self.upload_path(hash);
		let Some(bytes) = read(&path, most)? else { return Ok(None) };
		if blake2_256(&bytes) != *hash {
			return Err(ExchangeError::Malformed(path, "is not what its name is the hash of".into()));
		}
		Ok(Some(bytes))
	}

	/// Where output of a permit that waits lies for the owner of an asset.
	pub fn held_path(&self, permit: u64, asset: u32) -> PathBuf {
		self.root.join("held").join(format!("{permit}.{asset}"))
	}

	/// All that waits: permit, asset and where, by permit.
	///
	/// # Errors
	/// [`ExchangeError::Io`].
	pub fn held(&self) -> Result<Vec<(u64, u32, PathBuf)>, ExchangeError> {
		let folder = self.root.join("held");
		let failed = |error| ExchangeError::Io(folder.clone(), error);
		let mut held = Vec::new();
		for entry in fs::read_dir(&folder).map_err(failed)? {
			let path = entry.map_err(failed)?.path();
			let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
			let Some((permit, asset)) = name.split_once('.') else { continue };
			if let (Ok(permit), Ok(asset)) = (permit.parse(), asset.parse()) {
				held.push((permit, asset, path));
			}
		}
		held.sort();
		Ok(held)
	}

	/// Hands held output to an owner: `sealed` is what [`Held::seal`](crate::Held::seal) made.
	///
	/// # Errors
	/// [`ExchangeError::Io`].
	pub fn put_held(&self, permit: u64, asset: u32, sealed: &[u8]) -> Result<(), ExchangeError> {
		put(&self.held_path(permit, asset), sealed)
	}

	/// Takes back what was handed to an owner, once it was decided about.
	///
	/// # Errors
	/// [`ExchangeError::Io`].
	pub fn remove_held(&self, permit: u64, asset: u32) -> Result<(), ExchangeError> {
		let path = self.held_path(permit, asset);
		match fs::remove_file(&path) {
			Err(error) if error.kind() != io::ErrorKind::NotFound => Err(ExchangeError::Io(path, error)),
			Ok(()) | Err(_) => Ok(()),
		}
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
		put_document(&path, decision)?;
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
		document(&self.decision_path(permit, entry, owner))
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
		let folder = path.parent().unwrap_or(&path);
		fs::create_dir_all(folder).map_err(|error| ExchangeError::Io(folder.to_owned(), error))?;
		put(&path, bytes)
	}
}

fn put_document(path: &Path, document: &impl Serialize) -> Result<(), ExchangeError> {
	let malformed = |error: serde_json::Error| ExchangeError::Malformed(path.to_owned(), error.to_string());
	let mut bytes = serde_json::to_vec_pretty(document).map_err(malformed)?;
	bytes.push(b'\n');
	put(path, &bytes)
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), ExchangeError> {
	write_whole(path, bytes, SHARED).map_err(|error| ExchangeError::Io(path.to_owned(), error))
}

fn document<Document: DeserializeOwned>(path: &Path) -> Result<Option<Document>, ExchangeError> {
	let Some(bytes) = read(path, MAX_DOCUMENT_BYTES)? else { return Ok(None) };
	let read = serde_json::from_slice(&bytes);
	read.map(Some).map_err(|error| ExchangeError::Malformed(path.to_owned(), error.to_string()))
}

/// The bytes of a regular file, at most so many; none where there is none.
fn read(path: &Path, most: u64) -> Result<Option<Vec<u8>>, ExchangeError> {
	let failed = |error| ExchangeError::Io(path.to_owned(), error);
	// Before it is opened, since opening a pipe would wait for its other end.
	match path.metadata() {
		Ok(metadata) if metadata.is_file() => {}
		Ok(_) => return Err(ExchangeError::Malformed(path.to_owned(), "is not a regular file".into())),
		Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
		Err(error) => return Err(failed(error)),
	}
	let mut bytes = Vec::new();
	File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes)).map_err(failed)?;
	if bytes.len() as u64 > most {
		return Err(ExchangeError::TooLarge(path.to_owned(), most));
	}
	Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
	use super::*;

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
		fs::write(folder.path().join("held/readme"), b"").unwrap();
		let listed = exchange.held().unwrap().into_iter().map(|(permit, asset, _)| (permit, asset));
		assert_eq!(listed.collect::<Vec<_>>(), [(9, 1), (9, 2), (10, 1)]);
		exchange.remove_held(9, 1).unwrap();
		exchange.remove_held(9, 1).unwrap();
		assert_eq!(exchange.held().unwrap().len(), 2);
	}
}
