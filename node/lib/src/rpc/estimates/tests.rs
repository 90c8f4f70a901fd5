//! When estimates are taken, with a chain whose takings are slow.

use super::*;
use std::{
	sync::atomic::AtomicU32,
	thread::{scope, sleep},
};

const MARCH: Period = Period(24_314);

/// More than quick.
const SLOW: Duration = Duration::from_millis(150);

/// A chain with one asset. Its takings are counted.
struct Fake {
	number: AtomicU32,
	month: AtomicU32,
	takings: AtomicU32,
	/// Whether a block is made each time somebody looks.
	moves: bool,
}

fn fake(moves: bool) -> (Arc<Fake>, Estimates) {
	let zero = AtomicU32::default;
	let fake = Arc::new(Fake { number: zero(), month: MARCH.0.into(), takings: zero(), moves });
	(fake.clone(), Estimates::from_source(fake))
}

impl Fake {
	fn makes_blocks(&self, count: u32) {
		self.number.fetch_add(count, Ordering::SeqCst);
	}

	fn taken(&self) -> u32 {
		self.takings.load(Ordering::SeqCst)
	}
}

fn hash(number: u32) -> Hash {
	Hash::from_low_u64_be(number.into())
}

impl Source for Arc<Fake> {
	fn best(&self) -> Best {
		let number = self.number.fetch_add(self.moves.into(), Ordering::SeqCst);
		Best { hash: hash(number), number }
	}

	fn open_month(&self, _: Hash) -> Result<Period, Error> {
		Ok(Period(self.month.load(Ordering::SeqCst)))
	}

	fn take(&self, block: Best) -> Result<Taken, Error> {
		self.takings.fetch_add(1, Ordering::SeqCst);
		let month = self.open_month(block.hash)?;
		Taken::with(block, month, move |serve| {
			sleep(SLOW);
			serve(&mut |asset| Ok((asset == 0).then(|| estimate(month, block.number))));
			Ok(())
		})
	}
}

fn estimate(period: Period, number: u32) -> Estimate {
	let units = number.into();
	Estimate { period, units, gross: 0, reported: 0, call_fees: 0, shared: 0, carried_in: 0, weight: None }
}

#[test]
fn estimates_that_are_quickly_taken_are_those_of_the_best_block() {
	assert_eq!(decide(Duration::ZERO, QUICK), Decision::Renew);
}

#[test]
fn estimates_that_take_long_are_given_for_a_while() {
	let cost = Duration::from_secs(4);
	let decisions = [0, 80, 81, 160, 161].map(|age| decide(Duration::from_secs(age), cost));
	assert_eq!(decisions[..2], [Decision::Give; 2]);
	assert_eq!(decisions[2..4], [Decision::GiveAndRenew; 2]);
	assert_eq!(decisions[4], Decision::Renew);
}

#[test]
fn callers_that_wait_share_what_was_taken_meanwhile() {
	let (fake, estimates) = fake(true);
	scope(|scope| {
		let callers: Vec<_> = (0..MOST_WAITING).map(|_| scope.spawn(|| estimates.latest(0))).collect();
		for caller in callers {
			assert!(caller.join().unwrap().unwrap().1.is_some());
		}
	});
	assert!(fake.taken() <= 2, "{} takings", fake.taken());
}

#[test]
fn callers_beyond_those_that_may_wait_are_told_to_ask_again() {
	let (_, estimates) = fake(false);
	scope(|scope| {
		let callers: Vec<_> = (0..4 * MOST_WAITING).map(|_| scope.spawn(|| estimates.latest(0))).collect();
		let answers: Vec<_> = callers.into_iter().map(|caller| caller.join().unwrap()).collect();
		assert!(answers.iter().any(|answer| matches!(answer, Err(Error::Busy))));
		assert!(answers.iter().any(Result::is_ok));
	});
	assert!(estimates.latest(0).is_ok());
}

#[test]
fn callers_that_may_not_wait_get_old_estimates_where_there_are_some() {
	let (fake, estimates) = fake(false);
	estimates.latest(0).unwrap();
	fake.makes_blocks(MOST_BLOCKS + 1);
	scope(|scope| {
		let callers: Vec<_> = (0..4 * MOST_WAITING).map(|_| scope.spawn(|| estimates.latest(0))).collect();
		let mut of: Vec<_> = callers.into_iter().map(|caller| caller.join().unwrap().unwrap().0).collect();
		of.sort();
		of.dedup();
		assert_eq!(of, [hash(0), hash(MOST_BLOCKS + 1)]);
	});
}

#[test]
fn estimates_are_given_for_later_blocks_of_the_same_month() {
	let (fake, estimates) = fake(false);
	let first = estimates.latest(0).unwrap();
	fake.makes_blocks(3);
	assert_eq!(estimates.latest(0).unwrap(), first);
	assert_eq!(estimates.latest(1).unwrap(), (hash(0), None));
	assert_eq!(fake.taken(), 1);
}

#[test]
fn estimates_of_a_closed_month_are_given_until_others_are_taken() {
	let (fake, estimates) = fake(false);
	let march = estimates.latest(0).unwrap();
	fake.makes_blocks(1);
	fake.month.store(MARCH.plus(1).0, Ordering::SeqCst);
	assert_eq!(estimates.latest(0).unwrap(), march);
	while estimates.latest(0).unwrap() == march {
		sleep(SLOW / 10);
	}
	let (at, estimate) = estimates.latest(0).unwrap();
	assert_eq!((at, estimate.unwrap().period, fake.taken()), (hash(1), MARCH.plus(1), 2));
}

#[test]
fn estimates_of_a_block_whose_state_may_be_pruned_are_not_given() {
	let (fake, estimates) = fake(false);
	estimates.latest(0).unwrap();
	fake.makes_blocks(MOST_BLOCKS + 1);
	assert_eq!(estimates.latest(0).unwrap().0, hash(MOST_BLOCKS + 1));
}

#[test]
fn estimates_at_a_block_are_taken_once() {
	let (fake, estimates) = fake(false);
	let asked = || estimates.at(hash(7), 7, 0).unwrap().unwrap().units;
	assert_eq!([asked(), asked()], [7, 7]);
	assert_eq!(fake.taken(), 1);
}
