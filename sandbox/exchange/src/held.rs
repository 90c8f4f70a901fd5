//! Held output on its way to an owner.
//!
//! The file is sealed in the format of [`heirloom_seal::format`] under the asset's data key. Inside are one line of JSON
//! (the [`Hold`]) and the entry of the operator's quarantine, byte for byte: its hash is what a decision is about, so the
//! owner computes it of what it is shown. Both are padded to a power of two: what is held, and why, is the job's choice, and
//! others see how long the file is.

use crate::padded::{padded, unpadded};
use heirloom_sandbox_chain::{AccountId, H256};
use heirloom_seal::{
	DataKey,
	format::{self, OpenError, SealError},
};
use serde::{Deserialize, Serialize};

/// What an owner needs to know to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
	/// The chain's genesis hash.
	pub genesis: H256,
	/// The permit.
	pub permit: u64,
	/// The asset whose owner this is for.
	pub asset: u32,
	/// Who asked for the job.
	pub consumer: AccountId,
	/// Who ran it.
	pub operator: AccountId,
	/// Hash of the code that ran.
	pub code_hash: H256,
	/// The entry in the operator's quarantine: what a decision is about. The operator's claim, until its hash is computed. It
	/// tells nothing of an entry that is not shown: 32 bytes in it take the data keys of all assets.
	pub entry: H256,
	/// The owners of the data that the job read, who all decide.
	pub owners: Vec<AccountId>,
	/// Why it is held, code and sentence: all of it where the entry is shown, otherwise what a report says outside. Empty
	/// where nothing speaks against it but that a model leaves with its owner's approval only.
	pub reasons: Vec<(String, String)>,
	/// Until when a decision counts, in milliseconds since the Unix epoch. Without one the output is refused then.
	pub decide_by: u64,
}

/// Held output, and why it is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
	/// About it.
	pub hold: Hold,
	/// The entry, as the operator keeps it. None where it is not shown yet: there are several owners, and not all let the
	/// others see.
	pub entry: Option<Vec<u8>>,
}

/// Why held output cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum HeldError {
	/// It does not open with this key.
	#[error(transparent)]
	Open(#[from] OpenError),
	/// What is inside is no held output.
	#[error("what is inside is no held output")]
	Malformed,
}

impl Held {
	/// Seals it for the owner of the asset with this data key.
	///
	/// # Errors
	/// As [`format::seal`].
	pub fn seal(&self, key: &DataKey) -> Result<Vec<u8>, SealError> {
		let mut plain = serde_json::to_vec(&self.hold).map_err(|error| SealError::Input(error.into()))?;
		plain.push(b'\n');
		plain.extend(self.entry.iter().flatten());
		let mut sealed = Vec::new();
		format::seal(key, &padded(plain)[..], &mut sealed)?;
		Ok(sealed)
	}

	/// Opens it with the asset's data key.
	///
	/// # Errors
	/// [`HeldError`].
	pub fn open(sealed: &[u8], key: &DataKey) -> Result<Self, HeldError> {
		let mut plain = Vec::new();
		format::open(key, sealed, &mut plain)?;
		let mut plain = unpadded(plain).ok_or(HeldError::Malformed)?;
		let line = plain.iter().position(|&byte| byte == b'\n').ok_or(HeldError::Malformed)?;
		let hold = serde_json::from_slice(&plain[..line]).map_err(|_| HeldError::Malformed)?;
		let entry = plain.split_off(line + 1);
		Ok(Self { hold, entry: (!entry.is_empty()).then_some(entry) })
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn held(entry: Option<Vec<u8>>) -> Held {
		let hold = Hold {
			genesis: H256([1; 32]),
			permit: 17,
			asset: 3,
			consumer: AccountId([4; 32]),
			operator: AccountId([5; 32]),
			code_hash: H256([6; 32]),
			entry: H256([7; 32]),
			owners: vec![AccountId([8; 32])],
			reasons: vec![("group_too_small".into(), "a number stands for too small a group".into())],
			decide_by: 1_774_000_000_000,
		};
		Held { hold, entry }
	}

	proptest! {
		#[test]
		fn held_output_should_open_as_it_was_sealed(entry: Option<Vec<u8>>) {
			let key = DataKey::generate().unwrap();
			let held = held(entry.filter(|entry| !entry.is_empty()));
			prop_assert_eq!(Held::open(&held.seal(&key).unwrap(), &key).unwrap(), held);
		}
	}

	#[test]
	fn refusal_02_length_should_not_tell_why_output_is_held() {
		let key = DataKey::generate().unwrap();
		let length = |entry: usize, reasons: usize| {
			let mut held = held(Some(vec![1; entry]));
			held.hold.reasons = vec![("code".into(), "why".into()); reasons];
			held.seal(&key).unwrap().len()
		};
		assert_eq!(length(1, 0), length(2_000, 26));
		assert_eq!(length(5_000, 0), length(6_000, 26));
		assert!(length(5_000, 0) > length(1, 0));
	}

	#[test]
	fn held_output_should_not_open_with_another_key() {
		let [one, other] = [(); 2].map(|()| DataKey::generate().unwrap());
		let sealed = held(Some(b"entry".to_vec())).seal(&one).unwrap();
		assert!(matches!(Held::open(&sealed, &other), Err(HeldError::Open(OpenError::WrongKey))));
	}

	#[test]
	fn other_sealed_content_should_be_malformed() {
		let key = DataKey::generate().unwrap();
		for content in [&b"no line"[..], b"{}\n", b""] {
			for content in [content.to_vec(), padded(content.to_vec())] {
				let mut sealed = Vec::new();
				format::seal(&key, &content[..], &mut sealed).unwrap();
				assert!(matches!(Held::open(&sealed, &key), Err(HeldError::Malformed)));
			}
		}
	}
}
