//! Key files.

use heirloom_seal::{DataKey, KeyFileError, SealingKey, format};
use std::{
	fs,
	os::unix::fs::{PermissionsExt, symlink},
	path::{Path, PathBuf},
};
use tempfile::TempDir;

fn folder() -> TempDir {
	tempfile::tempdir().unwrap()
}

/// A key file of a sealing key.
fn saved(folder: &TempDir) -> (SealingKey, PathBuf) {
	let (key, path) = (SealingKey::generate().unwrap(), folder.path().join("sealing.key"));
	key.save(&path).unwrap();
	(key, path)
}

fn set_mode(path: &Path, mode: u32) {
	fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// What loading a file says whose content was changed.
fn error_of(change: impl Fn(String) -> String) -> KeyFileError {
	let folder = folder();
	let (_, path) = saved(&folder);
	let text = fs::read_to_string(&path).unwrap();
	fs::write(&path, change(text)).unwrap();
	SealingKey::load(&path).unwrap_err()
}

#[test]
fn sealing_key_is_loaded_as_it_was_saved() {
	let folder = folder();
	let (key, path) = saved(&folder);
	assert_eq!(SealingKey::load(&path).unwrap().public(), key.public());
}

#[test]
fn data_key_is_loaded_as_it_was_saved() {
	let (folder, key) = (folder(), DataKey::generate().unwrap());
	let path = folder.path().join("data.key");
	key.save(&path).unwrap();
	let mut sealed = Vec::new();
	format::seal(&key, &b"data"[..], &mut sealed).unwrap();
	let mut plain = Vec::new();
	format::open(&DataKey::load(&path).unwrap(), &sealed[..], &mut plain).unwrap();
	assert_eq!(plain, b"data");
}

#[test]
fn line_of_a_data_key_is_what_its_file_holds() {
	let (folder, key) = (folder(), DataKey::generate().unwrap());
	let path = folder.path().join("data.key");
	key.save(&path).unwrap();
	assert_eq!(*key.to_line(), fs::read(&path).unwrap());
}

#[test]
fn saved_file_is_for_its_owner_alone_and_the_only_one_left() {
	let folder = folder();
	let (_, path) = saved(&folder);
	assert_eq!(path.metadata().unwrap().permissions().mode() & 0o7777, 0o600);
	assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn save_should_fail_when_there_is_a_file_already() {
	let folder = folder();
	let (key, path) = saved(&folder);
	let error = SealingKey::generate().unwrap().save(&path).unwrap_err();
	assert!(matches!(error, KeyFileError::AlreadyExists(_)), "{error}");
	assert_eq!(SealingKey::load(&path).unwrap().public(), key.public());
}

#[test]
fn save_should_fail_when_there_is_no_folder() {
	let error = SealingKey::generate().unwrap().save(&folder().path().join("none/key")).unwrap_err();
	assert!(matches!(error, KeyFileError::Unwritable(..)), "{error}");
}

#[test]
fn load_should_fail_when_others_have_any_permission() {
	let folder = folder();
	let (_, path) = saved(&folder);
	for mode in [0o640, 0o620, 0o610, 0o604, 0o602, 0o601, 0o666] {
		set_mode(&path, mode);
		let error = SealingKey::load(&path).unwrap_err();
		assert!(matches!(error, KeyFileError::Exposed(_, found) if found == mode), "{error}");
	}
	set_mode(&path, 0o400);
	assert!(SealingKey::load(&path).is_ok());
}

#[test]
fn load_should_fail_when_a_link_leads_to_an_exposed_file() {
	let folder = folder();
	let (_, path) = saved(&folder);
	set_mode(&path, 0o644);
	let link = folder.path().join("link");
	symlink(&path, &link).unwrap();
	assert!(matches!(SealingKey::load(&link), Err(KeyFileError::Exposed(..))));
}

#[test]
fn load_should_fail_when_there_is_no_file() {
	let error = SealingKey::load(&folder().path().join("none")).unwrap_err();
	assert!(matches!(error, KeyFileError::Unreadable(..)), "{error}");
}

#[test]
fn load_should_fail_for_what_is_no_regular_file() {
	let folder = folder();
	assert!(matches!(SealingKey::load(folder.path()), Err(KeyFileError::NotAFile(_))));
	assert!(matches!(SealingKey::load(Path::new("/dev/zero")), Err(KeyFileError::NotAFile(_))));
}

#[test]
fn load_should_fail_when_the_key_is_of_the_other_kind() {
	let folder = folder();
	let (_, path) = saved(&folder);
	assert!(matches!(DataKey::load(&path), Err(KeyFileError::OtherKind(_))));
}

#[test]
fn load_should_fail_when_the_version_is_unknown() {
	let error = error_of(|text| text.replace("-key 1 ", "-key 2 "));
	assert!(matches!(error, KeyFileError::UnsupportedVersion(_)), "{error}");
}

#[test]
fn load_should_fail_when_the_file_is_damaged() {
	let damages: [fn(String) -> String; 7] = [
		|_| String::new(),
		|text| text.replace("heirloom", "heirloon"),
		|text| text[..text.len() - 2].to_owned(),
		|text| text.replace('\n', "00\n"),
		|text| text.replace('\n', " more\n"),
		|text| text.replace("-key 1 ", "-key 1 zz"),
		|text| text + &" ".repeat(1 << 20),
	];
	for (number, damage) in damages.into_iter().enumerate() {
		let error = error_of(damage);
		assert!(matches!(error, KeyFileError::Malformed(_)), "damage {number}: {error}");
	}
}

#[test]
fn errors_do_not_show_the_key() {
	let folder = folder();
	let (_, path) = saved(&folder);
	let text = fs::read_to_string(&path).unwrap();
	let digits = text.trim_end().rsplit(' ').next().unwrap();
	fs::write(&path, text.replace('\n', " more\n")).unwrap();
	let error = SealingKey::load(&path).unwrap_err();
	assert!(!format!("{error} {error:?}").contains(&digits[..8]));
}
