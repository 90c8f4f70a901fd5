//! The state of one block, as far as it is proven.

use crate::{
	answer::{Block, Refusal},
	keys::Item,
	question::Question,
};
use alloc::{collections::BTreeMap, format, string::String, vec::Vec};
use codec::Decode;
use core::cell::RefCell;
use hash256_std_hasher::Hash256StdHasher;
use sp_core::{H256, Hasher};
use sp_crypto_hashing::blake2_256;
use sp_trie::{LayoutV1, MemoryDB, StorageProof, read_trie_value};

/// A header up to its digest.
#[derive(Decode)]
struct Header {
	_parent: H256,
	#[codec(compact)]
	number: u32,
	state_root: H256,
	_extrinsics_root: H256,
}

/// The hash of the state's trie. The SDK's own is not there without a host to compute it.
struct Blake2;

impl Hasher for Blake2 {
	type Out = H256;
	type StdHasher = Hash256StdHasher;
	const LENGTH: usize = 32;

	fn hash(bytes: &[u8]) -> H256 {
		H256(blake2_256(bytes))
	}
}

/// A header that was hashed, and the nodes below its state's root.
pub(crate) struct State<'a> {
	header: Header,
	hash: H256,
	nodes: MemoryDB<Blake2>,
	asked: &'a [Vec<u8>],
	/// Keys that were looked for, and whether they were proven.
	looked: RefCell<BTreeMap<Vec<u8>, bool>>,
}

pub(crate) fn hexed(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

impl<'a> State<'a> {
	/// Takes the header if it has the hash it is said to have.
	pub fn open(question: &'a Question) -> Result<Self, Refusal> {
		let hash = Blake2::hash(&question.header);
		if hash.as_bytes() != question.hash {
			return Err(Refusal::OtherHeader { hash: hexed(hash) });
		}
		let header = Header::decode(&mut &question.header[..])
			.map_err(|_| Refusal::Unreadable { item: "header".into() })?;
		// Nodes are found by their own hashes, which are computed here: another node is one that is not found.
		let nodes = StorageProof::new(question.proof.iter().cloned()).into_memory_db();
		Ok(Self { header, hash, nodes, asked: &question.asked, looked: RefCell::default() })
	}

	/// A value: none where it is not proven yet, an inner none where it is proven that there is none.
	pub fn read<V: Decode>(&self, item: Item, keys: &[u32]) -> Result<Option<Option<V>>, Refusal> {
		let key = item.key(keys);
		let root = &self.header.state_root;
		// Any error is a node that is not there: those that are have the hash that their parent names.
		let found = read_trie_value::<LayoutV1<Blake2>, _>(&self.nodes, root, &key, None, None).ok();
		if found.is_none() && self.asked.contains(&key) {
			return Err(Refusal::NotProven { key: hexed(key) });
		}
		self.looked.borrow_mut().insert(key, found.is_some());
		let read = |bytes: Vec<u8>| {
			let mut rest = &bytes[..];
			let value = V::decode(&mut rest).ok().filter(|_| rest.is_empty());
			value.ok_or_else(|| Refusal::Unreadable { item: item.name() })
		};
		found.map(|value| value.map(read).transpose()).transpose()
	}

	/// The keys that were looked for and not proven.
	pub fn lacking(&self) -> Vec<String> {
		let looked = self.looked.borrow();
		looked.iter().filter(|(_, proven)| !**proven).map(|(key, _)| hexed(key)).collect()
	}

	/// How many values are proven.
	pub fn values(&self) -> usize {
		self.looked.borrow().values().filter(|proven| **proven).count()
	}

	/// The block.
	pub fn block(&self) -> Block {
		let Header { number, state_root, .. } = self.header;
		Block { number, hash: hexed(self.hash), state_root: hexed(state_root) }
	}
}
