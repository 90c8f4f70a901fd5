//! What an operator registers of the program it runs.

use crate::{Hash, engine};
use sp_crypto_hashing::blake2_256;
use std::{fs, io, path::Path};

/// Begins what is hashed, so that a measurement is no hash of anything else.
const LABEL: &[u8] = b"heirloom-measurement/2";

/// The measurement of a program: blake2-256 of the label, the blake2-256 of its file, a byte that is 1 where it runs no job
/// unless all walls stand and 0 where walls may be missing, and the engine's settings as text ([`engine_settings`]). One
/// that was admitted with its walls is another without them.
///
/// It names the program as it was built. It proves nothing by itself: that an operator runs what it registered is what
/// repetition and its bond stand for. The C library and the kernel are not in it.
///
/// # Errors
/// Where the file cannot be read.
pub fn of(program: &Path, require_walls: bool) -> io::Result<Hash> {
	let program = blake2_256(&fs::read(program)?);
	Ok(blake2_256(&[LABEL, &program, &[u8::from(require_walls)], engine::SETTINGS.as_bytes()].concat()))
}

/// The settings of the engine that jobs run on, as they are measured.
pub fn engine_settings() -> &'static str {
	engine::SETTINGS
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn measurement_should_be_another_when_walls_may_be_missing() {
		let folder = tempfile::tempdir().unwrap();
		let [program, other] = ["a", "b"].map(|name| folder.path().join(name));
		fs::write(&program, b"program").unwrap();
		fs::write(&other, b"another").unwrap();
		let of = |program, walls| of(program, walls).unwrap();
		assert_eq!(of(&program, true), of(&program, true));
		assert_ne!(of(&program, true), of(&program, false));
		assert_ne!(of(&program, true), of(&other, true));
	}
}
