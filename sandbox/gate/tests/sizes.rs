//! Refusal 2: what the size of an output, its padding and its names tell.

mod common;

use common::{manifest, output, policy, reasons, verdict};
use heirloom_gate::{Bundle, BundleError, Gate, Output, Policy, Reason, Verdict, decode};
use proptest::prelude::*;

const METRICS: &str = r#"{"name":"m.json","kind":"metrics","records":100}"#;

fn metrics() -> Vec<Output> {
	vec![manifest(METRICS), output("m.json", "{\"auc\":0.9}")]
}

fn bundle_of(outputs: Vec<Output>) -> Bundle {
	match verdict(&policy(), outputs, &[]) {
		Verdict::Released(release) | Verdict::AwaitingOwner(release) => release.bundle,
		Verdict::Held { kept, .. } => kept.bundle,
	}
}

#[test]
fn refusal_02_outputs_above_the_cap_should_be_held() {
	let text = |len: usize| vec![output("x.txt", vec![b' '; len])];
	let with =
		|policy: &Policy, len: usize| reasons(policy, text(len), &[]).contains(&Reason::OutputTooLarge);
	let small = Policy { permit_cap: 8_192, ..policy() };
	assert!(with(&small, 8_192));
	assert!(!with(&small, 8_000));
	let owner = Policy { largest_output: Some(8_192), ..policy() };
	assert!(with(&owner, 8_192));
	let part = Policy { input_bytes: 819_200, ..policy() };
	assert!(with(&part, 8_192));
	assert!(!with(&part, 8_000));
}

#[test]
fn refusal_02_a_permit_below_the_smallest_bucket_should_release_nothing() {
	let policy = Policy { permit_cap: 4_095, ..policy() };
	assert_eq!(reasons(&policy, metrics(), &[]), [Reason::OutputTooLarge]);
}

#[test]
fn refusal_02_the_budget_should_count_padded_bytes() {
	let policy = Policy { released_bytes: 5_000, release_budget: 5_000 + 4_096, ..policy() };
	assert_eq!(reasons(&policy, metrics(), &[]), []);
	let policy = Policy { released_bytes: 5_001, ..policy };
	assert_eq!(reasons(&policy, metrics(), &[]), [Reason::BudgetSpent]);
}

#[test]
fn refusal_02_short_outputs_should_look_alike() {
	let lengths = [0, 1, 100, 4_000].map(|len| bundle_of(vec![output("x", vec![b'x'; len])]).padded_len());
	assert_eq!(lengths, [4_096; 4]);
	assert_eq!(bundle_of(vec![output("x", vec![b'x'; 4_096])]).padded_len(), 8_192);
}

#[test]
fn names_that_say_more_than_a_name_should_be_held() {
	let long = "n".repeat(65);
	for name in ["", "A.csv", "../x", "a/b", "a..b", ".hidden", "-x", "a b", "ä", "a\0", &long] {
		let found = reasons(&policy(), vec![output(name, "x")], &[]);
		assert_eq!(found, [Reason::NameNotAllowed, Reason::OutputUndeclared], "{name:?}");
	}
}

#[test]
fn a_name_twice_should_be_held_with_both_outputs_kept() {
	let kept = decode(bundle_of(vec![output("a", "1"), output("a", "2"), output("held-1", "3")]).bytes());
	let names: Vec<String> = kept.expect("a bundle").into_iter().map(|output| output.name).collect();
	assert_eq!(names, ["a", "held-1", "held-2"]);
}

#[test]
fn too_many_outputs_should_be_held() {
	let outputs = |count: usize| (0..count).map(|at| output(&format!("f{at}"), "x")).collect::<Vec<_>>();
	assert!(reasons(&policy(), outputs(65), &[]).contains(&Reason::TooManyOutputs));
	assert!(!reasons(&policy(), outputs(64), &[]).contains(&Reason::TooManyOutputs));
	assert_eq!(decode(bundle_of(outputs(65)).bytes()).map(|kept| kept.len()), Ok(64));
}

#[test]
fn a_job_without_outputs_should_release_an_empty_bundle() {
	let Verdict::Released(release) = verdict(&policy(), Vec::new(), &[]) else { panic!("nothing to hold") };
	assert_eq!(decode(release.bundle.bytes()), Ok(Vec::new()));
}

#[test]
fn refusal_20_an_identifier_in_a_log_should_be_held() {
	let identifiers = ["Doering^Jane".to_owned(), "19700131".to_owned(), "PAT-004711".to_owned()];
	let held = |text: &str| common::text_reasons(text.as_bytes(), &[], &identifiers);
	assert_eq!(held("cannot open DOERING_JANE_1.dcm"), [Reason::IdentifierEchoed]);
	assert_eq!(held("bad date 19700131"), [Reason::IdentifierEchoed]);
	assert_eq!(held("step 3 of 7 done"), []);
}

#[test]
fn a_row_of_threes_should_not_be_nested_too_deep() {
	// It is hexadecimal for half as many threes.
	assert_eq!(common::text_reasons(&[b'3'; 5_000], &[], &[]), []);
}

#[test]
fn refusal_20_an_encoded_identifier_in_an_error_should_be_held() {
	let identifiers = ["PAT-004711-Doering-Jane-1970-01-31".to_owned()];
	let hex: String = identifiers[0].bytes().map(|byte| format!("{byte:02x}")).collect();
	assert_eq!(common::text_reasons(hex.as_bytes(), &[], &identifiers), [Reason::IdentifierEchoed]);
}

#[test]
fn refusal_20_an_identifier_in_an_output_should_be_held() {
	let policy = policy();
	let gate = Gate::new(&policy, &[], &["Doering".to_owned()]).expect("one identifier");
	let table = r#"{"name":"t.csv","kind":"table","keys":["name"],"counts":["patients"]}"#;
	let outputs = vec![manifest(table), output("t.csv", "name,patients\nDoering,100\n")];
	match gate.check(outputs, [Ok(&[][..])]).expect("nothing to read") {
		Verdict::Held { reasons, .. } => assert_eq!(reasons, [Reason::IdentifierEchoed]),
		other => panic!("not held: {other:?}"),
	}
}

#[test]
fn texts_that_are_no_plain_text_should_be_held() {
	for text in [&b"\xff\xfe"[..], b"\x1b[2J", b"a\rb", &vec![b'a'; (16 << 10) + 1]] {
		assert_eq!(common::text_reasons(text, &[], &[]), [Reason::TextInvalid]);
	}
	assert_eq!(common::text_reasons("größer\n\tist gut\n".as_bytes(), &[], &[]), []);
}

fn any_outputs() -> impl Strategy<Value = Vec<Output>> {
	let output = ("[a-z0-9][a-z0-9_-]{0,20}", prop::collection::vec(any::<u8>(), 0..3_000));
	prop::collection::btree_map(output.0, output.1, 0..6)
		.prop_map(|outputs| outputs.into_iter().map(|(name, bytes)| Output { name, bytes }).collect())
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn a_bundle_should_decode_to_what_was_encoded(outputs in any_outputs()) {
		let mut shuffled = outputs.clone();
		shuffled.reverse();
		let bundle = bundle_of(shuffled);
		prop_assert!(bundle.padded_len().is_power_of_two() && bundle.padded_len() >= 4_096);
		prop_assert_eq!(decode(bundle.bytes()), Ok(outputs));
	}

	#[test]
	fn a_changed_length_should_be_no_bundle(outputs in any_outputs(), cut in 1_usize..2_000) {
		let bytes = bundle_of(outputs).bytes().to_vec();
		prop_assert!(decode(&bytes[..bytes.len() - cut]).is_err());
		prop_assert_eq!(decode(&[&bytes[..], &vec![0; bytes.len()]].concat()), Err(BundleError::Padding));
	}

	#[test]
	fn arbitrary_bytes_should_be_decoded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
		let bytes = [&b"HLOUTv1\n"[..], &bytes].concat();
		prop_assert!(decode(&bytes).is_err());
	}
}
