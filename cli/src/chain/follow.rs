//! Final blocks as they come, and what became of the transactions in them.

use super::{Chain, rpc_params};
use anyhow::{Context, Result, anyhow};
use serde::Deserialize;
use std::collections::HashMap;
use subxt::{
	error::DispatchError,
	events::{Event, Phase},
	ext::scale_value::{At as _, Composite, Value},
	utils::H256,
};

/// One transaction's outcome.
#[derive(Debug, Default)]
pub struct Outcome {
	/// The block it is in.
	pub block: u32,
	/// Why it failed: `Pallet::Error` and what the runtime says of it.
	pub error: Option<String>,
	/// The events of Heirloom's pallets and the curators that it left.
	pub events: Vec<Left>,
}

/// An event.
#[derive(Debug)]
pub struct Left {
	/// Its pallet.
	pub pallet: String,
	/// Its name.
	pub name: String,
	/// Its fields.
	pub fields: Composite<()>,
}

impl Outcome {
	/// A number that an event of this transaction has in a field.
	pub fn number(&self, pallet: &str, event: &str, field: &str) -> Result<u64> {
		let found = self.events.iter().find(|left| left.pallet == pallet && left.name == event);
		let number = found.and_then(|left| left.fields.at(field)).and_then(Value::as_u128);
		number
			.and_then(|number| number.try_into().ok())
			.ok_or_else(|| anyhow!("the transaction left no {event} event with a {field}"))
	}
}

/// A final block: the hashes of its transactions and what became of them, both in their order.
#[derive(Debug)]
pub struct Block {
	/// Its number.
	pub number: u32,
	/// Hash of each transaction.
	pub transactions: Vec<H256>,
	/// Outcomes by position; a transaction that left nothing worth noting is missing.
	pub outcomes: HashMap<u32, Outcome>,
}

/// Follows a chain from one final block to the next.
pub struct Follower {
	seen: u32,
}

#[derive(Deserialize)]
struct Header {
	number: String,
}

impl Follower {
	/// Follows from the last final block on.
	pub async fn start(chain: &Chain) -> Result<Self> {
		Ok(Self { seen: finalized_number(chain).await? })
	}

	/// The last block that was seen.
	pub fn seen(&self) -> u32 {
		self.seen
	}

	/// The blocks that have become final since.
	pub async fn new_blocks(&mut self, chain: &Chain) -> Result<Vec<Block>> {
		let last = finalized_number(chain).await?;
		let mut blocks = Vec::new();
		while self.seen < last {
			blocks.push(read_block(chain, self.seen + 1).await?);
			self.seen += 1;
		}
		Ok(blocks)
	}
}

/// The number of the last final block.
pub async fn finalized_number(chain: &Chain) -> Result<u32> {
	let hash: H256 = chain.request("chain_getFinalizedHead", rpc_params![]).await?;
	let header: Option<Header> = chain.request("chain_getHeader", rpc_params![hash]).await?;
	let header = header.ok_or_else(|| anyhow!("the node does not know its final block"))?;
	u32::from_str_radix(header.number.trim_start_matches("0x"), 16).context("a block number")
}

async fn read_block(chain: &Chain, number: u32) -> Result<Block> {
	#[derive(Deserialize)]
	struct Signed {
		block: Body,
	}
	#[derive(Deserialize)]
	struct Body {
		extrinsics: Vec<String>,
	}
	let hash = chain.block_hash(number).await?;
	let signed: Option<Signed> = chain.request("chain_getBlock", rpc_params![hash]).await?;
	let Signed { block } = signed.ok_or_else(|| anyhow!("the node has no block {number}"))?;
	let hash_of = |text: &String| -> Result<H256> {
		let bytes = hex::decode(text.trim_start_matches("0x")).context("a transaction in hexadecimal")?;
		Ok(sp_crypto_hashing::blake2_256(&bytes).into())
	};
	let transactions = block.extrinsics.iter().map(hash_of).collect::<Result<Vec<_>>>()?;
	let outcomes = if transactions.len() > 1 { outcomes(chain, hash, number).await? } else { HashMap::new() };
	Ok(Block { number, transactions, outcomes })
}

/// What became of the transactions of a block, from its events.
async fn outcomes(chain: &Chain, hash: H256, number: u32) -> Result<HashMap<u32, Outcome>> {
	let at = chain.at(hash).await?;
	let events = at.events().fetch().await.with_context(|| format!("the events of block {number}"))?;
	let mut outcomes = HashMap::<u32, Outcome>::new();
	for event in events.iter() {
		let event = event.with_context(|| format!("an event of block {number}"))?;
		let Phase::ApplyExtrinsic(index) = event.phase() else { continue };
		let failed = event.pallet_name() == "System" && event.event_name() == "ExtrinsicFailed";
		let noted = matches!(event.pallet_name(), "Lineage" | "Royalty" | "SandboxAccess" | "Curators");
		if !failed && !noted {
			continue;
		}
		let outcome =
			outcomes.entry(index).or_insert_with(|| Outcome { block: number, ..Outcome::default() });
		if failed {
			outcome.error = Some(reason(&event, &at)?);
		} else {
			outcome.events.push(Left {
				pallet: event.pallet_name().into(),
				name: event.event_name().into(),
				fields: event.decode_fields_unchecked_as().context("the fields of an event")?,
			});
		}
	}
	Ok(outcomes)
}

/// The error of an `ExtrinsicFailed` event, whose first field it is.
fn reason(event: &Event<'_, super::Config>, at: &super::At) -> Result<String> {
	let error = DispatchError::decode_from(event.field_bytes(), at.metadata())?;
	let DispatchError::Module(error) = error else { return Ok(error.to_string()) };
	let sentence = error.details().map(|details| details.variant.docs.join(" ")).unwrap_or_default();
	let sentence = sentence.trim().trim_end_matches('.');
	let name = error.details_string();
	Ok(if sentence.is_empty() { name } else { format!("{name}: {sentence}") })
}
