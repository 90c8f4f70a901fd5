//! How results are shown: aligned, with units, in colour on a terminal only.

use anyhow::Result;
use heirloom_primitives::{
	Bps, CENT, MicroU, Moment, ONE, Period, PeriodReport, format_u, format_u_exact, grouped,
};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::{
	borrow::Cow,
	fmt::Display,
	io::{IsTerminal, Write, stderr, stdout},
	time::Duration,
};

/// Milliseconds of a day.
const DAY: Moment = 24 * 60 * 60 * 1_000;
/// Planck in a LOOM.
const LOOM: u128 = 1_000_000_000_000;

/// A style of text.
#[derive(Clone, Copy)]
pub enum Style {
	/// Headings and results.
	Bold,
	/// What matters less.
	Dim,
	/// What is as it should be.
	Good,
}

/// Text in a style for the standard output, plain where that is no terminal or colours are not wanted (`NO_COLOR`).
pub fn styled(style: Style, text: impl Display) -> String {
	styled_for(&stdout(), style, text)
}

fn styled_for(out: &impl IsTerminal, style: Style, text: impl Display) -> String {
	let code = match style {
		Style::Bold => 1,
		Style::Dim => 2,
		Style::Good => 32,
	};
	let plain = !out.is_terminal() || std::env::var_os("NO_COLOR").is_some();
	if plain { text.to_string() } else { format!("\u{1b}[{code}m{text}\u{1b}[0m") }
}

/// Writes a value as JSON.
pub fn json(value: &impl Serialize) -> Result<()> {
	let mut out = stdout().lock();
	serde_json::to_writer_pretty(&mut out, value)?;
	writeln!(out)?;
	Ok(())
}

/// Basis points as a factor: 18,000 is `1.8`.
pub fn factor(bps: u64) -> String {
	let one = u64::from(ONE);
	let fraction = format!("{:04}", bps % one);
	let kept = fraction.trim_end_matches('0').len().max(1);
	format!("{}.{}", bps / one, &fraction[..kept])
}

/// Basis points as a factor with its sign: `+0.3`.
pub fn signed_factor(bps: i32) -> String {
	let sign = if bps < 0 { '-' } else { '+' };
	format!("{sign}{}", factor(u64::from(bps.unsigned_abs())))
}

/// Basis points in percent: 9,800 is `98.00 %`.
pub fn percent(bps: Bps) -> String {
	format!("{}.{:02} %", bps / 100, bps % 100)
}

/// Who a month's payments went to: `to 470 payees for 868 assets`.
pub fn paid_to(report: &PeriodReport) -> String {
	let [payees, assets] = [report.payments, report.earning].map(|number| grouped(u128::from(number)));
	format!("to {payees} payees for {assets} assets")
}

/// Writes a line to the standard output. Where nobody reads it any more (`| head`) that is an error, which ends the command,
/// and no panic.
pub fn line(text: impl Display) -> Result<()> {
	Ok(writeln!(stdout().lock(), "{text}")?)
}

/// Lines of a name and a value, the values aligned.
pub fn fields<'a>(lines: impl IntoIterator<Item = (&'a str, String)>) -> Result<()> {
	let lines: Vec<_> = lines.into_iter().collect();
	let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
	for (name, value) in lines {
		let padding = " ".repeat(width - name.chars().count());
		line(format_args!("  {}{padding}  {value}", styled(Style::Dim, name)))?;
	}
	Ok(())
}

/// A bar for work of a known length.
pub fn bar(what: impl Into<Cow<'static, str>>, length: usize) -> ProgressBar {
	let style =
		ProgressStyle::with_template("  {msg:<28} {bar:32} {human_pos:>6} of {human_len:<6} {elapsed:>4}");
	let bar = ProgressBar::new(length as u64).with_message(what);
	match style {
		Ok(style) => bar.with_style(style),
		Err(_) => bar,
	}
}

/// A spinner for work of unknown length.
pub fn spinner(what: impl Into<String>) -> ProgressBar {
	let spinner = ProgressBar::new_spinner().with_message(what.into());
	if let Ok(style) = ProgressStyle::with_template("  {msg} {spinner} {elapsed:>4}") {
		spinner.set_style(style);
	}
	spinner.enable_steady_tick(Duration::from_millis(120));
	spinner
}

/// Ends a progress display with a line that stays. Progress goes to the standard error, where results are not.
pub fn done(progress: &ProgressBar, line: impl Display) {
	progress.finish_and_clear();
	eprintln!("  {} {line}", styled_for(&stderr(), Style::Good, "✓"));
}

/// An amount for a message: with two decimals where they say it all.
pub fn u(amount: MicroU) -> String {
	let text = if amount.is_multiple_of(CENT) { format_u(amount) } else { format_u_exact(amount) };
	format!("{text} U")
}

/// The day of a moment, in UTC: `2026-04-01`.
pub fn date(moment: Moment) -> String {
	let month = Period::of(moment);
	// As many days as one can go back and is still in the month.
	let back = |day: &u64| moment.checked_sub(day * DAY).is_some_and(|then| Period::of(then) == month);
	format!("{month}-{:02}", (0..31).take_while(back).count())
}

/// An amount of LOOM, from planck: `1,000.000000 LOOM`.
pub fn loom(planck: u128) -> String {
	format!("{}.{:06} LOOM", grouped(planck / LOOM), planck % LOOM / 1_000_000)
}

/// The word that a variant is written with; one that has fields is written as in JSON.
pub fn word(variant: &impl Serialize) -> Result<String> {
	let value = serde_json::to_value(variant)?;
	Ok(value.as_str().map_or_else(|| value.to_string(), |word| word.replace('_', " ")))
}

/// A number of things: `1 asset`, `1,200 assets`.
pub fn count(number: usize, thing: &str) -> String {
	let s = if number == 1 { "" } else { "s" };
	format!("{} {thing}{s}", grouped(number as u128))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn factors_keep_one_decimal_and_drop_zeros() {
		assert_eq!(
			[18_000, 135_000, 10_000, 11_818, 1_000].map(factor),
			["1.8", "13.5", "1.0", "1.1818", "0.1"]
		);
		assert_eq!([3_000, -1_667, 0].map(signed_factor), ["+0.3", "-0.1667", "+0.0"]);
		assert_eq!(percent(9_805), "98.05 %");
	}

	#[test]
	fn days_are_those_of_the_calendar_in_utc() {
		let last_of_march = 1_774_915_200_000;
		assert_eq!(date(last_of_march), "2026-03-31");
		assert_eq!(date(last_of_march + DAY - 1), "2026-03-31");
		assert_eq!(date(last_of_march + DAY), "2026-04-01");
		assert_eq!(date(1_709_164_800_000), "2024-02-29");
		assert_eq!(date(0), "1970-01-01");
	}

	#[test]
	fn loom_has_six_decimals() {
		assert_eq!(loom(1_000 * LOOM), "1,000.000000 LOOM");
		assert_eq!(loom(LOOM / 2), "0.500000 LOOM");
	}

	#[test]
	fn one_thing_has_no_plural() {
		assert_eq!(
			[1, 0, 1_200].map(|number| count(number, "asset")),
			["1 asset", "0 assets", "1,200 assets"]
		);
	}
}
