//! Events of lineage.

use super::{
	Fields,
	values::{EdgeChange, Parent, Purpose, Terms},
};
use crate::chain;
use codec::Encode;
use scale_decode::DecodeAsType;
use subxt::utils::{AccountId32, H256};

/// An event of lineage.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Event {
	Minted(Minted),
	Called(Called),
	Bought(Bought),
	PayeeSet(PayeeSet),
	CallFeeSet(CallFeeSet),
	TermsSet(TermsSet),
	Attested(Attested),
	Delisted(Delisted),
	Relisted(Relisted),
	Revised(Revised),
	AncestorsRevised(AncestorsRevised),
}

macro_rules! fields {
	($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),+ $(,)? })+) => {
		$(
			$(#[$doc])*
			#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
			#[allow(missing_docs)]
			pub struct $name { $(pub $field: $type),+ }
		)+
	};
}

fields! {
	/// An asset was minted.
	Minted { asset: u32, creator: AccountId32, parents: Vec<Parent>, ancestors: u32 }
	/// An asset was used.
	Called {
		asset: u32,
		index: u64,
		caller: AccountId32,
		units: u64,
		purpose: Purpose,
		fee: u128,
		permit: Option<u64>,
		derivation: Option<u64>,
		at: u64,
		hash: H256,
	}
	/// A licence was bought.
	Bought { asset: u32, buyer: AccountId32, price: u128 }
	/// A payee was bound or unbound.
	PayeeSet { asset: u32, payee: Option<AccountId32> }
	/// The fee for a unit was set.
	CallFeeSet { asset: u32, call_fee: u128 }
	/// The terms were changed.
	TermsSet { asset: u32, terms: Terms }
	/// A quality or an impact was attested, for this reason in the curators' words.
	Attested { asset: u32, quality: Option<u16>, impact: Option<u16>, reason: Vec<u8> }
	/// An asset was taken off the list, for this reason in the curators' words.
	Delisted { asset: u32, reason: Vec<u8> }
	/// An asset was put back on the list.
	Relisted { asset: u32 }
	/// A parent was added or removed, and the ancestors of all descendants follow.
	Revised { child: u32, parent: u32, change: EdgeChange }
	/// An asset has other ancestors than before.
	AncestorsRevised { asset: u32, ancestors: u32 }
}

/// Reads an event of lineage; none of those that are not noted.
pub fn read(fields: &Fields<'_, '_>) -> chain::Result<Option<Event>> {
	Ok(Some(match fields.name() {
		"Minted" => Event::Minted(fields.read()?),
		"Called" => Event::Called(fields.read()?),
		"Bought" => Event::Bought(fields.read()?),
		"PayeeSet" => Event::PayeeSet(fields.read()?),
		"CallFeeSet" => Event::CallFeeSet(fields.read()?),
		"TermsSet" => Event::TermsSet(fields.read()?),
		"Attested" => Event::Attested(fields.read()?),
		"Delisted" => Event::Delisted(fields.read()?),
		"Relisted" => Event::Relisted(fields.read()?),
		"Revised" => Event::Revised(fields.read()?),
		"AncestorsRevised" => Event::AncestorsRevised(fields.read()?),
		_ => return Ok(None),
	}))
}

/// The running hash of an asset's receipts after one more: `blake2_256(previous ++ SCALE(receipt))`.
pub fn running_hash(previous: &H256, receipt: &Called) -> H256 {
	let Called { asset, index, caller, units, purpose, fee, permit, derivation, at, hash: _ } = receipt;
	let purpose = heirloom_primitives::Purpose::from(*purpose);
	let bytes = (previous, asset, index, caller, units, purpose, fee, permit, derivation, at).encode();
	sp_crypto_hashing::blake2_256(&bytes).into()
}
