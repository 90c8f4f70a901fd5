//! Refusal 1: an output that contains a window of the input.

mod common;

use base64::{Engine, engine::general_purpose as alphabets};
use common::{model_reasons, noise, policy, reasons, text_reasons};
use heirloom_gate::{Encoding, Gate, Reason, Verdict, WINDOW};
use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};
use proptest::prelude::*;
use std::io::Read;

/// Long enough for several places to take a window from.
fn input() -> Vec<u8> {
	noise(1, 10_000)
}

fn held_for(encoding: Encoding, output: &[u8]) -> bool {
	model_reasons(output, &input()).contains(&Reason::InputWindow(encoding))
}

/// What stands around a planted piece: noise that is not the input's.
fn around(piece: &[u8]) -> Vec<u8> {
	[&noise(2, 777)[..], piece, &noise(3, 333)[..]].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
	// Flags: a file name and nothing else.
	let header = [0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 255];
	[&header[..], b"scan.raw\0", &compress_to_vec(bytes, 6)].concat()
}

fn zip(bytes: &[u8]) -> Vec<u8> {
	let mut header = vec![b'P', b'K', 3, 4, 20, 0, 0, 0, 8, 0];
	header.extend([0; 16]);
	header.extend([4, 0, 0, 0]);
	[&header[..], b"scan", &compress_to_vec(bytes, 6)].concat()
}

#[test]
fn refusal_01_output_with_an_input_window_should_be_held() {
	assert!(held_for(Encoding::Raw, &around(&input()[5_000..5_032])));
}

#[test]
fn refusal_01_output_with_a_window_at_either_end_of_the_input_should_be_held() {
	let input = input();
	assert!(held_for(Encoding::Raw, &around(&input[..WINDOW])));
	assert!(held_for(Encoding::Raw, &around(&input[input.len() - WINDOW..])));
	assert!(held_for(Encoding::Raw, &input[..WINDOW]));
}

#[test]
fn refusal_01_output_with_31_input_bytes_should_pass() {
	assert_eq!(model_reasons(&around(&input()[5_000..5_031]), &input()), []);
}

#[test]
fn refusal_01_output_with_a_reversed_input_window_should_be_held() {
	let reversed: Vec<u8> = input()[71..103].iter().rev().copied().collect();
	assert!(held_for(Encoding::Reversed, &around(&reversed)));
}

#[test]
fn refusal_01_output_with_a_hex_input_window_should_be_held() {
	let digits: String = input()[71..103].iter().map(|byte| format!("{byte:02x}")).collect();
	assert!(held_for(Encoding::Hex, &around(digits.as_bytes())));
	assert!(held_for(Encoding::Hex, &around(digits.to_uppercase().as_bytes())));
}

#[test]
fn refusal_01_output_with_a_hex_window_in_lines_should_be_held() {
	let rows: Vec<String> = input()[71..103].iter().map(|byte| format!("0x{byte:02X}")).collect();
	let dump: Vec<String> = rows.chunks(8).map(|row| row.join(", ")).collect();
	assert!(held_for(Encoding::Hex, &around(dump.join(",\n  ").as_bytes())));
}

#[test]
fn refusal_01_output_with_a_base64_input_window_should_be_held() {
	for alphabet in [&alphabets::STANDARD, &alphabets::URL_SAFE, &alphabets::STANDARD_NO_PAD] {
		for alignment in 0..3 {
			// The bytes before the window are not the input's.
			let bytes = [&noise(4, alignment)[..], &input()[400..400 + WINDOW]].concat();
			let text = format!("{{\"log\":\"{}\"}}", alphabet.encode(bytes));
			assert!(held_for(Encoding::Base64, &around(text.as_bytes())), "alignment {alignment}");
		}
	}
}

#[test]
fn refusal_01_output_with_base64_in_lines_should_be_held() {
	let text = alphabets::STANDARD.encode(&input()[400..500]);
	for end in ["\n", "\r\n", "\\n", "\",\n\""] {
		let lines: Vec<&str> =
			text.as_bytes().chunks(20).filter_map(|line| std::str::from_utf8(line).ok()).collect();
		assert!(held_for(Encoding::Base64, lines.join(end).as_bytes()), "lines end with {end:?}");
	}
}

#[test]
fn refusal_01_output_with_swapped_words_should_be_held() {
	let swapped: Vec<u8> = input()[70..102].chunks(2).flat_map(|word| [word[1], word[0]]).collect();
	assert!(held_for(Encoding::Swapped, &around(&swapped)));
	assert!(held_for(Encoding::Swapped, &[&[0], &swapped[..]].concat()));
}

#[test]
fn refusal_01_output_with_decimal_bytes_should_be_held() {
	let decimals: Vec<String> = input()[70..102].iter().map(u8::to_string).collect();
	assert!(held_for(Encoding::Numbers, format!("[{}]", decimals.join(", ")).as_bytes()));
}

#[test]
fn refusal_01_output_with_a_deflated_input_window_should_be_held() {
	let piece = &input()[100..1_100];
	let members = [
		compress_to_vec(piece, 6),
		compress_to_vec(piece, 0),
		compress_to_vec_zlib(piece, 9),
		gzip(piece),
		zip(piece),
	];
	for (kind, member) in members.iter().enumerate() {
		let found = model_reasons(&around(member), &input());
		// Level 0 stores, so the window is there as it is, too.
		let stored = Reason::InputWindow(Encoding::Raw);
		let wanted = Reason::InputWindow(Encoding::Inflated);
		assert!(found.contains(&wanted) || found.contains(&stored) && kind == 1, "kind {kind}");
	}
}

#[test]
fn refusal_01_output_with_a_member_cut_short_should_be_held() {
	// Text, so that it does get shorter.
	let input: Vec<u8> =
		(0..400).flat_map(|at| format!("{},{};", at * 37 % 101, at * at % 97).into_bytes()).collect();
	let member = compress_to_vec(&input, 9);
	let found = model_reasons(&member[..member.len() / 2], &input);
	assert!(found.contains(&Reason::InputWindow(Encoding::Inflated)), "{found:?}");
}

#[test]
fn refusal_01_output_with_nested_encodings_should_be_held_for_the_outermost() {
	let nested = alphabets::STANDARD.encode(gzip(&gzip(&input()[100..400])));
	assert!(held_for(Encoding::Base64, nested.as_bytes()));
	let nested = gzip(alphabets::STANDARD.encode(&input()[100..400]).as_bytes());
	assert!(held_for(Encoding::Inflated, &nested));
}

#[test]
fn refusal_01_output_nested_too_deep_should_be_held() {
	let mut nested = noise(5, 300);
	for _ in 0..6 {
		nested = gzip(&nested);
	}
	assert_eq!(model_reasons(&nested, &input()), [Reason::TooMuchToCheck]);
}

#[test]
fn refusal_01_output_that_inflates_without_bound_should_be_held() {
	let bomb = gzip(&vec![0; 70 << 20]);
	assert_eq!(model_reasons(&bomb, &input()), [Reason::TooMuchToCheck]);
}

#[test]
fn refusal_01_output_compressed_in_another_way_should_be_held() {
	let zstd: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd, 0x24, 5];
	let xz: &[u8] = &[0xfd, b'7', b'z', b'X', b'Z', 0];
	let bzip2: &[u8] = b"BZh91AY&SY";
	let lz4: &[u8] = &[4, 0x22, 0x4d, 0x18, 0x64, 0x40, 0xa7];
	for magic in [zstd, xz, bzip2, lz4] {
		assert_eq!(model_reasons(&around(magic), &input()), [Reason::CompressionUnreadable]);
	}
}

#[test]
fn refusal_01_an_encrypted_zip_entry_should_be_held() {
	let mut entry = zip(&input()[..200]);
	entry[6] = 1;
	assert_eq!(model_reasons(&entry, &input()), [Reason::CompressionUnreadable]);
}

#[test]
fn refusal_01_a_window_across_two_files_should_be_held() {
	let declared = common::manifest(r#"{"name":"a","kind":"model"},{"name":"b","kind":"model"}"#);
	let input = input();
	let (first, second) = (common::output("a", &input[40..60]), common::output("b", &input[60..80]));
	let found = reasons(&policy(), vec![declared, first, second], &input);
	assert_eq!(found, [Reason::InputWindow(Encoding::Raw)]);
}

#[test]
fn refusal_01_a_window_among_many_repetitions_should_be_held() {
	// The zeros are in more places than one piece is kept at, so only the windows around them tell which is the input's.
	let mut output: Vec<u8> = (0..200).flat_map(|at| [&[0; 20][..], &noise(at, 20)].concat()).collect();
	let mut input = vec![0; 4_000];
	input.splice(2_000..2_016, noise(900, 16));
	assert_eq!(model_reasons(&output, &input), []);
	output.extend(&input[1_984..2_016]);
	assert_eq!(model_reasons(&output, &input), [Reason::InputWindow(Encoding::Raw)]);
}

#[test]
fn trivial_windows_should_pass() {
	let mut trivial = vec![0; 500];
	trivial.extend([0, 0, 128, 63].repeat(100));
	trivial.extend(0..=255);
	trivial.extend(b"0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0");
	// Each is in the input, but among other neighbours.
	let mut input = b"0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0".to_vec();
	input.extend([0; 500]);
	input.extend(noise(6, 50));
	input.extend(0..=255);
	input.extend(noise(7, 50));
	input.extend([0, 0, 128, 63].repeat(50));
	assert_eq!(model_reasons(&trivial, &input), []);
}

#[test]
fn a_log_with_an_input_window_should_be_held() {
	let input = b"name=M. Example; admitted=2026-03-01; finding=nodule 7 mm; ".repeat(3);
	let log = b"error: cannot parse `admitted=2026-03-01; finding=nodule 7 mm`";
	assert_eq!(text_reasons(log, &input, &[]), [Reason::InputWindow(Encoding::Raw)]);
}

#[test]
fn an_input_that_cannot_be_read_should_release_nothing() {
	struct Broken;
	impl Read for Broken {
		fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
			Err(std::io::Error::other("disk"))
		}
	}
	let policy = policy();
	let gate = Gate::new(&policy, &[], &[]).expect("no identifiers");
	let error = gate.check_text(b"done", [Ok(Broken)]).expect_err("nothing is known of the input");
	assert_eq!((error.code(), error.is_deterministic()), ("input_unreadable", false));
}

#[test]
fn large_outputs_should_be_searched_at_every_stride() {
	// Each size has another pair of strides, and the window lies across the seam of two reads of the input.
	for (len, seed) in [(100_000, 1), (1_500_000, 2), (3_000_000, 3)] {
		let input = noise(50 + seed, (1 << 20) + 5_000);
		for start in [(1 << 20) - 20, (1 << 20) + 100, 77] {
			let mut output = noise(60 + seed, len);
			let place = len - 1_234 - start % 100;
			output.splice(place..place + WINDOW, input[start..start + WINDOW].iter().copied());
			assert_eq!(model_reasons(&output, &input), [Reason::InputWindow(Encoding::Raw)], "{len} {start}");
		}
	}
}

/// How a window is planted.
#[derive(Clone, Copy, Debug)]
enum Planted {
	Raw,
	Reversed,
	LowerHex,
	UpperHex,
	SpacedHex,
	Standard,
	Url,
	Lines,
	Swapped,
	Decimals,
	Deflated,
	Zlib,
	Gzip,
	Zip,
	GzipInBase64,
}

fn encode(how: Planted, window: &[u8]) -> Vec<u8> {
	match how {
		Planted::Raw => window.to_vec(),
		Planted::Reversed => window.iter().rev().copied().collect(),
		Planted::LowerHex => window.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect(),
		Planted::UpperHex => window.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()).collect(),
		Planted::SpacedHex => window.iter().flat_map(|byte| format!("{byte:02x} ").into_bytes()).collect(),
		Planted::Standard => alphabets::STANDARD.encode(window).into_bytes(),
		Planted::Url => alphabets::URL_SAFE_NO_PAD.encode(window).into_bytes(),
		Planted::Lines => {
			alphabets::STANDARD.encode(window).into_bytes().chunks(16).collect::<Vec<_>>().join(&b"\r\n"[..])
		}
		Planted::Swapped => window.chunks(2).flat_map(|word| [word[1], word[0]]).collect(),
		Planted::Decimals => window.iter().flat_map(|byte| format!("{byte},").into_bytes()).collect(),
		Planted::Deflated => compress_to_vec(window, 6),
		Planted::Zlib => compress_to_vec_zlib(window, 6),
		Planted::Gzip => gzip(window),
		Planted::Zip => zip(window),
		Planted::GzipInBase64 => alphabets::STANDARD.encode(gzip(window)).into_bytes(),
	}
}

fn any_planting() -> impl Strategy<Value = Planted> {
	prop::sample::select(vec![
		Planted::Raw,
		Planted::Reversed,
		Planted::LowerHex,
		Planted::UpperHex,
		Planted::SpacedHex,
		Planted::Standard,
		Planted::Url,
		Planted::Lines,
		Planted::Swapped,
		Planted::Decimals,
		Planted::Deflated,
		Planted::Zlib,
		Planted::Gzip,
		Planted::Zip,
		Planted::GzipInBase64,
	])
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(600))]

	#[test]
	fn any_planted_window_should_be_found(
		how in any_planting(),
		seed in 100_u64..1_000_000,
		start in 0_usize..5_000 - WINDOW,
		before in 0_usize..300,
		after in 0_usize..300,
	) {
		let input = noise(seed, 5_000);
		let mut output = noise(seed + 1_000_000, before);
		// A digit right before decimals or a digit of hex is another number, and the text another text.
		output.push(b'!');
		output.extend(encode(how, &input[start..start + WINDOW]));
		output.push(b'!');
		output.extend(noise(seed + 2_000_000, after));
		let found = model_reasons(&output, &input);
		prop_assert!(!found.is_empty(), "{how:?} at {start} behind {before} was not found");
	}

	#[test]
	fn unrelated_outputs_should_pass(seed in 0_u64..1_000_000, len in 0_usize..3_000, as_text in any::<bool>()) {
		let input = noise(seed, 20_000);
		let output = noise(seed + 5_000_000, len);
		let output = if as_text { alphabets::STANDARD.encode(output).into_bytes() } else { output };
		prop_assert_eq!(model_reasons(&output, &input), []);
	}

	#[test]
	fn a_verdict_should_be_deterministic(seed in 0_u64..1_000_000, start in 0_usize..900) {
		let input = noise(seed, 1_000);
		let output = [&noise(seed + 1, 200)[..], &input[start..start + 100]].concat();
		let (policy, declared) = (policy(), r#"{"name":"w","kind":"model"}"#);
		let verdict = || common::verdict(&policy, vec![common::manifest(declared), common::output("w", &output)], &input);
		let first = verdict();
		let is_held = matches!(first, Verdict::Held { .. });
		prop_assert!(is_held);
		prop_assert_eq!(first, verdict());
	}

	#[test]
	fn reading_in_small_pieces_should_find_the_same(seed in 0_u64..1_000_000, step in 1_usize..70, start in 0_usize..900) {
		struct Slowly<'a>(&'a [u8], usize);
		impl Read for Slowly<'_> {
			fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
				let most = self.1.min(buffer.len());
				self.0.read(&mut buffer[..most])
			}
		}
		let input = noise(seed, 1_000);
		let policy = policy();
		let gate = Gate::new(&policy, &[], &[]).expect("no identifiers");
		let text: String = input[start..start + WINDOW].iter().map(|byte| format!("{byte:02x}")).collect();
		let verdict = gate.check_text(text.as_bytes(), [Ok(Slowly(&input, step))]).expect("readable");
		let found = matches!(verdict, Verdict::Held { ref reasons, .. } if *reasons == [Reason::InputWindow(Encoding::Hex)]);
		prop_assert!(found);
	}
}
