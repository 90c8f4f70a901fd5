//! Output for people: a name and a value a line, aligned.

use std::io::{self, Write};

/// Lines to print.
#[derive(Debug, Default)]
pub struct Lines(Vec<(&'static str, String)>);

impl Lines {
	/// Adds a line.
	pub fn add(&mut self, name: &'static str, value: impl ToString) {
		self.0.push((name, value.to_string()));
	}

	/// Prints all of them.
	pub fn print(&self) -> io::Result<()> {
		let width = self.0.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
		let mut out = io::stdout().lock();
		for (name, value) in &self.0 {
			writeln!(out, "{name:width$}  {value}")?;
		}
		Ok(())
	}
}

/// A number with separators.
pub fn grouped(number: u64) -> String {
	let digits = number.to_string();
	let mut text = String::new();
	for (place, digit) in digits.chars().enumerate() {
		if place > 0 && (digits.len() - place).is_multiple_of(3) {
			text.push(',');
		}
		text.push(digit);
	}
	text
}
