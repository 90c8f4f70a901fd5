//! Final blocks, several on their way at once, handed over in order.

use super::{
	At, Chain, Error, Result,
	decode::{
		self, Noted, Placed,
		extrinsics::Body,
		lineage,
		values::{self, AssetRecord},
	},
	pages, rpc_params,
};
use futures::{Stream, StreamExt, TryStreamExt, future, stream};
use serde::Deserialize;
use std::{collections::BTreeSet, ops::RangeInclusive, sync::Arc};
use subxt::utils::H256;

/// Blocks that are asked for at once. A question takes the node less than its way there and back.
const AT_ONCE: usize = 32;

/// Blocks that are decoded at once.
const DECODED_AT_ONCE: usize = 8;

/// A block as the index takes it in.
pub struct Block {
	/// Its number.
	pub number: u64,
	/// Its hash.
	pub hash: H256,
	/// Its parent's hash.
	pub parent: H256,
	/// The root of the state after it.
	pub state_root: H256,
	/// The runtime that executed it.
	pub spec_version: u32,
	/// The slot it was made in.
	pub slot: Option<u64>,
	/// Its transactions.
	pub body: Body,
	/// What is noted of its events.
	pub noted: Noted,
	/// The assets minted in it, as they stood behind it.
	pub minted: Vec<(u32, AssetRecord)>,
	/// The assets that got other ancestors in it, as they stood behind it.
	pub revised: Vec<(u32, AssetRecord)>,
	/// The state behind it.
	pub state: At,
	/// The state it was executed on.
	pub executed: At,
}

#[derive(Deserialize)]
struct Signed {
	block: Raw,
}

#[derive(Deserialize)]
struct Raw {
	header: Header,
	extrinsics: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Header {
	number: String,
	parent_hash: H256,
	state_root: H256,
	digest: Digest,
}

#[derive(Deserialize)]
struct Digest {
	logs: Vec<String>,
}

/// What was asked of the node, not decoded yet.
struct Fetched {
	number: u64,
	hash: H256,
	raw: Raw,
	state: At,
	events: Vec<u8>,
}

impl Chain {
	/// The number and the hash of the last final block.
	pub async fn last_final(&self) -> Result<(u64, H256)> {
		let hash: H256 = self.request("chain_getFinalizedHead", rpc_params![]).await?;
		let header: Option<Header> = self.request("chain_getHeader", rpc_params![hash]).await?;
		let header =
			header.ok_or_else(|| Error::unreadable("the final block", "the node does not know it"))?;
		Ok((number_of(&header.number)?, hash))
	}

	/// The hash of a block; none of one that the node does not have yet.
	pub async fn hash_of(&self, number: u64) -> Result<Option<H256>> {
		self.request("chain_getBlockHash", rpc_params![number]).await
	}

	/// Blocks in order. Each is decoded by the runtime that executed it, which is the one that stood in the state before it:
	/// a block that exchanges the runtime still has events of the old one.
	pub async fn blocks(
		self: Arc<Self>,
		range: RangeInclusive<u64>,
	) -> Result<impl Stream<Item = Result<Block>> + Send> {
		let before = match range.start().checked_sub(1) {
			Some(number) => Some(self.state_of(number).await?),
			None => None,
		};
		let (asked, decoding) = (self.clone(), self);
		let fetched = stream::iter(range).map(move |number| {
			let chain = asked.clone();
			async move { chain.fetch(number).await }
		});
		let paired = fetched.buffered(AT_ONCE).scan(before, |before, fetched| {
			let paired = fetched.map(|fetched| {
				let executed = before.take().unwrap_or_else(|| fetched.state.clone());
				*before = Some(fetched.state.clone());
				(fetched, executed)
			});
			future::ready(Some(paired))
		});
		let decoded = paired.map_ok(move |(fetched, executed)| {
			let chain = decoding.clone();
			async move { chain.decode(fetched, executed).await }
		});
		Ok(decoded.try_buffered(DECODED_AT_ONCE))
	}

	async fn state_of(&self, number: u64) -> Result<At> {
		let hash = self.hash_of(number).await?;
		let hash =
			hash.ok_or_else(|| Error::unreadable(format!("block {number}"), "the node does not have it"))?;
		self.at(hash, number).await
	}

	async fn fetch(&self, number: u64) -> Result<Fetched> {
		let missing = || Error::unreadable(format!("block {number}"), "the node does not have it");
		let hash = self.hash_of(number).await?.ok_or_else(missing)?;
		let signed = self.request::<Option<Signed>>("chain_getBlock", rpc_params![hash]);
		let (signed, state) = future::try_join(signed, self.at(hash, number)).await?;
		let events = state.events().fetch().await.map_err(|error| self.state_error(number, &error))?;
		let events = events.bytes().to_vec();
		Ok(Fetched { number, hash, raw: signed.ok_or_else(missing)?.block, state, events })
	}

	async fn decode(&self, fetched: Fetched, executed: At) -> Result<Block> {
		let Fetched { number, hash, raw, state, events } = fetched;
		let bodies = raw.extrinsics.iter().map(|text| bytes_of(number, text)).collect::<Result<Vec<_>>>()?;
		let body = decode::extrinsics::read(number, bodies, &executed).await?;
		let noted = decode::events(number, &executed.events().from_bytes(events), &executed.metadata())?;
		let of_lineage = |wanted: fn(&lineage::Event) -> Option<u32>| {
			let events = noted.events.iter().filter_map(move |Placed { event, .. }| match event {
				decode::Event::Lineage(event) => wanted(event),
				_ => None,
			});
			events.collect::<BTreeSet<_>>()
		};
		let minted = of_lineage(|event| match event {
			lineage::Event::Minted(minted) => Some(minted.asset),
			_ => None,
		});
		let revised = of_lineage(|event| match event {
			lineage::Event::AncestorsRevised(revised) => Some(revised.asset),
			_ => None,
		});
		let (minted, revised) =
			future::try_join(self.records(&state, minted), self.records(&state, revised)).await?;
		Ok(Block {
			number,
			hash,
			parent: raw.header.parent_hash,
			state_root: raw.header.state_root,
			spec_version: executed.spec_version(),
			slot: raw.header.digest.logs.iter().find_map(|log| slot_of(log)),
			body,
			noted,
			minted,
			revised,
			state,
			executed,
		})
	}

	/// Records of assets as they stand in a state.
	async fn records(&self, state: &At, assets: BTreeSet<u32>) -> Result<Vec<(u32, AssetRecord)>> {
		let records = stream::iter(assets).map(|asset| pages::record(self, state, asset));
		records.buffered(AT_ONCE).try_collect().await
	}
}

fn number_of(text: &str) -> Result<u64> {
	let digits = text.trim_start_matches("0x");
	u64::from_str_radix(digits, 16).map_err(|error| Error::unreadable("the number of a block", error))
}

fn bytes_of(block: u64, text: &str) -> Result<Vec<u8>> {
	hex::decode(text.trim_start_matches("0x"))
		.map_err(|error| Error::unreadable(format!("a transaction of block {block}"), error))
}

/// The slot in a block's digest: what Aura says before the block runs.
fn slot_of(log: &str) -> Option<u64> {
	const PRE_RUNTIME: u8 = 6;
	let bytes = hex::decode(log.trim_start_matches("0x")).ok()?;
	let slot = bytes.strip_prefix(&[PRE_RUNTIME])?.strip_prefix(b"aura")?.strip_prefix(&[8 << 2])?;
	Some(u64::from_le_bytes(slot.try_into().ok()?))
}

/// A hash as the index writes it.
pub fn text(hash: H256) -> String {
	values::hash(hash)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn slot_is_read_from_the_digest() {
		assert_eq!(slot_of("0x0661757261200110a21100000000"), Some(0x11a21001));
		assert_eq!(slot_of("0x0566726e6b0100"), None);
		assert_eq!(slot_of("0x"), None);
	}

	#[test]
	fn numbers_of_blocks_are_hexadecimal() {
		assert_eq!(number_of("0x17").unwrap(), 23);
		assert!(number_of("zz").is_err());
	}
}
