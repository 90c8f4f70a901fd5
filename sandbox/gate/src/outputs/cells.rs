//! Released counts, and what two of them tell together.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// One condition of a group: a key column has a value. Both are kept as the first 8 bytes of a SHA-256: enough to
/// recognise them again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
	/// Which column.
	pub column: u64,
	/// Which value.
	pub value: u64,
}

/// A count that was, or is to be, released.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell {
	/// What is counted: the count column's name, as a [`Key`] has it.
	pub counted: u64,
	/// The group's conditions, ascending.
	pub keys: Vec<Key>,
	/// How many.
	pub count: u64,
}

/// A text as cells keep it.
pub fn short_hash(text: &str) -> u64 {
	let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
	let [a, b, c, d, e, f, g, h, ..] = digest;
	u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

type Group = (u64, Vec<Key>);

/// Whether `new` cells, among themselves or with those released `earlier`, isolate a group of 1 to `smallest` - 1.
///
/// Three differences are looked at, between cells that count the same thing:
///
/// - the same group, counted over another input or with another filter: |a − b| people are in one and not the other;
/// - a group and a part of it (its conditions and some more): the rest of the group;
/// - a group and all its released parts along one further column: the parts that were not released.
pub fn isolates(new: &[Cell], earlier: &[Cell], smallest: u64) -> bool {
	let isolating = |a: u64, b: u64| (1..smallest).contains(&a.abs_diff(b));
	let (new_groups, earlier_groups) = (by_group(new), by_group(earlier));
	let nested = |cells: &[Cell], among: &BTreeMap<Group, BTreeSet<u64>>| {
		cells.iter().any(|cell| {
			wider_groups(cell).any(|group| {
				among
					.get(&group)
					.is_some_and(|counts| counts.iter().any(|&count| isolating(count, cell.count)))
			})
		})
	};
	if nested(new, &new_groups) || nested(new, &earlier_groups) || nested(earlier, &new_groups) {
		return true;
	}
	let totals = |group: &Group| new_groups.get(group).into_iter().chain(earlier_groups.get(group)).flatten();
	parts_of_groups(new, earlier)
		.iter()
		.any(|((group, _), parts)| totals(group).any(|&total| isolating(total, parts.sum())))
}

fn by_group(cells: &[Cell]) -> BTreeMap<Group, BTreeSet<u64>> {
	let mut groups: BTreeMap<Group, BTreeSet<u64>> = BTreeMap::new();
	for cell in cells {
		groups.entry((cell.counted, cell.keys.clone())).or_default().insert(cell.count);
	}
	groups
}

/// The groups of every subset of a cell's conditions, all of them included.
fn wider_groups(cell: &Cell) -> impl Iterator<Item = Group> + '_ {
	// A ledger's cell came through a manifest, which bounds its keys; a mask never needs more than 16 bits.
	let keys = &cell.keys[..cell.keys.len().min(16)];
	(0..1_u32 << keys.len()).map(move |mask| {
		let chosen = keys.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1);
		(cell.counted, chosen.map(|(_, key)| *key).collect())
	})
}

/// The parts of a group along one column: a count for each of the column's values, the newest where there are several.
#[derive(Default)]
struct Parts(BTreeMap<u64, u64>);

impl Parts {
	fn sum(&self) -> u64 {
		self.0.values().fold(0, |sum, count| sum.saturating_add(*count))
	}
}

fn parts_of_groups(new: &[Cell], earlier: &[Cell]) -> BTreeMap<(Group, u64), Parts> {
	let mut parts: BTreeMap<(Group, u64), Parts> = BTreeMap::new();
	for cell in earlier.iter().chain(new) {
		for (position, key) in cell.keys.iter().enumerate() {
			let mut wider = cell.keys.clone();
			wider.remove(position);
			let group = ((cell.counted, wider), key.column);
			parts.entry(group).or_default().0.insert(key.value, cell.count);
		}
	}
	parts
}

#[cfg(test)]
mod tests {
	use super::*;

	fn cell(keys: &[(&str, &str)], count: u64) -> Cell {
		let mut keys: Vec<Key> = keys
			.iter()
			.map(|(column, value)| Key { column: short_hash(column), value: short_hash(value) })
			.collect();
		keys.sort();
		Cell { counted: short_hash("patients"), keys, count }
	}

	#[test]
	fn refusal_17_the_same_group_with_one_person_less_should_isolate() {
		let earlier = [cell(&[("age", "50")], 120)];
		assert!(isolates(&[cell(&[("age", "50")], 119)], &earlier, 10));
		assert!(isolates(&[cell(&[("age", "50")], 129)], &earlier, 10));
		assert!(!isolates(&[cell(&[("age", "50")], 110)], &earlier, 10));
		assert!(!isolates(&[cell(&[("age", "50")], 120)], &earlier, 10));
	}

	#[test]
	fn refusal_17_a_part_that_leaves_few_should_isolate_in_either_order() {
		let whole = [cell(&[("age", "50")], 120)];
		let part = [cell(&[("age", "50"), ("sex", "f")], 117)];
		assert!(isolates(&part, &whole, 10));
		assert!(isolates(&whole, &part, 10));
		assert!(!isolates(&[cell(&[("age", "60"), ("sex", "f")], 117)], &whole, 10));
	}

	#[test]
	fn refusal_17_parts_that_leave_few_should_isolate() {
		let whole = [cell(&[], 100)];
		let parts = [cell(&[("sex", "f")], 60), cell(&[("sex", "m")], 38)];
		assert!(isolates(&parts, &whole, 10));
		assert!(isolates(&parts[1..], &[whole[0].clone(), parts[0].clone()], 10));
		let all = [cell(&[("sex", "f")], 60), cell(&[("sex", "m")], 40)];
		assert!(!isolates(&all, &whole, 10));
	}

	#[test]
	fn counts_of_other_things_should_not_be_compared() {
		let mut studies = cell(&[("age", "50")], 121);
		studies.counted = short_hash("studies");
		assert!(!isolates(&[studies], &[cell(&[("age", "50")], 120)], 10));
	}
}
