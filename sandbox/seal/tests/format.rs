//! The sealed file, and all that can be done to one.

use heirloom_seal::{
	DataKey,
	format::{CHUNK_BYTES, CHUNK_OVERHEAD, HEADER_BYTES, OpenError, SealError, open, seal, sealed_bytes},
};
use proptest::prelude::*;
use std::io::{self, Read, Write};

/// Bytes of a full chunk in a sealed file.
const FULL: usize = CHUNK_BYTES + CHUNK_OVERHEAD;

fn key() -> DataKey {
	DataKey::generate().unwrap()
}

fn sealed(key: &DataKey, plain: &[u8]) -> Vec<u8> {
	let mut sealed = Vec::new();
	assert_eq!(seal(key, plain, &mut sealed).unwrap(), plain.len() as u64);
	sealed
}

fn opened(key: &DataKey, sealed: &[u8]) -> Result<Vec<u8>, OpenError> {
	let mut plain = Vec::new();
	let bytes = open(key, sealed, &mut plain)?;
	assert_eq!(bytes, plain.len() as u64);
	Ok(plain)
}

/// A file that differs everywhere from itself shifted by less than 64 KiB.
fn plain(length: usize) -> Vec<u8> {
	(0_u32..).flat_map(u32::to_be_bytes).take(length).collect()
}

/// A sealed file of three full chunks and a short one.
fn four_chunks() -> (DataKey, Vec<u8>) {
	let key = key();
	let sealed = sealed(&key, &plain(3 * CHUNK_BYTES + 100));
	(key, sealed)
}

/// Where a chunk begins.
fn chunk_at(number: usize) -> usize {
	HEADER_BYTES + number * FULL
}

fn swap_chunks(sealed: &mut [u8], one: usize, other: usize) {
	for offset in 0..FULL {
		sealed.swap(chunk_at(one) + offset, chunk_at(other) + offset);
	}
}

/// Lengths on both sides of all that changes with length.
fn lengths() -> impl Strategy<Value = usize> {
	prop_oneof![
		0..4_usize,
		CHUNK_BYTES - 2..CHUNK_BYTES + 3,
		2 * CHUNK_BYTES - 2..2 * CHUNK_BYTES + 3,
		0..3 * CHUNK_BYTES
	]
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn what_was_sealed_opens_to_itself(length in lengths()) {
		let (key, plain) = (key(), plain(length));
		let sealed = sealed(&key, &plain);
		prop_assert_eq!(Some(sealed.len() as u64), sealed_bytes(length as u64));
		prop_assert_eq!(opened(&key, &sealed).unwrap(), plain);
	}

	#[test]
	fn any_flipped_bit_is_noticed(length in lengths(), at in any::<prop::sample::Index>(), bit in 0..8) {
		let key = key();
		let mut sealed = sealed(&key, &plain(length));
		let at = at.index(sealed.len());
		sealed[at] ^= 1_u8 << bit;
		prop_assert!(opened(&key, &sealed).is_err());
	}

	#[test]
	fn any_beginning_is_truncated(length in lengths(), at in any::<prop::sample::Index>()) {
		let key = key();
		let sealed = sealed(&key, &plain(length));
		let cut = &sealed[..at.index(sealed.len())];
		prop_assert!(matches!(opened(&key, cut), Err(OpenError::Truncated)));
	}

	#[test]
	fn anything_behind_the_end_is_noticed(length in lengths(), more in prop::collection::vec(any::<u8>(), 1..100)) {
		let key = key();
		let mut sealed = sealed(&key, &plain(length));
		sealed.extend(more);
		prop_assert!(matches!(opened(&key, &sealed), Err(OpenError::TrailingData)));
	}

	#[test]
	fn bytes_of_no_origin_never_open(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
		prop_assert!(opened(&key(), &bytes).is_err());
	}
}

#[test]
fn open_should_fail_at_every_chunk_end_when_the_file_is_cut_there() {
	let (key, sealed) = four_chunks();
	for chunks in 0..4 {
		let cut = &sealed[..chunk_at(chunks)];
		assert!(matches!(opened(&key, cut), Err(OpenError::Truncated)), "{chunks} chunks");
	}
}

#[test]
fn open_should_fail_when_chunks_are_swapped() {
	let (key, mut sealed) = four_chunks();
	swap_chunks(&mut sealed, 0, 2);
	let error = opened(&key, &sealed).unwrap_err();
	assert!(matches!(error, OpenError::ChunkMisplaced { expected: 0, found: 2 }), "{error}");
}

#[test]
fn open_should_fail_when_swapped_chunks_are_renumbered() {
	let (key, mut sealed) = four_chunks();
	swap_chunks(&mut sealed, 0, 2);
	sealed[chunk_at(0) + 3] = 0;
	sealed[chunk_at(2) + 3] = 2;
	assert!(matches!(opened(&key, &sealed), Err(OpenError::ChunkAltered(0))));
}

#[test]
fn open_should_fail_when_a_chunk_is_left_out() {
	let (key, mut sealed) = four_chunks();
	sealed.drain(chunk_at(1)..chunk_at(2));
	let error = opened(&key, &sealed).unwrap_err();
	assert!(matches!(error, OpenError::ChunkMisplaced { expected: 1, found: 2 }), "{error}");
}

#[test]
fn open_should_fail_when_a_chunk_is_repeated() {
	let (key, mut sealed) = four_chunks();
	let chunk = sealed[chunk_at(0)..chunk_at(1)].to_vec();
	sealed.splice(chunk_at(1)..chunk_at(1), chunk);
	let error = opened(&key, &sealed).unwrap_err();
	assert!(matches!(error, OpenError::ChunkMisplaced { expected: 1, found: 0 }), "{error}");
}

#[test]
fn open_should_fail_when_an_earlier_chunk_is_marked_as_the_last() {
	let (key, mut sealed) = four_chunks();
	sealed.truncate(chunk_at(2));
	sealed[chunk_at(1) + 4] = 1;
	assert!(matches!(opened(&key, &sealed), Err(OpenError::ChunkAltered(1))));
}

#[test]
fn open_should_fail_when_the_last_chunk_is_marked_as_an_earlier_one() {
	let key = key();
	let mut sealed = sealed(&key, &plain(CHUNK_BYTES));
	sealed[chunk_at(0) + 4] = 0;
	assert!(matches!(opened(&key, &sealed), Err(OpenError::ChunkAltered(0))));
}

#[test]
fn open_should_fail_when_a_chunk_has_an_impossible_length_or_mark() {
	// A middle chunk that is short, one that is too long, a mark that is neither, an empty last chunk behind others.
	for (number, frame) in [(1, [0, 0, 0xff, 0xff]), (1, [1, 1, 0, 1]), (1, [2, 1, 0, 0]), (3, [1, 0, 0, 0])]
	{
		let (key, mut sealed) = four_chunks();
		sealed[chunk_at(number) + 4..][..4].copy_from_slice(&frame);
		let error = opened(&key, &sealed).unwrap_err();
		assert!(matches!(error, OpenError::ChunkMalformed(found) if found as usize == number), "{error}");
	}
}

#[test]
fn open_should_fail_when_a_chunk_comes_from_another_file_of_the_same_key() {
	let key = key();
	let [one, other] = [(); 2].map(|()| sealed(&key, &plain(2 * CHUNK_BYTES)));
	let mixed = [&one[..chunk_at(1)], &other[chunk_at(1)..]].concat();
	assert!(matches!(opened(&key, &mixed), Err(OpenError::ChunkAltered(1))));
}

#[test]
fn open_should_fail_when_the_header_comes_from_another_file_of_the_same_key() {
	let key = key();
	let [one, other] = [(); 2].map(|()| sealed(&key, b"the same"));
	let mixed = [&one[..HEADER_BYTES], &other[HEADER_BYTES..]].concat();
	assert!(matches!(opened(&key, &mixed), Err(OpenError::ChunkAltered(0))));
}

#[test]
fn open_should_fail_when_the_header_is_altered() {
	let (key, sealed) = four_chunks();
	let altered = |at: usize| {
		let mut sealed = sealed.clone();
		sealed[at] ^= 0x80;
		opened(&key, &sealed).unwrap_err()
	};
	for at in 0..8 {
		assert!(matches!(altered(at), OpenError::NotSealed), "byte {at}");
	}
	assert!(matches!(altered(8), OpenError::UnsupportedVersion(0x8001)));
	for at in (10..42).chain(58..90) {
		assert!(matches!(altered(at), OpenError::HeaderAltered), "byte {at}");
	}
	for at in 42..58 {
		assert!(matches!(altered(at), OpenError::WrongKey), "byte {at}");
	}
}

#[test]
fn open_should_fail_with_another_key() {
	let (_, sealed) = four_chunks();
	assert!(matches!(opened(&key(), &sealed), Err(OpenError::WrongKey)));
}

#[test]
fn open_should_fail_when_the_header_claims_to_be_of_another_key() {
	let (_, mut sealed) = four_chunks();
	let (key, other) = four_chunks();
	sealed[42..58].copy_from_slice(&other[42..58]);
	assert!(matches!(opened(&key, &sealed), Err(OpenError::HeaderAltered)));
}

#[test]
fn the_same_file_sealed_twice_has_nothing_in_common() {
	let key = key();
	let [one, other] = [(); 2].map(|()| sealed(&key, &[0; 1_000]));
	let ciphertext = chunk_at(0) + 8;
	let same = one[ciphertext..].iter().zip(&other[ciphertext..]).filter(|(one, other)| one == other);
	// 1,016 bytes agree in four places on average; in 100 with a chance below 2^-200.
	assert!(same.count() < 100);
}

/// Gives zeros without end.
struct Endless;

impl Read for Endless {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		buffer.fill(0);
		Ok(buffer.len())
	}
}

/// Takes so many bytes.
struct Narrow(usize);

impl Write for Narrow {
	fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
		self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
		Ok(bytes.len())
	}

	fn flush(&mut self) -> io::Result<()> {
		Ok(())
	}
}

/// Fails when it is read.
struct Broken;

impl Read for Broken {
	fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
		Err(io::ErrorKind::ConnectionReset.into())
	}
}

#[test]
fn seal_should_write_before_all_is_read() {
	let error = seal(&key(), Endless, Narrow(10 * FULL)).unwrap_err();
	assert!(matches!(error, SealError::Output(error) if error.kind() == io::ErrorKind::StorageFull));
}

#[test]
fn open_should_write_before_all_is_read() {
	let (key, sealed) = four_chunks();
	let error = open(&key, (&sealed[..chunk_at(2)]).chain(Broken), Narrow(CHUNK_BYTES)).unwrap_err();
	assert!(matches!(error, OpenError::Output(error) if error.kind() == io::ErrorKind::StorageFull));
}

#[test]
fn seal_should_fail_when_the_input_does() {
	let error = seal(&key(), plain(CHUNK_BYTES).as_slice().chain(Broken), io::sink()).unwrap_err();
	assert!(matches!(error, SealError::Input(error) if error.kind() == io::ErrorKind::ConnectionReset));
}

#[test]
fn open_should_fail_when_the_input_does() {
	let (key, sealed) = four_chunks();
	let error = open(&key, (&sealed[..chunk_at(1)]).chain(Broken), io::sink()).unwrap_err();
	assert!(matches!(error, OpenError::Input(error) if error.kind() == io::ErrorKind::ConnectionReset));
}

#[test]
fn sealed_bytes_is_none_beyond_what_a_number_holds() {
	assert_eq!(sealed_bytes(0), Some((HEADER_BYTES + CHUNK_OVERHEAD) as u64));
	assert_eq!(sealed_bytes(u64::MAX), None);
}
