//! Text that stands for bytes: hexadecimal digits and base64.
//!
//! Both decoders are lenient, because they must read whatever a program prints: `4a6b`, `4A:6B`, `0x4a, 0x6b`,
//! `"\x4a\x6b"`, base64 in lines, in a JSON array, padded row by row. Where a run of digits begins is not known either (a
//! letter before it may belong to it), so every alignment is decoded. Wrong ones give noise, which matches nothing.

use super::WINDOW;

/// Characters that may stand between the digits of one run.
const SEPARATORS: &[u8] = b" \t\r\n\"',:;|\\()[]{}<>%&#$";
/// The most of them in a row; line breaks and blanks do not count.
const LONGEST_GAP: usize = 6;

/// Where a run stands in the text, so that its decoded forms differ by alignment only.
struct Run<T> {
	digits: Vec<T>,
	gap: usize,
}

impl<T> Run<T> {
	const fn new() -> Self {
		Self { digits: Vec::new(), gap: 0 }
	}

	/// Counts a separator. Whether the run goes on.
	fn separate(&mut self, byte: u8) -> bool {
		self.gap += usize::from(!byte.is_ascii_whitespace());
		self.gap <= LONGEST_GAP
	}

	fn push(&mut self, digit: T) {
		self.digits.push(digit);
		self.gap = 0;
	}
}

/// Decodes every run of hexadecimal digits that is long enough for a window, in both alignments.
pub fn hex_runs(text: &[u8], mut found: impl FnMut(Vec<u8>)) {
	let mut run = Run::new();
	let mut finish = |run: &mut Run<u8>| {
		for phase in 0..2 {
			let nibbles = run.digits.get(phase..).unwrap_or_default();
			let bytes: Vec<u8> = nibbles.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
			if bytes.len() >= WINDOW {
				found(bytes);
			}
		}
		*run = Run::new();
	};
	let mut at = 0;
	while let Some(&byte) = text.get(at) {
		at += 1;
		let is_prefix = byte == b'0' && matches!(text.get(at), Some(b'x' | b'X'));
		if is_prefix || matches!(byte, b'x' | b'X' | b'-' | b'_') {
			// The zero of `0x` is no digit of the value.
			at += usize::from(is_prefix);
			if !run.separate(byte) {
				finish(&mut run);
			}
		} else if let Some(nibble) = (byte as char).to_digit(16) {
			run.push(nibble as u8);
		} else if !SEPARATORS.contains(&byte) || !run.separate(byte) {
			finish(&mut run);
		}
	}
	finish(&mut run);
}

/// A symbol of base64, or its padding, which ends a group.
#[derive(Clone, Copy)]
enum Symbol {
	Value(u8),
	Padding,
}

/// Decodes every run of base64 that is long enough for a window, in all four alignments.
pub fn base64_runs(text: &[u8], mut found: impl FnMut(Vec<u8>)) {
	let mut run = Run::new();
	let mut finish = |run: &mut Run<Symbol>| {
		if run.digits.len() * 6 >= WINDOW * 8 {
			for phase in 0..4 {
				let bytes = base64_bytes(&run.digits[phase..]);
				if bytes.len() >= WINDOW {
					found(bytes);
				}
			}
		}
		*run = Run::new();
	};
	let mut at = 0;
	while let Some(&byte) = text.get(at) {
		at += 1;
		let next = text.get(at);
		if byte == b'\\' && matches!(next, Some(b'n' | b'r' | b't')) {
			// A line break within a JSON string, whose letter would be taken for a symbol.
			at += 1;
		} else if byte == b'\\' && next == Some(&b'/') {
			// JSON may write a slash like this.
		} else if let Some(value) = base64_value(byte) {
			run.push(Symbol::Value(value));
		} else if byte == b'=' {
			run.push(Symbol::Padding);
		} else if !SEPARATORS.contains(&byte) || !run.separate(byte) {
			finish(&mut run);
		}
	}
	finish(&mut run);
}

/// RFC 4648, sections 4 and 5: both alphabets at once, since they differ in two symbols only.
fn base64_value(byte: u8) -> Option<u8> {
	match byte {
		b'A'..=b'Z' => Some(byte - b'A'),
		b'a'..=b'z' => Some(byte - b'a' + 26),
		b'0'..=b'9' => Some(byte - b'0' + 52),
		b'+' | b'-' => Some(62),
		b'/' | b'_' => Some(63),
		_ => None,
	}
}

fn base64_bytes(symbols: &[Symbol]) -> Vec<u8> {
	let mut bytes = Vec::with_capacity(symbols.len() * 3 / 4);
	let (mut bits, mut held) = (0_u32, 0);
	for symbol in symbols {
		match symbol {
			Symbol::Value(value) => {
				bits = bits << 6 | u32::from(*value);
				held += 6;
				if held >= 8 {
					held -= 8;
					// The byte on top of the bits that are still held.
					bytes.push((bits >> held & 0xff) as u8);
					bits &= 0xff;
				}
			}
			// What is held is what padding fills up; the next group begins anew.
			Symbol::Padding => held = 0,
		}
	}
	bytes
}

#[cfg(test)]
mod tests {
	use super::*;

	type Decode = fn(&[u8], &mut dyn FnMut(Vec<u8>));

	fn all(decode: Decode, text: &str) -> Vec<Vec<u8>> {
		let mut runs = Vec::new();
		decode(text.as_bytes(), &mut |run| runs.push(run));
		runs
	}

	fn hex(text: &str) -> Vec<Vec<u8>> {
		all(|text, found| hex_runs(text, found), text)
	}

	fn base64(text: &str) -> Vec<Vec<u8>> {
		all(|text, found| base64_runs(text, found), text)
	}

	#[test]
	fn hex_should_be_read_however_it_is_separated() {
		let bytes: Vec<u8> = (100..140).collect();
		for joiner in ["", " ", ":", ", 0x", "\\x", "\n", "\",\"", "-"] {
			let text = bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(joiner);
			assert!(hex(&format!("!{text}!")).contains(&bytes), "joined by {joiner:?}");
			// One digit before it shifts the alignment.
			assert!(hex(&format!("a{text}")).contains(&bytes), "joined by {joiner:?}");
		}
	}

	#[test]
	fn base64_should_be_read_row_by_row() {
		// Rows of 16 bytes, each padded: no row alone is a window.
		let text = "AAECAwQFBgcICQoLDA0ODw==\nEBESExQVFhcYGRobHB0eHw==\n";
		assert!(base64(text).contains(&(0..32).collect()));
		assert!(base64(&text.replace('\n', "\\n")).contains(&(0..32).collect()));
	}

	#[test]
	fn prose_should_not_be_one_run() {
		assert!(
			hex("A sentence that has some letters of hexadecimal digits in it, and no data at all.")
				.is_empty()
		);
	}
}
