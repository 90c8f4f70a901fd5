//! Signatures of every kind of wallet, those that sign text for people among them.

use crate::AccountId;
use alloc::{format, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, traits::ConstU32};
use scale_info::TypeInfo;
use sp_core::{ecdsa, ed25519, hex2array, hexdisplay::HexDisplay, sr25519};
use sp_io::{
	crypto::secp256k1_ecdsa_recover,
	hashing::{blake2_256, keccak_256},
};
use sp_runtime::{
	MultiSignature, MultiSigner,
	traits::{Lazy, Verify},
};

/// The longest summary, in bytes.
pub type MaxSummary = ConstU32<1_024>;

/// The first line of what Ethereum wallets show.
const TITLE: &str = "Heirloom transaction";
/// Half of the order of secp256k1's group, rounded down.
const HALF_ORDER: [u8; 32] = hex2array!("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

/// A signature of any of the schemes that wallets use. The first four are the SDK's [`MultiSignature`], encoded alike.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Signature {
	/// An Ed25519 signature.
	Ed25519(ed25519::Signature),
	/// An Sr25519 signature.
	Sr25519(sr25519::Signature),
	/// An ECDSA signature of the payload's Blake2 hash.
	Ecdsa(ecdsa::Signature),
	/// An ECDSA signature of the payload's Keccak hash, as it is.
	Eth(ecdsa::KeccakSignature),
	/// What an Ethereum wallet makes of a text that it shows to its owner.
	Personal(PersonalSignature),
}

/// The signature of a text by `personal_sign` (EIP-191, version 0x45). The text is a line that says what it is, so that
/// nothing else that a page has somebody sign can be used as a transaction; a line of summary; and `0x` with the Blake2
/// hash of the payload in hexadecimal, which commits to what is signed whatever the summary says. Empty lines part them.
///
/// Its account is what Ethereum wallets show, 20 bytes, and 12 bytes 0xEE.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct PersonalSignature {
	/// 65 bytes, the last one 27 or 28. Of the two signatures that anybody can make of one it is the one with the smaller
	/// `s` (EIP-2), so that a transaction has one hash.
	pub signature: ecdsa::KeccakSignature,
	/// What the wallet showed: UTF-8 without control characters, line breaks of any kind, or what turns the direction of
	/// writing, so that it is one line that reads as it stands.
	pub summary: BoundedVec<u8, MaxSummary>,
}

impl PersonalSignature {
	/// What an Ethereum wallet signs for a summary and a payload, before it is hashed.
	pub fn message(summary: &str, payload: &[u8]) -> Vec<u8> {
		let text = format!("{TITLE}\n\n{summary}\n\n0x{}", HexDisplay::from(&blake2_256(payload)));
		format!("\x19Ethereum Signed Message:\n{}{text}", text.len()).into_bytes()
	}

	/// The account of an Ethereum address.
	pub fn account(address: [u8; 20]) -> AccountId {
		let mut account = [0xee; 32];
		account[..20].copy_from_slice(&address);
		account.into()
	}

	fn signer(&self, payload: &[u8]) -> Option<AccountId> {
		let summary = core::str::from_utf8(&self.summary).ok()?;
		let (s, which) = (&self.signature.0[32..64], self.signature.0[64]);
		if summary.contains(misleads) || s > HALF_ORDER.as_slice() || !matches!(which, 27 | 28) {
			return None;
		}
		let hash = keccak_256(&Self::message(summary, payload));
		let key = secp256k1_ecdsa_recover(self.signature.as_ref(), &hash).ok()?;
		let address = keccak_256(&key)[12..].try_into().ok()?;
		Some(Self::account(address))
	}
}

/// Whether a character could make a summary look like another line, or like another text.
fn misleads(character: char) -> bool {
	character.is_control()
		|| matches!(
			character,
			'\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
		)
}

impl Verify for Signature {
	type Signer = MultiSigner;

	fn verify<L: Lazy<[u8]>>(&self, mut payload: L, signer: &AccountId) -> bool {
		let as_in_the_sdk = match self {
			Self::Ed25519(signature) => MultiSignature::Ed25519(*signature),
			Self::Sr25519(signature) => MultiSignature::Sr25519(*signature),
			Self::Ecdsa(signature) => MultiSignature::Ecdsa(*signature),
			Self::Eth(signature) => MultiSignature::Eth(*signature),
			Self::Personal(personal) => return personal.signer(payload.get()).as_ref() == Some(signer),
		};
		as_in_the_sdk.verify(payload, signer)
	}
}

impl From<MultiSignature> for Signature {
	fn from(signature: MultiSignature) -> Self {
		match signature {
			MultiSignature::Ed25519(signature) => Self::Ed25519(signature),
			MultiSignature::Sr25519(signature) => Self::Sr25519(signature),
			MultiSignature::Ecdsa(signature) => Self::Ecdsa(signature),
			MultiSignature::Eth(signature) => Self::Eth(signature),
		}
	}
}

impl From<sr25519::Signature> for Signature {
	fn from(signature: sr25519::Signature) -> Self {
		Self::Sr25519(signature)
	}
}

impl From<ed25519::Signature> for Signature {
	fn from(signature: ed25519::Signature) -> Self {
		Self::Ed25519(signature)
	}
}

impl From<ecdsa::Signature> for Signature {
	fn from(signature: ecdsa::Signature) -> Self {
		Self::Ecdsa(signature)
	}
}
