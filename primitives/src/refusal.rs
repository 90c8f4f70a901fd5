//! Why a runner refuses a job: the numbers that reports carry, and which of them say something about the job.

/// A runner's reason for refusing a job or its output. Numbers never change; one that is no longer used is not given out
/// again.
///
/// The runner stands in a workspace of its own and has the same numbers with their codes and words; both are held to
/// `primitives/refusals.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
#[expect(missing_docs, reason = "the runner's own list says what each is")]
pub enum Refusal {
	OtherCode = 1,
	OtherParameters = 2,
	OtherInput = 3,
	InputTooLarge = 4,
	ArchiveInvalid = 5,
	PermitRevoked = 11,
	PermitExpired = 12,
	OwnerRefused = 13,
	NothingClean = 21,
	DescriptionInvalid = 22,
	ModuleTooLarge = 31,
	ModuleInvalid = 32,
	ImportRefused = 33,
	NotACommand = 34,
	ModuleTooComplex = 35,
	FuelSpent = 41,
	TimeSpent = 42,
	MemorySpent = 43,
	TablesSpent = 44,
	StackSpent = 45,
	OutputSpent = 46,
	Trapped = 47,
	ExitedWithError = 48,
	OutputTooLarge = 101,
	ModelTooLarge = 102,
	BudgetSpent = 103,
	TooManyOutputs = 104,
	NameNotAllowed = 105,
	ManifestInvalid = 106,
	OutputUndeclared = 107,
	OutputMissing = 108,
	InputWindowRaw = 111,
	InputWindowReversed = 112,
	InputWindowHex = 113,
	InputWindowBase64 = 114,
	InputWindowSwapped = 115,
	InputWindowNumbers = 116,
	InputWindowInflated = 117,
	CompressionUnreadable = 121,
	TooMuchToCheck = 122,
	GroupTooSmall = 131,
	DifferenceTooSmall = 132,
	DominantContributor = 133,
	ExtremeValue = 134,
	TableInvalid = 135,
	MetricsInvalid = 136,
	EmbeddedRecord = 141,
	TextInvalid = 151,
	IdentifierEchoed = 152,
}

impl Refusal {
	/// All of them, by ascending number.
	pub const ALL: [Self; 49] = [
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
		Self::OutputTooLarge,
		Self::ModelTooLarge,
		Self::BudgetSpent,
		Self::TooManyOutputs,
		Self::NameNotAllowed,
		Self::ManifestInvalid,
		Self::OutputUndeclared,
		Self::OutputMissing,
		Self::InputWindowRaw,
		Self::InputWindowReversed,
		Self::InputWindowHex,
		Self::InputWindowBase64,
		Self::InputWindowSwapped,
		Self::InputWindowNumbers,
		Self::InputWindowInflated,
		Self::CompressionUnreadable,
		Self::TooMuchToCheck,
		Self::GroupTooSmall,
		Self::DifferenceTooSmall,
		Self::DominantContributor,
		Self::ExtremeValue,
		Self::TableInvalid,
		Self::MetricsInvalid,
		Self::EmbeddedRecord,
		Self::TextInvalid,
		Self::IdentifierEchoed,
	];

	/// The number that a report carries.
	pub const fn number(self) -> u16 {
		self as u16
	}

	/// The refusal of a number. None for one that no runner refuses with, such as those of its machine's own failures.
	pub fn of_number(number: u16) -> Option<Self> {
		Self::ALL.into_iter().find(|refusal| refusal.number() == number)
	}

	/// Whether anyone who repeats the job meets the same. What is not depends on a clock or a machine, on a decision, on
	/// what one operator released before, or on what was handed to one operator: code, parameters and keys come to each by
	/// itself, and whoever hands it another one must not make it contradict the first.
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
			| Self::BudgetSpent
			| Self::DifferenceTooSmall => false,
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
			| Self::ExitedWithError
			| Self::OutputTooLarge
			| Self::ModelTooLarge
			| Self::TooManyOutputs
			| Self::NameNotAllowed
			| Self::ManifestInvalid
			| Self::OutputUndeclared
			| Self::OutputMissing
			| Self::InputWindowRaw
			| Self::InputWindowReversed
			| Self::InputWindowHex
			| Self::InputWindowBase64
			| Self::InputWindowSwapped
			| Self::InputWindowNumbers
			| Self::InputWindowInflated
			| Self::CompressionUnreadable
			| Self::TooMuchToCheck
			| Self::GroupTooSmall
			| Self::DominantContributor
			| Self::ExtremeValue
			| Self::TableInvalid
			| Self::MetricsInvalid
			| Self::EmbeddedRecord
			| Self::TextInvalid
			| Self::IdentifierEchoed => true,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::{format, string::String, vec::Vec};

	/// `number,code,deterministic`; the runner's own test reads the same file.
	const LIST: &str = include_str!("../refusals.csv");

	/// `InputWindowBase64` as the runner's code has it: `input_window_base64`.
	fn snake(name: &str) -> String {
		let mut code = String::new();
		for letter in name.chars() {
			if letter.is_ascii_uppercase() && !code.is_empty() {
				code.push('_');
			}
			code.push(letter.to_ascii_lowercase());
		}
		code
	}

	#[test]
	fn list_should_be_the_runners() {
		let line = |refusal: Refusal| {
			let code = snake(&format!("{refusal:?}"));
			format!("{},{code},{}", refusal.number(), refusal.is_deterministic())
		};
		let own: Vec<_> = Refusal::ALL.map(line).into();
		assert_eq!(LIST.lines().skip(1).collect::<Vec<_>>(), own);
	}

	#[test]
	fn every_number_should_name_one_refusal() {
		for refusal in Refusal::ALL {
			assert_eq!(Refusal::of_number(refusal.number()), Some(refusal));
		}
		assert_eq!([0, 49, 301].map(Refusal::of_number), [None; 3]);
	}
}
