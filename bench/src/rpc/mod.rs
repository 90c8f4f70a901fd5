//! `heirloom-bench rpc`: how fast a node of a large platform answers while it makes the blocks of a settlement.
//!
//! The node is the real one, as a process, on a copy of a generated state. March is settled first, so that there are
//! statements to ask for; April is closed as the questions begin, and they go on until it is settled. Then the same is
//! asked while the node makes no blocks: what reading takes by itself.

mod load;
mod process;
mod questions;
mod table;

use crate::{
	args::{RpcArgs, Size},
	calendar::{self, MONTHS},
	node::{self, Node},
	platform::Shape,
	progress,
	state::{Cache, Copy},
};
use anyhow::{Context, Result, ensure};
use heirloom_primitives::{Period, Progress};
use heirloom_runtime::WASM_BINARY;
use indicatif::ProgressBar;
use process::Process;
use sc_service::TaskManager;
use serde::Serialize;
use std::{
	fs,
	time::{Duration, Instant},
};
use subxt::rpcs::{RpcClient, rpc_params};

/// Blocks that are asked for at a time while March is settled.
const SEALED_AT_ONCE: u32 = 4;
/// A settlement that takes more blocks has failed.
const MOST_BLOCKS: u32 = 5_000;

/// How a node that answers people is started (`docs/runbook.md`): with the SDK's cache of the trie whoever asks waits for each block
/// to take what it has read into the cache.
const ANSWERING: [&str; 2] = ["--trie-cache-size", "0"];

/// How long questions are asked while no blocks are made.
const STILL_SECONDS: u32 = 30;

/// All that was measured.
#[derive(Clone, Debug, Serialize)]
pub struct Measured {
	/// Assets of the platform.
	pub assets: u32,
	/// Questions a second.
	pub per_second: u32,
	/// Connections they came over.
	pub connections: usize,
	/// How long they came, in seconds.
	pub seconds: f64,
	/// Blocks that the node made meanwhile until April was settled. There are no transactions in them.
	pub blocks: u32,
	/// The first estimate, which settles the open month for all assets, in seconds.
	pub first_estimate_seconds: f64,
	/// Whether the node was set up as a validator.
	pub as_validator: bool,
	/// The answers, method by method.
	pub methods: Vec<table::Method>,
	/// The answers while no blocks were made.
	pub still: Vec<table::Method>,
	/// `heirloom verify` of March, in seconds.
	pub verify_seconds: f64,
}

/// Runs the benchmark.
pub fn run(args: &RpcArgs) -> Result<()> {
	let cache = Cache::open(args.cache.directory()?, WASM_BINARY.context("the runtime has no wasm binary")?)?;
	let size = Size::of(args.assets);
	ensure!(size.assets >= 1_000, "--assets: fewer than 1,000 assets have no shape");
	// Read first, so that a platform without a shape fails before its state is generated.
	Shape::read()?;
	let state = cache.state(size)?;
	let bar = progress::spinner(format!("{size} assets: copying the state"));
	let copy = with_a_block(cache.copy(&state, "rpc")?)?;
	if !args.as_validator {
		copy.keep_all_states()?;
	}
	let measured = tokio::runtime::Runtime::new()?.block_on(measure(&copy, size, args, &bar))?;
	bar.finish_and_clear();
	println!("{}", table::table(&measured));
	if let Some(file) = &args.json {
		let text = serde_json::to_string_pretty(&measured)? + "\n";
		fs::write(file, text).with_context(|| format!("{}", file.display()))?;
	}
	Ok(())
}

/// Adds a block in the last slot of March: a node tells the time of its next block from the one before, and those that
/// wrote the state have none.
fn with_a_block(copy: Copy) -> Result<Copy> {
	let runtime = tokio::runtime::Runtime::new()?;
	let tasks = TaskManager::new(runtime.handle().clone(), None)?;
	let node = Node::open(copy, node::executor(), &tasks)?;
	let built = node.build(calendar::last_of(0), std::iter::empty())?;
	node.import_own(built)?;
	node.close()
}

async fn measure(copy: &Copy, size: Size, args: &RpcArgs, bar: &ProgressBar) -> Result<Measured> {
	bar.set_message(format!("{size} assets: starting the node"));
	let node = Process::start(copy.base_path(), if args.as_validator { &[] } else { &ANSWERING }).await?;
	let rpc = node.connect().await?;
	advance(&rpc, MONTHS[0].plus(1)).await?;
	settle(&rpc, MONTHS[0], bar).await?;

	bar.set_message(format!("{size} assets: first estimate"));
	let begun = Instant::now();
	let _: serde_json::Value = rpc.request("royalty_estimate", rpc_params![0]).await?;
	let first_estimate_seconds = begun.elapsed().as_secs_f64();
	bar.set_message(format!("{size} assets: verifying {}", MONTHS[0]));
	let verify_seconds = node.verify(MONTHS[0])?.as_secs_f64();
	let mut questions = questions::prepare(&rpc, size, MONTHS[0]).await?;
	questions.ask_once(&rpc).await?;

	advance(&rpc, MONTHS[1].plus(1)).await?;
	let settling = node.settle_by_slots(MONTHS[1]);
	bar.set_message(format!("{size} assets: {} questions a second", load::PER_SECOND));
	let begun = Instant::now();
	let answers = load::run(&node, &mut questions, args.seconds, || !settling.is_finished()).await?;
	let (seconds, blocks) = (begun.elapsed().as_secs_f64(), settling.await??);
	bar.set_message(format!("{size} assets: {} questions a second, and no blocks", load::PER_SECOND));
	let still = load::run(&node, &mut questions, STILL_SECONDS, || false).await?;
	Ok(Measured {
		assets: size.assets,
		per_second: load::PER_SECOND,
		connections: load::CONNECTIONS,
		seconds,
		blocks,
		first_estimate_seconds,
		as_validator: args.as_validator,
		methods: table::methods(answers),
		still: table::methods(still),
		verify_seconds,
	})
}

/// Makes a block at the first moment of a month.
async fn advance(rpc: &RpcClient, month: Period) -> Result<()> {
	let _: serde_json::Value = rpc.request("clock_advanceTo", rpc_params![format!("{month}-01")]).await?;
	Ok(())
}

/// Makes blocks until a month is settled.
async fn settle(rpc: &RpcClient, month: Period, bar: &ProgressBar) -> Result<()> {
	for block in (0..MOST_BLOCKS).step_by(SEALED_AT_ONCE as usize) {
		let progress: Progress = rpc.request("royalty_progress", rpc_params![]).await?;
		if progress.settled == Some(month) {
			return Ok(());
		}
		let phase = progress.settling.map(|settling| format!("{:?}", settling.phase)).unwrap_or_default();
		bar.set_message(format!("settling {month}: block {block} {phase}"));
		let _: serde_json::Value = rpc.request("clock_seal", rpc_params![SEALED_AT_ONCE]).await?;
	}
	anyhow::bail!("{month} is not settled after {MOST_BLOCKS} blocks")
}

/// The time between two blocks.
const SLOT: Duration = Duration::from_millis(heirloom_runtime::SLOT_DURATION);
