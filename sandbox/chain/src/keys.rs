//! Keys that people name.

use crate::AccountId;
use anyhow::{Context, Result};
use subxt_signer::{
	SecretUri,
	sr25519::{self, Keypair},
};

/// The key that a person names: a derivation (`//Alice`), a phrase with one, or a seed in hexadecimal.
///
/// # Errors
/// The text is none of these.
pub fn key_of(uri: &str) -> Result<Keypair> {
	let uri: SecretUri = uri.parse().context("not a secret URI like //Alice")?;
	Keypair::from_uri(&uri).context("not a secret URI like //Alice")
}

/// The account of a key.
pub fn id_of(key: &Keypair) -> AccountId {
	AccountId(key.public_key().0)
}

/// Whether the sr25519 key of an account signed a message.
pub fn is_signed(by: &AccountId, signature: &[u8; 64], message: &[u8]) -> bool {
	sr25519::verify(&sr25519::Signature(*signature), message, &sr25519::PublicKey(by.0))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn account_of_a_name_should_be_that_of_other_tools() {
		let alice = id_of(&key_of("//Alice").unwrap());
		assert_eq!(alice.to_string(), "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
	}

	#[test]
	fn what_is_no_key_should_be_refused() {
		assert!(key_of("not a phrase of twelve words").is_err());
	}
}
