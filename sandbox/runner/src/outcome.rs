//! What comes of a job.

use crate::{Hash, Refusal, Walls};
use heirloom_gate::{AssetId, Bucketed, Bundle, EntryId, Reason};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What a job read of one asset, as the report on chain has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputReport {
	/// The asset.
	pub asset: AssetId,
	/// Commitment to the bytes that the job saw ([`crate::commitment`]).
	#[serde(with = "hex::serde")]
	pub commitment: Hash,
	/// Traces of persons that were found before the job ran; what held one was not given to it.
	pub findings: u32,
	/// Whether it was de-identified first.
	pub deidentified: bool,
}

/// How a job ended, for the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
	/// It ran, and its output may be handed out.
	Released,
	/// It ran, and nothing speaks against its output but that a model leaves with its owner's approval only. On chain
	/// it is either of the other two, once the owner decided or the permit expired.
	AwaitingOwner,
	/// It was not run, or its output stays.
	Refused {
		/// [`Refusal::number`].
		code: u16,
	},
}

/// Everything that the report on chain needs. None of it tells more of the data than is documented at its field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobReport {
	/// The permit.
	pub permit_id: u64,
	/// Of the runner that made it.
	#[serde(with = "hex::serde")]
	pub measurement: Hash,
	/// blake2-256 of the code that ran.
	#[serde(with = "hex::serde")]
	pub code_hash: Hash,
	/// blake2-256 of its parameters.
	#[serde(with = "hex::serde")]
	pub parameters_hash: Hash,
	/// What it read, in the order of the permit's uses; up to the first that could not be used.
	pub inputs: Vec<InputReport>,
	/// Commitment to how it ended, its exact fuel, its outputs and its log ([`crate::commitment`]); zeros where it did
	/// not run to an end.
	#[serde(with = "hex::serde")]
	pub output: Hash,
	/// Bytes that leave, padding included: outputs and log. 0 where nothing does.
	pub output_bytes: u64,
	/// The fewest people that a number in its outputs stands for, at most the policy's smallest group. None where there
	/// are no such numbers. Of outputs that stay it is the operator's alone ([`JobReport::disclosed`]).
	pub smallest_group: Option<u32>,
	/// Fuel, rounded up as [`heirloom_gate::bucketed`] does; 0 where it did not run.
	pub fuel: u64,
	/// How it ended.
	pub verdict: Verdict,
}

/// What the consumer needs to check a bundle against the report's commitment, and gets with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
	/// The key of the output commitment, of this permit alone.
	#[serde(with = "hex::serde")]
	pub key: Hash,
	/// What stands for exit and exact fuel in it.
	#[serde(with = "hex::serde")]
	pub execution: Hash,
	/// What stands for the log in it, whether that leaves or not.
	#[serde(with = "hex::serde")]
	pub log: Hash,
	/// The key of what stands for the log; none where the log is withheld, so that nobody can try what it may have said.
	#[serde(default, skip_serializing_if = "Option::is_none", with = "key")]
	pub log_key: Option<Hash>,
}

/// A key as 64 hex digits.
mod key {
	use crate::Hash;
	use serde::{Deserializer, Serializer};

	pub fn serialize<S: Serializer>(key: &Option<Hash>, serializer: S) -> Result<S::Ok, S::Error> {
		hex::serde::serialize(key.unwrap_or_default(), serializer)
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Hash>, D::Error> {
		hex::serde::deserialize::<_, Hash>(deserializer).map(Some)
	}
}

/// What became of one file of a medical asset, without its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CleanedFile {
	/// The asset.
	pub asset: AssetId,
	/// A pseudonym of its path, which the owner can tell and nobody else.
	pub name: String,
	/// Whether the job saw it.
	pub used: bool,
	/// [`heirloom_deid::Refusal::code`] or that of a table, where it did not.
	pub code: Option<&'static str>,
	/// Traces of persons in it.
	pub findings: u32,
}

/// What stays with the operator: exact figures would tell the consumer something of the data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Private {
	/// Exact fuel.
	pub fuel: u64,
	/// Wall clock of the worker, in milliseconds.
	pub milliseconds: u64,
	/// Bytes that the job could read.
	pub input_bytes: u64,
	/// What became of the files of medical assets.
	pub cleaned: Vec<CleanedFile>,
}

/// What comes of a job. A refusal is an outcome.
#[derive(Debug)]
pub struct JobOutcome {
	/// For the chain.
	pub report: JobReport,
	/// Why it was refused; none otherwise.
	pub refusal: Option<Refusal>,
	/// All that the gate held its outputs for, by ascending number.
	pub reasons: Vec<Reason>,
	/// What is handed out; reserved in the ledger. None unless released.
	pub bundle: Option<Bundle>,
	/// The log that is handed out, as a bundle of one file. It leaves beside released outputs, or alone where the job
	/// failed by itself.
	pub log: Option<Bundle>,
	/// What the log is held for; empty where it leaves or there is none.
	pub log_reasons: Vec<Reason>,
	/// For whoever gets bundle or log. None where the job did not run to an end.
	pub opening: Option<Opening>,
	/// What is held, for the owner to look at.
	pub held: Option<EntryId>,
	/// How it ran, as the consumer may see it.
	pub shown: Bucketed,
	/// For the operator and the owner.
	pub private: Private,
	/// What stood around the worker; none where it was not started.
	pub walls: Option<Walls>,
	/// What all of it took, from the first input to the last check. The operator's alone: a job chooses some of it.
	pub took: Duration,
}

/// The output commitment of a job that did not run to an end.
const NOTHING: Hash = [0; 32];

/// In what a repetition differs from a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
	/// Another permit.
	Permit,
	/// Made by another runner.
	Measurement,
	/// Other code.
	Code,
	/// Other parameters.
	Parameters,
	/// Other inputs, or findings in them.
	Inputs,
	/// Another exit, fuel, output or log.
	Output,
	/// Another fuel, as rounded.
	Fuel,
	/// Another smallest group.
	SmallestGroup,
	/// Another number of bytes.
	OutputBytes,
	/// Another verdict, where it does not depend on the operator's past.
	Verdict,
}

impl JobReport {
	/// The report as it leaves the operator. Of outputs that stay it says nothing that the job chose, so no group either, and
	/// not how the job failed ([`Refusal::shown`]).
	pub fn disclosed(&self) -> Self {
		let smallest_group = self.smallest_group.filter(|_| self.verdict == Verdict::Released);
		let verdict = match self.verdict {
			Verdict::Released | Verdict::AwaitingOwner => self.verdict,
			Verdict::Refused { code } => Verdict::Refused {
				code: Refusal::of_number(code).map_or(code, |refusal| refusal.shown().number()),
			},
		};
		Self { smallest_group, verdict, ..self.clone() }
	}

	/// In what a repetition differs from this report; nothing where it reproduces it.
	///
	/// A verdict that depends on what its operator released before, or on its clock, is not compared, nor is what
	/// follows from it: which of them do is said by [`Refusal::is_deterministic_number`].
	pub fn differences(&self, repeated: &Self) -> Vec<Difference> {
		let mut differences = Vec::new();
		let mut compare = |same: bool, difference| {
			if !same {
				differences.push(difference);
			}
		};
		compare(self.permit_id == repeated.permit_id, Difference::Permit);
		compare(self.measurement == repeated.measurement, Difference::Measurement);
		compare(self.code_hash == repeated.code_hash, Difference::Code);
		compare(self.parameters_hash == repeated.parameters_hash, Difference::Parameters);
		compare(self.inputs == repeated.inputs, Difference::Inputs);
		let comparable = self.is_comparable() && repeated.is_comparable();
		let both_ran = self.output != NOTHING && repeated.output != NOTHING;
		if comparable || both_ran {
			compare(self.output == repeated.output, Difference::Output);
			compare(self.fuel == repeated.fuel, Difference::Fuel);
		}
		if !comparable {
			return differences;
		}
		let (mine, other) = (self.verdict, repeated.verdict);
		// What the owner decided about a model stands in the report, and in no repetition.
		if mine == Verdict::AwaitingOwner || other == Verdict::AwaitingOwner {
			return differences;
		}
		let [one, other] = [self, repeated].map(Self::disclosed);
		compare(one.verdict == other.verdict, Difference::Verdict);
		compare(one.smallest_group == other.smallest_group, Difference::SmallestGroup);
		compare(self.output_bytes == repeated.output_bytes, Difference::OutputBytes);
		differences
	}

	/// Whether anyone who repeats the job finds the same verdict.
	fn is_comparable(&self) -> bool {
		match self.verdict {
			Verdict::Released | Verdict::AwaitingOwner => true,
			Verdict::Refused { code } => Refusal::is_deterministic_number(code),
		}
	}
}
