//! What a worker tells the runner: frames on its standard output, each a length (u32, little endian) and SCALE.
//!
//! The runner believes none of it more than it has to: a job that broke out of wasm can write any frame but the first,
//! which is on its way before the job begins.

use super::Walls;
use codec::{Decode, DecodeAll, Encode};
use std::io::{self, Write};

/// A frame.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Frame {
	/// The walls stand. Comes first.
	Walls(Walls),
	/// A wall that is required does not stand; nothing was run.
	Missing(String),
	/// The job file or the compiled module cannot be used; nothing was run.
	Unusable,
	/// The module was compiled.
	Compiled(Vec<u8>),
	/// The module, or what it did, is refused, by [`crate::Refusal::number`].
	Refused(u16),
	/// The job ran to an end.
	Ended(Ended),
	/// This machine could not give the job what it may have. That says nothing about the job.
	Failed,
}

/// A job that ran to an end.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Ended {
	/// Why it failed, by [`crate::Refusal::number`]; 0 where it did not.
	pub refusal: u16,
	/// Its exit code; 0 where it was stopped.
	pub exit: u32,
	/// Fuel that it used.
	pub fuel: u64,
	/// What it wrote to `/out`, in the order it was made.
	pub outputs: Vec<(String, Vec<u8>)>,
	/// What it wrote to standard output and error, as far as it is kept.
	pub log: Vec<u8>,
}

impl Frame {
	/// Writes the frame.
	pub fn send(&self, mut to: impl Write) -> io::Result<()> {
		let bytes = self.encode();
		let length = u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::InvalidData)?;
		to.write_all(&length.to_le_bytes())?;
		to.write_all(&bytes)?;
		to.flush()
	}

	/// Reads all frames of a worker that has ended. None where they are not whole.
	pub fn all(mut bytes: &[u8]) -> Option<Vec<Self>> {
		let mut frames = Vec::new();
		while !bytes.is_empty() {
			let (length, rest) = bytes.split_first_chunk()?;
			let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
			let (frame, rest) = rest.split_at_checked(length)?;
			frames.push(Self::decode_all(&mut &*frame).ok()?);
			bytes = rest;
		}
		Some(frames)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn frames_should_come_back_as_they_were() {
		let ended = Ended {
			refusal: 0,
			exit: 0,
			fuel: 7,
			outputs: vec![("a".into(), vec![1, 2])],
			log: b"log".to_vec(),
		};
		let frames = vec![Frame::Walls(Walls::default()), Frame::Ended(ended)];
		let mut bytes = Vec::new();
		for frame in &frames {
			frame.send(&mut bytes).unwrap();
		}
		assert_eq!(Frame::all(&bytes), Some(frames));
		assert_eq!(Frame::all(&bytes[..bytes.len() - 1]), None);
	}

	proptest! {
		#[test]
		fn any_bytes_should_be_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..256)) {
			Frame::all(&bytes);
		}
	}
}
