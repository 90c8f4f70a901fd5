//! Receipts against the chain's running hash: a list that was changed, cut or added to does not end at the hash that the
//! chain keeps of the asset.

use crate::{
	chain::{
		Node,
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
use heirloom_primitives::ReceiptHead;
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

/// Hashes the stored receipts of an asset up to a block.
pub async fn rehash(store: &Store, asset: i64, until: i64) -> Result<Rehashed> {
	let mut rehashed = Rehashed { count: 0, hash: H256::zero(), broken: None };
	loop {
		let receipts = store.receipts_from(asset, rehashed.count, AT_ONCE).await?;
		let Some(last) = receipts.last() else { return Ok(rehashed) };
		let (more, end) = (receipts.len() as i64 == AT_ONCE, last.number + 1);
		for receipt in &receipts {
			if receipt.height > until {
				return Ok(rehashed);
			}
			let hash = called(receipt).map(|called| running_hash(&rehashed.hash, &called));
			let same =
				receipt.number == rehashed.count && hash.map(values::hash).as_ref() == Some(&receipt.hash);
			if !same {
				rehashed.broken.get_or_insert(rehashed.count.min(receipt.number));
			}
			// From the next one on what is stored is taken for granted, so that one change shows as one.
			rehashed.hash = hash.filter(|_| same).unwrap_or_else(|| hash_of(&receipt.hash));
			rehashed.count += 1;
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
/// Both are as of the block that the index stands at, however far the chain is.
pub async fn compare(store: &Store, node: &Node, asset: i64) -> Result<Check> {
	let position = store.cursor().await?.map_or(0, |position| position.height);
	let rehashed = rehash(store, asset, position).await?;
	let id = u32::try_from(asset).unwrap_or(u32::MAX);
	let block = node.request::<Option<H256>>("chain_getBlockHash", || rpc_params![position]).await?;
	let head: ReceiptHead = match block {
		Some(block) => node.request("lineage_receipts", || rpc_params![id, block]).await?,
		None => node.request("lineage_receipts", || rpc_params![id]).await?,
	};
	let (count, hash) = (values::number(head.count), H256::from(head.hash.0));
	let expected = format!("{count} receipts, hash {}", values::hash(hash));
	let found = match rehashed.broken {
		Some(number) => format!("receipt {number} is not what the chain hashed"),
		None => format!("{} receipts, hash {}", rehashed.count, values::hash(rehashed.hash)),
	};
	let ok = rehashed.broken.is_none() && expected == found;
	write(store, asset, position, ok, rehashed.count, expected, found).await
}

async fn write(
	store: &Store,
	asset: i64,
	height: i64,
	ok: bool,
	compared: i64,
	expected: String,
	found: String,
) -> Result<Check> {
	let subject = asset.to_string();
	if !ok {
		tracing::error!(asset, "receipts differ: {found}; expected {expected}");
	}
	let mut tx = store.begin().await?;
	let check =
		NewCheck { kind: "receipts", subject: subject.clone(), height, ok, compared, expected, found };
	tx.check(&check).await?;
	tx.commit().await?;
	let written = store.check("receipts", &subject).await?;
	written
		.ok_or_else(|| Error::Store(crate::store::Error::Unreadable("a check that was just written".into())))
}
