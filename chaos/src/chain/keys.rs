//! Accounts with well-known keys: `//contributor-3` of the development phrase.

use super::AccountId;
use anyhow::{Context, Result};
use subxt_signer::{DEV_PHRASE, SecretUri, bip39::Mnemonic, sr25519::Keypair};

/// Derives keys from names. The phrase is stretched once, which is what takes long.
pub struct Keys(Keypair);

impl Keys {
	/// The keys of the development phrase.
	pub fn development() -> Result<Self> {
		let phrase: Mnemonic = DEV_PHRASE.parse().context("the development phrase")?;
		Ok(Self(Keypair::from_phrase(&phrase, None)?))
	}

	/// The key of `//name`.
	pub fn key(&self, name: &str) -> Result<Keypair> {
		let uri: SecretUri =
			format!("//{name}").parse().with_context(|| format!("no key can be derived from {name:?}"))?;
		Ok(self.0.derive(uri.junctions))
	}
}

/// The account of a key.
pub fn account(key: &Keypair) -> AccountId {
	AccountId(key.public_key().0)
}

/// The account of a pallet, by the eight bytes of its id.
pub fn pallet_account(id: &[u8; 8]) -> AccountId {
	let mut bytes = [0; 32];
	bytes[..4].copy_from_slice(b"modl");
	bytes[4..12].copy_from_slice(id);
	AccountId(bytes)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn names_are_hard_derivations_of_the_development_phrase() {
		let alice = Keys::development().unwrap().key("Alice").unwrap();
		assert_eq!(account(&alice).to_string(), "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
	}

	#[test]
	fn account_of_a_pallet_has_its_id_after_the_prefix() {
		let AccountId(bytes) = pallet_account(b"hl/royal");
		assert_eq!(&bytes[..12], b"modlhl/royal");
		assert_eq!(bytes[12..], [0; 20]);
	}
}
