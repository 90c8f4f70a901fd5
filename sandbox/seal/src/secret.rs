//! Keys: what they are made of, and how they are kept from leaking.

use crate::hexed;
use hkdf::Hkdf;
use hpke::{Deserializable, Kem, Serializable as _, kem::X25519HkdfSha256};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::{fmt, str::FromStr};
use zeroize::{Zeroize, Zeroizing};

/// Bytes of every key here, secret or public.
pub const KEY_BYTES: usize = 32;

/// The private key as `hpke` has it. It overwrites itself when dropped.
pub(crate) type HpkePrivateKey = <X25519HkdfSha256 as Kem>::PrivateKey;

/// The operating system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gives no random bytes")]
pub struct NoRandomness;

/// Secret bytes on the heap: a moved value leaves no copy behind on the stack, and a dropped one is overwritten.
struct Secret(Box<[u8; KEY_BYTES]>);

impl Secret {
	fn zeroed() -> Self {
		Self(Box::new([0; KEY_BYTES]))
	}

	fn random() -> Result<Self, NoRandomness> {
		let mut secret = Self::zeroed();
		getrandom::fill(secret.0.as_mut_slice()).map_err(|_| NoRandomness)?;
		Ok(secret)
	}
}

impl Drop for Secret {
	fn drop(&mut self) {
		self.0.as_mut_slice().zeroize();
	}
}

/// The key that one asset's file is encrypted under: 32 random bytes.
///
/// The owner keeps it ([`DataKey::save`]); operators get it in an [`Envelope`](crate::Envelope). It is not shown by
/// `Debug`, and is overwritten in memory when dropped.
pub struct DataKey(Secret);

impl DataKey {
	/// A new key. Fails where the operating system gives no random bytes.
	pub fn generate() -> Result<Self, NoRandomness> {
		Secret::random().map(Self)
	}

	/// The key with these bytes; none where there are not exactly [`KEY_BYTES`]. The caller's copy is the caller's
	/// to overwrite.
	pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
		let mut key = Secret::zeroed();
		if bytes.len() != KEY_BYTES {
			return None;
		}
		key.0.copy_from_slice(bytes);
		Some(Self(key))
	}

	/// A key for another use than the file itself, which tells nothing of this one: HKDF-SHA256 (RFC 5869) with an empty
	/// salt and `"heirloom-seal 1 derived " ‖ label` as info. Everybody who can open the file derives the same.
	///
	/// # Panics
	/// Never: 32 bytes are within HKDF's bounds.
	pub fn derive(&self, label: &[u8]) -> Zeroizing<[u8; KEY_BYTES]> {
		let mut derived = Zeroizing::new([0; KEY_BYTES]);
		Hkdf::<Sha256>::new(None, self.expose())
			.expand_multi_info(&[b"heirloom-seal 1 derived ", label], derived.as_mut_slice())
			.expect("32 bytes are within HKDF's bounds");
		derived
	}

	pub(crate) fn expose(&self) -> &[u8; KEY_BYTES] {
		&self.0.0
	}
}

impl fmt::Debug for DataKey {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("DataKey(secret)")
	}
}

/// The seed of the key that an operator signs reports and transactions with: 32 random bytes.
///
/// It is not shown by `Debug`, and is overwritten in memory when dropped.
pub struct SigningSeed(Secret);

impl SigningSeed {
	/// A new seed. Fails where the operating system gives no random bytes.
	pub fn generate() -> Result<Self, NoRandomness> {
		Secret::random().map(Self)
	}

	/// The seed with these bytes; none where there are not exactly [`KEY_BYTES`].
	#[cfg(any(feature = "files", test))]
	pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
		DataKey::from_slice(bytes).map(|DataKey(secret)| Self(secret))
	}

	/// Its bytes, for the library that makes a key pair of them.
	pub fn expose(&self) -> &[u8; KEY_BYTES] {
		&self.0.0
	}
}

impl fmt::Debug for SigningSeed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("SigningSeed(secret)")
	}
}

/// An operator's X25519 private key, to which owners seal data keys.
///
/// It is not shown by `Debug`, and is overwritten in memory when dropped.
pub struct SealingKey {
	secret: Secret,
	public: SealingPublicKey,
}

impl SealingKey {
	/// A new key: `DeriveKeyPair` of RFC 9180, section 7.1.3, from 32 random bytes. Fails where the operating system
	/// gives none.
	pub fn generate() -> Result<Self, NoRandomness> {
		let seed = Secret::random()?;
		let (private, public) = X25519HkdfSha256::derive_keypair(seed.0.as_slice());
		Ok(Self::of(&private, &public))
	}

	/// The key with these bytes, clamped as RFC 7748, section 5, says; none where there are not exactly
	/// [`KEY_BYTES`]. The caller's copy is the caller's to overwrite.
	#[cfg(any(feature = "files", test))]
	pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
		let private = HpkePrivateKey::from_bytes(bytes).ok()?;
		let public = X25519HkdfSha256::sk_to_pk(&private);
		Some(Self::of(&private, &public))
	}

	fn of(private: &HpkePrivateKey, public: &<X25519HkdfSha256 as Kem>::PublicKey) -> Self {
		let mut secret = Secret::zeroed();
		private.write_exact(secret.0.as_mut_slice());
		Self { secret, public: SealingPublicKey(public.to_bytes().into()) }
	}

	/// What the operator registers on chain.
	pub fn public(&self) -> SealingPublicKey {
		self.public
	}

	pub(crate) fn expose(&self) -> &[u8; KEY_BYTES] {
		&self.secret.0
	}

	/// The key as `hpke` takes it; none where its bytes were refused, which those of a key never are.
	pub(crate) fn private(&self) -> Option<HpkePrivateKey> {
		HpkePrivateKey::from_bytes(self.expose()).ok()
	}
}

impl fmt::Debug for SealingKey {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "SealingKey(secret of {})", self.public)
	}
}

/// An operator's X25519 public key: the `sealing_key` of its profile on chain. Shown and read as 64 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, codec::Encode, codec::Decode)]
pub struct SealingPublicKey(#[serde(with = "hexed")] pub [u8; KEY_BYTES]);

impl fmt::Display for SealingPublicKey {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&hex::encode(self.0))
	}
}

impl fmt::Debug for SealingPublicKey {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "SealingPublicKey({self})")
	}
}

/// A text is not a public key.
#[derive(Debug, thiserror::Error)]
#[error("a sealing key is 64 hex digits, with or without 0x before them")]
pub struct NotAPublicKey;

impl FromStr for SealingPublicKey {
	type Err = NotAPublicKey;

	fn from_str(text: &str) -> Result<Self, NotAPublicKey> {
		let mut bytes = [0; KEY_BYTES];
		let digits = text.strip_prefix("0x").unwrap_or(text);
		hex::decode_to_slice(digits, &mut bytes).map_err(|_| NotAPublicKey)?;
		Ok(Self(bytes))
	}
}

/// A buffer for secret text or plaintext: overwritten when dropped. The capacity must hold all that will be put in,
/// since a vector that grows leaves its old bytes behind.
pub(crate) fn secret_buffer(capacity: usize) -> Zeroizing<Vec<u8>> {
	Zeroizing::new(Vec::with_capacity(capacity))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn secrets_are_not_shown_by_debug() {
		let data = DataKey::from_slice(&[0xab; 32]).unwrap();
		let sealing = SealingKey::from_slice(&[0xab; 32]).unwrap();
		let signing = SigningSeed::from_slice(&[0xab; 32]).unwrap();
		let shown = format!("{data:?} {sealing:?} {signing:?}");
		assert!(!shown.contains(&"ab".repeat(4)) && !shown.contains("171, 171"), "{shown}");
	}

	#[test]
	fn public_key_is_that_of_rfc_9180() {
		// Appendix A.2.1: skRm and pkRm.
		let secret = "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb";
		let key = SealingKey::from_slice(&hex::decode(secret).unwrap()).unwrap();
		let public = "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a";
		assert_eq!(key.public().to_string(), public);
	}

	#[test]
	fn derived_keys_differ_by_label_and_by_key() {
		let [one, other] = [1, 2].map(|byte| DataKey::from_slice(&[byte; 32]).unwrap());
		assert_eq!(one.derive(b"a"), one.derive(b"a"));
		assert_ne!(one.derive(b"a"), one.derive(b"b"));
		assert_ne!(one.derive(b"a"), other.derive(b"a"));
		assert_ne!(one.derive(b"").as_slice(), one.expose());
	}

	#[test]
	fn keys_differ_from_each_other() {
		let [one, other] = [(); 2].map(|()| DataKey::generate().unwrap());
		assert_ne!(one.expose(), other.expose());
		let [one, other] = [(); 2].map(|()| SealingKey::generate().unwrap());
		assert_ne!(one.public(), other.public());
	}

	#[test]
	fn key_of_another_length_is_refused() {
		for length in [0, 31, 33] {
			assert!(DataKey::from_slice(&vec![1; length]).is_none());
			assert!(SealingKey::from_slice(&vec![1; length]).is_none());
		}
	}
}
