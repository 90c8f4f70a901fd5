//! A storage page that holds a value for some of its assets.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, traits::ConstU32};
use heirloom_primitives::{ASSETS_PER_PAGE, AssetId, PageIndex, slot_of};
use scale_info::TypeInfo;

/// Values of neighbouring assets, by their position in the page, ascending.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct SparsePage<V>(BoundedVec<(u8, V), ConstU32<ASSETS_PER_PAGE>>);

// A position fits a byte.
const _: () = assert!(ASSETS_PER_PAGE == 256);

impl<V> Default for SparsePage<V> {
	fn default() -> Self {
		Self(BoundedVec::new())
	}
}

impl<V: Clone + Default + PartialEq> SparsePage<V> {
	fn find(&self, asset: AssetId) -> Result<usize, usize> {
		self.0.binary_search_by_key(&slot_of(asset), |(slot, _)| usize::from(*slot))
	}

	/// The asset's value; its default where it has none.
	pub fn get(&self, asset: AssetId) -> V {
		self.find(asset)
			.ok()
			.and_then(|at| self.0.get(at))
			.map(|(_, value)| value.clone())
			.unwrap_or_default()
	}

	/// Sets an asset's value; the default takes no space.
	pub fn set(&mut self, asset: AssetId, value: V) {
		match self.find(asset) {
			Ok(at) if value == V::default() => {
				self.0.remove(at);
			}
			Ok(at) => {
				if let Some(entry) = self.0.get_mut(at) {
					entry.1 = value;
				}
			}
			Err(_) if value == V::default() => {}
			// A page has a place for each of its positions, and positions are those of a byte.
			Err(at) => {
				let inserted = self.0.try_insert(at, (slot_of(asset) as u8, value));
				debug_assert!(inserted.is_ok());
			}
		}
	}

	/// How many assets of the page have a value.
	pub fn len(&self) -> u32 {
		self.0.len() as u32
	}

	/// Whether none has.
	pub fn is_empty(&self) -> bool {
		self.0.is_empty()
	}

	/// The assets of page number `page` that have a value, ascending, with their values.
	pub fn iter(&self, page: PageIndex) -> impl Iterator<Item = (AssetId, &V)> {
		self.0.iter().map(move |(slot, value)| (page * ASSETS_PER_PAGE + AssetId::from(*slot), value))
	}

	/// The asset at a position among those that have a value, and its value.
	pub fn at(&self, page: PageIndex, position: u32) -> Option<(AssetId, &V)> {
		let (slot, value) = self.0.get(position as usize)?;
		Some((page * ASSETS_PER_PAGE + AssetId::from(*slot), value))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::{collection::vec, prelude::*};
	use std::collections::BTreeMap;

	proptest! {
		#[test]
		fn page_behaves_like_a_map(changes in vec((0u32..256, 0u64..3), 0..600)) {
			let (mut page, mut map) = (SparsePage::<u64>::default(), BTreeMap::new());
			for (slot, value) in changes {
				page.set(512 + slot, value);
				if value == 0 { map.remove(&(512 + slot)) } else { map.insert(512 + slot, value) };
			}
			let held: Vec<_> = page.iter(2).map(|(asset, value)| (asset, *value)).collect();
			prop_assert_eq!(held, map.into_iter().collect::<Vec<_>>());
		}
	}
}
