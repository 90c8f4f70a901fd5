//! 11: other parameters or input than what was agreed.

mod common;

use common::{Guest, Place, job, refusal};
use heirloom_sandbox::{InputSpec, Refusal, Source};
use heirloom_seal::{ContentId, DataKey, LocalStore, Origin, seal_file};
use std::{fs, path::PathBuf};

/// A sealed asset in a store, and as a file.
struct Sealed {
	place: Place,
	key: DataKey,
	content: ContentId,
}

impl Sealed {
	fn new(plaintext: &[u8]) -> Self {
		let place = Place::new();
		let key = DataKey::generate().unwrap();
		let path = place.folder.path().join("plain");
		fs::write(&path, plaintext).unwrap();
		let store = LocalStore::open(&place.folder.path().join("blocks")).unwrap();
		let origin = Origin { genesis: [1; 32], owner: [2; 32] };
		let asset = seal_file(&path, &key, &store, &[], &origin, &mut |_| {}).unwrap();
		let mut sealed = Vec::new();
		heirloom_seal::format::seal(&key, plaintext, &mut sealed).unwrap();
		fs::write(place.folder.path().join("sealed"), sealed).unwrap();
		Self { place, key, content: asset.cid }
	}

	fn key(&self) -> DataKey {
		let path = self.place.folder.path().join("key");
		if !path.exists() {
			self.key.save(&path).unwrap();
		}
		DataKey::load(&path).unwrap()
	}

	fn file(&self) -> PathBuf {
		self.place.folder.path().join("sealed")
	}

	/// What becomes of a job that reads `source`.
	fn run(&self, source: Source) -> heirloom_sandbox::JobOutcome {
		let mut spec = job(Guest::new().echo("data/0/content").module());
		spec.inputs = vec![InputSpec { asset: 5, medical: false, source, masks: Vec::new() }];
		self.place.run(&spec)
	}

	fn stored(&self, content: ContentId, key: DataKey) -> Source {
		let store = LocalStore::open(&self.place.folder.path().join("blocks")).unwrap();
		Source::Stored { store: Box::new(store), content, key }
	}
}

#[test]
fn other_parameters_should_be_refused() {
	let mut spec = job(Guest::new().module());
	spec.parameters = b"{\"rate\": 2}".to_vec();
	assert_eq!(refusal(&Place::new().run(&spec)), Refusal::OtherParameters);
}

#[test]
fn agreed_input_should_be_read() {
	let sealed = Sealed::new(b"agreed");
	for source in [
		sealed.stored(sealed.content, sealed.key()),
		Source::Sealed { path: sealed.file(), content: None, key: sealed.key() },
	] {
		let outcome = sealed.run(source);
		assert_eq!(outcome.refusal, None);
	}
}

#[test]
fn sealed_file_of_another_content_id_should_be_refused() {
	let sealed = Sealed::new(b"agreed");
	// The same data under the same key, sealed again: other ciphertext than what is on chain.
	let source = Source::Sealed { path: sealed.file(), content: Some(sealed.content), key: sealed.key() };
	assert_eq!(refusal(&sealed.run(source)), Refusal::OtherInput);
}

#[test]
fn altered_ciphertext_should_be_refused() {
	let sealed = Sealed::new(b"agreed");
	let mut bytes = fs::read(sealed.file()).unwrap();
	let last = bytes.len() - 1;
	bytes[last] ^= 1;
	fs::write(sealed.file(), bytes).unwrap();
	let source = Source::Sealed { path: sealed.file(), content: None, key: sealed.key() };
	assert_eq!(refusal(&sealed.run(source)), Refusal::OtherInput);
}

#[test]
fn another_asset_s_key_should_be_the_operator_s_fault_and_no_verdict() {
	let sealed = Sealed::new(b"agreed");
	let other = || DataKey::generate().unwrap();
	for source in [
		sealed.stored(sealed.content, other()),
		Source::Sealed { path: sealed.file(), content: None, key: other() },
	] {
		let mut spec = job(Guest::new().module());
		spec.inputs = vec![InputSpec { asset: 5, medical: false, source, masks: Vec::new() }];
		let fault = sealed.place.try_run(&spec).unwrap_err();
		assert_eq!(fault.code(), "input_unreadable");
	}
}

#[test]
fn missing_blocks_should_be_the_operator_s_fault_and_no_verdict() {
	let sealed = Sealed::new(b"agreed");
	fs::remove_dir_all(sealed.place.folder.path().join("blocks")).unwrap();
	let mut spec = job(Guest::new().module());
	let source = sealed.stored(sealed.content, sealed.key());
	spec.inputs = vec![InputSpec { asset: 5, medical: false, source, masks: Vec::new() }];
	let fault = sealed.place.try_run(&spec).unwrap_err();
	assert_eq!(fault.code(), "input_unreadable");
}

#[test]
fn commitment_should_be_the_same_for_every_operator_with_the_key() {
	let sealed = Sealed::new(b"agreed");
	let stored = sealed.run(sealed.stored(sealed.content, sealed.key())).report;
	let file = sealed.run(Source::Sealed { path: sealed.file(), content: None, key: sealed.key() }).report;
	assert_eq!(stored.inputs, file.inputs);
	assert_eq!(stored.output, file.output);
	let other = Sealed::new(b"agreed");
	assert_ne!(stored.inputs, other.run(other.stored(other.content, other.key())).report.inputs);
}

#[test]
fn input_above_the_limit_should_be_refused() {
	let place = Place::new();
	let mut spec = job(Guest::new().module());
	spec.inputs = vec![place.input("in", &[1; 100])];
	spec.limits.input_bytes = 99;
	assert_eq!(refusal(&place.run(&spec)), Refusal::InputTooLarge);
}
