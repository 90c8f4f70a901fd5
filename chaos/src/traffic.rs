//! Users who go on whatever happens: each has a node of its own, and asks the next one where that does not answer.

use crate::{
	chain::{Chain, calls},
	platform::{Deed, Platform, deed},
	tries::{Tried, Tries, words},
};
use anyhow::{Context, Result};
use heirloom_primitives::{MicroU, U};
use std::{
	collections::HashMap,
	sync::{
		Arc, Mutex,
		atomic::{AtomicBool, AtomicU64, Ordering},
	},
	time::{Duration, Instant},
};
use subxt::{rpcs, utils::H256};
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
	/// Planck that each transaction offers for coming first.
	tip: AtomicU64,
	/// What came of all deeds.
	tries: Mutex<Tries>,
	/// What nodes have taken, and when.
	taken: Mutex<Vec<Taken>>,
}

impl Shared {
	fn note(&self, tried: &Tried) {
		if let Ok(mut tries) = self.tries.lock() {
			tries.add(tried);
		}
		if let Tried::Taken(hash) = *tried
			&& let Ok(mut taken) = self.taken.lock()
		{
			taken.push(Taken { hash, at: Instant::now() });
		}
	}
}

/// A transaction that a node has taken.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
	/// Its hash.
	pub hash: H256,
	/// When.
	pub at: Instant,
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

	/// From now on users offer a tip, in planck.
	pub fn tip(&self, tip: u64) {
		self.shared.tip.store(tip, Ordering::Relaxed);
	}

	/// What nodes have taken since this was asked last.
	pub fn taken(&self) -> Vec<Taken> {
		self.shared.taken.lock().map(|mut taken| std::mem::take(&mut *taken)).unwrap_or_default()
	}

	/// What came of all deeds so far.
	pub fn tries(&self) -> Tries {
		self.shared.tries.lock().map(|tries| tries.clone()).unwrap_or_default()
	}
}

impl Drop for Traffic {
	fn drop(&mut self) {
		self.task.abort();
	}
}

async fn work(platform: Arc<Platform>, urls: Vec<String>, shared: Arc<Shared>) {
	let mut connections: Vec<Option<Chain>> = urls.iter().map(|_| None).collect();
	let mut moves = HashMap::<u32, usize>::new();
	for number in 0u64.. {
		sleep(PAUSE).await;
		if shared.resting.load(Ordering::Relaxed) {
			continue;
		}
		let deed = deed(number);
		// Who stays at a node does not give two transactions one number.
		let position =
			usize::try_from(deed.company()).unwrap_or_default() + moves.get(&deed.company()).unwrap_or(&0);
		let position = position % urls.len();
		let connection = &mut connections[position];
		let tip = shared.tip.load(Ordering::Relaxed).into();
		let tried = match timeout(PATIENCE, make(&platform, &urls[position], connection, deed, tip)).await {
			Ok(Ok(hash)) => Tried::Taken(hash),
			Ok(Err(error)) => refusal(&error).map_or(Tried::Unreached, Tried::Refused),
			Err(_) => Tried::Unanswered,
		};
		// Down or cut off: the next node, then. Not where one said no: another that its transactions have not reached would
		// give out their numbers once more.
		if matches!(tried, Tried::Unanswered | Tried::Unreached) {
			*connection = None;
			*moves.entry(deed.company()).or_default() += 1;
		}
		shared.note(&tried);
	}
}

/// What a node said that answered, and said no; none where none answered.
fn refusal(error: &anyhow::Error) -> Option<String> {
	match error.downcast_ref() {
		Some(rpcs::Error::User(refusal)) => Some(words(refusal)),
		_ => None,
	}
}

/// Makes a deed at a node, over a connection that is opened if there is none.
async fn make(
	platform: &Platform,
	url: &str,
	connection: &mut Option<Chain>,
	deed: Deed,
	tip: u128,
) -> Result<H256> {
	let chain = match connection {
		Some(chain) => chain,
		None => connection.insert(Chain::open(url).await?),
	};
	let at = chain.at(chain.eye.finalized().await?.hash).await?;
	let key = |company: u32| platform.companies.get(company as usize).context("a company");
	match deed {
		Deed::Call { company, asset, units } => {
			calls::submit_with_tip(chain, &at, key(company)?, &calls::call(asset, units, MAX_FEE), tip).await
		}
		Deed::Report { company, asset, amount } => {
			calls::submit_with_tip(chain, &at, key(company)?, &calls::report_revenue(asset, amount), tip)
				.await
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::io;

	#[test]
	fn node_that_says_no_is_told_from_one_that_does_not_answer() {
		let full = rpcs::UserError { code: 1016, message: "Immediately Dropped".into(), data: None };
		let refused = Err::<(), _>(rpcs::Error::User(full)).context("author_submitExtrinsic");
		let said = refusal(&refused.expect_err("a refusal"));
		assert_eq!(said.as_deref(), Some("1016 Immediately Dropped"));
		let cut = rpcs::Error::Client(io::Error::from(io::ErrorKind::ConnectionReset).into());
		let unanswered = Err::<(), _>(cut).context("author_submitExtrinsic");
		assert_eq!(refusal(&unanswered.expect_err("no answer")), None);
	}
}
