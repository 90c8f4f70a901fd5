//! JSON Lines: one object a line, of plain values.

use super::policy::ColumnPolicy;
use super::row::{self, Cell};
use super::{TableError, TableLimits, TablePolicy, TableReport};
use crate::salt::Salt;
use serde_json::{Map, Value};
use std::io::{BufRead, Read, Write};

/// De-identifies JSON Lines. Keys without a policy are dropped with all they hold; keys come out in their
/// alphabetical order. Empty lines are skipped.
///
/// # Errors
///
/// A [`TableError`]; the output is incomplete then and must be thrown away.
pub fn deidentify_json_lines(
	mut input: impl BufRead,
	mut output: impl Write,
	policy: &TablePolicy,
	salt: &Salt,
	limits: &TableLimits,
) -> Result<TableReport, TableError> {
	policy.check()?;
	let mut report = TableReport::default();
	let mut text = Vec::new();
	for line in 1.. {
		text.clear();
		let bound = limits.row_bytes as u64 + 1;
		let count =
			input.by_ref().take(bound).read_until(b'\n', &mut text).map_err(|_| TableError::Unreadable)?;
		if count == 0 {
			break;
		}
		if text.len() > limits.row_bytes {
			return Err(TableError::RowTooLarge { line });
		}
		if text.trim_ascii().is_empty() {
			continue;
		}
		if report.rows == limits.rows {
			return Err(TableError::TooManyRows);
		}
		let object: Map<String, Value> =
			serde_json::from_slice(&text).map_err(|_| TableError::Row { line })?;
		if object.len() > limits.columns {
			return Err(TableError::RowTooLarge { line });
		}
		let result = self::object(&object, policy, salt, line, &mut report)?;
		serde_json::to_writer(&mut output, &result).map_err(|_| TableError::Unwritable)?;
		output.write_all(b"\n").map_err(|_| TableError::Unwritable)?;
	}
	output.flush().map_err(|_| TableError::Unwritable)?;
	Ok(report)
}

fn object(
	object: &Map<String, Value>,
	policy: &TablePolicy,
	salt: &Salt,
	line: u64,
	report: &mut TableReport,
) -> Result<Map<String, Value>, TableError> {
	let mut texts = Vec::with_capacity(object.len());
	for (key, value) in object {
		texts.push(text(value, policy.of(key), line)?);
	}
	let cells = object.keys().zip(&texts).map(|(key, text)| (key.as_str(), policy.of(key), text.as_str()));
	let row = row::apply(cells, salt, line, report)?;
	let stays = object.iter().zip(row).filter_map(|((key, value), cell)| {
		let value = match cell? {
			Cell::Kept(_) => value.clone(),
			Cell::Changed(_) if value.is_null() => Value::Null,
			Cell::Changed(text) => Value::String(text),
		};
		Some((key.clone(), value))
	});
	Ok(stays.collect())
}

/// A plain value as text. What is dropped may be nested: all of it is searched for in the cells that stay.
fn text(value: &Value, policy: ColumnPolicy, line: u64) -> Result<String, TableError> {
	match (value, policy) {
		(Value::Null, _) => Ok(String::new()),
		(Value::Bool(flag), _) => Ok(flag.to_string()),
		(Value::Number(number), _) => Ok(number.to_string()),
		(Value::String(text), _) => Ok(text.clone()),
		(Value::Array(_) | Value::Object(_), ColumnPolicy::Drop) => Ok(value.to_string()),
		(
			Value::Array(_) | Value::Object(_),
			ColumnPolicy::Keep | ColumnPolicy::Generalise(_) | ColumnPolicy::Hash | ColumnPolicy::Uid,
		) => Err(TableError::Cell { line }),
	}
}
