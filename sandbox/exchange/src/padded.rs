//! Lengths that say little: what is sealed for owners lies where others may see how long it is.
//!
//! What is sealed is followed by 0x80 and zeros up to a power of two from 4 KiB on (padding method 2 of ISO/IEC 9797-1), as
//! the gate's bundles are. The last byte that is not zero is the mark, whatever stands before it.

/// The smallest length of what is padded, in bytes.
const SMALLEST: usize = 4_096;
const MARK: u8 = 0x80;

/// Pads what is to be sealed.
pub fn padded(mut plain: Vec<u8>) -> Vec<u8> {
	plain.push(MARK);
	let length = bucket(plain.len());
	plain.resize(length, 0);
	plain
}

/// What was padded; none where it was not, or in another way.
pub fn unpadded(mut plain: Vec<u8>) -> Option<Vec<u8>> {
	let mark = plain.iter().rposition(|&byte| byte != 0)?;
	if plain[mark] != MARK || plain.len() != bucket(mark + 1) {
		return None;
	}
	plain.truncate(mark);
	Some(plain)
}

/// The padded length of what has this length with its mark.
fn bucket(length: usize) -> usize {
	length.next_power_of_two().max(SMALLEST)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_was_padded_should_be_found_again() {
		let contents: [&[u8]; 5] = [b"", b"{}", b"\x80", b"\x80\0\0", &[0; 10_000]];
		for content in contents {
			assert_eq!(unpadded(padded(content.to_vec())).unwrap(), content);
		}
	}

	#[test]
	fn refusal_02_padded_lengths_should_be_powers_of_two() {
		let length = |content: usize| padded(vec![1; content]).len();
		assert_eq!([0, 1, 4_095].map(length), [4_096; 3]);
		assert_eq!([4_096, 8_191, 8_192].map(length), [8_192, 8_192, 16_384]);
	}

	#[test]
	fn other_padding_should_be_none() {
		let mut longer = padded(b"content".to_vec());
		longer.resize(8_192, 0);
		let contents = [Vec::new(), vec![0; 4_096], b"content".to_vec(), longer];
		for content in contents {
			assert_eq!(unpadded(content), None);
		}
	}
}
