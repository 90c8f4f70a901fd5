//! Taking in the chain: from the cursor to the last final block, then as blocks come.

pub mod block;
pub mod checks;
mod genesis;
mod history;
pub mod month;
mod news;
mod payments;
mod settled;

pub use news::News;

use crate::{
	chain::{self, Chain, Node, blocks::text, pages},
	store::{self, Store},
};
use futures::{StreamExt, pin_mut};
use heirloom_primitives::{Period, Schedule};
use indicatif::{ProgressBar, ProgressStyle};
use std::{sync::Arc, time::Duration};
use subxt::utils::AccountId32;
use tokio::sync::broadcast;

/// How often a node is asked for its last final block.
const ASK_EVERY: Duration = Duration::from_millis(500);

/// How long to wait before a node that does not answer is asked again.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// Blocks behind which a bar shows how far it is.
const WORTH_A_BAR: u64 = 10;

/// The most blocks that are taken in between two looks at what is final.
const LONGEST_RUN: u64 = 10_000;

/// Why the index stands still.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The node's answers.
	#[error(transparent)]
	Chain(#[from] chain::Error),
	/// The database.
	#[error(transparent)]
	Store(#[from] store::Error),
	/// The node's chain has another block where the index has taken one in.
	#[error(
		"block {height} of the database is {stored}, the node's is {node}: it is another run of the same chain; name another \
		 database"
	)]
	OtherRun {
		/// The block's number.
		height: u64,
		/// Its hash in the database.
		stored: String,
		/// Its hash at the node.
		node: String,
	},
}

/// What taking in comes to.
pub type Result<Answer> = std::result::Result<Answer, Error>;

/// Takes in one chain.
pub struct Indexer {
	store: Store,
	node: Arc<Node>,
	news: broadcast::Sender<News>,
	schedule: Option<(Schedule, u64)>,
	validators: Option<Vec<AccountId32>>,
	until: u64,
	/// Whether this explorer noted the open period and its rule already: the index of an earlier one has none.
	open_noted: bool,
}

impl Indexer {
	/// Takes in what the node has, into the store.
	pub fn new(store: Store, node: Arc<Node>, news: broadcast::Sender<News>) -> Self {
		Self { store, node, news, schedule: None, validators: None, until: u64::MAX, open_noted: false }
	}

	/// Takes in no block behind this one.
	pub fn until(self, block: u64) -> Self {
		Self { until: block, ..self }
	}

	/// Follows the chain for ever. Where the node does not answer it says so, and asks again; ends only with an error that
	/// asking again would not change.
	pub async fn follow(&mut self) -> Result<()> {
		let mut silent = false;
		loop {
			match self.catch_up().await {
				Ok(()) => {
					if std::mem::take(&mut silent) {
						tracing::info!("the node at {} answers again", self.node.url());
					}
					tokio::time::sleep(ASK_EVERY).await;
				}
				Err(Error::Chain(error @ chain::Error::Unreachable { .. })) => {
					if !std::mem::replace(&mut silent, true) {
						tracing::warn!("{error}; asking again every {} s", RETRY_AFTER.as_secs());
					}
					tokio::time::sleep(RETRY_AFTER).await;
				}
				Err(error) => return Err(error),
			}
		}
	}

	/// Takes in all blocks that are final and not taken in yet.
	pub async fn catch_up(&mut self) -> Result<()> {
		let chain = self.node.chain().await?;
		let outcome = self.catch_up_with(&chain).await;
		if let Err(Error::Chain(error)) = &outcome {
			self.node.note(&chain, error).await;
		}
		outcome
	}

	async fn catch_up_with(&mut self, chain: &Arc<Chain>) -> Result<()> {
		loop {
			let last = chain.last_final().await?.0.min(self.until);
			let Some(next) = self.next_block(chain).await? else { return Ok(()) };
			if next > last {
				return Ok(());
			}
			self.take_in(chain, next, last).await?;
		}
	}

	/// The number of the block behind the cursor, once it is sure that node and database are of one chain. None where the
	/// node itself is behind.
	async fn next_block(&self, chain: &Arc<Chain>) -> Result<Option<u64>> {
		let node = text(chain.genesis());
		match self.store.chain_fact("genesis").await? {
			Some(stored) if stored != node => return Err(store::Error::OtherChain { stored, node }.into()),
			_ => {}
		}
		let Some(position) = self.store.cursor().await? else { return Ok(Some(0)) };
		let height = u64::try_from(position.height).unwrap_or_default();
		match chain.hash_of(height).await?.map(text) {
			None => Ok(None),
			Some(node) if node == position.hash => Ok(Some(height + 1)),
			Some(node) => Err(Error::OtherRun { height, stored: position.hash, node }),
		}
	}

	async fn take_in(&mut self, chain: &Arc<Chain>, first: u64, last: u64) -> Result<()> {
		let bar = bar(first, last);
		let end = last.min(first.saturating_add(LONGEST_RUN - 1));
		let blocks = chain.clone().blocks(first..=end).await?;
		pin_mut!(blocks);
		while let Some(block) = blocks.next().await {
			let block = block?;
			let news = self.take_in_block(chain, &block).await?;
			// Who listens wants to know what happens, not what happened long ago.
			if last - block.number < WORTH_A_BAR {
				for item in news {
					// Nobody needs to listen.
					let _ = self.news.send(item);
				}
			}
			bar.set_position(block.number);
		}
		bar.finish_and_clear();
		Ok(())
	}

	/// One block, in one transaction that the cursor is in.
	async fn take_in_block(&mut self, chain: &Chain, block: &chain::blocks::Block) -> Result<Vec<News>> {
		let author = self.author(chain, block).await?;
		let schedule = self.schedule(chain, block).await?;
		let mut tx = self.store.begin().await?;
		if block.number == 0 {
			tx.note("genesis", &text(block.hash)).await?;
			genesis::take_in(&mut tx, chain, block).await?;
		}
		let context = block::Context { chain, block, author, schedule };
		let news = block::take_in(&mut tx, &context).await?;
		// Another period is open from a close on, by a rule of its own.
		if !self.open_noted || news.iter().any(|item| matches!(item, News::Closed { .. })) {
			block::note_open(&mut tx, &context).await?;
		}
		tx.advance(block::height(block), &text(block.hash)).await?;
		tx.commit().await?;
		self.open_noted = block.number > 0;
		Ok(news)
	}

	/// Who made a block: the validator whose turn its slot was.
	async fn author(&mut self, chain: &Chain, block: &chain::blocks::Block) -> Result<Option<String>> {
		let Some(slot) = block.slot else { return Ok(None) };
		let validators = match self.validators.take() {
			Some(validators) => validators,
			None => pages::validators(chain, &block.executed).await?,
		};
		let turn = u64::try_from(validators.len()).ok().and_then(|count| slot.checked_rem(count));
		let author = turn.and_then(|turn| validators.get(usize::try_from(turn).ok()?));
		let author = author.map(ToString::to_string);
		// After a new session it is others' turn.
		self.validators = (!block.noted.new_session).then_some(validators);
		Ok(author)
	}

	async fn schedule(&mut self, chain: &Chain, block: &chain::blocks::Block) -> Result<block::Clock> {
		let (schedule, start) = match self.schedule {
			Some(known) => known,
			None => {
				let (schedule, start) = pages::schedule(chain, &block.state).await?;
				// The first moment is set by the first block behind the genesis.
				self.schedule = start.map(|start| (schedule, start));
				(schedule, start.unwrap_or_default())
			}
		};
		Ok(Box::new(move |moment| -> Period { schedule.period(start, moment) }))
	}
}

fn bar(first: u64, last: u64) -> ProgressBar {
	if last - first < WORTH_A_BAR {
		return ProgressBar::hidden();
	}
	let style = "block {pos} of {len} {wide_bar} {per_sec}, {eta} left";
	let bar = ProgressBar::new(last).with_position(first);
	match ProgressStyle::with_template(style) {
		Ok(style) => bar.with_style(style),
		Err(_) => bar,
	}
}
