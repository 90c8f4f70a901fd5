//! Money in U, counted in micro-U, and how people write it.

use alloc::{format, string::String};

/// An amount in micro-U: 1 U = 1,000,000.
pub type MicroU = u128;

/// One U.
pub const U: MicroU = 1_000_000;

/// The smallest amount that is paid out: 0.01 U.
pub const CENT: MicroU = U / 100;

/// A rate, weight, quality or impact in basis points: 10,000 = 100 % = 1.0.
pub type Bps = u16;

/// 100 % in basis points.
pub const ONE: Bps = 10_000;

/// Metered units of one use (studies, requests, thousands of tokens: what the asset's owner sells by).
pub type Units = u64;

/// Why a text is not an amount in U.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
	/// Not digits with at most one decimal point.
	NotANumber,
	/// More than six decimals: less than a micro-U.
	TooPrecise,
	/// Does not fit in 128 bits of micro-U.
	TooLarge,
}

impl core::fmt::Display for AmountError {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		f.write_str(match self {
			Self::NotANumber => "not an amount in U: digits, and a point before up to six decimals",
			Self::TooPrecise => "more than six decimals: U has micro-U as its smallest part",
			Self::TooLarge => "too large an amount",
		})
	}
}

impl core::error::Error for AmountError {}

/// Reads an amount in U (`10.810811`, `120`) as micro-U.
pub fn parse_u(text: &str) -> Result<MicroU, AmountError> {
	let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
	let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
	if whole.is_empty() || !digits(whole) || !digits(fraction) || text.ends_with('.') {
		return Err(AmountError::NotANumber);
	}
	if fraction.len() > 6 {
		return Err(AmountError::TooPrecise);
	}
	format!("{whole}{fraction:0<6}").parse().map_err(|_| AmountError::TooLarge)
}

/// Writes micro-U as U with two decimals, rounded down, and separated thousands: `1,600.00`.
pub fn format_u(amount: MicroU) -> String {
	format!("{}.{:02}", grouped(amount / U), amount % U / CENT)
}

/// Writes micro-U as U to the last digit that is not zero, with at least two decimals: `10.810811`, `1,600.00`.
pub fn format_u_exact(amount: MicroU) -> String {
	let fraction = format!("{:06}", amount % U);
	let kept = fraction.trim_end_matches('0').len().max(2);
	format!("{}.{}", grouped(amount / U), &fraction[..kept])
}

/// Writes a number with separated thousands.
pub fn grouped(number: u128) -> String {
	let digits = format!("{number}");
	let mut text = String::with_capacity(digits.len() + digits.len() / 3);
	for (position, digit) in digits.chars().enumerate() {
		if position > 0 && (digits.len() - position) % 3 == 0 {
			text.push(',');
		}
		text.push(digit);
	}
	text
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn amounts_are_read_to_the_micro_u() {
		assert_eq!(parse_u("10.810811"), Ok(10_810_811));
		assert_eq!(parse_u("120"), Ok(120 * U));
		assert_eq!(parse_u("1000000000000.000001"), Ok(1_000_000_000_000_000_001));
	}

	#[test]
	fn what_is_no_amount_is_refused() {
		for text in ["", ".5", "1.", "-1", "+1", "1e3", "1,000", " 1", "0x1", "1.2.3"] {
			assert_eq!(parse_u(text), Err(AmountError::NotANumber), "{text:?}");
		}
		assert_eq!(parse_u("0.0000001"), Err(AmountError::TooPrecise));
		assert_eq!(parse_u("999999999999999999999999999999999999999"), Err(AmountError::TooLarge));
	}

	#[test]
	fn amounts_are_written_for_people() {
		assert_eq!(format_u(2_000_000_000), "2,000.00");
		assert_eq!(format_u(9_999), "0.00");
		assert_eq!(format_u_exact(10_810_811), "10.810811");
		assert_eq!(format_u_exact(1_600 * U), "1,600.00");
	}

	proptest! {
		#[test]
		fn what_is_written_exactly_is_read_back(amount in 0..u128::MAX / 10) {
			prop_assert_eq!(parse_u(&format_u_exact(amount).replace(',', "")), Ok(amount));
		}
	}
}
