//! State and events of one block.

use super::{AccountId, At};
use crate::{
	audit::{ledger::Entry, loom::AccountData},
	clocks::Moment,
};
use anyhow::{Context, Result, anyhow, bail};
use codec::{Compact, Decode};
use heirloom_primitives::{MicroU, Period};
use subxt::{
	dynamic::storage,
	events::Event,
	ext::{
		frame_decode::storage::{IntoDecodableValues, IntoEncodableValues},
		scale_value::{At as _, Composite, Primitive, Value, ValueDef},
	},
	storage::StorageValue,
};

/// The id of U in the assets pallet.
pub const U_ID: u32 = 1;
/// What fees are multiplied by at their base: once, in parts of 10^18.
pub const ONCE: u128 = 1_000_000_000_000_000_000;

/// A weight as the chain encodes it: picoseconds, and bytes of a proof.
type Weight = (Compact<u64>, Compact<u64>);

/// The bytes of a storage value; none where it is not set.
pub async fn fetch<Keys: IntoEncodableValues + IntoDecodableValues>(
	at: &At,
	pallet: &str,
	entry: &str,
	keys: Keys,
) -> Result<Option<Vec<u8>>> {
	let value = at
		.storage()
		.try_fetch(storage::<Keys, Value>(pallet, entry), keys)
		.await
		.with_context(|| format!("{pallet}.{entry} cannot be read"))?;
	Ok(value.map(StorageValue::into_bytes))
}

/// What an account has in U, free and held.
pub async fn balance(at: &At, account: &AccountId) -> Result<MicroU> {
	// The balance is the first field of an account.
	let free = fetch(at, "Assets", "Account", (U_ID, account.0)).await?;
	let held = fetch(at, "AssetsHolder", "BalancesOnHold", (U_ID, account.0)).await?;
	let mut balance: MicroU = 0;
	for bytes in [free, held].into_iter().flatten() {
		balance += MicroU::decode(&mut &bytes[..]).context("a balance in U")?;
	}
	Ok(balance)
}

/// All U that there is.
pub async fn supply(at: &At) -> Result<MicroU> {
	// After the four accounts that govern it.
	type Details = ([[u8; 32]; 4], MicroU);
	let bytes = fetch(at, "Assets", "Asset", (U_ID,)).await?.context("the chain has no U")?;
	Ok(Details::decode(&mut &bytes[..]).context("what U is")?.1)
}

/// What an account has in LOOM, free and reserved, in planck.
pub async fn loom(at: &At, account: &AccountId) -> Result<u128> {
	let bytes = fetch(at, "System", "Account", (account.0,)).await?;
	Ok(bytes.map(|bytes| account_data(&bytes)).transpose()?.unwrap_or_default().total())
}

/// What the bytes of an account say that it has in LOOM.
pub fn account_data(bytes: &[u8]) -> Result<AccountData> {
	// After a nonce and three counts of references.
	type AccountInfo = ([u32; 4], u128, u128, u128);
	let (_, free, reserved, frozen) = AccountInfo::decode(&mut &bytes[..]).context("an account")?;
	Ok(AccountData { free, reserved, frozen, ..AccountData::default() })
}

/// How many transactions of an account are in blocks.
pub async fn nonce(at: &At, account: &AccountId) -> Result<u64> {
	let bytes = fetch(at, "System", "Account", (account.0,)).await?;
	// The first of what an account has.
	let nonce = bytes.map_or(Ok(0), |bytes| u32::decode(&mut &bytes[..]));
	Ok(nonce.context("an account")?.into())
}

/// What fees are multiplied by after a block, in parts of 10^18.
pub async fn fee_multiplier(at: &At) -> Result<u128> {
	let bytes = fetch(at, "TransactionPayment", "NextFeeMultiplier", ()).await?;
	// Where it is not set it is what it was at genesis.
	let multiplier = bytes.map_or(Ok(ONCE), |bytes| u128::decode(&mut &bytes[..]));
	multiplier.context("the multiplier of fees")
}

/// What ordinary transactions weigh in a block, in picoseconds.
pub async fn weight(at: &At) -> Result<u64> {
	ordinary(&fetch(at, "System", "BlockWeight", ()).await?.context("a block's weight")?)
}

/// What ordinary transactions may weigh in a block, in picoseconds.
pub fn most_weight(at: &At) -> Result<u64> {
	let system = at.metadata_ref().pallet_by_name("System").context("the chain has no system")?;
	let limits = system.constant_by_name("BlockWeights").context("the chain has no limits of weight")?;
	most_ordinary(limits.value())
}

/// What ordinary transactions weigh of what all do: the first class of three.
fn ordinary(mut bytes: &[u8]) -> Result<u64> {
	let (Compact(time), _) = Weight::decode(&mut bytes).context("a block's weight")?;
	Ok(time)
}

/// What ordinary transactions may weigh by the limits of a block.
fn most_ordinary(mut bytes: &[u8]) -> Result<u64> {
	// Of an empty block and of any; of a class, what any transaction has, the most of one, and the most of all of them.
	type Limits = (Weight, Weight, (Weight, Option<Weight>, Option<Weight>));
	let (_, _, (_, _, most)) = Limits::decode(&mut bytes).context("limits of weight")?;
	let (Compact(time), _) = most.context("ordinary transactions have no limit")?;
	Ok(time)
}

/// The time of a block.
pub async fn time(at: &At) -> Result<Moment> {
	let now = fetch(at, "Timestamp", "Now", ()).await?.context("the chain's time")?;
	Moment::decode(&mut &now[..]).context("the chain's time")
}

/// When the chain's first month began.
pub async fn start(at: &At) -> Result<Moment> {
	let start = fetch(at, "Royalty", "Start", ()).await?.context("when the chain began")?;
	Moment::decode(&mut &start[..]).context("when the chain began")
}

/// The fields of a block's events of one name, in their order.
pub async fn events(at: &At, pallet: &str, name: &str) -> Result<Vec<Composite<()>>> {
	let number = at.block_number();
	let events = at.events().fetch().await.with_context(|| format!("the events of block {number}"))?;
	let mut found = Vec::new();
	for event in events.iter() {
		let event = event.with_context(|| format!("an event of block {number}"))?;
		if event.pallet_name() == pallet && event.event_name() == name {
			found.push(event.decode_fields_unchecked_as().context("the fields of an event")?);
		}
	}
	Ok(found)
}

/// What the events of a block say of money and months, in their order.
pub async fn entries(at: &At) -> Result<Vec<Entry>> {
	let number = at.block_number();
	let events = at.events().fetch().await.with_context(|| format!("the events of block {number}"))?;
	let mut entries = Vec::new();
	for event in events.iter() {
		let event = event.with_context(|| format!("an event of block {number}"))?;
		entries.extend(entry(&event).with_context(|| format!("an event of block {number}"))?);
	}
	Ok(entries)
}

fn entry(event: &Event<'_, super::Config>) -> Result<Option<Entry>> {
	let fields =
		|| -> Result<Composite<()>> { event.decode_fields_unchecked_as().context("the fields of an event") };
	let entry = match (event.pallet_name(), event.event_name()) {
		("Lineage", "Called") => {
			let fields = fields()?;
			Entry::Booked { who: who(&fields, "caller")?, amount: amount(&fields, "fee")? }
		}
		("Lineage", "Bought") => {
			let fields = fields()?;
			Entry::Booked { who: who(&fields, "buyer")?, amount: amount(&fields, "price")? }
		}
		("Royalty", "RevenueReported") => {
			let fields = fields()?;
			Entry::Booked { who: who(&fields, "who")?, amount: amount(&fields, "amount")? }
		}
		("Royalty", "Closed") => Entry::Closed { period: period(&fields()?)? },
		("Royalty", "Paid") => {
			let fields = fields()?;
			Entry::Paid {
				period: period(&fields)?,
				payee: who(&fields, "payee")?,
				amount: amount(&fields, "amount")?,
			}
		}
		("Royalty", "PaymentUndelivered") => {
			let fields = fields()?;
			Entry::Undelivered {
				period: period(&fields)?,
				payee: who(&fields, "payee")?,
				amount: amount(&fields, "amount")?,
			}
		}
		("Royalty", "Claimed") => {
			let fields = fields()?;
			Entry::Claimed { payee: who(&fields, "payee")?, amount: amount(&fields, "amount")? }
		}
		("Royalty", "Released") => {
			let fields = fields()?;
			// Who can claim it is paid or claims; without anybody it is booked once more, by an event of its own.
			let again = matches!(fields.at("to").map(|to| &to.value), Some(ValueDef::Variant(to)) if to.name == "None");
			Entry::Released { amount: amount(&fields, "amount")?, again }
		}
		("Royalty", "Withheld") => {
			let fields = fields()?;
			Entry::Withheld { period: period(&fields)?, amount: amount(&fields, "amount")? }
		}
		("Disputes", "Raised") => Entry::Raised,
		("Royalty", "Reported") => Entry::Reported { period: period(&fields()?)? },
		_ => return Ok(None),
	};
	Ok(Some(entry))
}

/// A number that an event has in a field.
pub fn amount(fields: &Composite<()>, name: &str) -> Result<u128> {
	let field = fields.at(name).ok_or_else(|| anyhow!("it has no {name}"))?;
	number(field).ok_or_else(|| anyhow!("its {name} is no number"))
}

fn period(fields: &Composite<()>) -> Result<Period> {
	Ok(Period(u32::try_from(amount(fields, "period")?).context("a month beyond all calendars")?))
}

/// An account that an event has in a field.
pub fn who(fields: &Composite<()>, name: &str) -> Result<AccountId> {
	let field = fields.at(name).ok_or_else(|| anyhow!("it has no {name}"))?;
	let mut bytes = Vec::new();
	leaves(field, &mut bytes);
	match bytes.try_into() {
		Ok(bytes) => Ok(AccountId(bytes)),
		Err(_) => bail!("its {name} is no account"),
	}
}

/// A number, however many types of one field it is wrapped in.
fn number(value: &Value<()>) -> Option<u128> {
	match &value.value {
		ValueDef::Primitive(Primitive::U128(number)) => Some(*number),
		ValueDef::Composite(fields) if fields.len() == 1 => fields.values().next().and_then(number),
		_ => None,
	}
}

/// The bytes of an account, however they are wrapped.
fn leaves(value: &Value<()>, bytes: &mut Vec<u8>) {
	match &value.value {
		ValueDef::Primitive(Primitive::U128(number)) => bytes.extend(u8::try_from(*number)),
		ValueDef::Composite(fields) => fields.values().for_each(|field| leaves(field, bytes)),
		_ => {}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	#[test]
	fn numbers_and_accounts_are_found_in_their_wrappings() {
		let account = Value::unnamed_composite([Value::from_bytes([7; 32])]);
		let month = Value::unnamed_composite([Value::u128(24_315)]);
		let fields = Composite::named([("payee", account), ("period", month), ("amount", Value::u128(5))]);
		assert_eq!(who(&fields, "payee").unwrap(), AccountId([7; 32]));
		assert_eq!(period(&fields).unwrap().to_string(), "2026-04");
		assert_eq!(amount(&fields, "amount").unwrap(), 5);
	}

	#[test]
	fn weights_are_those_of_ordinary_transactions() {
		let weight = |time: u64| (Compact(time), Compact(u64::MAX));
		let classes = (weight(1_468_000_000_000), weight(2), weight(3));
		assert_eq!(ordinary(&classes.encode()).unwrap(), 1_468_000_000_000);
		let class = |most: Option<Weight>| (weight(4), Some(weight(5)), most, Some(weight(6)));
		let limits = |most: Option<Weight>| (weight(7), weight(8), class(most), class(None)).encode();
		assert_eq!(most_ordinary(&limits(Some(weight(1_500_000_000_000)))).unwrap(), 1_500_000_000_000);
		assert!(most_ordinary(&limits(None)).is_err());
	}

	#[test]
	fn missing_field_is_named() {
		let fields = Composite::named([("amount", Value::bool(true))]);
		assert_eq!(amount(&fields, "fee").unwrap_err().to_string(), "it has no fee");
		assert_eq!(amount(&fields, "amount").unwrap_err().to_string(), "its amount is no number");
	}
}
