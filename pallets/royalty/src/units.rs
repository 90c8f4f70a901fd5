//! The distinct numbers of units of one settlement, sorted, in pages: what usage ranks are computed from.
//!
//! Pages split as they fill, and a directory names them in order, so that any number of assets with the same use, or
//! all with different ones, takes bounded pages and no entry of the trie each.

use crate::{Config, Pallet, UnitDirectory, UnitPages};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, traits::ConstU32};
use heirloom_primitives::{Bps, MAX_ASSETS, PageIndex, Units};
use scale_info::TypeInfo;

/// Distinct numbers in one storage page: at 5 bytes each 2.5 KiB.
pub const UNITS_PER_PAGE: u32 = 512;

/// The most pages: they are split in halves or more, and no asset has two numbers.
pub const MAX_UNIT_PAGES: u32 = MAX_ASSETS / (UNITS_PER_PAGE / 2);

/// Pages that are kept in memory while assets are weighed: 16 MiB of the runtime's 128.
const MAX_LOADED: usize = 1_024;

/// Pages of one settlement in the order of what they hold, each with the least number of units it may hold.
pub type Directory = BoundedVec<(Units, PageIndex), ConstU32<MAX_UNIT_PAGES>>;

/// Distinct numbers of units, ascending.
pub type UnitsPage = BoundedVec<UnitsEntry, ConstU32<UNITS_PER_PAGE>>;

/// A distinct number of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct UnitsEntry {
	/// So many units.
	#[codec(compact)]
	pub units: Units,
	/// Active assets that had so many; once they are ranked, their rank in basis points.
	#[codec(compact)]
	pub value: u32,
}

/// The most pages that adding `distinct` numbers to `pages` pages writes.
pub(crate) fn pages_written(distinct: u32, pages: u32) -> u32 {
	// Every page that takes some may split once more than what it takes fills pages.
	distinct.min(pages.max(1)).saturating_mul(2).saturating_add(distinct / (UNITS_PER_PAGE / 2))
}

impl<T: Config> Pallet<T> {
	/// Adds counts of units to the pages, and returns how many pages it wrote.
	pub(crate) fn add_counts(counts: BTreeMap<Units, u32>) -> u32 {
		if counts.is_empty() {
			return 0;
		}
		let mut directory = UnitDirectory::<T>::get().into_inner();
		if directory.is_empty() {
			directory.push((0, 0));
		}
		let (mut written, mut next_page) = (0, directory.len() as PageIndex);
		let mut counts = counts.into_iter().peekable();
		let mut after = Vec::with_capacity(directory.len());
		for (position, (least, page)) in directory.iter().enumerate() {
			let end = directory.get(position + 1).map(|(least, _)| *least);
			let here = |(units, _): &(Units, u32)| end.is_none_or(|end| *units < end);
			let added: Vec<_> = core::iter::from_fn(|| counts.next_if(here)).collect();
			if added.is_empty() {
				after.push((*least, *page));
				continue;
			}
			let entries = joined(&UnitPages::<T>::get(page), added);
			for (part, chunk) in entries.chunks(part_length(entries.len())).enumerate() {
				let (least, page) = match (part, chunk.first()) {
					(0, _) | (_, None) => (*least, *page),
					(_, Some(first)) => {
						next_page += 1;
						(first.units, next_page - 1)
					}
				};
				UnitPages::<T>::insert(page, UnitsPage::truncate_from(chunk.to_vec()));
				after.push((least, page));
				written += 1;
			}
		}
		// `MAX_UNIT_PAGES` is what all assets together can fill.
		UnitDirectory::<T>::put(Directory::truncate_from(after));
		written
	}
}

/// The length of the parts that a page of so many numbers is written in: one page, or parts that are at least half full
/// and have room.
fn part_length(entries: usize) -> usize {
	const FULL: usize = UNITS_PER_PAGE as usize;
	let parts = if entries <= FULL { 1 } else { (entries / (FULL / 4 * 3)).max(entries.div_ceil(FULL)) };
	entries.div_ceil(parts).max(1)
}

/// Two ascending sequences as one; counts of the same number are added.
fn joined(kept: &[UnitsEntry], added: Vec<(Units, u32)>) -> Vec<UnitsEntry> {
	let mut joined = Vec::with_capacity(kept.len() + added.len());
	let mut kept = kept.iter().copied().peekable();
	for (units, count) in added {
		while let Some(smaller) = kept.next_if(|entry| entry.units < units) {
			joined.push(smaller);
		}
		// Every asset is counted once, so a count stays below the number of ids.
		let before = kept.next_if(|entry| entry.units == units).map_or(0, |entry| entry.value);
		joined.push(UnitsEntry { units, value: before + count });
	}
	joined.extend(kept);
	joined
}

/// The ranks of numbers of units, read as they are asked for.
pub(crate) struct Ranks {
	directory: Directory,
	/// By position in the directory.
	pages: Vec<Option<UnitsPage>>,
	loaded: usize,
}

impl Ranks {
	pub fn new<T: Config>() -> Self {
		let directory = UnitDirectory::<T>::get();
		let pages = directory.iter().map(|_| None).collect();
		Self { directory, pages, loaded: 0 }
	}

	/// The rank of assets with so many units; 0 where none was counted. Counts into `reads` what had to be read.
	pub fn of<T: Config>(&mut self, units: Units, reads: &mut u32) -> Bps {
		let position = self.directory.partition_point(|(least, _)| *least <= units).saturating_sub(1);
		if self.loaded >= MAX_LOADED && self.pages.get(position).is_some_and(Option::is_none) {
			self.pages.fill(None);
			self.loaded = 0;
		}
		let (Some((_, page)), Some(kept)) = (self.directory.get(position), self.pages.get_mut(position))
		else {
			return 0;
		};
		let entries = kept.get_or_insert_with(|| {
			*reads += 1;
			self.loaded += 1;
			UnitPages::<T>::get(page)
		});
		let found = entries.binary_search_by_key(&units, |entry| entry.units);
		let rank = found.ok().and_then(|at| entries.get(at)).map_or(0, |entry| entry.value);
		Bps::try_from(rank).unwrap_or_default()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::tests::mock::Test;
	use proptest::{collection::vec, prelude::*};

	proptest! {
		#[test]
		fn counts_added_in_any_parts_are_those_of_a_map(
			parts in vec(vec(0u64..5_000, 1..2_000), 1..6),
		) {
			sp_io::TestExternalities::default().execute_with(|| {
				let mut map = BTreeMap::<Units, u32>::new();
				for part in parts {
					let mut counts = BTreeMap::<Units, u32>::new();
					for units in part {
						*counts.entry(units).or_default() += 1;
						*map.entry(units).or_default() += 1;
					}
					let most = pages_written(counts.len() as u32, UnitDirectory::<Test>::get().len() as u32);
					let written = Pallet::<Test>::add_counts(counts);
					assert!(written <= most, "{written} pages, charged for {most}");
				}
				let directory = UnitDirectory::<Test>::get();
				assert!(directory.is_sorted());
				let pages: Vec<_> = directory.iter().map(|(_, page)| UnitPages::<Test>::get(page)).collect();
				assert!(pages.len() == 1 || pages.iter().all(|page| page.len() >= UNITS_PER_PAGE as usize / 2));
				let held: Vec<_> = pages.iter().flatten().map(|entry| (entry.units, entry.value)).collect();
				assert_eq!(held, map.clone().into_iter().collect::<Vec<_>>());
				let mut ranks = Ranks::new::<Test>();
				for (units, count) in &map {
					assert_eq!(u32::from(ranks.of::<Test>(*units, &mut 0)), *count);
				}
				assert_eq!(ranks.of::<Test>(6_000, &mut 0), 0);
			});
		}
	}
}
