//! Why this amount? Answered in the browser of whoever asks, from storage proofs.
//!
//! [`verify`] is given a block's header, proofs of values in its state, and the numbers that a page shows. It checks that
//! the header has the hash it is said to have, that every value is in the state of that header, and computes the whole
//! statement anew with the chain's own arithmetic: quality, usage and impact → weight; bookings → pots; pots and weights
//! → lines; lines, own call fees and what was carried → what was paid. Each step comes back with what was computed, what
//! the chain recorded and what the page shows.
//!
//! It asks for what it lacks: first it is called without proofs and answers with the keys it needs, and again until it
//! has all of them. A value that a proof was asked for and does not prove ends it.
//!
//! # What is not checked here
//!
//! * That the header is final. Whoever supplies it says so: a light client that followed the validators' votes, or a node.
//! * Above [`MAX_PAGES`] pages of assets, ranks and averages are taken as the chain recorded them, and the descendants
//!   that share as a node lists them. Each line is still computed, and a line too many or too few shows in the sum.
//! * That the payee received the amount: that is an event of the block that paid.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod answer;
#[cfg(target_arch = "wasm32")]
mod export;
mod keys;
mod month;
mod proof;
mod question;
mod recompute;

pub use answer::{Answer, Block, Check, Recomputed, Refusal, What};
pub use month::MAX_PAGES;
pub use question::{Question, Shown, ShownLine};

use month::Stop;
use proof::State;

/// Recomputes a statement, or says what it lacks for that.
pub fn verify(question: &Question) -> Answer {
	match checked(question) {
		Ok(answer) => answer,
		Err(refusal) => Answer::Refused(refusal),
	}
}

/// [`verify`] in JSON, as the page speaks with it.
pub fn verify_json(question: &[u8]) -> alloc::vec::Vec<u8> {
	let answer = match serde_json::from_slice(question) {
		Ok(question) => verify(&question),
		Err(error) => Answer::Refused(Refusal::BadQuestion { detail: alloc::format!("{error}") }),
	};
	// Numbers, texts and lists of them: nothing that JSON cannot say.
	serde_json::to_vec(&answer).unwrap_or_default()
}

fn checked(question: &Question) -> Result<Answer, Refusal> {
	let state = State::open(question)?;
	let month = match month::read(&state, question) {
		Ok(month) => month,
		Err(Stop::Lacking) => return Ok(Answer::Need { keys: state.lacking() }),
		Err(Stop::NeedDescendants) => return Ok(Answer::NeedDescendants),
		Err(Stop::Refused(refusal)) => return Err(refusal),
	};
	let checks = recompute::recompute(&month, question)?;
	Ok(Answer::Done(Recomputed {
		block: state.block(),
		values: state.values(),
		complete: month.complete,
		equal: checks.iter().all(|check| check.equal),
		checks,
	}))
}
