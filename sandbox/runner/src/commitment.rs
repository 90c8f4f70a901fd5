//! What a report says of inputs and outputs without telling them.
//!
//! All keys come from the data keys of the assets, so that every operator that was given them makes the same
//! commitments, and nobody else can test a guess: neither of patient data nor of a small output.
//!
//! | what | is |
//! |---|---|
//! | K(i), of the i-th input | HKDF-SHA256 of its data key ([`heirloom_seal::DataKey::derive`]) with label `"heirloom-sandbox input/1 "` and the asset's number (u32, big endian) |
//! | **commitment of the i-th input** | HMAC-SHA256 under K(i) of, for each file that the job saw, ascending by path: length of the path (u64, big endian), path within the asset, length (u64, big endian), bytes |
//! | M | HMAC-SHA256, under the label `"heirloom-sandbox job/1"`, of all K(i) in order and the permit's number (u64, big endian) |
//! | *execution* | HMAC-SHA256 under M of `"execution"`, the refusal's number (u16), the exit code (u32), and the exact fuel (u64), big endian; refusal and exit code are 0 where the job succeeded |
//! | *output key* | HMAC-SHA256 under M of `"output"` |
//! | **commitment of the output** | HMAC-SHA256 under the output key of *execution*, then for outputs and for log: length (u64, big endian; 0 where there are none) and padded bundle |
//!
//! The outputs are those that leave or are held, in the form in which they would leave; the log likewise. A consumer gets
//! *execution* and *output key* ([`crate::Opening`]) with a bundle, and can compare what it got with the chain; the exact
//! fuel, which could carry a message, stays hidden in *execution*. The permit's number makes two jobs' output keys
//! unrelated. The input's commitment has no permit in it: that two jobs saw the same bytes may be known, and that they saw
//! other ones must be.
//!
//! The data key of a plain input, which only developers use, is 32 zero bytes: its commitment hides nothing.

use crate::{Hash, Opening};
use heirloom_gate::{AssetId, Bundle};
use heirloom_seal::DataKey;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::io::{self, Read};
use zeroize::Zeroizing;

type HmacSha256 = Hmac<Sha256>;

const INPUT: &[u8] = b"heirloom-sandbox input/1 ";
const JOB: &[u8] = b"heirloom-sandbox job/1";

/// Key of an input's commitment: K(i).
pub type InputKey = Zeroizing<Hash>;

/// The key of an input's commitment; that of a plain input where there is no data key.
pub fn input_key(key: Option<&DataKey>, asset: AssetId) -> InputKey {
	let label = [INPUT, &asset.to_be_bytes()].concat();
	match key {
		Some(key) => key.derive(&label),
		None => Zeroizing::new(mac(&[0; 32], &[&label])),
	}
}

/// Makes the commitment of an input.
pub struct InputCommitment(HmacSha256);

impl InputCommitment {
	/// Of no file yet.
	pub fn new(key: &InputKey) -> Self {
		Self(keyed(key.as_slice()))
	}

	/// Adds a file; they must ascend by path.
	pub fn file(&mut self, path: &str, len: u64, mut bytes: impl Read) -> io::Result<()> {
		self.0.update(&(path.len() as u64).to_be_bytes());
		self.0.update(path.as_bytes());
		self.0.update(&len.to_be_bytes());
		let mut buffer = Zeroizing::new(vec![0; 1 << 16]);
		loop {
			let read = bytes.read(&mut buffer)?;
			if read == 0 {
				return Ok(());
			}
			self.0.update(&buffer[..read]);
		}
	}

	/// The commitment.
	pub fn finish(self) -> Hash {
		self.0.finalize().into_bytes().into()
	}
}

/// What the consumer needs to check the commitment of an output.
pub fn opening(keys: &[InputKey], permit_id: u64, refusal: u16, exit: u32, fuel: u64) -> Opening {
	let mut job = keyed(JOB);
	for key in keys {
		job.update(key.as_slice());
	}
	job.update(&permit_id.to_be_bytes());
	let job: Zeroizing<Hash> = Zeroizing::new(job.finalize().into_bytes().into());
	let (refusal, exit, fuel) = (refusal.to_be_bytes(), exit.to_be_bytes(), fuel.to_be_bytes());
	let execution = mac(job.as_slice(), &[b"execution", &refusal, &exit, &fuel]);
	Opening { key: mac(job.as_slice(), &[b"output"]), execution }
}

impl Opening {
	/// The commitment of an output: what the report on chain must say of what was handed out. None where a job has no
	/// outputs, or no log.
	pub fn commitment(&self, outputs: Option<&Bundle>, log: Option<&Bundle>) -> Hash {
		let mut commitment = keyed(&self.key);
		commitment.update(&self.execution);
		for bundle in [outputs, log] {
			let bytes = bundle.map(Bundle::bytes).unwrap_or_default();
			commitment.update(&(bytes.len() as u64).to_be_bytes());
			commitment.update(bytes);
		}
		commitment.finalize().into_bytes().into()
	}
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Hash {
	let mut mac = keyed(key);
	for part in parts {
		mac.update(part);
	}
	mac.finalize().into_bytes().into()
}

/// HMAC-SHA256 under a key of any length up to 64 bytes, which all keys here are.
fn keyed(key: &[u8]) -> HmacSha256 {
	let mut block = hmac::digest::Key::<HmacSha256>::default();
	let most = key.len().min(block.len());
	block[..most].copy_from_slice(&key[..most]);
	let keyed = HmacSha256::new(&block);
	zeroize::Zeroize::zeroize(block.as_mut_slice());
	keyed
}

#[cfg(test)]
mod tests {
	use super::*;

	fn key(byte: u8) -> InputKey {
		Zeroizing::new([byte; 32])
	}

	/// Written out, so that whoever checks a bundle in another language can compare: computed with Python's `hmac`.
	#[test]
	fn commitments_should_be_those_of_an_independent_computation() {
		let plain = input_key(None, 7);
		assert_eq!(
			hex::encode(plain.as_slice()),
			"6965d991b367799da1540fe49042564b1d53254f5592ef2dc4ba9c472d458baa"
		);
		let mut input = InputCommitment::new(&plain);
		input.file("a", 2, &b"xy"[..]).unwrap();
		assert_eq!(
			hex::encode(input.finish()),
			"fd0216ac85443a5735130f6efaf234c7fd73d9bc9d23283db670b8a46ad65475"
		);
		let opening = opening(&[plain], 3, 0, 0, 1_000);
		assert_eq!(
			hex::encode(opening.key),
			"4e951a8f1511c690f0006e764c1bb5ea6b4256b935d73f2236860c1728037d71"
		);
		assert_eq!(
			hex::encode(opening.execution),
			"1f42fbde41d11587fa1aea0b0808ba90ba940d7c8b28105d79cd0f59cae3ab6e"
		);
		assert_eq!(
			hex::encode(opening.commitment(None, None)),
			"917c9bf2e9939836416771547c77fdb24131407e17807f66502ec9658f7063c3"
		);
	}

	#[test]
	fn files_should_not_run_into_each_other() {
		let of = |files: &[(&str, &str)]| {
			let mut commitment = InputCommitment::new(&key(1));
			for (path, bytes) in files {
				commitment.file(path, bytes.len() as u64, bytes.as_bytes()).unwrap();
			}
			commitment.finish()
		};
		assert_ne!(of(&[("a", "bc")]), of(&[("ab", "c")]));
		assert_ne!(of(&[("a", ""), ("b", "")]), of(&[("a", "b")]));
	}

	#[test]
	fn exact_fuel_should_change_the_commitment() {
		let of = |fuel| opening(&[key(1)], 1, 0, 0, fuel).commitment(None, None);
		assert_ne!(of(1), of(2));
	}

	#[test]
	fn keys_of_two_permits_should_be_unrelated() {
		assert_ne!(opening(&[key(1)], 1, 0, 0, 0).key, opening(&[key(1)], 2, 0, 0, 0).key);
		assert_ne!(opening(&[key(1)], 1, 0, 0, 0).key, opening(&[key(2)], 1, 0, 0, 0).key);
	}
}
