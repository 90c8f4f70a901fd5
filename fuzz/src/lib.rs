//! Arbitrary blocks on the real runtime, natively: bytes become transactions, blocks and jumps in time, and after each
//! block all that must hold whatever people send is checked.
//!
//! The harness has no opinion of what a call should do; the pallets' tests have. It looks for blocks after which money
//! is missing, state contradicts itself, a hook takes more than its share, or a block panics. What is read next depends
//! on the state that the chain is in, so that most parameters name something that exists: an asset, a permit, a motion.
//!
//! An input is a chain: it starts from the same genesis each time, see [`chain`]. It is cut off after [`MAX_BLOCKS`]
//! blocks or when its bytes are used up.

pub mod chain;
pub mod checks;

mod calls;
mod pick;

use arbitrary::Unstructured;
use chain::Transaction;
use heirloom_runtime::Header;
use std::{collections::BTreeSet, time::Duration};

/// The most blocks of an input.
pub const MAX_BLOCKS: u32 = 64;
/// The most transactions of a block.
pub const MAX_TRANSACTIONS: u32 = 8;

/// What an input came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
	/// Blocks that were made.
	pub blocks: u32,
	/// Transactions that were included and whose call succeeded.
	pub succeeded: u32,
	/// Transactions that were included and whose call failed.
	pub failed: u32,
	/// Transactions that were refused before they were included.
	pub refused: u32,
	/// Months that were settled.
	pub settled: u32,
	/// Blocks in the middle of a settlement: begun before, and going on after.
	pub settling: u32,
	/// The events that there were, each by the index of its pallet and by its own.
	pub events: BTreeSet<[u8; 2]>,
}

/// Runs an input. Panics with the invariant that a block breaks.
pub fn run(input: &[u8]) -> Outcome {
	chain::on_a_new_chain(|| {
		let mut source = Unstructured::new(input);
		let mut outcome = Outcome::default();
		let mut money = checks::Money::now();
		let mut opening = Duration::ZERO;
		while !source.is_empty() && outcome.blocks < MAX_BLOCKS {
			let (header, filling) = checks::timed(|| fill(&mut source, &mut outcome));
			checks::duration(opening + filling);
			outcome.events.extend(chain::events());
			money = checks::after_block(money);
			outcome.blocks += 1;
			outcome.settling += u32::from(chain::is_settling());
			// No bytes left: another block of the usual kind, for what its hooks do.
			let jump = pick::jump(&mut source).unwrap_or_default();
			((), opening) = checks::timed(|| chain::open_next(&header, jump));
			checks::hooks();
		}
		outcome.settled = chain::settled();
		outcome
	})
}

/// Fills the open block and ends it.
fn fill(source: &mut Unstructured, outcome: &mut Outcome) -> Header {
	for _ in 0..source.int_in_range(0..=MAX_TRANSACTIONS).unwrap_or(0) {
		let Ok(transaction) = calls::transaction(source) else { break };
		apply(transaction, outcome);
	}
	chain::end_block()
}

fn apply(transaction: Transaction, outcome: &mut Outcome) {
	let name = chain::name(&transaction.call);
	match chain::apply(transaction) {
		Ok(applied) => {
			checks::paid(&name, applied.fee);
			let counter = if applied.result.is_ok() { &mut outcome.succeeded } else { &mut outcome.failed };
			*counter += 1;
		}
		Err(_) => outcome.refused += 1,
	}
}
