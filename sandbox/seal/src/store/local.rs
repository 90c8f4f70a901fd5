//! A folder of blocks.
//!
//! A block lies in a file named by its content id, in one of 1,024 folders named by two characters before the id's
//! last one (the layout that Kubo calls `next-to-last/2`): the first characters of all ids are the same. A block is
//! written beside its place and renamed into it, so that whoever reads finds all of it or none, and a reader checks it
//! against its id, so that a disk's error is an error here. Links, pipes and devices are no blocks.

use super::{Block, BlockStore, MAX_BLOCK_BYTES, StoreError};
use crate::{content::ContentId, folder::Folder};
use std::{
	fs::{self, File},
	io,
	path::{Path, PathBuf},
};

/// Ciphertext is for everyone to read.
const SHARED: u32 = 0o644;

/// Blocks in a folder of the file system.
#[derive(Clone, Debug)]
pub struct LocalStore {
	root: PathBuf,
}

impl LocalStore {
	/// The store in this folder, which is made where there is none.
	///
	/// # Errors
	/// [`StoreError::Folder`].
	pub fn open(root: &Path) -> Result<Self, StoreError> {
		fs::create_dir_all(root).map_err(StoreError::Folder)?;
		Ok(Self { root: root.to_owned() })
	}

	fn folder(&self) -> Result<Folder, StoreError> {
		Folder::open(&self.root).map_err(StoreError::Folder)
	}
}

/// The folder that a block lies in.
fn shard(name: &str) -> &str {
	// All ids have 59 characters of ASCII.
	&name[name.len() - 3..name.len() - 1]
}

impl BlockStore for LocalStore {
	/// Writes over a block that is there: that mends one that the disk has spoilt.
	fn put(&self, block: &Block) -> Result<(), StoreError> {
		let name = block.id().to_string();
		let shard = self.folder()?.made(shard(&name)).map_err(StoreError::Folder)?;
		shard.write(&name, block.bytes(), SHARED).map_err(StoreError::Folder)
	}

	fn get(&self, id: &ContentId) -> Result<Block, StoreError> {
		let name = id.to_string();
		let shard = self.folder()?.folder(shard(&name)).map_err(|error| match error.kind() {
			io::ErrorKind::NotFound => StoreError::NotFound(*id),
			_ => StoreError::Folder(error),
		})?;
		// One byte more than a block may have shows that there are more.
		let bytes = shard.read(&name, MAX_BLOCK_BYTES as u64).map_err(StoreError::Folder)?;
		Block::verified(*id, bytes.ok_or(StoreError::NotFound(*id))?)
	}

	/// Nothing is ever thrown away; what is left to do is to bring the names of new folders to the disk.
	fn keep(&self, root: &ContentId) -> Result<(), StoreError> {
		self.get(root)?;
		File::open(&self.root).and_then(|folder| folder.sync_all()).map_err(StoreError::Folder)
	}
}
