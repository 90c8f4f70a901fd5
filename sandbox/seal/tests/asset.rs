//! From a file to a stored asset, and back.

mod support;

use heirloom_seal::{
	Binding, BlockStore, ContentId, DataKey, Kubo, KuboTimeouts, LocalStore, OpenAssetError, Origin,
	Progress, Purpose, SealFileError, SealedAsset, SealingKey, SealingPublicKey, StoreError, check_asset_key,
	content::Codec,
	dag::{DagError, DagReader, DagWriter},
	format::{OpenError, sealed_bytes},
	open_asset, open_asset_file, seal_file,
	store::Block,
};
use std::{
	fs,
	io::Read,
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
};
use support::{MemoryStore, Node};
use tempfile::TempDir;

const ORIGIN: Origin = Origin { genesis: [1; 32], owner: [2; 32] };
const LIMIT: u64 = 1 << 30;

fn quiet(_: Progress) {}

/// A file of 3 MiB and a bit.
fn file() -> (TempDir, PathBuf, Vec<u8>) {
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("study.dcm");
	let bytes: Vec<u8> = (0_u32..).flat_map(u32::to_be_bytes).take(3_200_001).collect();
	fs::write(&path, &bytes).unwrap();
	(folder, path, bytes)
}

fn sealed_into(store: &impl BlockStore, path: &Path, key: &DataKey) -> SealedAsset {
	seal_file(path, key, store, &[], &ORIGIN, &mut quiet).unwrap()
}

fn opened(cid: &ContentId, key: &DataKey, store: &impl BlockStore) -> Result<Vec<u8>, OpenAssetError> {
	let mut plain = Vec::new();
	open_asset(cid, LIMIT, key, store, &mut plain, &mut quiet)?;
	Ok(plain)
}

/// The operator's way: from its envelope and what the chain says to the data.
fn through(store: &impl BlockStore) {
	let (_folder, path, bytes) = file();
	let key = DataKey::generate().unwrap();
	let operators = [(); 2].map(|()| SealingKey::generate().unwrap());
	let recipients = operators.each_ref().map(SealingKey::public);
	let asset = seal_file(&path, &key, store, &recipients, &ORIGIN, &mut quiet).unwrap();
	assert_eq!(asset.size, sealed_bytes(bytes.len() as u64).unwrap());
	let expected = Binding { origin: ORIGIN, content: asset.cid, purpose: Purpose::Standing };
	for (operator, envelope) in operators.iter().zip(&asset.envelopes) {
		let key = envelope.open(operator, &expected).unwrap();
		assert_eq!(opened(&asset.cid, &key, store).unwrap(), bytes);
	}
	assert_eq!(asset.envelopes.len(), 2);
}

#[test]
fn asset_goes_through_a_local_store() {
	let folder = tempfile::tempdir().unwrap();
	through(&LocalStore::open(folder.path()).unwrap());
}

#[test]
fn key_of_an_asset_is_told_from_another() {
	let (_folder, path, _) = file();
	let (folder, key) = (tempfile::tempdir().unwrap(), DataKey::generate().unwrap());
	let store = LocalStore::open(folder.path()).unwrap();
	let cid = sealed_into(&store, &path, &key).cid;
	assert!(check_asset_key(&cid, LIMIT, &key, &store).is_ok());
	let other = check_asset_key(&cid, LIMIT, &DataKey::generate().unwrap(), &store);
	assert!(matches!(other, Err(OpenAssetError::Open(OpenError::WrongKey))));
	let large = check_asset_key(&cid, 1_000, &key, &store);
	assert!(matches!(large, Err(OpenAssetError::Content(DagError::TooLarge { limit: 1_000, .. }))));
}

#[test]
fn asset_goes_through_a_kubo_node() {
	let node = Node::honest();
	through(&Kubo::new(&node.address, KuboTimeouts::default()).unwrap());
	let requests = node.requests.lock().unwrap();
	assert_eq!(requests.iter().filter(|request| request.command() == "pin/add").count(), 1);
}

#[test]
fn manifest_is_read_as_it_is_written() {
	let (_folder, path, _) = file();
	let (key, operator) = (DataKey::generate().unwrap(), SealingKey::generate().unwrap());
	let store = MemoryStore::default();
	let asset = seal_file(&path, &key, &store, &[operator.public()], &ORIGIN, &mut quiet).unwrap();
	let json = serde_json::to_string(&asset).unwrap();
	assert_eq!(serde_json::from_str::<SealedAsset>(&json).unwrap(), asset);
}

#[test]
fn progress_rises_to_the_whole() {
	let (_folder, path, bytes) = file();
	let (key, store) = (DataKey::generate().unwrap(), MemoryStore::default());
	let mut steps = Vec::new();
	let asset = seal_file(&path, &key, &store, &[], &ORIGIN, &mut |step| steps.push(step)).unwrap();
	assert!(steps.len() > 10 && steps.is_sorted_by(|one, next| one.done < next.done));
	assert_eq!(steps.last(), Some(&Progress { done: bytes.len() as u64, total: bytes.len() as u64 }));

	steps.clear();
	let mut plain = Vec::new();
	open_asset(&asset.cid, LIMIT, &key, &store, &mut plain, &mut |step| steps.push(step)).unwrap();
	assert!(steps.is_sorted_by(|one, next| one.done < next.done));
	assert_eq!(steps.last(), Some(&Progress { done: asset.size, total: asset.size }));
}

#[test]
fn seal_file_should_fail_when_the_path_is_no_file() {
	let (folder, _, _) = file();
	let key = DataKey::generate().unwrap();
	let store = MemoryStore::default();
	let error = |path: &Path| seal_file(path, &key, &store, &[], &ORIGIN, &mut quiet).unwrap_err();
	assert!(matches!(error(folder.path()), SealFileError::NotAFile));
	assert!(matches!(error(Path::new("/dev/zero")), SealFileError::NotAFile));
	assert!(matches!(error(&folder.path().join("none")), SealFileError::Unreadable(_)));
}

#[test]
fn seal_file_should_fail_when_a_recipient_is_weak() {
	let (_folder, path, _) = file();
	let (key, store) = (DataKey::generate().unwrap(), MemoryStore::default());
	let recipients = [SealingKey::generate().unwrap().public(), SealingPublicKey([0; 32])];
	let error = seal_file(&path, &key, &store, &recipients, &ORIGIN, &mut quiet).unwrap_err();
	assert!(
		matches!(error, SealFileError::Envelope { recipient, .. } if recipient == recipients[1]),
		"{error}"
	);
}

/// Takes no block.
struct Full;

impl BlockStore for Full {
	fn put(&self, block: &Block) -> Result<(), StoreError> {
		Err(StoreError::TooLarge(*block.id()))
	}

	fn get(&self, id: &ContentId) -> Result<Block, StoreError> {
		Err(StoreError::NotFound(*id))
	}

	fn keep(&self, _: &ContentId) -> Result<(), StoreError> {
		Ok(())
	}
}

#[test]
fn seal_file_should_fail_with_the_stores_own_error() {
	let (_folder, path, _) = file();
	let key = DataKey::generate().unwrap();
	let error = seal_file(&path, &key, &Full, &[], &ORIGIN, &mut quiet).unwrap_err();
	assert!(matches!(error, SealFileError::Store(StoreError::TooLarge(_))), "{error}");
}

#[test]
fn open_asset_should_fail_with_the_trees_own_error() {
	let (_folder, path, _) = file();
	let (key, store) = (DataKey::generate().unwrap(), MemoryStore::default());
	let asset = sealed_into(&store, &path, &key);
	let mut sealed = Vec::new();
	DagReader::open(&store, asset.cid, LIMIT).unwrap().read_to_end(&mut sealed).unwrap();
	store.blocks.borrow_mut().remove(&ContentId::of(Codec::Raw, &sealed[1 << 20..2 << 20]));
	let error = opened(&asset.cid, &key, &store).unwrap_err();
	assert!(matches!(error, OpenAssetError::Content(DagError::Store(StoreError::NotFound(_)))), "{error}");
}

#[test]
fn open_asset_should_fail_when_the_ciphertext_was_altered_before_it_was_stored() {
	let (_folder, path, _) = file();
	let (key, store) = (DataKey::generate().unwrap(), MemoryStore::default());
	let asset = sealed_into(&store, &path, &key);
	let mut sealed = Vec::new();
	DagReader::open(&store, asset.cid, LIMIT).unwrap().read_to_end(&mut sealed).unwrap();
	sealed[2_000_000] ^= 1;
	let mut tree = DagWriter::new(&store);
	std::io::Write::write_all(&mut tree, &sealed).unwrap();
	let altered = tree.finish().unwrap();
	let error = opened(&altered.id, &key, &store).unwrap_err();
	assert!(matches!(error, OpenAssetError::Open(OpenError::ChunkAltered(30))), "{error}");
}

#[test]
fn open_asset_should_fail_when_the_asset_is_larger_than_allowed() {
	let (_folder, path, _) = file();
	let (key, store) = (DataKey::generate().unwrap(), MemoryStore::default());
	let asset = sealed_into(&store, &path, &key);
	let mut plain = Vec::new();
	let error = open_asset(&asset.cid, asset.size - 1, &key, &store, &mut plain, &mut quiet).unwrap_err();
	assert!(matches!(error, OpenAssetError::Content(DagError::TooLarge { .. })), "{error}");
	assert!(plain.is_empty());
}

#[test]
fn opened_file_is_whole_and_for_its_owner_alone() {
	let (folder, path, bytes) = file();
	let (key, store) = (DataKey::generate().unwrap(), MemoryStore::default());
	let asset = sealed_into(&store, &path, &key);
	let out = folder.path().join("opened.dcm");
	open_asset_file(&asset.cid, LIMIT, &key, &store, &out, &mut quiet).unwrap();
	assert_eq!(fs::read(&out).unwrap(), bytes);
	assert_eq!(out.metadata().unwrap().permissions().mode() & 0o7777, 0o600);
	let again = open_asset_file(&asset.cid, LIMIT, &key, &store, &out, &mut quiet);
	assert!(matches!(again, Err(OpenAssetError::Unwritable(_))));
}

#[test]
fn open_asset_file_should_leave_nothing_when_it_fails() {
	let (folder, path, _) = file();
	let (key, store) = (DataKey::generate().unwrap(), MemoryStore::default());
	let asset = sealed_into(&store, &path, &key);
	let mut sealed = Vec::new();
	DagReader::open(&store, asset.cid, LIMIT).unwrap().read_to_end(&mut sealed).unwrap();
	store.blocks.borrow_mut().remove(&ContentId::of(Codec::Raw, &sealed[2 << 20..3 << 20]));
	let out = folder.path().join("out");
	fs::create_dir(&out).unwrap();
	let failed = open_asset_file(&asset.cid, LIMIT, &key, &store, &out.join("opened.dcm"), &mut quiet);
	assert!(failed.is_err());
	assert_eq!(fs::read_dir(out).unwrap().count(), 0);
}
