//! Seals a file where its owner is: in the owner's browser, before anything of it goes anywhere.
//!
//! What is made is what `heirloom seal` makes, by the same crate ([`heirloom_seal`]): ciphertext in one stream, its content
//! id, the data key in the form of its file, and one standing envelope for each operator. The page reads the file and
//! takes the ciphertext piece by piece; nothing here holds more than two chunks and a leaf of the tree.
//!
//! [`identify`] gives the content id of a file that is not sealed.
//!
//! # Security considerations
//!
//! * The data key is made here from the browser's own random numbers, and handed to the page before the first byte is
//!   sealed: whoever has ciphertext has had the key. It is overwritten here when the work is done. What the page makes
//!   of the line (a file to save) is the page's to see to.
//! * Operators' keys, the chain and the owner are what the page says. A page that lies about them can seal to others;
//!   the reader trusts the site that the page comes from, as with everything that a page does.

#[cfg(target_arch = "wasm32")]
mod export;
mod order;

pub use order::{Answer, Order, Refusal};

use heirloom_seal::{
	Binding, ContentId, DataKey, Envelope, Origin, Purpose,
	dag::{DagRoot, DagWriter},
	format::{self, SealError},
	store::Nowhere,
};
use std::io::{self, Read, Write};

/// Does what a page asks for. The file is read from `plain`, ciphertext goes to `sealed`, and the line of the data key's
/// file to `keep`, before anything is sealed under it.
pub fn answer(
	order: &Order,
	plain: impl Read,
	sealed: impl Write,
	keep: impl FnOnce(&[u8]) -> io::Result<()>,
) -> Answer {
	let done = match order {
		Order::Identify => identify(plain),
		Order::Seal(order) => seal(order, plain, sealed, keep),
	};
	done.unwrap_or_else(Answer::Refused)
}

/// [`answer`] to an order in JSON, as a page speaks with it.
pub fn answer_json(
	order: &[u8],
	plain: impl Read,
	sealed: impl Write,
	keep: impl FnOnce(&[u8]) -> io::Result<()>,
) -> Vec<u8> {
	let answer = match serde_json::from_slice(order) {
		Ok(order) => answer(&order, plain, sealed, keep),
		Err(error) => Answer::Refused(Refusal::BadOrder { detail: error.to_string() }),
	};
	// Numbers, texts and lists of them: nothing that JSON cannot say.
	serde_json::to_vec(&answer).unwrap_or_default()
}

fn identify(mut plain: impl Read) -> Result<Answer, Refusal> {
	// The page has the file; of its tree the root is wanted.
	let mut tree = DagWriter::new(&Nowhere);
	// What `io::copy` reads into is small.
	let mut buffer = vec![0; 1 << 16];
	loop {
		let read = plain.read(&mut buffer).map_err(|_| Refusal::Unreadable)?;
		if read == 0 {
			break;
		}
		tree.write_all(&buffer[..read]).map_err(|_| Refusal::Unwritable)?;
	}
	let DagRoot { id, bytes } = tree.finish().map_err(|_| Refusal::Unwritable)?;
	Ok(Answer::Identified { content: id, bytes })
}

fn seal(
	order: &order::Seal,
	plain: impl Read,
	sealed: impl Write,
	keep: impl FnOnce(&[u8]) -> io::Result<()>,
) -> Result<Answer, Refusal> {
	let key = DataKey::generate().map_err(|_| Refusal::NoRandomness)?;
	keep(&key.to_line()).map_err(|_| Refusal::Unwritable)?;
	let mut both = Both { tree: DagWriter::new(&Nowhere), sealed };
	let plain_bytes = format::seal(&key, plain, &mut both).map_err(|error| match error {
		SealError::Input(_) => Refusal::Unreadable,
		SealError::Output(_) => Refusal::Unwritable,
		SealError::TooLong => Refusal::TooLong,
		SealError::NoRandomness(_) => Refusal::NoRandomness,
		SealError::Cipher => Refusal::Cipher,
	})?;
	both.sealed.flush().map_err(|_| Refusal::Unwritable)?;
	let DagRoot { id: content, bytes } = both.tree.finish().map_err(|_| Refusal::Unwritable)?;
	let envelopes = match &order.beforehand {
		Some(beforehand) => envelopes(&key, content, beforehand)?,
		None => Vec::new(),
	};
	Ok(Answer::Sealed { content, bytes, plain_bytes, envelopes })
}

fn envelopes(key: &DataKey, content: ContentId, to: &order::Beforehand) -> Result<Vec<Envelope>, Refusal> {
	let origin = Origin { genesis: to.genesis, owner: to.owner };
	let binding = Binding { origin, content, purpose: Purpose::Standing };
	let sealed_to = to.recipients.iter().map(|recipient| {
		Envelope::seal(key, &binding, recipient).map_err(|_| Refusal::WeakRecipient { recipient: *recipient })
	});
	sealed_to.collect()
}

/// Writes the same into the tree and to the page.
struct Both<'a, Sealed> {
	tree: DagWriter<'a, Nowhere>,
	sealed: Sealed,
}

impl<Sealed: Write> Write for Both<'_, Sealed> {
	fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
		self.sealed.write_all(bytes)?;
		self.tree.write_all(bytes)?;
		Ok(bytes.len())
	}

	fn flush(&mut self) -> io::Result<()> {
		self.sealed.flush()
	}
}
