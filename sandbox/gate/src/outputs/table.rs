//! Declared tables.
//!
//! The rules for magnitudes are those of A. Hundepool et al., "Handbook on Statistical Disclosure Control" (ESSNet SDC),
//! chapter 4, "Magnitude tabular data": with a cell's total X and its contributions x1 ≥ x2 ≥ ..., a cell is unsafe by the
//! (n, k)-dominance rule where x1 + ... + xn > k/100 · X, and by the p %-rule where X − x1 − x2 < p/100 · x1, that is where
//! the second contributor can estimate the first to within p %. Here n = 1, k = 50 and p = 10, and both must pass.

use super::{Cell, Key, cells::short_hash, names_an_extreme, rounding};
use crate::{Contributions, Policy, Reason, Statistic, ValueColumn};
use std::collections::{BTreeMap, BTreeSet};

/// The most counts of one table: what the ledger keeps of it is bounded by them.
const MOST_CELLS: usize = 4_096;
/// The longest key, in bytes.
const LONGEST_KEY: usize = 64;
/// k of the (1, k)-dominance rule, as a part of 1.
const DOMINANCE: f64 = 0.50;
/// p of the p %-rule, as a part of 1.
const PROTECTION: f64 = 0.10;

/// The declared columns of a table.
pub struct Columns<'a> {
	/// Key columns.
	pub keys: &'a [String],
	/// Count columns.
	pub counts: &'a [String],
	/// Value columns.
	pub values: &'a [ValueColumn],
}

/// A table cannot be read as declared.
struct NotAsDeclared;

/// Checks a table. Returns its canonical form (columns in the declared order, rows ascending by key, values rounded,
/// contributions left out) and its counts; none where it cannot be read as declared.
pub fn check(
	bytes: &[u8],
	columns: &Columns,
	policy: &Policy,
	reasons: &mut BTreeSet<Reason>,
) -> Option<(Vec<u8>, Vec<Cell>)> {
	let extreme = |value: &ValueColumn| {
		matches!(value.statistic, Statistic::Minimum | Statistic::Maximum) || names_an_extreme(&value.column)
	};
	if columns.values.iter().any(extreme) {
		reasons.insert(Reason::ExtremeValue);
	}
	match read(bytes, columns, policy, reasons) {
		Ok(read) => Some(read),
		Err(NotAsDeclared) => {
			reasons.insert(Reason::TableInvalid);
			None
		}
	}
}

fn read(
	bytes: &[u8],
	columns: &Columns,
	policy: &Policy,
	reasons: &mut BTreeSet<Reason>,
) -> Result<(Vec<u8>, Vec<Cell>), NotAsDeclared> {
	let mut reader = csv::Reader::from_reader(bytes);
	let places = places(reader.headers().map_err(|_| NotAsDeclared)?, columns)?;
	let mut rows: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
	let mut cells = Vec::new();
	for record in reader.records() {
		let record = record.map_err(|_| NotAsDeclared)?;
		let row = Row { record: &record, places: &places };
		let keys = row.keys(columns)?;
		let counts = row.counts(columns)?;
		if cells.len() + counts.len() > MOST_CELLS {
			return Err(NotAsDeclared);
		}
		if counts.values().any(|&count| count < policy.smallest_group) {
			reasons.insert(Reason::GroupTooSmall);
		}
		let mut numbers: Vec<String> =
			columns.counts.iter().filter_map(|name| counts.get(name.as_str())).map(u64::to_string).collect();
		for value in columns.values {
			let count = *counts.get(value.of.as_str()).ok_or(NotAsDeclared)?;
			reasons.extend(row.reason_against(value, count, policy.smallest_group)?);
			let text = row.text(&value.column)?;
			numbers.push(rounding::rounded(text, policy.significant_digits).ok_or(NotAsDeclared)?);
		}
		let conditions = conditions(columns.keys, &keys);
		cells.extend(counts.iter().map(|(name, count)| Cell {
			counted: short_hash(name),
			keys: conditions.clone(),
			count: *count,
		}));
		if rows.insert(keys, numbers).is_some() {
			return Err(NotAsDeclared);
		}
	}
	Ok((write(columns, &rows)?, cells))
}

/// Where each declared column stands. The header must have these and no others.
fn places(header: &csv::StringRecord, columns: &Columns) -> Result<BTreeMap<String, usize>, NotAsDeclared> {
	let declared: BTreeSet<&str> = columns
		.keys
		.iter()
		.chain(columns.counts)
		.chain(columns.values.iter().flat_map(ValueColumn::columns))
		.map(String::as_str)
		.collect();
	let places: BTreeMap<String, usize> =
		header.iter().enumerate().map(|(place, name)| (name.to_owned(), place)).collect();
	let same = places.keys().map(String::as_str).eq(declared) && places.len() == header.len();
	if same { Ok(places) } else { Err(NotAsDeclared) }
}

struct Row<'a> {
	record: &'a csv::StringRecord,
	places: &'a BTreeMap<String, usize>,
}

impl Row<'_> {
	fn text(&self, column: &str) -> Result<&str, NotAsDeclared> {
		self.places.get(column).and_then(|&place| self.record.get(place)).ok_or(NotAsDeclared)
	}

	fn number(&self, column: &str) -> Result<f64, NotAsDeclared> {
		let number: f64 = self.text(column)?.trim().parse().map_err(|_| NotAsDeclared)?;
		if number.is_finite() { Ok(number) } else { Err(NotAsDeclared) }
	}

	fn keys(&self, columns: &Columns) -> Result<Vec<String>, NotAsDeclared> {
		let key = |column: &String| {
			let text = self.text(column)?.trim();
			let plain = text.len() <= LONGEST_KEY && !text.chars().any(char::is_control);
			if plain { Ok(text.to_owned()) } else { Err(NotAsDeclared) }
		};
		columns.keys.iter().map(key).collect()
	}

	fn counts<'c>(&self, columns: &'c Columns) -> Result<BTreeMap<&'c str, u64>, NotAsDeclared> {
		let count = |column: &'c String| {
			let text = self.text(column)?.trim();
			// `parse` takes a sign, which a count has none of.
			let digits = text.bytes().all(|byte| byte.is_ascii_digit());
			let count = text.parse().ok().filter(|_| digits).ok_or(NotAsDeclared)?;
			Ok((column.as_str(), count))
		};
		columns.counts.iter().map(count).collect()
	}

	/// What speaks against one value that stands for `count` people.
	fn reason_against(
		&self,
		value: &ValueColumn,
		count: u64,
		smallest_group: u64,
	) -> Result<Option<Reason>, NotAsDeclared> {
		let number = self.number(&value.column)?;
		// Counts above 2^53 lose digits as a float; no group of people is that large.
		let (people, smallest) = (count as f64, smallest_group as f64);
		// The people on either side of a part: both are a group that the number stands for.
		let either_side = |part: f64| people * part >= smallest && people * (1.0 - part) >= smallest;
		Ok(match value.statistic {
			Statistic::Minimum | Statistic::Maximum => Some(Reason::ExtremeValue),
			Statistic::Quantile => {
				let safe = value.q.is_some_and(either_side);
				(!safe).then_some(Reason::ExtremeValue)
			}
			// A share is a count in other words.
			Statistic::Share => (!either_side(number)).then_some(Reason::GroupTooSmall),
			Statistic::Deviation => None,
			Statistic::Sum => self.dominance(value.contributions.as_ref(), number)?,
			Statistic::Mean => self.dominance(value.contributions.as_ref(), number * people)?,
		})
	}

	fn dominance(
		&self,
		declared: Option<&Contributions>,
		total: f64,
	) -> Result<Option<Reason>, NotAsDeclared> {
		let Some(columns) = declared else { return Ok(None) };
		let (total, largest, second) =
			(total.abs(), self.number(&columns.largest)?.abs(), self.number(&columns.second)?.abs());
		if second > largest {
			return Err(NotAsDeclared);
		}
		let dominated = largest > DOMINANCE * total || total - largest - second < PROTECTION * largest;
		Ok(dominated.then_some(Reason::DominantContributor))
	}
}

fn conditions(columns: &[String], values: &[String]) -> Vec<Key> {
	let mut keys: Vec<Key> = columns
		.iter()
		.zip(values)
		.map(|(column, value)| Key { column: short_hash(column), value: short_hash(value) })
		.collect();
	keys.sort();
	keys
}

fn write(columns: &Columns, rows: &BTreeMap<Vec<String>, Vec<String>>) -> Result<Vec<u8>, NotAsDeclared> {
	let values = columns.values.iter().map(|value| &value.column);
	let mut writer = csv::Writer::from_writer(Vec::new());
	writer
		.write_record(columns.keys.iter().chain(columns.counts).chain(values))
		.map_err(|_| NotAsDeclared)?;
	for (keys, numbers) in rows {
		writer.write_record(keys.iter().chain(numbers)).map_err(|_| NotAsDeclared)?;
	}
	writer.into_inner().map_err(|_| NotAsDeclared)
}
