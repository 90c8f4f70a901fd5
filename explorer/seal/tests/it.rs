//! What a page is handed, opened by what operators open it with.

use heirloom_explorer_seal::{Answer, Order, Refusal, answer, answer_json};
use heirloom_seal::{
	Binding, ContentId, DataKey, EnvelopeError, Origin, Purpose, SealingKey, SealingPublicKey,
	content::Codec, dag::DagWriter, format, store::Nowhere,
};
use std::{
	cell::Cell,
	io::{self, Read, Write},
};

const GENESIS: [u8; 32] = [0x11; 32];
const OWNER: [u8; 32] = [0x22; 32];

/// What a page has after an order.
struct Page {
	answer: Answer,
	sealed: Vec<u8>,
	line: Vec<u8>,
}

fn asked(order: &str, plain: &[u8]) -> Page {
	let (mut sealed, mut line) = (Vec::new(), Vec::new());
	let keep = |bytes: &[u8]| {
		line = bytes.to_vec();
		Ok(())
	};
	let said = answer_json(order.as_bytes(), plain, &mut sealed, keep);
	Page { answer: serde_json::from_slice(&said).unwrap(), sealed, line }
}

fn plain(bytes: usize) -> Vec<u8> {
	(0..bytes).map(|at| (at * 31 % 251) as u8).collect()
}

fn opened(key: &DataKey, sealed: &[u8]) -> Vec<u8> {
	let mut opened = Vec::new();
	format::open(key, sealed, &mut opened).unwrap();
	opened
}

fn id_of(bytes: &[u8]) -> ContentId {
	let mut tree = DagWriter::new(&Nowhere);
	tree.write_all(bytes).unwrap();
	tree.finish().unwrap().id
}

fn order_for(recipients: &[SealingPublicKey]) -> String {
	let keys: Vec<_> = recipients.iter().map(|key| format!("\"{key}\"")).collect();
	let (genesis, owner) = (hex::encode(GENESIS), hex::encode(OWNER));
	format!(
		r#"{{"order":"seal","beforehand":{{"genesis":"{genesis}","owner":"{owner}","recipients":[{}]}}}}"#,
		keys.join(",")
	)
}

fn binding_of(content: ContentId) -> Binding {
	Binding { origin: Origin { genesis: GENESIS, owner: OWNER }, content, purpose: Purpose::Standing }
}

const ALONE: &str = r#"{"order":"seal","beforehand":null}"#;

#[test]
fn sealed_file_should_open_for_an_operator() {
	let operator = SealingKey::generate().unwrap();
	for bytes in [0, 1, 65_536, 65_537, 3 << 20] {
		let plain = plain(bytes);
		let page = asked(&order_for(&[operator.public()]), &plain);
		let Answer::Sealed { content, bytes, plain_bytes, envelopes } = page.answer else {
			panic!("{:?}", page.answer)
		};
		assert_eq!((bytes, plain_bytes), (page.sealed.len() as u64, plain.len() as u64));
		assert_eq!(content, id_of(&page.sealed));
		let key = envelopes[0].open(&operator, &binding_of(content)).unwrap();
		assert_eq!(*key.to_line(), page.line);
		assert_eq!(opened(&key, &page.sealed), plain);
	}
}

#[test]
fn envelope_should_open_for_its_operator_and_owner_alone() {
	let [one, other] = [(); 2].map(|()| SealingKey::generate().unwrap());
	let page = asked(&order_for(&[one.public(), other.public()]), b"a study");
	let Answer::Sealed { content, envelopes, .. } = page.answer else { panic!("{:?}", page.answer) };
	let binding = binding_of(content);
	assert_eq!(opened(&envelopes[1].open(&other, &binding).unwrap(), &page.sealed), b"a study");
	assert_eq!(envelopes[0].open(&other, &binding).unwrap_err(), EnvelopeError::OtherRecipient);
	let theirs = Binding { origin: Origin { owner: [0x33; 32], ..binding.origin }, ..binding };
	assert_eq!(envelopes[0].open(&one, &theirs).unwrap_err(), EnvelopeError::OtherOwner);
}

#[test]
fn nobody_should_have_an_envelope_when_no_operator_is_chosen() {
	let page = asked(ALONE, b"a study");
	let Answer::Sealed { envelopes, .. } = page.answer else { panic!("{:?}", page.answer) };
	assert!(envelopes.is_empty());
	assert!(page.line.starts_with(b"heirloom-data-key 1 "));
}

#[test]
fn content_id_should_be_that_of_the_tree() {
	for bytes in [0, 11, 1 << 20, (1 << 20) + 1, 5 << 20] {
		let plain = plain(bytes);
		let page = asked(r#"{"order":"identify"}"#, &plain);
		let expected = Answer::Identified { content: id_of(&plain), bytes: plain.len() as u64 };
		assert_eq!(page.answer, expected);
		assert!(page.sealed.is_empty() && page.line.is_empty());
	}
	let small = ContentId::of(Codec::Raw, b"hello world");
	assert_eq!(id_of(b"hello world"), small);
}

#[test]
fn each_file_should_have_a_key_of_its_own() {
	let [one, other] = [(); 2].map(|()| asked(ALONE, b"the same"));
	assert_ne!(one.line, other.line);
	assert_ne!(one.sealed, other.sealed);
}

#[test]
fn key_should_be_kept_before_anything_is_sealed() {
	let kept = Cell::new(false);
	struct Watching<'a>(&'a Cell<bool>);
	impl Write for Watching<'_> {
		fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
			assert!(self.0.get(), "ciphertext came before its key");
			Ok(bytes.len())
		}
		fn flush(&mut self) -> io::Result<()> {
			Ok(())
		}
	}
	let order: Order = serde_json::from_str(ALONE).unwrap();
	let keep = |_: &[u8]| {
		kept.set(true);
		Ok(())
	};
	assert!(matches!(answer(&order, &b"x"[..], Watching(&kept), keep), Answer::Sealed { .. }));
	let refused = answer(&order, &b"x"[..], Vec::new(), |_| Err(io::ErrorKind::Other.into()));
	assert_eq!(refused, Answer::Refused(Refusal::Unwritable));
}

#[test]
fn file_that_ends_in_an_error_should_be_refused() {
	struct Gone;
	impl Read for Gone {
		fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
			Err(io::ErrorKind::Other.into())
		}
	}
	for order in [ALONE, r#"{"order":"identify"}"#] {
		let order: Order = serde_json::from_str(order).unwrap();
		let refused = answer(&order, b"begun".chain(Gone), Vec::new(), |_| Ok(()));
		assert_eq!(refused, Answer::Refused(Refusal::Unreadable));
	}
}

#[test]
fn order_should_be_refused_when_it_cannot_be_understood() {
	let too_short = order_for(&[]).replacen("11", "", 1);
	for order in ["", "{}", r#"{"order":"open"}"#, &too_short] {
		let page = asked(order, b"x");
		assert!(
			matches!(page.answer, Answer::Refused(Refusal::BadOrder { .. })),
			"{order}: {:?}",
			page.answer
		);
		assert!(page.sealed.is_empty() && page.line.is_empty());
	}
}

#[test]
fn operator_whose_key_is_weak_should_be_named() {
	let weak = SealingPublicKey([0; 32]);
	let page = asked(&order_for(&[weak]), b"x");
	assert_eq!(page.answer, Answer::Refused(Refusal::WeakRecipient { recipient: weak }));
}
