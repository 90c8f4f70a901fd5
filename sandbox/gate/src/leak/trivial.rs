//! Which windows say so little that finding them means nothing.
//!
//! 32 zero bytes are in almost every file, and so are a constant pixel, a ramp of indices, a row of `0,0,0,`. A window is
//! *trivial* when one of these descriptions of it takes at most 64 of its 256 bits:
//!
//! - periodic with lag p ≤ 8, but for m bytes that differ from the byte p before them: 8·p bits for the period, and for
//!   each exception 5 for its place and 8 for its value: 8·p + 13·m;
//! - p interleaved sequences, p ≤ 4, each with one constant step mod 256, but for m exceptions: 16·p + 13·m.
//!
//! So a constant window may have 4 changes, a constant 32-bit word 2, a constant 64-bit word none; a ramp of bytes may
//! have 3, of 16-bit words 2. This is also the bound of what it lets through: a trivial window carries at most
//! 64 + log2(12) < 68 bits, so an output in which no window is found by this exemption carries at most 68 bits of input in
//! each 32 bytes, 27 %. That is much for an output that is all runs (a mask drawn as an image); such an output is no
//! table and no metrics, so it waits for its owner in any case.

/// Bytes of input that must not be in an output.
pub const WINDOW: usize = 32;
/// The most bits that a trivial window's description takes.
const TRIVIAL_BITS: u32 = 64;
const EXCEPTION_BITS: u32 = 13;

/// A bit for each position.
#[derive(Default)]
pub struct Bits {
	words: Vec<u64>,
	len: usize,
}

impl Bits {
	/// Adds a bit.
	pub fn push(&mut self, bit: bool) {
		if self.len.is_multiple_of(64) {
			self.words.push(0);
		}
		if let Some(word) = self.words.last_mut() {
			*word |= u64::from(bit) << (self.len % 64);
		}
		self.len += 1;
	}

	/// The bit at `position`; false behind the end.
	pub fn get(&self, position: usize) -> bool {
		self.words.get(position / 64).is_some_and(|word| word >> (position % 64) & 1 == 1)
	}
}

/// For each start of a window in `view`, the bits of its shortest description, as far as they are at most 255.
pub fn description_bits(view: &[u8]) -> Vec<u8> {
	let Some(starts) = (view.len() + 1).checked_sub(WINDOW).filter(|&starts| starts > 0) else {
		return Vec::new();
	};
	let mut shortest = vec![u8::MAX; starts];
	for lag in 1..=8 {
		lower(&mut shortest, 8 * lag as u32, lag, |at| view[at] != view[at - lag]);
	}
	for lag in 1..=4 {
		lower(&mut shortest, 16 * lag as u32, 2 * lag, |at| {
			let step = view[at].wrapping_sub(view[at - lag]);
			step != view[at - lag].wrapping_sub(view[at - 2 * lag])
		});
	}
	shortest
}

/// Whether a description is too long for a trivial window.
pub fn is_informative(bits: u8) -> bool {
	u32::from(bits) > TRIVIAL_BITS
}

/// Lowers each window's bits to those of one kind of description: `base`, and for each byte from the window's byte
/// `depth` on that is an exception.
fn lower(shortest: &mut [u8], base: u32, depth: usize, is_exception: impl Fn(usize) -> bool) {
	let mut exceptions: u32 = (depth..WINDOW).map(|at| u32::from(is_exception(at))).sum();
	for start in 0..shortest.len() {
		let bits = base + EXCEPTION_BITS * exceptions;
		shortest[start] = shortest[start].min(u8::try_from(bits).unwrap_or(u8::MAX));
		if start + 1 < shortest.len() {
			exceptions += u32::from(is_exception(start + WINDOW));
			exceptions -= u32::from(is_exception(start + depth));
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn bits(window: &[u8]) -> u8 {
		description_bits(window)[0]
	}

	#[test]
	fn a_constant_window_with_four_changes_should_be_trivial() {
		let mut window = [7; 32];
		assert_eq!(bits(&window), 8);
		window[30] = 1;
		window[31] = 2;
		window[0] = 3;
		// The window's first byte differs, then two more changes.
		assert_eq!(bits(&window), 8 + 3 * 13);
		window[15] = 9;
		assert!(is_informative(bits(&window)));
	}

	#[test]
	fn ramps_should_be_trivial() {
		let bytes: Vec<u8> = (250..282_u16).map(|value| value as u8).collect();
		assert_eq!(bits(&bytes), 16);
		let words: Vec<u8> = (1..17_u16).flat_map(u16::to_le_bytes).collect();
		assert_eq!(bits(&words), 32);
	}

	#[test]
	fn a_period_of_eight_should_be_trivial_and_of_nine_not() {
		let periodic =
			|period: usize| (0..32).map(|at| [9, 2, 77, 4, 250, 6, 31, 8, 1][at % period]).collect();
		let eight: Vec<u8> = periodic(8);
		let nine: Vec<u8> = periodic(9);
		assert!(!is_informative(bits(&eight)));
		assert!(is_informative(bits(&nine)));
	}

	#[test]
	fn text_should_be_informative() {
		assert!(is_informative(bits(b"patient admitted 3 days earlier.")));
	}

	#[test]
	fn sliding_should_agree_with_each_window_alone() {
		let view: Vec<u8> = (0..300_usize).map(|at| if at % 50 < 35 { 5 } else { (at * at) as u8 }).collect();
		let sliding = description_bits(&view);
		let alone: Vec<u8> = view.windows(WINDOW).map(bits).collect();
		assert_eq!(sliding, alone);
	}

	#[test]
	fn bits_should_be_kept_by_position() {
		let mut kept = Bits::default();
		(0..200).for_each(|at| kept.push(at % 3 == 0));
		assert!((0..200).all(|at| kept.get(at) == (at % 3 == 0)));
		assert!(!kept.get(200));
	}
}
