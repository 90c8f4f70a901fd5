//! Transactions.

use super::{json, values};
use crate::chain::{At, Error, Result};
use serde_json::{Map, Value as Json};
use subxt::{ext::scale_value::Value, utils::AccountId32};

/// A transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extrinsic {
	/// Its hash.
	pub hash: String,
	/// The pallet it calls.
	pub pallet: String,
	/// The call.
	pub call: String,
	/// Who signed it.
	pub signer: Option<AccountId32>,
	/// The arguments, in JSON.
	pub args: String,
}

/// A block's transactions, and the time it says that it is.
#[derive(Clone, Debug, Default)]
pub struct Body {
	/// The transactions in order.
	pub extrinsics: Vec<Extrinsic>,
	/// In milliseconds; 0 of the first block of all.
	pub at: u64,
}

/// Reads the transactions of a block by the metadata of `executed`, the state that it was executed on.
pub async fn read(block: u64, bodies: Vec<Vec<u8>>, executed: &At) -> Result<Body> {
	let mut body = Body::default();
	let found = executed.extrinsics().from_bytes(bodies).await;
	for extrinsic in found.iter() {
		let extrinsic =
			extrinsic.map_err(|error| Error::unreadable(format!("a transaction of block {block}"), error))?;
		let (pallet, call) = (extrinsic.pallet_name(), extrinsic.call_name());
		let mut args = Map::new();
		for field in extrinsic.iter_call_data_fields() {
			if (pallet, call, field.name()) == ("Timestamp", "set", "now") {
				body.at = field
					.decode_as()
					.map_err(|error| Error::unreadable(format!("the time of block {block}"), error))?;
			}
			let value = field.decode_as::<Value>().map(|value| json::of(&value));
			args.insert(field.name().into(), value.unwrap_or_else(|error| Json::String(error.to_string())));
		}
		body.extrinsics.push(Extrinsic {
			hash: values::hash(extrinsic.hash()),
			pallet: pallet.into(),
			call: call.into(),
			signer: extrinsic.address_bytes().and_then(signer),
			args: Json::Object(args).to_string(),
		});
	}
	Ok(body)
}

/// The account of an address: the variant of an account id is the only one that Heirloom's chain accepts.
fn signer(address: &[u8]) -> Option<AccountId32> {
	let (variant, key) = address.split_first()?;
	(*variant == 0).then_some(AccountId32(key.try_into().ok()?))
}
