//! The gate's comparison of outputs with inputs.

use heirloom_gate::{Gate, Output, Policy};
use rand_chacha::{
	ChaCha20Rng,
	rand_core::{RngCore, SeedableRng},
};
use std::{
	error::Error,
	io::{self, Read},
	time::Instant,
};

/// Bytes of input that an output is compared with.
const INPUT_BYTES: usize = 256 << 20;

/// Reads the same mebibyte again and again.
struct Repeated<'a> {
	block: &'a [u8],
	left: usize,
	at: usize,
}

impl Read for Repeated<'_> {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		let len = buffer.len().min(self.block.len() - self.at).min(self.left);
		buffer[..len].copy_from_slice(&self.block[self.at..self.at + len]);
		self.at = (self.at + len) % self.block.len();
		self.left -= len;
		Ok(len)
	}
}

/// Megabytes (10^6) of input a second, by the kind of output: of its comparison, without reading a disk, and with
/// everything that is done with the output before.
pub fn rates() -> Result<Vec<(&'static str, f64)>, Box<dyn Error>> {
	let mut random = ChaCha20Rng::seed_from_u64(1);
	let mut block = vec![0; 1 << 20];
	random.fill_bytes(&mut block);
	// Pixels of 12 bits, with a background of zeros in a quarter of the block.
	for (at, pixel) in block.as_chunks_mut::<2>().0.iter_mut().enumerate() {
		*pixel = if at % 4_096 < 1_024 { [0; 2] } else { [pixel[0], pixel[1] & 0x0f] };
	}
	let table: String = (0..500).map(|at| format!("{at},{},{}\n", at % 89 + 10, at * 7 % 1_009)).collect();
	let weights = |random: &mut ChaCha20Rng, count: usize| -> Vec<u8> {
		let weight = |bits: u32| (f64::from(bits) / f64::from(u32::MAX) - 0.5) as f32;
		(0..count).flat_map(|_| weight(random.next_u32()).to_le_bytes()).collect()
	};
	let outputs = [
		("a table", table.into_bytes()),
		("64 KiB of weights", weights(&mut random, 16 << 10)),
		("1 MiB of weights", weights(&mut random, 256 << 10)),
	];
	outputs.into_iter().map(|(name, bytes)| Ok((name, rate(&block, bytes)?))).collect()
}

fn rate(block: &[u8], bytes: Vec<u8>) -> Result<f64, Box<dyn Error>> {
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
	let manifest = br#"{"version": 1, "outputs": [{"name": "output", "kind": "model"}]}"#.to_vec();
	let outputs = vec![
		Output { name: "outputs.json".to_owned(), bytes: manifest },
		Output { name: "output".to_owned(), bytes },
	];
	let gate = Gate::new(&policy, &[], &[]).map_err(|reason| reason.to_string())?;
	let begun = Instant::now();
	gate.check(outputs, [Ok(Repeated { block, left: INPUT_BYTES, at: 0 })])?;
	Ok(INPUT_BYTES as f64 / 1e6 / begun.elapsed().as_secs_f64())
}
