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
	fn smooth_runs_should_not_be_telling() {
		let ramp: [f64; RUN] = std::array::from_fn(|at| at as f64);
		assert!(!is_telling(key_of(&ramp)));
		assert!(!is_telling(key_of(&[4.0; RUN])));
		assert!(is_telling(key_of(&zigzag())));
	}
}
