//! Key files: one line that names the kind of key, its format's version, and the key in hex.
//!
//! ```text
//! heirloom-sealing-key 1 8057991e…e0fb
//! heirloom-data-key 1 77076d0a…2c2a
//! heirloom-signing-key 1 e5be9a5c…8f1c
//! ```
//!
//! A file is written whole or not at all, never over another one, and for its owner alone (mode 0600). One that others
//! can read, write or run is refused, as `ssh` does: whoever could read it may have done so.

#[cfg(feature = "files")]
mod disk;

#[cfg(feature = "files")]
pub use disk::KeyFileError;

use crate::secret::{DataKey, KEY_BYTES, secret_buffer};
use zeroize::Zeroizing;

/// Version of the format.
const VERSION: &str = "1";
/// The most bytes of a key file: more than any has, and few enough for what is none.
const MAX_BYTES: usize = 256;
const DATA_LABEL: &str = "heirloom-data-key";

impl DataKey {
	/// What stands in the key's file, for where there are no files: a page that hands it to its reader. Overwritten when
	/// dropped.
	pub fn to_line(&self) -> Zeroizing<Vec<u8>> {
		line(DATA_LABEL, self.expose())
	}
}

/// The line of a key.
fn line(label: &str, secret: &[u8; KEY_BYTES]) -> Zeroizing<Vec<u8>> {
	let mut line = secret_buffer(MAX_BYTES);
	for word in [label, " ", VERSION, " "] {
		line.extend_from_slice(word.as_bytes());
	}
	for byte in secret {
		line.extend([byte >> 4, byte & 0xf].map(digit));
	}
	line.push(b'\n');
	line
}

fn digit(half: u8) -> u8 {
	if half < 10 { b'0' + half } else { b'a' - 10 + half }
}
