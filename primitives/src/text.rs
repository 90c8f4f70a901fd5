//! Serde form of amounts: decimal text, because JSON numbers lose digits above 2^53.

use alloc::string::{String, ToString};
use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// Writes a number as decimal text.
pub fn serialize<S: Serializer>(number: &u128, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.serialize_str(&number.to_string())
}

/// Reads a number from decimal text.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
	String::deserialize(deserializer)?.parse().map_err(|_| D::Error::custom("not a whole number as text"))
}
