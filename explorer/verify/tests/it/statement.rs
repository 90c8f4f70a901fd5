//! What is recomputed, and what of it differs from a page that says something else.

use crate::fixture::{ANNOTATOR, NAMED, UNUSED, different, done, of};
use heirloom_explorer_verify::{Question, What};
use proptest::prelude::*;

#[test]
fn statement_of_the_annotator_should_be_that_of_the_story() {
	let recomputed = done(&ANNOTATOR);
	assert!(recomputed.equal && recomputed.complete, "{recomputed:#?}");
	let number =
		|what| of(&recomputed, what).iter().map(|check| check.recomputed.clone()).collect::<Vec<_>>();
	assert_eq!(number(What::Average), ["9200"]);
	assert_eq!(number(What::Rank), ["8000"]);
	assert_eq!([What::Quality, What::Usage, What::Impact].map(number), [["3000"], ["3000"], ["2000"]]);
	assert_eq!(number(What::Weight), ["18000"]);
	assert_eq!(number(What::Shared), ["1600000000"]);
	assert_eq!(number(What::CallFees), ["400000007"]);
	assert_eq!(number(What::Paid), ["2000000000"]);
	assert_eq!(number(What::CarriedOut), ["7"]);
	let total = number(What::TotalWeight);
	assert!(!total.is_empty() && total.iter().all(|total| total == "135000"), "{total:?}");
}

#[test]
fn named_descendants_should_give_the_same_numbers() {
	let (all, named) = (done(&ANNOTATOR), done(&NAMED));
	assert!(named.equal && !named.complete);
	for what in [What::Weight, What::Pot, What::TotalWeight, What::Line, What::Shared, What::Paid] {
		let numbers =
			|recomputed| of(recomputed, what).iter().map(|check| &check.recomputed).collect::<Vec<_>>();
		assert_eq!(numbers(&all), numbers(&named), "{what:?}");
	}
}

#[test]
fn descendant_that_is_not_named_should_be_missed_in_the_sum() {
	let mut question = NAMED.clone();
	let named = question.descendants.as_mut().unwrap();
	named.pop().unwrap();
	question.shown.lines = None;
	assert!(different(&done(&question)).contains(&What::Shared));
}

#[test]
fn descendant_that_is_none_should_count_nothing() {
	let mut question = NAMED.clone();
	question.descendants.as_mut().unwrap().extend([question.asset, 1, 1, 4_000_000_000]);
	assert!(done(&question).equal);
}

#[test]
fn asset_that_was_due_nothing_should_be_paid_nothing() {
	let recomputed = done(&UNUSED);
	assert!(recomputed.equal, "{recomputed:#?}");
	assert_eq!(of(&recomputed, What::Paid)[0].recomputed, "0");
	assert!(of(&recomputed, What::Weight).is_empty());
}

#[test]
fn what_a_page_leaves_out_should_not_be_compared() {
	let mut question = ANNOTATOR.clone();
	question.shown = Default::default();
	let recomputed = done(&question);
	assert!(recomputed.equal && recomputed.checks.iter().all(|check| check.shown.is_none()));
}

#[test]
fn line_that_a_page_leaves_out_should_be_different() {
	let mut question = ANNOTATOR.clone();
	question.shown.lines.as_mut().unwrap().pop().unwrap();
	assert_eq!(different(&done(&question)), [What::Pot, What::TotalWeight, What::Line]);
	question.shown.more_lines = true;
	assert!(done(&question).equal);
}

#[test]
fn line_that_a_page_adds_should_be_different() {
	let mut question = ANNOTATOR.clone();
	let lines = question.shown.lines.as_mut().unwrap();
	let mut added = lines[0].clone();
	added.descendant = 1_199;
	lines.push(added);
	assert_eq!(different(&done(&question)), [What::Line]);
}

#[test]
fn other_payee_should_be_different() {
	let mut question = ANNOTATOR.clone();
	question.shown.payee = Some(format!("0x{}", "00".repeat(32)));
	assert_eq!(different(&done(&question)), [What::Payee]);
}

/// Changes one number of what a page shows, and says which step that is.
fn tampered(question: &mut Question, which: usize, by: u128) -> What {
	let shown = &mut question.shown;
	let [first, second, ..] = &mut shown.lines.as_mut().unwrap()[..] else { panic!() };
	let amounts = [
		(What::Shared, &mut shown.shared),
		(What::CallFees, &mut shown.call_fees),
		(What::CarriedIn, &mut shown.carried_in),
		(What::Paid, &mut shown.paid),
		(What::CarriedOut, &mut shown.carried_out),
		(What::Pot, &mut first.pot),
		(What::Line, &mut second.amount),
	];
	let (what, amount) = amounts.into_iter().nth(which).unwrap();
	*amount = Some(amount.unwrap() ^ by);
	what
}

proptest! {
	#[test]
	fn tampered_amount_should_be_different(which in 0usize..7, by in 1u128..) {
		let mut question = ANNOTATOR.clone();
		let what = tampered(&mut question, which, by);
		let recomputed = done(&question);
		prop_assert!(!recomputed.equal);
		prop_assert_eq!(different(&recomputed), [what]);
	}

	#[test]
	fn tampered_weight_should_be_different(by in 1u16..) {
		let mut question = ANNOTATOR.clone();
		question.shown.weight = question.shown.weight.map(|weight| weight ^ by);
		prop_assert_eq!(different(&done(&question)), [What::Weight]);
	}
}
