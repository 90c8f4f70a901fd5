//! The header of a sealed file.

use super::{HEADER_BYTES, OpenError, Prk, SealError, extract};
use crate::secret::{DataKey, NoRandomness};
use hkdf::InvalidLength;
use std::io::{self, Read};
use subtle::ConstantTimeEq;

const MAGIC: [u8; 8] = *b"\x89HLS\r\n\x1a\n";
const VERSION: u16 = 1;

const SALT_BYTES: usize = 32;
const KEY_ID_BYTES: usize = 16;
const HEADER_TAG_BYTES: usize = 32;
/// Where the tag begins: what it authenticates lies before.
const TAG_AT: usize = MAGIC.len() + 2 + SALT_BYTES + KEY_ID_BYTES;
const _: () = assert!(TAG_AT + HEADER_TAG_BYTES == HEADER_BYTES);

/// A header that belongs to a data key, and what keys are derived from under its salt.
pub(super) struct Header {
	pub(super) bytes: [u8; HEADER_BYTES],
	pub(super) prk: Prk,
}

impl Header {
	/// A new header for a file sealed under `key`.
	pub(super) fn new(key: &DataKey) -> Result<Self, SealError> {
		let mut salt = [0; SALT_BYTES];
		getrandom::fill(&mut salt).map_err(|_| NoRandomness)?;
		let prk = extract(key, &salt);
		let mut bytes = [0; HEADER_BYTES];
		let (claims, tag) = bytes.split_at_mut(TAG_AT);
		let key_id = key_id(key).map_err(|_| SealError::Cipher)?;
		claims.copy_from_slice(&[&MAGIC, &VERSION.to_be_bytes()[..], &salt, &key_id].concat());
		tag.copy_from_slice(&header_tag(&prk, claims).map_err(|_| SealError::Cipher)?);
		Ok(Self { bytes, prk })
	}

	/// Reads a header and checks it against `key`.
	pub(super) fn read(mut sealed: impl Read, key: &DataKey) -> Result<Self, OpenError> {
		// Magic and version first: a short file of another kind is not a sealed one cut short.
		let mut bytes = [0; HEADER_BYTES];
		let (start, rest) = bytes.split_at_mut(MAGIC.len());
		read_exact(&mut sealed, start)?;
		if *start != MAGIC {
			return Err(OpenError::NotSealed);
		}
		let (version, rest) = rest.split_at_mut(2);
		read_exact(&mut sealed, version)?;
		let version = u16::from_be_bytes([version[0], version[1]]);
		if version != VERSION {
			return Err(OpenError::UnsupportedVersion(version));
		}
		read_exact(&mut sealed, rest)?;

		let (claims, stated_tag) = bytes.split_at(TAG_AT);
		let (salt, stated_id) = claims[MAGIC.len() + 2..].split_at(SALT_BYTES);
		let key_id = key_id(key).map_err(|_| OpenError::Cipher)?;
		if !bool::from(key_id.ct_eq(stated_id)) {
			return Err(OpenError::WrongKey);
		}
		let prk = extract(key, salt);
		let tag = header_tag(&prk, claims).map_err(|_| OpenError::Cipher)?;
		if !bool::from(tag.ct_eq(stated_tag)) {
			return Err(OpenError::HeaderAltered);
		}
		Ok(Self { bytes, prk })
	}
}

/// Fills a buffer; a file that ends before is cut short.
pub(super) fn read_exact(mut sealed: impl Read, buffer: &mut [u8]) -> Result<(), OpenError> {
	sealed.read_exact(buffer).map_err(|error| match error.kind() {
		io::ErrorKind::UnexpectedEof => OpenError::Truncated,
		_ => OpenError::Input(error),
	})
}

fn key_id(key: &DataKey) -> Result<[u8; KEY_ID_BYTES], InvalidLength> {
	let mut id = [0; KEY_ID_BYTES];
	extract(key, &[]).expand(b"heirloom-seal 1 key id", &mut id)?;
	Ok(id)
}

fn header_tag(prk: &Prk, claims: &[u8]) -> Result<[u8; HEADER_TAG_BYTES], InvalidLength> {
	let mut tag = [0; HEADER_TAG_BYTES];
	prk.expand_multi_info(&[b"heirloom-seal 1 header", claims], &mut tag)?;
	Ok(tag)
}
