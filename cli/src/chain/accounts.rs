//! Names and their accounts: a scenario's `company-a` is `//company-a` of the well-known development phrase.

use super::AccountId;
use anyhow::{Context, Result};
use std::collections::HashMap;
use subxt_signer::{DEV_PHRASE, SecretUri, bip39::Mnemonic, sr25519::Keypair};

/// Derives keys from names. The phrase is stretched once, which is what takes long.
pub struct Accounts {
	root: Keypair,
	known: HashMap<String, Keypair>,
}

impl Accounts {
	/// The accounts of the development phrase.
	pub fn development() -> Result<Self> {
		let phrase: Mnemonic = DEV_PHRASE.parse().context("the development phrase")?;
		Ok(Self { root: Keypair::from_phrase(&phrase, None)?, known: HashMap::new() })
	}

	/// The key of `//name`.
	pub fn key(&mut self, name: &str) -> Result<&Keypair> {
		if !self.known.contains_key(name) {
			let uri: SecretUri = format!("//{name}")
				.parse()
				.with_context(|| format!("no account can be derived from {name:?}"))?;
			self.known.insert(name.into(), self.root.derive(uri.junctions));
		}
		Ok(&self.known[name])
	}

	/// The account of `//name`.
	pub fn id(&mut self, name: &str) -> Result<AccountId> {
		Ok(id_of(self.key(name)?))
	}
}

/// The account of a key.
pub fn id_of(key: &Keypair) -> AccountId {
	AccountId(key.public_key().0)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::secret::key_of;

	#[test]
	fn names_are_hard_derivations_of_the_development_phrase() {
		let mut accounts = Accounts::development().unwrap();
		let alice = accounts.id("Alice").unwrap();
		assert_eq!(alice.to_string(), "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
		assert_eq!(accounts.id("company-a").unwrap(), id_of(&key_of("//company-a").unwrap()));
		assert_eq!(accounts.id("0123").unwrap(), id_of(&key_of("//0123").unwrap()));
	}
}
