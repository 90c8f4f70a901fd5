//! Sealing.

use super::{CHUNK_BYTES, Frame, SealError, Stream, TAG_BYTES, header::Header, stream};
use crate::secret::{DataKey, secret_buffer};
use aead_stream::StreamPrimitive;
use std::io::{Read, Write};
use zeroize::Zeroizing;

/// Seals all of `plain` under `key` and writes the sealed file into `sealed`, which it does not flush. Holds two chunks
/// in memory. Returns the bytes of plaintext.
///
/// # Errors
/// [`SealError`]; what was written by then is to be thrown away.
pub fn seal(key: &DataKey, mut plain: impl Read, mut sealed: impl Write) -> Result<u64, SealError> {
	let header = Header::new(key)?;
	let stream = stream(&header.prk).map_err(|_| SealError::Cipher)?;
	sealed.write_all(&header.bytes).map_err(SealError::Output)?;

	let [mut chunk, mut next] = [(); 2].map(|()| secret_buffer(CHUNK_BYTES + TAG_BYTES));
	let mut bytes = 0_u64;
	let mut number = 0_u32;
	fill(&mut plain, &mut chunk)?;
	loop {
		// Whether a chunk is the last is known when nothing comes after it.
		fill(&mut plain, &mut next)?;
		let frame = Frame { number, last: next.is_empty(), length: chunk.len() };
		bytes = bytes.checked_add(chunk.len() as u64).ok_or(SealError::TooLong)?;
		encrypt(&stream, &header, frame, &mut chunk)?;
		sealed.write_all(&frame.encode()).map_err(SealError::Output)?;
		sealed.write_all(&chunk).map_err(SealError::Output)?;
		if frame.last {
			return Ok(bytes);
		}
		number = number.checked_add(1).ok_or(SealError::TooLong)?;
		std::mem::swap(&mut chunk, &mut next);
	}
}

/// Reads a chunk: less than all of it only where the input ends.
fn fill(plain: impl Read, chunk: &mut Zeroizing<Vec<u8>>) -> Result<(), SealError> {
	chunk.clear();
	plain.take(CHUNK_BYTES as u64).read_to_end(chunk).map_err(SealError::Input)?;
	Ok(())
}

fn encrypt(stream: &Stream, header: &Header, frame: Frame, chunk: &mut Vec<u8>) -> Result<(), SealError> {
	let associated = frame.associated(&header.bytes);
	stream.encrypt_in_place(frame.number, frame.last, &associated, chunk).map_err(|_| SealError::Cipher)
}
