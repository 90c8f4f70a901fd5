//! Which of very many relatives are drawn one by one, and which are folded into nodes that say how many they are.
//!
//! Each relative hangs on the one that it was found from, which makes a tree of them. Of those that go on, the ones that most
//! others hang on are drawn first, so that the structure stays to be seen; then those that end there, of each family as many
//! as of others. What is not drawn is folded, with all that hangs on it, beside the drawn one that it hangs on.

use crate::store::read::walk::Found;
use std::{cmp::Reverse, collections::BTreeMap};

/// Relatives that one node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
	/// Where the drawn one stands that they hang on.
	pub on: usize,
	/// How many.
	pub relatives: usize,
	/// Whether some of them hang on others of them.
	pub deep: bool,
}

/// What becomes of relatives: each is drawn, or in one fold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
	/// Where those stand that are drawn one by one, without the asset itself.
	pub drawn: Vec<usize>,
	/// What the others are folded into.
	pub folds: Vec<Fold>,
}

/// Folds relatives, the asset itself being the first, into at most `room` nodes; that is one at least.
pub fn fold(found: &[Found], room: usize) -> Folded {
	let (mut tree, room) = (Tree::of(found), room.max(1));
	let share = match tree.draw_branches(room) {
		Some(branches) => tree.share(room - branches),
		None => 1,
	};
	tree.draw_leaves(share);
	tree.folded()
}

struct Tree<'a> {
	found: &'a [Found],
	/// How many hang on each, near and far.
	behind: Vec<usize>,
	/// These, and what is known to lie beyond them.
	weight: Vec<usize>,
	/// How many hang on each itself and are not drawn.
	hidden: Vec<usize>,
	drawn: Vec<bool>,
}

impl<'a> Tree<'a> {
	fn of(found: &'a [Found]) -> Self {
		let (mut behind, mut hidden) = (vec![0; found.len()], vec![0; found.len()]);
		let mut weight: Vec<usize> = found.iter().map(|one| one.beyond).collect();
		for (at, one) in found.iter().enumerate().skip(1).rev() {
			behind[one.from] += behind[at] + 1;
			weight[one.from] += weight[at] + 1;
			hidden[one.from] += 1;
		}
		let drawn = (0..found.len()).map(|at| at == 0).collect();
		Self { found, behind, weight, hidden, drawn }
	}

	fn draw(&mut self, at: usize) {
		self.drawn[at] = true;
		self.hidden[self.found[at].from] -= 1;
	}

	/// Draws those that go on, as long as there is room for them and for the folds on those that are drawn. Says how many they
	/// are where that is all of them. One weighs less than the one that it hangs on, so that is drawn before it.
	fn draw_branches(&mut self, room: usize) -> Option<usize> {
		let mut branches: Vec<usize> = (1..self.found.len()).filter(|at| self.found[*at].goes_on).collect();
		branches.sort_by_key(|at| (Reverse(self.weight[*at]), *at));
		let mut nodes = usize::from(self.hidden[0] > 0);
		for at in &branches {
			let last = self.hidden[self.found[*at].from] == 1;
			nodes = nodes + 1 + usize::from(self.hidden[*at] > 0) - usize::from(last);
			if nodes > room {
				return None;
			}
			self.draw(*at);
		}
		Some(branches.len())
	}

	/// How many nodes each family may have, so that all have room. Those with fewer leave the rest to the others.
	fn share(&self, mut room: usize) -> usize {
		let mut families: Vec<usize> = self.hidden.iter().copied().filter(|size| *size > 0).collect();
		families.sort_unstable();
		for (smaller, size) in families.iter().enumerate() {
			let share = room / (families.len() - smaller);
			if *size > share {
				return share;
			}
			room -= size;
		}
		usize::MAX
	}

	/// Draws of those on which nothing hangs so many of each family, a fold for the rest among them: none stands for one alone.
	fn draw_leaves(&mut self, share: usize) {
		let drawn = |hidden: &usize| if *hidden <= share { *hidden } else { share - 1 };
		let mut room: Vec<usize> = self.hidden.iter().map(drawn).collect();
		for at in 1..self.found.len() {
			let from = self.found[at].from;
			if !self.drawn[at] && self.drawn[from] && self.behind[at] == 0 && room[from] > 0 {
				room[from] -= 1;
				self.draw(at);
			}
		}
	}

	fn folded(self) -> Folded {
		let mut folds = BTreeMap::new();
		for (at, one) in self.found.iter().enumerate().skip(1) {
			if !self.drawn[at] && self.drawn[one.from] {
				let fold = folds.entry(one.from).or_insert(Fold { on: one.from, relatives: 0, deep: false });
				fold.relatives += self.behind[at] + 1;
				fold.deep |= self.behind[at] > 0;
			}
		}
		let drawn = (1..self.found.len()).filter(|at| self.drawn[*at]).collect();
		Folded { drawn, folds: folds.into_values().collect() }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::{collection::vec, prelude::*, sample::Index};

	fn found(id: usize, from: usize, goes_on: bool) -> Found {
		Found { id: id as i64, steps: usize::from(id > 0), from, goes_on, beyond: 0 }
	}

	/// Each hangs on any before it; some also go on to what was found before, or to what was not looked at.
	fn trees() -> impl Strategy<Value = Vec<Found>> {
		vec((any::<Index>(), prop::bool::weighted(0.1), 0usize..50), 0..150).prop_map(|hung| {
			let mut all = vec![found(0, 0, false)];
			for (before, goes_on, beyond) in hung {
				let from = before.index(all.len());
				all[from] = Found { goes_on: true, beyond: 0, ..all[from] };
				let beyond = if goes_on { beyond } else { 0 };
				all.push(Found { beyond, ..found(all.len(), from, goes_on) });
			}
			all
		})
	}

	/// As many of an asset's children as there are sizes, each with so many of its own.
	fn families(sizes: &[usize]) -> Vec<Found> {
		let mut all = vec![found(0, 0, true)];
		all.extend((1..=sizes.len()).map(|id| found(id, 0, true)));
		for (family, size) in sizes.iter().enumerate() {
			all.extend((0..*size).map(|_| found(9, family + 1, false)));
		}
		all
	}

	proptest! {
		#[test]
		fn each_should_be_drawn_or_in_one_fold(found in trees(), room in 1usize..200) {
			let Folded { drawn, folds } = fold(&found, room);
			let folded: usize = folds.iter().map(|fold| fold.relatives).sum();
			prop_assert_eq!(drawn.len() + folded, found.len() - 1);
			prop_assert!(drawn.len() + folds.len() <= room);
			prop_assert!(found.len() > room + 1 || folds.is_empty());
		}

		#[test]
		fn everything_should_hang_on_what_is_drawn(found in trees(), room in 1usize..200) {
			let Folded { drawn, folds } = fold(&found, room);
			let stands = |at: usize| at == 0 || drawn.binary_search(&at).is_ok();
			prop_assert!(drawn.iter().all(|at| stands(found[*at].from)));
			prop_assert!(folds.iter().all(|fold| stands(fold.on)));
		}

		#[test]
		fn no_fold_should_stand_for_one_alone(found in trees(), room in 1usize..200) {
			prop_assert!(fold(&found, room).folds.iter().all(|fold| fold.relatives > 1));
		}

		#[test]
		fn what_ends_should_be_folded_before_what_goes_on(found in trees(), room in 1usize..200) {
			let Folded { drawn, folds } = fold(&found, room);
			let stands = |at: usize| drawn.binary_search(&at).is_ok();
			if (1..found.len()).any(|at| found[at].goes_on && !stands(at)) {
				// Of families that are folded no child that ends stands beside the fold.
				for at in drawn.iter().filter(|at| !found[**at].goes_on) {
					prop_assert!(folds.iter().all(|fold| fold.on != found[*at].from));
				}
			}
		}
	}

	#[test]
	fn one_large_family_should_have_all_the_room() {
		let mut all = vec![found(0, 0, true)];
		all.extend((1..=23_412).map(|id| found(id, 0, false)));
		let Folded { drawn, folds } = fold(&all, 10_000);
		assert_eq!(drawn.len(), 9_999);
		assert_eq!(folds, [Fold { on: 0, relatives: 13_413, deep: false }]);
	}

	#[test]
	fn small_families_should_stay_whole() {
		let Folded { drawn, folds } = fold(&families(&[2, 3, 100]), 3 + 2 + 3 + 10);
		assert_eq!(drawn.len(), 3 + 2 + 3 + 9);
		assert_eq!(folds, [Fold { on: 3, relatives: 91, deep: false }]);
	}

	#[test]
	fn what_has_most_behind_it_should_be_drawn_first() {
		let Folded { drawn, folds } = fold(&families(&[5, 1, 3]), 3);
		assert_eq!(drawn, [1]);
		let beside = Fold { on: 0, relatives: 2 + 1 + 3, deep: true };
		assert_eq!(folds, [beside, Fold { on: 1, relatives: 5, deep: false }]);
	}

	#[test]
	fn what_lies_beyond_should_count_for_what_is_drawn() {
		let mut all = families(&[0, 0, 0]);
		all[2].beyond = 7;
		let Folded { drawn, folds } = fold(&all, 2);
		assert_eq!((drawn, folds), (vec![2], vec![Fold { on: 0, relatives: 2, deep: false }]));
	}

	#[test]
	fn an_asset_alone_should_have_nothing_to_fold() {
		assert_eq!(fold(&[found(0, 0, false)], 1), Folded { drawn: Vec::new(), folds: Vec::new() });
	}
}
