//! Accounts that have a network do nothing, as often as its nodes let them.

use crate::chain::{
	Chain,
	calls::{next_nonce, remark, sign},
	rpc_params,
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
/// How long an account waits whose node takes no more.
const PAUSE: Duration = Duration::from_millis(500);

/// Spammers at work, each at a node of its own. They stop when this is let go of.
pub struct Spam {
	taken: Arc<AtomicU64>,
	tasks: Vec<JoinHandle<()>>,
}

impl Spam {
	/// Spammers begin.
	pub fn start(spammers: &[Keypair], urls: &[String]) -> Self {
		let taken = Arc::new(AtomicU64::new(0));
		let tasks = spammers
			.iter()
			.zip(urls)
			.map(|(spammer, url)| tokio::spawn(work(spammer.clone(), url.clone(), taken.clone())))
			.collect();
		Self { taken, tasks }
	}

	/// How many calls nodes have taken.
	pub fn taken(&self) -> u64 {
		self.taken.load(Ordering::Relaxed)
	}
}

impl Drop for Spam {
	fn drop(&mut self) {
		self.tasks.iter().for_each(JoinHandle::abort);
	}
}

async fn work(spammer: Keypair, url: String, taken: Arc<AtomicU64>) {
	let mut connection = None;
	loop {
		// Where a node takes no more, or does not answer, it is asked again a little later.
		if pour(&spammer, &url, &mut connection, &taken).await.is_err() {
			sleep(PAUSE).await;
		}
	}
}

/// Submits calls until the node refuses one, over a connection that is opened if there is none.
async fn pour(spammer: &Keypair, url: &str, connection: &mut Option<Chain>, taken: &AtomicU64) -> Result<()> {
	let chain = match connection.take() {
		Some(chain) => chain,
		None => Chain::open(url).await?,
	};
	// A node that says this will be asked again, whatever it says to the calls.
	let mut nonce = next_nonce(&chain, spammer).await?;
	let chain = connection.insert(chain);
	loop {
		let at = chain.at(chain.eye.finalized().await?.hash).await?;
		let mut under_way = JoinSet::new();
		for number in nonce..nonce + AT_ONCE {
			let text = sign(&at, spammer, &remark(), number, 0)?;
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
		nonce += AT_ONCE;
	}
}
