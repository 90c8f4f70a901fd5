//! Sorting assets so that parents come before their children.

use std::{cmp::Reverse, collections::BinaryHeap};

/// An edge between two rows of `assets.csv`, and the line of `edges.csv` it stands on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawEdge {
	pub child: usize,
	pub parent: usize,
	pub line: u64,
}

/// A cycle, as the edges that form it: each one's parent is the next one's child.
#[derive(Debug)]
pub(crate) struct Cycle(pub Vec<RawEdge>);

/// The positions `0..count` with parents before children. Of those whose parents are all placed, the first comes
/// first.
pub(crate) fn parents_first(count: usize, edges: &[RawEdge]) -> Result<Vec<usize>, Cycle> {
	let mut waiting_for = vec![0usize; count];
	let mut children = vec![Vec::new(); count];
	for edge in edges {
		waiting_for[edge.child] += 1;
		children[edge.parent].push(edge.child);
	}
	let mut ready: BinaryHeap<_> = (0..count).filter(|asset| waiting_for[*asset] == 0).map(Reverse).collect();
	let mut order = Vec::with_capacity(count);
	while let Some(Reverse(asset)) = ready.pop() {
		order.push(asset);
		for child in &children[asset] {
			waiting_for[*child] -= 1;
			if waiting_for[*child] == 0 {
				ready.push(Reverse(*child));
			}
		}
	}
	match waiting_for.iter().position(|parents| *parents > 0) {
		None => Ok(order),
		Some(stuck) => Err(cycle_above(stuck, &waiting_for, edges)),
	}
}

/// Walks up from a position that could not be placed. Each such position has a parent that could not be placed
/// either, so the walk comes back to where it was.
fn cycle_above(stuck: usize, waiting_for: &[usize], edges: &[RawEdge]) -> Cycle {
	let mut up = vec![None; waiting_for.len()];
	for edge in edges.iter().filter(|edge| waiting_for[edge.parent] > 0) {
		up[edge.child].get_or_insert(*edge);
	}
	let mut path: Vec<RawEdge> = Vec::new();
	let mut asset = stuck;
	while let Some(edge) = up[asset] {
		if let Some(start) = path.iter().position(|walked| walked.child == asset) {
			path.drain(..start);
			break;
		}
		path.push(edge);
		asset = edge.parent;
	}
	Cycle(path)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn edges(pairs: &[(usize, usize)]) -> Vec<RawEdge> {
		(2..).zip(pairs).map(|(line, &(child, parent))| RawEdge { child, parent, line }).collect()
	}

	#[test]
	fn order_of_the_file_is_kept_where_no_parent_is_late() {
		assert_eq!(parents_first(4, &edges(&[(2, 0), (3, 1)])).unwrap(), [0, 1, 2, 3]);
	}

	#[test]
	fn child_waits_for_its_last_parent() {
		assert_eq!(parents_first(4, &edges(&[(0, 1), (0, 3), (1, 2)])).unwrap(), [2, 1, 3, 0]);
	}

	#[test]
	fn cycle_is_told_without_what_hangs_below_it() {
		let Cycle(path) = parents_first(5, &edges(&[(0, 1), (1, 2), (2, 3), (3, 1), (3, 4)])).unwrap_err();
		assert_eq!(path.iter().map(|edge| edge.line).collect::<Vec<_>>(), [3, 4, 5]);
	}

	#[test]
	fn own_parent_is_a_cycle_of_one() {
		let Cycle(path) = parents_first(2, &edges(&[(1, 1)])).unwrap_err();
		assert_eq!(path.iter().map(|edge| (edge.child, edge.parent)).collect::<Vec<_>>(), [(1, 1)]);
	}
}
