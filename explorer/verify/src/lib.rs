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
//! The sets of ancestors are those of the block that reported the month, which is proven to come before that header: a
//! genealogy can be corrected later. Where that state cannot be had they are those of the header's block, and the answer
//! says so.
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
mod before;
#[cfg(target_arch = "wasm32")]
mod export;
mod keys;
mod month;
mod proof;
mod question;
mod recompute;

pub use answer::{AncestorsOf, Answer, Block, Check, Recomputed, Refusal, Wanted, What};
pub use month::MAX_PAGES;
pub use question::{Asked, Question, Shown, ShownLine};

use month::Stop;
use proof::{Blake2, Header, Proofs, hexed};
use sp_core::Hasher;

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
	let hash = Blake2::hash(&question.header);
	if hash.as_bytes() != question.hash {
		return Err(Refusal::OtherHeader { hash: hexed(hash) });
	}
	let header = Header::of(&question.header)?;
	let proofs = Proofs::of(question);
	let month = match month::read(&proofs, header, question) {
		Ok(month) => month,
		Err(Stop::Lacking) => return Ok(Answer::Need { states: proofs.lacking() }),
		Err(Stop::NeedHeaders(numbers)) => return Ok(Answer::NeedHeaders { numbers }),
		Err(Stop::NeedDescendants) => return Ok(Answer::NeedDescendants),
		Err(Stop::Refused(refusal)) => return Err(refusal),
	};
	let checks = recompute::recompute(&month, question)?;
	Ok(Answer::Done(Recomputed {
		block: header.block(),
		ancestors: month.ancestors_of,
		values: proofs.values(),
		complete: month.complete,
		equal: checks.iter().all(|check| check.equal),
		checks,
	}))
}
