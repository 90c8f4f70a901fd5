//! What a scenario's settlement must come to, as `settle.py --write` left it.

use crate::{
	Micro, Problem, ScenarioError,
	read::{Names, named},
	table::{Table, at, read_text},
	values::number,
};
use serde::Deserialize;
use std::{
	collections::{BTreeMap, HashMap},
	path::Path,
};

/// The settlement that a scenario states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
	/// The assets that have a statement, in the order of the file.
	pub rows: Vec<ExpectedRow>,
	/// The totals, where `expected.json` is there.
	pub totals: Option<ExpectedTotals>,
}

/// One asset's expected statement. Amounts are micro-U.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpectedRow {
	/// Position of the asset in the scenario.
	pub asset: usize,
	/// Its weight in basis points, where one was needed.
	pub weight: Option<u32>,
	/// Its shares of its descendants' pots.
	pub shared: Micro,
	/// Its own part of its call fees.
	pub call_fees: Micro,
	/// Paid, in whole cents.
	pub paid: Micro,
	/// Carried to the next month.
	pub carried: Micro,
}

/// The expected totals. Amounts are micro-U.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ExpectedTotals {
	/// Assets in all.
	pub assets: u32,
	/// Assets on the list at the close.
	pub active: u32,
	/// Pairs of earning derivative and eligible ancestor.
	pub pairs: u64,
	/// Derivatives with a pot.
	pub pots: u32,
	/// Sum of the pots.
	pub revenue: Micro,
	/// Sum of what stayed with the assets it was booked for.
	pub call_fees: Micro,
	/// To the ecosystem pool.
	pub pool: Micro,
	/// Paid out.
	pub paid: Micro,
	/// Carried to the next month.
	pub carried: Micro,
	/// Assets that were paid.
	pub payees: u32,
	/// Average attested quality by kind, in basis points.
	pub average_quality_bps: BTreeMap<String, u32>,
}

const COLUMNS: [&str; 6] =
	["asset", "weight_bps", "shared_micro", "call_fees_micro", "paid_micro", "carried_micro"];

impl Expected {
	/// Reads the expectation in a directory; none where there is no `expected.csv`.
	pub(crate) fn read(directory: &Path, names: &Names) -> Result<Option<Self>, ScenarioError> {
		let (rows_file, totals_file) = (directory.join("expected.csv"), directory.join("expected.json"));
		if !rows_file.exists() {
			return Ok(None);
		}
		let table = Table::read(rows_file, COLUMNS)?;
		let (mut rows, mut seen) = (Vec::new(), HashMap::new());
		for row in table.rows() {
			let asset = named(&row, 0, names)?;
			if let Some(first) = seen.insert(asset, row.line) {
				return Err(row.error(0, Problem::RepeatedRow { first }));
			}
			rows.push(ExpectedRow {
				asset,
				weight: row.optional(1, number)?,
				shared: row.value(2, number)?,
				call_fees: row.value(3, number)?,
				paid: row.value(4, number)?,
				carried: row.value(5, number)?,
			});
		}
		let totals = match totals_file.exists() {
			false => None,
			true => serde_json::from_str(&read_text(&totals_file)?)
				.map_err(|error| at(&totals_file, Some(error.line() as u64), Problem::Json(error)))?,
		};
		Ok(Some(Self { rows, totals }))
	}
}
