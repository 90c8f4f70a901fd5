//! From where an asset is to its plaintext, in a file without a name.

use crate::{OperatorFault, Refusal, Source, Workplace, run::Interrupted};
use heirloom_seal::{
	ContentId, OpenAssetError,
	archive::{self, PackError},
	dag::{DagError, DagWriter},
	format::{self, OpenError},
	open_asset,
	store::Nowhere,
};
use std::{
	fs::File,
	io::{self, BufReader},
	path::Path,
};

/// The plaintext of an asset of at most `limit` bytes.
pub fn plaintext(source: &Source, place: &Workplace, limit: u64) -> Result<File, Interrupted> {
	match source {
		Source::Stored { store, content, key } => {
			let plain = place.scratch_file()?;
			open_asset(content, limit, key, store, &plain, &mut |_| {}).map_err(asset_error)?;
			Ok(plain)
		}
		Source::Sealed { path, content, key } => {
			let sealed = file(path, limit)?;
			if let Some(expected) = content
				&& content_of(path)? != *expected
			{
				return Err(Refusal::OtherInput.into());
			}
			let plain = place.scratch_file()?;
			format::open(key, BufReader::new(sealed), &plain).map_err(open_error)?;
			Ok(plain)
		}
		Source::Plain { path } if path.is_dir() => {
			let plain = place.scratch_file()?;
			archive::pack(path, &plain).map_err(pack_error)?;
			within(plain, limit)
		}
		Source::Plain { path } => file(path, limit),
	}
}

fn file(path: &Path, limit: u64) -> Result<File, Interrupted> {
	// Before it is opened, since opening a pipe would wait for its other end.
	if !path.metadata().map_err(unreadable)?.is_file() {
		return Err(OperatorFault::InputUnreadable("not a regular file".to_owned()).into());
	}
	within(File::open(path).map_err(unreadable)?, limit)
}

fn within(file: File, limit: u64) -> Result<File, Interrupted> {
	let len = file.metadata().map_err(unreadable)?.len();
	if len > limit { Err(Refusal::InputTooLarge.into()) } else { Ok(file) }
}

/// Content id of a file.
fn content_of(path: &Path) -> Result<ContentId, Interrupted> {
	let mut tree = DagWriter::new(&Nowhere);
	let mut sealed = File::open(path).map_err(unreadable)?;
	io::copy(&mut sealed, &mut tree).map_err(unreadable)?;
	Ok(tree.finish().map_err(|error| OperatorFault::InputUnreadable(error.to_string()))?.id)
}

fn unreadable(error: io::Error) -> OperatorFault {
	OperatorFault::InputUnreadable(error.to_string())
}

/// What lies under a content id is the same for every operator; a store that does not give it is this operator's. So is the
/// key: it was handed to this operator alone, by anybody, and a wrong one says nothing of the job.
fn asset_error(error: OpenAssetError) -> Interrupted {
	match error {
		OpenAssetError::Content(error) => match error {
			DagError::TooLarge { .. } => Refusal::InputTooLarge.into(),
			DagError::NotAFile(_)
			| DagError::TooManyLinks(_)
			| DagError::TooDeep(_)
			| DagError::WrongLength(_) => Refusal::OtherInput.into(),
			DagError::Store(_) | DagError::OtherBlock(_) => {
				OperatorFault::InputUnreadable(error.to_string()).into()
			}
		},
		OpenAssetError::Open(error) => open_error(error),
		OpenAssetError::Unwritable(error) => OperatorFault::PlaceUnusable(error).into(),
	}
}

fn open_error(error: OpenError) -> Interrupted {
	match error {
		OpenError::Input(error) => unreadable(error).into(),
		OpenError::Output(error) => OperatorFault::PlaceUnusable(error).into(),
		OpenError::NotSealed
		| OpenError::UnsupportedVersion(_)
		| OpenError::HeaderAltered
		| OpenError::Truncated
		| OpenError::ChunkMisplaced { .. }
		| OpenError::ChunkMalformed(_)
		| OpenError::ChunkAltered(_)
		| OpenError::TrailingData => Refusal::OtherInput.into(),
		OpenError::WrongKey | OpenError::Cipher => OperatorFault::InputUnreadable(error.to_string()).into(),
	}
}

fn pack_error(error: PackError) -> Interrupted {
	match error {
		PackError::Unreadable { error, .. } => unreadable(error).into(),
		PackError::Unwritable(error) => OperatorFault::PlaceUnusable(error).into(),
		PackError::NotAFile(_) | PackError::Name(_) | PackError::Empty(_) => Refusal::ArchiveInvalid.into(),
	}
}
