//! The secret of one asset, and what is derived from it: pseudonyms that agree within the asset and nowhere else.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// Secret of one asset, 32 random bytes chosen by its owner.
///
/// Two files of an asset map the same UID, patient or cell to the same pseudonym; two assets never do. Whoever
/// holds the salt can test guesses, so it is sealed like the data key and never leaves the runner.
#[derive(Clone)]
pub struct Salt(Hmac<Sha256>);

/// What a pseudonym is for: the same input gives unrelated outputs in two domains.
#[derive(Clone, Copy)]
pub(crate) enum Domain {
	Uid,
	Patient,
	Cell,
	FileName,
}

impl Domain {
	const fn label(self) -> &'static [u8] {
		match self {
			Domain::Uid => b"heirloom-deid/uid/1\0",
			Domain::Patient => b"heirloom-deid/patient/1\0",
			Domain::Cell => b"heirloom-deid/cell/1\0",
			Domain::FileName => b"heirloom-deid/file/1\0",
		}
	}
}

impl Salt {
	/// Takes the 32 secret bytes. They must come from a random source: a guessable salt makes every pseudonym
	/// reversible by trying values.
	pub fn new(secret: [u8; 32]) -> Self {
		let mut key = sha2::digest::Key::<Hmac<Sha256>>::default();
		key[..secret.len()].copy_from_slice(&secret);
		Self(Hmac::new(&key))
	}

	/// HMAC-SHA256 (RFC 2104) of a domain label and the parts, each part behind its length so that no two
	/// lists of parts give the same message.
	pub(crate) fn mac(&self, domain: Domain, parts: &[&[u8]]) -> [u8; 32] {
		let mut mac = self.0.clone();
		mac.update(domain.label());
		for part in parts {
			mac.update(&(part.len() as u64).to_be_bytes());
			mac.update(part);
		}
		mac.finalize().into_bytes().into()
	}

	/// The UID that stands for `original` in this asset: `2.25.` and the decimal form of a version 8 UUID
	/// (RFC 9562 section 5.8; PS3.5 B.2), at most 44 characters.
	pub(crate) fn uid(&self, original: &str) -> String {
		let mac = self.mac(Domain::Uid, &[original.as_bytes()]);
		let mut uuid = [0u8; 16];
		uuid.copy_from_slice(&mac[..16]);
		uuid[6] = (uuid[6] & 0x0F) | 0x80;
		uuid[8] = (uuid[8] & 0x3F) | 0x80;
		format!("2.25.{}", u128::from_be_bytes(uuid))
	}

	/// The pseudonym of a patient: `P` and 16 hexadecimal digits (64 bits).
	pub(crate) fn patient(&self, patient_id: &str) -> String {
		let mac = self.mac(Domain::Patient, &[patient_id.as_bytes()]);
		format!("P{}", hex::encode_upper(&mac[..8]))
	}
}

impl fmt::Debug for Salt {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("Salt(..)")
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn uid_should_be_the_decimal_form_of_a_version_8_uuid() {
		let uid = Salt::new([7; 32]).uid("1.2.3");
		let number: u128 = uid.strip_prefix("2.25.").and_then(|digits| digits.parse().ok()).unwrap();
		assert_eq!(number >> 76 & 0xF, 8);
		assert_eq!(number >> 62 & 0b11, 0b10);
		assert!(uid.len() <= 44);
	}

	#[test]
	fn mac_should_separate_parts() {
		let salt = Salt::new([7; 32]);
		assert_ne!(salt.mac(Domain::Cell, &[b"ab", b"c"]), salt.mac(Domain::Cell, &[b"a", b"bc"]));
	}

	#[test]
	fn uid_should_differ_between_two_salts() {
		assert_ne!(Salt::new([1; 32]).uid("1.2.3"), Salt::new([2; 32]).uid("1.2.3"));
	}

	#[test]
	fn debug_should_not_show_the_secret() {
		assert_eq!(format!("{:?}", Salt::new([7; 32])), "Salt(..)");
	}
}
