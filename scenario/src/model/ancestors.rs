//! Who descends from whom.

use super::{Asset, Error};
use std::collections::BTreeSet;

/// All transitive ancestors of each asset, ascending. The assets may stand in any order.
pub fn ancestors(assets: &[Asset]) -> Result<Vec<Vec<usize>>, Error> {
	let mut closed: Vec<Option<Vec<usize>>> = vec![None; assets.len()];
	// Positions being walked, each with the next of its parents to look at; a walk as deep as the tree is not
	// recursion's business.
	let mut path: Vec<(usize, usize)> = Vec::new();
	let mut on_path = vec![false; assets.len()];
	for start in 0..assets.len() {
		if closed[start].is_none() {
			path.push((start, 0));
			on_path[start] = true;
		}
		while let Some((asset, next)) = path.last_mut() {
			let asset = *asset;
			if let Some(&parent) = assets[asset].parents.get(*next) {
				*next += 1;
				if parent >= assets.len() {
					return Err(Error::UnknownAsset(parent));
				}
				if on_path[parent] {
					return Err(Error::Cycle(parent));
				}
				if closed[parent].is_none() {
					path.push((parent, 0));
					on_path[parent] = true;
				}
				continue;
			}
			let mut all = BTreeSet::new();
			for parent in &assets[asset].parents {
				all.insert(*parent);
				all.extend(closed[*parent].iter().flatten());
			}
			closed[asset] = Some(all.into_iter().collect());
			on_path[asset] = false;
			path.pop();
		}
	}
	Ok(closed.into_iter().map(Option::unwrap_or_default).collect())
}

#[cfg(test)]
mod tests {
	use super::*;

	fn assets(parents: &[&[usize]]) -> Vec<Asset> {
		parents.iter().map(|parents| Asset { parents: parents.to_vec(), ..Asset::default() }).collect()
	}

	#[test]
	fn diamond_counts_its_top_once() {
		let diamond = assets(&[&[1, 2], &[3], &[3], &[]]);
		assert_eq!(ancestors(&diamond).unwrap(), [vec![1, 2, 3], vec![3], vec![3], vec![]]);
	}

	#[test]
	fn cycle_is_refused() {
		assert_eq!(ancestors(&assets(&[&[1], &[2], &[0]])), Err(Error::Cycle(0)));
		assert_eq!(ancestors(&assets(&[&[0]])), Err(Error::Cycle(0)));
	}

	#[test]
	fn unknown_parent_is_refused() {
		assert_eq!(ancestors(&assets(&[&[7]])), Err(Error::UnknownAsset(7)));
	}
}
