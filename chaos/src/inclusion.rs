//! How long transactions take from a node into a block.

use crate::{chain::Chain, chain::rpc_params, traffic::Taken};
use anyhow::{Context, Result};
use serde_json::Value;
use std::{
	collections::HashMap,
	time::{Duration, Instant},
};
use subxt::utils::H256;

/// Watches the blocks of a node.
#[derive(Debug)]
pub struct Inclusion {
	next: u32,
	taken: Vec<Taken>,
	included: HashMap<H256, Instant>,
	/// Most transactions of one block.
	pub fullest: usize,
}

impl Inclusion {
	/// Watches all blocks after this one.
	pub fn after(block: u32) -> Self {
		Self { next: block + 1, taken: Vec::new(), included: HashMap::new(), fullest: 0 }
	}

	/// Adds transactions that nodes have taken.
	pub fn expect(&mut self, taken: Vec<Taken>) {
		self.taken.extend(taken);
	}

	/// Looks at the blocks that have come since.
	pub async fn look(&mut self, chain: &Chain) -> Result<()> {
		let best = chain.eye.best().await?.number;
		while self.next <= best {
			let hash = chain.eye.block(self.next).await?.hash;
			let answer: Value = chain.eye.request("chain_getBlock", rpc_params![hash]).await?;
			let now = Instant::now();
			let extrinsics =
				answer.pointer("/block/extrinsics").and_then(Value::as_array).context("a block")?;
			for extrinsic in extrinsics {
				let text = extrinsic.as_str().context("a transaction")?.trim_start_matches("0x");
				let hash = H256(sp_crypto_hashing::blake2_256(&hex::decode(text).context("a transaction")?));
				self.included.entry(hash).or_insert(now);
			}
			self.fullest = self.fullest.max(extrinsics.len());
			self.next += 1;
		}
		Ok(())
	}

	/// How many transactions nodes have taken.
	pub fn taken(&self) -> usize {
		self.taken.len()
	}

	/// How long each transaction took that is in a block, the shortest first.
	pub fn delays(&self) -> Vec<Duration> {
		let delay = |taken: &Taken| Some(self.included.get(&taken.hash)?.saturating_duration_since(taken.at));
		let mut delays: Vec<_> = self.taken.iter().filter_map(delay).collect();
		delays.sort_unstable();
		delays
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn delays_are_of_what_was_included() {
		let at = Instant::now();
		let mut inclusion = Inclusion::after(7);
		inclusion.expect([1, 2, 3].map(|byte| Taken { hash: H256([byte; 32]), at }).into());
		inclusion.included.insert(H256([1; 32]), at + Duration::from_secs(9));
		inclusion.included.insert(H256([3; 32]), at + Duration::from_secs(4));
		inclusion.included.insert(H256([4; 32]), at);
		assert_eq!(inclusion.taken(), 3);
		assert_eq!(inclusion.delays(), [4, 9].map(Duration::from_secs));
	}
}
