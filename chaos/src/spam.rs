//! Accounts that have a network do nothing, as often as its nodes let them, and as much of it as its blocks hold.

use crate::chain::{
	At, Chain,
	calls::{batch, next_nonce, remark, sign},
	keys::account,
	motions::encode,
	read, rpc_params,
};
use anyhow::Result;
use std::{
	sync::{
		Arc,
		atomic::{AtomicU64, Ordering},
	},
	time::Duration,
};
use subxt::utils::H256;
use subxt_signer::sr25519::Keypair;
use tokio::{
	task::{JoinHandle, JoinSet, yield_now},
	time::sleep,
};

/// Transactions of one account that are under way to its node at a time.
const AT_ONCE: u64 = 100;
/// How long an account waits whose node takes no more, or has enough of it.
const PAUSE: Duration = Duration::from_millis(500);
/// Calls of a batch. They weigh 31 ms, and a block has 1.5 s for ordinary transactions: about 48 batches fill it.
pub const LENGTH: usize = 1_000;
/// Batches of one account that wait for a block: those of two accounts fill four. With more of them blocks would be full for
/// long after a flood.
const WAITING: u64 = 100;
/// What a batch offers, in planck. A full pool keeps what offers most for its part of a block. Without a tip that is what is
/// small: a remark, of which 10,000 weigh as much as a block, would push out a batch, of which 64 do.
const TIP: u128 = 1_000;

/// What an account floods with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
	/// `system.remark` without a word, a transaction each. Pools take any number of these, the later ones in the place of
	/// earlier ones; nodes have to check all signatures, which may keep them from filling blocks with what is left.
	Remarks,
	/// `utility.batch` of batches without a call, which fills blocks however long signatures take. A fee is a planck for each
	/// picosecond of weight and a million for each byte, so nobody fills a block for less than what it weighs, and with these it
	/// takes a tenth more: each adds 3 bytes and 31 µs, most of that for state that the block has read before. A remark, of 113
	/// bytes and 0.3 ms with its signature, costs two fifths more than what it weighs, and one in a batch, of 3 bytes and 6.5 µs,
	/// half more. A long remark makes blocks long, by which fees do not rise.
	Batches,
}

/// An account that floods.
#[derive(Clone)]
pub struct Spammer {
	/// Its key.
	pub key: Keypair,
	/// What it submits.
	pub kind: Kind,
}

/// Spammers at work, each at a node of its own. They stop when this is let go of.
pub struct Spam {
	workers: Vec<Worker>,
}

struct Worker {
	kind: Kind,
	taken: Arc<AtomicU64>,
	task: JoinHandle<()>,
}

impl Spam {
	/// Spammers begin.
	pub fn start(spammers: &[Spammer], urls: &[String]) -> Self {
		let worker = |(spammer, url): (&Spammer, &String)| {
			let taken = Arc::new(AtomicU64::new(0));
			let task = tokio::spawn(work(spammer.clone(), url.clone(), taken.clone()));
			Worker { kind: spammer.kind, taken, task }
		};
		Self { workers: spammers.iter().zip(urls).map(worker).collect() }
	}

	/// How many transactions of a kind nodes have taken.
	pub fn taken(&self, kind: Kind) -> u64 {
		let workers = self.workers.iter().filter(|worker| worker.kind == kind);
		workers.map(|worker| worker.taken.load(Ordering::Relaxed)).sum()
	}
}

impl Drop for Spam {
	fn drop(&mut self) {
		self.workers.iter().for_each(|worker| worker.task.abort());
	}
}

impl Spammer {
	/// Its transaction of a number, as a node takes it.
	fn signed(&self, at: &At, number: u64) -> Result<String> {
		match self.kind {
			Kind::Remarks => sign(at, &self.key, &remark(), number, 0),
			Kind::Batches => {
				let nothing = encode(at, &batch(Vec::new()))?;
				sign(at, &self.key, &batch(vec![nothing; LENGTH]), number, TIP)
			}
		}
	}

	/// The number behind those of its transactions that may be under way, where `next` is the first that is not.
	async fn end(&self, chain: &Chain, next: u64) -> Result<u64> {
		Ok(match self.kind {
			Kind::Remarks => next + AT_ONCE,
			Kind::Batches => {
				let at = chain.at(chain.eye.best().await?.hash).await?;
				read::nonce(&at, &account(&self.key)).await? + WAITING
			}
		})
	}
}

async fn work(spammer: Spammer, url: String, taken: Arc<AtomicU64>) {
	let mut connection = None;
	loop {
		// Where a node takes no more, has enough or does not answer, it is asked again a little later.
		let _refused = pour(&spammer, &url, &mut connection, &taken).await.is_err();
		sleep(PAUSE).await;
	}
}

/// Submits transactions until enough of them wait or the node refuses one, over a connection that is opened if there is none.
async fn pour(spammer: &Spammer, url: &str, connection: &mut Option<Chain>, taken: &AtomicU64) -> Result<()> {
	let chain = match connection.take() {
		Some(chain) => chain,
		None => Chain::open(url).await?,
	};
	// A node that says this will be asked again, whatever it says to the calls.
	let mut nonce = next_nonce(&chain, &spammer.key).await?;
	let chain = connection.insert(chain);
	loop {
		let end = spammer.end(chain, nonce).await?;
		if nonce >= end {
			return Ok(());
		}
		let at = chain.at(chain.eye.finalized().await?.hash).await?;
		let mut under_way = JoinSet::new();
		for number in nonce..end {
			let text = spammer.signed(&at, number)?;
			let eye = chain.eye.clone();
			under_way
				.spawn(async move { eye.request::<H256>("author_submitExtrinsic", rpc_params![text]).await });
			// Signing is work: others on this thread have their turn.
			yield_now().await;
		}
		while let Some(answer) = under_way.join_next().await {
			answer??;
			taken.fetch_add(1, Ordering::Relaxed);
		}
		nonce = end;
	}
}
