//! Writing a file's tree.

use super::{
	LEAF_BYTES, MAX_LINKS,
	node::{Link, encode},
};
use crate::{
	content::{Codec, ContentId},
	store::{Block, BlockStore, StoreError},
};
use std::io::{self, Write};

/// A stored file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DagRoot {
	/// Its content id.
	pub id: ContentId,
	/// Its bytes.
	pub bytes: u64,
}

/// Puts a file, as it is written, into a store. Holds a leaf and, for each level of the tree, the links of one node.
///
/// As [`Write`] it returns [`StoreError`]s inside [`io::Error`]s.
pub struct DagWriter<'a, Store: ?Sized> {
	store: &'a Store,
	leaf: Vec<u8>,
	/// Links that no node holds yet, from those to leaves upwards. A level has a link only where those below had to
	/// make room for more.
	levels: Vec<Vec<Link>>,
	bytes: u64,
}

impl<'a, Store: BlockStore + ?Sized> DagWriter<'a, Store> {
	/// An empty file.
	pub fn new(store: &'a Store) -> Self {
		Self { store, leaf: Vec::with_capacity(LEAF_BYTES), levels: Vec::new(), bytes: 0 }
	}

	/// Puts what is left, and has the store keep the tree.
	///
	/// # Errors
	/// The store's.
	pub fn finish(mut self) -> Result<DagRoot, StoreError> {
		if !self.leaf.is_empty() || self.levels.is_empty() {
			self.put_leaf()?;
		}
		let mut level = 0;
		// All leaves lie at one depth: a level below the topmost becomes a node even where it is a single link.
		while level + 1 < self.levels.len() || self.levels[level].len() > 1 {
			self.put_node(level)?;
			level += 1;
		}
		let root = self.levels[level][0].id;
		self.store.keep(&root)?;
		Ok(DagRoot { id: root, bytes: self.bytes })
	}

	fn put_leaf(&mut self) -> Result<(), StoreError> {
		let leaf = std::mem::replace(&mut self.leaf, Vec::with_capacity(LEAF_BYTES));
		let bytes = leaf.len() as u64;
		let block = Block::new(Codec::Raw, leaf)?;
		self.store.put(&block)?;
		self.bytes += bytes;
		self.link(0, Link { id: *block.id(), bytes, total: bytes })
	}

	/// Makes a node of a level's links, and a link to it one level above.
	fn put_node(&mut self, level: usize) -> Result<(), StoreError> {
		let links = std::mem::take(&mut self.levels[level]);
		let block = Block::new(Codec::DagPb, encode(&links))?;
		self.store.put(&block)?;
		let below: u64 = links.iter().map(|link| link.total).sum();
		let bytes = links.iter().map(|link| link.bytes).sum();
		let total = below + block.bytes().len() as u64;
		self.link(level + 1, Link { id: *block.id(), bytes, total })
	}

	/// Adds a link to a level, which becomes a node first where it is full.
	fn link(&mut self, level: usize, link: Link) -> Result<(), StoreError> {
		if self.levels.len() == level {
			self.levels.push(Vec::new());
		}
		if self.levels[level].len() == MAX_LINKS {
			self.put_node(level)?;
		}
		self.levels[level].push(link);
		Ok(())
	}
}

impl<Store: BlockStore + ?Sized> Write for DagWriter<'_, Store> {
	fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
		if self.leaf.len() == LEAF_BYTES && !bytes.is_empty() {
			self.put_leaf().map_err(io::Error::other)?;
		}
		let taken = bytes.len().min(LEAF_BYTES - self.leaf.len());
		self.leaf.extend_from_slice(&bytes[..taken]);
		Ok(taken)
	}

	/// Does nothing: a leaf is put when it is full, or by [`DagWriter::finish`].
	fn flush(&mut self) -> io::Result<()> {
		Ok(())
	}
}
