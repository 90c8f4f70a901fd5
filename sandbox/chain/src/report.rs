//! What an operator signs about a job, in SCALE: the chain's `Report`, field by field.

use crate::{AccountId, Keypair, types::PermitId};
use codec::{Decode, Encode};
use subxt::utils::{H256, MultiSignature};

/// Stands before everything that a signing key signs as a report, so that a signature made for something else is none.
pub const REPORT_CONTEXT: [u8; 16] = *b"heirloom-report2";

/// What a job read of one asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct JobInput {
	/// The asset.
	pub asset: u32,
	/// Salted commitment to the bytes that the job saw.
	pub commitment: H256,
	/// Traces of persons that were found before the job ran.
	pub findings: u32,
	/// Whether it was de-identified first.
	pub deidentified: bool,
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

/// What a report is signed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Role {
	/// To end the permit, by the operator that was given the job.
	First,
	/// To answer a challenge of it, by the operator that repeats it.
	Answer,
}

/// The one report that a signature is for.
#[derive(Clone, Copy, Debug)]
pub struct Context {
	/// The chain's genesis hash.
	pub genesis: H256,
	/// The permit.
	pub permit: PermitId,
	/// The operator's account. The key that signs may be another's.
	pub operator: AccountId,
	/// What it is signed for.
	pub role: Role,
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
	/// The bytes that are signed: context, genesis hash, permit, the operator's account, role and report. They are of one
	/// chain, one permit, one operator and one role, so a signature cannot be shown again elsewhere.
	pub fn payload(&self, of: &Context) -> Vec<u8> {
		(REPORT_CONTEXT, of.genesis, of.permit, of.operator.0, of.role, self).encode()
	}

	/// Hash of what must come out the same whoever repeats the job: each input's asset and commitment, output, its
	/// bytes, smallest group, fuel, verdict.
	pub fn result_hash(&self) -> H256 {
		let inputs: Vec<_> = self.inputs.iter().map(|input| (input.asset, input.commitment)).collect();
		let Self { output, output_bytes, smallest_group, fuel, verdict, .. } = self;
		crate::blake2_256(&(inputs, output, output_bytes, smallest_group, fuel, verdict).encode())
	}

	/// What the chain keeps of a report that ended a permit: the hash of what was signed.
	pub fn hash(&self, of: &Context) -> H256 {
		crate::blake2_256(&self.payload(of))
	}

	/// The operator's signature.
	pub fn sign(&self, key: &Keypair, of: &Context) -> MultiSignature {
		key.sign(&self.payload(of)).into()
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
			inputs: vec![JobInput {
				asset: 7,
				commitment: H256::repeat_byte(4),
				findings: 9,
				deidentified: true,
			}],
			output: H256::repeat_byte(5),
			output_bytes: 4_096,
			smallest_group: Some(10),
			fuel: 1_000,
			verdict: Verdict::Refused { code: 17 },
		}
	}

	fn context() -> Context {
		let (genesis, operator) = (H256::repeat_byte(0xaa), AccountId([0xbb; 32]));
		Context { genesis, permit: 3, operator, role: Role::Answer }
	}

	/// The chain's own test reads the same file.
	#[test]
	fn report_should_be_what_the_chain_checks() {
		let payload = |role| hex::encode(report().payload(&Context { role, ..context() }));
		let own = [
			format!("payload_first,{}", payload(Role::First)),
			format!("payload_answer,{}", payload(Role::Answer)),
			format!("result_hash,{}", hex::encode(report().result_hash())),
		];
		let chain = include_str!("../../../primitives/report.csv");
		assert_eq!(chain.lines().skip(1).collect::<Vec<_>>(), own);
	}

	#[test]
	fn signature_should_be_for_one_chain_one_permit_one_operator_and_one_role() {
		let (key, own) = (key_of("//operator").unwrap(), context());
		let MultiSignature::Sr25519(signature) = report().sign(&key, &own) else {
			panic!("an sr25519 key makes sr25519 signatures");
		};
		let signs =
			|who, of: &Context| is_signed(&id_of(&key_of(who).unwrap()), &signature, &report().payload(of));
		assert!(signs("//operator", &own));
		assert!(!signs("//other", &own));
		let others = [
			Context { genesis: H256::repeat_byte(2), ..own },
			Context { permit: 4, ..own },
			Context { operator: AccountId([2; 32]), ..own },
			Context { role: Role::First, ..own },
		];
		assert!(others.iter().all(|other| !signs("//operator", other)));
	}
}
