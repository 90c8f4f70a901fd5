//! Tables: CSV and JSON Lines under the column policies of their owner.
//!
//! A column without a policy is dropped. Cells that stay are searched for what was taken out of the same row, and
//! emptied where it is found. A malformed row refuses the table, named by its line and without its values.

mod delimited;
mod lines;
mod policy;
mod row;

pub use delimited::deidentify_csv;
pub use lines::deidentify_json_lines;
pub use policy::{ColumnPolicy, Generalisation, TablePolicy};

use serde::Serialize;
use std::collections::BTreeSet;

/// The most identifiers of a table that are kept, and one more where there are more: searching for them takes memory.
pub const MOST_IDENTIFIERS: usize = 250_000;

/// Bounds on a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableLimits {
	/// Bytes of one row.
	pub row_bytes: usize,
	/// Columns, or keys of one JSON object.
	pub columns: usize,
	/// Rows.
	pub rows: u64,
}

impl Default for TableLimits {
	/// 1 MiB a row, 4,096 columns, 100 million rows.
	fn default() -> Self {
		Self { row_bytes: 1 << 20, columns: 4096, rows: 100_000_000 }
	}
}

/// What was done to a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TableReport {
	/// Rows, without the header.
	pub rows: u64,
	/// Cells that were dropped, rows and columns together.
	pub dropped: u64,
	/// Cells that stay by policy and were emptied, because something taken out of their row stood in them.
	pub emptied: u64,
	/// What was taken out and identifies by its form, in capitals: what no output of a job may hold. More than
	/// [`MOST_IDENTIFIERS`] are not all. They are never written anywhere.
	#[serde(skip)]
	pub identifiers: BTreeSet<String>,
}

/// Why a table is not used. What was written until then must be thrown away.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
	/// No header, or one with an empty or repeated name.
	#[error("the header is missing or ambiguous")]
	Header,
	/// The policy names a column that the header does not have: the owner had another table in mind.
	#[error("the policy names a column that is not in the header")]
	UnknownColumn,
	/// A policy that cannot be applied, such as bins without width.
	#[error("the policy of a column cannot be applied")]
	Policy,
	/// A row with another number of cells, or not in UTF-8, or no JSON object.
	#[error("line {line} is malformed")]
	Row {
		/// Line in the input, from 1.
		line: u64,
	},
	/// A cell that its policy cannot generalise, or that is not a plain value.
	#[error("line {line} has a value that its column's policy cannot be applied to")]
	Cell {
		/// Line in the input, from 1.
		line: u64,
	},
	/// A row longer than [`TableLimits::row_bytes`] or with more columns than [`TableLimits::columns`].
	#[error("line {line} is larger than the limit")]
	RowTooLarge {
		/// Line in the input, from 1.
		line: u64,
	},
	/// More rows than [`TableLimits::rows`].
	#[error("the table has more rows than the limit")]
	TooManyRows,
	/// The input could not be read.
	#[error("the table could not be read")]
	Unreadable,
	/// The result could not be written.
	#[error("the result could not be written")]
	Unwritable,
}
