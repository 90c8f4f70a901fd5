//! Runs of values that are an input's samples after one affine transform (scaled, shifted, both).
//!
//! A transform x → a·x + b keeps the order of any two values (or turns every order round, where a < 0). So of 32
//! neighbouring values the 31 comparisons of each with the one before, two bits a piece, are a key that an input's samples
//! and their transforms share. A key found in an input is confirmed by the transform itself.

/// Values of a run that are compared.
pub const RUN: usize = 32;
/// The low bit of each comparison in a key.
const LOW: u64 = 0x1555_5555_5555_5555;
/// All bits of a key.
const MASK: u64 = LOW | LOW << 1;
/// A run with fewer turning points is smooth: rising, falling, or a few waves. Sorted thresholds, bin edges and learned
/// curves are such runs, and so is much of every input.
const FEWEST_TURNS: u32 = 8;
/// How far a value may be from its sample's transform, as a part of the run's range: 1/1024 is far less than a grey level
/// of 8 bits, and more than floats round by.
const TOLERANCE: f64 = 1.0 / 1024.0;

/// A key with one more comparison: 0 below the one before, 1 equal, 2 above.
#[inline]
pub fn push(key: u64, above: bool, equal: bool) -> u64 {
	(key << 2 | u64::from(above) << 1 | u64::from(equal)) & MASK
}

/// The key of the same run turned upside down.
pub fn inverse(key: u64) -> u64 {
	let unequal = !key & LOW;
	key ^ unequal << 1
}

/// Whether a run of this key goes up and down often enough.
pub fn is_telling(key: u64) -> bool {
	let (equal, above) = (key & LOW, key >> 1 & LOW);
	// Neighbouring comparisons, both of unequal values, that point different ways. The oldest has no neighbour.
	let turns = (above ^ above >> 2) & !equal & !(equal >> 2) & (MASK >> 2);
	turns.count_ones() >= FEWEST_TURNS
}

/// The keys of all runs in `values`, with the position of each run's first value.
pub fn keys(values: &[f64]) -> impl Iterator<Item = (u64, usize)> + '_ {
	let mut key = 0;
	values.windows(2).enumerate().filter_map(move |(at, pair)| {
		key = push(key, pair[1] > pair[0], pair[1] == pair[0]);
		// The pair at 30 is the 31st comparison.
		Some((key, (at + 2).checked_sub(RUN)?))
	})
}

/// Places in a run of values, as far apart in value as any: one of the smallest and one of the largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extremes {
	least: u8,
	most: u8,
}

impl Extremes {
	/// Those of a run.
	pub fn of(values: &[f64]) -> Self {
		let (mut least, mut most) = (0, 0);
		for (at, value) in values.iter().enumerate().take(RUN) {
			if *value < values[least] {
				least = at;
			}
			if *value > values[most] {
				most = at;
			}
		}
		// Below 32, as just said.
		Self { least: least as u8, most: most as u8 }
	}

	/// Whether `values` may be samples after one affine transform, by three of them. Never no where [`is_transform`] says
	/// yes, and hardly ever yes where it says no: what looks alike by its order, as all that goes up and down in turns
	/// does, is told apart without reading it.
	///
	/// With v = a·s + b + e, |e| ≤ t: (s2 − s0)·(v1 − v0) and (s1 − s0)·(v2 − v0) differ by less than
	/// 2t·(|s1 − s0| + |s2 − s0|). The tolerance t is a part of a range that is at most that of all values.
	#[inline]
	pub fn may_be_transform(self, values: &[f64], sample: impl Fn(usize) -> f64) -> bool {
		let (least, most) = (usize::from(self.least), usize::from(self.most));
		// One of the first three is neither.
		let third = (0..3).find(|at| *at != least && *at != most).unwrap_or(0);
		let (low, high, other) = (sample(least), sample(most), sample(third));
		let (rise, part) = (values[most] - values[least], values[third] - values[least]);
		let difference = ((other - low) * rise - (high - low) * part).abs();
		// Twice what it need be: the products are rounded. What is no number is not told apart here.
		let most = 4.0 * TOLERANCE * rise * ((high - low).abs() + (other - low).abs());
		difference.is_nan() || most.is_nan() || difference <= most
	}
}

/// Whether `values` are `samples` after one affine transform: the one that maps the samples' smallest and largest.
pub fn is_transform(samples: &[f64; RUN], values: &[f64]) -> bool {
	let (mut least, mut most) = (0, 0);
	for (at, sample) in samples.iter().enumerate() {
		if *sample < samples[least] {
			least = at;
		}
		if *sample > samples[most] {
			most = at;
		}
	}
	let range = values[most] - values[least];
	let scale = range / (samples[most] - samples[least]);
	let tolerance = TOLERANCE * range.abs();
	// A comparison with what is no number is false.
	values
		.iter()
		.zip(samples)
		.all(|(value, sample)| ((sample - samples[least]) * scale + values[least] - value).abs() <= tolerance)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn zigzag() -> [f64; RUN] {
		std::array::from_fn(|at| (at * at * 7 % 31) as f64)
	}

	fn key_of(values: &[f64]) -> u64 {
		keys(values).next().expect("a whole run").0
	}

	#[test]
	fn a_key_should_survive_scaling_and_shifting() {
		let samples = zigzag();
		assert_eq!(key_of(&samples), key_of(&samples.map(|sample| 0.01 * sample - 3.0)));
		assert_eq!(inverse(key_of(&samples)), key_of(&samples.map(|sample| 5.0 - 2.0 * sample)));
	}

	#[test]
	fn a_transform_should_be_recognised_also_when_it_is_negative() {
		let samples = zigzag();
		for scale in [1.0, 1.0 / 255.0, -0.5] {
			let values = samples.map(|sample| f64::from((scale * sample + 0.25) as f32));
			assert!(is_transform(&samples, &values));
		}
	}

	#[test]
	fn another_curve_of_the_same_order_should_be_no_transform() {
		let samples = zigzag();
		assert!(!is_transform(&samples, &samples.map(|sample| sample * sample)));
		assert!(!is_transform(&[1.0; RUN], &samples));
	}

	#[test]
	fn three_values_should_not_rule_out_a_transform() {
		let samples = zigzag();
		for (scale, shift) in [(1.0, 0.0), (1.0 / 255.0, -3.0), (-0.5, 0.25), (1e6, 1e9)] {
			let rounded = samples.map(|sample| scale * sample + shift + scale * 30.0 / 1_500.0);
			let values = rounded.map(|value| f64::from(value as f32));
			let may_be = Extremes::of(&values).may_be_transform(&values, |at| samples[at]);
			assert!(may_be || !is_transform(&samples, &values));
			assert!(may_be);
		}
	}

	#[test]
	fn three_values_should_tell_apart_what_goes_up_and_down_alike() {
		let turns = |seed: usize| -> [f64; RUN] {
			std::array::from_fn(|at| ((at * 37 + seed * 101) % 97 + 200 * (at % 2)) as f64)
		};
		let samples = turns(0);
		let told_apart = |seed| {
			let values = turns(seed);
			assert_eq!(key_of(&samples), key_of(&values));
			!Extremes::of(&values).may_be_transform(&values, |at| samples[at])
		};
		assert!((1..90).filter(|seed| told_apart(*seed)).count() > 80);
	}

	#[test]
	fn smooth_runs_should_not_be_telling() {
		let ramp: [f64; RUN] = std::array::from_fn(|at| at as f64);
		assert!(!is_telling(key_of(&ramp)));
		assert!(!is_telling(key_of(&[4.0; RUN])));
		assert!(is_telling(key_of(&zigzag())));
	}
}
