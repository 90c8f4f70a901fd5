//! What a report says of inputs and outputs without telling them.
//!
//! All keys come from the data keys of the assets, so that every operator that was given them makes the same
//! commitments, and nobody else can test a guess: neither of patient data nor of a small output.
//!
//! | what | is |
//! |---|---|
//! | K(i), of the i-th input | HKDF-SHA256 of its data key ([`heirloom_seal::DataKey::derive`]) with label `"heirloom-sandbox input/1 "` and the asset's number (u32, big endian) |
//! | **commitment of the i-th input** | HMAC-SHA256 under K(i) of, for each file that the job saw, ascending by path: length of the path (u64, big endian), path within the asset, length (u64, big endian), bytes |
//! | M | HMAC-SHA256, under the label `"heirloom-sandbox job/2"`, of all K(i) in order and the permit's number (u64, big endian) |
//! | *execution* | HMAC-SHA256 under M of `"execution"`, the refusal's number (u16), the exit code (u32), and the exact fuel (u64), big endian; refusal and exit code are 0 where the job succeeded |
//! | *log key* | HMAC-SHA256 under M of `"log"` |
//! | *log* | HMAC-SHA256 under the log key of: length (u64, big endian; 0 where there is none) and padded bundle |
//! | *output key* | HMAC-SHA256 under M of `"output"` |
//! | *blinding* | HMAC-SHA256 under M of `"entry"` |
//! | **commitment of the output** | HMAC-SHA256 under the output key of *execution*, then length (u64, big endian; 0 where there are none) and padded bundle of the outputs, then *log* |
//!
//! The outputs are those that leave or are held, in the form in which they would leave; the log likewise. A consumer gets
//! *execution*, *log* and *output key* ([`crate::Opening`]) with a bundle, and can compare what it got with the chain; the
//! exact fuel, which could carry a message, stays hidden in *execution*, and so does a log that is withheld in *log*: without
//! the log key nobody can try what it may have said. Where the log leaves, its key does as well. *Blinding* stands in the
//! quarantine's entry of a held output, whose id others see: whoever is not shown the entry cannot try what is in it. The
//! permit's number makes two jobs' output keys unrelated. The input's commitment has no permit in it: that two jobs saw the same bytes may be known, and that they saw
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
const JOB: &[u8] = b"heirloom-sandbox job/2";

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

/// What the keys of a job's commitment are made of: M, and how it ended.
pub struct JobCommitment {
	key: Zeroizing<Hash>,
	execution: Hash,
}

impl JobCommitment {
	/// Of a job that ended so.
	pub fn new(keys: &[InputKey], permit_id: u64, refusal: u16, exit: u32, fuel: u64) -> Self {
		let key = job_key(keys, permit_id);
		let (refusal, exit, fuel) = (refusal.to_be_bytes(), exit.to_be_bytes(), fuel.to_be_bytes());
		let execution = mac(key.as_slice(), &[b"execution", &refusal, &exit, &fuel]);
		Self { key, execution }
	}

	/// What the consumer needs to check the commitment, where the job has this log, or none, and it leaves or does not.
	pub fn opening(&self, log: Option<&Bundle>, log_leaves: bool) -> Opening {
		let log_key = mac(self.key.as_slice(), &[b"log"]);
		let (key, log) = (mac(self.key.as_slice(), &[b"output"]), mac_of(&log_key, log));
		Opening { key, execution: self.execution, log, log_key: log_leaves.then_some(log_key) }
	}
}

/// What makes the id of a job's held output one that nobody can try outputs for without the data keys of all its assets.
pub fn blinding(keys: &[InputKey], permit_id: u64) -> Hash {
	mac(job_key(keys, permit_id).as_slice(), &[b"entry"])
}

/// M.
fn job_key(keys: &[InputKey], permit_id: u64) -> Zeroizing<Hash> {
	let mut job = keyed(JOB);
	for key in keys {
		job.update(key.as_slice());
	}
	job.update(&permit_id.to_be_bytes());
	Zeroizing::new(job.finalize().into_bytes().into())
}

impl Opening {
	/// The commitment of an output: what the report on chain must say of what was handed out. None where a job has no
	/// outputs.
	pub fn commitment(&self, outputs: Option<&Bundle>) -> Hash {
		let bytes = outputs.map(Bundle::bytes).unwrap_or_default();
		mac(&self.key, &[&self.execution, &(bytes.len() as u64).to_be_bytes(), bytes, &self.log])
	}

	/// Whether a log that was handed out is the one of the commitment.
	pub fn is_of_log(&self, log: &Bundle) -> bool {
		self.log_key.is_some_and(|key| mac_of(&key, Some(log)) == self.log)
	}
}

fn mac_of(key: &Hash, bundle: Option<&Bundle>) -> Hash {
	let bytes = bundle.map(Bundle::bytes).unwrap_or_default();
	mac(key, &[&(bytes.len() as u64).to_be_bytes(), bytes])
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
		assert_eq!(
			hex::encode(blinding(std::slice::from_ref(&plain), 3)),
			"17ad86059e927a7974bd26f9a3a3d8dd28cc994eeb9450a2fe0181cd0d312eb1"
		);
		let opening = JobCommitment::new(&[plain], 3, 0, 0, 1_000).opening(None, true);
		assert_eq!(
			hex::encode(opening.key),
			"e100ebff0d8ff748d5b13a15dc6b10f42bf8a08b97a0868d50bbcc4e02fe4506"
		);
		assert_eq!(
			hex::encode(opening.execution),
			"6aec705738953808e85d7874828a4e5a9e9406e0145164855c4ad7cb92188b9a"
		);
		assert_eq!(
			hex::encode(opening.log_key.unwrap()),
			"16f37b2b8af60be2c02cce8fa122a0851a205408de510eabc92459ddbe9d60c3"
		);
		assert_eq!(
			hex::encode(opening.log),
			"b0aac0b395c9202406fdde245a235c69496650d1dc501fb0fdd5aaa8fcaad09d"
		);
		assert_eq!(
			hex::encode(opening.commitment(None)),
			"0c70515c300ca6c0799ca5249ec84fa69620cc830fdb8bcf675a94b1d1188caf"
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
		let of = |fuel| JobCommitment::new(&[key(1)], 1, 0, 0, fuel).opening(None, false).commitment(None);
		assert_ne!(of(1), of(2));
	}

	#[test]
	fn keys_of_two_permits_should_be_unrelated() {
		let of = |input, permit| JobCommitment::new(&[key(input)], permit, 0, 0, 0).opening(None, true);
		assert_ne!(of(1, 1).key, of(1, 2).key);
		assert_ne!(of(1, 1).key, of(2, 1).key);
		assert_ne!(of(1, 1).log_key, of(1, 2).log_key);
	}

	#[test]
	fn blinding_should_take_the_keys_of_all_inputs() {
		let of = |keys: &[u8], permit| {
			let keys: Vec<_> = keys.iter().map(|&byte| key(byte)).collect();
			blinding(&keys, permit)
		};
		assert_eq!(of(&[1, 2], 1), of(&[1, 2], 1), "a job that runs again keeps the same entry");
		for other in [of(&[3, 2], 1), of(&[1, 3], 1), of(&[1], 1), of(&[1, 2], 2)] {
			assert_ne!(of(&[1, 2], 1), other);
		}
	}

	/// One of no outputs.
	fn bundle() -> Bundle {
		let mut bytes = b"HLOUTv1\n\0\0\0\0\x80".to_vec();
		bytes.resize(4_096, 0);
		Bundle::from_bytes(bytes).unwrap()
	}

	#[test]
	fn withheld_log_should_be_committed_to_without_a_key_to_try_it() {
		let job = JobCommitment::new(&[key(1)], 1, 0, 0, 0);
		let (withheld, leaves) = (job.opening(Some(&bundle()), false), job.opening(Some(&bundle()), true));
		assert_eq!(withheld.commitment(None), leaves.commitment(None), "a repetition finds the same");
		assert_ne!(withheld.commitment(None), job.opening(None, false).commitment(None));
		assert!(leaves.is_of_log(&bundle()) && !job.opening(None, true).is_of_log(&bundle()));
		assert!(withheld.log_key.is_none() && !withheld.is_of_log(&bundle()));
	}
}
