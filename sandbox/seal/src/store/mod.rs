//! Where blocks are kept: a folder, or a Kubo (IPFS) node.
//!
//! A store is not trusted. The only way to a [`Block`] of given bytes is through the check that they are what its
//! content id names, so that a store cannot return what it did not check.

#[cfg(feature = "files")]
mod kubo;
#[cfg(feature = "files")]
mod local;

#[cfg(feature = "files")]
pub use kubo::{Kubo, KuboTimeouts};
#[cfg(feature = "files")]
pub use local::LocalStore;

use crate::content::{Codec, ContentId};
use std::io;

/// The largest block that is written or read, in bytes. It is the leaf of the `unixfs-v1-2025` profile, and what Kubo
/// takes at `block/put` in all its versions.
pub const MAX_BLOCK_BYTES: usize = 1 << 20;

/// Bytes that their content id names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
	id: ContentId,
	bytes: Vec<u8>,
}

impl Block {
	/// A new block.
	///
	/// # Errors
	/// [`StoreError::TooLarge`] above [`MAX_BLOCK_BYTES`].
	pub fn new(codec: Codec, bytes: Vec<u8>) -> Result<Self, StoreError> {
		let id = ContentId::of(codec, &bytes);
		if bytes.len() > MAX_BLOCK_BYTES {
			return Err(StoreError::TooLarge(id));
		}
		Ok(Self { id, bytes })
	}

	/// The block that `id` names, if `bytes` are it.
	///
	/// # Errors
	/// [`StoreError::Mismatch`]; [`StoreError::TooLarge`] above [`MAX_BLOCK_BYTES`].
	pub fn verified(id: ContentId, bytes: Vec<u8>) -> Result<Self, StoreError> {
		if bytes.len() > MAX_BLOCK_BYTES {
			return Err(StoreError::TooLarge(id));
		}
		if ContentId::of(id.codec(), &bytes) != id {
			return Err(StoreError::Mismatch(id));
		}
		Ok(Self { id, bytes })
	}

	/// Its content id.
	pub fn id(&self) -> &ContentId {
		&self.id
	}

	/// Its bytes, at most [`MAX_BLOCK_BYTES`].
	pub fn bytes(&self) -> &[u8] {
		&self.bytes
	}

	/// Its bytes, without a copy.
	pub fn into_bytes(self) -> Vec<u8> {
		self.bytes
	}
}

/// Keeps blocks under their content ids.
pub trait BlockStore {
	/// Keeps a block. Keeping one again changes nothing.
	fn put(&self, block: &Block) -> Result<(), StoreError>;

	/// The block of this id.
	///
	/// # Errors
	/// [`StoreError::NotFound`] where the store knows that it has none; other variants where it cannot say.
	fn get(&self, id: &ContentId) -> Result<Block, StoreError>;

	/// Keeps a tree of blocks for good, by its root, once all of it was put: a store may throw away blocks that no
	/// such tree holds.
	fn keep(&self, root: &ContentId) -> Result<(), StoreError>;
}

/// Keeps nothing: for who wants the content id alone.
#[derive(Clone, Copy, Debug)]
pub struct Nowhere;

impl BlockStore for Nowhere {
	fn put(&self, _: &Block) -> Result<(), StoreError> {
		Ok(())
	}

	fn get(&self, id: &ContentId) -> Result<Block, StoreError> {
		Err(StoreError::NotFound(*id))
	}

	fn keep(&self, _: &ContentId) -> Result<(), StoreError> {
		Ok(())
	}
}

impl<Store: BlockStore + ?Sized> BlockStore for Box<Store> {
	fn put(&self, block: &Block) -> Result<(), StoreError> {
		(**self).put(block)
	}

	fn get(&self, id: &ContentId) -> Result<Block, StoreError> {
		(**self).get(id)
	}

	fn keep(&self, root: &ContentId) -> Result<(), StoreError> {
		(**self).keep(root)
	}
}

/// Why a store cannot keep or return a block.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
	/// There is no such block.
	#[error("{0} is not in the store")]
	NotFound(ContentId),
	/// What was found is not what the id names.
	#[error("what is stored as {0} is something else")]
	Mismatch(ContentId),
	/// More than a block may have.
	#[error("{0} is more than the 1,048,576 bytes that a block may have")]
	TooLarge(ContentId),
	/// The folder of a local store refuses.
	#[error("the block store's folder cannot be used: {0}")]
	Folder(io::Error),
	/// The address of the node cannot be used.
	#[error("the node's address is not an http or https URL")]
	BadAddress,
	/// The node cannot be reached.
	#[error("the node cannot be reached: {0}")]
	Unreachable(String),
	/// The node did not answer in time.
	#[error("the node did not answer in time")]
	TimedOut,
	/// The node answered with another status than 200.
	#[error("the node refused with status {status}: {message}")]
	Refused {
		/// The HTTP status.
		status: u16,
		/// What it said, cut to its first 200 printable characters of ASCII.
		message: String,
	},
	/// The node's answer is not one of its protocol.
	#[error("the node's answer cannot be understood")]
	BadAnswer,
	/// The node keeps a block under another id than the one that was asked for.
	#[error("the node took {0} for something else")]
	OtherId(ContentId),
}
