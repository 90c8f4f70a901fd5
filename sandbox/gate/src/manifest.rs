//! `outputs.json`: what a job says its outputs are.
//!
//! ```json
//! { "version": 1, "outputs": [
//!   { "name": "sizes.csv", "kind": "table",
//!     "keys": ["age_group", "sex"], "counts": ["patients"],
//!     "values": [
//!       { "column": "median_mm", "statistic": "quantile", "q": 0.5, "of": "patients" },
//!       { "column": "volume", "statistic": "sum", "of": "patients",
//!         "contributions": { "largest": "volume_1st", "second": "volume_2nd" } } ] },
//!   { "name": "quality.json", "kind": "metrics", "records": 412 },
//!   { "name": "weights.bin", "kind": "model" } ] }
//! ```
//!
//! The manifest itself is not released. Unknown fields are refused: they would be said and not checked.

use crate::{Reason, bundle};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The manifest's name among a job's outputs.
pub const MANIFEST: &str = "outputs.json";
/// The longest manifest, in bytes.
const LONGEST: usize = 64 << 10;
/// The most key columns of a table. It bounds the subsets that differencing looks at: 2^6.
const MOST_KEYS: usize = 6;
/// The most columns of a table in all.
const MOST_COLUMNS: usize = 64;

/// What a job says its outputs are.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
	/// 1.
	pub version: u32,
	/// One declaration an output.
	pub outputs: Vec<Declaration>,
}

/// What a job says one output is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Declaration {
	/// The output's name.
	pub name: String,
	/// What it is.
	#[serde(flatten)]
	pub kind: Kind,
}

/// What an output is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
	/// A CSV file of groups of people.
	Table {
		/// Columns that say which group a row is about; at most 6.
		keys: Vec<String>,
		/// Columns that say how many people a row stands for; at least one.
		counts: Vec<String>,
		/// Columns of what was computed from these people.
		#[serde(default)]
		values: Vec<ValueColumn>,
	},
	/// A JSON object of named numbers.
	Metrics {
		/// How many people they were computed from.
		records: u64,
	},
	/// Weights.
	Model {},
}

/// A column of computed values.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueColumn {
	/// Its name.
	pub column: String,
	/// How it was computed.
	pub statistic: Statistic,
	/// The count column that says of how many people.
	pub of: String,
	/// For a quantile, which: strictly between 0 and 1.
	#[serde(default)]
	pub q: Option<f64>,
	/// For a sum or a mean, the columns with the largest contributions to the sum. They are checked and not released.
	#[serde(default)]
	pub contributions: Option<Contributions>,
}

/// How a value was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statistic {
	/// Arithmetic mean.
	Mean,
	/// Standard deviation.
	Deviation,
	/// Sum.
	Sum,
	/// The part of the people, 0 to 1, that something holds for.
	Share,
	/// The value that a part `q` of the people are below.
	Quantile,
	/// Smallest value: always refused.
	Minimum,
	/// Largest value: always refused.
	Maximum,
}

/// Columns with the largest contributions to a sum.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contributions {
	/// The largest.
	pub largest: String,
	/// The one after it.
	pub second: String,
}

impl Manifest {
	/// Reads a manifest and checks that it makes sense in itself.
	///
	/// # Errors
	/// [`Reason::ManifestInvalid`].
	pub fn parse(bytes: &[u8]) -> Result<Self, Reason> {
		let invalid = Reason::ManifestInvalid;
		if bytes.len() > LONGEST {
			return Err(invalid);
		}
		let manifest: Self = serde_json::from_slice(bytes).map_err(|_| invalid)?;
		let mut names = BTreeSet::new();
		let distinct = manifest.outputs.iter().all(|declared| names.insert(declared.name.as_str()));
		let sound = manifest.outputs.iter().all(Declaration::is_sound);
		if manifest.version == 1 && distinct && sound { Ok(manifest) } else { Err(invalid) }
	}
}

impl Declaration {
	fn is_sound(&self) -> bool {
		if !bundle::is_allowed_name(&self.name) || self.name == MANIFEST {
			return false;
		}
		match &self.kind {
			Kind::Table { keys, counts, values } => {
				let mut columns = BTreeSet::new();
				let mut fresh = |name: &String| is_column_name(name) && columns.insert(name.clone());
				let named = keys.iter().chain(counts).all(&mut fresh)
					&& values.iter().all(|value| value.columns().all(&mut fresh));
				let counted = values.iter().all(|value| counts.contains(&value.of) && value.is_sound());
				named
					&& counted && keys.len() <= MOST_KEYS
					&& !counts.is_empty()
					&& columns.len() <= MOST_COLUMNS
			}
			Kind::Metrics { .. } | Kind::Model {} => true,
		}
	}
}

impl ValueColumn {
	/// All columns it takes in the job's file.
	pub(crate) fn columns(&self) -> impl Iterator<Item = &String> {
		let hidden = self.contributions.iter().flat_map(|parts| [&parts.largest, &parts.second]);
		std::iter::once(&self.column).chain(hidden)
	}

	fn is_sound(&self) -> bool {
		let summed = matches!(self.statistic, Statistic::Sum | Statistic::Mean);
		let quantile = self.statistic == Statistic::Quantile;
		let q_fits = match self.q {
			Some(q) => quantile && q > 0.0 && q < 1.0,
			None => !quantile,
		};
		q_fits && (summed || self.contributions.is_none())
	}
}

/// Whether a column or metric may be called so: `a-z`, `0-9`, `_` and `.`, at most 64 bytes.
pub(crate) fn is_column_name(name: &str) -> bool {
	let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_.".contains(&byte);
	!name.is_empty() && name.len() <= bundle::LONGEST_NAME && name.bytes().all(allowed)
}
