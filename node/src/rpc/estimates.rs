//! Estimates of the open month, taken for all assets at once.
//!
//! An asset's estimate depends on every other asset's use, so each question would settle the whole platform. Instead one
//! thread settles it once, in state of its own, and answers from there until what it knows is too old.

use super::Error;
use crate::service::{FullClient, Hash};
use heirloom_primitives::{AssetId, Estimate, api::RoyaltyApi as _};
use sp_api::{ApiError, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use std::{
	sync::{
		Arc, Mutex, MutexGuard, PoisonError,
		mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
	},
	thread,
	time::{Duration, Instant},
};

/// What took no longer is done anew for each block.
const QUICK: Duration = Duration::from_millis(100);

/// How many times as long as they took to take, estimates are given without taking others: a node so spends at most a
/// twentieth of a processor on them.
const LIFE: u32 = 20;

/// What is asked, and where the answer goes.
type Question = (AssetId, SyncSender<Result<Option<Estimate>, ApiError>>);

/// All estimates at one block.
struct Taken {
	block: Hash,
	since: Instant,
	cost: Duration,
	/// Its thread ends with it.
	questions: Mutex<Sender<Question>>,
}

/// What to do about estimates that were taken before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
	/// They are good.
	Give,
	/// They are good for now; others are taken meanwhile.
	GiveAndRenew,
	/// Others are taken first.
	Renew,
}

/// The decision on estimates of an older block, by their age and by how long they took.
fn decide(age: Duration, cost: Duration) -> Decision {
	match cost {
		cost if cost <= QUICK => Decision::Renew,
		cost if age <= LIFE * cost => Decision::Give,
		cost if age <= 2 * LIFE * cost => Decision::GiveAndRenew,
		_ => Decision::Renew,
	}
}

/// Takes estimates and keeps the latest.
#[derive(Clone)]
pub struct Estimates {
	client: Arc<FullClient>,
	latest: Arc<Mutex<Option<Arc<Taken>>>>,
	/// Held by who takes others: one at a time.
	turn: Arc<Mutex<()>>,
}

impl Estimates {
	/// Of this chain; none is taken yet.
	pub fn new(client: Arc<FullClient>) -> Self {
		Self { client, latest: Arc::default(), turn: Arc::default() }
	}

	/// An asset's estimate, and the block it is of: a late one, though not always the best. None for an asset that this
	/// block does not have.
	pub fn latest(&self, asset: AssetId) -> Result<(Hash, Option<Estimate>), Error> {
		let latest = lock(&self.latest).clone();
		let best = self.client.info().best_hash;
		let taken = match latest {
			Some(taken) if taken.block == best => taken,
			Some(taken) => match decide(taken.since.elapsed(), taken.cost) {
				Decision::Give => taken,
				Decision::GiveAndRenew => {
					self.renew_behind();
					taken
				}
				Decision::Renew => self.renew(&lock(&self.turn))?,
			},
			None => self.renew(&lock(&self.turn))?,
		};
		Ok((taken.block, taken.ask(asset)?))
	}

	/// An asset's estimate at a given block.
	pub fn at(&self, block: Hash, asset: AssetId) -> Result<Option<Estimate>, Error> {
		let latest = lock(&self.latest).clone();
		if let Some(taken) = latest.filter(|taken| taken.block == block) {
			return taken.ask(asset);
		}
		let _turn = lock(&self.turn);
		self.client.runtime_api().estimate(block, asset).map_err(|error| Error::of_api(block, error))
	}

	/// Takes the estimates of the best block, unless that was done while it waited for its turn.
	fn renew(&self, _turn: &MutexGuard<'_, ()>) -> Result<Arc<Taken>, Error> {
		let best = self.client.info().best_hash;
		if let Some(taken) = lock(&self.latest).clone().filter(|taken| taken.block == best) {
			return Ok(taken);
		}
		let taken = Arc::new(Taken::take(self.client.clone(), best)?);
		*lock(&self.latest) = Some(taken.clone());
		Ok(taken)
	}

	/// The same while others are still given, unless somebody is at it.
	fn renew_behind(&self) {
		let estimates = self.clone();
		let renew = move || {
			let Ok(turn) = estimates.turn.try_lock() else { return };
			if let Err(error) = estimates.renew(&turn) {
				log::warn!("estimates are not renewed: {error}");
			}
		};
		if let Err(error) = thread::Builder::new().name("estimates-renewal".into()).spawn(renew) {
			log::warn!("estimates are not renewed: {error}");
		}
	}
}

impl Taken {
	/// Starts a thread that settles a block's open month, and waits until it has.
	fn take(client: Arc<FullClient>, block: Hash) -> Result<Self, Error> {
		let (questions, asked) = channel();
		let (ready, prepared) = sync_channel(1);
		let begun = Instant::now();
		thread::Builder::new()
			.name("estimates".into())
			.spawn(move || answer(&client, block, &ready, &asked))
			.map_err(|error| Error::Runtime(error.to_string()))?;
		let prepared = prepared.recv().map_err(|_| Error::Runtime(ENDED.into()))?;
		prepared.map_err(|error| Error::of_api(block, error))?;
		Ok(Self { block, since: Instant::now(), cost: begun.elapsed(), questions: Mutex::new(questions) })
	}

	fn ask(&self, asset: AssetId) -> Result<Option<Estimate>, Error> {
		let (reply, answered) = sync_channel(1);
		let ended = || Error::Runtime(ENDED.into());
		lock(&self.questions).send((asset, reply)).map_err(|_| ended())?;
		answered.recv().map_err(|_| ended())?.map_err(|error| Error::of_api(self.block, error))
	}
}

/// What is said where a thread is gone.
const ENDED: &str = "it has ended";

/// Prepares a block's estimates and answers from them while somebody may ask.
fn answer(
	client: &FullClient,
	block: Hash,
	ready: &SyncSender<Result<(), ApiError>>,
	asked: &Receiver<Question>,
) {
	// Its changes of state last as long as this value.
	let api = client.runtime_api();
	let prepared = api.prepare_estimates(block);
	let usable = prepared.is_ok();
	if ready.send(prepared).is_err() || !usable {
		return;
	}
	while let Ok((asset, reply)) = asked.recv() {
		// Whoever asked may have left.
		_ = reply.send(api.prepared_estimate(block, asset));
	}
}

/// Nothing panics while it holds one of these locks, and if it did, what they guard would still be whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
	mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn estimates_that_are_quickly_taken_are_those_of_the_best_block() {
		assert_eq!(decide(Duration::ZERO, QUICK), Decision::Renew);
	}

	#[test]
	fn estimates_that_take_long_are_given_for_a_while() {
		let cost = Duration::from_secs(4);
		let decisions = [0, 80, 81, 160, 161].map(|age| decide(Duration::from_secs(age), cost));
		assert_eq!(
			decisions,
			[Decision::Give, Decision::Give, Decision::GiveAndRenew, Decision::GiveAndRenew, Decision::Renew]
		);
	}
}
