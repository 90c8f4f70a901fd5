//! Money that was sent, fees, and assets that changed hands.

use super::Fields;
use crate::chain::{self, U_ID};
use scale_decode::DecodeAsType;
use subxt::utils::AccountId32;

/// Which money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Currency {
	/// U, in micro-U.
	U,
	/// LOOM, in its smallest unit.
	Loom,
}

impl Currency {
	/// As the index writes it.
	pub fn text(self) -> &'static str {
		match self {
			Self::U => "U",
			Self::Loom => "LOOM",
		}
	}
}

/// Money was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
	/// Which.
	pub currency: Currency,
	/// From whom.
	pub from: AccountId32,
	/// To whom.
	pub to: AccountId32,
	/// How much.
	pub amount: u128,
}

/// A fee for a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fee {
	/// In which money.
	pub currency: Currency,
	/// How much, tip included.
	pub amount: u128,
}

/// An asset changed hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
	/// The asset.
	pub asset: u32,
	/// From whom.
	pub from: AccountId32,
	/// To whom.
	pub to: AccountId32,
}

/// Reads a transfer of U or LOOM.
pub fn sent(fields: &Fields<'_, '_>) -> chain::Result<Option<Sent>> {
	#[derive(DecodeAsType)]
	struct OfAssets {
		asset_id: u32,
		from: AccountId32,
		to: AccountId32,
		amount: u128,
	}
	#[derive(DecodeAsType)]
	struct OfBalances {
		from: AccountId32,
		to: AccountId32,
		amount: u128,
	}
	Ok(match (fields.pallet(), fields.name()) {
		("Assets", "Transferred") => {
			let OfAssets { asset_id, from, to, amount } = fields.read()?;
			(asset_id == U_ID).then_some(Sent { currency: Currency::U, from, to, amount })
		}
		("Balances", "Transfer") => {
			let OfBalances { from, to, amount } = fields.read()?;
			Some(Sent { currency: Currency::Loom, from, to, amount })
		}
		_ => None,
	})
}

/// Reads what was paid for a transaction.
pub fn fee(fields: &Fields<'_, '_>) -> chain::Result<Option<Fee>> {
	// Both amounts have the tip in them.
	#[derive(DecodeAsType)]
	struct Paid {
		actual_fee: u128,
	}
	let currency = match (fields.pallet(), fields.name()) {
		("TransactionPayment", "TransactionFeePaid") => Currency::Loom,
		("AssetTxPayment", "AssetTxFeePaid") => Currency::U,
		_ => return Ok(None),
	};
	let Paid { actual_fee: amount } = fields.read()?;
	Ok(Some(Fee { currency, amount }))
}

/// Reads a transfer of an asset: an item of lineage's collection, the first one.
pub fn handed(fields: &Fields<'_, '_>) -> chain::Result<Option<Handed>> {
	#[derive(DecodeAsType)]
	struct Transferred {
		collection: u32,
		item: u32,
		from: AccountId32,
		to: AccountId32,
	}
	if fields.name() != "Transferred" {
		return Ok(None);
	}
	let Transferred { collection, item: asset, from, to } = fields.read()?;
	Ok((collection == 0).then_some(Handed { asset, from, to }))
}
