//! Why a file cannot be sealed or opened.

use crate::secret::NoRandomness;
use std::io;

/// Why a file cannot be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
	/// The plaintext cannot be read.
	#[error("what is to be sealed cannot be read: {0}")]
	Input(io::Error),
	/// The sealed file cannot be written.
	#[error("the sealed file cannot be written: {0}")]
	Output(io::Error),
	/// More than 2^32 chunks.
	#[error("a file of more than 256 TiB cannot be sealed")]
	TooLong,
	/// No salt could be drawn.
	#[error(transparent)]
	NoRandomness(#[from] NoRandomness),
	/// The ciphers refused lengths that they take by their definition.
	#[error("the cipher refused to encrypt")]
	Cipher,
}

/// Why a sealed file cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
	/// The sealed file cannot be read.
	#[error("the sealed file cannot be read: {0}")]
	Input(io::Error),
	/// The plaintext cannot be written.
	#[error("what was opened cannot be written: {0}")]
	Output(io::Error),
	/// The file does not begin as a sealed file does.
	#[error("this is not a sealed file")]
	NotSealed,
	/// The file is of a version that this program does not know.
	#[error("the sealed file is of version {0}, which this program does not know")]
	UnsupportedVersion(u16),
	/// The file was sealed under another data key.
	#[error("the data key is not the one that the file was sealed under")]
	WrongKey,
	/// The header is not the one that the file was sealed with.
	#[error("the header of the sealed file was altered")]
	HeaderAltered,
	/// The file ends before its last chunk does.
	#[error("the sealed file is cut short")]
	Truncated,
	/// A chunk stands where another one belongs: chunks were exchanged, repeated or left out.
	#[error("chunk {found} stands where chunk {expected} belongs")]
	ChunkMisplaced {
		/// The number of the chunk that belongs there.
		expected: u32,
		/// The number of the chunk that is there.
		found: u32,
	},
	/// A chunk's length or mark is one that no chunk has.
	#[error("chunk {0} has a length or a mark that no chunk has")]
	ChunkMalformed(u32),
	/// A chunk is not what was sealed: it was altered, or comes from another file.
	#[error("chunk {0} was altered, or comes from another file")]
	ChunkAltered(u32),
	/// Something stands behind the last chunk.
	#[error("the sealed file goes on behind its last chunk")]
	TrailingData,
	/// The ciphers refused lengths that they take by their definition.
	#[error("the cipher refused to decrypt")]
	Cipher,
}
