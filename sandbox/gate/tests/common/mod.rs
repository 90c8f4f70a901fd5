//! What the tests share.

#![allow(dead_code)] // Each test binary uses a part of it.

use heirloom_gate::{Gate, Output, Policy, Reason, Verdict};
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Bytes that nobody can tell from random ones, the same for a seed.
pub fn noise(seed: u64, len: usize) -> Vec<u8> {
	let mut bytes = vec![0; len];
	ChaCha8Rng::seed_from_u64(seed).fill_bytes(&mut bytes);
	bytes
}

/// A policy that only the rule under test can refuse.
pub fn policy() -> Policy {
	Policy {
		permit_cap: 8 << 20,
		largest_output: Some(8 << 20),
		largest_model: 4 << 20,
		smallest_group: 10,
		input_bytes: 1 << 30,
		released_bytes: 0,
		release_budget: 1 << 30,
		significant_digits: 4,
	}
}

/// An output.
pub fn output(name: &str, bytes: impl AsRef<[u8]>) -> Output {
	Output { name: name.to_owned(), bytes: bytes.as_ref().to_vec() }
}

/// A manifest of these declarations.
pub fn manifest(declarations: &str) -> Output {
	output("outputs.json", format!("{{\"version\":1,\"outputs\":[{declarations}]}}"))
}

/// The verdict about these outputs of a job that read `input`.
pub fn verdict(policy: &Policy, outputs: Vec<Output>, input: &[u8]) -> Verdict {
	let gate = Gate::new(policy, &[], &[]).expect("no identifiers");
	gate.check(outputs, [Ok(input)]).expect("bytes in memory can be read")
}

/// Why these outputs are held; nothing where they are not.
pub fn reasons(policy: &Policy, outputs: Vec<Output>, input: &[u8]) -> Vec<Reason> {
	match verdict(policy, outputs, input) {
		Verdict::Held { reasons, .. } => reasons,
		Verdict::Released(_) | Verdict::AwaitingOwner(_) => Vec::new(),
	}
}

/// Why a text is held.
pub fn text_reasons(text: &[u8], input: &[u8], identifiers: &[String]) -> Vec<Reason> {
	let policy = policy();
	let gate = Gate::new(&policy, &[], identifiers).expect("few identifiers");
	match gate.check_text(text, [Ok(input)]).expect("bytes in memory can be read") {
		Verdict::Held { reasons, .. } => reasons,
		Verdict::Released(_) | Verdict::AwaitingOwner(_) => Vec::new(),
	}
}

/// Why a declared model is held.
pub fn model_reasons(model: &[u8], input: &[u8]) -> Vec<Reason> {
	let declared = manifest(r#"{"name":"weights.bin","kind":"model"}"#);
	reasons(&policy(), vec![declared, output("weights.bin", model)], input)
}
