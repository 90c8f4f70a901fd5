//! Everything that an output says, in plain bytes: itself, and what can be decoded from it.

use super::{
	Encoding, WINDOW, decode,
	inflate::Inflater,
	numbers,
	trivial::{self, Bits},
};
use crate::Reason;

/// The most bytes of all views. An output of a megabyte has 4 to 25 of them; index and scan take up to 16 times as much
/// memory.
const MOST_BYTES: usize = 128 << 20;
/// How deep encodings are unfolded: gzip in base64 in gzip is 3.
const DEEPEST: usize = 4;

/// A stretch of the corpus that is one decoded form of the output.
struct View {
	end: usize,
	reason: Reason,
}

/// The views of an output, one after another. Views in which every window is trivial are left out.
pub struct Corpus {
	bytes: Vec<u8>,
	informative: Bits,
	views: Vec<View>,
}

/// Something decoded that may hold further encodings.
struct Layer {
	bytes: Vec<u8>,
	encoding: Encoding,
	depth: usize,
}

impl Corpus {
	/// Unfolds an output and, in the parts of it that are models, floats.
	///
	/// # Errors
	/// [`Reason::TooMuchToCheck`] or [`Reason::CompressionUnreadable`] for what cannot be looked through.
	pub fn of(output: &[u8], models: &[&[u8]]) -> Result<Self, Reason> {
		let mut corpus = Self { bytes: Vec::new(), informative: Bits::default(), views: Vec::new() };
		let mut inflater = Inflater::new();
		let mut layers = vec![Layer { bytes: output.to_vec(), encoding: Encoding::Raw, depth: 0 }];
		while let Some(layer) = layers.pop() {
			corpus.unfold(&layer, &mut inflater, &mut layers)?;
		}
		let mut result = Ok(());
		for model in models {
			numbers::float_runs(model, |run| {
				numbers::as_samples(run, false, &mut |samples: &[u8]| {
					if result.is_ok() {
						result = corpus.push(samples, Reason::EmbeddedRecord);
					}
				});
			});
		}
		result.map(|()| corpus)
	}

	/// Adds a layer's views, and what is encoded in it to `layers`.
	fn unfold(
		&mut self,
		layer: &Layer,
		inflater: &mut Inflater,
		layers: &mut Vec<Layer>,
	) -> Result<(), Reason> {
		let bytes = &layer.bytes;
		let outermost = |encoding| if layer.encoding == Encoding::Raw { encoding } else { layer.encoding };
		self.push(bytes, Reason::InputWindow(layer.encoding))?;
		let reversed: Vec<u8> = bytes.iter().rev().copied().collect();
		self.push(&reversed, Reason::InputWindow(outermost(Encoding::Reversed)))?;
		for phase in 0..2 {
			let swapped = swapped(bytes.get(phase..).unwrap_or_default());
			self.push(&swapped, Reason::InputWindow(outermost(Encoding::Swapped)))?;
		}
		let mut result = Ok(());
		numbers::text_runs(bytes, |run| {
			numbers::as_samples(run, true, &mut |samples: &[u8]| {
				if result.is_ok() {
					result = self.push(samples, Reason::InputWindow(outermost(Encoding::Numbers)));
				}
			});
		});
		result?;

		let mut inner = Vec::new();
		decode::hex_runs(bytes, |run| inner.push((run, outermost(Encoding::Hex))));
		decode::base64_runs(bytes, |run| inner.push((run, outermost(Encoding::Base64))));
		for member in inflater.members(bytes)? {
			let encoding = outermost(Encoding::Inflated);
			if member.is_sure {
				inner.push((member.bytes, encoding));
			} else {
				self.push(&member.bytes, Reason::InputWindow(encoding))?;
			}
		}
		// A row of threes is hexadecimal for threes, and so on: what tells nothing may be left folded.
		if layer.depth == DEEPEST && inner.iter().any(|(bytes, _)| tells_something(bytes)) {
			return Err(Reason::TooMuchToCheck);
		}
		if layer.depth == DEEPEST {
			return Ok(());
		}
		let depth = layer.depth + 1;
		layers.extend(inner.into_iter().map(|(bytes, encoding)| Layer { bytes, encoding, depth }));
		Ok(())
	}

	/// Adds a view, unless nothing in it tells anything.
	fn push(&mut self, view: &[u8], reason: Reason) -> Result<(), Reason> {
		let description = trivial::description_bits(view);
		if !description.iter().any(|&bits| trivial::is_informative(bits)) {
			return Ok(());
		}
		if self.bytes.len() + view.len() > MOST_BYTES {
			return Err(Reason::TooMuchToCheck);
		}
		self.bytes.extend(view);
		description.iter().for_each(|&bits| self.informative.push(trivial::is_informative(bits)));
		// No window begins in a view's last bytes: it would end in the next view.
		(1..WINDOW).for_each(|_| self.informative.push(false));
		self.views.push(View { end: self.bytes.len(), reason });
		Ok(())
	}

	/// All views, one after another.
	pub fn bytes(&self) -> &[u8] {
		&self.bytes
	}

	/// Whether a window that is not trivial begins at `position`, and lies in one view.
	pub fn is_informative(&self, position: usize) -> bool {
		self.informative.get(position)
	}

	/// Where the view at `position` begins and ends, and what a window in it means. None behind the end.
	pub fn view_at(&self, position: usize) -> Option<(usize, usize, Reason)> {
		let number = self.views.partition_point(|view| view.end <= position);
		let start =
			number.checked_sub(1).and_then(|before| self.views.get(before)).map_or(0, |view| view.end);
		self.views.get(number).map(|view| (start, view.end, view.reason))
	}

	/// The bytes of each view.
	pub fn views(&self) -> impl Iterator<Item = &[u8]> {
		let starts = std::iter::once(0).chain(self.views.iter().map(|view| view.end));
		starts.zip(&self.views).map(|(start, view)| &self.bytes[start..view.end])
	}
}

fn tells_something(bytes: &[u8]) -> bool {
	trivial::description_bits(bytes).into_iter().any(trivial::is_informative)
}

/// With the bytes of each 16-bit word swapped; the first word begins at the first byte.
fn swapped(bytes: &[u8]) -> Vec<u8> {
	bytes.as_chunks::<2>().0.iter().flat_map(|[low, high]| [*high, *low]).collect()
}
