//! Finds an input's samples in a model's values, beyond what [`super::corpus`] finds by encoding values as samples:
//! decimals of a text input, and samples after an affine transform.

use super::{
	numbers::{self, Numeral, Numerals},
	order::{self, Extremes, RUN},
	stream::Chunk,
};
use crate::Reason;
use std::collections::VecDeque;

/// Decimals of a text input that a model must not have in a row, equal as floats of 32 bits.
const EXACT: usize = 8;
/// Of these so many must be different values: flags and small classes are in every table and many models.
const FEWEST_DISTINCT: usize = 6;
/// The most values of all models, as they are read at every place and width. Each takes up to 56 bytes while inputs are
/// read.
const MOST_VALUES: usize = 16 << 20;

/// Places by key, with a filter before them.
struct Lookup<Place> {
	/// Mixed keys, ascending, and places.
	entries: Vec<(u64, Place)>,
	/// Where the entries begin whose mixed keys have these highest bits; and their end.
	buckets: Vec<u32>,
	/// 64 less the number of these bits.
	shift: u32,
	/// Three bits in one word for each key, sixteen bits an entry: it lets about one of 200 other keys pass.
	filter: Vec<u64>,
}

impl<Place: Copy> Lookup<Place> {
	fn of(entries: impl IntoIterator<Item = (u64, Place)>) -> Self {
		let mut entries: Vec<_> = entries.into_iter().map(|(key, place)| (mix(key), place)).collect();
		entries.sort_unstable_by_key(|(mixed, _)| *mixed);
		let bucket_count = entries.len().next_power_of_two().max(64);
		let shift = 64 - bucket_count.trailing_zeros();
		let mut buckets = Vec::with_capacity(bucket_count + 1);
		for bucket in 0..=bucket_count as u64 {
			let before = buckets.last().map_or(0, |&before| before as usize);
			let more = entries[before..].iter().take_while(|(mixed, _)| mixed >> shift < bucket).count();
			// The entries are at most four a value, and the values below 2^24.
			buckets.push((before + more) as u32);
		}
		let mut filter = vec![0; bucket_count / 4];
		for (mixed, _) in &entries {
			let (word, bits) = filter_bits(*mixed, filter.len());
			filter[word] |= bits;
		}
		Self { entries, buckets, shift, filter }
	}

	#[inline]
	fn may_have(&self, key: u64) -> bool {
		let (word, bits) = filter_bits(mix(key), self.filter.len());
		self.filter[word] & bits == bits
	}

	fn places(&self, key: u64) -> impl Iterator<Item = Place> + '_ {
		let mixed = mix(key);
		let bucket = (mixed >> self.shift) as usize;
		let range = self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize;
		let equal = self.entries[range].iter().filter(move |(other, _)| *other == mixed);
		equal.map(|(_, place)| *place)
	}
}

/// Spreads keys, each to another number: a shift and a multiplication that can both be undone.
#[inline]
fn mix(key: u64) -> u64 {
	(key ^ key >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Where a mixed key's bits stand in a filter of `words`, a power of two: in which word, and the word with these bits only.
#[inline]
fn filter_bits(mixed: u64, words: usize) -> (usize, u64) {
	let bit = |shift: u32| 1_u64 << (mixed >> shift & 63);
	((mixed >> 41) as usize & (words - 1), bit(23) | bit(29) | bit(35))
}

/// The values of all models.
pub struct Records {
	values: Vec<f64>,
	/// Where runs begin, by order.
	orders: Lookup<(u32, Extremes)>,
	/// Where values begin, by themselves.
	exact: Lookup<u32>,
}

impl Records {
	/// Reads models: as floats, and as text.
	///
	/// # Errors
	/// [`Reason::TooMuchToCheck`] where they are more than can be looked through.
	pub fn of(models: &[&[u8]]) -> Result<Self, Reason> {
		let (mut values, mut orders, mut exact) = (Vec::new(), Vec::new(), Vec::new());
		let mut too_many = false;
		let mut take = |run: &[f64]| {
			too_many |= values.len() + run.len() > MOST_VALUES;
			if too_many {
				return;
			}
			// Below 2^24, as just checked.
			let offset = values.len() as u32;
			for (key, start) in order::keys(run).filter(|(key, _)| order::is_telling(*key)) {
				let place = (offset + start as u32, Extremes::of(&run[start..start + RUN]));
				orders.push((key, place));
				orders.push((order::inverse(key), place));
			}
			for (start, window) in
				run.array_windows::<EXACT>().enumerate().filter(|(_, window)| is_telling(window))
			{
				exact.push((exact_key(window.iter()), offset + start as u32));
			}
			values.extend(run);
		};
		for model in models {
			numbers::float_runs(model, &mut take);
			numbers::text_runs(model, &mut take);
		}
		if too_many {
			return Err(Reason::TooMuchToCheck);
		}
		Ok(Self { values, orders: Lookup::of(orders), exact: Lookup::of(exact) })
	}

	/// Begins an input.
	pub fn scan(&self) -> Scan<'_> {
		Scan {
			records: self,
			bytes: 0,
			words: [0; 2],
			integers: [0; 2],
			floats: [0; 4],
			decimals: Decimals::default(),
			found: false,
		}
	}

	/// Whether the run of this key is a transform of a model's values. All of its samples are only read where the key is
	/// known and three of them fit: pixels of 12 bits in two bytes go up and down in turns, and of any large model some
	/// values do.
	fn has_transform_of(&self, key: u64, sample: impl Fn(usize) -> f64) -> bool {
		self.orders.may_have(key)
			&& self.orders.places(key).any(|(at, extremes)| {
				let values = &self.values[at as usize..at as usize + RUN];
				extremes.may_be_transform(values, &sample)
					&& order::is_transform(&std::array::from_fn(&sample), values)
			})
	}

	fn has_exactly(&self, key: u64, window: &VecDeque<f64>) -> bool {
		let recent = || window.iter().skip(window.len() - EXACT).map(narrow);
		let values = |at: u32| self.values[at as usize..at as usize + EXACT].iter().map(narrow);
		self.exact.places(key).any(|at| values(at).eq(recent()))
	}
}

/// A value as a float of 32 bits; one zero for both.
fn narrow(value: &f64) -> u32 {
	(*value as f32 + 0.0).to_bits()
}

fn exact_key<'a>(window: impl Iterator<Item = &'a f64>) -> u64 {
	window.fold(0, |key: u64, value| {
		(key ^ u64::from(narrow(value))).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(29)
	})
}

/// Whether values are different enough, and no ramp.
fn is_telling(window: &[f64; EXACT]) -> bool {
	let mut bits = window.map(|value| narrow(&value));
	let step = window[1] - window[0];
	let is_ramp = window.array_windows().all(|[a, b]| b - a == step);
	bits.sort_unstable();
	let distinct = 1 + bits.array_windows().filter(|[a, b]| a != b).count();
	distinct >= FEWEST_DISTINCT && !is_ramp
}

/// A look through one input, whose samples may be of 8, 16 or 32 bits (little endian), beginning at any byte.
pub struct Scan<'a> {
	records: &'a Records,
	bytes: u64,
	words: [u64; 2],
	integers: [u64; 2],
	floats: [u64; 4],
	decimals: Decimals,
	found: bool,
}

impl Scan<'_> {
	/// Takes the next piece of the input.
	pub fn feed(&mut self, chunk: Chunk) {
		if self.records.values.is_empty() || self.found {
			return;
		}
		self.feed_samples(chunk);
		let mut decimals = std::mem::take(&mut self.decimals);
		for &byte in &chunk.bytes[chunk.carried..] {
			self.found |= decimals.feed(byte, self.records);
		}
		if chunk.last {
			self.found |= decimals.finish(self.records);
		}
		self.decimals = decimals;
	}

	/// Whether a record was found.
	pub fn found(&self) -> bool {
		self.found
	}

	fn feed_samples(&mut self, chunk: Chunk) {
		let bytes = chunk.bytes;
		let orders = &self.records.orders;
		for end in chunk.carried..bytes.len() {
			let [a, b, c, d, e, f, g, h] = last_eight(&bytes[..=end]);
			let at = chunk.offset + end as u64;
			self.bytes = order::push(self.bytes, h > g, h == g);
			let (word, word_before) = (u16::from_le_bytes([g, h]), u16::from_le_bytes([e, f]));
			let parity = (at & 1) as usize;
			let equal = word == word_before;
			self.words[parity] = order::push(self.words[parity], word > word_before, equal);
			let above = word as i16 > word_before as i16;
			self.integers[parity] = order::push(self.integers[parity], above, equal);
			let (float, float_before) = (f32::from_le_bytes([e, f, g, h]), f32::from_le_bytes([a, b, c, d]));
			let phase = (at & 3) as usize;
			self.floats[phase] = order::push(self.floats[phase], float > float_before, float == float_before);
			let keys = [self.bytes, self.words[parity], self.integers[parity], self.floats[phase]];
			if keys.iter().any(|&key| orders.may_have(key)) && self.is_record(bytes, end, keys) {
				self.found = true;
				return;
			}
		}
	}

	/// Whether the samples that end with the byte at `end` are transforms of a model's values.
	#[cold]
	fn is_record(&self, bytes: &[u8], end: usize, keys: [u64; 4]) -> bool {
		let records = self.records;
		let [byte_key, word_key, integer_key, float_key] = keys;
		let byte = samples(bytes, end, |[byte]| f64::from(byte));
		let word = samples(bytes, end, |word| f64::from(u16::from_le_bytes(word)));
		let integer = samples(bytes, end, |word| f64::from(i16::from_le_bytes(word)));
		let float = samples(bytes, end, |float| f64::from(f32::from_le_bytes(float)));
		byte.is_some_and(|sample| records.has_transform_of(byte_key, sample))
			|| word.is_some_and(|sample| records.has_transform_of(word_key, sample))
			|| integer.is_some_and(|sample| records.has_transform_of(integer_key, sample))
			|| float.is_some_and(|sample| records.has_transform_of(float_key, sample))
	}
}

/// The last eight bytes, after zeros where the input has no eight yet: no run is complete by then.
#[inline]
fn last_eight(bytes: &[u8]) -> [u8; 8] {
	match bytes.last_chunk() {
		Some(last) => *last,
		None => {
			let mut last = [0; 8];
			last[8 - bytes.len()..].copy_from_slice(bytes);
			last
		}
	}
}

/// The 32 samples that end with the byte at `end`. None where the input begins within them.
fn samples<const N: usize>(
	bytes: &[u8],
	end: usize,
	read: impl Fn([u8; N]) -> f64,
) -> Option<impl Fn(usize) -> f64> {
	let start = (end + 1).checked_sub(N * RUN)?;
	let chunks = bytes.get(start..=end)?.as_chunks::<N>().0;
	Some(move |at| chunks.get(at).map_or(f64::NAN, |chunk| read(*chunk)))
}

/// The decimals of a text input.
#[derive(Default)]
struct Decimals {
	numerals: Numerals,
	/// The last values of the run, 32 at most.
	recent: VecDeque<f64>,
	order: u64,
}

impl Decimals {
	/// Takes a byte. Whether a record ends with it.
	#[inline]
	fn feed(&mut self, byte: u8, records: &Records) -> bool {
		let Self { numerals, recent, order } = self;
		let mut found = false;
		numerals.feed(byte, |numeral| found |= take(recent, order, numeral, records));
		found
	}

	/// Ends the input.
	fn finish(&mut self, records: &Records) -> bool {
		let Self { numerals, recent, order } = self;
		let mut found = false;
		numerals.finish(&mut |numeral| found |= take(recent, order, numeral, records));
		found
	}
}

/// Takes a numeral of the input. Whether a record ends with it.
fn take(recent: &mut VecDeque<f64>, key: &mut u64, numeral: Numeral, records: &Records) -> bool {
	let value = match numeral {
		Numeral::Value(value) => value,
		Numeral::Break => {
			recent.clear();
			return false;
		}
	};
	if let Some(&before) = recent.back() {
		*key = order::push(*key, value > before, value == before);
	}
	if recent.len() == RUN {
		recent.pop_front();
	}
	recent.push_back(value);
	if recent.len() < EXACT {
		return false;
	}
	let exact = exact_key(recent.iter().skip(recent.len() - EXACT));
	if records.exact.may_have(exact) && records.has_exactly(exact, recent) {
		return true;
	}
	recent.len() == RUN && records.has_transform_of(*key, |at| recent.get(at).copied().unwrap_or(f64::NAN))
}
