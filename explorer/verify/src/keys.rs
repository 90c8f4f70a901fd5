//! Keys of the storage items that a statement is recomputed from.

use alloc::{format, string::String, vec::Vec};
use codec::Encode;
use sp_crypto_hashing::{twox_64, twox_128};

/// A map. All keys in it are numbers that the chain gives out: `Twox64Concat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item {
	pallet: &'static str,
	name: &'static str,
}

/// Hashes of the blocks before, by number.
pub(crate) const BLOCK_HASHES: Item = Item { pallet: "System", name: "BlockHash" };
/// Settled periods.
pub(crate) const REPORTS: Item = Item { pallet: "Royalty", name: "Reports" };
/// What assets were due, by period and page.
pub(crate) const STATEMENTS: Item = Item { pallet: "Royalty", name: "StatementPages" };
/// Assets as they stood at a close, by period and page.
pub(crate) const CLOSE: Item = Item { pallet: "Royalty", name: "ClosePages" };
/// What came in, by period and page.
pub(crate) const BOOKINGS: Item = Item { pallet: "Royalty", name: "BookingPages" };
/// What was shared, by period and page.
pub(crate) const POTS: Item = Item { pallet: "Royalty", name: "PotPages" };
/// Ancestor sets, by page.
pub(crate) const ANCESTORS: Item = Item { pallet: "Lineage", name: "AncestorPages" };
/// Ancestor sets that are too long for a page, by asset.
pub(crate) const LONG_ANCESTORS: Item = Item { pallet: "Lineage", name: "AncestorSets" };
/// Accounts that are paid, by page of payees.
pub(crate) const PAYEES: Item = Item { pallet: "Lineage", name: "PayeeAccounts" };

impl Item {
	/// The key of an entry.
	pub fn key(&self, keys: &[u32]) -> Vec<u8> {
		let mut bytes = Vec::with_capacity(32 + 12 * keys.len());
		bytes.extend(twox_128(self.pallet.as_bytes()));
		bytes.extend(twox_128(self.name.as_bytes()));
		for key in keys.iter().map(Encode::encode) {
			bytes.extend(twox_64(&key));
			bytes.extend(key);
		}
		bytes
	}

	/// How people name it.
	pub fn name(&self) -> String {
		format!("{}.{}", self.pallet, self.name)
	}
}
