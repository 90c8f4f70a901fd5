//! Sorted sets of asset ids, stored as differences in LEB128: ancestors lie close together, so most take one byte.

use crate::AssetId;
use alloc::vec::Vec;

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

	proptest! {
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
