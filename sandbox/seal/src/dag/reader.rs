//! Reading a file's tree.

use super::{MAX_LEVELS, MAX_LINKS, node::decode};
use crate::{
	content::{Codec, ContentId},
	store::{BlockStore, StoreError},
};
use std::io::{self, Read};

/// Why a file's tree cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DagError {
	/// A block cannot be had.
	#[error(transparent)]
	Store(#[from] StoreError),
	/// The store returned another block than the one that was asked for.
	#[error("the store returned another block than {0}")]
	OtherBlock(ContentId),
	/// The file has more bytes than the reader was allowed.
	#[error("the file has {bytes} bytes, more than the {limit} that are allowed")]
	TooLarge {
		/// Bytes of the file, as its root says.
		bytes: u64,
		/// The most that were allowed.
		limit: u64,
	},
	/// A node is none of a file, or is empty in itself or in a child.
	#[error("{0} is not a node of a file")]
	NotAFile(ContentId),
	/// A node has more links than the profile allows.
	#[error("{0} has more than 1,024 links")]
	TooManyLinks(ContentId),
	/// The tree has more levels than any file's that can be sealed.
	#[error("{0} lies deeper than a file's tree goes")]
	TooDeep(ContentId),
	/// A block has not as many bytes of the file as the node above says.
	#[error("{0} has not as many bytes of the file as the node above it says")]
	WrongLength(ContentId),
}

/// A part of the file that is still to be read.
#[derive(Clone, Copy)]
struct Pending {
	id: ContentId,
	/// Bytes of the file in it and below, as the node above says; none of the root.
	bytes: Option<u64>,
	/// Nodes above it.
	level: usize,
}

/// Reads a file from a store, each block checked against the id that the one before it gave. Holds a leaf, and for
/// each level the links of one node.
///
/// As [`Read`] it returns [`DagError`]s inside [`io::Error`]s.
pub struct DagReader<'a, Store: ?Sized> {
	store: &'a Store,
	/// The last one comes next.
	pending: Vec<Pending>,
	leaf: Vec<u8>,
	/// What was read of the leaf.
	read: usize,
	bytes: u64,
}

impl<'a, Store: BlockStore + ?Sized> DagReader<'a, Store> {
	/// Begins to read a file, if it has at most `limit` bytes. That many are what a tree of any making can give.
	///
	/// # Errors
	/// Any of [`DagError`] that the root gives rise to.
	pub fn open(store: &'a Store, root: ContentId, limit: u64) -> Result<Self, DagError> {
		let mut reader = Self { store, pending: Vec::new(), leaf: Vec::new(), read: 0, bytes: 0 };
		reader.visit(Pending { id: root, bytes: None, level: 0 })?;
		// Of the root either the leaf or its children are there now.
		let listed: u64 = reader.pending.iter().filter_map(|pending| pending.bytes).sum();
		reader.bytes = listed + reader.leaf.len() as u64;
		if reader.bytes > limit {
			return Err(DagError::TooLarge { bytes: reader.bytes, limit });
		}
		Ok(reader)
	}

	/// Bytes of the file.
	pub fn size(&self) -> u64 {
		self.bytes
	}

	/// Fetches a block: a leaf to be read next, or a node whose children are.
	fn visit(&mut self, part: Pending) -> Result<(), DagError> {
		let Pending { id, bytes: stated, level } = part;
		let block = self.store.get(&id)?;
		if *block.id() != id {
			return Err(DagError::OtherBlock(id));
		}
		match id.codec() {
			Codec::Raw => {
				self.leaf = block.into_bytes();
				self.read = 0;
				expect_length(id, stated, self.leaf.len() as u64)
			}
			Codec::DagPb => {
				if level == MAX_LEVELS {
					return Err(DagError::TooDeep(id));
				}
				let children = decode(block.bytes()).ok_or(DagError::NotAFile(id))?;
				if children.len() > MAX_LINKS {
					return Err(DagError::TooManyLinks(id));
				}
				// That the sum is the node's own and no overflow was looked at in decoding.
				expect_length(id, stated, children.iter().map(|(_, bytes)| bytes).sum())?;
				let parts = children.into_iter().rev();
				self.pending.extend(parts.map(|(id, bytes)| Pending {
					id,
					bytes: Some(bytes),
					level: level + 1,
				}));
				Ok(())
			}
		}
	}
}

fn expect_length(id: ContentId, stated: Option<u64>, found: u64) -> Result<(), DagError> {
	if stated.is_none_or(|stated| stated == found) { Ok(()) } else { Err(DagError::WrongLength(id)) }
}

impl<Store: BlockStore + ?Sized> Read for DagReader<'_, Store> {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		while self.read == self.leaf.len() && !buffer.is_empty() {
			let Some(part) = self.pending.pop() else { return Ok(0) };
			if let Err(error) = self.visit(part) {
				// It stays the next one: whoever reads on meets the error again, not the part behind.
				self.pending.push(part);
				return Err(io::Error::other(error));
			}
		}
		let rest = &self.leaf[self.read..];
		let taken = rest.len().min(buffer.len());
		buffer[..taken].copy_from_slice(&rest[..taken]);
		self.read += taken;
		Ok(taken)
	}
}
