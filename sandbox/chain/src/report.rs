//! What an operator signs about a job, in SCALE: the chain's `Report`, field by field.

use crate::{Keypair, types::PermitId};
use codec::{Decode, Encode};
use subxt::utils::{H256, MultiSignature};

/// Stands before everything that a signing key signs as a report, so that a signature made for something else is none.
pub const REPORT_CONTEXT: [u8; 16] = *b"heirloom-report1";

/// What a job read of one asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct JobInput {
	/// The asset.
	pub asset: u32,
	/// Salted commitment to the bytes that the job saw.
	pub commitment: H256,
	/// Traces of persons that were found before the job ran.
	pub findings: u32,
}

/// How a job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Verdict {
	/// It ran, and its output was released.
	Released,
	/// It was not run, or its output stays with the operator.
	Refused {
		/// The runner's code for the reason.
		code: u16,
	},
}

/// An operator's report of one job.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Report {
	/// Hash of the runner that made it.
	pub measurement: H256,
	/// Hash of the code that ran.
	pub code_hash: H256,
	/// Hash of its parameters.
	pub parameters_hash: H256,
	/// What it read, in the order of the permit's uses.
	pub inputs: Vec<JobInput>,
	/// Commitment to its output.
	pub output: H256,
	/// Bytes of its output, padding included.
	pub output_bytes: u64,
	/// The fewest people that a number in its output stands for. None where it has no such numbers.
	pub smallest_group: Option<u32>,
	/// What it used of the runner's fuel.
	pub fuel: u64,
	/// How it ended.
	pub verdict: Verdict,
}

impl Report {
	/// The bytes that are signed: context, genesis hash, permit and report. They are of one chain and one permit, so a
	/// signature cannot be shown again elsewhere.
	pub fn payload(&self, genesis: &H256, permit: PermitId) -> Vec<u8> {
		(REPORT_CONTEXT, genesis, permit, self).encode()
	}

	/// Hash of what must come out the same whoever repeats the job: each input's asset and commitment, output, its
	/// bytes, smallest group, fuel, verdict.
	pub fn result_hash(&self) -> H256 {
		let inputs: Vec<_> = self.inputs.iter().map(|input| (input.asset, input.commitment)).collect();
		let Self { output, output_bytes, smallest_group, fuel, verdict, .. } = self;
		crate::blake2_256(&(inputs, output, output_bytes, smallest_group, fuel, verdict).encode())
	}

	/// What the chain keeps of a report that ended a permit: the hash of what was signed.
	pub fn hash(&self, genesis: &H256, permit: PermitId) -> H256 {
		crate::blake2_256(&self.payload(genesis, permit))
	}

	/// The operator's signature.
	pub fn sign(&self, key: &Keypair, genesis: &H256, permit: PermitId) -> MultiSignature {
		key.sign(&self.payload(genesis, permit)).into()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::keys::{id_of, is_signed, key_of};

	fn report() -> Report {
		Report {
			measurement: H256::repeat_byte(1),
			code_hash: H256::repeat_byte(2),
			parameters_hash: H256::repeat_byte(3),
			inputs: vec![JobInput { asset: 7, commitment: H256::repeat_byte(4), findings: 9 }],
			output: H256::repeat_byte(5),
			output_bytes: 4_096,
			smallest_group: Some(10),
			fuel: 1_000,
			verdict: Verdict::Refused { code: 17 },
		}
	}

	/// The vector that the pallet's own test of its payload has.
	#[test]
	fn payload_should_be_what_the_chain_checks() {
		let mut expected = b"heirloom-report1".to_vec();
		expected.extend([0xaa; 32]); // genesis hash
		expected.extend([3, 0, 0, 0, 0, 0, 0, 0]); // permit
		for byte in [1, 2, 3] {
			expected.extend([byte; 32]); // measurement, code, parameters
		}
		expected.extend([4, 7, 0, 0, 0]); // one input; its asset
		expected.extend([4; 32]); // its commitment
		expected.extend([9, 0, 0, 0]); // its findings
		expected.extend([5; 32]); // output
		expected.extend([0, 16, 0, 0, 0, 0, 0, 0]); // bytes of it
		expected.extend([1, 10, 0, 0, 0]); // some smallest group
		expected.extend([232, 3, 0, 0, 0, 0, 0, 0]); // fuel
		expected.extend([1, 17, 0]); // refused, with code
		assert_eq!(report().payload(&H256::repeat_byte(0xaa), 3), expected);
	}

	#[test]
	fn signature_should_be_for_one_chain_and_one_permit() {
		let (key, genesis) = (key_of("//operator").unwrap(), H256::repeat_byte(1));
		let MultiSignature::Sr25519(signature) = report().sign(&key, &genesis, 3) else {
			panic!("an sr25519 key makes sr25519 signatures");
		};
		let signs = |who, genesis: &H256, permit| {
			is_signed(&id_of(&key_of(who).unwrap()), &signature, &report().payload(genesis, permit))
		};
		assert!(signs("//operator", &genesis, 3));
		assert!(!signs("//operator", &genesis, 4));
		assert!(!signs("//operator", &H256::repeat_byte(2), 3));
		assert!(!signs("//other", &genesis, 3));
	}
}
