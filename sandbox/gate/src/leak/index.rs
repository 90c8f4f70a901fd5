//! Finds windows of the corpus in an input that is read once.
//!
//! A common window of 32 bytes has 17 common pieces of 16. Of the corpus every `c`-th piece is indexed, of the input every
//! `i`-th is looked up; with `c` and `i` coprime and `c · i` ≤ 17, by the Chinese remainder theorem one of the 17 is both.
//! So a small corpus costs an input one look-up for 17 bytes, and a large one an index of a seventeenth of its length.
//! What a look-up finds is compared byte by byte: the hash decides nothing.

use super::{Reason, WINDOW, corpus::Corpus, stream::Chunk};
use std::collections::BTreeSet;

/// Bytes of a piece.
const PIECE: usize = 16;
/// The most places at which one piece is kept in the first table. The windows around further ones are kept in the second
/// by their own content, where any number of equal ones are one: a repetitive output would else be compared at all its
/// repetitions.
const MOST_PLACES: usize = 8;
/// Up to so many bytes of corpus: every how many of its pieces are indexed, and every how many of an input's looked up.
const STRIDES: [(usize, usize, usize); 4] =
	[(4 << 20, 1, 17), (16 << 20, 3, 5), (48 << 20, 7, 2), (usize::MAX, 17, 1)];

/// Positions in the corpus by the hash of what stands there.
struct Table {
	slots: Vec<u32>,
	/// A bit for a few hashes each, eight to sixteen times as many as entries: it says no to nearly all that is not there,
	/// and stays in a near cache for longer than the slots.
	filter: Vec<u64>,
}

const EMPTY: u32 = u32::MAX;

impl Table {
	fn new(entries: usize) -> Self {
		let slots = (2 * entries).next_power_of_two().max(64);
		Self { slots: vec![EMPTY; slots], filter: vec![0; slots / 16] }
	}

	/// Where a hash's bit stands: in which word, and the word with that bit only.
	#[inline]
	fn bit(&self, hash: u64) -> (usize, u64) {
		((hash >> 6) as usize & (self.filter.len() - 1), 1 << (hash & 63))
	}

	#[inline]
	fn may_have(&self, hash: u64) -> bool {
		let (word, bit) = self.bit(hash);
		self.filter[word] & bit != 0
	}

	/// The positions under this hash, and some others.
	fn positions(&self, hash: u64) -> impl Iterator<Item = usize> + '_ {
		let mask = self.slots.len() - 1;
		// The filter takes the low bits, so the slot comes of the high ones. Half of the slots are empty, so it ends.
		let first = (hash >> 32) as usize;
		(0..self.slots.len())
			.map(move |step| self.slots[(first + step) & mask])
			.take_while(|&slot| slot != EMPTY)
			.map(|slot| slot as usize)
	}

	fn insert(&mut self, hash: u64, position: u32) {
		let (word, bit) = self.bit(hash);
		self.filter[word] |= bit;
		let mask = self.slots.len() - 1;
		let first = (hash >> 32) as usize;
		let free =
			(0..self.slots.len()).map(|step| (first + step) & mask).find(|&at| self.slots[at] == EMPTY);
		if let Some(free) = free {
			self.slots[free] = position;
		}
	}
}

/// Where the corpus has what.
pub struct Index<'a> {
	corpus: &'a Corpus,
	pieces: Table,
	/// Informative windows around pieces that are in more places than `pieces` keeps.
	windows: Table,
	input_stride: usize,
}

impl<'a> Index<'a> {
	/// Indexes a corpus.
	pub fn of(corpus: &'a Corpus) -> Self {
		let bytes = corpus.bytes();
		let fitting = STRIDES.iter().find(|(most, ..)| bytes.len() <= *most);
		let &(_, corpus_stride, input_stride) = fitting.unwrap_or(&STRIDES[3]);
		let mut pieces = Table::new(bytes.len() / corpus_stride + 1);
		let mut crowded = Vec::new();
		let last = bytes.len().checked_sub(PIECE);
		for position in last.into_iter().flat_map(|last| (0..=last).step_by(corpus_stride)) {
			if windows_around(position).any(|start| corpus.is_informative(start)) {
				let piece = &bytes[position..position + PIECE];
				let hash = hash_of(piece);
				let places = pieces.positions(hash).filter(|&other| &bytes[other..other + PIECE] == piece);
				if places.take(MOST_PLACES).count() < MOST_PLACES {
					// The corpus is far below 4 GiB.
					pieces.insert(hash, position as u32);
				} else {
					crowded.push(position);
				}
			}
		}
		let mut windows = Table::new((crowded.len() * (PIECE + 1)).min(bytes.len()));
		let mut behind = 0;
		for position in crowded {
			// Neighbouring pieces share windows; each is inserted once.
			let starts =
				windows_around(position).filter(|&start| start >= behind && corpus.is_informative(start));
			for start in starts {
				let window = &bytes[start..start + WINDOW];
				let hash = hash_of_window(window);
				if !windows.positions(hash).any(|other| &bytes[other..other + WINDOW] == window) {
					windows.insert(hash, start as u32);
				}
			}
			behind = position + 1;
		}
		Self { corpus, pieces, windows, input_stride }
	}

	/// Begins an input.
	pub fn scan(&self) -> Scan<'_> {
		Scan { index: self, next: 0, found: BTreeSet::new() }
	}
}

/// The starts of all windows that have the piece at `position` in them.
fn windows_around(position: usize) -> impl Iterator<Item = usize> {
	position.saturating_sub(WINDOW - PIECE)..=position
}

/// A look through one input.
pub struct Scan<'a> {
	index: &'a Index<'a>,
	/// Where in the input the next piece is looked up.
	next: u64,
	found: BTreeSet<Reason>,
}

impl Scan<'_> {
	/// Takes the next piece of the input.
	pub fn feed(&mut self, chunk: Chunk) {
		// All of the windows around a piece must be there, unless the input ends first.
		let needed = if chunk.last { PIECE } else { WINDOW };
		let Some(last) = chunk.bytes.len().checked_sub(needed) else { return };
		let stride = self.index.input_stride;
		let mut at = (self.next - chunk.offset) as usize;
		while at <= last {
			let hash = hash_of(&chunk.bytes[at..at + PIECE]);
			if self.index.pieces.may_have(hash) {
				self.compare(chunk.bytes, at, hash);
			}
			at += stride;
		}
		self.next = chunk.offset + at as u64;
	}

	/// What was found.
	pub fn found(&self) -> impl Iterator<Item = Reason> + '_ {
		self.found.iter().copied()
	}

	/// Compares what stands around `at` in the input with what stands around the same piece in the corpus.
	#[cold]
	fn compare(&mut self, input: &[u8], at: usize, hash: u64) {
		let starts = at.saturating_sub(WINDOW - PIECE);
		let around = &input[starts..(at + WINDOW).min(input.len())];
		if around.iter().all(|&byte| byte == input[at]) {
			// Constant, so every window here is trivial. Long runs of background are the bulk of many inputs.
			return;
		}
		let corpus = self.index.corpus.bytes();
		let piece = &input[at..at + PIECE];
		let mut places = 0;
		for position in self.index.pieces.positions(hash) {
			if &corpus[position..position + PIECE] == piece {
				places += 1;
				self.compare_with(input, at, position);
			}
		}
		if places < MOST_PLACES {
			return;
		}
		for window in around.windows(WINDOW) {
			let hash = hash_of_window(window);
			if !self.index.windows.may_have(hash) {
				continue;
			}
			let equal = |position: &usize| &corpus[*position..*position + WINDOW] == window;
			if let Some(position) = self.index.windows.positions(hash).find(equal) {
				self.found.extend(self.index.corpus.view_at(position).map(|(_, _, reason)| reason));
			}
		}
	}

	/// Compares the neighbourhoods of a common piece: is it part of a common window that is not trivial?
	fn compare_with(&mut self, input: &[u8], at: usize, position: usize) {
		let corpus = self.index.corpus;
		let Some((view_start, view_end, reason)) = corpus.view_at(position) else { return };
		let view = &corpus.bytes()[..view_end];
		let before = input[..at].iter().rev().zip(view[view_start..position].iter().rev());
		let after = input[at + PIECE..].iter().zip(&view[position + PIECE..]);
		let before = before.take(WINDOW - PIECE).take_while(|(a, b)| a == b).count();
		let after = after.take(WINDOW - PIECE).take_while(|(a, b)| a == b).count();
		if let Some(further) = (before + PIECE + after).checked_sub(WINDOW) {
			let first = position - before;
			if (first..=first + further).any(|start| corpus.is_informative(start)) {
				self.found.insert(reason);
			}
		}
	}
}

/// Mixes the two halves of a piece: a multiplication of 64 by 64 bits, folded.
#[inline]
fn hash_of(piece: &[u8]) -> u64 {
	let half = |at: usize| {
		piece.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |half| u64::from_le_bytes(*half))
	};
	let product = u128::from(half(0) ^ 0x9e37_79b9_7f4a_7c15) * u128::from(half(8) ^ 0xd1b5_4a32_d192_ed03);
	(product >> 64) as u64 ^ product as u64
}

fn hash_of_window(window: &[u8]) -> u64 {
	let (first, second) = window.split_at(PIECE);
	hash_of(first).rotate_left(23).wrapping_mul(0xff51_afd7_ed55_8ccd) ^ hash_of(second)
}
