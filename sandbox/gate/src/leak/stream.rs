//! Reads an input in pieces that overlap.

use std::io::{self, Read};

/// Bytes that are read at a time.
const CHUNK: usize = 1 << 20;
/// Bytes of the piece before that a piece begins with: the 32 samples of four bytes that a record's check looks back on.
pub const CARRIED: usize = 128;

/// A piece of an input.
#[derive(Clone, Copy)]
pub struct Chunk<'a> {
	/// Up to [`CARRIED`] bytes that were there before, then new ones.
	pub bytes: &'a [u8],
	/// How many were there before.
	pub carried: usize,
	/// Where in the input the first of `bytes` stands.
	pub offset: u64,
	/// Whether nothing follows.
	pub last: bool,
}

/// Reads to the end.
pub fn read(mut input: impl Read, mut feed: impl FnMut(Chunk)) -> io::Result<()> {
	let mut buffer = vec![0; CARRIED + CHUNK];
	let (mut carried, mut offset) = (0, 0);
	loop {
		let mut end = carried;
		while end < buffer.len() {
			match input.read(&mut buffer[end..]) {
				Ok(0) => break,
				Ok(read) => end += read,
				Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
				Err(error) => return Err(error),
			}
		}
		let last = end < buffer.len();
		feed(Chunk { bytes: &buffer[..end], carried, offset, last });
		if last {
			return Ok(());
		}
		buffer.copy_within(end - CARRIED..end, 0);
		offset += (end - CARRIED) as u64;
		carried = CARRIED;
	}
}
