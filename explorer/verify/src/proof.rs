//! States of blocks, as far as they are proven.

use crate::{
	answer::{Block, Refusal, Wanted},
	keys::Item,
	question::Question,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	format,
	string::String,
	vec::Vec,
};
use codec::Decode;
use core::cell::RefCell;
use hash256_std_hasher::Hash256StdHasher;
use sp_core::{H256, Hasher};
use sp_crypto_hashing::blake2_256;
use sp_trie::{LayoutV1, MemoryDB, StorageProof, read_trie_value};

/// A header up to its digest.
#[derive(Clone, Copy, Decode)]
struct Fields {
	_parent: H256,
	#[codec(compact)]
	number: u32,
	state_root: H256,
	_extrinsics_root: H256,
}

/// A header that was hashed.
#[derive(Clone, Copy)]
pub(crate) struct Header {
	/// The hash.
	pub hash: H256,
	/// The block's number.
	pub number: u32,
	/// The root of its state.
	pub state_root: H256,
}

impl Header {
	/// Reads a header in its encoding, and hashes it.
	pub fn of(encoded: &[u8]) -> Result<Self, Refusal> {
		let unreadable = |_| Refusal::Unreadable { item: "header".into() };
		let Fields { number, state_root, .. } = Fields::decode(&mut &encoded[..]).map_err(unreadable)?;
		Ok(Self { hash: Blake2::hash(encoded), number, state_root })
	}

	/// The block.
	pub fn block(&self) -> Block {
		Block { number: self.number, hash: hexed(self.hash), state_root: hexed(self.state_root) }
	}
}

/// The hash of the state's trie. The SDK's own is not there without a host to compute it.
pub(crate) struct Blake2;

impl Hasher for Blake2 {
	type Out = H256;
	type StdHasher = Hash256StdHasher;
	const LENGTH: usize = 32;

	fn hash(bytes: &[u8]) -> H256 {
		H256(blake2_256(bytes))
	}
}

/// A value in the state of a block.
type Place = (H256, Vec<u8>);

/// All proofs of a question. Nodes are found by their own hashes, which are computed here, so those of many blocks lie
/// together: another node is one that is not found.
pub(crate) struct Proofs {
	nodes: MemoryDB<Blake2>,
	asked: BTreeSet<Place>,
	/// Values that were looked for, and whether they were proven.
	looked: RefCell<BTreeMap<Place, bool>>,
}

impl Proofs {
	/// Takes the proofs of a question.
	pub fn of(question: &Question) -> Self {
		let nodes = StorageProof::new(question.proof.iter().cloned()).into_memory_db();
		let of_block = question.asked.iter().filter(|asked| asked.block.len() == Blake2::LENGTH);
		let asked = of_block.flat_map(|asked| {
			let block = H256::from_slice(&asked.block);
			asked.keys.iter().map(move |key| (block, key.clone()))
		});
		Self { nodes, asked: asked.collect(), looked: RefCell::default() }
	}

	/// The state of a block.
	pub fn state(&self, header: Header) -> State<'_> {
		State { proofs: self, header }
	}

	/// The keys that were looked for and not proven.
	pub fn lacking(&self) -> Vec<Wanted> {
		let mut blocks = BTreeMap::<H256, Vec<String>>::new();
		for ((block, key), _) in self.looked.borrow().iter().filter(|(_, proven)| !**proven) {
			blocks.entry(*block).or_default().push(hexed(key));
		}
		blocks.into_iter().map(|(block, keys)| Wanted { block: hexed(block), keys }).collect()
	}

	/// How many values are proven.
	pub fn values(&self) -> usize {
		self.looked.borrow().values().filter(|proven| **proven).count()
	}
}

/// The state of one block.
#[derive(Clone, Copy)]
pub(crate) struct State<'a> {
	proofs: &'a Proofs,
	/// The block's header.
	pub header: Header,
}

pub(crate) fn hexed(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

impl State<'_> {
	/// A value: none where it is not proven yet, an inner none where it is proven that there is none.
	pub fn read<V: Decode>(&self, item: Item, keys: &[u32]) -> Result<Option<Option<V>>, Refusal> {
		let place = (self.header.hash, item.key(keys));
		let (nodes, root) = (&self.proofs.nodes, &self.header.state_root);
		// Any error is a node that is not there: those that are have the hash that their parent names.
		let found = read_trie_value::<LayoutV1<Blake2>, _>(nodes, root, &place.1, None, None).ok();
		if found.is_none() && self.proofs.asked.contains(&place) {
			return Err(Refusal::NotProven { key: hexed(place.1) });
		}
		self.proofs.looked.borrow_mut().insert(place, found.is_some());
		let read = |bytes: Vec<u8>| {
			let mut rest = &bytes[..];
			let value = V::decode(&mut rest).ok().filter(|_| rest.is_empty());
			value.ok_or_else(|| Refusal::Unreadable { item: item.name() })
		};
		found.map(|value| value.map(read).transpose()).transpose()
	}
}
