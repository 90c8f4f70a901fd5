//! What spreading reads and writes, counted from the platform and from where each block left off: what the database
//! takes for it is told apart from what the runtime does.

use crate::{chain::Block, platform::Platform, settlement::Measured};
use heirloom_primitives::{ASSETS_PER_PAGE, PageIndex, Phase, packed, page_of, pages_below};
use heirloom_runtime::Runtime;
use pallet_royalty::{WeightInfo as _, weights::SubstrateWeight};
use serde::Serialize;

/// Items of the trie that are read and written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accesses {
	/// Reads.
	pub reads: u64,
	/// Writes.
	pub writes: u64,
}

/// Which pages the assets of each page need when they are spread.
#[derive(Debug)]
pub struct Pages {
	/// A bit for each page that has an ancestor of an earning asset.
	ancestors: Vec<Vec<u64>>,
	/// Earning assets whose set of ancestors stands apart; none where no asset of the page earns.
	apart: Vec<Option<u64>>,
}

impl Pages {
	/// Those of a platform.
	pub fn of(platform: &Platform) -> Self {
		let pages = pages_below(platform.size.assets) as usize;
		let mut this = Self { ancestors: vec![vec![0; pages.div_ceil(64)]; pages], apart: vec![None; pages] };
		for asset in platform.earning() {
			let page = page_of(asset) as usize;
			let ancestors = platform.genealogy.ancestors.get(asset as usize);
			for ancestor in ancestors {
				let other = page_of(*ancestor) as usize;
				this.ancestors[page][other / 64] |= 1 << (other % 64);
			}
			let length = packed::pack(ancestors).map_or(0, |set| set.len());
			*this.apart[page].get_or_insert(0) += u64::from(length > packed::INLINE_BYTES as usize);
		}
		this
	}

	/// What the blocks of a settlement read and wrote to spread. A block reads a page of ancestors once, weights and
	/// accruals, and writes the accruals back.
	pub fn accesses(&self, blocks: &[Block]) -> Accesses {
		let mut all = Accesses::default();
		let mut next = 0;
		for block in blocks {
			let end = match block.at {
				Some((Phase::Count | Phase::Rank | Phase::Weigh, _)) => 0,
				Some((Phase::Spread, page)) => page,
				Some((Phase::Due | Phase::Pay | Phase::Report, _)) | None => self.apart.len() as PageIndex,
			};
			if end > next {
				let Accesses { reads, writes } = self.spread(next as usize..end as usize);
				all.reads += reads;
				all.writes += writes;
			}
			next = end;
		}
		all
	}

	fn spread(&self, pages: std::ops::Range<usize>) -> Accesses {
		let mut touched = vec![0u64; self.apart.len().div_ceil(64)];
		let mut accesses = Accesses::default();
		for page in pages {
			// Its bookings.
			accesses.reads += 1;
			let Some(apart) = self.apart[page] else { continue };
			// Its sets of ancestors, and its pots.
			accesses.reads += 1 + apart;
			accesses.writes += 1;
			for (touched, bits) in touched.iter_mut().zip(&self.ancestors[page]) {
				*touched |= bits;
			}
		}
		let touched: u64 = touched.iter().map(|bits| u64::from(bits.count_ones())).sum();
		accesses.reads += 2 * touched;
		accesses.writes += touched;
		accesses
	}
}

/// What the import time of spreading is made of, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
	/// All of it.
	pub seconds: f64,
	/// Items of the trie that were read.
	pub reads: u64,
	/// So many bare reads of the trie.
	pub read_seconds: f64,
	/// Items of the trie that were written.
	pub writes: u64,
	/// So many bare updates and commits.
	pub write_seconds: f64,
	/// The pairs in wasm, as their benchmark measured them.
	pub wasm_seconds: f64,
	/// The pairs in the native loop.
	pub native_seconds: f64,
}

impl Spread {
	/// That of a size, of which spreading took so many seconds.
	pub fn of(measured: &Measured, seconds: f64) -> Self {
		let payees = f64::from(measured.size.payees.max(1));
		let (reads, writes) = (measured.spread.reads, measured.spread.writes);
		Self {
			seconds,
			reads,
			read_seconds: reads as f64 * measured.trie.reads / payees,
			writes,
			write_seconds: writes as f64 * measured.trie.updates / payees,
			wasm_seconds: in_wasm(measured.pairs),
			native_seconds: measured.scatter_add,
		}
	}

	/// What neither the bare trie nor the pairs take: decoding and encoding pages, divisions, calls of the host.
	pub fn rest(&self) -> f64 {
		self.seconds - self.read_seconds - self.write_seconds - self.wasm_seconds
	}
}

/// The seconds that benchmarks measured for so many pairs in wasm, without the database.
fn in_wasm(pairs: u64) -> f64 {
	let pairs_of = |number| SubstrateWeight::<Runtime>::pairs(number).ref_time() as f64;
	let pair = (pairs_of(ASSETS_PER_PAGE) - pairs_of(0)) / f64::from(ASSETS_PER_PAGE);
	pairs as f64 * pair / 1e12
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::figures::tests::{block, measured};

	/// Of three pages the first has ancestors in itself, the second in both, the third does not earn.
	fn pages() -> Pages {
		Pages { ancestors: vec![vec![0b1], vec![0b11], vec![0]], apart: vec![Some(0), Some(2), None] }
	}

	fn at(phase: Phase, page: PageIndex) -> Block {
		Block { at: Some((phase, page)), ..block(0, 1.0, 1.0, &[]) }
	}

	#[test]
	fn block_reads_a_page_of_ancestors_once() {
		let whole = pages().accesses(&[at(Phase::Weigh, 7), at(Phase::Due, 1)]);
		// Bookings 3, sets 2 + 2 apart, weights and accruals 2 × 2; pots 2, accruals 2.
		assert_eq!(whole, Accesses { reads: 11, writes: 4 });
	}

	#[test]
	fn every_block_reads_them_anew() {
		let parted = pages().accesses(&[at(Phase::Spread, 1), at(Phase::Spread, 3), at(Phase::Pay, 0)]);
		assert_eq!(parted, Accesses { reads: 13, writes: 5 });
	}

	#[test]
	fn wasm_takes_nanoseconds_a_pair() {
		assert!((1e-9..1e-6).contains(&in_wasm(1)), "{}", in_wasm(1));
	}

	#[test]
	fn spreading_is_told_apart_from_the_database() {
		let spread = Spread::of(&measured(100_000), 3.0);
		assert_eq!((spread.read_seconds, spread.write_seconds), (0.4, 0.4));
		assert!((spread.rest() + spread.wasm_seconds - 2.2).abs() < 1e-9);
	}
}
