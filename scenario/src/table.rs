//! A CSV file whose every field knows its line and column, so that a mistake in it can be pointed at.

use crate::{Problem, ScenarioError};
use csv::{ErrorKind, ReaderBuilder, StringRecord};
use std::{
	fs,
	path::{Path, PathBuf},
};

/// Reads a whole text file.
pub(crate) fn read_text(file: &Path) -> Result<String, ScenarioError> {
	let bytes = fs::read(file).map_err(|error| at(file, None, Problem::Unreadable(error)))?;
	let text = String::from_utf8(bytes).map_err(|error| {
		let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
		let line = 1 + valid.iter().filter(|byte| **byte == b'\n').count() as u64;
		at(file, Some(line), Problem::NotUtf8)
	})?;
	match text.trim().is_empty() {
		true => Err(at(file, None, Problem::Empty)),
		false => Ok(text),
	}
}

/// An error at a line of a file.
pub(crate) fn at(file: &Path, line: Option<u64>, problem: Problem) -> ScenarioError {
	ScenarioError { file: file.into(), line, column: None, problem }
}

/// The rows of one CSV file with the columns that were asked for. Further columns are ignored.
pub(crate) struct Table<const COLUMNS: usize> {
	file: PathBuf,
	names: [&'static str; COLUMNS],
	positions: [usize; COLUMNS],
	rows: Vec<(u64, StringRecord)>,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
	/// Reads a file that must have the columns `names`.
	pub fn read(file: PathBuf, names: [&'static str; COLUMNS]) -> Result<Self, ScenarioError> {
		let text = read_text(&file)?;
		let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
		let header = reader.headers().map_err(|error| csv_error(&file, error))?;
		let mut positions = [0; COLUMNS];
		for (position, name) in positions.iter_mut().zip(names) {
			let mut found = header.iter().enumerate().filter(|(_, title)| *title == name);
			let in_header = |problem| ScenarioError { column: Some(name), ..at(&file, Some(1), problem) };
			*position = found.next().ok_or_else(|| in_header(Problem::MissingColumn))?.0;
			if found.next().is_some() {
				return Err(in_header(Problem::RepeatedColumn));
			}
		}
		let mut rows = Vec::new();
		for record in reader.records() {
			let record = record.map_err(|error| csv_error(&file, error))?;
			// Every record that was read from a file has a position.
			let line = record.position().map_or(0, csv::Position::line);
			rows.push((line, record));
		}
		Ok(Self { file, names, positions, rows })
	}

	/// The rows in the order of the file.
	pub fn rows(&self) -> impl Iterator<Item = Row<'_, COLUMNS>> {
		self.rows.iter().map(|(line, record)| Row { table: self, line: *line, record })
	}

	/// An error about the whole file.
	pub fn error(&self, problem: Problem) -> ScenarioError {
		at(&self.file, None, problem)
	}

	/// An error at a line, about the column `names[column]`.
	pub fn error_at(&self, line: u64, column: usize, problem: Problem) -> ScenarioError {
		ScenarioError { column: Some(self.names[column]), ..at(&self.file, Some(line), problem) }
	}
}

fn csv_error(file: &Path, error: csv::Error) -> ScenarioError {
	let line = error.position().map(csv::Position::line);
	let problem = match *error.kind() {
		ErrorKind::UnequalLengths { expected_len: expected, len: found, .. } => {
			Problem::FieldCount { found, expected }
		}
		_ => Problem::Csv(error),
	};
	at(file, line, problem)
}

/// One row. Columns are named by their position in the `names` that the table was read with.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a, const COLUMNS: usize> {
	table: &'a Table<COLUMNS>,
	/// Line in the file.
	pub line: u64,
	record: &'a StringRecord,
}

impl<'a, const COLUMNS: usize> Row<'a, COLUMNS> {
	/// What a field holds; nothing is trimmed.
	pub fn text(&self, column: usize) -> &'a str {
		// The reader refuses rows of another length than the header's, in which the position was found.
		self.record.get(self.table.positions[column]).unwrap_or("")
	}

	/// An error about a field of this row.
	pub fn error(&self, column: usize, problem: Problem) -> ScenarioError {
		self.table.error_at(self.line, column, problem)
	}

	/// What a field holds, which must not be nothing.
	pub fn some_text(&self, column: usize) -> Result<String, ScenarioError> {
		match self.text(column) {
			"" => Err(self.error(column, Problem::Missing)),
			text => Ok(text.into()),
		}
	}

	/// A field read by `parse`.
	pub fn value<V>(&self, column: usize, parse: fn(&str) -> Result<V, Problem>) -> Result<V, ScenarioError> {
		match self.text(column) {
			"" => Err(self.error(column, Problem::Missing)),
			text => parse(text).map_err(|problem| self.error(column, problem)),
		}
	}

	/// A field read by `parse` unless it is empty.
	pub fn optional<V>(
		&self,
		column: usize,
		parse: fn(&str) -> Result<V, Problem>,
	) -> Result<Option<V>, ScenarioError> {
		if self.text(column).is_empty() { Ok(None) } else { self.value(column, parse).map(Some) }
	}
}
