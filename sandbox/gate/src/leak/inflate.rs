//! Members of an output that are compressed with deflate (RFC 1951), wherever they begin.
//!
//! gzip (RFC 1952), zlib (RFC 1950) and zip entries are a header and then a bare deflate stream that begins at a byte. So
//! every byte is tried as the beginning of a bare stream, which finds them all, also without or behind a broken header;
//! noise ends after a few symbols. Members are kept as far as they inflate: a missing end or checksum hides nothing.

use super::{WINDOW, trivial};
use crate::Reason;
use miniz_oxide::inflate::{
	TINFLStatus,
	core::{
		DecompressorOxide, decompress,
		inflate_flags::{TINFL_FLAG_IGNORE_ADLER32, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF},
	},
};
use std::collections::BTreeSet;

/// The most bytes that all members together inflate to, noise included; above it the output is held. It is the bound of
/// the inflation ratio too.
const MOST_INFLATED: u64 = 64 << 20;
/// The most bytes that are tried as a beginning. A try takes well below a microsecond.
const MOST_TRIES: u64 = 64 << 20;
/// Bytes that are inflated at first; most tries end within them.
const FIRST_BUFFER: usize = 32 << 10;

/// Something that inflated.
pub struct Member {
	/// To what.
	pub bytes: Vec<u8>,
	/// Whether it is no noise: it has a header, or it has an end and is longer than noise gets.
	pub is_sure: bool,
}

/// Inflates, and counts what it costs.
pub struct Inflater {
	state: Box<DecompressorOxide>,
	buffer: Vec<u8>,
	inflated: u64,
	tries: u64,
}

impl Inflater {
	/// With nothing spent.
	pub fn new() -> Self {
		Self { state: Box::default(), buffer: vec![0; FIRST_BUFFER], inflated: 0, tries: 0 }
	}

	/// All members of `bytes` that inflate to a window at least.
	///
	/// # Errors
	/// [`Reason::CompressionUnreadable`] for a recognised format other than deflate, [`Reason::TooMuchToCheck`] where too
	/// much would have to be inflated.
	pub fn members(&mut self, bytes: &[u8]) -> Result<Vec<Member>, Reason> {
		let headers = headers(bytes)?;
		let description = trivial::description_bits(bytes);
		let mut members = Vec::new();
		for start in 0..bytes.len() {
			let has_header = headers.contains(&start);
			// A stream of periodic bytes inflates to periodic bytes. Trying each beginning in it would take the square of its
			// length, and find nothing that is informative.
			let is_periodic = description.get(start).is_some_and(|&bits| !trivial::is_informative(bits));
			// Block type 3 does not exist.
			if bytes[start] & 6 == 6 || is_periodic && !has_header {
				continue;
			}
			self.tries += 1;
			if self.tries > MOST_TRIES {
				return Err(Reason::TooMuchToCheck);
			}
			let (len, ended) = self.inflate(&bytes[start..])?;
			if len >= WINDOW {
				let is_sure = has_header || ended && len >= 4 * WINDOW;
				members.push(Member { bytes: self.buffer[..len].to_vec(), is_sure });
			}
		}
		Ok(members)
	}

	/// Inflates one stream into the buffer, as far as it goes: how many bytes, and whether it has an end.
	fn inflate(&mut self, stream: &[u8]) -> Result<(usize, bool), Reason> {
		self.state.init();
		let (mut read, mut written) = (0, 0);
		let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF | TINFL_FLAG_IGNORE_ADLER32;
		loop {
			let (status, consumed, produced) =
				decompress(&mut self.state, &stream[read..], &mut self.buffer, written, flags);
			read += consumed;
			written += produced;
			self.inflated += produced as u64;
			if self.inflated > MOST_INFLATED {
				return Err(Reason::TooMuchToCheck);
			}
			if status != TINFLStatus::HasMoreOutput {
				return Ok((written, status == TINFLStatus::Done));
			}
			// Bounded: what it is filled with counts towards the most that is inflated.
			let len = self.buffer.len();
			self.buffer.resize(2 * len, 0);
		}
	}
}

/// Where the deflate streams behind headers begin.
fn headers(bytes: &[u8]) -> Result<BTreeSet<usize>, Reason> {
	let mut starts = BTreeSet::new();
	for at in 0..bytes.len() {
		let rest = &bytes[at..];
		if is_other_format(rest) {
			return Err(Reason::CompressionUnreadable);
		}
		let stream = match rest {
			[0x1f, 0x8b, 8, ..] => gzip_stream(rest),
			[b'P', b'K', 3, 4, ..] => zip_stream(rest)?,
			// RFC 1950, section 2.2: method 8, a window of at most 32 KiB, a multiple of 31, no preset dictionary.
			[method, flags, ..] if method & 0x0f == 8 && method >> 4 <= 7 && flags & 0x20 == 0 => {
				u16::from_be_bytes([*method, *flags]).is_multiple_of(31).then_some(2)
			}
			_ => None,
		};
		starts.extend(stream.map(|stream| at + stream));
	}
	Ok(starts)
}

/// RFC 1952, section 2.3: where the stream begins behind a gzip header.
fn gzip_stream(header: &[u8]) -> Option<usize> {
	let flags = *header.get(3)?;
	let mut at = 10;
	if flags & 4 != 0 {
		at += 2 + le_u16(header, at)?;
	}
	for text in [8, 16] {
		if flags & text != 0 {
			at += header.get(at..)?.iter().position(|&byte| byte == 0)? + 1;
		}
	}
	Some(if flags & 2 != 0 { at + 2 } else { at })
}

/// APPNOTE.TXT, section 4.3.7: where the stream begins behind a zip entry's local header. A stored entry has none.
fn zip_stream(header: &[u8]) -> Result<Option<usize>, Reason> {
	let field = |at| le_u16(header, at);
	let (Some(flags), Some(method), Some(name), Some(extra)) = (field(6), field(8), field(26), field(28))
	else {
		return Ok(None);
	};
	match method {
		0 if flags & 1 == 0 => Ok(None),
		8 if flags & 1 == 0 => Ok(Some(30 + name + extra)),
		// Encrypted, or another method.
		_ => Err(Reason::CompressionUnreadable),
	}
}

fn le_u16(bytes: &[u8], at: usize) -> Option<usize> {
	let [low, high] = bytes.get(at..at + 2)?.first_chunk()?;
	Some(usize::from(u16::from_le_bytes([*low, *high])))
}

/// Whether something begins that is compressed in another way. Short magic numbers are looked at more closely, lest a
/// model's weights have one by chance.
fn is_other_format(bytes: &[u8]) -> bool {
	match bytes {
		// Zstandard, RFC 8878, section 3.1.1: the reserved bit is 0.
		[0x28, 0xb5, 0x2f, 0xfd, descriptor, ..] => descriptor & 8 == 0,
		// LZ4 frame: version 1, block size 4 to 7.
		[0x04, 0x22, 0x4d, 0x18, flags, block, ..] => {
			flags & 0xc2 == 0x40 && block & 0x8f == 0 && block & 0x40 != 0
		}
		// bzip2: level 1 to 9, then the first block's magic number.
		[b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => true,
		// xz, 7z, rar, lzip, framed Snappy.
		[0xfd, b'7', b'z', b'X', b'Z', 0, ..]
		| [b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c, ..]
		| [b'R', b'a', b'r', b'!', 0x1a, 7, ..]
		| [b'L', b'Z', b'I', b'P', 1, ..]
		| [0xff, 6, 0, 0, b's', b'N', b'a', b'P', b'p', b'Y', ..] => true,
		_ => false,
	}
}
