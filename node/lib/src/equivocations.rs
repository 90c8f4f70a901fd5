//! Authors that made two blocks in one slot, as a Prometheus metric.

use crate::service::{FullClient, Hash};
use futures::StreamExt;
use heirloom_runtime::opaque::Block;
use sc_client_api::{BlockImportNotification, BlockchainEvents};
use sc_consensus_aura::standalone::{find_pre_digest, slot_author};
use sp_api::ProvideRuntimeApi;
use sp_consensus_aura::{
	AuraApi, Slot,
	sr25519::{AuthorityId, AuthorityPair, AuthoritySignature},
};
use sp_runtime::traits::Header;
use std::{
	collections::{BTreeMap, btree_map::Entry},
	sync::Arc,
};
use substrate_prometheus_endpoint::{Counter, PrometheusError, Registry, U64, register};

/// Slots that are remembered: an hour, by when of two blocks in one slot one has long been given up.
const REMEMBERED: usize = 600;

/// The counter, and the blocks that it was counted from.
pub struct Equivocations {
	counter: Counter<U64>,
	/// The first block that was seen of an author in a slot.
	made: BTreeMap<(Slot, AuthorityId), Hash>,
}

impl Equivocations {
	/// Adds the counter to a registry.
	pub fn register(registry: &Registry) -> Result<Self, PrometheusError> {
		let help =
			"Blocks that an author made in a slot in which it had made another, since the node was started";
		let counter = register(Counter::new("heirloom_aura_equivocations_total", help)?, registry)?;
		Ok(Self { counter, made: BTreeMap::new() })
	}

	/// Counts a block if its author made another in its slot.
	fn see(&mut self, slot: Slot, author: AuthorityId, block: Hash) {
		match self.made.entry((slot, author)) {
			Entry::Vacant(place) => {
				place.insert(block);
			}
			Entry::Occupied(first) if *first.get() == block => {}
			Entry::Occupied(_) => self.counter.inc(),
		}
		while self.made.len() > REMEMBERED {
			self.made.pop_first();
		}
	}
}

/// Looks at every block that comes in, on whatever branch, until the node ends.
pub async fn follow(client: Arc<FullClient>, mut equivocations: Equivocations) {
	let mut blocks = client.every_import_notification_stream();
	while let Some(block) = blocks.next().await {
		match author(&client, &block) {
			Some((slot, author)) => equivocations.see(slot, author, block.hash),
			None => log::debug!("the author of {} is not known", block.hash),
		}
	}
}

/// Whose turn it was when a block was made: import has checked that it has their signature.
fn author(client: &FullClient, block: &BlockImportNotification<Block>) -> Option<(Slot, AuthorityId)> {
	let slot = find_pre_digest::<Block, AuthoritySignature>(&block.header).ok()?;
	let authorities = client.runtime_api().authorities(*block.header.parent_hash()).ok()?;
	Some((slot, slot_author::<AuthorityPair>(slot, &authorities)?.clone()))
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::app_crypto::ByteArray;

	/// What is counted of blocks, each a slot, an author and a hash.
	fn counted(blocks: impl IntoIterator<Item = (u64, u8, u8)>) -> u64 {
		let mut equivocations = Equivocations::register(&Registry::new()).unwrap();
		for (slot, author, block) in blocks {
			let author = AuthorityId::from_slice(&[author; 32]).unwrap();
			equivocations.see(slot.into(), author, Hash::repeat_byte(block));
		}
		assert!(equivocations.made.len() <= REMEMBERED);
		equivocations.counter.get()
	}

	#[test]
	fn two_blocks_of_an_author_in_a_slot_are_counted() {
		assert_eq!(counted([(7, 1, 1), (8, 2, 2), (7, 1, 3)]), 1);
		assert_eq!(counted([(7, 1, 1), (7, 1, 2), (7, 1, 3)]), 2);
	}

	#[test]
	fn blocks_of_other_slots_or_authors_are_not_counted() {
		assert_eq!(counted([(7, 1, 1), (8, 1, 2), (9, 1, 3)]), 0);
		// On two branches a slot can be two authors'.
		assert_eq!(counted([(7, 1, 1), (7, 2, 2)]), 0);
	}

	#[test]
	fn same_block_is_counted_once() {
		assert_eq!(counted([(7, 1, 1), (7, 1, 1)]), 0);
	}

	#[test]
	fn slots_long_past_are_forgotten() {
		assert_eq!(counted((0..2_000).map(|slot| (slot, 1, 1))), 0);
	}
}
