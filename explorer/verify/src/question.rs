//! What is asked: a statement, where its numbers are proven, and what a page shows of them.

use alloc::{string::String, vec::Vec};
use heirloom_primitives::{AssetId, Bps, MicroU, Period};
use serde::{Deserialize, Deserializer, de::Error};

/// A statement to recompute. Bytes are hexadecimal behind `0x`, amounts decimal texts of micro-U.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
	/// The asset.
	pub asset: AssetId,
	/// The settled period.
	pub period: Period,
	/// The hash of the block that the proofs are of, as whoever knows what is final has it.
	#[serde(deserialize_with = "bytes")]
	pub hash: Vec<u8>,
	/// The block's header in its encoding.
	#[serde(deserialize_with = "bytes")]
	pub header: Vec<u8>,
	/// Nodes of the state's trie, of all proofs so far, in any order.
	#[serde(default, deserialize_with = "list_of_bytes")]
	pub proof: Vec<Vec<u8>>,
	/// The keys that these proofs were asked for.
	#[serde(default)]
	pub asked: Vec<Asked>,
	/// The headers of earlier blocks, once they were asked for, in any order.
	#[serde(default, deserialize_with = "lists_of_bytes")]
	pub before: Option<Vec<Vec<u8>>>,
	/// Whether the state of the block that reported the period cannot be had any more.
	#[serde(default)]
	pub forgotten: bool,
	/// The descendants that share with the asset, as a node lists them, where it was asked to.
	#[serde(default)]
	pub descendants: Option<Vec<AssetId>>,
	/// What the page shows.
	#[serde(default)]
	pub shown: Shown,
}

/// Keys that a proof was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
	/// The hash of the block in whose state.
	#[serde(deserialize_with = "bytes")]
	pub block: Vec<u8>,
	/// The keys.
	#[serde(deserialize_with = "list_of_bytes")]
	pub keys: Vec<Vec<u8>>,
}

/// The numbers of a statement as a page shows them; what it does not show is not compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shown {
	/// The weight, in basis points.
	pub weight: Option<Bps>,
	/// The sum of the lines.
	#[serde(deserialize_with = "amount")]
	pub shared: Option<MicroU>,
	/// The asset's own call fees.
	#[serde(deserialize_with = "amount")]
	pub call_fees: Option<MicroU>,
	/// What was carried from earlier periods.
	#[serde(deserialize_with = "amount")]
	pub carried_in: Option<MicroU>,
	/// What was paid.
	#[serde(deserialize_with = "amount")]
	pub paid: Option<MicroU>,
	/// What is carried to the next period.
	#[serde(deserialize_with = "amount")]
	pub carried_out: Option<MicroU>,
	/// The payee's account, in hexadecimal.
	pub payee: Option<String>,
	/// The lines of the share.
	pub lines: Option<Vec<ShownLine>>,
	/// Whether there are more lines than those.
	pub more_lines: bool,
}

/// A line of a share as a page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownLine {
	/// The earning descendant.
	pub descendant: AssetId,
	/// Its pot.
	#[serde(default, deserialize_with = "amount")]
	pub pot: Option<MicroU>,
	/// The sum of its eligible ancestors' weights.
	#[serde(default)]
	pub total_weight: Option<u64>,
	/// What of it reaches the asset.
	#[serde(default, deserialize_with = "amount")]
	pub amount: Option<MicroU>,
}

fn from_hex<E: Error>(text: &str) -> Result<Vec<u8>, E> {
	let digits = text.strip_prefix("0x").ok_or_else(|| E::custom("bytes are written 0x…"))?;
	hex::decode(digits).map_err(E::custom)
}

fn bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
	from_hex(&String::deserialize(deserializer)?)
}

fn list_of_bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<u8>>, D::Error> {
	let texts = Vec::<String>::deserialize(deserializer)?;
	texts.iter().map(|text| from_hex(text)).collect()
}

fn lists_of_bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Vec<u8>>>, D::Error> {
	let texts = Option::<Vec<String>>::deserialize(deserializer)?;
	texts.map(|texts| texts.iter().map(|text| from_hex(text)).collect()).transpose()
}

fn amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<MicroU>, D::Error> {
	let text = Option::<String>::deserialize(deserializer)?;
	text.map(|text| text.parse().map_err(D::Error::custom)).transpose()
}
