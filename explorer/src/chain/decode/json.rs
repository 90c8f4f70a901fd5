//! Values of any type as JSON, for a person to read: byte strings in hexadecimal or as the text they are, numbers that
//! JSON would lose digits of as text, accounts in SS58 where the type says that they are some.

use serde_json::{Map, Value as Json, json};
use subxt::{
	ext::scale_value::{Composite, Primitive, Value, ValueDef},
	utils::AccountId32,
};

/// The greatest number that every reader of JSON keeps whole.
const SAFE: u128 = (1 << 53) - 1;

/// The most entries of one list, and bytes of one string, that are written out; a block can hold millions.
const MOST: usize = 1_000;

/// Writes a value.
pub fn of<Context>(value: &Value<Context>) -> Json {
	match &value.value {
		ValueDef::Composite(composite) => of_composite(composite),
		ValueDef::Variant(variant) => {
			if let ("Id", Some(account)) = (variant.name.as_str(), account(&variant.values)) {
				return json!(account);
			}
			match (variant.name.as_str(), variant.values.len()) {
				("None", 0) => Json::Null,
				("Some", 1) => variant.values.values().next().map(of).unwrap_or_default(),
				(name, 0) => json!(name),
				(name, _) => json!({ name: of_composite(&variant.values) }),
			}
		}
		ValueDef::BitSequence(bits) => {
			json!(bits.iter().map(|bit| if bit { '1' } else { '0' }).collect::<String>())
		}
		ValueDef::Primitive(primitive) => of_primitive(primitive),
	}
}

fn of_composite<Context>(composite: &Composite<Context>) -> Json {
	match composite {
		Composite::Named(fields) => {
			Json::Object(fields.iter().map(|(name, value)| (name.clone(), of(value))).collect::<Map<_, _>>())
		}
		Composite::Unnamed(values) => {
			if let Some(bytes) = bytes(values) {
				return text_of(&bytes);
			}
			if let [only] = values.as_slice() {
				return of(only);
			}
			let mut list: Vec<_> = values.iter().take(MOST).map(of).collect();
			if values.len() > MOST {
				list.push(json!(format!("… {} more", values.len() - MOST)));
			}
			Json::Array(list)
		}
	}
}

fn of_primitive(primitive: &Primitive) -> Json {
	match primitive {
		Primitive::Bool(value) => json!(value),
		Primitive::Char(value) => json!(value.to_string()),
		Primitive::String(value) => json!(value.replace('\0', "\u{fffd}")),
		Primitive::U128(value) if *value <= SAFE => json!(*value as u64),
		Primitive::U128(value) => json!(value.to_string()),
		Primitive::I128(value) if value.unsigned_abs() <= SAFE => json!(*value as i64),
		Primitive::I128(value) => json!(value.to_string()),
		Primitive::U256(bytes) | Primitive::I256(bytes) => json!(format!("0x{}", hex::encode(bytes))),
	}
}

/// The bytes of a list that has nothing else; of wrapped ones too, as bounded lists and hashes are.
fn bytes<Context>(values: &[Value<Context>]) -> Option<Vec<u8>> {
	if let [only] = values
		&& let ValueDef::Composite(Composite::Unnamed(inner)) = &only.value
	{
		return bytes(inner);
	}
	let byte = |value: &Value<Context>| match &value.value {
		ValueDef::Primitive(Primitive::U128(byte)) => u8::try_from(*byte).ok(),
		_ => None,
	};
	if values.len() < 2 {
		return None;
	}
	values.iter().map(byte).collect()
}

fn account<Context>(values: &Composite<Context>) -> Option<String> {
	let Composite::Unnamed(values) = values else { return None };
	let key: [u8; 32] = bytes(values)?.try_into().ok()?;
	Some(AccountId32(key).to_string())
}

fn text_of(bytes: &[u8]) -> Json {
	let readable = |text: &&str| text.chars().all(|character| !character.is_control());
	if let Some(text) = std::str::from_utf8(bytes).ok().filter(readable) {
		return json!(text);
	}
	match bytes.get(..MOST) {
		Some(first) if bytes.len() > MOST => {
			json!(format!("0x{}… {} bytes", hex::encode(first), bytes.len()))
		}
		_ => json!(format!("0x{}", hex::encode(bytes))),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn accounts_are_written_as_wallets_do() {
		let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
		let key = crate::chain::address::key(alice).unwrap();
		let value = Value::unnamed_variant("Id", [Value::unnamed_composite([Value::from_bytes(key)])]);
		assert_eq!(of(&value), json!(alice));
	}

	#[test]
	fn bytes_are_text_where_they_can_be_read() {
		assert_eq!(of(&Value::from_bytes(b"CT-2025-0312")), json!("CT-2025-0312"));
		assert_eq!(of(&Value::from_bytes([0xff, 0x00, 0x01])), json!("0xff0001"));
	}

	#[test]
	fn numbers_keep_their_digits() {
		assert_eq!(of(&Value::u128(SAFE)), json!(9_007_199_254_740_991u64));
		assert_eq!(of(&Value::u128(SAFE + 1)), json!("9007199254740992"));
	}

	#[test]
	fn options_are_values_or_null() {
		let some = Value::unnamed_variant("Some", [Value::u128(7)]);
		assert_eq!((of(&some), of(&Value::unnamed_variant("None", []))), (json!(7), Json::Null));
	}
}
