//! All of it together: from a file to a stored asset with its envelopes, and back.

use crate::{
	content::ContentId,
	dag::{DagError, DagReader, DagWriter},
	durable,
	envelope::{Binding, Envelope, EnvelopeError, Origin, Purpose},
	format::{self, OpenError, SealError},
	secret::{DataKey, SealingPublicKey},
	store::{BlockStore, StoreError},
};
use serde::{Deserialize, Serialize};
use std::{
	fs::File,
	io::{self, Read, Write},
	path::Path,
};

/// A file as it is stored, and who can open it beforehand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedAsset {
	/// Content id of the ciphertext: what the asset is minted with.
	pub cid: ContentId,
	/// Bytes of the ciphertext.
	pub size: u64,
	/// One [standing](Purpose::Standing) envelope for each recipient, in their order.
	pub envelopes: Vec<Envelope>,
}

/// How far a file has come, in bytes of what is read: plaintext in sealing, ciphertext in opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
	/// Bytes read.
	pub done: u64,
	/// Bytes there are. More may be read of a file that grows meanwhile.
	pub total: u64,
}

/// Why a file cannot be sealed into a store.
#[derive(Debug, thiserror::Error)]
pub enum SealFileError {
	/// The file cannot be opened.
	#[error("the file cannot be opened: {0}")]
	Unreadable(io::Error),
	/// A folder, a device or a pipe.
	#[error("only a regular file can be sealed")]
	NotAFile,
	/// It cannot be sealed.
	#[error(transparent)]
	Seal(SealError),
	/// The store does not take it.
	#[error(transparent)]
	Store(#[from] StoreError),
	/// The key cannot be sealed to a recipient.
	#[error("recipient {recipient}: {error}")]
	Envelope {
		/// The recipient.
		recipient: SealingPublicKey,
		/// Why not.
		error: EnvelopeError,
	},
}

/// Why an asset cannot be opened from a store.
#[derive(Debug, thiserror::Error)]
pub enum OpenAssetError {
	/// The ciphertext cannot be had from the store.
	#[error(transparent)]
	Content(#[from] DagError),
	/// The ciphertext does not open.
	#[error(transparent)]
	Open(OpenError),
	/// The file for the plaintext cannot be made.
	#[error("the file for what is opened cannot be written: {0}")]
	Unwritable(io::Error),
}

/// Seals a file under `key` into `store`, and the key to each of `recipients` beforehand.
///
/// The key is the owner's to keep (see [`DataKey::save`]), and to be kept before it is used: without it no envelope for
/// a permit can be made later. For a policy by which the owner approves each permit there are no recipients. Blocks of
/// a file that failed stay in the store; they are ciphertext.
///
/// # Errors
/// [`SealFileError`].
///
/// # Panics
/// As [`Envelope::seal`] does.
pub fn seal_file(
	path: &Path,
	key: &DataKey,
	store: &impl BlockStore,
	recipients: &[SealingPublicKey],
	origin: &Origin,
	progress: &mut dyn FnMut(Progress),
) -> Result<SealedAsset, SealFileError> {
	// Before it is opened, since opening a pipe would wait for its other end.
	let metadata = path.metadata().map_err(SealFileError::Unreadable)?;
	if !metadata.is_file() {
		return Err(SealFileError::NotAFile);
	}
	let file = File::open(path).map_err(SealFileError::Unreadable)?;
	let plain = Watched { inner: file, done: 0, total: metadata.len(), progress };
	let mut tree = DagWriter::new(store);
	format::seal(key, plain, &mut tree).map_err(seal_error)?;
	let root = tree.finish()?;

	let binding = Binding { origin: *origin, content: root.id, purpose: Purpose::Standing };
	let envelopes = recipients.iter().map(|recipient| {
		Envelope::seal(key, &binding, recipient)
			.map_err(|error| SealFileError::Envelope { recipient: *recipient, error })
	});
	Ok(SealedAsset { cid: root.id, size: root.bytes, envelopes: envelopes.collect::<Result<_, _>>()? })
}

/// Opens the asset with content id `cid`, of at most `limit` bytes of ciphertext, with its data key, and writes the
/// plaintext into `plain`. Returns the bytes of plaintext.
///
/// What was written by the time of an error is the beginning of the plaintext, and to be thrown away.
///
/// # Errors
/// [`OpenAssetError`].
pub fn open_asset(
	cid: &ContentId,
	limit: u64,
	key: &DataKey,
	store: &impl BlockStore,
	plain: impl Write,
	progress: &mut dyn FnMut(Progress),
) -> Result<u64, OpenAssetError> {
	let tree = DagReader::open(store, *cid, limit)?;
	let total = tree.size();
	let sealed = Watched { inner: tree, done: 0, total, progress };
	format::open(key, sealed, plain).map_err(open_error)
}

/// Checks that `key` is the data key of the asset with content id `cid`, of at most `limit` bytes of ciphertext. Reads the
/// beginning of the ciphertext and nothing more.
///
/// # Errors
/// [`OpenAssetError`]; of [`OpenError::WrongKey`] where the asset has another one.
pub fn check_asset_key(
	cid: &ContentId,
	limit: u64,
	key: &DataKey,
	store: &(impl BlockStore + ?Sized),
) -> Result<(), OpenAssetError> {
	let sealed = DagReader::open(store, *cid, limit)?;
	format::check_key(key, sealed).map_err(open_error)
}

/// Like [`open_asset`], into a new file for its owner alone (mode 0600), which is there as a whole or not at all.
///
/// # Errors
/// [`OpenAssetError`]; [`OpenAssetError::Unwritable`] also where there is a file already.
pub fn open_asset_file(
	cid: &ContentId,
	limit: u64,
	key: &DataKey,
	store: &impl BlockStore,
	path: &Path,
	progress: &mut dyn FnMut(Progress),
) -> Result<u64, OpenAssetError> {
	let file = durable::begin(&durable::folder_of(path)).map_err(OpenAssetError::Unwritable)?;
	// Without a buffer: it is written in chunks of 64 KiB, and a buffer would leave plaintext in memory.
	let bytes = open_asset(cid, limit, key, store, &file, progress)?;
	durable::commit(file, path).map_err(OpenAssetError::Unwritable)?;
	Ok(bytes)
}

/// The store's own error, where it was the store that refused what was written.
fn seal_error(error: SealError) -> SealFileError {
	match error {
		SealError::Output(error) => match error.downcast::<StoreError>() {
			Ok(error) => SealFileError::Store(error),
			Err(error) => SealFileError::Seal(SealError::Output(error)),
		},
		error @ (SealError::Input(_)
		| SealError::TooLong
		| SealError::NoRandomness(_)
		| SealError::Cipher) => SealFileError::Seal(error),
	}
}

/// The tree's own error, where it was the tree that could not be read.
fn open_error(error: OpenError) -> OpenAssetError {
	match error {
		OpenError::Input(error) => match error.downcast::<DagError>() {
			Ok(error) => OpenAssetError::Content(error),
			Err(error) => OpenAssetError::Open(OpenError::Input(error)),
		},
		error @ (OpenError::Output(_)
		| OpenError::NotSealed
		| OpenError::UnsupportedVersion(_)
		| OpenError::WrongKey
		| OpenError::HeaderAltered
		| OpenError::Truncated
		| OpenError::ChunkMisplaced { .. }
		| OpenError::ChunkMalformed(_)
		| OpenError::ChunkAltered(_)
		| OpenError::TrailingData
		| OpenError::Cipher) => OpenAssetError::Open(error),
	}
}

/// Reads, and tells how far it has come.
struct Watched<'a, Inner> {
	inner: Inner,
	done: u64,
	total: u64,
	progress: &'a mut dyn FnMut(Progress),
}

impl<Inner: Read> Read for Watched<'_, Inner> {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		let read = self.inner.read(buffer)?;
		if read > 0 {
			self.done = self.done.saturating_add(read as u64);
			(self.progress)(Progress { done: self.done, total: self.total });
		}
		Ok(read)
	}
}
