//! Users who go on whatever happens: they try one node after the other and make the next deed.

use crate::{
	chain::{Chain, calls},
	platform::{Deed, Platform, deed},
};
use anyhow::{Context, Result};
use heirloom_primitives::{MicroU, U};
use std::{
	sync::{
		Arc,
		atomic::{AtomicBool, AtomicU64, Ordering},
	},
	time::Duration,
};
use tokio::{
	task::JoinHandle,
	time::{sleep, timeout},
};

/// Between two deeds: about ten a block.
const PAUSE: Duration = Duration::from_millis(600);
/// How long a node may take to answer a user.
const PATIENCE: Duration = Duration::from_secs(10);
/// More than any deed costs.
const MAX_FEE: MicroU = 1_000 * U;

/// Users at work. They stop when this is let go of.
pub struct Traffic {
	shared: Arc<Shared>,
	task: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
	resting: AtomicBool,
	accepted: AtomicU64,
}

impl Traffic {
	/// Users begin to use these nodes.
	pub fn start(platform: Arc<Platform>, urls: Vec<String>) -> Self {
		let shared = Arc::new(Shared::default());
		let task = tokio::spawn(work(platform, urls, shared.clone()));
		Self { shared, task }
	}

	/// Lets users pause, or go on.
	pub fn rest(&self, resting: bool) {
		self.shared.resting.store(resting, Ordering::Relaxed);
	}

	/// How many deeds nodes have taken.
	pub fn accepted(&self) -> u64 {
		self.shared.accepted.load(Ordering::Relaxed)
	}
}

impl Drop for Traffic {
	fn drop(&mut self) {
		self.task.abort();
	}
}

async fn work(platform: Arc<Platform>, urls: Vec<String>, shared: Arc<Shared>) {
	let mut connections: Vec<Option<Chain>> = urls.iter().map(|_| None).collect();
	for number in 0u64.. {
		sleep(PAUSE).await;
		if shared.resting.load(Ordering::Relaxed) {
			continue;
		}
		let position = usize::try_from(number).unwrap_or_default() % urls.len();
		let connection = &mut connections[position];
		match timeout(PATIENCE, make(&platform, &urls[position], connection, number)).await {
			Ok(Ok(())) => {
				shared.accepted.fetch_add(1, Ordering::Relaxed);
			}
			// Down, cut off, or of another opinion about the account's nonce: the next node, then.
			Ok(Err(_)) | Err(_) => *connection = None,
		}
	}
}

/// Makes a deed at a node, over a connection that is opened if there is none.
async fn make(platform: &Platform, url: &str, connection: &mut Option<Chain>, number: u64) -> Result<()> {
	let chain = match connection {
		Some(chain) => chain,
		None => connection.insert(Chain::open(url).await?),
	};
	let at = chain.at(chain.eye.finalized().await?.hash).await?;
	let key = |company: u32| platform.companies.get(company as usize).context("a company");
	match deed(number) {
		Deed::Call { company, asset, units } => {
			calls::submit(chain, &at, key(company)?, &calls::call(asset, units, MAX_FEE)).await?
		}
		Deed::Report { company, asset, amount } => {
			calls::submit(chain, &at, key(company)?, &calls::report_revenue(asset, amount)).await?
		}
	};
	Ok(())
}
