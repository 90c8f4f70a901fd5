//! The key that signs an operator's reports.

use heirloom_seal::SigningSeed;
use subxt_signer::sr25519::{Error, Keypair};

/// The length of a `MultiSignature` of this kind: a byte that says sr25519, and the signature.
const MULTI_SIGNATURE_BYTES: usize = 65;
/// `MultiSignature::Sr25519`.
const SR25519: u8 = 1;

/// An sr25519 key pair, which wallets have by default.
pub struct SigningKey(Keypair);

impl SigningKey {
	/// The key of a seed.
	///
	/// # Errors
	/// For no seed of 32 bytes.
	pub fn new(seed: &SigningSeed) -> Result<Self, Error> {
		Keypair::from_secret_key(*seed.expose()).map(Self)
	}

	/// The public key: the account that signs reports (`signing_key` of the operator's profile).
	pub fn public(&self) -> [u8; 32] {
		self.0.public_key().0
	}

	/// The key pair, for transactions.
	pub fn pair(&self) -> &Keypair {
		&self.0
	}

	/// Signs the payload of a report: `MultiSignature` in SCALE.
	pub fn sign(&self, payload: &[u8]) -> [u8; MULTI_SIGNATURE_BYTES] {
		let mut signature = [SR25519; MULTI_SIGNATURE_BYTES];
		signature[1..].copy_from_slice(&self.0.sign(payload).0);
		signature
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn signature_should_be_verified_by_the_chain_s_own_scheme() {
		let key = SigningKey::new(&SigningSeed::generate().unwrap()).unwrap();
		let signature = key.sign(b"payload");
		assert_eq!(signature[0], 1);
		let public = subxt_signer::sr25519::PublicKey(key.public());
		let raw = subxt_signer::sr25519::Signature(signature[1..].try_into().unwrap());
		assert!(subxt_signer::sr25519::verify(&raw, b"payload", &public));
		assert!(!subxt_signer::sr25519::verify(&raw, b"another", &public));
	}
}
