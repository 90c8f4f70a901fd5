//! Every block of the settlements, for whoever looks for the one that was slow.

use crate::{chain::Block, settlement::Measured};
use anyhow::Result;
use serde::Serialize;
use std::path::Path;

/// A line of the file. Times are in seconds.
#[derive(Debug, PartialEq, Serialize)]
struct Line {
	assets: u32,
	/// Which month: 0 under saturating transfers, 1 under moderate ones.
	month: usize,
	/// The block's position from the one that closed the month.
	block: usize,
	/// The phases that went on in it, with `+` between them.
	phases: String,
	transactions: usize,
	payments: u32,
	/// What hooks and inherents declared.
	mandatory: f64,
	/// What user transactions declared.
	normal: f64,
	build: f64,
	import: f64,
}

/// Writes them as CSV.
pub fn blocks(measured: &[Measured], file: &Path) -> Result<()> {
	let mut writer = csv::Writer::from_path(file)?;
	for measured in measured {
		for (month, settled) in [&measured.saturated, &measured.moderate].into_iter().enumerate() {
			for (number, block) in settled.blocks.iter().enumerate() {
				writer.serialize(line(measured.size.assets, month, number, block))?;
			}
		}
	}
	Ok(writer.flush()?)
}

fn line(assets: u32, month: usize, number: usize, block: &Block) -> Line {
	let phases: Vec<_> = block.phases.iter().map(|phase| format!("{phase:?}").to_lowercase()).collect();
	Line {
		assets,
		month,
		block: number,
		phases: phases.join("+"),
		transactions: block.transactions,
		payments: block.payments,
		mandatory: block.mandatory,
		normal: block.normal,
		build: block.build.as_secs_f64(),
		import: block.import.as_secs_f64(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::figures::tests::measured;

	#[test]
	fn every_block_of_both_months_is_a_line() {
		let measured = measured(100_000);
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("blocks.csv");
		let both = measured.saturated.blocks.len() + measured.moderate.blocks.len();
		blocks(&[measured], &file).unwrap();
		let text = std::fs::read_to_string(&file).unwrap();
		assert_eq!(text.lines().count(), 1 + both);
		assert_eq!(text.lines().nth(1), Some("100000,0,0,count+spread,1000,0,1.6,0.0,2.4,1.2"));
	}
}
