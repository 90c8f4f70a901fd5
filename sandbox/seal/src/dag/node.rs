//! Nodes of a file's tree, in their Protocol Buffers.

use crate::content::ContentId;
use prost::Message;

/// UnixFS's number for a node of a file.
const FILE: i32 = 2;

/// DAG-PB's `PBNode`.
#[derive(Clone, PartialEq, Message)]
struct PbNode {
	#[prost(bytes = "vec", optional, tag = "1")]
	data: Option<Vec<u8>>,
	#[prost(message, repeated, tag = "2")]
	links: Vec<PbLink>,
}

/// DAG-PB's `PBLink`.
#[derive(Clone, PartialEq, Message)]
struct PbLink {
	#[prost(bytes = "vec", optional, tag = "1")]
	hash: Option<Vec<u8>>,
	#[prost(string, optional, tag = "2")]
	name: Option<String>,
	#[prost(uint64, optional, tag = "3")]
	total: Option<u64>,
}

/// UnixFS's `Data`.
#[derive(Clone, PartialEq, Message)]
struct FileData {
	#[prost(int32, required, tag = "1")]
	kind: i32,
	#[prost(bytes = "vec", optional, tag = "2")]
	data: Option<Vec<u8>>,
	#[prost(uint64, optional, tag = "3")]
	file_bytes: Option<u64>,
	#[prost(uint64, repeated, packed = "false", tag = "4")]
	block_bytes: Vec<u64>,
}

/// A child of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
	/// The child.
	pub(super) id: ContentId,
	/// Bytes of the file in it and below.
	pub(super) bytes: u64,
	/// Bytes of all blocks in it and below (`Tsize`).
	pub(super) total: u64,
}

/// The block of a node with these children.
pub(super) fn encode(links: &[Link]) -> Vec<u8> {
	let data = FileData {
		kind: FILE,
		data: None,
		file_bytes: Some(links.iter().map(|link| link.bytes).sum()),
		block_bytes: links.iter().map(|link| link.bytes).collect(),
	};
	let links = links.iter().map(|link| PbLink {
		hash: Some(link.id.to_bytes()),
		// Kubo writes the name of a file's part, which is empty.
		name: Some(String::new()),
		total: Some(link.total),
	});
	// DAG-PB has the links before the data, against their numbers: a message is the sequence of its fields' encodings.
	let mut bytes = PbNode { data: None, links: links.collect() }.encode_to_vec();
	bytes.extend(PbNode { data: Some(data.encode_to_vec()), links: Vec::new() }.encode_to_vec());
	bytes
}

/// The children that a node's block lists, each with its id and the bytes of the file in it; none where the block is
/// not a node of a file as [`encode`] makes it: raw leaves and other nodes, no data of its own, nothing empty.
pub(super) fn decode(block: &[u8]) -> Option<Vec<(ContentId, u64)>> {
	let node = PbNode::decode(block).ok()?;
	let file = FileData::decode(&node.data?[..]).ok()?;
	let fits = file.kind == FILE
		&& file.data.is_none_or(|data| data.is_empty())
		&& !node.links.is_empty()
		&& node.links.len() == file.block_bytes.len();
	if !fits {
		return None;
	}
	let sum = file.block_bytes.iter().try_fold(0_u64, |sum, bytes| sum.checked_add(*bytes));
	if sum != file.file_bytes || file.block_bytes.contains(&0) {
		return None;
	}
	let ids = node.links.iter().map(|link| ContentId::from_bytes(link.hash.as_deref()?).ok());
	ids.zip(file.block_bytes).map(|(id, bytes)| Some((id?, bytes))).collect()
}
