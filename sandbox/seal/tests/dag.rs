//! Trees of blocks: the ids that Kubo gives, and trees that nobody should have made.

mod support;

use chacha20::{
	ChaCha20,
	cipher::{KeyIvInit, StreamCipher},
};
use heirloom_seal::{
	BlockStore, ContentId, ContentIdError, StoreError,
	content::Codec,
	dag::{DagError, DagReader, DagRoot, DagWriter, LEAF_BYTES, MAX_LINKS},
	store::{Block, Nowhere},
};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};
use support::MemoryStore;

/// The content id of the test data that Kubo and Helia share: ChaCha20's key stream under the hash of a seed.
fn id_of_key_stream(seed: &str, length: usize) -> String {
	let mut cipher = ChaCha20::new(&Sha256::digest(seed), &Default::default());
	let mut tree = DagWriter::new(&Nowhere);
	let mut piece = vec![0; LEAF_BYTES];
	let mut left = length;
	while left > 0 {
		let taken = left.min(piece.len());
		piece.fill(0);
		cipher.apply_keystream(&mut piece[..taken]);
		tree.write_all(&piece[..taken]).unwrap();
		left -= taken;
	}
	tree.finish().unwrap().id.to_string()
}

fn stored(store: &MemoryStore, bytes: &[u8]) -> DagRoot {
	let mut tree = DagWriter::new(store);
	tree.write_all(bytes).unwrap();
	tree.finish().unwrap()
}

fn read(store: &impl BlockStore, id: ContentId) -> Result<Vec<u8>, DagError> {
	let mut bytes = Vec::new();
	let mut reader = DagReader::open(store, id, u64::MAX)?;
	let stated = reader.size();
	reader.read_to_end(&mut bytes).map_err(|error| error.downcast::<DagError>().unwrap())?;
	assert_eq!(bytes.len() as u64, stated);
	Ok(bytes)
}

// Vectors of kubo/test/cli/cid_profiles_test.go and of js-ipfs-unixfs for `unixfs-v1-2025`.

#[test]
fn file_of_one_leaf_has_the_id_that_kubo_gives() {
	let id = stored(&MemoryStore::default(), b"hello world").id.to_string();
	assert_eq!(id, "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
	let id = id_of_key_stream("chunk-v1-seed", LEAF_BYTES);
	assert_eq!(id, "bafkreiacndfy443ter6qr2tmbbdhadvxxheowwf75s6zehscklu6ezxmta");
}

#[test]
fn file_of_two_leaves_has_the_id_that_kubo_gives() {
	let id = id_of_key_stream("chunk-v1-seed", LEAF_BYTES + 1);
	assert_eq!(id, "bafybeigmix7t42i6jacydtquhet7srwvgpizfg7gjbq7627d35mjomtu64");
}

#[test]
fn file_of_a_full_node_has_the_id_that_kubo_gives() {
	let id = id_of_key_stream("v1-2025-seed", MAX_LINKS * LEAF_BYTES);
	assert_eq!(id, "bafybeihmf37wcuvtx4hpu7he5zl5qaf2ineo2lqlfrapokkm5zzw7zyhvm");
}

#[test]
fn file_of_two_levels_of_nodes_has_the_id_that_kubo_gives() {
	let id = id_of_key_stream("v1-2025-seed", (MAX_LINKS + 1) * LEAF_BYTES);
	assert_eq!(id, "bafybeihmzokxxjqwxjcryerhp5ezpcog2wcawfryb2xm64xiakgm4a5jue");
}

#[test]
fn empty_file_has_the_id_that_kubo_gives() {
	let root = stored(&MemoryStore::default(), b"");
	assert_eq!(root.id.to_string(), "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
	assert_eq!(root.bytes, 0);
}

#[test]
fn finish_has_the_store_keep_the_root() {
	let store = MemoryStore::default();
	let root = stored(&store, &vec![1; 2 * LEAF_BYTES]);
	assert_eq!(*store.kept.borrow(), [root.id]);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]

	#[test]
	fn what_was_written_is_read(
		length in prop_oneof![0..3_usize, LEAF_BYTES - 2..LEAF_BYTES + 3, 2 * LEAF_BYTES - 2..2 * LEAF_BYTES + 3],
		piece in 1..200_000_usize,
	) {
		let store = MemoryStore::default();
		let bytes: Vec<u8> = (0_u32..).flat_map(u32::to_be_bytes).take(length).collect();
		let mut tree = DagWriter::new(&store);
		for piece in bytes.chunks(piece) {
			tree.write_all(piece).unwrap();
		}
		let root = tree.finish().unwrap();
		prop_assert_eq!(root.bytes, length as u64);
		prop_assert_eq!(root.id, stored(&store, &bytes).id);
		prop_assert_eq!(read(&store, root.id).unwrap(), bytes);
	}

	#[test]
	fn nodes_of_no_origin_are_refused(block in prop::collection::vec(any::<u8>(), 0..200)) {
		let store = MemoryStore::default();
		let block = Block::new(Codec::DagPb, block).unwrap();
		store.put(&block).unwrap();
		prop_assert!(read(&store, *block.id()).is_err());
	}
}

/// Returns another block than the one asked for.
struct Swapping(Block);

impl BlockStore for Swapping {
	fn put(&self, _: &Block) -> Result<(), StoreError> {
		Ok(())
	}

	fn get(&self, _: &ContentId) -> Result<Block, StoreError> {
		Ok(self.0.clone())
	}

	fn keep(&self, _: &ContentId) -> Result<(), StoreError> {
		Ok(())
	}
}

#[test]
fn read_should_fail_when_the_store_returns_another_block() {
	let store = Swapping(Block::new(Codec::Raw, b"other".to_vec()).unwrap());
	let wanted = ContentId::of(Codec::Raw, b"wanted");
	assert!(matches!(read(&store, wanted), Err(DagError::OtherBlock(id)) if id == wanted));
}

#[test]
fn read_should_fail_when_a_leaf_is_missing() {
	let store = MemoryStore::default();
	let root = stored(&store, &vec![1; LEAF_BYTES + 5]);
	let leaf = ContentId::of(Codec::Raw, &[1; 5]);
	store.blocks.borrow_mut().remove(&leaf);
	assert!(matches!(read(&store, root.id), Err(DagError::Store(StoreError::NotFound(id))) if id == leaf));
}

#[test]
fn reader_should_not_go_on_behind_a_missing_leaf() {
	let store = MemoryStore::default();
	let root = stored(&store, &[vec![1; LEAF_BYTES], vec![2; LEAF_BYTES], vec![3; 5]].concat());
	store.blocks.borrow_mut().remove(&ContentId::of(Codec::Raw, &vec![2; LEAF_BYTES]));
	let mut reader = DagReader::open(&store, root.id, u64::MAX).unwrap();
	assert!(io::copy(&mut reader, &mut io::sink()).is_err());
	assert!(reader.read(&mut [0; 8]).is_err());
}

#[test]
fn open_should_fail_when_the_file_is_larger_than_allowed() {
	let store = MemoryStore::default();
	for length in [100, 2 * LEAF_BYTES as u64] {
		let root = stored(&store, &vec![1; length as usize]);
		let opened = DagReader::open(&store, root.id, length - 1).err();
		assert!(
			matches!(opened, Some(DagError::TooLarge { bytes, limit }) if bytes == length && limit == length - 1)
		);
		assert!(DagReader::open(&store, root.id, length).is_ok());
	}
}

/// A Protocol Buffers field of bytes.
fn field(tag: u8, bytes: &[u8]) -> Vec<u8> {
	assert!(bytes.len() < 1 << 14);
	let length = [bytes.len() as u8 | 0x80, (bytes.len() >> 7) as u8];
	[&[tag], &length[..], bytes].concat()
}

/// A node with these children, as it would have to be written to say so: links, then the bytes in each of them, then
/// the bytes in all.
fn node(children: &[(ContentId, u8)], total: u8) -> Block {
	let links = children.iter().flat_map(|(id, _)| field(0x12, &field(0x0a, &id.to_bytes())));
	let mut file = vec![0x08, 2, 0x18, total];
	file.extend(children.iter().flat_map(|(_, bytes)| [0x20, *bytes]));
	Block::new(Codec::DagPb, links.chain(field(0x0a, &file)).collect()).unwrap()
}

/// What reading a tree of these blocks says, the last one being its root.
fn error_of(blocks: &[Block]) -> DagError {
	let store = MemoryStore::default();
	blocks.iter().for_each(|block| store.put(block).unwrap());
	read(&store, *blocks.last().unwrap().id()).unwrap_err()
}

fn leaf() -> Block {
	Block::new(Codec::Raw, b"leaf".to_vec()).unwrap()
}

#[test]
fn read_takes_a_node_made_elsewhere() {
	let store = MemoryStore::default();
	let root = node(&[(*leaf().id(), 4), (*leaf().id(), 4)], 8);
	[leaf(), root.clone()].iter().for_each(|block| store.put(block).unwrap());
	assert_eq!(read(&store, *root.id()).unwrap(), b"leafleaf");
}

#[test]
fn read_should_fail_when_a_leaf_is_longer_or_shorter_than_stated() {
	for stated in [3, 5] {
		let error = error_of(&[leaf(), node(&[(*leaf().id(), stated)], stated)]);
		assert!(matches!(error, DagError::WrongLength(id) if id == *leaf().id()), "{error}");
	}
}

#[test]
fn read_should_fail_when_a_node_has_more_below_than_stated() {
	let inner = node(&[(*leaf().id(), 4), (*leaf().id(), 4)], 8);
	let error = error_of(&[leaf(), inner.clone(), node(&[(*inner.id(), 4)], 4)]);
	assert!(matches!(error, DagError::WrongLength(id) if id == *inner.id()), "{error}");
}

#[test]
fn read_should_fail_when_a_nodes_sum_is_wrong() {
	let error = error_of(&[leaf(), node(&[(*leaf().id(), 4)], 5)]);
	assert!(matches!(error, DagError::NotAFile(_)), "{error}");
}

#[test]
fn read_should_fail_when_a_child_is_empty() {
	// Empty children would let a tree of a few blocks be walked for ever.
	let empty = Block::new(Codec::Raw, Vec::new()).unwrap();
	let error = error_of(&[empty.clone(), leaf(), node(&[(*empty.id(), 0), (*leaf().id(), 4)], 4)]);
	assert!(matches!(error, DagError::NotAFile(_)), "{error}");
}

#[test]
fn read_should_fail_when_a_node_has_no_children() {
	let error = error_of(&[node(&[], 0)]);
	assert!(matches!(error, DagError::NotAFile(_)), "{error}");
}

#[test]
fn read_should_fail_when_a_node_has_too_many_links() {
	let links = field(0x12, &field(0x0a, &leaf().id().to_bytes())).repeat(MAX_LINKS + 1);
	let sizes = [0x20, 1].repeat(MAX_LINKS + 1);
	// 1,025 as a varint.
	let file = field(0x0a, &[&[0x08, 2, 0x18, 0x81, 0x08][..], &sizes].concat());
	let error = error_of(&[Block::new(Codec::DagPb, [links, file].concat()).unwrap()]);
	assert!(matches!(error, DagError::TooManyLinks(_)), "{error}");
}

#[test]
fn read_should_fail_when_a_tree_is_too_deep() {
	let mut blocks = vec![leaf()];
	for level in 1..=4 {
		blocks.push(node(&[(*blocks[level - 1].id(), 4)], 4));
	}
	let error = error_of(&blocks);
	assert!(matches!(error, DagError::TooDeep(id) if id == *blocks[1].id()), "{error}");
	// One level less can be read.
	let store = MemoryStore::default();
	blocks[..4].iter().for_each(|block| store.put(block).unwrap());
	assert_eq!(read(&store, *blocks[3].id()).unwrap(), b"leaf");
}

#[test]
fn content_id_is_read_as_it_is_shown() {
	for codec in [Codec::Raw, Codec::DagPb] {
		let id = ContentId::of(codec, b"anything");
		assert_eq!(id.to_string().parse(), Ok(id));
		assert_eq!(ContentId::from_bytes(&id.to_bytes()), Ok(id));
		assert_eq!((id.to_string().len(), id.to_bytes().len()), (59, 36));
	}
}

#[test]
fn content_id_should_fail_when_it_is_another_kind_of_cid() {
	let good = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";
	let other = |prefix: [u8; 4]| ContentId::from_bytes(&[&prefix[..], &[7; 32]].concat()).unwrap_err();
	let error = |text: &str| text.parse::<ContentId>().unwrap_err();
	assert_eq!(error(""), ContentIdError::NotACid);
	assert_eq!(error("bafkrei"), ContentIdError::NotACid);
	assert_eq!(error("QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG"), ContentIdError::OldVersion);
	assert_eq!(error(&format!("/ipfs/{good}")), ContentIdError::OtherSpelling);
	assert_eq!(error(&good.to_uppercase()), ContentIdError::OtherSpelling);
	assert_eq!(other([0x01, 0x71, 0x12, 0x20]), ContentIdError::OtherCodec(0x71));
	assert_eq!(other([0x01, 0x55, 0x16, 0x20]), ContentIdError::OtherHash(0x16));
	assert_eq!(other([0x01, 0x55, 0x12, 0x1f]), ContentIdError::NotACid);
}
