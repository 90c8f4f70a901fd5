//! Amounts and months as scenario files write them.

use crate::Problem;
use std::fmt;

/// An amount in micro-U: 1 U = 1,000,000.
pub type Micro = u128;

/// A calendar month, numbered `12 × year + month - 1` as the chain numbers its periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(pub u32);

impl fmt::Display for Month {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{:04}-{:02}", self.0 / 12, self.0 % 12 + 1)
	}
}

fn is_digits(text: &str) -> bool {
	!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads a month of the form `2026-03`.
pub(crate) fn month(text: &str) -> Result<Month, Problem> {
	let parts = text.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2);
	let number = |part: &str| is_digits(part).then(|| part.parse::<u32>().ok()).flatten();
	parts
		.and_then(|(year, month)| Some((number(year)?, number(month)?)))
		.filter(|(_, month)| (1..=12).contains(month))
		.map(|(year, month)| Month(12 * year + month - 1))
		.ok_or_else(|| Problem::NotAMonth(text.into()))
}

/// Reads an amount in U (`10.810811`, `120`) as micro-U.
pub(crate) fn micro(text: &str) -> Result<Micro, Problem> {
	let (whole, fraction) = match text.split_once('.') {
		Some((whole, fraction)) if is_digits(fraction) => (whole, fraction),
		Some(_) => return Err(Problem::NotAnAmount(text.into())),
		None => (text, ""),
	};
	if fraction.len() > 6 {
		return Err(Problem::TooPrecise(text.into()));
	}
	let amount = || whole.parse::<Micro>().ok()?.checked_mul(1_000_000)?.checked_add(micro_part(fraction)?);
	is_digits(whole).then(amount).flatten().ok_or_else(|| Problem::NotAnAmount(text.into()))
}

fn micro_part(fraction: &str) -> Option<Micro> {
	format!("{fraction:0<6}").parse().ok()
}

/// Reads a whole number.
pub(crate) fn number<N: std::str::FromStr>(text: &str) -> Result<N, Problem> {
	let digits = if is_digits(text) { text.parse().ok() } else { None };
	digits.ok_or_else(|| Problem::NotANumber(text.into()))
}

/// Reads basis points of 0 to 10,000.
pub(crate) fn basis_points(text: &str) -> Result<u32, Problem> {
	match number::<u32>(text)? {
		bps @ 0..=10_000 => Ok(bps),
		bps => Err(Problem::TooManyBasisPoints(bps)),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn amounts_are_read_to_the_micro_u() {
		let read = |text| micro(text).unwrap();
		assert_eq!(["10.810811", "120", "0.07"].map(read), [10_810_811, 120_000_000, 70_000]);
		assert_eq!(read("1000000000000.000001"), 1_000_000_000_000_000_001);
	}

	#[test]
	fn what_is_no_amount_is_refused() {
		for text in ["", ".5", "1.", "-1", "+1", "1e3", "1,000", " 1", "0x1", "1.2.3"] {
			assert!(matches!(micro(text), Err(Problem::NotAnAmount(_))), "{text:?}");
		}
		assert!(matches!(micro("0.0000001"), Err(Problem::TooPrecise(_))));
		assert!(matches!(micro(&"9".repeat(39)), Err(Problem::NotAnAmount(_))));
	}

	#[test]
	fn months_read_as_they_are_written() {
		for text in ["2026-03", "2024-12", "0000-01", "9999-12"] {
			assert_eq!(month(text).unwrap().to_string(), text);
		}
		for text in ["2026-13", "2026-00", "2026-3", "26-03", "2026/03", "2026-03-01", "+026-03", ""] {
			assert!(matches!(month(text), Err(Problem::NotAMonth(_))), "{text:?}");
		}
	}
}
