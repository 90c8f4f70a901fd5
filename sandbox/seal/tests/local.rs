//! The folder of blocks.

use heirloom_seal::{
	BlockStore, LocalStore, StoreError,
	content::Codec,
	store::{Block, MAX_BLOCK_BYTES},
};
use std::{fs, path::PathBuf};
use tempfile::TempDir;

fn store() -> (TempDir, LocalStore) {
	let folder = tempfile::tempdir().unwrap();
	let store = LocalStore::open(&folder.path().join("blocks")).unwrap();
	(folder, store)
}

fn block(bytes: &[u8]) -> Block {
	Block::new(Codec::Raw, bytes.to_vec()).unwrap()
}

/// Where a block must lie.
fn path_of(folder: &TempDir, block: &Block) -> PathBuf {
	let name = block.id().to_string();
	folder.path().join("blocks").join(&name[56..58]).join(name)
}

#[test]
fn what_was_put_can_be_got() {
	let (folder, store) = store();
	for bytes in [vec![], b"a block".to_vec(), vec![7; MAX_BLOCK_BYTES]] {
		let block = block(&bytes);
		store.put(&block).unwrap();
		assert_eq!(store.get(block.id()).unwrap(), block);
		assert_eq!(fs::read(path_of(&folder, &block)).unwrap(), bytes);
		store.keep(block.id()).unwrap();
	}
}

#[test]
fn put_leaves_no_other_file_behind() {
	let (folder, store) = store();
	let block = block(b"a block");
	store.put(&block).unwrap();
	store.put(&block).unwrap();
	let shard = path_of(&folder, &block).parent().unwrap().to_owned();
	assert_eq!(fs::read_dir(shard).unwrap().count(), 1);
	assert_eq!(fs::read_dir(folder.path().join("blocks")).unwrap().count(), 1);
}

#[test]
fn blocks_are_there_when_the_store_is_opened_again() {
	let (folder, store) = store();
	store.put(&block(b"a block")).unwrap();
	let again = LocalStore::open(&folder.path().join("blocks")).unwrap();
	assert_eq!(again.get(block(b"a block").id()).unwrap().bytes(), b"a block");
}

#[test]
fn get_should_fail_when_there_is_no_such_block() {
	let (_folder, store) = store();
	assert!(matches!(store.get(block(b"none").id()), Err(StoreError::NotFound(_))));
}

#[test]
fn get_should_fail_when_the_file_was_altered() {
	let (folder, store) = store();
	let block = block(b"a block");
	store.put(&block).unwrap();
	for spoilt in [&b"a blocK"[..], b"a bloc", b"a block!", b""] {
		fs::write(path_of(&folder, &block), spoilt).unwrap();
		assert!(matches!(store.get(block.id()), Err(StoreError::Mismatch(_))));
	}
	store.put(&block).unwrap();
	assert_eq!(store.get(block.id()).unwrap(), block);
}

#[test]
fn get_should_fail_when_the_file_is_larger_than_a_block() {
	let (folder, store) = store();
	let block = block(b"a block");
	store.put(&block).unwrap();
	let file = fs::File::create(path_of(&folder, &block)).unwrap();
	// A hole of a terabyte: reading it all would not end.
	file.set_len(1 << 40).unwrap();
	assert!(matches!(store.get(block.id()), Err(StoreError::TooLarge(_))));
}

#[test]
fn keep_should_fail_when_there_is_no_such_tree() {
	let (_folder, store) = store();
	assert!(matches!(store.keep(block(b"none").id()), Err(StoreError::NotFound(_))));
}

#[test]
fn open_should_fail_when_the_folder_is_a_file() {
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("file");
	fs::write(&path, "").unwrap();
	assert!(matches!(LocalStore::open(&path), Err(StoreError::Folder(_))));
}

#[test]
fn new_block_should_fail_when_it_is_too_large() {
	let error = Block::new(Codec::Raw, vec![0; MAX_BLOCK_BYTES + 1]).unwrap_err();
	assert!(matches!(error, StoreError::TooLarge(_)));
}
