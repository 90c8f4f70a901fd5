//! Blocks as they come, and what became of the transactions in them.

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

/// Best blocks that may be replaced at once: more than any fork of validators that see each other has.
const REPLACED: u32 = 16;

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
	/// The numbers that events of one kind have in a field.
	pub fn numbers<'a>(
		&'a self,
		pallet: &'a str,
		event: &'a str,
		field: &'a str,
	) -> impl Iterator<Item = u128> + 'a {
		let found = self.events.iter().filter(move |left| left.pallet == pallet && left.name == event);
		found.filter_map(move |left| left.fields.at(field).and_then(Value::as_u128))
	}

	/// A number that an event of this transaction has in a field.
	pub fn number(&self, pallet: &str, event: &str, field: &str) -> Result<u64> {
		let number = self.numbers(pallet, event, field).next();
		number
			.and_then(|number| number.try_into().ok())
			.ok_or_else(|| anyhow!("the transaction left no {event} event with a {field}"))
	}
}

/// A block: the hashes of its transactions and what became of them, both in their order.
#[derive(Debug)]
pub struct Block {
	/// Its number.
	pub number: u32,
	hash: H256,
	/// Hash of each transaction.
	pub transactions: Vec<H256>,
	/// Outcomes by position; a transaction that left nothing worth noting is missing.
	pub outcomes: HashMap<u32, Outcome>,
}

/// Which block a chain is followed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
	/// The last final one.
	Final,
	/// The best one, which another can replace.
	Best,
}

/// Follows a chain from one block to the next.
pub struct Follower {
	head: Head,
	/// Where to begin again when best blocks were replaced by others.
	first: u32,
	seen: u32,
	/// The hash of the block that was seen last; none before one was read.
	hash: Option<H256>,
}

#[derive(Deserialize)]
struct Header {
	number: String,
}

impl Follower {
	/// Follows from the present block on.
	pub async fn start(chain: &Chain, head: Head) -> Result<Self> {
		let seen = head.number(chain).await?;
		Ok(Self { head, first: seen.saturating_sub(REPLACED), seen, hash: None })
	}

	/// The last block that was seen.
	pub fn seen(&self) -> u32 {
		self.seen
	}

	/// The blocks that have come since. Where best blocks were replaced, those that replace them come again from before.
	pub async fn new_blocks(&mut self, chain: &Chain) -> Result<Vec<Block>> {
		if self.head == Head::Best && self.is_replaced(chain).await? {
			(self.seen, self.hash) = (self.first, None);
		}
		let last = self.head.number(chain).await?;
		let mut blocks = Vec::new();
		while self.seen < last {
			let block = read_block(chain, self.seen + 1).await?;
			(self.seen, self.hash) = (block.number, Some(block.hash));
			blocks.push(block);
		}
		Ok(blocks)
	}

	/// Whether the block that was seen last is not the chain's any more.
	async fn is_replaced(&self, chain: &Chain) -> Result<bool> {
		let Some(seen) = self.hash else { return Ok(false) };
		let present: Option<H256> = chain.request("chain_getBlockHash", rpc_params![self.seen]).await?;
		Ok(present != Some(seen))
	}
}

impl Head {
	/// The number of that block.
	pub async fn number(self, chain: &Chain) -> Result<u32> {
		let params = match self {
			Self::Final => {
				let hash: H256 = chain.request("chain_getFinalizedHead", rpc_params![]).await?;
				rpc_params![hash]
			}
			Self::Best => rpc_params![],
		};
		let header: Option<Header> = chain.request("chain_getHeader", params).await?;
		let header = header.ok_or_else(|| anyhow!("the node does not know its own last block"))?;
		u32::from_str_radix(header.number.trim_start_matches("0x"), 16).context("a block number")
	}
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
	Ok(Block { number, hash, transactions, outcomes })
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
