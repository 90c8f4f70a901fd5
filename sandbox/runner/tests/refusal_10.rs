//! 10: other code than what was approved.

mod common;

use common::{Guest, Place, job, refusal};
use heirloom_sandbox::{Cancel, Refusal, Stage, run_job};

#[test]
fn other_code_should_be_refused_before_anything_is_opened() {
	let place = Place::new();
	let mut spec = job(Guest::new().module());
	spec.inputs = vec![place.input("in", b"data")];
	spec.code = Guest::new().log("another").module();
	let mut stages: Vec<Stage> = Vec::new();
	let outcome = run_job(&spec, &place.workplace, &Cancel::new(), |stage| stages.push(stage)).unwrap();
	assert_eq!(refusal(&outcome), Refusal::OtherCode);
	assert!(stages.is_empty() && outcome.report.inputs.is_empty());
}

#[test]
fn code_with_one_byte_more_should_be_refused() {
	let mut spec = job(Guest::new().module());
	// An empty custom section: the same program under another hash.
	spec.code.extend([0, 1, 0]);
	assert_eq!(refusal(&Place::new().run(&spec)), Refusal::OtherCode);
}

#[test]
fn compiled_code_that_is_kept_should_be_that_of_its_hash_alone() {
	let place = Place::new();
	let (one, other) = (job(Guest::new().log("one").module()), job(Guest::new().log("other").module()));
	for _ in 0..2 {
		for (spec, text) in [(&one, "one"), (&other, "other")] {
			let mut spec_again = common::job(spec.code.clone());
			spec_again.permit_id = text.len() as u64;
			let log = place.run(&spec_again).log.unwrap();
			assert_eq!(heirloom_gate::decode(log.bytes()).unwrap()[0].bytes, text.as_bytes());
		}
	}
}
