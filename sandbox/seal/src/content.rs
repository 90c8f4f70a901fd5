//! Content ids: what the chain stores of an asset's ciphertext.
//!
//! A content id is a CIDv1 (<https://github.com/multiformats/cid>) with sha2-256 and one of two codecs: `raw` for a
//! block of file bytes, `dag-pb` for a node that lists blocks. Its one text form is base 32 in lower case, 59 bytes;
//! the chain takes up to 128.

use cid::{CidGeneric, Version, multihash::Multihash};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// Multihash code of sha2-256.
const SHA2_256: u64 = 0x12;
/// Bytes of its digest.
const DIGEST_BYTES: usize = 32;

/// A CID whose digest is kept in place.
type Cid = CidGeneric<DIGEST_BYTES>;

/// What the bytes under a content id are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, codec::Encode, codec::Decode)]
pub enum Codec {
	/// A piece of a file, as it is.
	#[codec(index = 0x55)]
	Raw,
	/// A list of blocks: a Protocol Buffers node of IPLD's DAG-PB.
	#[codec(index = 0x70)]
	DagPb,
}

impl Codec {
	/// Its number in the multicodec table.
	fn code(self) -> u64 {
		match self {
			Self::Raw => 0x55,
			Self::DagPb => 0x70,
		}
	}

	/// Its name there.
	#[cfg(feature = "files")]
	pub(crate) fn name(self) -> &'static str {
		match self {
			Self::Raw => "raw",
			Self::DagPb => "dag-pb",
		}
	}
}

/// The content id of a block, and of the file whose tree it is the root of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, codec::Encode, codec::Decode)]
pub struct ContentId {
	codec: Codec,
	digest: [u8; DIGEST_BYTES],
}

/// Why a text or bytes are no content id of this chain's assets.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentIdError {
	/// Not a CID.
	#[error("this is not a CID")]
	NotACid,
	/// A CID of version 0.
	#[error("a content id is a CID of version 1")]
	OldVersion,
	/// A CID with another codec.
	#[error("a content id has the codec raw or dag-pb, not 0x{0:x}")]
	OtherCodec(u64),
	/// A CID with another hash.
	#[error("a content id has the hash sha2-256, not 0x{0:x}")]
	OtherHash(u64),
	/// A CID in another base or spelling: two texts of one id would be two ids to the chain.
	#[error("a content id is written in base 32 in lower case, and nothing else around it")]
	OtherSpelling,
}

impl ContentId {
	/// The id of a block.
	pub fn of(codec: Codec, bytes: &[u8]) -> Self {
		Self { codec, digest: Sha256::digest(bytes).into() }
	}

	/// What is under it.
	pub fn codec(&self) -> Codec {
		self.codec
	}

	/// The binary form: 36 bytes.
	pub fn to_bytes(&self) -> Vec<u8> {
		// The prefix: version 1, codec, sha2-256, 32 bytes; each a varint of one byte.
		let prefix = [0x01, self.codec.code() as u8, SHA2_256 as u8, DIGEST_BYTES as u8];
		[&prefix[..], &self.digest].concat()
	}

	/// Reads the binary form.
	pub fn from_bytes(bytes: &[u8]) -> Result<Self, ContentIdError> {
		Cid::try_from(bytes).map_err(|_| ContentIdError::NotACid).and_then(Self::from_cid)
	}

	fn from_cid(cid: Cid) -> Result<Self, ContentIdError> {
		if cid.version() != Version::V1 {
			return Err(ContentIdError::OldVersion);
		}
		let codec = [Codec::Raw, Codec::DagPb].into_iter().find(|codec| codec.code() == cid.codec());
		let codec = codec.ok_or(ContentIdError::OtherCodec(cid.codec()))?;
		if cid.hash().code() != SHA2_256 {
			return Err(ContentIdError::OtherHash(cid.hash().code()));
		}
		let digest = cid.hash().digest().try_into().map_err(|_| ContentIdError::NotACid)?;
		Ok(Self { codec, digest })
	}
}

impl fmt::Display for ContentId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let hash = Multihash::<DIGEST_BYTES>::wrap(SHA2_256, &self.digest).map_err(|_| fmt::Error)?;
		write!(f, "{}", Cid::new_v1(self.codec.code(), hash))
	}
}

impl fmt::Debug for ContentId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "ContentId({self})")
	}
}

impl FromStr for ContentId {
	type Err = ContentIdError;

	fn from_str(text: &str) -> Result<Self, ContentIdError> {
		let id = Cid::try_from(text).map_err(|_| ContentIdError::NotACid).and_then(Self::from_cid)?;
		// The parser takes other bases, and paths that end in a CID.
		if id.to_string() == text { Ok(id) } else { Err(ContentIdError::OtherSpelling) }
	}
}

impl Serialize for ContentId {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

impl<'de> Deserialize<'de> for ContentId {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
	}
}
