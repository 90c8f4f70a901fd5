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

/// The chain's number for an account that assets pay. Given out consecutively from 0, so that what accounts are due is
/// summed in packed pages and every one is paid once.
pub type PayeeIndex = u32;

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

/// Pages that hold the payees `0..bound`.
pub const fn payee_pages_below(bound: PayeeIndex) -> PageIndex {
	bound.div_ceil(PAYEES_PER_PAGE)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn asset_is_found_again_from_page_and_slot() {
		for asset in [0, 1, 255, 256, 257, 1_199, u32::MAX] {
			assert_eq!(page_of(asset) as u64 * ASSETS_PER_PAGE as u64 + slot_of(asset) as u64, asset as u64);
		}
	}

	#[test]
	fn pages_below_counts_a_started_page() {
		assert_eq!([0, 1, 256, 257].map(pages_below), [0, 1, 1, 2]);
	}
}
