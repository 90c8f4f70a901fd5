//! How fast the gate compares an output with its inputs: `gate_mb_s` of `./scripts/bench sandbox`.
//!
//! usage: throughput [MEBIBYTES]
//!
//! Prints JSON: megabytes (10^6) of input a second, by kind and length of the output, for inputs that are in memory; and
//! the seconds that unfolding and indexing the output take before that.

use heirloom_gate::{Gate, Output, Policy};
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::{env, error::Error, io::Read, time::Instant};

/// Reads the same mebibyte again and again.
struct Repeated<'a> {
	block: &'a [u8],
	left: usize,
	at: usize,
}

impl Read for Repeated<'_> {
	fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
		let len = buffer.len().min(self.block.len() - self.at).min(self.left);
		buffer[..len].copy_from_slice(&self.block[self.at..self.at + len]);
		self.at = (self.at + len) % self.block.len();
		self.left -= len;
		Ok(len)
	}
}

fn main() -> Result<(), Box<dyn Error>> {
	let mebibytes: usize = env::args().nth(1).map_or(Ok(512), |text| text.parse())?;
	let mut random = ChaCha8Rng::seed_from_u64(1);
	let mut block = vec![0; 1 << 20];
	random.fill_bytes(&mut block);
	// Pixels of 12 bits, with a background of zeros in a quarter of the block.
	for (at, pixel) in block.as_chunks_mut::<2>().0.iter_mut().enumerate() {
		pixel[1] = if at % 4_096 < 1_024 { 0 } else { pixel[1] & 0x0f };
		pixel[0] = if at % 4_096 < 1_024 { 0 } else { pixel[0] };
	}
	let metrics: String =
		(0..300).map(|at| format!("run {at}: loss {:.4}\n", f64::from(at).sqrt())).collect();
	let table: String = (0..20_000).map(|at| format!("{at},{},{}\n", at % 89 + 10, at * 7 % 1_009)).collect();
	let weights = |random: &mut ChaCha8Rng, count: usize| -> Vec<u8> {
		let weight = |bits: u32| (f64::from(bits) / f64::from(u32::MAX) - 0.5) as f32;
		(0..count).flat_map(|_| weight(random.next_u32()).to_le_bytes()).collect()
	};
	let outputs = [
		("log", "undeclared", metrics.into_bytes()),
		("table", "undeclared", table.into_bytes()),
		("model_64_kib", "model", weights(&mut random, 16 << 10)),
		("model_4_mib", "model", weights(&mut random, 1 << 20)),
	];
	let mut lines = Vec::new();
	for (name, kind, bytes) in outputs {
		let before = seconds(&block, 0, kind, &bytes)?;
		let all = seconds(&block, mebibytes << 20, kind, &bytes)?;
		let rate = (mebibytes << 20) as f64 / 1e6 / (all - before).max(1e-9);
		let len = bytes.len();
		lines.push(format!(
			"  \"{name}\": {{ \"output_bytes\": {len}, \"before_s\": {before:.3}, \"gate_mb_s\": {rate:.0} }}"
		));
	}
	println!("{{\n{}\n}}", lines.join(",\n"));
	Ok(())
}

/// Seconds for a verdict about one output beside `input_len` bytes of input.
fn seconds(block: &[u8], input_len: usize, kind: &str, bytes: &[u8]) -> Result<f64, Box<dyn Error>> {
	let policy = Policy {
		permit_cap: 64 << 20,
		largest_output: Some(64 << 20),
		largest_model: 64 << 20,
		smallest_group: Policy::SMALLEST_GROUP,
		input_bytes: u64::MAX,
		released_bytes: 0,
		release_budget: u64::MAX,
		significant_digits: Policy::SIGNIFICANT_DIGITS,
	};
	let mut outputs = vec![Output { name: "output".to_owned(), bytes: bytes.to_vec() }];
	if kind == "model" {
		let manifest = br#"{"version":1,"outputs":[{"name":"output","kind":"model"}]}"#;
		outputs.push(Output { name: "outputs.json".to_owned(), bytes: manifest.to_vec() });
	}
	let gate = Gate::new(&policy, &[], &[])?;
	let began = Instant::now();
	gate.check(outputs, [Ok(Repeated { block, left: input_len, at: 0 })])?;
	Ok(began.elapsed().as_secs_f64())
}
