//! `heirloom-bench pages`: what a column of an amount an asset takes in the trie, by how many assets share a page. Why
//! it is 256 is told from this.

use crate::{
	args::{PagesArgs, Size},
	progress, quiet,
	report::count,
	state::{Blocks, Cache},
};
use anyhow::{Context, Result};
use codec::Encode;
use frame_support::{StorageHasher, Twox64Concat, storage::storage_prefix};
use heirloom_primitives::RatePerWeight;
use heirloom_runtime::WASM_BINARY;
use sp_state_machine::Backend as _;
use std::{hint::black_box, path::Path, time::Instant};

/// Assets of a page, as they are compared.
const ASSETS: [u32; 5] = [1, 64, 256, 512, 1_024];
/// Assets whose pages a block writes. A settlement of 2,000,000 writes the accruals of most in a block or two.
const ASSETS_OF_A_BLOCK: u32 = 250_000;
/// Assets that are read one here, one there: what spreading does at worst.
const APART: u32 = 5_000;

/// Times of one size of page, in seconds.
struct Column {
	assets: u32,
	/// Reading every page in order, from a database that was just opened.
	read: f64,
	/// Reading every page, changing it and committing it.
	update: f64,
	/// Reading the pages of [`APART`] assets that lie apart, from a database that was just opened.
	apart: f64,
}

/// Runs the benchmark.
pub fn run(args: &PagesArgs) -> Result<()> {
	let cache = Cache::open(args.cache.directory()?, WASM_BINARY.context("the runtime has no wasm binary")?)?;
	let size = Size::of(args.assets);
	let state = cache.state(size)?;
	let bar = progress::spinner("pages");
	println!("{} assets, 16 bytes each, beside the state of as many", count(size.assets.into()));
	println!(
		"{:>12} {:>8} {:>8} {:>10} {:>14}",
		"assets/page", "pages", "read, s", "update, s", "5,000 apart, s"
	);
	for assets in ASSETS {
		bar.set_message(format!("{assets} assets a page"));
		let Column { assets, read, update, apart } = measure(&cache, &state, size.assets, assets)?;
		let pages = count(size.assets.div_ceil(assets).into());
		println!("{assets:>12} {pages:>8} {read:>8.3} {update:>10.3} {apart:>14.3}");
	}
	bar.finish_and_clear();
	Ok(())
}

fn measure(cache: &Cache, state: &Path, all: u32, assets: u32) -> Result<Column> {
	let copy = cache.copy(state, "pages")?;
	let pages: Vec<_> = (0..all.div_ceil(assets)).collect();
	let of_a_block = (ASSETS_OF_A_BLOCK / assets) as usize;
	let mut blocks = Blocks::open(&copy.path())?;
	for some in pages.chunks(of_a_block) {
		blocks.add(|_| Ok(some.iter().map(|page| (key(*page), filled(assets, *page))).collect()))?;
		quiet::rest()?;
	}
	drop(blocks);

	let apart: Vec<_> = (0..APART).map(|number| number.wrapping_mul(2_654_435_761) % all / assets).collect();
	let apart = reading(&copy.path(), &apart)?;
	let read = reading(&copy.path(), &pages)?;

	let mut blocks = Blocks::open(&copy.path())?;
	let mut update = 0.0;
	for some in pages.chunks(of_a_block) {
		quiet::rest()?;
		let begun = Instant::now();
		blocks.add(|state| {
			some.iter()
				.map(|page| {
					let stored = state.storage(&key(*page)).map_err(anyhow::Error::msg)?;
					let mut stored = stored.context("a page is missing")?;
					stored.iter_mut().step_by(16).for_each(|byte| *byte ^= 1);
					Ok((key(*page), stored))
				})
				.collect()
		})?;
		update += begun.elapsed().as_secs_f64();
	}
	Ok(Column { assets, read, update, apart })
}

/// The seconds of reading some pages from a database that was just opened.
fn reading(database: &Path, pages: &[u32]) -> Result<f64> {
	let mut blocks = Blocks::open(database)?;
	let mut seconds = 0.0;
	blocks.add(|state| {
		let begun = Instant::now();
		for page in pages {
			black_box(state.storage(&key(*page)).map_err(anyhow::Error::msg)?.context("a page is missing")?);
		}
		seconds = begun.elapsed().as_secs_f64();
		Ok(Vec::new())
	})?;
	Ok(seconds)
}

/// Where a page would stand if it were one of `Royalty`.
fn key(page: u32) -> Vec<u8> {
	let hashed = page.using_encoded(Twox64Concat::hash);
	[&storage_prefix(b"Royalty", b"PagesOfABench")[..], &hashed].concat()
}

/// A page of amounts that do not compress to nothing.
fn filled(assets: u32, page: u32) -> Vec<u8> {
	let first = u128::from(page) * u128::from(assets);
	let amounts = (0..u128::from(assets))
		.map(|slot| (first + slot).wrapping_mul(0x9e37_79b9_7f4a_7c15) as RatePerWeight);
	amounts.flat_map(|amount| amount.to_le_bytes()).collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn page_has_sixteen_bytes_an_asset() {
		assert_eq!(filled(64, 3).len(), 1_024);
		assert_ne!(filled(64, 3), filled(64, 4));
		assert_ne!(key(3), key(4));
	}
}
