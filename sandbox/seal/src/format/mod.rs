//! The sealed file: authenticated encryption of a file of any length in one pass and constant memory.
//!
//! All numbers are big-endian. A file is a header of 90 bytes and then one chunk or more.
//!
//! | header | bytes | what |
//! |---|---|---|
//! | magic | 8 | `89 48 4c 53 0d 0a 1a 0a`: no text, then `HLS`, then line ends that a transfer as text would change |
//! | version | 2 | 1; it stands for all that is said here: algorithms, sizes, labels |
//! | salt | 32 | random, so that a data key used twice still gives two streams |
//! | key id | 16 | tells a wrong key from an altered header |
//! | tag | 32 | authenticates the bytes before it, and commits to the data key |
//!
//! | chunk | bytes | what |
//! |---|---|---|
//! | number | 4 | 0, 1, 2, … |
//! | last | 1 | 1 in the last chunk, 0 in all others |
//! | length | 3 | bytes of plaintext: 65,536, or in the last chunk 1 to 65,536; 0 in the only chunk of an empty file |
//! | ciphertext | length + 16 | ChaCha20-Poly1305 (RFC 8439) |
//!
//! **Keys.** All come from the data key by HKDF-SHA256 (RFC 5869). With `PRK = Extract(salt, data key)`, the stream's
//! key is `Expand(PRK, "heirloom-seal 1 stream", 32)` and the tag is `Expand(PRK, "heirloom-seal 1 header" ‖ magic ‖
//! version ‖ salt ‖ key id, 32)`. The key id is `Expand(Extract("", data key), "heirloom-seal 1 key id", 16)`.
//!
//! **Chunks** are encrypted by STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: "Online Authenticated-Encryption and its
//! Nonce-Reuse Misuse-Resistance", 2015) in the form of crate `aead-stream`'s `StreamBE32`: the nonce is seven zero
//! bytes, the chunk's number and its mark as the last one. The prefix can be constant because a stream's key is used
//! for one stream. Associated data is the whole header and the eight bytes before the ciphertext.
//!
//! **Commitment.** ChaCha20-Poly1305 by itself lets the maker of a file find two keys under which it opens to two
//! plaintexts (Grubbs, Lu, Ristenpart: "Message Franking via Committing Authenticated Encryption", 2017). An owner
//! could so give two operators different data under one content id, and have an honest one slashed when a job is
//! repeated. The tag rules that out: a second key with the same tag is a collision of SHA-256.
//!
//! **What the clear numbers are for.** STREAM alone detects every change, but cannot say which one it was. Numbers and
//! lengths in the clear let a reader tell a file cut short from an altered one. They decide only which error is
//! returned: nothing is accepted but by the AEAD, whose nonce is made from where a chunk *should* be.

mod error;
mod header;
mod open;
mod seal;

pub use error::{OpenError, SealError};
pub use open::{check_key, open};
pub use seal::seal;

use crate::secret::{DataKey, KEY_BYTES};
use aead_stream::{NewStream, StreamBE32};
use chacha20poly1305::{ChaCha20Poly1305, Key};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Bytes of a header.
pub const HEADER_BYTES: usize = 90;
/// Bytes of plaintext in every chunk but the last.
pub const CHUNK_BYTES: usize = 1 << 16;
/// Bytes that every chunk has beside its plaintext: number, mark and length before it, and the AEAD's tag behind.
pub const CHUNK_OVERHEAD: usize = FRAME_BYTES + TAG_BYTES;

const FRAME_BYTES: usize = 8;
const TAG_BYTES: usize = 16;

/// Bytes of the sealed form of a file of `plaintext` bytes; none where that exceeds a `u64`.
pub fn sealed_bytes(plaintext: u64) -> Option<u64> {
	let chunks = plaintext.div_ceil(CHUNK_BYTES as u64).max(1);
	let overhead = chunks.checked_mul(CHUNK_OVERHEAD as u64)?;
	plaintext.checked_add(overhead)?.checked_add(HEADER_BYTES as u64)
}

type Stream = StreamBE32<ChaCha20Poly1305>;
type Prk = Hkdf<Sha256>;

/// The cipher of one file's chunks.
fn stream(prk: &Prk) -> Result<Stream, hkdf::InvalidLength> {
	let mut key = Zeroizing::new([0; KEY_BYTES]);
	prk.expand(b"heirloom-seal 1 stream", key.as_mut_slice())?;
	let key: &Key = (&*key).into();
	Ok(Stream::new(key, &Default::default()))
}

fn extract(key: &DataKey, salt: &[u8]) -> Prk {
	Prk::new(Some(salt), key.expose())
}

/// What stands in the clear before a chunk's ciphertext.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Frame {
	number: u32,
	last: bool,
	/// Bytes of plaintext.
	length: usize,
}

/// Why a frame is one that no chunk has.
struct MalformedFrame {
	number: u32,
}

impl Frame {
	fn encode(self) -> [u8; FRAME_BYTES] {
		// At most CHUNK_BYTES, which is 2^16.
		let length = (self.length as u32).to_be_bytes();
		let [a, b, c, d] = self.number.to_be_bytes();
		[a, b, c, d, u8::from(self.last), length[1], length[2], length[3]]
	}

	/// Reads a frame whose length and mark fit its number.
	fn decode([a, b, c, d, last, high, middle, low]: [u8; FRAME_BYTES]) -> Result<Self, MalformedFrame> {
		let number = u32::from_be_bytes([a, b, c, d]);
		let length = u32::from_be_bytes([0, high, middle, low]) as usize;
		let fits = match last {
			0 => length == CHUNK_BYTES,
			1 => length <= CHUNK_BYTES && (length > 0 || number == 0),
			_ => false,
		};
		if fits { Ok(Self { number, last: last == 1, length }) } else { Err(MalformedFrame { number }) }
	}

	/// What is authenticated along with the chunk.
	fn associated(self, header: &[u8; HEADER_BYTES]) -> [u8; HEADER_BYTES + FRAME_BYTES] {
		let mut data = [0; HEADER_BYTES + FRAME_BYTES];
		data[..HEADER_BYTES].copy_from_slice(header);
		data[HEADER_BYTES..].copy_from_slice(&self.encode());
		data
	}
}
