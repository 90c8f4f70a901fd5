//! Dates, reduced to their year, and ages, capped at 90 (45 CFR 164.514(b)(2)(i)(C)).
//!
//! A DA becomes the first of January of its year, a DT its year alone (PS3.5 allows the rest to be left out), a TM
//! nothing of itself. Where the table wants a dummy and the value holds no year, the year is 1900.

use crate::header::{Element, text};
use dicom_core::VR;

/// Oldest age that is shown as it is, in years.
const OLDEST: u16 = 89;
const NO_YEAR: u16 = 1900;

/// The year that a DA or DT begins with, `None` when it does not begin with one of 1800 to 2199.
pub(crate) fn year(value: &str) -> Option<u16> {
	let digits = value.trim().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
	digits.parse().ok().filter(|year| (1800..2200).contains(year))
}

/// The year of each value of a date, as the VR writes it; without a year, a dummy or nothing.
pub(super) fn reduced(vr: VR, element: &Element<'_>, dummy: bool) -> String {
	let values = text(element).unwrap_or("").split('\\').map(|value| match year(value) {
		Some(year) => written(vr, year),
		None if dummy => written(vr, NO_YEAR),
		None => String::new(),
	});
	values.collect::<Vec<_>>().join("\\")
}

fn written(vr: VR, year: u16) -> String {
	if vr == VR::DA { format!("{year:04}0101") } else { format!("{year:04}") }
}

/// The latest year of the file's own dates, by which an age can be reckoned.
pub(super) fn latest_year(dataset: &[Element<'_>], birth: dicom_core::Tag) -> Option<u16> {
	let dates =
		dataset.iter().filter(|element| matches!(element.vr, VR::DA | VR::DT) && element.tag != birth);
	dates.filter_map(text).flat_map(|value| value.split('\\')).filter_map(year).max()
}

/// The birth year, when nobody born in it is older than 89 in `until` (which a year of 90 might be).
pub(super) fn birth_date(element: &Element<'_>, until: u16) -> String {
	match text(element).and_then(year) {
		Some(birth) if until.saturating_sub(birth) <= OLDEST => written(VR::DA, birth),
		Some(_) | None => String::new(),
	}
}

/// An age string as it is up to 89 years, `090Y` above, nothing when it is no age.
pub(super) fn age(value: &str) -> &str {
	let number = value.get(..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
	match (number.and_then(|digits| digits.parse::<u16>().ok()), value.get(3..)) {
		(Some(years), Some("Y")) if years > OLDEST => "090Y",
		(Some(_), Some("D" | "W" | "M" | "Y")) => value,
		(Some(_) | None, Some(_) | None) => "",
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::header::Content;
	use dicom_dictionary_std::tags;

	fn element(value: &'static str, vr: VR) -> Element<'static> {
		Element { tag: tags::PATIENT_BIRTH_DATE, vr, value: Content::Bytes(value.as_bytes()) }
	}

	#[test]
	fn reduced_should_keep_the_year_alone() {
		assert_eq!(reduced(VR::DA, &element("20240229", VR::DA), false), "20240101");
		assert_eq!(reduced(VR::DT, &element("20240229101530.123+0100", VR::DT), false), "2024");
		assert_eq!(reduced(VR::DA, &element("20240229\\19991231 ", VR::DA), false), "20240101\\19990101");
	}

	#[test]
	fn reduced_should_not_pass_on_what_is_no_date() {
		assert_eq!(reduced(VR::DA, &element("JohnDoe", VR::DA), false), "");
		assert_eq!(reduced(VR::DA, &element("JohnDoe", VR::DA), true), "19000101");
	}

	#[test]
	fn birth_date_should_vanish_above_89_years() {
		assert_eq!(birth_date(&element("19370312", VR::DA), 2026), "19370101");
		assert_eq!(birth_date(&element("19360312", VR::DA), 2026), "");
	}

	#[test]
	fn age_should_be_capped() {
		assert_eq!(age("089Y"), "089Y");
		assert_eq!(age("090Y"), "090Y");
		assert_eq!(age("104Y"), "090Y");
		assert_eq!(age("011M"), "011M");
		assert_eq!(age("old"), "");
	}
}
