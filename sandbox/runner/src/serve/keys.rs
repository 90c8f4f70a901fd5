//! The operator's keys, as `heirloom-sandbox keygen` leaves them.

use super::ServeError;
use crate::SigningKey;
use heirloom_sandbox_chain::{AccountId, Keypair};
use heirloom_seal::{KeyFileError, SealingKey, SigningSeed};
use std::path::Path;

/// The key that signs reports and the transactions that bring them.
pub struct Keys(SigningKey);

impl Keys {
	/// Loads both keys out of an operator's folder.
	///
	/// # Errors
	/// [`ServeError::Key`].
	pub fn load(home: &Path) -> Result<(Self, SealingKey), ServeError> {
		let folder = home.join("keys");
		let sealing = SealingKey::load(&folder.join("sealing"))?;
		let path = folder.join("signing");
		let seed = SigningSeed::load(&path)?;
		let signing = SigningKey::new(&seed).map_err(|_| KeyFileError::Malformed(path))?;
		Ok((Self(signing), sealing))
	}

	/// The key pair.
	pub fn pair(&self) -> &Keypair {
		self.0.pair()
	}

	/// The account of the signing key: what the profile states.
	pub fn account(&self) -> AccountId {
		AccountId(self.0.public())
	}
}
