//! Finding the files of a job's data.

use crate::labels::Labels;
use crate::{Failure, Slice};
use std::fs;
use std::path::Path;

/// Deepest folder that is looked into.
const DEEPEST: usize = 16;

/// Reads a job's parameters: a JSON object, or nothing at all where all of them have defaults.
///
/// # Errors
///
/// [`Failure::ParametersUnreadable`].
pub fn parameters(path: &Path) -> Result<Vec<u8>, Failure> {
	fs::read(path).map_err(|_| Failure::ParametersUnreadable)
}

/// Calls `each` with the bytes of every file below a folder, in the order of their paths. Links are not followed.
///
/// # Errors
///
/// [`Failure::DataUnreadable`], [`Failure::TooDeep`], and what `each` returns.
pub fn each_file(folder: &Path, each: &mut impl FnMut(&[u8]) -> Result<(), Failure>) -> Result<(), Failure> {
	walk(folder, 0, each)
}

/// A CT slice of which is known whether it shows a nodule.
pub struct Labelled {
	/// The slice.
	pub slice: Slice,
	/// Whether a nodule was marked in it.
	pub marked: bool,
}

/// Calls `each` with every labelled CT slice below a folder, one at a time. What is no such slice is passed over.
///
/// A label is a row of a table among the data ([`Labels`]), or else the slice's own annotation.
///
/// # Errors
///
/// As [`each_file`], and [`Failure::LabelsInvalid`].
pub fn each_slice(
	folder: &Path,
	each: &mut impl FnMut(Labelled) -> Result<(), Failure>,
) -> Result<(), Failure> {
	let mut labels = Labels::default();
	each_file(folder, &mut |bytes| labels.read(bytes))?;
	each_file(folder, &mut |bytes| {
		let Some(slice) = Slice::read(bytes) else { return Ok(()) };
		match labels.of(&slice.instance).or(slice.marked) {
			Some(marked) => each(Labelled { slice, marked }),
			None => Ok(()),
		}
	})
}

fn walk(
	folder: &Path,
	depth: usize,
	each: &mut impl FnMut(&[u8]) -> Result<(), Failure>,
) -> Result<(), Failure> {
	if depth > DEEPEST {
		return Err(Failure::TooDeep);
	}
	let unreadable = |_| Failure::DataUnreadable;
	let mut entries =
		fs::read_dir(folder).map_err(unreadable)?.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
	// The order of a folder's list is the host's.
	entries.sort_by_key(fs::DirEntry::file_name);
	for entry in entries {
		let kind = entry.file_type().map_err(unreadable)?;
		if kind.is_dir() {
			walk(&entry.path(), depth + 1, each)?;
		} else if kind.is_file() {
			each(&fs::read(entry.path()).map_err(unreadable)?)?;
		}
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn files_should_be_read_in_the_order_of_their_paths() {
		let folder = tempfile::tempdir().unwrap();
		for name in ["b/2", "a/9", "b/10", "c"] {
			let path = folder.path().join(name);
			fs::create_dir_all(path.parent().unwrap()).unwrap();
			fs::write(path, name).unwrap();
		}
		let mut seen = Vec::new();
		each_file(folder.path(), &mut |bytes| {
			seen.push(String::from_utf8(bytes.to_vec()).unwrap());
			Ok(())
		})
		.unwrap();
		assert_eq!(seen, ["a/9", "b/10", "b/2", "c"]);
	}

	#[test]
	fn folder_that_is_not_there_should_fail() {
		let folder = tempfile::tempdir().unwrap();
		let failed = each_file(&folder.path().join("none"), &mut |_| Ok(()));
		assert!(matches!(failed, Err(Failure::DataUnreadable)));
	}
}
