//! All transitive relatives of an asset, by their numbers alone: what they are is asked of those that are shown.

use super::{
	lineage::{CHUNK, Way, list},
	text,
};
use crate::store::{Result, Store};
use std::collections::HashMap;

/// Edges of one answer: popular assets have more of them than should be in memory at once.
const EDGES: usize = 10_000;

/// Before all edges: the numbers of assets begin at 0.
const BEFORE: (i64, i64) = (-1, -1);

/// A relative, on a way of the fewest steps to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
	/// Its number.
	pub id: i64,
	/// Steps from the asset.
	pub steps: usize,
	/// Where the one before it on that way stands among all. The asset itself stands first, and names itself.
	pub from: usize,
	/// Whether it has relatives that way.
	pub goes_on: bool,
	/// How many of its own, where these are no more among those that were wanted.
	pub beyond: usize,
}

/// An asset's relatives one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relatives {
	/// The asset itself, then the others, the nearest first.
	pub found: Vec<Found>,
	/// Whether there are more than were wanted.
	pub more: bool,
}

struct Walk {
	relatives: Relatives,
	at: HashMap<i64, usize>,
	limit: usize,
}

impl Walk {
	fn of(asset: i64, limit: usize) -> Self {
		let itself = Found { id: asset, steps: 0, from: 0, goes_on: false, beyond: 0 };
		Self {
			relatives: Relatives { found: vec![itself], more: false },
			at: HashMap::from([(asset, 0)]),
			limit,
		}
	}

	/// Goes along edges from relatives that were found, up to the first that leads to one too many.
	fn along(&mut self, edges: &[(i64, i64)]) {
		let Relatives { found, more } = &mut self.relatives;
		for (near, far) in edges {
			let Some(&from) = self.at.get(near) else { continue };
			found[from].goes_on = true;
			if self.at.contains_key(far) {
				continue;
			}
			if found.len() > self.limit {
				*more = true;
				return;
			}
			self.at.insert(*far, found.len());
			let steps = found[from].steps + 1;
			found.push(Found { id: *far, steps, from, goes_on: false, beyond: 0 });
		}
	}
}

impl Store {
	/// All transitive relatives of an asset one way; of more than `limit` the nearest.
	pub async fn relatives(&self, of: i64, way: Way, limit: usize) -> Result<Relatives> {
		let mut relatives = self.walk(of, way, limit, EDGES).await?;
		// The chain bounds how many ancestors an asset has.
		if relatives.more && way == Way::Down {
			self.look_beyond(&mut relatives.found).await?;
		}
		Ok(relatives)
	}

	async fn walk(&self, of: i64, way: Way, limit: usize, most: usize) -> Result<Relatives> {
		let mut walk = Walk::of(of, limit);
		let mut layer = vec![of];
		while !layer.is_empty() {
			let known = walk.relatives.found.len();
			for chunk in layer.chunks(CHUNK) {
				let (mut of, mut after) = (chunk, BEFORE);
				loop {
					let edges = self.edges(of, way, after, most).await?;
					walk.along(&edges);
					if walk.relatives.more {
						return Ok(walk.relatives);
					}
					match edges.last() {
						Some(last) if edges.len() == most => after = *last,
						_ => break,
					}
					of = &of[of.partition_point(|near| *near < after.0)..];
				}
			}
			layer = walk.relatives.found[known..].iter().map(|one| one.id).collect();
			// Neighbours of an index are asked for together.
			layer.sort_unstable();
		}
		Ok(walk.relatives)
	}

	/// Says of those that a walk ended at whether they have children.
	async fn look_beyond(&self, found: &mut [Found]) -> Result<()> {
		let mut ends: Vec<usize> = (0..found.len()).filter(|at| !found[*at].goes_on).collect();
		ends.sort_unstable_by_key(|at| found[*at].id);
		for chunk in ends.chunks(CHUNK) {
			let ids: Vec<i64> = chunk.iter().map(|at| found[*at].id).collect();
			let sql = format!(
				"SELECT string_agg(id || ' ' || children, ' ') FROM assets WHERE id IN ({}) AND children > 0",
				list(&ids)
			);
			for (id, children) in text::pairs(&self.text(&sql).await?)? {
				if let Ok(place) = ids.binary_search(&id) {
					let one = &mut found[chunk[place]];
					one.goes_on = true;
					one.beyond = usize::try_from(children).unwrap_or_default();
				}
			}
		}
		Ok(())
	}

	/// Edges from several assets one way, in the order of the nearer's and the farther's number, at most so many behind one.
	/// Down, an index has all that is asked for, in this order.
	async fn edges(&self, of: &[i64], way: Way, after: (i64, i64), most: usize) -> Result<Vec<(i64, i64)>> {
		let (near, far) = match way {
			Way::Up => ("child", "parent"),
			Way::Down => ("parent", "child"),
		};
		let (of, (last_near, last_far)) = (list(of), after);
		let sql = format!(
			"SELECT string_agg(near || ' ' || far, ' ') FROM (
				SELECT {near} AS near, {far} AS far FROM parents WHERE {near} IN ({of}) AND until IS NULL
				AND ({near}, {far}) > ({last_near}, {last_far}) ORDER BY {near}, {far} LIMIT {most}
			) AS edges"
		);
		let mut edges = text::pairs(&self.text(&sql).await?)?;
		// No order is promised of what is put together.
		edges.sort_unstable();
		Ok(edges)
	}
}

#[cfg(test)]
mod tests {
	use super::{
		super::platform::{edges, parents, platform},
		*,
	};
	use proptest::prelude::*;
	use std::collections::BTreeMap;

	/// Steps to each relative one way, the asset itself among them.
	fn steps(edges: &[(i64, i64)], of: i64, way: Way) -> BTreeMap<i64, usize> {
		let mut steps = BTreeMap::from([(of, 0)]);
		let mut layer = vec![of];
		for far in 1.. {
			let next = edges.iter().filter_map(|(parent, child)| match way {
				Way::Up => layer.contains(child).then_some(*parent),
				Way::Down => layer.contains(parent).then_some(*child),
			});
			let new: Vec<i64> = next.filter(|one| !steps.contains_key(one)).collect();
			if new.is_empty() {
				break;
			}
			steps.extend(new.iter().map(|one| (*one, far)));
			layer = new;
		}
		steps
	}

	fn check(found: &[Found], edges: &[(i64, i64)], way: Way) {
		for one in &found[1..] {
			let from = &found[one.from];
			let edge = match way {
				Way::Up => (one.id, from.id),
				Way::Down => (from.id, one.id),
			};
			assert!(edges.contains(&edge), "{one:?}");
			assert_eq!(one.steps, from.steps + 1, "{one:?}");
		}
		for one in found {
			let goes_on = edges.iter().any(|(parent, child)| match way {
				Way::Up => *child == one.id,
				Way::Down => *parent == one.id,
			});
			assert_eq!((one.goes_on, one.beyond), (goes_on, 0), "{one:?}");
		}
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(12))]
		#[test]
		fn every_relative_should_be_found_on_a_shortest_way(parents in parents(), most in 1usize..5) {
			tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
				let store = platform(&parents).await;
				let edges = edges(&store).await;
				for of in 0..parents.len() as i64 {
					for way in [Way::Up, Way::Down] {
						let expected = steps(&edges, of, way);
						let Relatives { found, more } = store.walk(of, way, parents.len(), most).await.unwrap();
						assert!(!more && found.len() == expected.len() && found.is_sorted_by_key(|one| one.steps));
						let steps: BTreeMap<i64, usize> = found.iter().map(|one| (one.id, one.steps)).collect();
						assert_eq!(steps, expected);
						check(&found, &edges, way);
					}
				}
			});
		}

		#[test]
		fn of_too_many_the_nearest_should_be_found(parents in parents(), limit in 1usize..9) {
			tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
				let store = platform(&parents).await;
				for way in [Way::Up, Way::Down] {
					for of in 0..parents.len() as i64 {
						let all = store.relatives(of, way, parents.len()).await.unwrap().found;
						let Relatives { found, more } = store.relatives(of, way, limit).await.unwrap();
						assert_eq!(more, all.len() > limit + 1);
						let ids = |found: &[Found]| found.iter().map(|one| one.id).collect::<Vec<_>>();
						assert_eq!(ids(&found), ids(&all[..all.len().min(limit + 1)]));
					}
				}
			});
		}

		#[test]
		fn those_that_a_walk_ends_at_should_say_what_lies_beyond(parents in parents(), limit in 1usize..9) {
			tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
				let store = platform(&parents).await;
				let edges = edges(&store).await;
				for of in 0..parents.len() as i64 {
					let found = store.relatives(of, Way::Down, limit).await.unwrap().found;
					for (at, one) in found.iter().enumerate() {
						let children = edges.iter().filter(|(parent, _)| *parent == one.id).count();
						assert_eq!(one.goes_on, children > 0);
						assert!(one.beyond == 0 || one.beyond == children);
						let looked_at = found.iter().skip(1).any(|other| other.from == at);
						assert!(one.beyond == 0 || !looked_at);
					}
				}
			});
		}
	}
}
