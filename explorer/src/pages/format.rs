//! How amounts, moments, weights and names are written, so that they can be read at a glance and exactly.

use crate::store::{Money, Month};
use askama::filters::HtmlSafe;
use chrono::{DateTime, Datelike, Utc};
use heirloom_primitives::{format_u, format_u_exact, grouped};
use std::fmt::{self, Display, Write as _};

/// Text that is markup already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(pub String);

impl Display for Html {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&self.0)
	}
}

impl HtmlSafe for Html {}

/// Text with the five characters that mean something in markup replaced.
pub fn escaped(text: &str) -> String {
	let mut safe = String::with_capacity(text.len());
	for character in text.chars() {
		match character {
			'&' => safe.push_str("&amp;"),
			'<' => safe.push_str("&lt;"),
			'>' => safe.push_str("&gt;"),
			'"' => safe.push_str("&quot;"),
			'\'' => safe.push_str("&#39;"),
			other => safe.push(other),
		}
	}
	safe
}

/// What is an amount in micro-U.
pub trait Micro {
	/// In micro-U.
	fn micro(&self) -> u128;
}

impl Micro for u128 {
	fn micro(&self) -> u128 {
		*self
	}
}

impl Micro for Money {
	fn micro(&self) -> u128 {
		Money::micro(*self)
	}
}

/// Decimal text of micro-U, as amounts that people state are stored.
impl Micro for String {
	fn micro(&self) -> u128 {
		self.parse().unwrap_or_default()
	}
}

impl<T: Micro + ?Sized> Micro for &T {
	fn micro(&self) -> u128 {
		T::micro(self)
	}
}

/// A whole number of any width.
pub trait Whole {
	/// The number.
	fn whole(&self) -> i128;
}

macro_rules! whole {
	($($number:ty),*) => {
		$(impl Whole for $number {
			fn whole(&self) -> i128 {
				i128::try_from(*self).unwrap_or(i128::MAX)
			}
		})*
	};
}

whole!(i32, i64, u16, u32, u64, u128, usize);

impl Whole for i128 {
	fn whole(&self) -> i128 {
		*self
	}
}

/// Decimal text, as units are stored.
impl Whole for String {
	fn whole(&self) -> i128 {
		self.parse().unwrap_or_default()
	}
}

impl<T: Whole + ?Sized> Whole for &T {
	fn whole(&self) -> i128 {
		T::whole(self)
	}
}

/// A number with separated thousands.
pub fn number(number: impl Whole) -> String {
	let number = number.whole();
	let sign = if number < 0 { "−" } else { "" };
	format!("{sign}{}", grouped(number.unsigned_abs()))
}

/// An amount with two decimals, exact where it is pointed at: `1,600.00 U`.
pub fn amount(amount: impl Micro) -> Html {
	let micro = amount.micro();
	Html(format!(
		"<span class=\"nowrap\"><data value=\"{}.{:06}\" title=\"{} U\">{}</data><span class=\"unit\">\u{a0}U</span></span>",
		micro / 1_000_000,
		micro % 1_000_000,
		format_u_exact(micro),
		format_u(micro),
	))
}

/// An amount as text, with two decimals.
pub fn amount_text(amount: impl Micro) -> String {
	format!("{} U", format_u(amount.micro()))
}

/// A factor in basis points, to the last digit that is not zero: `1.8`, `0.75`.
pub fn factor(bps: impl Whole) -> String {
	let bps = bps.whole();
	let (sign, bps) = if bps < 0 { ("−", bps.unsigned_abs()) } else { ("", bps.unsigned_abs()) };
	let fraction = format!("{:04}", bps % 10_000);
	let kept = fraction.trim_end_matches('0').len().max(1);
	format!("{sign}{}.{}", grouped(bps / 10_000), &fraction[..kept])
}

/// A factor with its sign: `+0.3`, `−0.35`.
pub fn signed(bps: impl Whole) -> String {
	let text = factor(bps.whole());
	if bps.whole() < 0 { text } else { format!("+{text}") }
}

/// A part of a whole in basis points: `98.00 %`.
pub fn percent(bps: impl Whole) -> String {
	let bps = bps.whole();
	let sign = if bps < 0 { "−" } else { "" };
	let bps = bps.unsigned_abs();
	format!("{sign}{}.{:02}\u{a0}%", bps / 100, bps % 100)
}

fn date(millis: i64) -> DateTime<Utc> {
	DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

/// A moment in UTC; a script shows the reader's own where it is pointed at.
pub fn moment(millis: i64) -> Html {
	time(millis, "")
}

/// A moment in UTC; a script writes the reader's own beside it.
pub fn moment_in_zone(millis: i64) -> Html {
	time(millis, " data-zone")
}

fn time(millis: i64, attribute: &str) -> Html {
	let date = date(millis);
	Html(format!(
		"<span><time datetime=\"{}\"{attribute}>{}</time> <span class=\"zone\">UTC</span></span>",
		date.format("%Y-%m-%dT%H:%M:%S%.3fZ"),
		date.format("%Y-%m-%d %H:%M:%S"),
	))
}

/// A moment as feeds write it.
pub fn rfc3339(millis: i64) -> String {
	date(millis).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Its day in UTC.
pub fn day(millis: i64) -> String {
	date(millis).format("%Y-%m-%d").to_string()
}

/// Its year in UTC.
pub fn year(millis: i64) -> i32 {
	date(millis).year()
}

/// The first moment after a period: midnight UTC of the next month's first day, in milliseconds.
pub fn end_of(month: Month) -> i64 {
	let next = month.period().plus(1);
	let first = chrono::NaiveDate::from_ymd_opt(next.year().try_into().unwrap_or(i32::MAX), next.month(), 1);
	let midnight = first.and_then(|day| day.and_hms_opt(0, 0, 0));
	midnight.map(|midnight| midnight.and_utc().timestamp_millis()).unwrap_or(i64::MAX)
}

/// A long name by its ends: `5FZYZH…CQk5a`.
pub fn short(text: &str) -> String {
	let characters = text.chars().count();
	if characters <= 14 {
		return text.into();
	}
	let mut shortened: String = text.chars().take(6).collect();
	shortened.push('…');
	shortened.extend(text.chars().skip(characters - 5));
	shortened
}

/// An asset in an address: its name, or its number where the name would lead elsewhere. A name that reads as a number leads to
/// the asset of that number, and browsers take `.` and `..` out of a path.
pub fn asset_in_path(id: impl Whole, handle: &str) -> String {
	let elsewhere = handle.parse::<i64>().is_ok() || [".", ".."].contains(&handle);
	if elsewhere { id.whole().to_string() } else { in_path(handle) }
}

/// A text for a part of an address's path or query.
pub fn in_path(text: &str) -> String {
	let mut safe = String::with_capacity(text.len());
	for byte in text.bytes() {
		if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
			safe.push(byte.into());
		} else {
			// Writing into a String cannot fail.
			let _ = write!(safe, "%{byte:02X}");
		}
	}
	safe
}

/// A text that a table's program takes as text and not as a formula: people choose the names of assets.
pub fn harmless(text: &str) -> String {
	if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.into() }
}

/// An amount as other programs read it: without separators, with its sign.
pub fn plain(amount: Money) -> String {
	let sign = if amount.0 < 0 { "-" } else { "" };
	format!("{sign}{}", format_u_exact(amount.0.unsigned_abs().into()).replace(',', ""))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn amounts_should_be_short_to_read_and_exact_to_point_at() {
		assert_eq!(
			amount(Money(400_000_007)).0,
			"<span class=\"nowrap\"><data value=\"400.000007\" title=\"400.000007 U\">400.00</data><span \
			class=\"unit\">\u{a0}U</span></span>"
		);
		assert_eq!(amount_text(1_600_000_000u128), "1,600.00 U");
	}

	#[test]
	fn factors_should_have_the_digits_they_need() {
		assert_eq!([18_000, 7_500, 10_000, 135_000, 3].map(factor), ["1.8", "0.75", "1.0", "13.5", "0.0003"]);
		assert_eq!([3_000, -3_500, 0].map(signed), ["+0.3", "−0.35", "+0.0"]);
		assert_eq!([9_800, -150, 5].map(percent), ["98.00\u{a0}%", "−1.50\u{a0}%", "0.05\u{a0}%"]);
	}

	#[test]
	fn a_month_should_end_at_midnight_utc() {
		let month = |text: &str| Month::from(text.parse::<heirloom_primitives::Period>().unwrap());
		assert_eq!(rfc3339(end_of(month("2026-03"))), "2026-04-01T00:00:00Z");
		assert_eq!(rfc3339(end_of(month("2025-12"))), "2026-01-01T00:00:00Z");
	}

	#[test]
	fn markup_in_names_should_be_text() {
		assert_eq!(escaped("<b>\"&'"), "&lt;b&gt;&quot;&amp;&#39;");
		assert_eq!(in_path("a/b c"), "a%2Fb%20c");
	}

	#[test]
	fn names_that_would_lead_elsewhere_should_be_numbers() {
		for name in ["20260301", "0012", "+12", "-12", ".", ".."] {
			assert_eq!(asset_in_path(7i64, name), "7", "{name}");
		}
		assert_eq!(asset_in_path(7i64, "CT/12"), "CT%2F12");
		// No asset has a number of so many digits.
		assert_eq!(asset_in_path(7i64, "9223372036854775808"), "9223372036854775808");
	}

	#[test]
	fn long_names_should_be_shown_by_their_ends() {
		assert_eq!(short("5FZYZH39qjWA9bqmCbGuKt4Ua6bgYuLJ3rFvhM8acXmCQk5a"), "5FZYZH…CQk5a");
		assert_eq!(short("annotator"), "annotator");
	}

	#[test]
	fn a_number_should_be_grouped_whatever_its_sign() {
		assert_eq!([number(-1_234_567), number(12)], ["−1,234,567", "12"]);
	}

	#[test]
	fn a_name_should_be_no_formula() {
		assert_eq!(["A-1", "=1+1", "-1", "\t=1"].map(harmless), ["A-1", "'=1+1", "'-1", "'\t=1"]);
	}

	#[test]
	fn amounts_for_programs_should_have_no_separators() {
		assert_eq!(
			[2_000_000_007, -2_000_000, 0].map(|micro| plain(Money(micro))),
			["2000.000007", "-2.00", "0.00"]
		);
	}
}
