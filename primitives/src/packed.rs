//! Sorted sets of asset ids, stored as differences in LEB128: ancestors lie close together, so most take one byte.

use crate::{ASSETS_PER_PAGE, AssetId};
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, traits::ConstU32};
use scale_info::TypeInfo;

/// The longest packed set that stands in a page of sets: at two to three bytes an id, some twenty ancestors. Of the
/// 1,443 real derivatives in `scenarios/huggingface-2025-04` 99 % have at most five, and the most has 18.
pub const INLINE_BYTES: u32 = 64;

/// What stands in a page for a set that is longer than [`INLINE_BYTES`].
const APART: u8 = u8::MAX;

/// The packed sets of neighbouring assets, in order: a settlement reads 256 of them at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PackedSets {
	/// Length of each set in bytes.
	lengths: BoundedVec<u8, ConstU32<ASSETS_PER_PAGE>>,
	/// The sets, one behind the other.
	bytes: BoundedVec<u8, ConstU32<{ ASSETS_PER_PAGE * INLINE_BYTES }>>,
}

/// One set of [`PackedSets`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InPage<'a> {
	/// It stands here.
	Packed(&'a [u8]),
	/// It is too long for a page.
	Apart,
}

impl PackedSets {
	/// Appends the next asset's set. Returns false, with nothing changed but that the page refers elsewhere, where the
	/// set must be kept apart; none where the page is full.
	pub fn push(&mut self, set: &[u8]) -> Option<bool> {
		let inline = u8::try_from(set.len()).ok().filter(|length| u32::from(*length) <= INLINE_BYTES);
		self.lengths.try_push(inline.unwrap_or(APART)).ok()?;
		if inline.is_some() {
			self.bytes.try_extend(set.iter().copied()).ok()?;
		}
		Some(inline.is_some())
	}

	/// Puts another set in the place of one. Returns false, with nothing changed but that the page refers elsewhere, where
	/// it must be kept apart; none where there is no such place, or all sets together are too long.
	pub fn replace(&mut self, slot: usize, set: &[u8]) -> Option<bool> {
		let inline = u8::try_from(set.len()).ok().filter(|length| u32::from(*length) <= INLINE_BYTES);
		let taken = |length: &u8| if *length == APART { 0 } else { usize::from(*length) };
		let from = self.lengths.get(..slot)?.iter().map(taken).sum::<usize>();
		let until = from.checked_add(taken(self.lengths.get(slot)?))?;
		let mut bytes = self.bytes.to_vec();
		let inserted = if inline.is_some() { set } else { &[] };
		bytes.get(from..until)?;
		bytes.splice(from..until, inserted.iter().copied());
		self.bytes = BoundedVec::try_from(bytes).ok()?;
		*self.lengths.get_mut(slot)? = inline.unwrap_or(APART);
		Some(inline.is_some())
	}

	/// The sets, in order.
	pub fn iter(&self) -> impl Iterator<Item = InPage<'_>> {
		let mut rest = self.bytes.as_slice();
		self.lengths.iter().map(move |length| {
			if *length == APART {
				return InPage::Apart;
			}
			let (set, behind) = rest.split_at_checked(usize::from(*length)).unwrap_or((rest, &[]));
			rest = behind;
			InPage::Packed(set)
		})
	}

	/// How many sets there are.
	pub fn len(&self) -> u32 {
		self.lengths.len() as u32
	}

	/// Whether there are none.
	pub fn is_empty(&self) -> bool {
		self.lengths.is_empty()
	}
}

/// Bytes that a packed set of `count` ids never exceeds: 5 for a difference of up to 32 bits.
pub const fn greatest_length(count: u32) -> u32 {
	count * 5
}

/// Packs ids that ascend strictly. None where they do not.
pub fn pack(ids: &[AssetId]) -> Option<Vec<u8>> {
	let mut bytes = Vec::with_capacity(ids.len() + ids.len() / 2);
	let mut next = 0u64;
	for &id in ids {
		let mut difference = u64::from(id).checked_sub(next)?;
		next = u64::from(id) + 1;
		while difference >= 0x80 {
			bytes.push((difference & 0x7f) as u8 | 0x80);
			difference >>= 7;
		}
		bytes.push(difference as u8);
	}
	Some(bytes)
}

/// The ids of a packed set, ascending.
pub fn unpack(bytes: &[u8]) -> Unpacked<'_> {
	Unpacked { bytes: bytes.iter(), next: 0 }
}

/// Whether a packed set holds `id`; reads no further than where it would be.
pub fn contains(bytes: &[u8], id: AssetId) -> bool {
	unpack(bytes).take_while(|member| *member <= id).last() == Some(id)
}

/// See [`unpack`].
#[derive(Clone, Debug)]
pub struct Unpacked<'a> {
	bytes: core::slice::Iter<'a, u8>,
	next: u64,
}

impl Iterator for Unpacked<'_> {
	type Item = AssetId;

	/// Ends at the end of the bytes and at anything that [`pack`] does not write.
	fn next(&mut self) -> Option<AssetId> {
		let mut difference = 0u64;
		for shift in (0..35).step_by(7) {
			let byte = *self.bytes.next()?;
			difference |= u64::from(byte & 0x7f) << shift;
			if byte < 0x80 {
				let id = AssetId::try_from(self.next.checked_add(difference)?).ok()?;
				self.next = u64::from(id) + 1;
				return Some(id);
			}
		}
		None
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::vec;
	use proptest::{collection::btree_set, prelude::*};

	#[test]
	fn neighbours_take_a_byte_each() {
		assert_eq!(pack(&[0, 1, 2, 130, 259]), Some(vec![0, 0, 0, 127, 0x80, 1]));
	}

	#[test]
	fn unsorted_ids_are_not_packed() {
		assert_eq!(pack(&[2, 1]), None);
		assert_eq!(pack(&[1, 1]), None);
	}

	#[test]
	fn a_cut_off_set_ends_early() {
		assert_eq!(unpack(&[5, 0x80]).collect::<Vec<_>>(), vec![5]);
	}

	#[test]
	fn a_page_is_full_with_256_sets_of_the_greatest_length() {
		let (mut page, set) = (PackedSets::default(), [7; INLINE_BYTES as usize]);
		assert!((0..ASSETS_PER_PAGE).all(|_| page.push(&set) == Some(true)));
		assert_eq!(page.push(&[]), None);
		assert!(page.iter().all(|kept| kept == InPage::Packed(&set)));
	}

	proptest! {
		#[test]
		fn sets_of_a_page_come_back_in_order(lengths in proptest::collection::vec(0usize..100, 0..256)) {
			let sets: Vec<Vec<u8>> = lengths.iter().map(|length| vec![*length as u8; *length]).collect();
			let mut page = PackedSets::default();
			for set in &sets {
				prop_assert_eq!(page.push(set), Some(set.len() <= INLINE_BYTES as usize));
			}
			let expected: Vec<_> = sets.iter().map(|set| {
				if set.len() <= INLINE_BYTES as usize { InPage::Packed(set) } else { InPage::Apart }
			}).collect();
			prop_assert_eq!(page.iter().collect::<Vec<_>>(), expected);
		}

		#[test]
		fn a_replaced_set_leaves_the_others_as_they_were(
			sets in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..100), 1..20),
			slot in any::<proptest::sample::Index>(), set in proptest::collection::vec(any::<u8>(), 0..100),
		) {
			let page_of = |sets: &[Vec<u8>]| {
				let mut page = PackedSets::default();
				sets.iter().for_each(|set| { page.push(set).unwrap(); });
				page
			};
			let slot = slot.index(sets.len());
			let mut replaced = page_of(&sets);
			prop_assert_eq!(replaced.replace(slot, &set), Some(set.len() <= INLINE_BYTES as usize));
			let mut sets = sets;
			sets[slot] = set;
			prop_assert_eq!(&replaced, &page_of(&sets));
			prop_assert_eq!(replaced.replace(sets.len(), &[]), None);
		}

		#[test]
		fn a_set_comes_back_as_it_was(ids in btree_set(any::<u32>(), 0..300)) {
			let ids: Vec<_> = ids.into_iter().collect();
			let bytes = pack(&ids).unwrap();
			prop_assert!(bytes.len() <= greatest_length(ids.len() as u32) as usize);
			prop_assert_eq!(unpack(&bytes).collect::<Vec<_>>(), ids.clone());
			for id in &ids {
				prop_assert!(contains(&bytes, *id));
				prop_assert_eq!(contains(&bytes, id.wrapping_add(1)), ids.contains(&id.wrapping_add(1)));
			}
		}

		#[test]
		fn no_bytes_are_unpacked_out_of_order(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
			let ids: Vec<_> = unpack(&bytes).collect();
			prop_assert!(ids.is_sorted_by(|a, b| a < b));
		}
	}
}
