//! What an owner is told of a job over its data, whether output of it is held or not.
//!
//! The file is sealed in the format of [`heirloom_seal::format`] under the asset's data key. Inside is JSON, padded to
//! a power of two.

use crate::padded::{padded, unpadded};
use heirloom_sandbox_chain::H256;
use heirloom_seal::{
	DataKey,
	format::{self, OpenError, SealError},
};
use serde::{Deserialize, Serialize};

/// What became of the files of one asset, without a name of any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
	/// The chain's genesis hash.
	pub genesis: H256,
	/// The permit.
	pub permit: u64,
	/// The asset.
	pub asset: u32,
	/// Files that the job saw.
	pub used: u32,
	/// Those that it did not see.
	pub left_out: Vec<LeftOut>,
}

/// A file that was not proven clean, and so not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
	/// Which one: the first file of the sealed folder is 1, in the order they were sealed in, `heirloom.json` not counted.
	pub file: u32,
	/// Why: a code of the de-identification.
	pub code: String,
}

/// Why a note cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
	/// It does not open with this key.
	#[error(transparent)]
	Open(#[from] OpenError),
	/// What is inside is no note.
	#[error("what is inside is no note")]
	Malformed,
}

impl Note {
	/// Seals it for the owner of the asset with this data key.
	///
	/// # Errors
	/// As [`format::seal`].
	pub fn seal(&self, key: &DataKey) -> Result<Vec<u8>, SealError> {
		let plain = serde_json::to_vec(self).map_err(|error| SealError::Input(error.into()))?;
		let mut sealed = Vec::new();
		format::seal(key, &padded(plain)[..], &mut sealed)?;
		Ok(sealed)
	}

	/// Opens it with the asset's data key.
	///
	/// # Errors
	/// [`NoteError`].
	pub fn open(sealed: &[u8], key: &DataKey) -> Result<Self, NoteError> {
		let mut plain = Vec::new();
		format::open(key, sealed, &mut plain)?;
		let plain = unpadded(plain).ok_or(NoteError::Malformed)?;
		serde_json::from_slice(&plain).map_err(|_| NoteError::Malformed)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::Exchange;

	#[test]
	fn note_should_open_as_it_was_sealed() {
		let (key, other) = (DataKey::generate().unwrap(), DataKey::generate().unwrap());
		let left_out = vec![LeftOut { file: 3, code: "residue".into() }];
		let note = Note { genesis: H256([1; 32]), permit: 17, asset: 3, used: 40, left_out };
		let folder = tempfile::tempdir().unwrap();
		let exchange = Exchange::open(folder.path()).unwrap();
		exchange.put_note(17, 3, &note.seal(&key).unwrap()).unwrap();
		let sealed = exchange.take_note(17, 3).unwrap().unwrap();
		assert_eq!(Note::open(&sealed, &key).unwrap(), note);
		assert!(matches!(Note::open(&sealed, &other), Err(NoteError::Open(OpenError::WrongKey))));
		assert_eq!(exchange.take_note(17, 4).unwrap(), None);
	}

	#[test]
	fn length_should_not_tell_how_many_files_were_left_out() {
		let key = DataKey::generate().unwrap();
		let length = |count| {
			let left_out = vec![LeftOut { file: 3, code: "residue".into() }; count];
			let note = Note { genesis: H256([1; 32]), permit: 17, asset: 3, used: 40, left_out };
			note.seal(&key).unwrap().len()
		};
		assert_eq!(length(0), length(50));
	}
}
