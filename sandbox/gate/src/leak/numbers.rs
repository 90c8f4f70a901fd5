//! Numbers in an output, and the samples they may have been.
//!
//! A program that prints pixels as decimals, or widens them to floats, writes the input in another alphabet. Runs of
//! numbers are encoded back as the samples that inputs consist of, and these bytes are looked for as any others. A window
//! of 32 bytes is then 32 samples of 8 bits, 16 of 16, 8 of 32 and 4 of 64.

/// The longest numeral, in bytes.
const LONGEST: usize = 32;
/// The most bytes between two numbers of one run: `", "` or a JSON key.
const LONGEST_GAP: usize = 32;

/// What a text of numbers consists of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Numeral {
	/// A finite number.
	Value(f64),
	/// What follows is another run.
	Break,
}

/// Finds decimal numerals in bytes that come one after another.
#[derive(Default)]
pub struct Numerals {
	token: [u8; LONGEST],
	len: usize,
	gap: usize,
}

impl Numerals {
	/// Takes a byte. A numeral is found by the byte after it.
	#[inline]
	pub fn feed(&mut self, byte: u8, mut found: impl FnMut(Numeral)) {
		let last = self.len.checked_sub(1).map(|last| self.token[last]);
		let goes_on = match byte {
			b'0'..=b'9' | b'.' => true,
			b'+' | b'-' => last.is_none_or(|last| matches!(last, b'e' | b'E')),
			b'e' | b'E' => last.is_some_and(|last| last.is_ascii_digit() || last == b'.'),
			_ => false,
		};
		if goes_on && self.len < LONGEST {
			self.token[self.len] = byte;
			self.len += 1;
			return;
		}
		if self.len > 0 {
			self.finish(&mut found);
		}
		if matches!(byte, b'+' | b'-') {
			// The sign of the next: `2026-03-01` are three.
			self.token[0] = byte;
			self.len = 1;
			return;
		}
		// Control characters other than blanks are in no text.
		let is_text = byte >= b' ' && byte != 0x7f || byte.is_ascii_whitespace();
		if self.gap <= LONGEST_GAP {
			self.gap = if is_text { self.gap + 1 } else { LONGEST_GAP + 1 };
			if self.gap > LONGEST_GAP {
				found(Numeral::Break);
			}
		}
	}

	/// Ends the text.
	pub fn finish(&mut self, found: &mut impl FnMut(Numeral)) {
		let token = std::str::from_utf8(&self.token[..self.len]).ok();
		self.len = 0;
		if let Some(value) =
			token.and_then(|token| token.parse().ok()).filter(|value: &f64| value.is_finite())
		{
			self.gap = 0;
			found(Numeral::Value(value));
		}
	}
}

/// All runs of decimal numbers in a text.
pub fn text_runs(text: &[u8], mut found: impl FnMut(&[f64])) {
	let (mut numerals, mut run) = (Numerals::default(), Vec::new());
	let mut take = |numeral| match numeral {
		Numeral::Value(value) => run.push(value),
		Numeral::Break => {
			found(&run);
			run.clear();
		}
	};
	for &byte in text {
		numerals.feed(byte, &mut take);
	}
	numerals.finish(&mut take);
	take(Numeral::Break);
}

/// All runs of floats in a binary file: 32 and 64 bits, both byte orders, beginning at any byte, since nobody knows how
/// long a header is. Weights read at a wrong place or width have exponents of all sizes, so a run is what stays between
/// 1e-12 and 1e12, zeros included; noise leaves that range after a few values.
pub fn float_runs(bytes: &[u8], mut found: impl FnMut(&[f64])) {
	runs_of(bytes, |bytes| f32::from_le_bytes(bytes).into(), &mut found);
	runs_of(bytes, |bytes| f32::from_be_bytes(bytes).into(), &mut found);
	runs_of(bytes, f64::from_le_bytes, &mut found);
	runs_of(bytes, f64::from_be_bytes, &mut found);
}

/// Fewer floats are no run: 32 bytes of them.
const SHORTEST_RUN: usize = 8;

fn runs_of<const N: usize>(bytes: &[u8], read: impl Fn([u8; N]) -> f64, found: &mut impl FnMut(&[f64])) {
	let mut run = Vec::new();
	for phase in 0..N.min(bytes.len()) {
		for value in bytes[phase..].as_chunks::<N>().0.iter().map(|chunk| read(*chunk)) {
			if value == 0.0 || (1e-12..=1e12).contains(&value.abs()) {
				run.push(value);
			} else {
				if run.len() >= SHORTEST_RUN {
					found(&run);
				}
				run.clear();
			}
		}
		if run.len() >= SHORTEST_RUN {
			found(&run);
		}
		run.clear();
	}
}

/// Encodes a run as every kind of sample that it can stand for: unsigned and signed integers of 8 and 16 bits in both
/// byte orders, and floats of 32 bits, where it has them exactly. Decimals (`text`) are rounded to floats of 32 and 64
/// bits, as a program that reads them back does.
pub fn as_samples(run: &[f64], text: bool, found: &mut impl FnMut(&[u8])) {
	samples(run, |value| integer(value, 0, 255).map(|value| [value as u8]), found);
	samples(run, |value| integer(value, 0, 65_535).map(|value| (value as u16).to_le_bytes()), found);
	samples(run, |value| integer(value, 0, 65_535).map(|value| (value as u16).to_be_bytes()), found);
	// Without a negative the bytes are those of the unsigned ones.
	if run.iter().any(|&value| value < 0.0) {
		samples(run, |value| integer(value, -128, 127).map(|value| [value as i8 as u8]), found);
		samples(
			run,
			|value| integer(value, -32_768, 32_767).map(|value| (value as i16).to_le_bytes()),
			found,
		);
		samples(
			run,
			|value| integer(value, -32_768, 32_767).map(|value| (value as i16).to_be_bytes()),
			found,
		);
	}
	let narrow = |value: f64| {
		let narrow = value as f32;
		(narrow.is_finite() && (text || f64::from(narrow) == value)).then(|| narrow.to_le_bytes())
	};
	samples(run, narrow, found);
	if text {
		samples(run, |value| Some(value.to_le_bytes()), found);
	}
}

/// The value as an integer of the range; none where it is another number.
fn integer(value: f64, least: i32, most: i32) -> Option<i32> {
	let inside = value >= f64::from(least) && value <= f64::from(most) && value.fract() == 0.0;
	inside.then_some(value as i32)
}

fn samples<const N: usize>(
	run: &[f64],
	sample: impl Fn(f64) -> Option<[u8; N]>,
	found: &mut impl FnMut(&[u8]),
) {
	let mut bytes = Vec::new();
	for value in run {
		match sample(*value) {
			Some(sample) => bytes.extend(sample),
			None => {
				found(&bytes);
				bytes.clear();
			}
		}
	}
	found(&bytes);
}

#[cfg(test)]
mod tests {
	use super::*;

	fn values(text: &str) -> Vec<Vec<f64>> {
		let mut runs = Vec::new();
		text_runs(text.as_bytes(), |run| runs.push(run.to_vec()));
		runs
	}

	#[test]
	fn numerals_should_be_found_in_csv_and_json() {
		assert_eq!(values("1,-2.5;3e2\n4"), [[1.0, -2.5, 300.0, 4.0]]);
		assert_eq!(values("{\"p\": [12, 0.5], \"q\": -7}"), [[12.0, 0.5, -7.0]]);
		assert_eq!(values("2026-03-01"), [[2026.0, -3.0, -1.0]]);
	}

	#[test]
	fn a_control_character_should_end_a_run() {
		assert_eq!(values("1 2\x003 4"), [[1.0, 2.0], [3.0, 4.0]]);
	}

	#[test]
	fn samples_should_be_those_the_numbers_are() {
		let mut found = Vec::new();
		as_samples(&[1.0, 300.0, 2.0], true, &mut |bytes: &[u8]| found.push(bytes.to_vec()));
		assert!(found.contains(&vec![1]) && found.contains(&vec![2]));
		assert!(found.contains(&vec![1, 0, 44, 1, 2, 0]));
		assert!(found.contains(&vec![0, 1, 1, 44, 0, 2]));
	}

	#[test]
	fn floats_should_be_found_behind_a_header_of_any_length() {
		let weights: Vec<f32> = (1..20).map(|at| at as f32 / 8.0).collect();
		let wanted: Vec<f64> = weights.iter().copied().map(f64::from).collect();
		for header in 0..9 {
			let mut bytes = vec![0xff; header];
			bytes.extend(weights.iter().flat_map(|weight| weight.to_be_bytes()));
			let mut found = false;
			float_runs(&bytes, |run| found |= run.ends_with(&wanted));
			assert!(found, "behind {header} bytes");
		}
	}
}
