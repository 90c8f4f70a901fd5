//! Serde form of bytes of a fixed length: hex digits.

use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// Writes bytes as lower-case hex digits.
pub(crate) fn serialize<S: Serializer, const N: usize>(
	bytes: &[u8; N],
	serializer: S,
) -> Result<S::Ok, S::Error> {
	serializer.serialize_str(&hex::encode(bytes))
}

/// Reads bytes from exactly twice as many hex digits.
pub(crate) fn deserialize<'de, D: Deserializer<'de>, const N: usize>(
	deserializer: D,
) -> Result<[u8; N], D::Error> {
	let text = String::deserialize(deserializer)?;
	let mut bytes = [0; N];
	hex::decode_to_slice(&text, &mut bytes)
		.map_err(|_| D::Error::custom(format_args!("not {} hex digits", 2 * N)))?;
	Ok(bytes)
}
