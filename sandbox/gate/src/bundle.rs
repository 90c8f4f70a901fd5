//! The form in which outputs leave: one file of a few possible lengths.
//!
//! ```text
//! "HLOUTv1\n"                                          8 bytes
//! count                                                u32, little endian
//! count times, ascending by name:
//!     length of the name   u8
//!     name                 lower-case ASCII
//!     length of the bytes  u64, little endian
//!     bytes
//! 0x80, then 0x00 up to the end of the bucket          (padding method 2 of ISO/IEC 9797-1)
//! ```
//!
//! Buckets are the powers of two from 4 KiB on. Nothing else is in it: no times, owners or modes; the order is not the
//! job's. One set of outputs has one encoding, and [`decode`] refuses every other.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The smallest length of a padded bundle, in bytes.
pub const SMALLEST_BUCKET: u64 = 4_096;
/// The most outputs of a bundle.
pub(crate) const MOST_OUTPUTS: usize = 64;
/// The longest name, in bytes.
pub(crate) const LONGEST_NAME: usize = 64;

const MAGIC: &[u8; 8] = b"HLOUTv1\n";
const PADDING_MARK: u8 = 0x80;

/// A file that a job wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
	/// Its name: `a-z`, `0-9`, `.`, `_` and `-`, a letter or digit first, at most 64 bytes.
	pub name: String,
	/// What is in it.
	pub bytes: Vec<u8>,
}

/// A padded bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle(Vec<u8>);

/// Why bytes are no bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
	/// They do not begin as a bundle does.
	#[error("not a bundle")]
	NotABundle,
	/// They end within an entry.
	#[error("the bundle is cut short")]
	Truncated,
	/// It has more entries than a bundle takes.
	#[error("the bundle has too many entries")]
	TooMany,
	/// A name is not allowed.
	#[error("a name in the bundle is not allowed")]
	Name,
	/// Names do not ascend.
	#[error("the bundle's entries are out of order")]
	Order,
	/// What follows the entries is not the one padding to the one bucket.
	#[error("the bundle's padding is wrong")]
	Padding,
}

/// Whether a name is of the allowed form.
pub(crate) fn is_allowed_name(name: &str) -> bool {
	let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte);
	let first = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
	first && name.len() <= LONGEST_NAME && name.bytes().all(allowed) && !name.contains("..")
}

impl Bundle {
	/// Encodes and pads outputs whose names are allowed and different.
	pub(crate) fn encode(outputs: &BTreeMap<String, Vec<u8>>) -> Self {
		let mut bytes = MAGIC.to_vec();
		bytes.extend(u32::try_from(outputs.len()).unwrap_or(u32::MAX).to_le_bytes());
		for (name, content) in outputs {
			bytes.push(u8::try_from(name.len()).unwrap_or(u8::MAX));
			bytes.extend(name.as_bytes());
			bytes.extend((content.len() as u64).to_le_bytes());
			bytes.extend(content);
		}
		bytes.push(PADDING_MARK);
		bytes.resize(bucket(bytes.len()), 0);
		Self(bytes)
	}

	/// Takes bytes that decode as a bundle.
	///
	/// # Errors
	/// As [`decode`].
	pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, BundleError> {
		decode(&bytes)?;
		Ok(Self(bytes))
	}

	/// The padded bytes, as the consumer gets them.
	pub fn bytes(&self) -> &[u8] {
		&self.0
	}

	/// Padded length in bytes: what the caps and the budget count.
	pub fn padded_len(&self) -> u64 {
		self.0.len() as u64
	}

	/// SHA-256 of the padded bytes.
	pub fn digest(&self) -> [u8; 32] {
		Sha256::digest(&self.0).into()
	}
}

/// The bucket of a length that includes the padding's mark.
fn bucket(len: usize) -> usize {
	len.next_power_of_two().max(SMALLEST_BUCKET as usize)
}

/// The outputs in a padded bundle, ascending by name.
///
/// # Errors
/// [`BundleError`] for everything that is not exactly what the gate writes.
pub fn decode(bytes: &[u8]) -> Result<Vec<Output>, BundleError> {
	let mut rest = bytes.strip_prefix(MAGIC).ok_or(BundleError::NotABundle)?;
	let count = u32::from_le_bytes(take_array(&mut rest)?) as usize;
	if count > MOST_OUTPUTS {
		return Err(BundleError::TooMany);
	}
	let mut outputs: Vec<Output> = Vec::new();
	for _ in 0..count {
		let [name_len] = take_array(&mut rest)?;
		let name = take(&mut rest, u64::from(name_len))?;
		let name = std::str::from_utf8(name).ok().filter(|name| is_allowed_name(name));
		let name = name.ok_or(BundleError::Name)?.to_owned();
		if outputs.last().is_some_and(|last| last.name >= name) {
			return Err(BundleError::Order);
		}
		let len = u64::from_le_bytes(take_array(&mut rest)?);
		outputs.push(Output { name, bytes: take(&mut rest, len)?.to_vec() });
	}
	let [mark, zeros @ ..] = rest else { return Err(BundleError::Truncated) };
	let content = bytes.len() - zeros.len();
	if *mark != PADDING_MARK || zeros.iter().any(|&byte| byte != 0) || bucket(content) != bytes.len() {
		return Err(BundleError::Padding);
	}
	Ok(outputs)
}

fn take<'a>(rest: &mut &'a [u8], len: u64) -> Result<&'a [u8], BundleError> {
	let len = usize::try_from(len).map_err(|_| BundleError::Truncated)?;
	let (head, tail) = rest.split_at_checked(len).ok_or(BundleError::Truncated)?;
	*rest = tail;
	Ok(head)
}

fn take_array<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], BundleError> {
	let (head, tail) = rest.split_first_chunk::<N>().ok_or(BundleError::Truncated)?;
	*rest = tail;
	Ok(*head)
}
