//! Writes a state into a database, part by part.
//!
//! The trie of millions of keys does not fit in memory beside what its database keeps until it is on disk. So the
//! genesis block has the first keys only, and each of the next blocks adds some more, in the order of the trie. What is
//! measured begins behind these blocks.

use super::{
	blocks::{Blocks, Entry},
	genesis::State,
};
use crate::progress;
use anyhow::Result;
use codec::Encode;
use frame_support::storage::storage_prefix;
use heirloom_runtime::Runtime;
use std::path::Path;

/// Keys that one block brings: some ten megabytes of trie.
const KEYS: usize = 100_000;

/// Writes a state into a new database.
pub fn write(mut state: State, directory: &Path) -> Result<()> {
	let bar = progress::bar(state.changes().count() as u64, "writing keys");
	let mut entries =
		state.changes_mut().filter_map(|(key, value)| Some((key.clone(), value.value()?.clone())));
	let mut part = || -> Vec<Entry> {
		let part: Vec<_> = entries.by_ref().take(KEYS).collect();
		bar.inc(part.len() as u64);
		part
	};
	let mut blocks = Blocks::create(directory, part())?;
	loop {
		let part = part();
		if part.is_empty() {
			break;
		}
		blocks.add(|_| Ok(part))?;
	}
	// What the runtime would have noted: its own hash, which genesis could not know and transactions are signed for, and
	// the height.
	let genesis = (frame_system::BlockHash::<Runtime>::hashed_key_for(0), blocks.genesis().encode());
	let height = (storage_prefix(b"System", b"Number").to_vec(), (blocks.height() + 1).encode());
	blocks.add(|_| Ok(vec![genesis, height]))?;
	bar.finish_and_clear();
	Ok(())
}
