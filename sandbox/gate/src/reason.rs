//! Why an output is held.

use crate::leak::Encoding;

/// Why an output does not leave by itself. None of them says anything of the data: neither a value nor a place.
///
/// Codes and numbers never change; a number that is no longer used is not given out again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Reason {
	/// All outputs, or their padded bundle, are more than permit, policy and input allow.
	#[error("the outputs are larger than agreed")]
	OutputTooLarge,
	/// The declared models are more than the policy allows for models.
	#[error("the models are larger than the policy allows")]
	ModelTooLarge,
	/// The consumer has been given as much of the asset as the budget allows.
	#[error("the budget of released bytes is spent")]
	BudgetSpent,
	/// More files than a bundle takes.
	#[error("there are more outputs than a bundle takes")]
	TooManyOutputs,
	/// A name is not of the allowed form, or is there twice.
	#[error("an output's name is not allowed")]
	NameNotAllowed,
	/// The manifest is not of the form that is documented.
	#[error("the manifest cannot be understood")]
	ManifestInvalid,
	/// An output is not declared, or there is no manifest.
	#[error("an output is not declared")]
	OutputUndeclared,
	/// A declared output was not written.
	#[error("a declared output is missing")]
	OutputMissing,
	/// A piece of the input of [`crate::WINDOW`] bytes is in the output.
	#[error("the output holds a piece of the input ({0})")]
	InputWindow(Encoding),
	/// Something compressed that the gate recognises and does not inflate.
	#[error("the output holds compressed data that cannot be looked into")]
	CompressionUnreadable,
	/// Nested or inflated beyond what the gate looks through.
	#[error("the output unfolds into more than can be checked")]
	TooMuchToCheck,
	/// A number stands for fewer people than the policy's smallest group, or for none.
	#[error("a number stands for too small a group")]
	GroupTooSmall,
	/// Set against numbers released before, or beside it, a number isolates fewer people than the smallest group. Also where
	/// there are too many ways to set them against each other.
	#[error("the difference of two released numbers stands for too small a group")]
	DifferenceTooSmall,
	/// One or two contributors make up too much of a sum.
	#[error("a number is dominated by a single contributor")]
	DominantContributor,
	/// A minimum, a maximum, or a quantile so far out that it is one record's own value.
	#[error("a number is a single record's own value")]
	ExtremeValue,
	/// A declared table is not of the declared form.
	#[error("a table is not of the declared form")]
	TableInvalid,
	/// Declared metrics are not of the documented form.
	#[error("metrics are not of the documented form")]
	MetricsInvalid,
	/// A model's weights hold a run of input values.
	#[error("a model embeds records of the input")]
	EmbeddedRecord,
	/// A log or an error is too long, not UTF-8, or has control characters.
	#[error("a text is not of the form that can be released")]
	TextInvalid,
	/// An identifier that was taken out of the input is in the output.
	#[error("the output repeats an identifier")]
	IdentifierEchoed,
}

impl Reason {
	/// All reasons, by ascending number.
	pub const ALL: [Self; 26] = [
		Self::OutputTooLarge,
		Self::ModelTooLarge,
		Self::BudgetSpent,
		Self::TooManyOutputs,
		Self::NameNotAllowed,
		Self::ManifestInvalid,
		Self::OutputUndeclared,
		Self::OutputMissing,
		Self::InputWindow(Encoding::Raw),
		Self::InputWindow(Encoding::Reversed),
		Self::InputWindow(Encoding::Hex),
		Self::InputWindow(Encoding::Base64),
		Self::InputWindow(Encoding::Swapped),
		Self::InputWindow(Encoding::Numbers),
		Self::InputWindow(Encoding::Inflated),
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

	/// The number that a report on chain carries.
	pub const fn number(self) -> u16 {
		match self {
			Self::OutputTooLarge => 101,
			Self::ModelTooLarge => 102,
			Self::BudgetSpent => 103,
			Self::TooManyOutputs => 104,
			Self::NameNotAllowed => 105,
			Self::ManifestInvalid => 106,
			Self::OutputUndeclared => 107,
			Self::OutputMissing => 108,
			Self::InputWindow(Encoding::Raw) => 111,
			Self::InputWindow(Encoding::Reversed) => 112,
			Self::InputWindow(Encoding::Hex) => 113,
			Self::InputWindow(Encoding::Base64) => 114,
			Self::InputWindow(Encoding::Swapped) => 115,
			Self::InputWindow(Encoding::Numbers) => 116,
			Self::InputWindow(Encoding::Inflated) => 117,
			Self::CompressionUnreadable => 121,
			Self::TooMuchToCheck => 122,
			Self::GroupTooSmall => 131,
			Self::DifferenceTooSmall => 132,
			Self::DominantContributor => 133,
			Self::ExtremeValue => 134,
			Self::TableInvalid => 135,
			Self::MetricsInvalid => 136,
			Self::EmbeddedRecord => 141,
			Self::TextInvalid => 151,
			Self::IdentifierEchoed => 152,
		}
	}

	/// The code that people and programs see.
	pub const fn code(self) -> &'static str {
		match self {
			Self::OutputTooLarge => "output_too_large",
			Self::ModelTooLarge => "model_too_large",
			Self::BudgetSpent => "budget_spent",
			Self::TooManyOutputs => "too_many_outputs",
			Self::NameNotAllowed => "name_not_allowed",
			Self::ManifestInvalid => "manifest_invalid",
			Self::OutputUndeclared => "output_undeclared",
			Self::OutputMissing => "output_missing",
			Self::InputWindow(Encoding::Raw) => "input_window_raw",
			Self::InputWindow(Encoding::Reversed) => "input_window_reversed",
			Self::InputWindow(Encoding::Hex) => "input_window_hex",
			Self::InputWindow(Encoding::Base64) => "input_window_base64",
			Self::InputWindow(Encoding::Swapped) => "input_window_swapped",
			Self::InputWindow(Encoding::Numbers) => "input_window_numbers",
			Self::InputWindow(Encoding::Inflated) => "input_window_inflated",
			Self::CompressionUnreadable => "compression_unreadable",
			Self::TooMuchToCheck => "too_much_to_check",
			Self::GroupTooSmall => "group_too_small",
			Self::DifferenceTooSmall => "difference_too_small",
			Self::DominantContributor => "dominant_contributor",
			Self::ExtremeValue => "extreme_value",
			Self::TableInvalid => "table_invalid",
			Self::MetricsInvalid => "metrics_invalid",
			Self::EmbeddedRecord => "embedded_record",
			Self::TextInvalid => "text_invalid",
			Self::IdentifierEchoed => "identifier_echoed",
		}
	}

	/// The reason of a code, as it stands in a quarantine's entry.
	pub fn of_code(code: &str) -> Option<Self> {
		Self::ALL.into_iter().find(|reason| reason.code() == code)
	}

	/// Whether anyone who repeats the job finds the same. The two that are not depend on what this operator released
	/// before: another operator's ledger has another past.
	pub const fn is_deterministic(self) -> bool {
		match self {
			Self::BudgetSpent | Self::DifferenceTooSmall => false,
			Self::OutputTooLarge
			| Self::ModelTooLarge
			| Self::TooManyOutputs
			| Self::NameNotAllowed
			| Self::ManifestInvalid
			| Self::OutputUndeclared
			| Self::OutputMissing
			| Self::InputWindow(_)
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

	#[test]
	fn numbers_should_ascend() {
		assert!(Reason::ALL.windows(2).all(|pair| pair[0].number() < pair[1].number()));
	}

	#[test]
	fn codes_should_name_one_reason_each() {
		for reason in Reason::ALL {
			assert_eq!(Reason::of_code(reason.code()), Some(reason));
		}
		assert_eq!(Reason::of_code("no_such_code"), None);
	}
}
