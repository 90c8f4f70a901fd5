//! Opening.

use super::{
	CHUNK_BYTES, FRAME_BYTES, Frame, OpenError, TAG_BYTES,
	header::{Header, read_exact},
	stream,
};
use crate::secret::{DataKey, secret_buffer};
use aead_stream::StreamPrimitive;
use std::io::{Read, Write};

/// Reads the header of the sealed file `sealed`, and checks that it was sealed under `key`.
///
/// # Errors
/// [`OpenError`]; [`OpenError::WrongKey`] where it was sealed under another one.
pub fn check_key(key: &DataKey, sealed: impl Read) -> Result<(), OpenError> {
	Header::read(sealed, key).map(drop)
}

/// Opens the sealed file `sealed` with `key` and writes its plaintext into `plain`, which it does not flush. Holds one
/// chunk in memory. Returns the bytes of plaintext.
///
/// A chunk is written once it is authentic, so that there may be plaintext in `plain` when a later one is found not
/// to be: it is the beginning of what was sealed, and to be thrown away with the error.
///
/// # Errors
/// [`OpenError`], whose variants tell what was done to the file.
pub fn open(key: &DataKey, mut sealed: impl Read, mut plain: impl Write) -> Result<u64, OpenError> {
	let header = Header::read(&mut sealed, key)?;
	let stream = stream(&header.prk).map_err(|_| OpenError::Cipher)?;
	let mut chunk = secret_buffer(CHUNK_BYTES + TAG_BYTES);
	let mut bytes = 0_u64;
	for number in 0..=u32::MAX {
		let frame = read_frame(&mut sealed, number)?;
		// A frame's length is at most CHUNK_BYTES, so this stays within the buffer.
		chunk.resize(frame.length + TAG_BYTES, 0);
		read_exact(&mut sealed, &mut chunk)?;
		let associated = frame.associated(&header.bytes);
		stream
			.decrypt_in_place(number, frame.last, &associated, &mut *chunk)
			.map_err(|_| OpenError::ChunkAltered(number))?;
		if frame.last {
			expect_end(&mut sealed)?;
		}
		plain.write_all(&chunk).map_err(OpenError::Output)?;
		// No more than 2^32 chunks of 2^16 bytes.
		bytes += chunk.len() as u64;
		if frame.last {
			return Ok(bytes);
		}
	}
	// No chunk has a number above this one, and this one is not the last.
	Err(OpenError::ChunkMalformed(u32::MAX))
}

/// The frame of the chunk that belongs here.
fn read_frame(sealed: impl Read, expected: u32) -> Result<Frame, OpenError> {
	let mut bytes = [0; FRAME_BYTES];
	read_exact(sealed, &mut bytes)?;
	let frame = Frame::decode(bytes);
	let found = match &frame {
		Ok(frame) => frame.number,
		Err(malformed) => malformed.number,
	};
	if found != expected {
		return Err(OpenError::ChunkMisplaced { expected, found });
	}
	frame.map_err(|malformed| OpenError::ChunkMalformed(malformed.number))
}

/// Nothing stands behind the last chunk.
fn expect_end(sealed: impl Read) -> Result<(), OpenError> {
	let mut beyond = Vec::new();
	sealed.take(1).read_to_end(&mut beyond).map_err(OpenError::Input)?;
	if beyond.is_empty() { Ok(()) } else { Err(OpenError::TrailingData) }
}
