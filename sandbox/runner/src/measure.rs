//! What an operator registers of the program it runs.

use crate::{Hash, engine};
use sp_crypto_hashing::blake2_256;
use std::{fs, io, path::Path};

/// Begins what is hashed, so that a measurement is no hash of anything else.
const LABEL: &[u8] = b"heirloom-measurement/1";

/// The measurement of a program: blake2-256 of the label, the blake2-256 of its file, and the engine's settings as text
/// ([`engine_settings`]).
///
/// It names the program as it was built. It proves nothing by itself: that an operator runs what it registered is what
/// repetition and its bond stand for. The C library and the kernel are not in it.
///
/// # Errors
/// Where the file cannot be read.
pub fn of(program: &Path) -> io::Result<Hash> {
	let program = blake2_256(&fs::read(program)?);
	Ok(blake2_256(&[LABEL, &program, engine::SETTINGS.as_bytes()].concat()))
}

/// The settings of the engine that jobs run on, as they are measured.
pub fn engine_settings() -> &'static str {
	engine::SETTINGS
}
