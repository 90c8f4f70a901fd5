//! Where ciphertext goes: several folders and a Kubo node at once.

use anyhow::{Result, bail};
use heirloom_exchange::Exchange;
use heirloom_seal::{BlockStore, ContentId, Kubo, KuboTimeouts, LocalStore, StoreError, store::Block};
use std::path::{Path, PathBuf};

/// Block stores that all get the same.
pub struct Stores(Vec<Box<dyn BlockStore>>);

impl Stores {
	/// Opens the stores that an owner named.
	///
	/// # Errors
	/// There is none, or one cannot be opened.
	pub fn open(folders: &[PathBuf], kubo: Option<&str>, exchanges: &[&Path]) -> Result<Self> {
		let mut stores: Vec<Box<dyn BlockStore>> = Vec::new();
		for folder in folders {
			stores.push(Box::new(LocalStore::open(folder)?));
		}
		if let Some(address) = kubo {
			stores.push(Box::new(Kubo::new(address, KuboTimeouts::default())?));
		}
		// An operator that shares a store with others, or takes blocks from Kubo, needs no copy of its own.
		if stores.is_empty() {
			for exchange in exchanges {
				stores.push(Box::new(LocalStore::open(&Exchange::open(exchange)?.blocks())?));
			}
		}
		if stores.is_empty() {
			bail!(
				"there is no place for the ciphertext: name --store, --kubo or an operator's folder (--to ACCOUNT=DIR)"
			);
		}
		Ok(Self(stores))
	}
}

impl BlockStore for Stores {
	fn put(&self, block: &Block) -> Result<(), StoreError> {
		self.0.iter().try_for_each(|store| store.put(block))
	}

	/// From the first store that has it.
	fn get(&self, id: &ContentId) -> Result<Block, StoreError> {
		let mut missing = StoreError::NotFound(*id);
		for store in &self.0 {
			match store.get(id) {
				Ok(block) => return Ok(block),
				Err(error) => missing = error,
			}
		}
		Err(missing)
	}

	fn keep(&self, root: &ContentId) -> Result<(), StoreError> {
		self.0.iter().try_for_each(|store| store.keep(root))
	}
}
