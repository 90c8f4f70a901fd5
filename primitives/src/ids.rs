//! Numbers by which the pallets name things, and how they are packed into storage pages.

/// An asset: its item id in the lineage collection. Given out consecutively from 0, which is what lets hot data of
/// neighbouring assets share a storage page.
pub type AssetId = u32;

/// A derivation that an account opened.
pub type DerivationId = u64;

/// A permit to use sensitive assets inside a sandbox.
pub type PermitId = u64;

/// A domain of the list that assets choose from (`medical-imaging`, `nlp`, ...).
pub type DomainId = u16;

/// The number of a storage page that holds [`ASSETS_PER_PAGE`] neighbouring assets.
pub type PageIndex = u32;

/// Assets in one storage page. 256 keeps the widest column (an accrual of 16 bytes) at 4 KiB, the size up to which a
/// value in ParityDB costs little more than its key, and needs 7,813 page reads to scan 2,000,000 assets.
pub const ASSETS_PER_PAGE: u32 = 256;

/// The most assets of a chain: eight times all models that are public today. It bounds what a settlement keeps of all
/// assets at once, above all the directory of the distinct numbers of units.
pub const MAX_ASSETS: u32 = 1 << 24;

/// The chain's number for an account that assets pay: [`PAYEE_BUCKETS`] buckets by the first byte of the account's
/// Blake2 hash, and in each of them a consecutive number. What accounts are due is summed in packed pages, and whoever
/// pays bucket by bucket goes through the ledger in the order of its trie: neighbours share what must be read and
/// hashed.
pub type PayeeIndex = u32;

/// Buckets of payees: one for each first byte of the hash that orders accounts in a `Blake2_128Concat` map.
pub const PAYEE_BUCKETS: u32 = 256;

/// The most payees of one bucket. All of [`MAX_ASSETS`] could be paid to accounts of the same one.
pub const PAYEES_PER_BUCKET: u32 = 1 << 24;

/// Payees in one storage page.
pub const PAYEES_PER_PAGE: u32 = 256;

/// The page that `asset` lies in.
pub const fn page_of(asset: AssetId) -> PageIndex {
	asset / ASSETS_PER_PAGE
}

/// The position of `asset` in its page, `0..ASSETS_PER_PAGE`.
pub const fn slot_of(asset: AssetId) -> usize {
	(asset % ASSETS_PER_PAGE) as usize
}

/// Pages that hold the assets `0..bound`.
pub const fn pages_below(bound: AssetId) -> PageIndex {
	bound.div_ceil(ASSETS_PER_PAGE)
}

/// The page that a payee lies in.
pub const fn payee_page_of(payee: PayeeIndex) -> PageIndex {
	payee / PAYEES_PER_PAGE
}

/// The position of a payee in its page, `0..PAYEES_PER_PAGE`.
pub const fn payee_slot_of(payee: PayeeIndex) -> usize {
	(payee % PAYEES_PER_PAGE) as usize
}

/// The index of the payee at a position of a bucket.
pub const fn payee_index(bucket: u8, position: u32) -> PayeeIndex {
	bucket as u32 * PAYEES_PER_BUCKET + position
}

/// The bucket that a page of payees belongs to.
pub const fn payee_bucket_of_page(page: PageIndex) -> u32 {
	page / (PAYEES_PER_BUCKET / PAYEES_PER_PAGE)
}

/// The page at or behind `page` that holds payees, where buckets have so many of them; none behind the last one.
pub fn payee_page_from(page: PageIndex, counts: &[u32]) -> Option<PageIndex> {
	const PAGES: u32 = PAYEES_PER_BUCKET / PAYEES_PER_PAGE;
	let (first, begun) = (page / PAGES, page % PAGES);
	let pages = |bucket: u32| counts.get(bucket as usize).map_or(0, |count| count.div_ceil(PAYEES_PER_PAGE));
	if begun < pages(first) {
		return Some(page);
	}
	let next = (first + 1..PAYEE_BUCKETS).find(|bucket| pages(*bucket) > 0);
	next.map(|bucket| bucket * PAGES)
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::vec::Vec;

	#[test]
	fn asset_is_found_again_from_page_and_slot() {
		for asset in [0, 1, 255, 256, 257, 1_199, u32::MAX] {
			assert_eq!(page_of(asset) as u64 * ASSETS_PER_PAGE as u64 + slot_of(asset) as u64, asset as u64);
		}
	}

	#[test]
	fn payees_are_found_page_by_page() {
		let mut counts = [0; PAYEE_BUCKETS as usize];
		(counts[2], counts[255]) = (600, 1);
		let pages: Vec<_> =
			core::iter::successors(payee_page_from(0, &counts), |page| payee_page_from(page + 1, &counts))
				.collect();
		let of = |bucket, position| payee_page_of(payee_index(bucket, position));
		assert_eq!(pages, [of(2, 0), of(2, 256), of(2, 599), of(255, 0)]);
		assert_eq!(payee_slot_of(payee_index(2, 599)), 599 - 512);
		assert_eq!(payee_page_from(0, &[]), None);
	}

	#[test]
	fn pages_below_counts_a_started_page() {
		assert_eq!([0, 1, 256, 257].map(pages_below), [0, 1, 1, 2]);
	}
}
