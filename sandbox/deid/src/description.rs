//! What an owner says of a medical asset when sealing it.

use crate::columns::TablePolicy;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The file of an asset's archive that holds its [`Description`]. No job sees it.
pub const DESCRIPTION: &str = "heirloom.json";

/// An owner's description of an asset, sealed along with it.
///
/// ```json
/// {
///   "version": 1,
///   "release_year": 2026,
///   "tables": { "labels.csv": { "columns": { "instance": "uid", "malignant": "keep" } } }
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
	/// 1.
	pub version: u32,
	/// Year in which the asset is sealed. Where it is not stated no year of birth is kept.
	#[serde(default)]
	pub release_year: Option<u16>,
	/// The policies of the asset's tables (`.csv`, `.jsonl`, `.ndjson`), by name within the archive. A table without one is
	/// not used.
	#[serde(default)]
	pub tables: BTreeMap<String, TablePolicy>,
}

/// A description is malformed.
#[derive(Debug, thiserror::Error)]
#[error("the description of an asset is malformed")]
pub struct MalformedDescription;

impl Description {
	/// A year so late that nobody's year of birth is kept.
	const LATEST: u16 = u16::MAX;

	/// Reads a description.
	///
	/// # Errors
	/// [`MalformedDescription`], also for another version and for fields that are not known: what an owner asked for would
	/// not be done.
	pub fn parse(bytes: &[u8]) -> Result<Self, MalformedDescription> {
		let description: Self = serde_json::from_slice(bytes).map_err(|_| MalformedDescription)?;
		if description.version == 1 { Ok(description) } else { Err(MalformedDescription) }
	}

	/// The year that ages are reckoned to.
	pub fn reckoned_year(&self) -> u16 {
		self.release_year.unwrap_or(Self::LATEST)
	}
}

impl Default for Description {
	/// That of an owner who says nothing.
	fn default() -> Self {
		Self { version: 1, release_year: None, tables: BTreeMap::new() }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::columns::ColumnPolicy;

	#[test]
	fn description_should_be_read() {
		let text = br#"{"version": 1, "release_year": 2026,
			"tables": {"labels.csv": {"columns": {"instance": "uid", "malignant": "keep"}}}}"#;
		let description = Description::parse(text).unwrap();
		assert_eq!(description.reckoned_year(), 2026);
		assert_eq!(description.tables["labels.csv"].columns["instance"], ColumnPolicy::Uid);
	}

	#[test]
	fn what_is_not_known_should_be_refused() {
		for text in [&b"{}"[..], br#"{"version": 2}"#, br#"{"version": 1, "masks": []}"#, b"version: 1"] {
			assert!(Description::parse(text).is_err());
		}
	}

	#[test]
	fn no_year_should_be_the_latest() {
		assert_eq!(Description::default().reckoned_year(), 65_535);
	}
}
