//! Numbers as they are released.

/// A finite decimal number, rounded to `digits` significant digits and written in one way. None for everything else,
/// infinities and NaN included.
pub fn rounded(text: &str, digits: u8) -> Option<String> {
	let value: f64 = text.trim().parse().ok()?;
	round(value, digits)
}

/// As [`rounded`], for a number.
pub fn round(value: f64, digits: u8) -> Option<String> {
	if !value.is_finite() {
		return None;
	}
	// Formatting rounds exactly, from all bits of the value: the same on every machine.
	let after_point = usize::from(digits.clamp(1, 17)) - 1;
	let rounded: f64 = format!("{value:.after_point$e}").parse().ok()?;
	let size = rounded.abs();
	Some(if rounded == 0.0 {
		"0".to_owned()
	} else if (1e-5..1e15).contains(&size) {
		format!("{rounded}")
	} else {
		format!("{rounded:e}")
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn rounded_should_keep_the_digits_asked_for() {
		assert_eq!(rounded("0.123456", 4).as_deref(), Some("0.1235"));
		assert_eq!(rounded("-123456.7", 4).as_deref(), Some("-123500"));
		assert_eq!(rounded("1.23456e-9", 4).as_deref(), Some("1.235e-9"));
		assert_eq!(rounded("12", 4).as_deref(), Some("12"));
	}

	#[test]
	fn rounded_should_write_a_number_in_one_way() {
		for text in ["0", "-0", "0.0", "0e9", "-0.000"] {
			assert_eq!(rounded(text, 4).as_deref(), Some("0"));
		}
		for text in ["1.5", "01.50", "15e-1", " 1.500", "+1.5"] {
			assert_eq!(rounded(text, 4).as_deref(), Some("1.5"));
		}
	}

	#[test]
	fn rounded_should_refuse_what_is_no_finite_number() {
		for text in ["", "abc", "NaN", "inf", "-infinity", "1e999", "0x10"] {
			assert_eq!(rounded(text, 4), None);
		}
	}
}
