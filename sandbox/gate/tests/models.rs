//! Refusal 19: a model that embeds its records.

mod common;

use common::{manifest, model_reasons, noise, output, policy, verdict};
use heirloom_gate::{Reason, Verdict};
use proptest::prelude::*;

/// Weights as a training leaves them: small numbers of both signs.
fn weights(seed: u64, count: usize) -> Vec<f32> {
	noise(seed, 2 * count)
		.as_chunks::<2>()
		.0
		.iter()
		.map(|bytes| f32::from(i16::from_le_bytes(*bytes)) / 30_011.0)
		.collect()
}

fn bytes(values: &[f32]) -> Vec<u8> {
	values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// Pixels of 12 bits with some texture, as a CT slice has them.
fn pixels(seed: u64, count: usize) -> Vec<u16> {
	noise(seed, count)
		.iter()
		.enumerate()
		.map(|(at, byte)| 900 + (at % 64) as u16 * 3 + u16::from(byte % 64))
		.collect()
}

fn with_planted(planted: &[f32]) -> Vec<u8> {
	bytes(&[&weights(1, 500)[..], planted, &weights(2, 300)[..]].concat())
}

fn is_embedded(model: &[u8], input: &[u8]) -> bool {
	model_reasons(model, input).contains(&Reason::EmbeddedRecord)
}

#[test]
fn refusal_19_a_model_should_wait_for_its_owner() {
	let declared = manifest(r#"{"name":"weights.bin","kind":"model"}"#);
	let model = output("weights.bin", bytes(&weights(1, 5_000)));
	let input = noise(9, 100_000);
	assert!(matches!(verdict(&policy(), vec![declared, model], &input), Verdict::AwaitingOwner(_)));
}

#[test]
fn refusal_19_a_model_with_widened_bytes_should_be_held() {
	let input = noise(3, 5_000);
	let planted: Vec<f32> = input[1_001..1_033].iter().map(|&byte| f32::from(byte)).collect();
	assert!(is_embedded(&with_planted(&planted), &input));
}

#[test]
fn refusal_19_a_model_with_widened_words_should_be_held() {
	let pixels = pixels(4, 4_000);
	let input: Vec<u8> = pixels.iter().flat_map(|pixel| pixel.to_le_bytes()).collect();
	let planted: Vec<f32> = pixels[500..516].iter().map(|&pixel| f32::from(pixel)).collect();
	assert!(is_embedded(&with_planted(&planted), &input));
}

#[test]
fn refusal_19_a_model_with_widened_signed_words_should_be_held() {
	// Hounsfield units: air is -1000.
	let units: Vec<i16> = pixels(4, 4_000).iter().map(|&pixel| pixel as i16 - 1_024).collect();
	let input: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
	let planted: Vec<f32> = units[500..516].iter().map(|&unit| f32::from(unit)).collect();
	assert!(is_embedded(&with_planted(&planted), &input));
}

#[test]
fn refusal_19_a_model_with_doubles_should_be_held() {
	let input = bytes(&weights(11, 3_000));
	let planted: Vec<f64> = weights(11, 3_000)[700..708].iter().map(|&value| f64::from(value)).collect();
	for to_bytes in [f64::to_le_bytes, f64::to_be_bytes] {
		let mut model = bytes(&weights(1, 301));
		model.extend(planted.iter().flat_map(|value| to_bytes(*value)));
		assert!(is_embedded(&model, &input));
	}
}

#[test]
fn refusal_19_a_model_with_big_endian_floats_should_be_held() {
	let records = weights(11, 3_000);
	let model: Vec<u8> = records[700..708].iter().flat_map(|value| value.to_be_bytes()).collect();
	assert!(is_embedded(&[&[1, 2, 3], &model[..]].concat(), &bytes(&records)));
}

#[test]
fn refusal_19_a_model_with_decimals_of_a_table_should_be_held() {
	let records = weights(12, 600);
	let rows: Vec<String> =
		records.chunks(6).map(|row| row.iter().map(f32::to_string).collect::<Vec<_>>().join(",")).collect();
	let input = format!("a,b,c,d,e,f\n{}\n", rows.join("\n"));
	assert!(is_embedded(&with_planted(&records[60..68]), input.as_bytes()));
	assert!(!is_embedded(&with_planted(&records[60..67]), input.as_bytes()));
}

#[test]
fn refusal_19_a_model_with_scaled_decimals_should_be_held() {
	let records = weights(12, 600);
	let input: String = records.iter().map(|value| format!("{value}; ")).collect();
	let planted: Vec<f32> = records[60..92].iter().map(|value| 1.5 - 0.25 * value).collect();
	assert!(is_embedded(&with_planted(&planted), input.as_bytes()));
}

#[test]
fn refusal_19_a_model_with_normalised_pixels_at_the_inputs_beginning_should_be_held() {
	let input = noise(3, 400);
	for start in 0..9 {
		let planted: Vec<f32> =
			input[start..start + 32].iter().map(|&byte| f32::from(byte) / 255.0).collect();
		assert!(is_embedded(&with_planted(&planted), &input), "start {start}");
	}
}

#[test]
fn a_model_of_smooth_values_should_pass() {
	// Sorted thresholds beside a ramp: every ramp is an affine transform of every other.
	let thresholds: Vec<f32> = (0..200).map(|at| at as f32 * 0.125).collect();
	let input: Vec<u8> = (0..2_000_u16).flat_map(|value| (value * 3).to_le_bytes()).collect();
	assert_eq!(model_reasons(&bytes(&thresholds), &input), []);
}

#[test]
fn the_size_cap_of_models_should_be_their_own() {
	let mut policy = policy();
	policy.largest_output = Some(4_096);
	policy.largest_model = 20_000;
	let outputs = |len: usize| {
		vec![manifest(r#"{"name":"weights.bin","kind":"model"}"#), output("weights.bin", noise(1, len))]
	};
	assert!(matches!(verdict(&policy, outputs(20_000), &[]), Verdict::AwaitingOwner(_)));
	assert_eq!(common::reasons(&policy, outputs(20_001), &[]), [Reason::ModelTooLarge]);
	policy.permit_cap = 16_384;
	assert_eq!(common::reasons(&policy, outputs(20_000), &[]), [Reason::OutputTooLarge]);
}

/// How a run of samples is transformed.
fn any_transform() -> impl Strategy<Value = (f32, f32)> {
	(prop::sample::select(vec![1.0 / 255.0, 1.0 / 4_096.0, 0.01, 1.0, 3.5, -0.02]), -2.0_f32..2.0)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(200))]

	#[test]
	fn transformed_pixels_should_be_found(
		seed in 0_u64..1_000_000,
		start in 0_usize..1_900,
		(scale, shift) in any_transform(),
		odd in 0_usize..4,
		signed in any::<bool>(),
	) {
		let pixels = pixels(seed, 2_000);
		let offset = if signed { 1_000.0 } else { 0.0 };
		let mut input = vec![7; odd];
		input.extend(pixels.iter().flat_map(|&pixel| if signed { (pixel as i16 - 1_000).to_le_bytes() } else { pixel.to_le_bytes() }));
		let planted: Vec<f32> =
			pixels[start..start + 48].iter().map(|&pixel| (f32::from(pixel) - offset) * scale + shift).collect();
		prop_assert!(is_embedded(&[&[9; 3], &with_planted(&planted)[..]].concat(), &input));
	}

	#[test]
	fn transformed_floats_should_be_found(seed in 0_u64..1_000_000, start in 0_usize..1_900, (scale, shift) in any_transform()) {
		let records = weights(seed, 2_000);
		let planted: Vec<f32> = records[start..start + 40].iter().map(|value| (value + shift) * scale).collect();
		prop_assert!(is_embedded(&with_planted(&planted), &bytes(&records)));
	}

	#[test]
	fn unrelated_models_should_not_embed(seed in 0_u64..1_000_000) {
		let input: Vec<u8> = pixels(seed, 20_000).iter().flat_map(|pixel| pixel.to_le_bytes()).collect();
		prop_assert_eq!(model_reasons(&bytes(&weights(seed + 1, 2_000)), &input), []);
	}
}
