//! Envelopes: a data key, sealed to one operator for one use.
//!
//! HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and ChaCha20-Poly1305: kem 0x0020, kdf
//! 0x0001, aead 0x0003.
//!
//! **Base mode.** Nothing on chain names an X25519 key of an owner that auth mode could be checked against, and what it
//! would add is not needed. Anyone can make an envelope, but a file opens under one key only (it commits to it, see
//! [`crate::format`]), and the file is named by the content id on chain. A forged envelope opens nothing.
//!
//! **Binding.** `info` is the SCALE encoding of `b"heirloom-envelope"`, the version as one byte, and the [`Binding`];
//! `aad` is empty. The recipient's own key is bound by the KEM. Whoever opens an envelope states the binding from what
//! the chain says, never from the envelope, so that one made for another chain, owner, file or permit does not open.
//! The clear fields only tell which of them differs.
//!
//! **Why the owner is bound.** The chain lets anyone mint an asset with any content id. Without the owner in the
//! binding, somebody could mint a second asset over the same ciphertext, allow it code that copies everything out, and
//! have the operator open the first owner's envelope for it.

use crate::{
	content::ContentId,
	hexed,
	secret::{DataKey, KEY_BYTES, SealingKey, SealingPublicKey},
};
use codec::{Decode, DecodeAll, Encode};
use hpke::{
	Deserializable, HpkeError, Kem, OpModeR, OpModeS, Serializable as _, aead::ChaCha20Poly1305,
	kdf::HkdfSha256, kem::X25519HkdfSha256, single_shot_open, single_shot_seal,
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const LABEL: [u8; 17] = *b"heirloom-envelope";
/// A sealed data key: the key and the AEAD's tag.
const SEALED_KEY_BYTES: usize = KEY_BYTES + 16;

type Encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey;
type PublicKey = <X25519HkdfSha256 as Kem>::PublicKey;

/// Whose data it is: the same for all envelopes that an owner makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
pub struct Origin {
	/// Hash of the chain's genesis block.
	pub genesis: [u8; 32],
	/// The account of the asset's owner, whose policy counts (`PolicyRecord::set_by`).
	pub owner: [u8; 32],
}

/// What an operator may open an envelope for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
	/// Any finalized permit, under a policy of automatic approval. Sealed beforehand.
	#[codec(index = 0)]
	Standing,
	/// The permit of this number. Sealed when the owner approves it.
	#[codec(index = 1)]
	Permit(u64),
}

/// What an envelope is for, all of which is authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
pub struct Binding {
	/// The chain and the owner.
	pub origin: Origin,
	/// The sealed file.
	pub content: ContentId,
	/// What it may be opened for.
	pub purpose: Purpose,
}

impl Binding {
	fn info(&self) -> Vec<u8> {
		(LABEL, VERSION, self).encode()
	}
}

/// A data key, sealed to one operator for one use.
///
/// The binary form is the version as one byte and then the SCALE encoding of the fields: 211 bytes for a standing one,
/// 219 for a permit's. The JSON form has the same fields, bytes as hex digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[serde(try_from = "Document", into = "Document")]
pub struct Envelope {
	/// What it is for.
	pub binding: Binding,
	/// Whom it is for.
	pub recipient: SealingPublicKey,
	/// RFC 9180's `enc`.
	encapsulated: [u8; 32],
	/// RFC 9180's `ct`.
	ciphertext: [u8; SEALED_KEY_BYTES],
}

/// Why an envelope cannot be made, read or opened.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
	/// The recipient's public key is one that agrees on the same secret with everyone.
	#[error("the recipient's sealing key is of small order, and nothing can be sealed to it")]
	WeakRecipient,
	/// Not an envelope.
	#[error("this is not an envelope, or it is damaged")]
	Malformed,
	/// A version that is not known.
	#[error("the envelope is of version {0}, which this program does not know")]
	UnsupportedVersion(u8),
	/// Sealed to another key.
	#[error("the envelope is sealed to another operator's key")]
	OtherRecipient,
	/// Made for an asset of another chain.
	#[error("the envelope was made for another chain")]
	OtherChain,
	/// Made by another owner.
	#[error("the envelope was made by another owner")]
	OtherOwner,
	/// Made for another file.
	#[error("the envelope was made for another file")]
	OtherContent,
	/// Made for another permit, or a standing one where a permit's is needed, or the other way round.
	#[error("the envelope was made for another permit or another policy")]
	OtherPurpose,
	/// The clear fields are as expected, but what was sealed is not for them.
	#[error("the envelope was altered")]
	Altered,
}

impl Envelope {
	/// Seals a data key to an operator.
	///
	/// # Errors
	/// [`EnvelopeError::WeakRecipient`].
	///
	/// # Panics
	/// If the operating system gives no random bytes: what `hpke` does then.
	pub fn seal(
		key: &DataKey,
		binding: &Binding,
		recipient: &SealingPublicKey,
	) -> Result<Self, EnvelopeError> {
		let public = PublicKey::from_bytes(&recipient.0).map_err(|_| EnvelopeError::WeakRecipient)?;
		let (encapsulated, ciphertext) = single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
			&OpModeS::Base,
			&public,
			&binding.info(),
			key.expose(),
			&[],
		)
		// Lengths are right by their types, so that only the key agreement is left to fail.
		.map_err(|_| EnvelopeError::WeakRecipient)?;
		let ciphertext = ciphertext.try_into().map_err(|_| EnvelopeError::Malformed)?;
		Ok(Self {
			binding: *binding,
			recipient: *recipient,
			encapsulated: encapsulated.to_bytes().into(),
			ciphertext,
		})
	}

	/// Opens an envelope for a use that the caller knows from the chain.
	///
	/// # Errors
	/// Which of its fields is not as `expected`, or [`EnvelopeError::Altered`].
	pub fn open(&self, key: &SealingKey, expected: &Binding) -> Result<DataKey, EnvelopeError> {
		if self.recipient != key.public() {
			return Err(EnvelopeError::OtherRecipient);
		}
		let stated = &self.binding;
		if stated.origin.genesis != expected.origin.genesis {
			return Err(EnvelopeError::OtherChain);
		}
		if stated.origin.owner != expected.origin.owner {
			return Err(EnvelopeError::OtherOwner);
		}
		if stated.content != expected.content {
			return Err(EnvelopeError::OtherContent);
		}
		if stated.purpose != expected.purpose {
			return Err(EnvelopeError::OtherPurpose);
		}
		let opened = self.open_as(key, &expected.info()).map_err(|_| EnvelopeError::Altered)?;
		DataKey::from_slice(&opened).ok_or(EnvelopeError::Altered)
	}

	fn open_as(&self, key: &SealingKey, info: &[u8]) -> Result<Zeroizing<Vec<u8>>, HpkeError> {
		let private = key.private().ok_or(HpkeError::ValidationError)?;
		let encapsulated = Encapsulated::from_bytes(&self.encapsulated)?;
		single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
			&OpModeR::Base,
			&private,
			&encapsulated,
			info,
			&self.ciphertext,
			&[],
		)
		.map(Zeroizing::new)
	}

	/// The binary form.
	pub fn to_bytes(&self) -> Vec<u8> {
		(VERSION, self).encode()
	}

	/// Reads the binary form, which nothing may follow.
	///
	/// # Errors
	/// [`EnvelopeError::Malformed`], [`EnvelopeError::UnsupportedVersion`].
	pub fn from_bytes(bytes: &[u8]) -> Result<Self, EnvelopeError> {
		let (version, fields) = bytes.split_first().ok_or(EnvelopeError::Malformed)?;
		if *version != VERSION {
			return Err(EnvelopeError::UnsupportedVersion(*version));
		}
		Self::decode_all(&mut &*fields).map_err(|_| EnvelopeError::Malformed)
	}
}

/// The JSON form of an envelope.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
	version: u8,
	#[serde(with = "hexed")]
	genesis: [u8; 32],
	#[serde(with = "hexed")]
	owner: [u8; 32],
	content: ContentId,
	purpose: Purpose,
	recipient: SealingPublicKey,
	#[serde(with = "hexed")]
	encapsulated: [u8; 32],
	#[serde(with = "hexed")]
	ciphertext: [u8; SEALED_KEY_BYTES],
}

impl From<Envelope> for Document {
	fn from(Envelope { binding, recipient, encapsulated, ciphertext }: Envelope) -> Self {
		let Binding { origin: Origin { genesis, owner }, content, purpose } = binding;
		Self { version: VERSION, genesis, owner, content, purpose, recipient, encapsulated, ciphertext }
	}
}

impl TryFrom<Document> for Envelope {
	type Error = EnvelopeError;

	fn try_from(document: Document) -> Result<Self, EnvelopeError> {
		let Document { version, genesis, owner, content, purpose, recipient, encapsulated, ciphertext } =
			document;
		if version != VERSION {
			return Err(EnvelopeError::UnsupportedVersion(version));
		}
		let binding = Binding { origin: Origin { genesis, owner }, content, purpose };
		Ok(Self { binding, recipient, encapsulated, ciphertext })
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// RFC 9180, appendix A.2.1: the first encryption of base mode with this suite.
	#[test]
	fn suite_opens_the_vector_of_rfc_9180() {
		let bytes = |digits: &str| hex::decode(digits).unwrap();
		let key = SealingKey::from_slice(&bytes(
			"8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb",
		))
		.unwrap();
		let encapsulated = Encapsulated::from_bytes(&bytes(
			"1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a",
		))
		.unwrap();
		let opened = single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
			&OpModeR::Base,
			&key.private().unwrap(),
			&encapsulated,
			b"Ode on a Grecian Urn",
			&bytes(
				"1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28",
			),
			b"Count-0",
		);
		assert_eq!(opened.unwrap(), b"Beauty is truth, truth beauty");
	}
}
