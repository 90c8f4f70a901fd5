//! Blocks of generated events, as the runtime of a real chain encodes them, taken in by the indexer's own code.

use anyhow::{Context as _, Result};
use codec::{Compact, Encode};
use heirloom_explorer::{
	chain::{
		At, Chain,
		blocks::{Block, text},
		decode::{self, extrinsics::Body},
	},
	index::{
		News,
		block::{self, Context},
	},
	store::Store,
};
use heirloom_primitives::Period;
use sp_crypto_hashing::blake2_256;
use std::{
	sync::Arc,
	time::{Duration, Instant},
};
use subxt::{Metadata, utils::H256};

/// Events of what blocks do by themselves.
const INITIALIZATION: u8 = 2;

/// The events of a block, encoded.
#[derive(Default)]
pub struct Events {
	bytes: Vec<u8>,
	count: u32,
}

impl Events {
	/// Adds one, with its fields in SCALE.
	pub fn push(&mut self, (pallet, variant): (u8, u8), fields: &[u8]) {
		let topics = Vec::<[u8; 32]>::new().encode();
		self.push_whole(&[&[INITIALIZATION, pallet, variant], fields, &topics].concat());
	}

	/// Adds one as another block has it.
	pub fn push_whole(&mut self, event: &[u8]) {
		self.bytes.extend(event);
		self.count += 1;
	}
}

/// Takes in generated blocks behind the first one, on the runtime of a real chain.
pub struct Writer {
	store: Store,
	chain: Arc<Chain>,
	at: At,
	next: u64,
	/// Events so far.
	pub events: u64,
	/// What decoding them and writing what they say took, commits included.
	pub took: Duration,
	/// What was new in the last block.
	pub news: Vec<News>,
}

impl Writer {
	/// Goes on behind block 0.
	pub fn new(store: Store, chain: Arc<Chain>, at: At) -> Self {
		Self { store, chain, at, next: 1, events: 0, took: Duration::ZERO, news: Vec::new() }
	}

	/// Where the runtime has an event: its pallet's number, and its own.
	pub fn place(&self, pallet: &str, event: &str) -> Result<(u8, u8)> {
		place(&self.at.metadata(), pallet, event)
	}

	/// Takes in a block with these events, made at a moment in a period.
	pub async fn block(&mut self, events: Events, at: u64, period: Period) -> Result<u64> {
		let number = self.next;
		let begun = Instant::now();
		let bytes = [Compact(events.count).encode(), events.bytes].concat();
		let noted = decode::events(number, &self.at.events().from_bytes(bytes), &self.at.metadata())?;
		let block = Block {
			number,
			hash: hash(number),
			parent: hash(number - 1),
			state_root: H256::zero(),
			spec_version: self.at.spec_version(),
			slot: None,
			body: Body { extrinsics: Vec::new(), at },
			noted,
			minted: Vec::new(),
			revised: Vec::new(),
			state: self.at.clone(),
			executed: self.at.clone(),
		};
		let mut tx = self.store.begin().await?;
		let author = Some(format!("validator {}", number % 16));
		let context =
			Context { chain: &self.chain, block: &block, author, schedule: Box::new(move |_| period) };
		self.news = block::take_in(&mut tx, &context).await?;
		tx.advance(block::height(&block), &text(block.hash)).await?;
		tx.commit().await?;
		self.took += begun.elapsed();
		self.events += u64::from(events.count);
		self.next += 1;
		Ok(number)
	}
}

/// The hash of a generated block.
pub fn hash(number: u64) -> H256 {
	blake2_256(&number.to_le_bytes()).into()
}

fn place(metadata: &Metadata, pallet: &str, event: &str) -> Result<(u8, u8)> {
	let known = metadata.pallet_by_name(pallet).with_context(|| format!("no pallet {pallet}"))?;
	let variants = known.event_variants().unwrap_or_default();
	let found = variants.iter().find(|variant| variant.name == event);
	let found = found.with_context(|| format!("{pallet} has no event {event}"))?;
	Ok((known.event_index(), found.index))
}
