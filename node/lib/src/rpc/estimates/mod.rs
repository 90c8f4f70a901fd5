//! Estimates of the open month, taken for all assets at once.
//!
//! An asset's estimate depends on every other asset's use, so each question would settle the whole platform. Instead one
//! thread settles it once, in state of its own, and answers from there until what it knows is too old.

mod taken;
#[cfg(test)]
mod tests;

use super::Error;
use crate::service::{FullClient, Hash};
use heirloom_primitives::{AssetId, Estimate, Period, api::RoyaltyApi as _};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use std::{
	sync::{
		Arc, Mutex, MutexGuard, PoisonError,
		atomic::{AtomicUsize, Ordering},
	},
	thread,
	time::{Duration, Instant},
};
use taken::Taken;

/// What took no longer is done anew for each block.
const QUICK: Duration = Duration::from_millis(100);

/// How many times as long as they took to take, estimates are given without taking others: a node so spends at most a
/// twentieth of a processor on them.
const LIFE: u32 = 20;

/// Blocks after which others are taken in any case: well before the state of the block that they are of is pruned.
const MOST_BLOCKS: u32 = 100;

/// Callers that wait at a time. Each keeps a thread of those that also make blocks; more are told to ask again.
const MOST_WAITING: usize = 8;

/// The block that estimates are wanted of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Best {
	hash: Hash,
	number: u32,
}

/// Where estimates come from.
trait Source: Send + Sync + 'static {
	fn best(&self) -> Best;
	/// The month that is open at a block.
	fn open_month(&self, block: Hash) -> Result<Period, Error>;
	/// Takes the estimates of a block, which may be long work.
	fn take(&self, block: Best) -> Result<Taken, Error>;
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

/// Takes estimates, and keeps the latest and those of the block that was asked for last.
#[derive(Clone)]
pub struct Estimates(Arc<Inner>);

struct Inner {
	source: Box<dyn Source>,
	latest: Mutex<Option<Arc<Taken>>>,
	asked: Mutex<Option<Arc<Taken>>>,
	/// Held by who takes others: one at a time.
	turn: Mutex<()>,
	waiting: AtomicUsize,
}

impl Estimates {
	/// Of this chain; none is taken yet.
	pub fn new(client: Arc<FullClient>) -> Self {
		Self::from_source(Chain(client))
	}

	fn from_source(source: impl Source) -> Self {
		Self(Arc::new(Inner {
			source: Box::new(source),
			latest: Mutex::default(),
			asked: Mutex::default(),
			turn: Mutex::default(),
			waiting: AtomicUsize::default(),
		}))
	}

	/// An asset's estimate, and the block it is of: a late one, though not always the best. None for an asset that this
	/// block does not have.
	pub fn latest(&self, asset: AssetId) -> Result<(Hash, Option<Estimate>), Error> {
		let kept = lock(&self.0.latest).clone();
		let best = self.0.source.best();
		let taken = match kept.map(|taken| Ok::<_, Error>((self.judge(&taken, best)?, taken))).transpose()? {
			Some((Decision::Give, taken)) => taken,
			Some((Decision::GiveAndRenew, taken)) => {
				self.renew_behind();
				taken
			}
			Some((Decision::Renew, taken)) => match self.renew() {
				// Old ones are better than none.
				Err(Error::Busy) => taken,
				renewed => renewed?,
			},
			None => self.renew()?,
		};
		match taken.ask(asset) {
			Some(answer) => Ok((taken.block.hash, answer?)),
			// Its thread has ended, as nobody asked for long.
			None => {
				self.forget(&taken);
				let taken = self.renew()?;
				let answer = taken.ask(asset).ok_or(Error::Busy)?;
				Ok((taken.block.hash, answer?))
			}
		}
	}

	/// An asset's estimate at a given block.
	pub fn at(&self, block: Hash, number: u32, asset: AssetId) -> Result<Option<Estimate>, Error> {
		let block = Best { hash: block, number };
		let known = |kept: &Mutex<Option<Arc<Taken>>>| {
			lock(kept).clone().filter(|taken| taken.block == block).and_then(|taken| taken.ask(asset))
		};
		if let Some(answer) = known(&self.0.latest).or_else(|| known(&self.0.asked)) {
			return answer;
		}
		let _turn = self.wait_for_turn()?;
		if let Some(answer) = known(&self.0.asked) {
			return answer;
		}
		let taken = Arc::new(self.0.source.take(block)?);
		*lock(&self.0.asked) = Some(taken.clone());
		taken.ask(asset).ok_or(Error::Busy)?
	}

	/// What to do about estimates while this is the best block.
	fn judge(&self, taken: &Taken, best: Best) -> Result<Decision, Error> {
		if taken.block == best {
			return Ok(Decision::Give);
		}
		let far = best.number.abs_diff(taken.block.number) > MOST_BLOCKS;
		match decide(taken.since.elapsed(), taken.cost) {
			_ if far => Ok(Decision::Renew),
			// They say which month they are of; nobody is made to wait for those of the next.
			Decision::Give if self.0.source.open_month(best.hash)? != taken.month => {
				Ok(Decision::GiveAndRenew)
			}
			decision => Ok(decision),
		}
	}

	/// Takes the estimates of the best block, unless that was done while it waited for its turn.
	fn renew(&self) -> Result<Arc<Taken>, Error> {
		let came = Instant::now();
		let _turn = self.wait_for_turn()?;
		self.renew_in_turn(came)
	}

	fn renew_in_turn(&self, came: Instant) -> Result<Arc<Taken>, Error> {
		let best = self.0.source.best();
		let kept = lock(&self.0.latest).clone();
		if let Some(taken) = kept.filter(|taken| taken.block == best || taken.since >= came) {
			return Ok(taken);
		}
		let taken = Arc::new(self.0.source.take(best)?);
		*lock(&self.0.latest) = Some(taken.clone());
		Ok(taken)
	}

	/// The same while others are still given, unless somebody is at it.
	fn renew_behind(&self) {
		let estimates = self.clone();
		let came = Instant::now();
		let renew = move || {
			let Ok(_turn) = estimates.0.turn.try_lock() else { return };
			if let Err(error) = estimates.renew_in_turn(came) {
				log::warn!("estimates are not renewed: {error}");
			}
		};
		if let Err(error) = thread::Builder::new().name("estimates-renewal".into()).spawn(renew) {
			log::warn!("estimates are not renewed: {error}");
		}
	}

	fn wait_for_turn(&self) -> Result<MutexGuard<'_, ()>, Error> {
		let others = self.0.waiting.fetch_add(1, Ordering::SeqCst);
		let turn = (others < MOST_WAITING).then(|| lock(&self.0.turn));
		self.0.waiting.fetch_sub(1, Ordering::SeqCst);
		turn.ok_or(Error::Busy)
	}

	/// Keeps these no longer, if they are still kept.
	fn forget(&self, taken: &Arc<Taken>) {
		let mut latest = lock(&self.0.latest);
		if latest.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, taken)) {
			*latest = None;
		}
	}
}

/// The chain itself.
struct Chain(Arc<FullClient>);

impl Source for Chain {
	fn best(&self) -> Best {
		let info = self.0.info();
		Best { hash: info.best_hash, number: info.best_number }
	}

	fn open_month(&self, block: Hash) -> Result<Period, Error> {
		let progress = self.0.runtime_api().progress(block);
		Ok(progress.map_err(|error| Error::of_api(block, error))?.open)
	}

	fn take(&self, block: Best) -> Result<Taken, Error> {
		Taken::take(self.0.clone(), block, self.open_month(block.hash)?)
	}
}

/// Nothing panics while it holds one of these locks, and if it did, what they guard would still be whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
	mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
