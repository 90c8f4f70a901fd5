//! Comma-separated values (RFC 4180), with a header.

use super::policy::ColumnPolicy;
use super::row::{self, Cell};
use super::{TableError, TableLimits, TablePolicy, TableReport};
use crate::salt::Salt;
use csv::{ByteRecord, ErrorKind, ReaderBuilder, StringRecord, Writer};
use std::cell::Cell as Shared;
use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::rc::Rc;

/// Bytes the CSV reader may have asked for beyond the row it is at.
const READ_AHEAD: u64 = 64 << 10;

/// De-identifies a CSV table row by row.
///
/// # Errors
///
/// A [`TableError`]; the output is incomplete then and must be thrown away.
pub fn deidentify_csv(
	input: impl Read,
	output: impl Write,
	policy: &TablePolicy,
	salt: &Salt,
	limits: &TableLimits,
) -> Result<TableReport, TableError> {
	policy.check()?;
	let row_start = Rc::new(Shared::new(0));
	let bounded = Bounded {
		inner: input,
		read: 0,
		row_start: Rc::clone(&row_start),
		row_bytes: limits.row_bytes as u64 + READ_AHEAD,
	};
	let mut reader = ReaderBuilder::new().has_headers(true).flexible(false).from_reader(bounded);
	let header = reader.headers().map_err(|error| row_error(&error, 1))?.clone();
	let policies = policies(&header, policy, limits)?;
	let mut writer = Writer::from_writer(output);
	let stays = header.iter().zip(&policies).filter(|(_, policy)| **policy != ColumnPolicy::Drop);
	writer.write_record(stays.map(|(name, _)| name)).map_err(|_| TableError::Unwritable)?;

	let mut report = TableReport::default();
	let mut record = StringRecord::new();
	loop {
		let line = reader.position().line();
		row_start.set(reader.position().byte());
		if !reader.read_record(&mut record).map_err(|error| row_error(&error, line))? {
			break;
		}
		let line = record.position().map_or(line, csv::Position::line);
		if record.as_slice().len() > limits.row_bytes {
			return Err(TableError::RowTooLarge { line });
		}
		if report.rows == limits.rows {
			return Err(TableError::TooManyRows);
		}
		let cells =
			header.iter().zip(&policies).zip(&record).map(|((name, policy), cell)| (name, *policy, cell));
		let row = row::apply(cells, salt, line, &mut report)?;
		let row: ByteRecord = row
			.iter()
			.flatten()
			.map(|cell| match cell {
				Cell::Kept(value) => value,
				Cell::Changed(value) => value.as_str(),
			})
			.collect();
		writer.write_byte_record(&row).map_err(|_| TableError::Unwritable)?;
	}
	writer.flush().map_err(|_| TableError::Unwritable)?;
	Ok(report)
}

/// The policy of each column, in the header's order.
fn policies(
	header: &StringRecord,
	policy: &TablePolicy,
	limits: &TableLimits,
) -> Result<Vec<ColumnPolicy>, TableError> {
	if header.len() > limits.columns {
		return Err(TableError::RowTooLarge { line: 1 });
	}
	let names: BTreeSet<&str> = header.iter().collect();
	if names.is_empty() || names.len() != header.len() || names.contains("") {
		return Err(TableError::Header);
	}
	if !policy.columns.keys().all(|name| names.contains(name.as_str())) {
		return Err(TableError::UnknownColumn);
	}
	Ok(header.iter().map(|name| policy.of(name)).collect())
}

fn row_error(error: &csv::Error, line: u64) -> TableError {
	let line = error.position().map_or(line, csv::Position::line);
	match error.kind() {
		ErrorKind::Io(cause) if cause.kind() == io::ErrorKind::FileTooLarge => {
			TableError::RowTooLarge { line }
		}
		ErrorKind::Io(_) => TableError::Unreadable,
		_ => TableError::Row { line },
	}
}

/// Stops a row without an end (a quote that is never closed) before it fills the memory.
struct Bounded<R> {
	inner: R,
	read: u64,
	row_start: Rc<Shared<u64>>,
	row_bytes: u64,
}

impl<R: Read> Read for Bounded<R> {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		if self.read.saturating_sub(self.row_start.get()) > self.row_bytes {
			return Err(io::ErrorKind::FileTooLarge.into());
		}
		let count = self.inner.read(buffer)?;
		self.read += count as u64;
		Ok(count)
	}
}
