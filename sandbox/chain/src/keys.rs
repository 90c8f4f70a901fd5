//! Accounts of keys, and their signatures.

use crate::AccountId;
use subxt_signer::sr25519::{self, Keypair};

pub use crate::secret::key_of;

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
}
