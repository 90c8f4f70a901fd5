//! Where each asset of a lineage picture stands: parents above children, relatives near each other, nothing on top of
//! anything.
//!
//! The usual way of layered drawings: each node in the layer below its lowest parent; within layers the order that has
//! each near the middle of its relatives (a few sweeps down and up); then the places that are nearest to those middles
//! without overlap.

/// Width of a node, in pixels.
pub const WIDTH: f64 = 168.0;
/// Height of a node.
pub const HEIGHT: f64 = 44.0;
/// Least space between neighbours.
pub const GAP: f64 = 20.0;
/// Space between layers, for the edges to be seen.
const BETWEEN_LAYERS: f64 = 56.0;
/// Space between the rows of one layer.
pub const BETWEEN_ROWS: f64 = 16.0;
/// Space around everything.
const MARGIN: f64 = 16.0;
/// Nodes of a row of small pictures: what a page shows without scrolling.
const ROW: usize = 6;
/// Passes over all layers, down and up in turn.
const SWEEPS: usize = 6;

/// Upper left corner of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
	/// From the left.
	pub x: f64,
	/// From the top.
	pub y: f64,
}

/// A drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
	/// A place a node.
	pub places: Vec<Place>,
	/// Of the whole.
	pub width: f64,
	/// Of the whole.
	pub height: f64,
}

/// The edges lead around in a circle, or to nodes that are not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotALineage {
	/// An asset would be its own ancestor.
	#[error("the edges lead around in a circle")]
	Circle,
	/// An edge names a node that is not there.
	#[error("an edge leads to node {0}, which is not there")]
	NoSuchNode(usize),
}

struct Relatives {
	parents: Vec<Vec<usize>>,
	children: Vec<Vec<usize>>,
}

/// Lays out `count` nodes with edges from parents to children.
pub fn layout(count: usize, edges: &[(usize, usize)]) -> Result<Layout, NotALineage> {
	let mut relatives = Relatives { parents: vec![Vec::new(); count], children: vec![Vec::new(); count] };
	for &(parent, child) in edges {
		if let Some(missing) = [parent, child].into_iter().find(|node| *node >= count) {
			return Err(NotALineage::NoSuchNode(missing));
		}
		relatives.children[parent].push(child);
		relatives.parents[child].push(parent);
	}
	let layer_of = layers(&relatives)?;
	let mut layers = vec![Vec::new(); layer_of.iter().max().map_or(0, |last| last + 1)];
	for (node, layer) in layer_of.iter().enumerate() {
		layers[*layer].push(node);
	}
	order(&mut layers, &relatives);
	Ok(place(count, &layers, &relatives))
}

/// The layer of each node: one below its lowest parent; one without parents right above its highest child.
fn layers(relatives: &Relatives) -> Result<Vec<usize>, NotALineage> {
	let count = relatives.parents.len();
	let mut waiting: Vec<usize> = relatives.parents.iter().map(Vec::len).collect();
	let mut sorted: Vec<usize> = (0..count).filter(|node| waiting[*node] == 0).collect();
	let mut layer = vec![0; count];
	let mut next = 0;
	while let Some(&node) = sorted.get(next) {
		next += 1;
		for &child in &relatives.children[node] {
			layer[child] = layer[child].max(layer[node] + 1);
			waiting[child] -= 1;
			if waiting[child] == 0 {
				sorted.push(child);
			}
		}
	}
	if sorted.len() < count {
		return Err(NotALineage::Circle);
	}
	for node in 0..count {
		if relatives.parents[node].is_empty()
			&& let Some(highest) = relatives.children[node].iter().map(|child| layer[*child]).min()
		{
			layer[node] = highest - 1;
		}
	}
	Ok(layer)
}

/// Orders each layer by the middles of relatives in the layers around it.
fn order(layers: &mut [Vec<usize>], relatives: &Relatives) {
	let mut at = vec![0.0; relatives.parents.len()];
	let number = |layer: &[usize], at: &mut Vec<f64>| {
		for (position, node) in layer.iter().enumerate() {
			// Layers of all sizes have the same width.
			at[*node] = (position as f64 + 0.5) / layer.len() as f64;
		}
	};
	for layer in layers.iter() {
		number(layer, &mut at);
	}
	for sweep in 0..SWEEPS {
		let down = sweep % 2 == 0;
		let near = if down { &relatives.parents } else { &relatives.children };
		let sequence: Vec<usize> =
			if down { (0..layers.len()).collect() } else { (0..layers.len()).rev().collect() };
		for index in sequence {
			let layer = &mut layers[index];
			let middle = |node: usize| middle(&near[node], &at).unwrap_or(at[node]);
			let mut keyed: Vec<(f64, usize)> = layer.iter().map(|node| (middle(*node), *node)).collect();
			keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
			*layer = keyed.into_iter().map(|(_, node)| node).collect();
			number(layer, &mut at);
		}
	}
}

fn middle(nodes: &[usize], at: &[f64]) -> Option<f64> {
	(!nodes.is_empty()).then(|| nodes.iter().map(|node| at[*node]).sum::<f64>() / nodes.len() as f64)
}

/// Gives each row its height, and each node the place in its row that is nearest to its parents' middle.
fn place(count: usize, layers: &[Vec<usize>], relatives: &Relatives) -> Layout {
	let mut centres = vec![0.0; count];
	let mut places = vec![Place::default(); count];
	let mut top = MARGIN;
	for layer in layers {
		// As many rows as make a layer about as high as wide.
		let row = ROW.max((layer.len() as f64).sqrt().ceil() as usize);
		let rows = layer.len().div_ceil(row).max(1);
		for chunk in layer.chunks(layer.len().div_ceil(rows).max(1)) {
			let wanted: Vec<f64> = wished(chunk, relatives, &centres);
			for (node, centre) in chunk.iter().zip(nearest(&wanted)) {
				centres[*node] = centre;
				places[*node] = Place { x: centre - WIDTH / 2.0, y: top };
			}
			top += HEIGHT + BETWEEN_ROWS;
		}
		top += BETWEEN_LAYERS - BETWEEN_ROWS;
	}
	let left = places.iter().map(|place| place.x).fold(f64::INFINITY, f64::min);
	for place in &mut places {
		// Whole pixels: sharper, and a sum that is off by the last digit leaves nothing outside.
		place.x = (place.x - left).round() + MARGIN;
	}
	let right = places.iter().map(|place| place.x + WIDTH).fold(MARGIN, f64::max);
	let bottom = places.iter().map(|place| place.y + HEIGHT).fold(MARGIN, f64::max);
	Layout { places, width: right + MARGIN, height: bottom + MARGIN }
}

/// Where the nodes of a row would like to be, ascending: at the middle of their parents; a row none of which has any,
/// around 0.
fn wished(row: &[usize], relatives: &Relatives, centres: &[f64]) -> Vec<f64> {
	let step = WIDTH + GAP;
	let around = |position: usize| (position as f64 - (row.len() as f64 - 1.0) / 2.0) * step;
	let mut last = f64::NEG_INFINITY;
	let wishes = row.iter().enumerate().map(|(position, node)| {
		let wish = middle(&relatives.parents[*node], centres).unwrap_or_else(|| around(position));
		// The order of the row stands.
		last = last.max(wish);
		last
	});
	wishes.collect()
}

/// The ascending places, a step apart at least, that are nearest to the wishes by least squares: neighbours that would
/// overlap are pooled at their common mean.
fn nearest(wishes: &[f64]) -> Vec<f64> {
	let step = WIDTH + GAP;
	let mut pools: Vec<(f64, usize)> = Vec::with_capacity(wishes.len());
	for (position, wish) in wishes.iter().enumerate() {
		let mut pool = (wish - position as f64 * step, 1);
		while let Some(&(mean, size)) = pools.last()
			&& mean > pool.0
		{
			pools.pop();
			let all = size + pool.1;
			pool = ((mean * size as f64 + pool.0 * pool.1 as f64) / all as f64, all);
		}
		pools.push(pool);
	}
	let means = pools.into_iter().flat_map(|(mean, size)| std::iter::repeat_n(mean, size));
	means.enumerate().map(|(position, mean)| mean + position as f64 * step).collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::{collection::vec, prelude::*};
	use std::time::{Duration, Instant};

	/// Each node but the first has up to three parents before it, as chains have it.
	fn lineages() -> impl Strategy<Value = (usize, Vec<(usize, usize)>)> {
		vec(vec(any::<prop::sample::Index>(), 0..4), 1..120).prop_map(|parents| {
			let mut edges = Vec::new();
			for (child, before) in parents.iter().enumerate().skip(1) {
				edges.extend(before.iter().map(|index| (index.index(child), child)));
			}
			(parents.len(), edges)
		})
	}

	proptest! {
		#[test]
		fn no_two_nodes_should_overlap((count, edges) in lineages()) {
			let places = layout(count, &edges).unwrap().places;
			for (index, one) in places.iter().enumerate() {
				for other in &places[..index] {
					let apart = (one.x - other.x).abs() >= WIDTH || (one.y - other.y).abs() >= HEIGHT;
					prop_assert!(apart, "{one:?} and {other:?}");
				}
			}
		}

		#[test]
		fn every_edge_should_go_down((count, edges) in lineages()) {
			let places = layout(count, &edges).unwrap().places;
			for (parent, child) in edges {
				prop_assert!(places[parent].y + HEIGHT < places[child].y);
			}
		}

		#[test]
		fn everything_should_be_inside((count, edges) in lineages()) {
			let layout = layout(count, &edges).unwrap();
			for place in &layout.places {
				prop_assert!(place.x >= MARGIN && place.x + WIDTH <= layout.width);
				prop_assert!(place.y >= MARGIN && place.y + HEIGHT <= layout.height);
			}
		}
	}

	#[test]
	fn ten_thousand_nodes_should_be_laid_out_within_a_second() {
		let edges: Vec<_> =
			(1..10_000usize).flat_map(|child| [(child / 7, child), (child * 5 / 11, child)]).collect();
		let begun = Instant::now();
		let layout = layout(10_000, &edges).unwrap();
		assert_eq!(layout.places.len(), 10_000);
		assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
	}

	#[test]
	fn an_only_child_should_stand_right_below_its_parent() {
		let places = layout(2, &[(0, 1)]).unwrap().places;
		assert_eq!(places[0].x, places[1].x);
	}

	#[test]
	fn a_circle_should_be_refused() {
		assert_eq!(layout(2, &[(0, 1), (1, 0)]), Err(NotALineage::Circle));
		assert_eq!(layout(1, &[(0, 3)]), Err(NotALineage::NoSuchNode(3)));
	}

	#[test]
	fn nothing_should_be_drawn_of_nothing() {
		assert_eq!(layout(0, &[]).unwrap().places, []);
	}
}
