//! What is not verified, and what it lacks.

use crate::fixture::{ANNOTATOR, NAMED};
use heirloom_explorer_verify::{Answer, Question, Refusal, Wanted, verify, verify_json};
use proptest::prelude::*;

fn refusal(question: &Question) -> Refusal {
	match verify(question) {
		Answer::Refused(refusal) => refusal,
		other => panic!("{other:?}"),
	}
}

fn without_proof(question: &Question) -> Question {
	Question { proof: Vec::new(), asked: Vec::new(), ..question.clone() }
}

#[test]
fn question_without_proofs_should_be_answered_with_the_keys_it_needs() {
	let Answer::Need { states } = verify(&without_proof(&ANNOTATOR)) else { panic!() };
	let [Wanted { block, keys }] = &states[..] else { panic!("{states:?}") };
	assert_eq!(*block, format!("0x{}", hex::encode(&ANNOTATOR.hash)));
	let royalty = "0x".to_owned() + &hex::encode(sp_crypto_hashing::twox_128(b"Royalty"));
	assert!(keys.len() > 1 && keys.iter().all(|key| key.starts_with(&royalty)), "{keys:?}");
}

#[test]
fn key_that_was_asked_for_and_is_not_proven_should_be_refused() {
	let mut question = without_proof(&ANNOTATOR);
	question.asked = ANNOTATOR.asked.clone();
	assert!(matches!(refusal(&question), Refusal::NotProven { .. }));
}

#[test]
fn every_node_of_the_proof_should_be_needed() {
	for left_out in 0..NAMED.proof.len() {
		let mut question = NAMED.clone();
		question.proof.remove(left_out);
		assert!(matches!(refusal(&question), Refusal::NotProven { .. }), "without node {left_out}");
	}
}

#[test]
fn other_block_should_be_refused() {
	let mut question = ANNOTATOR.clone();
	question.hash[0] ^= 1;
	assert!(matches!(refusal(&question), Refusal::OtherHeader { .. }));
}

#[test]
fn header_that_is_none_should_be_refused() {
	let mut question = ANNOTATOR.clone();
	question.header.truncate(40);
	question.hash = sp_crypto_hashing::blake2_256(&question.header).into();
	assert_eq!(refusal(&question), Refusal::Unreadable { item: "header".into() });
}

#[test]
fn asset_that_took_no_part_should_be_refused() {
	let beyond = Question { asset: 1_200, ..ANNOTATOR.clone() };
	assert_eq!(refusal(&beyond), Refusal::NoSuchAsset);
}

#[test]
fn too_many_named_descendants_should_be_refused() {
	let named = Some(vec![1; 2_001]);
	assert_eq!(refusal(&Question { descendants: named, ..NAMED.clone() }), Refusal::TooLarge);
}

#[test]
fn question_that_is_none_should_be_refused() {
	for text in
		["", "{}", "null", r#"{"asset":-1}"#, r#"{"asset":0,"period":"2026-13","hash":"0x","header":"0x"}"#]
	{
		let answer = String::from_utf8(verify_json(text.as_bytes())).unwrap();
		assert!(answer.starts_with(r#"{"status":"refused","reason":"bad_question","#), "{answer}");
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

	#[test]
	fn changed_byte_of_a_proof_should_be_refused(node: prop::sample::Index, byte: prop::sample::Index, by in 1u8..) {
		let mut question = NAMED.clone();
		let node = node.get_mut(&mut question.proof);
		let byte = byte.index(node.len());
		node[byte] ^= by;
		let refused = matches!(verify(&question), Answer::Refused(Refusal::NotProven { .. }));
		prop_assert!(refused);
	}

	#[test]
	fn changed_byte_of_a_header_should_be_refused(byte: prop::sample::Index, by in 1u8..) {
		let mut question = NAMED.clone();
		let byte = byte.index(question.header.len());
		question.header[byte] ^= by;
		let refused = matches!(verify(&question), Answer::Refused(Refusal::OtherHeader { .. }));
		prop_assert!(refused);
	}

	#[test]
	fn no_bytes_should_be_too_strange_for_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
		prop_assert!(!verify_json(&bytes).is_empty());
	}
}
