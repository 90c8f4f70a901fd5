//! A month before a correction of the genealogy is recomputed from the ancestors of then.

use crate::fixture::{CORRECTED, FORGOTTEN, different, done};
use heirloom_explorer_verify::{AncestorsOf, Answer, Question, Refusal, What, verify};
use proptest::prelude::*;

/// The block that reported March.
const REPORTED_IN: u32 = 327;

#[test]
fn ancestors_should_be_those_of_the_report() {
	let recomputed = done(&CORRECTED);
	assert!(recomputed.equal, "{recomputed:#?}");
	let AncestorsOf::Report { block, steps } = recomputed.ancestors else { panic!() };
	assert_eq!((block.number, steps), (REPORTED_IN, Some(2)));
}

#[test]
fn ancestors_of_now_should_be_said_to_be_those() {
	let recomputed = done(&FORGOTTEN);
	assert_eq!(recomputed.ancestors, AncestorsOf::Now { reported_in: REPORTED_IN });
	let differences = different(&recomputed);
	assert!(differences.contains(&What::Shared) && differences.contains(&What::Paid), "{differences:?}");
}

#[test]
fn headers_should_be_asked_for_as_far_apart_as_a_state_remembers() {
	let numbers = Vec::from([done(&CORRECTED).block.number - 2_400, REPORTED_IN]);
	let without = Question { before: None, ..CORRECTED.clone() };
	assert_eq!(verify(&without), Answer::NeedHeaders { numbers });
}

#[test]
fn header_that_is_left_out_should_be_refused() {
	let mut question = CORRECTED.clone();
	question.before.as_mut().unwrap().pop().unwrap();
	assert_eq!(verify(&question), Answer::Refused(Refusal::OtherAncestor { number: REPORTED_IN }));
}

proptest! {
	#[test]
	fn changed_byte_of_an_earlier_header_should_be_refused(which in 0usize..2, byte: prop::sample::Index, by in 1u8..) {
		let mut question = CORRECTED.clone();
		let header = &mut question.before.as_mut().unwrap()[which];
		let byte = byte.index(header.len());
		header[byte] ^= by;
		let Answer::Refused(refusal) = verify(&question) else { panic!() };
		let refused = matches!(refusal, Refusal::OtherAncestor { .. } | Refusal::Unreadable { .. });
		prop_assert!(refused, "{refusal:?}");
	}
}
