//! Taking in a chain from its beginning, beside a loop over the same blocks that keeps nothing.

use anyhow::{Result, ensure};
use heirloom_explorer::{
	chain::{Chain, Config, Node, rpc_params},
	index::Indexer,
	store::Store,
};
use std::{
	sync::Arc,
	time::{Duration, Instant},
};
use subxt::OnlineClient;

/// Rounds, of which the middle counts.
const ROUNDS: usize = 3;

/// Both over the same blocks.
#[derive(Clone, Copy, Debug)]
pub struct Backfill {
	/// Blocks.
	pub blocks: u64,
	/// Events in them.
	pub events: u64,
	/// What the loop took.
	pub bare: Duration,
	/// What the index took.
	pub index: Duration,
}

/// Has the chain make `more` blocks and reads all of it, in turn by the loop and by the index, so that a machine that slows
/// down meanwhile slows both.
pub async fn measure(url: &str, more: u32) -> Result<Backfill> {
	let chain = Chain::connect(url).await?;
	// A few at a time: the node answers when all are made.
	for made in (0..more).step_by(100) {
		let count = (more - made).min(100);
		let _: serde_json::Value = chain.request("clock_seal", rpc_params![count]).await?;
	}
	let last = chain.last_final().await?.0;
	let (mut bare, mut index, mut events) = (Vec::new(), Vec::new(), 0);
	for round in 1..=ROUNDS {
		let begun = Instant::now();
		events = read(url, last).await?;
		bare.push(begun.elapsed());
		let begun = Instant::now();
		take_in(url, last).await?;
		index.push(begun.elapsed());
		eprintln!(
			"round {round} of {ROUNDS}: {last} blocks in {:.1} s by a bare loop, {:.1} s into the index",
			bare[round - 1].as_secs_f64(),
			index[round - 1].as_secs_f64(),
		);
	}
	bare.sort();
	index.sort();
	Ok(Backfill { blocks: last + 1, events, bare: bare[ROUNDS / 2], index: index[ROUNDS / 2] })
}

/// What anybody would write first: block by block, its transactions and its events.
async fn read(url: &str, last: u64) -> Result<u64> {
	let client = OnlineClient::<Config>::from_insecure_url(url).await?;
	let mut count = 0;
	for number in 0..=last {
		let at = client.at_block(number).await?;
		for extrinsic in at.extrinsics().fetch().await?.iter() {
			extrinsic?;
		}
		for event in at.events().fetch().await?.iter() {
			event?;
			count += 1;
		}
	}
	Ok(count)
}

async fn take_in(url: &str, last: u64) -> Result<()> {
	let folder = tempfile::tempdir()?;
	let store = Store::open(&format!("sqlite:{}", folder.path().join("backfill.db").display())).await?;
	let news = tokio::sync::broadcast::Sender::new(1);
	Indexer::new(store.clone(), Arc::new(Node::new(url)), news).until(last).catch_up().await?;
	let height = store.cursor().await?.map(|position| position.height);
	ensure!(height == i64::try_from(last).ok(), "the index ended at {height:?}, not at {last}");
	store.close().await;
	Ok(())
}
