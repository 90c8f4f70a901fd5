//! The secret that a webhook's sender and receiver share, and signatures with it.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::{fmt, str::FromStr};

/// What a secret begins with, as the specification has it.
const PREFIX: &str = "whsec_";

/// Bytes that a secret may have.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// A secret. It is shown nowhere.
#[derive(Clone)]
pub struct Secret(Hmac<Sha256>);

impl fmt::Debug for Secret {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("Secret(..)")
	}
}

/// Why a text is no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotASecret {
	/// It begins with something else.
	#[error("a secret begins with whsec_; `echo whsec_$(head -c 32 /dev/urandom | base64 -w 0)` makes one")]
	Prefix,
	/// What follows is no Base64.
	#[error("what follows whsec_ is not Base64 with its padding")]
	Base64,
	/// It is too short to be one, or too long.
	#[error("a secret has 24 to 64 bytes, this one has {0}")]
	Length(usize),
}

impl FromStr for Secret {
	type Err = NotASecret;

	fn from_str(text: &str) -> Result<Self, NotASecret> {
		let encoded = text.strip_prefix(PREFIX).ok_or(NotASecret::Prefix)?;
		let bytes = STANDARD.decode(encoded).map_err(|_| NotASecret::Base64)?;
		let length = NotASecret::Length(bytes.len());
		if !BYTES.contains(&bytes.len()) {
			return Err(length);
		}
		Hmac::new_from_slice(&bytes).map(Self).map_err(|_| length)
	}
}

impl Secret {
	/// The signature of a message that is sent at a moment, in seconds since the Unix epoch: `v1,` and the HMAC-SHA256 of
	/// `id.moment.body` in Base64.
	pub fn sign(&self, id: &str, moment: i64, body: &str) -> String {
		let mut mac = self.0.clone();
		mac.update(format!("{id}.{moment}.{body}").as_bytes());
		format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// The example that the specification's own libraries are tested with.
	#[test]
	fn signature_should_be_that_of_the_specification() {
		let secret: Secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD".parse().unwrap();
		let body = r#"{"email":"test@example.com","username":"test_user"}"#;
		assert_eq!(
			secret.sign("msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", 1_649_367_553, body),
			"v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="
		);
	}

	#[test]
	fn what_is_no_secret_should_be_refused() {
		let of = |text: &str| text.parse::<Secret>().unwrap_err();
		assert_eq!(of("C2FVsBQIhrscChlQIMV+b5sSYspob7oD"), NotASecret::Prefix);
		assert_eq!(of("whsec_not base64"), NotASecret::Base64);
		assert_eq!(of("whsec_YWJj"), NotASecret::Length(3));
		assert_eq!(of(&format!("whsec_{}", STANDARD.encode([7; 65]))), NotASecret::Length(65));
	}

	#[test]
	fn secret_should_not_be_shown() {
		let secret: Secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD".parse().unwrap();
		assert_eq!(format!("{secret:?}"), "Secret(..)");
	}
}
