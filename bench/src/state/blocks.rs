//! Blocks that no runtime has executed: each changes some keys of the state, and is written as block import writes one.

use crate::node::{self, FullBackend};
use anyhow::{Context, Result};
use heirloom_runtime::{
	VERSION,
	opaque::{Block, Header},
};
use sc_client_api::{Backend, BlockImportOperation, NewBlockState, TrieCacheContext};
use sp_blockchain::HeaderBackend;
use sp_core::{H256, storage::Storage};
use sp_runtime::traits::{BlakeTwo256, Hash as _, Header as _};
use sp_state_machine::Backend as _;
use std::{path::Path, sync::Arc};

/// A key and its value.
pub type Entry = (Vec<u8>, Vec<u8>);
/// The state behind a block.
pub type StateAt = <FullBackend as Backend<Block>>::State;

/// A database that such blocks are added to.
pub struct Blocks {
	backend: Arc<FullBackend>,
	last: Header,
}

impl Blocks {
	/// Makes a database whose genesis block has these entries.
	pub fn create(directory: &Path, entries: Vec<Entry>) -> Result<Self> {
		let backend = node::open_database(directory)?;
		let mut operation = backend.begin_operation()?;
		let storage = Storage { top: entries.into_iter().collect(), children_default: Default::default() };
		let root = operation.set_genesis_state(storage, true, VERSION.state_version())?;
		let last = header(0, root, H256::zero());
		commit(&backend, operation, &last)?;
		Ok(Self { backend, last })
	}

	/// Opens the database of a chain.
	pub fn open(directory: &Path) -> Result<Self> {
		let backend = node::open_database(directory)?;
		let best = backend.blockchain().info().best_hash;
		let last = backend.blockchain().header(best)?.context("the chain has no best block")?;
		Ok(Self { backend, last })
	}

	/// The hash of the first block.
	pub fn genesis(&self) -> H256 {
		self.backend.blockchain().info().genesis_hash
	}

	/// The height of the last block.
	pub fn height(&self) -> u32 {
		*self.last.number()
	}

	/// Adds a final block that changes what `change` says of the state before it.
	pub fn add(&mut self, change: impl FnOnce(&StateAt) -> Result<Vec<Entry>>) -> Result<()> {
		let parent = self.last.hash();
		let state = self.backend.state_at(parent, TrieCacheContext::Trusted)?;
		let entries = change(&state)?;
		let changes = entries.iter().map(|(key, value)| (&key[..], Some(&value[..])));
		let (root, nodes) = state.storage_root(changes, VERSION.state_version());
		drop(state);
		let mut operation = self.backend.begin_operation()?;
		self.backend.begin_state_operation(&mut operation, parent)?;
		operation.update_db_storage(nodes)?;
		let next = header(self.last.number() + 1, root, parent);
		commit(&self.backend, operation, &next)?;
		self.last = next;
		Ok(())
	}
}

/// The header of an empty block.
fn header(number: u32, state_root: H256, parent: H256) -> Header {
	let extrinsics_root = BlakeTwo256::ordered_trie_root(Vec::new(), VERSION.state_version());
	Header::new(number, extrinsics_root, state_root, parent, Default::default())
}

/// Commits a block as a final one.
fn commit(
	backend: &FullBackend,
	mut operation: <FullBackend as Backend<Block>>::BlockImportOperation,
	header: &Header,
) -> Result<()> {
	operation.set_block_data(header.clone(), Some(Vec::new()), None, None, NewBlockState::Final, true)?;
	Ok(backend.commit_operation(operation)?)
}
