//! What a page calls: memory for an order, and the answer to it. While it works it calls the page, for the file's bytes
//! and with those of the ciphertext; of the system it asks for random numbers.
#![allow(unsafe_code)] // Exported names and bytes behind a pointer are what a page without glue code can reach.

use std::io::{self, Read, Write};

#[link(wasm_import_module = "heirloom")]
unsafe extern "C" {
	/// Puts up to `length` bytes of the file to `place`. Returns how many; 0 at its end, less than 0 where it cannot be
	/// read.
	fn read(place: *mut u8, length: usize) -> i32;
	/// Takes `length` bytes of ciphertext. Returns 0 where it took them.
	fn write(place: *const u8, length: usize) -> i32;
	/// Takes the line of the data key's file. Returns 0 where it took it.
	fn keep(place: *const u8, length: usize) -> i32;
}

/// The most bytes that are asked for at once: their number must not be taken for a failure.
const MOST: usize = 1 << 20;

struct Plain;

impl Read for Plain {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		let length = buffer.len().min(MOST);
		// SAFETY: there is room for `length` bytes, which are overwritten and not read.
		let read = unsafe { read(buffer.as_mut_ptr(), length) };
		let read = usize::try_from(read).map_err(|_| io::ErrorKind::Other)?;
		// A page that says it put more than it was asked for is not believed.
		if read <= length { Ok(read) } else { Err(io::ErrorKind::Other.into()) }
	}
}

struct Sealed;

impl Write for Sealed {
	fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
		// SAFETY: the page reads these bytes and keeps no pointer.
		taken(unsafe { write(bytes.as_ptr(), bytes.len()) })?;
		Ok(bytes.len())
	}

	fn flush(&mut self) -> io::Result<()> {
		Ok(())
	}
}

fn taken(status: i32) -> io::Result<()> {
	if status == 0 { Ok(()) } else { Err(io::ErrorKind::Other.into()) }
}

unsafe extern "C" {
	/// What the linker gathers to be done first.
	fn __wasm_call_ctors();
}

/// To be called once before everything else. Because it is there, the linker leaves the other functions as they are.
///
/// # Safety
///
/// It was not called before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _initialize() {
	// SAFETY: see above.
	unsafe { __wasm_call_ctors() }
}

/// Reserves `length` bytes for an order.
#[unsafe(no_mangle)]
pub extern "C" fn reserve(length: usize) -> *mut u8 {
	Box::into_raw(vec![0u8; length].into_boxed_slice()).cast()
}

/// Does what the order of `length` bytes at `order` says, and frees it. The answer's length is in the upper half of the
/// result, its place in the lower.
///
/// # Safety
///
/// `order` is what [`reserve`] gave for `length`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn answer(order: *mut u8, length: usize) -> u64 {
	// SAFETY: see above.
	let order = unsafe { Vec::from_raw_parts(order, length, length) };
	// SAFETY: the page reads these bytes and keeps no pointer.
	let keep = |line: &[u8]| taken(unsafe { keep(line.as_ptr(), line.len()) });
	let answer = Box::leak(crate::answer_json(&order, Plain, Sealed, keep).into_boxed_slice());
	(answer.len() as u64) << 32 | answer.as_ptr() as u64
}

/// Frees an answer.
///
/// # Safety
///
/// `answer` and `length` are those of an answer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn release(answer: *mut u8, length: usize) {
	// SAFETY: see above.
	drop(unsafe { Vec::from_raw_parts(answer, length, length) });
}
