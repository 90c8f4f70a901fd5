//! What an owner may decide about a column.

use super::TableError;
use crate::salt::{Domain, Salt};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Policies by column name; a column that is not named is dropped.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TablePolicy {
	/// Column (or key of a JSON object) and what is done to it.
	pub columns: BTreeMap<String, ColumnPolicy>,
}

/// What is done to a column.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnPolicy {
	/// Stays as it is.
	Keep,
	/// Is taken out; the same as not naming it.
	Drop,
	/// Stays in a coarser form.
	Generalise(Generalisation),
	/// Replaced by a pseudonym that is the same for the same value of the column in all tables of the asset:
	/// HMAC-SHA256 under the asset's salt, the first 16 bytes in hexadecimal.
	Hash,
	/// A DICOM UID, replaced by what stands for it in the images of the same asset, so that labels still fit them.
	Uid,
}

/// A coarser form of a value. An empty cell stays empty.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Generalisation {
	/// A number becomes its half-open bin `60..70`.
	Bins {
		/// Width of a bin; more than zero.
		width: f64,
		/// Numbers from here on become `>=90`; ages need 90 (45 CFR 164.514(b)(2)(i)(C)).
		top: Option<f64>,
	},
	/// A date becomes its year. Read are year first or last, with any separator, and `YYYYMMDD`.
	Year {
		/// Years before this one become `<1937`; birth dates need the year 89 years before the release.
		oldest: Option<u16>,
	},
	/// A US ZIP code becomes its first three digits, or `000` where fewer than 20,000 people live
	/// (45 CFR 164.514(b)(2)(i)(B)).
	Zip3,
}

/// The three-digit ZIP areas of 20,000 people or fewer (census of 2000, as HHS lists them), ascending.
static SMALL_AREAS: [&str; 17] = [
	"036", "059", "063", "102", "203", "556", "692", "790", "821", "823", "830", "831", "878", "879", "884",
	"890", "893",
];

impl TablePolicy {
	/// Checks that every policy can be applied.
	pub(super) fn check(&self) -> Result<(), TableError> {
		let possible = |policy: &ColumnPolicy| match policy {
			ColumnPolicy::Generalise(Generalisation::Bins { width, top }) => {
				width.is_finite() && *width > 0.0 && top.is_none_or(f64::is_finite)
			}
			ColumnPolicy::Generalise(Generalisation::Year { .. } | Generalisation::Zip3)
			| ColumnPolicy::Keep
			| ColumnPolicy::Drop
			| ColumnPolicy::Hash
			| ColumnPolicy::Uid => true,
		};
		if self.columns.values().all(possible) { Ok(()) } else { Err(TableError::Policy) }
	}

	/// The policy of a column.
	pub(super) fn of(&self, column: &str) -> ColumnPolicy {
		self.columns.get(column).copied().unwrap_or(ColumnPolicy::Drop)
	}
}

impl Generalisation {
	/// The coarser form, `None` for a value that has none.
	pub(super) fn apply(self, value: &str) -> Option<String> {
		let value = value.trim();
		if value.is_empty() {
			return Some(String::new());
		}
		match self {
			Generalisation::Bins { width, top } => bin(value, width, top),
			Generalisation::Year { oldest } => {
				let year = year(value)?;
				Some(match oldest {
					Some(oldest) if year < oldest => format!("<{oldest}"),
					Some(_) | None => year.to_string(),
				})
			}
			Generalisation::Zip3 => zip3(value),
		}
	}
}

fn bin(value: &str, width: f64, top: Option<f64>) -> Option<String> {
	let number: f64 = value.parse().ok().filter(|number: &f64| number.is_finite())?;
	if let Some(top) = top.filter(|top| number >= *top) {
		return Some(format!(">={top}"));
	}
	let low = (number / width).floor() * width;
	let high = top.map_or(low + width, |top| top.min(low + width));
	(low.is_finite() && high.is_finite()).then(|| format!("{low}..{high}"))
}

fn year(value: &str) -> Option<u16> {
	let groups: Vec<&str> =
		value.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
	let digits = match groups.as_slice() {
		[whole] if whole.len() == 8 => whole.get(..4),
		[first, _, _, ..] if first.len() == 4 => Some(*first),
		[_, _, third, ..] if third.len() == 4 => Some(*third),
		[first] | [first, _] if first.len() == 4 => Some(*first),
		_ => None,
	};
	digits?.parse().ok().filter(|year| (1800..2200).contains(year))
}

fn zip3(value: &str) -> Option<String> {
	let (five, rest) = value.split_at_checked(5)?;
	let four = rest.strip_prefix('-').is_some_and(|four| four.len() == 4 && is_digits(four));
	if !is_digits(five) || !(rest.is_empty() || four) {
		return None;
	}
	let area = &five[..3];
	Some(if SMALL_AREAS.binary_search(&area).is_ok() { "000".to_owned() } else { area.to_owned() })
}

fn is_digits(text: &str) -> bool {
	text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The pseudonym of a cell. The column's name is part of the message, so that two columns cannot be compared.
pub(super) fn pseudonym(salt: &Salt, column: &str, value: &str) -> String {
	if value.is_empty() {
		return String::new();
	}
	hex::encode(&salt.mac(Domain::Cell, &[column.as_bytes(), value.as_bytes()])[..16])
}

/// The pseudonym of a UID, the same as in the asset's images.
pub(super) fn uid(salt: &Salt, value: &str) -> String {
	let value = value.trim();
	if value.is_empty() { String::new() } else { salt.uid(value) }
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn bins_should_be_half_open() {
		let bins = Generalisation::Bins { width: 10.0, top: Some(90.0) };
		assert_eq!(bins.apply("69.9").as_deref(), Some("60..70"));
		assert_eq!(bins.apply("70").as_deref(), Some("70..80"));
		assert_eq!(bins.apply("-3").as_deref(), Some("-10..0"));
		assert_eq!(bins.apply("104").as_deref(), Some(">=90"));
	}

	#[test]
	fn bins_should_refuse_what_is_no_number() {
		let bins = Generalisation::Bins { width: 10.0, top: None };
		assert_eq!(bins.apply("sixty"), None);
		assert_eq!(bins.apply("inf"), None);
	}

	#[test]
	fn year_should_be_read_from_either_end() {
		let year = Generalisation::Year { oldest: Some(1937) };
		for date in ["1957-03-12", "19570312", "12.03.1957", "03/12/1957 08:15", "1957"] {
			assert_eq!(year.apply(date).as_deref(), Some("1957"), "{date}");
		}
		assert_eq!(year.apply("1936-12-31").as_deref(), Some("<1937"));
		assert_eq!(year.apply("12.3.57"), None);
	}

	#[test]
	fn zip_codes_of_small_areas_should_vanish() {
		assert_eq!(Generalisation::Zip3.apply("94110-1234").as_deref(), Some("941"));
		assert_eq!(Generalisation::Zip3.apply("03601").as_deref(), Some("000"));
		assert_eq!(Generalisation::Zip3.apply("SW1A 1AA"), None);
	}

	#[test]
	fn empty_cells_should_stay_empty() {
		assert_eq!(Generalisation::Zip3.apply("").as_deref(), Some(""));
		assert_eq!(pseudonym(&Salt::new([1; 32]), "id", ""), "");
	}

	#[test]
	fn pseudonyms_of_two_columns_should_differ() {
		let salt = Salt::new([1; 32]);
		assert_ne!(pseudonym(&salt, "patient", "7"), pseudonym(&salt, "visit", "7"));
	}
}
