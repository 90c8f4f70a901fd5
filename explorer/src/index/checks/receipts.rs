//! Receipts against the chain's running hash: a list that was changed, cut or added to does not end at the hash that the
//! chain keeps of the asset.

use crate::{
	chain::{
		self, Node,
		decode::{
			lineage::{Called, running_hash},
			values::{self, Purpose},
		},
		rpc_params,
	},
	index::{Error, Result, block::hash_of},
	store::{
		Store,
		read::{checks::Check, receipts::Receipt},
		write::NewCheck,
	},
};
use codec::Decode;
use heirloom_primitives::ReceiptHead;
use serde::Deserialize;
use sp_crypto_hashing::{twox_64, twox_128};
use std::{
	collections::{BTreeMap, HashMap},
	ops::Range,
};
use subxt::utils::{AccountId32, H256};

/// Receipts that are read at once.
const AT_ONCE: i64 = 1_000;

/// Where the stored receipts of an asset end, hashed anew from the first one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehashed {
	/// How many there are.
	pub count: i64,
	/// Their running hash.
	pub hash: H256,
	/// The first one that is not what it was when it was hashed, with what is stored of it.
	pub broken: Option<i64>,
}

impl Rehashed {
	/// Nothing hashed yet.
	const NOTHING: Self = Self { count: 0, hash: H256::zero(), broken: None };

	/// Hashes one more.
	fn add(&mut self, receipt: &Receipt) {
		let hash = called(receipt).map(|called| running_hash(&self.hash, &called));
		let same = receipt.number == self.count && hash.map(values::hash).as_ref() == Some(&receipt.hash);
		if !same {
			self.broken.get_or_insert(self.count.min(receipt.number));
		}
		// From the next one on what is stored is taken for granted, so that one change shows as one.
		self.hash = hash.filter(|_| same).unwrap_or_else(|| hash_of(&receipt.hash));
		self.count += 1;
	}

	/// What it comes to beside the chain's head of the asset.
	fn check(&self, asset: i64, height: i64, head: ReceiptHead) -> NewCheck {
		let (count, hash) = (values::number(head.count), H256::from(head.hash.0));
		let expected = format!("{count} receipts, hash {}", values::hash(hash));
		let found = match self.broken {
			Some(number) => format!("receipt {number} is not what the chain hashed"),
			None => format!("{} receipts, hash {}", self.count, values::hash(self.hash)),
		};
		let ok = self.broken.is_none() && expected == found;
		if !ok {
			tracing::error!(asset, "receipts differ: {found}; expected {expected}");
		}
		let (kind, subject, compared) = ("receipts", asset.to_string(), self.count);
		NewCheck { kind, subject, height, ok, compared, expected, found }
	}
}

/// Hashes the stored receipts of an asset up to a block.
pub async fn rehash(store: &Store, asset: i64, until: i64) -> Result<Rehashed> {
	let mut rehashed = Rehashed::NOTHING;
	loop {
		let receipts = store.receipts_from(asset, rehashed.count, AT_ONCE).await?;
		let Some(last) = receipts.last() else { return Ok(rehashed) };
		let (more, end) = (receipts.len() as i64 == AT_ONCE, last.number + 1);
		for receipt in &receipts {
			if receipt.height > until {
				return Ok(rehashed);
			}
			rehashed.add(receipt);
		}
		rehashed.count = rehashed.count.max(end);
		if !more {
			return Ok(rehashed);
		}
	}
}

/// A stored receipt as the chain hashed it; none where what is stored can be none.
fn called(receipt: &Receipt) -> Option<Called> {
	let purpose = match receipt.purpose.as_str() {
		"inference" => Purpose::Inference,
		"training" => Purpose::Training,
		"fine_tuning" => Purpose::FineTuning,
		"evaluation" => Purpose::Evaluation,
		_ => return None,
	};
	let unsigned = |number: Option<i64>| number.map(u64::try_from).transpose();
	Some(Called {
		asset: receipt.asset.try_into().ok()?,
		index: receipt.number.try_into().ok()?,
		caller: receipt.caller.parse::<AccountId32>().ok()?,
		units: receipt.units.parse().ok()?,
		purpose,
		fee: receipt.fee.0.try_into().ok()?,
		permit: unsigned(receipt.permit).ok()?,
		derivation: unsigned(receipt.derivation).ok()?,
		at: receipt.at.try_into().ok()?,
		hash: H256::zero(),
	})
}

/// Compares an asset's stored receipts with the chain, and writes down what came of it.
///
/// Both are as of the block that the index stands at, however far the chain is. An error where the node is behind it.
pub async fn compare(store: &Store, node: &Node, asset: i64) -> Result<Check> {
	let position = store.cursor().await?.map_or(0, |position| position.height);
	let rehashed = rehash(store, asset, position).await?;
	let id = u32::try_from(asset).unwrap_or(u32::MAX);
	let block = hash_at(node, position).await?;
	let head: ReceiptHead = node.request("lineage_receipts", rpc_params![id, block]).await?;
	let check = rehashed.check(asset, position, head);
	let mut tx = store.begin().await?;
	tx.check(&check).await?;
	tx.commit().await?;
	let written = store.check(check.kind, &check.subject).await?;
	written
		.ok_or_else(|| Error::Store(crate::store::Error::Unreadable("a check that was just written".into())))
}

/// The hash of the block that the index stands at. Without it a node answers as of its own last block, and receipts behind that
/// would be shown as somebody's additions: an error where the node does not have it, as one that was restored from a backup.
async fn hash_at(node: &Node, height: i64) -> Result<H256> {
	let hash = node.request::<Option<H256>>("chain_getBlockHash", rpc_params![height]).await?;
	Ok(hash.ok_or(chain::Error::Behind(height))?)
}

/// How much was compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
	/// Assets; none where there are none from the first one on.
	pub assets: i64,
	/// Their receipts.
	pub receipts: i64,
}

/// Assets that are compared at once: the node is asked once for all of them.
const RANGE: i64 = 1_000;

/// Compares the receipts of the assets from one on, and writes down those that differ, and those that differed before.
pub async fn compare_range(store: &Store, node: &Node, first: i64) -> Result<Compared> {
	let position = store.cursor().await?.map_or(0, |position| position.height);
	let end = store.asset_count().await?.min(first.saturating_add(RANGE));
	if first >= end {
		return Ok(Compared { assets: 0, receipts: 0 });
	}
	let rehashed = rehash_range(store, first..end, position).await?;
	let receipts = rehashed.values().map(|rehashed| rehashed.count).sum();
	let heads = heads(node, first..end, position).await?;
	let mut tx = store.begin().await?;
	let before = tx.differing("receipts").await?;
	for (asset, head) in (first..end).zip(heads) {
		let found = rehashed.get(&asset).unwrap_or(&Rehashed::NOTHING);
		let same = found.broken.is_none()
			&& found.count == values::number(head.count)
			&& found.hash == H256::from(head.hash.0);
		if !same || before.contains(&asset.to_string()) {
			tx.check(&found.check(asset, position, head)).await?;
		}
	}
	tx.commit().await?;
	Ok(Compared { assets: end - first, receipts })
}

/// Hashes all stored receipts of several assets, in the order in which they are stored.
async fn rehash_range(store: &Store, assets: Range<i64>, until: i64) -> Result<BTreeMap<i64, Rehashed>> {
	let mut rehashed = BTreeMap::<i64, Rehashed>::new();
	let mut after = (assets.start, -1);
	loop {
		let receipts = store.receipts_between(after, assets.end, AT_ONCE).await?;
		let Some(last) = receipts.last() else { return Ok(rehashed) };
		after = (last.asset, last.number);
		for receipt in receipts.iter().filter(|receipt| receipt.height <= until) {
			rehashed.entry(receipt.asset).or_insert(Rehashed::NOTHING).add(receipt);
		}
	}
}

/// What the chain keeps of the receipts of several assets, at a block.
async fn heads(node: &Node, assets: Range<i64>, block: i64) -> Result<Vec<ReceiptHead>> {
	#[derive(Deserialize)]
	struct Changes {
		changes: Vec<(String, Option<String>)>,
	}
	let keys: Vec<String> = assets.map(|asset| head_key(u32::try_from(asset).unwrap_or(u32::MAX))).collect();
	let block = hash_at(node, block).await?;
	let found: Vec<Changes> = node.request("state_queryStorageAt", rpc_params![&keys, block]).await?;
	let found: HashMap<String, Option<String>> = found.into_iter().flat_map(|set| set.changes).collect();
	let head = |key: &String| match found.get(key) {
		Some(Some(text)) => {
			let bytes = hex::decode(text.trim_start_matches("0x"));
			let unreadable =
				|error: String| chain::Error::unreadable("what the chain keeps of receipts", error);
			let bytes = bytes.map_err(|error| unreadable(error.to_string()))?;
			Ok(ReceiptHead::decode(&mut &bytes[..]).map_err(|error| unreadable(error.to_string()))?)
		}
		_ => Ok(ReceiptHead::default()),
	};
	keys.iter().map(head).collect()
}

/// Where the chain keeps how many receipts an asset has and their running hash: a map by `Twox64Concat`.
fn head_key(asset: u32) -> String {
	let asset = asset.to_le_bytes();
	let key = [&twox_128(b"Lineage")[..], &twox_128(b"ReceiptHeads")[..], &twox_64(&asset)[..], &asset[..]];
	format!("0x{}", hex::encode(key.concat()))
}
