//! What an operator signs about a job.

use crate::{AssetId, PermitId, Refusal};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound,
	traits::{ConstU32, Get},
};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash as _};

/// Stands before everything that a signing key signs as a report, so that a signature made for something else is none.
pub const REPORT_CONTEXT: [u8; 16] = *b"heirloom-report2";

/// The most assets of one permit of Heirloom's chain: each is booked and leaves a receipt in the block that completes
/// it. 16 stay below a hundredth of a block.
pub const MAX_USES_PER_PERMIT: u32 = 16;

/// A report as Heirloom's chain takes it.
pub type OperatorReport = Report<ConstU32<MAX_USES_PER_PERMIT>>;

/// What a job read of one asset.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct JobInput {
	/// The asset.
	pub asset: AssetId,
	/// Salted commitment to the bytes that the job saw. Whoever can open the asset makes the same.
	pub commitment: H256,
	/// Traces of persons that were found before the job ran. What held one was not given to it.
	pub findings: u32,
	/// Whether it was de-identified first. An asset can be put into medical mode after the job ran; a repetition in
	/// another mode reads other bytes and says nothing of the job.
	pub deidentified: bool,
}

/// How a job ended.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Verdict {
	/// It ran, and its output was released.
	Released,
	/// It was not run, or its output stays with the operator.
	Refused {
		/// The runner's code for the reason. It tells nothing of the data.
		code: u16,
	},
}

impl Verdict {
	/// Whether it says something of the job, and not of the machine or of the moment alone: what anyone who repeats the job
	/// comes to. An unknown code does not.
	pub fn is_of_the_job(self) -> bool {
		match self {
			Self::Released => true,
			Self::Refused { code } => Refusal::of_number(code).is_some_and(Refusal::is_deterministic),
		}
	}
}

/// What a report is signed for. An account can be both over time, and a report of the one is none of the other.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum ReportRole {
	/// To end the permit, by the operator that was given the job.
	First,
	/// To answer a challenge of it, by the operator that repeats it.
	Answer,
}

/// An operator's report of one job.
#[derive(
	CloneNoBound,
	DebugNoBound,
	PartialEqNoBound,
	EqNoBound,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(MaxInputs))]
#[codec(mel_bound())]
pub struct Report<MaxInputs: Get<u32>> {
	/// Hash of the runner that made it.
	pub measurement: H256,
	/// Hash of the code that ran.
	pub code_hash: H256,
	/// Hash of its parameters.
	pub parameters_hash: H256,
	/// What it read, in the order of the permit's uses.
	pub inputs: BoundedVec<JobInput, MaxInputs>,
	/// Commitment to its output.
	pub output: H256,
	/// Bytes that leave, padding included: output and log. Of a refused job at most a log does.
	pub output_bytes: u64,
	/// The fewest people that a number in its output stands for. None where it has no such numbers.
	pub smallest_group: Option<u32>,
	/// What it used of the runner's fuel.
	pub fuel: u64,
	/// How it ended.
	pub verdict: Verdict,
}

impl<MaxInputs: Get<u32>> Report<MaxInputs> {
	/// The bytes that are signed: context, genesis hash, permit, the operator's account, role and report in SCALE. They are
	/// of one chain, one permit, one operator and one role, so a signature cannot be shown again elsewhere.
	pub fn payload<Hash: Encode, AccountId: Encode>(
		&self,
		genesis: &Hash,
		permit: PermitId,
		operator: &AccountId,
		role: ReportRole,
	) -> Vec<u8> {
		(REPORT_CONTEXT, genesis, permit, operator, role, self).encode()
	}

	/// Hash of what must come out the same whoever repeats the job: each input's asset and commitment, output, its
	/// bytes, smallest group, fuel, verdict, in SCALE. Findings are left out: they are the runner's remark. So are the
	/// measurement and whether inputs were de-identified, which a repetition has to have in common in any case.
	pub fn result_hash(&self) -> H256 {
		let inputs: Vec<_> = self.inputs.iter().map(|input| (input.asset, input.commitment)).collect();
		let Self { output, output_bytes, smallest_group, fuel, verdict, .. } = self;
		BlakeTwo256::hash_of(&(inputs, output, output_bytes, smallest_group, fuel, verdict))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::{format, vec};
	use sp_core::hexdisplay::HexDisplay;

	fn report() -> OperatorReport {
		let input = JobInput { asset: 7, commitment: H256::repeat_byte(4), findings: 9, deidentified: true };
		Report {
			measurement: H256::repeat_byte(1),
			code_hash: H256::repeat_byte(2),
			parameters_hash: H256::repeat_byte(3),
			inputs: vec![input].try_into().unwrap(),
			output: H256::repeat_byte(5),
			output_bytes: 4_096,
			smallest_group: Some(10),
			fuel: 1_000,
			verdict: Verdict::Refused { code: 17 },
		}
	}

	/// Written out, so that whoever signs in another language can compare.
	#[test]
	fn payload_is_the_scale_encoding_in_the_documented_order() {
		let mut expected = b"heirloom-report2".to_vec();
		expected.extend([0xaa; 32]); // genesis hash
		expected.extend([3, 0, 0, 0, 0, 0, 0, 0]); // permit
		expected.extend([0xbb; 32]); // operator
		expected.extend([1]); // to answer a challenge
		expected.extend([1; 32]); // measurement
		expected.extend([2; 32]); // code
		expected.extend([3; 32]); // parameters
		expected.extend([4]); // one input, compact
		expected.extend([7, 0, 0, 0]); // its asset
		expected.extend([4; 32]); // its commitment
		expected.extend([9, 0, 0, 0]); // its findings
		expected.extend([1]); // it was de-identified
		expected.extend([5; 32]); // output
		expected.extend([0, 16, 0, 0, 0, 0, 0, 0]); // bytes of it
		expected.extend([1, 10, 0, 0, 0]); // some smallest group
		expected.extend([232, 3, 0, 0, 0, 0, 0, 0]); // fuel
		expected.extend([1, 17, 0]); // refused, with code
		let (genesis, operator) = (H256::repeat_byte(0xaa), H256::repeat_byte(0xbb));
		assert_eq!(report().payload(&genesis, 3, &operator, ReportRole::Answer), expected);
	}

	/// The same numbers as the runner's, which encodes for itself.
	#[test]
	fn report_is_the_runners() {
		let (genesis, operator) = (H256::repeat_byte(0xaa), H256::repeat_byte(0xbb));
		let payload = |role| report().payload(&genesis, 3, &operator, role);
		let line = |part, bytes: &[u8]| format!("{part},{}", HexDisplay::from(&bytes));
		let own = [
			line("payload_first", &payload(ReportRole::First)),
			line("payload_answer", &payload(ReportRole::Answer)),
			line("result_hash", report().result_hash().as_bytes()),
		];
		assert_eq!(include_str!("../report.csv").lines().skip(1).collect::<Vec<_>>(), own);
	}

	#[test]
	fn payload_is_of_one_operator_in_one_role() {
		let payload = |operator: u64, role| report().payload(&H256::zero(), 3, &operator, role);
		assert_ne!(payload(1, ReportRole::First), payload(1, ReportRole::Answer));
		assert_ne!(payload(1, ReportRole::First), payload(2, ReportRole::First));
	}

	#[test]
	fn verdict_says_nothing_of_the_job_where_the_machine_failed() {
		assert!(Verdict::Released.is_of_the_job());
		let out_of_fuel_or_time = [41, 42].map(|code| Verdict::Refused { code }.is_of_the_job());
		assert_eq!(out_of_fuel_or_time, [true, false]);
		// What was handed to one operator, a worker that was lost, and what no runner knows.
		assert_eq!([1, 2, 3, 313, 0].map(|code| Verdict::Refused { code }.is_of_the_job()), [false; 5]);
	}

	#[test]
	fn result_is_of_everything_that_a_repetition_must_meet() {
		let commitment = H256::repeat_byte(6);
		let input = JobInput { commitment, ..report().inputs[0] };
		let others = [
			Report { inputs: vec![input].try_into().unwrap(), ..report() },
			Report { inputs: vec![].try_into().unwrap(), ..report() },
			Report { output: H256::repeat_byte(6), ..report() },
			Report { output_bytes: 8_192, ..report() },
			Report { smallest_group: None, ..report() },
			Report { fuel: 1_001, ..report() },
			Report { verdict: Verdict::Released, ..report() },
		];
		for other in others {
			assert_ne!(other.result_hash(), report().result_hash(), "{other:?}");
		}
	}

	#[test]
	fn result_is_of_nothing_that_the_runner_adds() {
		let input = JobInput { findings: 10, deidentified: false, ..report().inputs[0] };
		let other =
			Report { inputs: vec![input].try_into().unwrap(), measurement: H256::repeat_byte(9), ..report() };
		assert_eq!(other.result_hash(), report().result_hash());
	}
}
