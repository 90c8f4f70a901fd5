//! What can be wrong with a scenario, told in one line with the place to look at.

use std::{fmt, path::PathBuf};

/// A scenario that cannot be used: which file, where in it, and why.
///
/// Displayed as one line: `march/calls.csv:12: column units: "3x" is not a whole number`.
#[derive(Debug)]
pub struct ScenarioError {
	/// The file, as it was opened.
	pub file: PathBuf,
	/// Line in it, from 1 on; none where the whole file is meant.
	pub line: Option<u64>,
	/// Name of the column; none where the whole line is meant.
	pub column: Option<&'static str>,
	/// What is wrong there.
	pub problem: Problem,
}

impl fmt::Display for ScenarioError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}", self.file.display())?;
		if let Some(line) = self.line {
			write!(f, ":{line}")?;
		}
		if let Some(column) = self.column {
			write!(f, ": column {column}")?;
		}
		write!(f, ": {}", self.problem)
	}
}

impl std::error::Error for ScenarioError {}

/// What can be wrong at one place of a scenario. Texts in quotes are the file's own.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
	/// The file cannot be opened or read.
	#[error("cannot be read: {0}")]
	Unreadable(std::io::Error),
	/// The file holds bytes that are no UTF-8.
	#[error("not UTF-8")]
	NotUtf8,
	/// Nothing is in the file, not even a header.
	#[error("the file is empty")]
	Empty,
	/// A scenario without assets has nothing to settle.
	#[error("no assets")]
	NoAssets,
	/// The header lacks a column.
	#[error("the header lacks it")]
	MissingColumn,
	/// The header names a column twice.
	#[error("the header names it twice")]
	RepeatedColumn,
	/// A row has more or fewer fields than the header.
	#[error("{found} fields where the header has {expected}")]
	FieldCount {
		/// Fields of the row.
		found: u64,
		/// Fields of the header.
		expected: u64,
	},
	/// The CSV reader's own complaint.
	#[error("{0}")]
	Csv(csv::Error),
	/// The JSON reader's own complaint.
	#[error("{0}")]
	Json(serde_json::Error),
	/// A field that must hold something is empty.
	#[error("is empty")]
	Missing,
	/// Not a whole number of digits, or one that fits in no variable.
	#[error("{0:?} is not a whole number")]
	NotANumber(String),
	/// A number of at least one was expected.
	#[error("must be more than 0")]
	Zero,
	/// More than 100 %.
	#[error("{0} basis points are more than 10,000 (100 %)")]
	TooManyBasisPoints(u32),
	/// Not an amount in U.
	#[error("{0:?} is not an amount in U (digits, and a point before up to six decimals)")]
	NotAnAmount(String),
	/// Less than a micro-U.
	#[error("{0:?} has more than six decimals")]
	TooPrecise(String),
	/// Not a month.
	#[error("{0:?} is not a month of the form 2026-03")]
	NotAMonth(String),
	/// Not one of a column's words.
	#[error("{found:?} is none of {allowed}")]
	UnknownWord {
		/// What the field holds.
		found: String,
		/// What it may hold.
		allowed: &'static str,
	},
	/// A handle that the chain would refuse.
	#[error("a handle is 1 to 256 printable ASCII characters without spaces")]
	BadHandle,
	/// A second asset of one handle.
	#[error("{handle:?} is already on line {first}")]
	RepeatedHandle {
		/// The handle.
		handle: String,
		/// Line of the first one.
		first: u64,
	},
	/// A second edge between the same two assets, or a second row for one asset.
	#[error("the same as line {first}")]
	RepeatedRow {
		/// Line of the first one.
		first: u64,
	},
	/// A handle that `assets.csv` does not have.
	#[error("unknown asset {0:?}")]
	UnknownAsset(String),
	/// Assets that descend from themselves.
	#[error("a cycle: {0}")]
	Cycle(String),
	/// Revenue of a derivative is shared with its ancestors; here nobody is left to share with.
	#[error("{0:?} has no eligible ancestor (`share` terms and active), so it cannot report revenue")]
	NoEligibleAncestor(String),
}
