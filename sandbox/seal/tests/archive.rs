//! Folders as archives, and what archives are refused for.

use heirloom_seal::archive::{PackError, ReadError, is_archive, pack, read};
use std::{
	collections::BTreeMap,
	fs, io,
	os::unix::fs::symlink,
	time::{Duration, SystemTime},
};
use tar::{Builder, EntryType, Header};

type Files = BTreeMap<String, Vec<u8>>;

fn files(archive: &[u8]) -> Result<Files, ReadError> {
	let mut files = Files::new();
	read(archive, |name, size, bytes| {
		let mut content = Vec::new();
		bytes.read_to_end(&mut content)?;
		assert_eq!(content.len() as u64, size);
		files.insert(name.to_owned(), content);
		Ok(())
	})?;
	Ok(files)
}

/// An archive with one entry whose name and kind nobody checked.
fn archive_of(name: &str, kind: EntryType) -> Vec<u8> {
	let mut header = Header::new_ustar();
	header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
	header.set_size(0);
	header.set_mode(0o644);
	header.set_entry_type(kind);
	header.set_cksum();
	let mut archive = Builder::new(Vec::new());
	archive.append(&header, &[][..]).unwrap();
	archive.into_inner().unwrap()
}

#[test]
fn folder_should_come_back_as_it_was() {
	let folder = tempfile::tempdir().unwrap();
	fs::create_dir(folder.path().join("ct")).unwrap();
	fs::write(folder.path().join("ct/1.dcm"), [7; 1_000]).unwrap();
	fs::write(folder.path().join("labels.csv"), "file,label\n").unwrap();
	let mut archive = Vec::new();
	assert_eq!(pack(folder.path(), &mut archive).unwrap(), 2);
	assert!(is_archive(&archive));
	let found = files(&archive).unwrap();
	assert_eq!(found.keys().collect::<Vec<_>>(), ["ct/1.dcm", "labels.csv"]);
	assert_eq!(found["ct/1.dcm"], [7; 1_000]);
}

#[test]
fn archive_should_depend_on_names_and_contents_alone() {
	let packed = |order: [&str; 2]| {
		let folder = tempfile::tempdir().unwrap();
		for name in order {
			fs::write(folder.path().join(name), name).unwrap();
			let old = SystemTime::UNIX_EPOCH + Duration::from_secs(order[0].len() as u64 * 1_000);
			fs::File::options()
				.write(true)
				.open(folder.path().join(name))
				.unwrap()
				.set_modified(old)
				.unwrap();
		}
		let mut archive = Vec::new();
		pack(folder.path(), &mut archive).unwrap();
		archive
	};
	assert_eq!(packed(["a", "bb"]), packed(["bb", "a"]));
}

#[test]
fn links_should_not_be_packed() {
	let folder = tempfile::tempdir().unwrap();
	symlink("/etc/passwd", folder.path().join("link")).unwrap();
	assert!(matches!(pack(folder.path(), Vec::new()), Err(PackError::NotAFile(_))));
}

#[test]
fn empty_folder_should_not_be_packed() {
	let folder = tempfile::tempdir().unwrap();
	assert!(matches!(pack(folder.path(), Vec::new()), Err(PackError::Empty(_))));
}

#[test]
fn refusal_07_names_that_lead_out_should_be_refused() {
	for name in ["../etc/passwd", "a/../../b", "/etc/passwd", ".."] {
		let error = files(&archive_of(name, EntryType::Regular)).unwrap_err();
		assert!(matches!(error, ReadError::Name), "{name}: {error}");
	}
}

#[test]
fn refusal_07_links_and_devices_should_be_refused() {
	for kind in [EntryType::Symlink, EntryType::Link, EntryType::Char, EntryType::Block, EntryType::Fifo] {
		let error = files(&archive_of("x", kind)).unwrap_err();
		assert!(matches!(error, ReadError::NotAFile), "{kind:?}: {error}");
	}
}

#[test]
fn name_that_is_there_twice_should_be_refused() {
	let one = archive_of("x", EntryType::Regular);
	let twice = [&one[..512], &one].concat();
	assert!(matches!(files(&twice), Err(ReadError::Name)));
}

#[test]
fn archive_that_is_cut_should_be_refused() {
	let folder = tempfile::tempdir().unwrap();
	fs::write(folder.path().join("x"), [1; 10_000]).unwrap();
	let mut archive = Vec::new();
	pack(folder.path(), &mut archive).unwrap();
	let error = read(&archive[..700], |_, _, bytes| io::copy(bytes, &mut io::sink()).map(drop)).unwrap_err();
	assert!(matches!(error, ReadError::Unreadable(_)), "{error}");
	assert!(!is_archive(b"no archive"));
}
