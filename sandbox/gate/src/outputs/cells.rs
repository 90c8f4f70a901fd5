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

/// The most sums of parts that are tried for one release. The choices multiply, and jobs decide how many there are.
const MOST_SUMS: usize = 1 << 20;

/// Whether `new` cells, among themselves or with those released `earlier`, isolate a group of 1 to `smallest` - 1.
///
/// Three differences are looked at, between cells that count the same thing:
///
/// - the same group, counted over another input or with another filter: |a − b| people are in one and not the other;
/// - a group and a part of it (its conditions and some more): the rest of the group;
/// - a group and all its released parts along one further column: the parts that were not released. Of a part that was
///   released with several counts, each is tried: the last of them need not be the one that belongs to the group.
///
/// Where neither a group nor one of the parts has a count among `new`, they are not compared: what `earlier` cells
/// isolate is known already, and must not hold other groups' counts back.
///
/// A new cell that equals an earlier one is new all the same. Cells have neither the input nor the filter that people
/// are of, so it may be the first that is told of these people: 38 men of one input isolate nobody beside a whole of
/// 100 and 60 women of another, but 38 men of that other do. Where `earlier` cells isolate, one of them that is told
/// again therefore isolates too, and so does any further count of the parts that they add up.
///
/// Where more than [`MOST_SUMS`] sums would have to be tried, the answer is yes.
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
	let mut sums_left = MOST_SUMS;
	parts_of_groups(new, earlier).iter().any(|((group, _), parts)| {
		let known_totals = earlier_groups.get(group).filter(|_| parts.has_new);
		let mut totals = new_groups.get(group).into_iter().chain(known_totals).flatten();
		let sums = parts.sums();
		totals.any(|&total| sums.isolate(total, smallest, &mut sums_left).unwrap_or(true))
	})
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

/// The parts of a group along one column.
#[derive(Default)]
struct Parts {
	/// All counts of each of the column's values.
	counts: BTreeMap<u64, BTreeSet<u64>>,
	/// Whether one of them is new, be it equal to an earlier one.
	has_new: bool,
}

impl Parts {
	fn sums(&self) -> Sums<'_> {
		let (single, several): (Vec<_>, Vec<_>) = self.counts.values().partition(|counts| counts.len() == 1);
		let settled = single.into_iter().flatten().fold(0_u64, |sum, count| sum.saturating_add(*count));
		let mut sums = Sums { settled, choices: Vec::new(), least: settled, most: settled };
		for counts in several {
			sums.choices.push(Choice { counts, least_beside: sums.least, most_beside: sums.most });
			sums.least = sums.least.saturating_add(counts.first().copied().unwrap_or_default());
			sums.most = sums.most.saturating_add(counts.last().copied().unwrap_or_default());
		}
		sums
	}
}

/// What the parts of a group add up to, one count of each chosen.
struct Sums<'a> {
	/// What those that have one count add up to.
	settled: u64,
	/// The others.
	choices: Vec<Choice<'a>>,
	/// The smallest sum.
	least: u64,
	/// The largest sum.
	most: u64,
}

/// A part that has several counts.
struct Choice<'a> {
	counts: &'a BTreeSet<u64>,
	/// The least that what is settled and the choices before this one add up to.
	least_beside: u64,
	/// The most that they add up to.
	most_beside: u64,
}

impl Sums<'_> {
	/// Whether one of the sums, set against `total`, isolates. None where more than `sums_left` would have to be tried;
	/// those that were are taken off it.
	///
	/// Choices are made from the last to the first. What is kept of them are their distinct sums, and of these only such as
	/// can still come near the total.
	fn isolate(&self, total: u64, smallest: u64, sums_left: &mut usize) -> Option<bool> {
		let is_near = |least: u64, most: u64| {
			least.saturating_sub(total) < smallest && total.saturating_sub(most) < smallest
		};
		if !is_near(self.least, self.most) {
			return Some(false);
		}
		let mut chosen = BTreeSet::from([0_u64]);
		for Choice { counts, least_beside, most_beside } in self.choices.iter().rev() {
			*sums_left = sums_left.checked_sub(chosen.len().saturating_mul(counts.len()))?;
			chosen = chosen
				.iter()
				.flat_map(|sum| counts.iter().map(move |count| sum.saturating_add(*count)))
				.filter(|sum| is_near(sum.saturating_add(*least_beside), sum.saturating_add(*most_beside)))
				.collect();
		}
		Some(chosen.iter().any(|sum| sum.saturating_add(self.settled) != total))
	}
}

fn parts_of_groups(new: &[Cell], earlier: &[Cell]) -> BTreeMap<(Group, u64), Parts> {
	let mut groups: BTreeMap<(Group, u64), Parts> = BTreeMap::new();
	let known = earlier.iter().map(|cell| (cell, false));
	for (cell, is_new) in known.chain(new.iter().map(|cell| (cell, true))) {
		for (position, key) in cell.keys.iter().enumerate() {
			let mut wider = cell.keys.clone();
			wider.remove(position);
			let parts = groups.entry(((cell.counted, wider), key.column)).or_default();
			parts.counts.entry(key.value).or_default().insert(cell.count);
			parts.has_new |= is_new;
		}
	}
	groups
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn cell(keys: &[(&str, &str)], count: u64) -> Cell {
		let mut keys: Vec<Key> = keys
			.iter()
			.map(|(column, value)| Key { column: short_hash(column), value: short_hash(value) })
			.collect();
		keys.sort();
		Cell { counted: short_hash("patients"), keys, count }
	}

	/// A count of everybody where `value` is 0, of the part of this number otherwise.
	fn numbered((value, count): (u64, u64)) -> Cell {
		let key = Key { column: short_hash("site"), value };
		let keys = if value == 0 { Vec::new() } else { vec![key] };
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
	fn refusal_17_a_second_count_of_a_part_should_not_hide_what_the_first_leaves() {
		let part = |sex: &str, count: u64| cell(&[("sex", sex)], count);
		let cells = [cell(&[], 100), part("f", 60), part("f", 50), part("m", 38)];
		assert!(!isolates(&cells[..3], &[], 10));
		assert!(!isolates(&cells[2..], &cells[..1], 10));
		for (at, last) in cells.iter().enumerate() {
			let mut earlier = cells.to_vec();
			let new = earlier.remove(at);
			assert!(isolates(&[new], &earlier, 10), "the last was {last:?}");
		}
	}

	#[test]
	fn refusal_17_each_of_several_wholes_should_be_compared() {
		let wholes = [cell(&[], 100), cell(&[], 200)];
		let part = cell(&[("sex", "f")], 60);
		for count in [38, 138, 142] {
			assert!(isolates(&[cell(&[("sex", "m")], count), part.clone()], &wholes, 10), "{count}");
		}
		assert!(!isolates(&[cell(&[("sex", "m")], 40), part.clone()], &wholes, 10));
		assert!(!isolates(&[cell(&[("sex", "m")], 140), part], &wholes, 10));
	}

	#[test]
	fn what_is_known_already_should_not_hold_other_counts() {
		let known = [cell(&[], 100), cell(&[("sex", "f")], 60), cell(&[("sex", "m")], 38)];
		assert!(isolates(&known, &[], 10));
		assert!(!isolates(&[], &known, 10));
		assert!(!isolates(&[cell(&[("age", "50")], 44)], &known, 10));
	}

	#[test]
	fn refusal_17_what_is_new_beside_a_count_told_again_should_isolate() {
		let earlier = [cell(&[], 100), cell(&[("sex", "f")], 60)];
		let beside = |count: u64| [earlier[0].clone(), earlier[1].clone(), cell(&[("sex", "m")], count)];
		assert!(!isolates(&earlier, &earlier, 10));
		assert!(!isolates(&beside(40), &earlier, 10));
		assert!(isolates(&beside(38), &earlier, 10));
	}

	#[test]
	fn refusal_17_a_count_told_again_of_what_is_isolated_should_isolate() {
		// As long as the men are of another filter than the whole, nothing is known. Told again, they may be of the same.
		let part = |sex: &str, count: u64| cell(&[("sex", sex)], count);
		let earlier = [cell(&[], 100), part("f", 60), part("f", 50), part("m", 38)];
		for again in &earlier {
			assert!(isolates(std::slice::from_ref(again), &earlier, 10), "{again:?}");
		}
		assert!(!isolates(&[cell(&[("age", "50")], 44)], &earlier, 10));
		assert!(!isolates(&[cell(&[], 200)], &earlier, 10));
	}

	/// A whole, and two counts of each of its `parts`. No sum comes nearer to the whole than 500.
	fn far_from_the_whole(parts: u64) -> Vec<Cell> {
		let second = |value: u64| 1_000 + 1_000 * value.pow(3);
		let middle = (1..=parts).map(|value| (1_000 + second(value)) / 2_000).sum::<u64>() * 1_000;
		let counts = (1..=parts).flat_map(|value| [(value, 1_000), (value, second(value))]);
		counts.chain([(0, middle + 500)]).map(numbered).collect()
	}

	#[test]
	fn refusal_17_more_sums_than_are_looked_at_should_isolate() {
		assert!(!isolates(&far_from_the_whole(10), &[], 10));
		assert!(isolates(&far_from_the_whole(64), &[], 10));
	}

	#[test]
	fn counts_of_other_things_should_not_be_compared() {
		let mut studies = cell(&[("age", "50")], 121);
		studies.counted = short_hash("studies");
		assert!(!isolates(&[studies], &[cell(&[("age", "50")], 120)], 10));
	}

	/// [`isolates`] by its definition: each pair of counts, and each choice of one count of each part.
	fn isolates_by_definition(counts: &[(u64, u64)]) -> bool {
		let isolating = |a: u64, b: u64| (1..10).contains(&a.abs_diff(b));
		let of = |part: u64| counts.iter().filter(move |(value, _)| *value == part).map(|(_, count)| *count);
		let nested = counts
			.iter()
			.any(|&(value, count)| of(value).chain(of(0)).any(|beside| isolating(count, beside)));
		let mut sums = vec![0_u64];
		for part in (1..4).filter(|&part| of(part).next().is_some()) {
			sums = sums.iter().flat_map(|sum| of(part).map(move |count| sum + count)).collect();
		}
		nested || of(0).any(|total| sums.iter().any(|&sum| isolating(total, sum)))
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(4_096))]

		#[test]
		fn refusal_17_any_choice_of_counts_should_be_tried(
			counts in prop::collection::vec((0_u64..4, 10_u64..300), 1..10),
			at in any::<prop::sample::Index>(),
		) {
			let cells: Vec<Cell> = counts.iter().copied().map(numbered).collect();
			let (earlier, new) = cells.split_at(at.index(cells.len()));
			// What isolates by itself is not released, so nothing comes after it.
			let is_over = isolates_by_definition(&counts[..earlier.len()]);
			prop_assert!(is_over || isolates(new, earlier, 10) == isolates_by_definition(&counts));
		}
	}
}
