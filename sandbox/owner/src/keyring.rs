//! Where an owner keeps the data keys of its assets: a folder with a file a content id.
//!
//! ```text
//! ~/.heirloom/keys/bafybei….key
//! ```
//!
//! Whoever has this folder can open everything that was ever sealed; without it no permit can be approved and no held
//! output be looked at. It is worth a copy somewhere safe.

use anyhow::{Context, Result, bail};
use heirloom_seal::{ContentId, DataKey, KeyFileError};
use std::{
	env,
	fs::{self, DirBuilder},
	os::unix::fs::DirBuilderExt,
	path::{Path, PathBuf},
};

/// A folder of data keys.
#[derive(Clone, Debug)]
pub struct Keyring {
	folder: PathBuf,
}

/// A key that was kept before anything is sealed under it.
#[derive(Debug)]
pub struct NewKey {
	/// The key.
	pub key: DataKey,
	path: PathBuf,
}

impl Keyring {
	/// The keyring in this folder, or else in `~/.heirloom/keys`. It is made where there is none.
	///
	/// # Errors
	/// The folder cannot be made, or there is no home.
	pub fn open(folder: Option<&Path>) -> Result<Self> {
		let folder = match folder {
			Some(folder) => folder.to_owned(),
			None => match env::var_os("HOME") {
				Some(home) => PathBuf::from(home).join(".heirloom/keys"),
				None => bail!("there is no home folder for the data keys: name one with --keys"),
			},
		};
		let made = DirBuilder::new().recursive(true).mode(0o700).create(&folder);
		made.with_context(|| format!("the folder {} for data keys", folder.display()))?;
		Ok(Self { folder })
	}

	/// A new key, kept under a name for the time until the content id is known.
	///
	/// # Errors
	/// It cannot be kept.
	pub fn begin(&self) -> Result<NewKey> {
		let key = DataKey::generate()?;
		let free = (1..).map(|number: u32| self.folder.join(format!("unused-{number}.key")));
		for path in free {
			match key.save(&path) {
				Ok(()) => return Ok(NewKey { key, path }),
				Err(KeyFileError::AlreadyExists(_)) => {}
				Err(error) => return Err(error.into()),
			}
		}
		bail!("there is no free name for a data key in {}", self.folder.display())
	}

	/// Keeps a key under the content id that was sealed with it. Returns where.
	///
	/// # Errors
	/// It cannot be renamed. It is still there under its first name, which the error says.
	pub fn keep(&self, new: NewKey, content: &ContentId) -> Result<PathBuf> {
		let path = self.path_of(content);
		fs::rename(&new.path, &path)
			.with_context(|| format!("the data key stays at {}", new.path.display()))?;
		Ok(path)
	}

	/// The key of an asset's content.
	///
	/// # Errors
	/// There is none, or it cannot be used.
	pub fn key_of(&self, content: &ContentId) -> Result<DataKey> {
		let path = self.path_of(content);
		if !path.try_exists()? {
			bail!(
				"there is no data key for {content} in {}: {content}.key is missing",
				self.folder.display()
			);
		}
		Ok(DataKey::load(&path)?)
	}

	/// Where the key of an asset's content is.
	pub fn path_of(&self, content: &ContentId) -> PathBuf {
		self.folder.join(format!("{content}.key"))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_seal::content::Codec;

	#[test]
	fn key_should_be_found_by_its_content() {
		let folder = tempfile::tempdir().unwrap();
		let keyring = Keyring::open(Some(folder.path())).unwrap();
		let content = ContentId::of(Codec::Raw, b"ciphertext");
		assert!(keyring.key_of(&content).unwrap_err().to_string().starts_with("there is no data key"));
		let new = keyring.begin().unwrap();
		keyring.keep(new, &content).unwrap();
		keyring.key_of(&content).unwrap();
		assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
	}

	#[test]
	fn key_should_stay_when_sealing_fails() {
		let folder = tempfile::tempdir().unwrap();
		let keyring = Keyring::open(Some(folder.path())).unwrap();
		drop(keyring.begin().unwrap());
		assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
	}
}
