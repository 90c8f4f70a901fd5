//! A folder of blocks.
//!
//! A block lies in a file named by its content id, in one of 1,024 folders named by two characters before the id's
//! last one (the layout that Kubo calls `next-to-last/2`): the first characters of all ids are the same. A block is
//! written beside its place and renamed into it, so that whoever reads finds all of it or none, and a reader checks it
//! against its id, so that a disk's error is an error here.

use super::{Block, BlockStore, MAX_BLOCK_BYTES, StoreError};
use crate::{
	content::ContentId,
	durable::{self, Existing},
};
use std::{
	fs::{self, File},
	io::{self, Read, Write},
	path::{Path, PathBuf},
};

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

	/// Where a block lies. The id's text is of the alphabet of base 32, so it stays inside.
	fn path_of(&self, id: &ContentId) -> PathBuf {
		let name = id.to_string();
		// All ids have 59 characters of ASCII.
		let shard = &name[name.len() - 3..name.len() - 1];
		self.root.join(shard).join(name)
	}
}

impl BlockStore for LocalStore {
	/// Writes over a block that is there: that mends one that the disk has spoilt.
	fn put(&self, block: &Block) -> Result<(), StoreError> {
		let path = self.path_of(block.id());
		let folder = durable::folder_of(&path);
		let write = || {
			fs::create_dir_all(&folder)?;
			let mut file = durable::begin(&folder)?;
			file.write_all(block.bytes())?;
			durable::commit(file, &path, Existing::Replace)
		};
		write().map_err(StoreError::Folder)
	}

	fn get(&self, id: &ContentId) -> Result<Block, StoreError> {
		let file = File::open(self.path_of(id)).map_err(|error| match error.kind() {
			io::ErrorKind::NotFound => StoreError::NotFound(*id),
			_ => StoreError::Folder(error),
		})?;
		let mut bytes = Vec::new();
		// One byte more than a block may have shows that there are more.
		file.take(MAX_BLOCK_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(StoreError::Folder)?;
		Block::verified(*id, bytes)
	}

	/// Nothing is ever thrown away; what is left to do is to bring the names of new folders to the disk.
	fn keep(&self, root: &ContentId) -> Result<(), StoreError> {
		self.get(root)?;
		File::open(&self.root).and_then(|folder| folder.sync_all()).map_err(StoreError::Folder)
	}
}
