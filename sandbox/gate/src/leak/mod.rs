//! Finds pieces of the input in an output.

mod corpus;
mod decode;
mod index;
mod inflate;
mod numbers;
mod order;
mod records;
mod stream;
mod trivial;

pub use trivial::WINDOW;

use crate::{Error, Reason, identifiers::Identifiers};
use corpus::Corpus;
use index::Index;
use records::Records;
use std::{collections::BTreeSet, fmt, io, io::Read};

/// In what form a piece of the input stands in an output. Where several are nested, the outermost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
	/// As it is.
	Raw,
	/// Last byte first.
	Reversed,
	/// Hexadecimal digits.
	Hex,
	/// Base64, standard or URL alphabet.
	Base64,
	/// With the bytes of each 16-bit word swapped.
	Swapped,
	/// As numbers: decimal text, or floats that hold integer samples.
	Numbers,
	/// Inside something deflated: gzip, zlib, a zip entry, or bare.
	Inflated,
}

impl fmt::Display for Encoding {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Raw => "raw",
			Self::Reversed => "reversed",
			Self::Hex => "hex",
			Self::Base64 => "base64",
			Self::Swapped => "swapped",
			Self::Numbers => "numbers",
			Self::Inflated => "inflated",
		})
	}
}

/// Compares what would be released with what the job read.
///
/// `output` is everything that would leave, in one piece, so that a window cut in two by the end of a file is still one;
/// `models` are the parts of it that are weights. Inputs are read once, in order, 1 MiB at a time.
///
/// # Errors
/// [`Error::InputUnreadable`] where an input cannot be read to its end.
pub fn find<R: Read>(
	output: &[u8],
	models: &[&[u8]],
	identifiers: &Identifiers,
	inputs: impl IntoIterator<Item = io::Result<R>>,
) -> Result<BTreeSet<Reason>, Error> {
	let corpus = match Corpus::of(output, models) {
		Ok(corpus) => corpus,
		// What cannot be looked through is not compared with anything.
		Err(reason) => return Ok(BTreeSet::from([reason])),
	};
	let mut reasons = BTreeSet::new();
	if identifiers.are_in(output, true) || corpus.views().any(|view| identifiers.are_in(view, false)) {
		reasons.insert(Reason::IdentifierEchoed);
	}
	let index = Index::of(&corpus);
	let records = match Records::of(models) {
		Ok(records) => records,
		Err(reason) => return Ok(BTreeSet::from([reason])),
	};
	for input in inputs {
		let input = input.map_err(Error::InputUnreadable)?;
		let mut windows = index.scan();
		let mut samples = records.scan();
		stream::read(input, |chunk| {
			windows.feed(chunk);
			samples.feed(chunk);
		})
		.map_err(Error::InputUnreadable)?;
		reasons.extend(windows.found());
		if samples.found() {
			reasons.insert(Reason::EmbeddedRecord);
		}
	}
	Ok(reasons)
}
