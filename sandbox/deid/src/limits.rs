//! Bounds on one file.

/// What one file may take. A file over a bound is refused before anything is allocated for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
	/// Bytes of the file.
	pub file_bytes: u64,
	/// Nesting of sequences; 64 at most, whatever is given.
	pub depth: usize,
	/// Elements and items, all levels together.
	pub elements: usize,
	/// Bytes of one value outside the pixel data.
	pub value_bytes: u64,
}

impl Default for Limits {
	/// 2 GiB a file, 16 levels, 500,000 elements (enhanced multi-frame objects repeat some dozens a frame),
	/// 16 MiB a value.
	fn default() -> Self {
		Self { file_bytes: 2 << 30, depth: 16, elements: 500_000, value_bytes: 16 << 20 }
	}
}
