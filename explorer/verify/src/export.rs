//! What a page calls: memory for a question, and the answer to it. No other function is exported, and none is imported.
#![allow(unsafe_code)] // Exported names and bytes behind a pointer are what a page without glue code can reach.

use alloc::{boxed::Box, vec, vec::Vec};

#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
	core::arch::wasm32::unreachable()
}

/// Reserves `length` bytes for a question.
#[unsafe(no_mangle)]
pub extern "C" fn reserve(length: usize) -> *mut u8 {
	Box::into_raw(vec![0u8; length].into_boxed_slice()).cast()
}

/// Answers the question of `length` bytes at `question`, and frees it. The answer's length is in the upper half of the
/// result, its place in the lower.
///
/// # Safety
///
/// `question` is what [`reserve`] gave for `length`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn answer(question: *mut u8, length: usize) -> u64 {
	// SAFETY: see above.
	let question = unsafe { Vec::from_raw_parts(question, length, length) };
	let answer = Box::leak(crate::verify_json(&question).into_boxed_slice());
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
