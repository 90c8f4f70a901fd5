//! Why a job is refused.

use heirloom_gate::{Encoding, Reason};

/// Why a job is not run, or nothing of it leaves. None of them says anything of the data.
///
/// Numbers and codes never change; a number that is no longer used is not given out again. The chain has the same list
/// (`primitives/refusals.csv`), to tell what says something about a job from what does not. Numbers from 101 on are the
/// gate's, failures of the operator's own machine ([`crate::OperatorFault`]) have none of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
	/// The module is not the one that the permit names.
	#[error("the code is not what was agreed")]
	OtherCode,
	/// The parameters are not those that the permit names.
	#[error("the parameters are not what was agreed")]
	OtherParameters,
	/// A sealed asset is not the one that was agreed, was altered, or was delisted or put into another mode after it was
	/// read.
	#[error("an input is not what was agreed")]
	OtherInput,
	/// An asset is larger than the limits, or has more files.
	#[error("an input is larger than the limits")]
	InputTooLarge,
	/// An archive holds something else than plain files, or names that lead out of it.
	#[error("an input is not a well-formed archive of plain files")]
	ArchiveInvalid,
	/// The permit was revoked while the job ran.
	#[error("the permit was revoked")]
	PermitRevoked,
	/// The permit expired while the job ran.
	#[error("the permit expired")]
	PermitExpired,
	/// The owner looked at what was held, and it stays.
	#[error("the owner did not let the output leave")]
	OwnerRefused,
	/// Of a medical asset no file was proven clean.
	#[error("no file of a medical asset was proven clean")]
	NothingClean,
	/// The owner's description of an asset cannot be understood.
	#[error("the description of an asset is malformed")]
	DescriptionInvalid,
	/// The module is larger than the limits.
	#[error("the module is larger than the limits")]
	ModuleTooLarge,
	/// The module is not valid, or uses what is off: threads, shared memory, several memories, exceptions, components.
	#[error("the module is not valid, or uses features that are off")]
	ModuleInvalid,
	/// The module asks for something that no job has: sockets, processes, threads.
	#[error("the module imports what no job is given")]
	ImportRefused,
	/// The module has no `_start`, or no memory of its own.
	#[error("the module is not a command of WASI preview 1")]
	NotACommand,
	/// The module takes the compiler more time or memory than it has.
	#[error("the module is too complex to compile")]
	ModuleTooComplex,
	/// The fuel is spent.
	#[error("the job used all its fuel")]
	FuelSpent,
	/// The wall clock is spent.
	#[error("the job took longer than agreed")]
	TimeSpent,
	/// It asked for more memory than the limits.
	#[error("the job asked for more memory than agreed")]
	MemorySpent,
	/// It asked for larger tables than the limits.
	#[error("the job asked for larger tables than agreed")]
	TablesSpent,
	/// Its stack overflowed.
	#[error("the job used all its stack")]
	StackSpent,
	/// It wrote more than the limits.
	#[error("the job wrote more than agreed")]
	OutputSpent,
	/// It trapped.
	#[error("the job trapped")]
	Trapped,
	/// It ended with another exit code than 0.
	#[error("the job ended with an error")]
	ExitedWithError,
	/// Its worker tried a system call that no worker is allowed: the module broke out of wasm, or the system's library does
	/// something that this runner does not know. So it says nothing of the job, and the chain has no number for it.
	#[error("the job's process tried what is not allowed")]
	ForbiddenCall,
	/// The gate holds its output.
	#[error(transparent)]
	Held(#[from] Reason),
}

impl Refusal {
	/// All but those of the gate, by ascending number.
	pub const OWN: [Self; 24] = [
		Self::OtherCode,
		Self::OtherParameters,
		Self::OtherInput,
		Self::InputTooLarge,
		Self::ArchiveInvalid,
		Self::PermitRevoked,
		Self::PermitExpired,
		Self::OwnerRefused,
		Self::NothingClean,
		Self::DescriptionInvalid,
		Self::ModuleTooLarge,
		Self::ModuleInvalid,
		Self::ImportRefused,
		Self::NotACommand,
		Self::ModuleTooComplex,
		Self::FuelSpent,
		Self::TimeSpent,
		Self::MemorySpent,
		Self::TablesSpent,
		Self::StackSpent,
		Self::OutputSpent,
		Self::Trapped,
		Self::ExitedWithError,
		Self::ForbiddenCall,
	];

	/// The number that a report on chain carries.
	pub const fn number(self) -> u16 {
		match self {
			Self::OtherCode => 1,
			Self::OtherParameters => 2,
			Self::OtherInput => 3,
			Self::InputTooLarge => 4,
			Self::ArchiveInvalid => 5,
			Self::PermitRevoked => 11,
			Self::PermitExpired => 12,
			Self::OwnerRefused => 13,
			Self::NothingClean => 21,
			Self::DescriptionInvalid => 22,
			Self::ModuleTooLarge => 31,
			Self::ModuleInvalid => 32,
			Self::ImportRefused => 33,
			Self::NotACommand => 34,
			Self::ModuleTooComplex => 35,
			Self::FuelSpent => 41,
			Self::TimeSpent => 42,
			Self::MemorySpent => 43,
			Self::TablesSpent => 44,
			Self::StackSpent => 45,
			Self::OutputSpent => 46,
			Self::Trapped => 47,
			Self::ExitedWithError => 48,
			Self::ForbiddenCall => 49,
			Self::Held(reason) => reason.number(),
		}
	}

	/// The code that people and programs see.
	pub const fn code(self) -> &'static str {
		match self {
			Self::OtherCode => "other_code",
			Self::OtherParameters => "other_parameters",
			Self::OtherInput => "other_input",
			Self::InputTooLarge => "input_too_large",
			Self::ArchiveInvalid => "archive_invalid",
			Self::PermitRevoked => "permit_revoked",
			Self::PermitExpired => "permit_expired",
			Self::OwnerRefused => "owner_refused",
			Self::NothingClean => "nothing_clean",
			Self::DescriptionInvalid => "description_invalid",
			Self::ModuleTooLarge => "module_too_large",
			Self::ModuleInvalid => "module_invalid",
			Self::ImportRefused => "import_refused",
			Self::NotACommand => "not_a_command",
			Self::ModuleTooComplex => "module_too_complex",
			Self::FuelSpent => "fuel_spent",
			Self::TimeSpent => "time_spent",
			Self::MemorySpent => "memory_spent",
			Self::TablesSpent => "tables_spent",
			Self::StackSpent => "stack_spent",
			Self::OutputSpent => "output_spent",
			Self::Trapped => "trapped",
			Self::ExitedWithError => "exited_with_error",
			Self::ForbiddenCall => "forbidden_call",
			Self::Held(reason) => reason.code(),
		}
	}

	/// Whether anyone who repeats the job meets the same. What is not depends on a clock, on a decision, or on what this
	/// operator released before.
	pub const fn is_deterministic(self) -> bool {
		match self {
			Self::OtherCode
			| Self::OtherParameters
			| Self::OtherInput
			| Self::PermitRevoked
			| Self::PermitExpired
			| Self::OwnerRefused
			| Self::ModuleTooComplex
			| Self::TimeSpent
			| Self::ForbiddenCall => false,
			Self::InputTooLarge
			| Self::ArchiveInvalid
			| Self::NothingClean
			| Self::DescriptionInvalid
			| Self::ModuleTooLarge
			| Self::ModuleInvalid
			| Self::ImportRefused
			| Self::NotACommand
			| Self::FuelSpent
			| Self::MemorySpent
			| Self::TablesSpent
			| Self::StackSpent
			| Self::OutputSpent
			| Self::Trapped
			| Self::ExitedWithError => true,
			Self::Held(reason) => reason.is_deterministic(),
		}
	}

	/// What leaves the operator of it. How a job fails is its own choice among seven, and so is what its output is held for,
	/// which would be a message: outside, a job that fails ended with an error, and the gate's reasons are six.
	pub const fn shown(self) -> Self {
		match self {
			Self::FuelSpent
			| Self::MemorySpent
			| Self::TablesSpent
			| Self::StackSpent
			| Self::OutputSpent
			| Self::Trapped
			| Self::ExitedWithError => Self::ExitedWithError,
			Self::OtherCode
			| Self::OtherParameters
			| Self::OtherInput
			| Self::InputTooLarge
			| Self::ArchiveInvalid
			| Self::PermitRevoked
			| Self::PermitExpired
			| Self::OwnerRefused
			| Self::NothingClean
			| Self::DescriptionInvalid
			| Self::ModuleTooLarge
			| Self::ModuleInvalid
			| Self::ImportRefused
			| Self::NotACommand
			| Self::ModuleTooComplex
			| Self::TimeSpent
			| Self::ForbiddenCall => self,
			Self::Held(reason) => Self::Held(shown_reason(reason)),
		}
	}

	/// The refusal of a number, as it stands in a report.
	pub fn of_number(number: u16) -> Option<Self> {
		let held = Reason::ALL.into_iter().map(Self::Held);
		Self::OWN.into_iter().chain(held).find(|refusal| refusal.number() == number)
	}

	/// Whether a report's number stands for a refusal that anyone who repeats the job meets. An unknown one does not.
	pub fn is_deterministic_number(number: u16) -> bool {
		Self::of_number(number).is_some_and(Self::is_deterministic)
	}
}

/// One of the gate's reasons for all of a kind: size, form, content, groups. Those that depend on what was released before
/// stay as they are, since they say nothing of the job.
const fn shown_reason(reason: Reason) -> Reason {
	match reason {
		Reason::OutputTooLarge | Reason::ModelTooLarge | Reason::TooManyOutputs => Reason::OutputTooLarge,
		Reason::NameNotAllowed
		| Reason::ManifestInvalid
		| Reason::OutputUndeclared
		| Reason::OutputMissing
		| Reason::TableInvalid
		| Reason::MetricsInvalid
		| Reason::TextInvalid => Reason::ManifestInvalid,
		Reason::InputWindow(_)
		| Reason::CompressionUnreadable
		| Reason::TooMuchToCheck
		| Reason::EmbeddedRecord
		| Reason::IdentifierEchoed => Reason::InputWindow(Encoding::Raw),
		Reason::GroupTooSmall | Reason::DominantContributor | Reason::ExtremeValue => Reason::GroupTooSmall,
		Reason::BudgetSpent | Reason::DifferenceTooSmall => reason,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn numbers_should_ascend_below_those_of_the_gate() {
		assert!(Refusal::OWN.windows(2).all(|pair| pair[0].number() < pair[1].number()));
		assert!(Refusal::OWN.iter().all(|refusal| refusal.number() < 101));
	}

	#[test]
	fn every_number_should_name_one_refusal() {
		for refusal in Refusal::OWN.into_iter().chain(Reason::ALL.into_iter().map(Refusal::Held)) {
			assert_eq!(Refusal::of_number(refusal.number()), Some(refusal));
		}
		assert_eq!(Refusal::of_number(0), None);
		assert!(!Refusal::is_deterministic_number(0));
	}

	#[test]
	fn list_should_be_the_chain_s() {
		let all = Refusal::OWN.into_iter().chain(Reason::ALL.into_iter().map(Refusal::Held));
		// An unknown number says nothing of a job there, and neither does this one.
		let all = all.filter(|refusal| *refusal != Refusal::ForbiddenCall);
		let line = |refusal: Refusal| {
			format!("{},{},{}", refusal.number(), refusal.code(), refusal.is_deterministic())
		};
		let chain = include_str!("../../../primitives/refusals.csv");
		assert_eq!(chain.lines().skip(1).collect::<Vec<_>>(), all.map(line).collect::<Vec<_>>());
	}

	#[test]
	fn refusal_02_failures_of_a_job_should_all_look_the_same() {
		let shown: std::collections::BTreeSet<_> = [41, 43, 44, 45, 46, 47, 48]
			.map(|number| Refusal::of_number(number).unwrap().shown().number())
			.into();
		assert_eq!(shown, [48].into());
		// What leaves says as much of the job as what stays.
		for refusal in Refusal::OWN {
			assert_eq!(refusal.shown().is_deterministic(), refusal.is_deterministic());
		}
	}

	#[test]
	fn refusal_02_reasons_to_hold_an_output_should_look_like_six() {
		let all = Reason::ALL.into_iter().map(Refusal::Held);
		let shown: std::collections::BTreeSet<_> =
			all.clone().map(|refusal| refusal.shown().number()).collect();
		assert_eq!(shown, [101, 103, 106, 111, 131, 132].into());
		for refusal in all {
			assert_eq!(refusal.shown().is_deterministic(), refusal.is_deterministic());
			assert_eq!(refusal.shown().shown(), refusal.shown());
		}
	}

	#[test]
	fn codes_should_be_different() {
		let codes: std::collections::BTreeSet<_> =
			Refusal::OWN.iter().map(|refusal| refusal.code()).collect();
		assert_eq!(codes.len(), Refusal::OWN.len());
	}
}
