//! A picture of very many nodes: rows of HTML over one drawing of lines. Browsers lay out rows when they come into view, which
//! they do of nothing inside of a drawing, and take seconds for ten thousand texts of one.

use super::{
	Node, fitted,
	layout::{BETWEEN_ROWS, GAP, HEIGHT, Layout, Place, WIDTH},
	line, pixel,
};
use crate::pages::format::escaped;
use std::{collections::BTreeMap, fmt::Write as _};

/// Children of one parent in a row from which on they hang on one line: else a thousand lines cross all rows above them.
const BUNDLED: usize = 4;
/// Space between the lines that children of different parents hang on.
const BETWEEN_BUNDLES: f64 = 2.5;

/// Rows from the top, with what stands in each from the left.
fn rows(layout: &Layout) -> BTreeMap<i64, Vec<usize>> {
	let mut rows = BTreeMap::<i64, Vec<usize>>::new();
	for (node, place) in layout.places.iter().enumerate() {
		// Places are whole pixels.
		rows.entry(place.y as i64).or_default().push(node);
	}
	for row in rows.values_mut() {
		row.sort_by(|one, other| layout.places[*one].x.total_cmp(&layout.places[*other].x));
	}
	rows
}

/// Draws nodes in their places. Writing into a String cannot fail, so the result is let go.
pub(super) fn draw(nodes: &[Node], edges: &[(usize, usize)], layout: &Layout, label: &str) -> String {
	let (width, height) = (layout.width, layout.height);
	let mut html = format!(
		"<div class=\"frame\" role=\"group\" aria-label=\"{}\" data-sheet=\"{width:.0} {height:.0}\"><div class=\"sheet\">\
		<svg aria-hidden=\"true\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\">",
		escaped(label),
	);
	for near in [false, true] {
		let class = if near { "edge near" } else { "edge" };
		let of = edges.iter().filter(|(parent, child)| (nodes[*parent].focus || nodes[*child].focus) == near);
		for path in lines(of, &layout.places) {
			let _ = write!(html, "<path class=\"{class}\" d=\"{path}\"/>");
		}
	}
	html += "</svg><div class=\"rows\">";
	let mut bottom = 0.0;
	for row in rows(layout).into_values() {
		let top = row.first().map(|node| layout.places[*node].y).unwrap_or_default();
		// Pages allow no styles of their own: styles know the space between rows, and that between layers.
		html += if top - bottom > BETWEEN_ROWS { "<div class=\"row layer\">" } else { "<div class=\"row\">" };
		bottom = top + HEIGHT;
		let mut left = 0.0;
		for node in row {
			let Place { x, .. } = layout.places[node];
			// What stands further apart than neighbours do has something of that width before it.
			if x > left {
				let _ = write!(html, "<svg width=\"{}\"></svg>", pixel(x - left));
			}
			draw_node(&mut html, &nodes[node]);
			left = x + WIDTH + GAP;
		}
		html += "</div>";
	}
	html + "</div></div></div>"
}

fn draw_node(html: &mut String, node: &Node) {
	let classes = [(node.focus, "focus"), (node.kind.is_none(), "fold"), (node.delisted, "delisted")];
	let classes: Vec<&str> = classes.into_iter().filter_map(|(is, class)| is.then_some(class)).collect();
	let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
	let current = if node.focus { " aria-current=\"true\"" } else { "" };
	let shown = fitted(&node.name);
	let title = if node.asset.is_none() {
		format!(" title=\"{}, {}\"", escaped(&node.name), escaped(&node.under))
	} else if shown != node.name {
		format!(" title=\"{}\"", escaped(&node.name))
	} else {
		// A name that is whole need not be said once more.
		String::new()
	};
	let (href, shown) = (escaped(&node.href), escaped(&shown));
	let _ = write!(html, "<a{class} href=\"{href}\"{title}{current} data-node>{shown}</a>");
}

/// The lines, as one path for each row of children: a browser draws those of the rows in view.
fn lines<'a>(edges: impl Iterator<Item = &'a (usize, usize)>, places: &[Place]) -> Vec<String> {
	let mut rows = BTreeMap::<i64, BTreeMap<usize, Vec<usize>>>::new();
	for (parent, child) in edges {
		rows.entry(places[*child].y as i64).or_default().entry(*parent).or_default().push(*child);
	}
	rows.into_values().map(|row| lines_of_row(row, places)).collect()
}

fn lines_of_row(row: BTreeMap<usize, Vec<usize>>, places: &[Place]) -> String {
	let (mut path, mut bundles) = (String::new(), 0);
	for (parent, children) in row {
		if children.len() < BUNDLED {
			path.extend(children.iter().map(|child| line(places[parent], places[*child])));
			continue;
		}
		let space = f64::from(bundles % ((BETWEEN_ROWS / BETWEEN_BUNDLES) as u32)) * BETWEEN_BUNDLES;
		bundles += 1;
		let middle = |node: usize| places[node].x + WIDTH / 2.0;
		let left = children.iter().map(|child| middle(*child)).fold(f64::INFINITY, f64::min);
		let right = children.iter().map(|child| middle(*child)).fold(f64::NEG_INFINITY, f64::max);
		let top = places[children[0]].y;
		let (from, at) = (places[parent], top - 3.0 - space);
		let down = middle(parent).clamp(left, right);
		// From the parent to the line above the row, along it, and from there to each child.
		path += &line(from, Place { x: down - WIDTH / 2.0, y: at });
		let (at, top) = (format!("{at:.1}"), pixel(top));
		let _ = write!(path, "M{} {at}H{}", pixel(left), pixel(right));
		for child in children {
			let _ = write!(path, "M{} {at}V{top}", pixel(middle(child)));
		}
	}
	path
}

#[cfg(test)]
mod tests {
	use super::{super::tests::node, *};

	#[test]
	fn rows_should_stand_where_the_layout_has_them() {
		let nodes = [node("A"), node("B"), node("C"), node("D")];
		let places = [(40.0, 16.0), (16.0, 116.0), (304.0, 116.0), (16.0, 176.0)];
		let places = places.map(|(x, y)| Place { x, y }).to_vec();
		let html = draw(&nodes, &[], &Layout { places, width: 500.0, height: 300.0 }, "lineage");
		let rows: Vec<&str> = html.split("<div class=\"row").skip(2).collect();
		let link = |name: &str| format!("<a href=\"/asset/{name}\" data-node>{name}</a>");
		assert_eq!(rows[0], format!("\"><svg width=\"40\"></svg>{}</div>", link("A")));
		assert_eq!(
			rows[1],
			format!(
				" layer\"><svg width=\"16\"></svg>{}<svg width=\"100\"></svg>{}</div>",
				link("B"),
				link("C")
			)
		);
		assert!(rows[2].starts_with("\"><svg width=\"16\"></svg>"), "{}", rows[2]);
	}

	#[test]
	fn fold_should_say_what_it_stands_for() {
		let (name, under, href) =
			("+ 1,234".into(), "more derivatives of A".into(), "/asset/A/derivatives".into());
		let fold = Node { asset: None, name, under, href, kind: None, focus: false, delisted: false };
		let mut html = String::new();
		draw_node(&mut html, &fold);
		let title = "+ 1,234, more derivatives of A";
		let link = "<a class=\"fold\" href=\"/asset/A/derivatives\"";
		assert_eq!(html, format!("{link} title=\"{title}\" data-node>+ 1,234</a>"));
	}

	#[test]
	fn many_children_in_a_row_should_hang_on_one_line() {
		let below = (0..5).map(|child| Place { x: f64::from(child) * 200.0, y: 100.0 });
		let places: Vec<Place> = std::iter::once(Place { x: 400.0, y: 0.0 }).chain(below).collect();
		let edges: Vec<_> = (1..=5).map(|child| (0, child)).collect();
		let paths = lines(edges.iter(), &places);
		assert_eq!(paths.len(), 1);
		// One from the parent, one along the row, five down from it, each to the top of its child.
		assert_eq!((paths[0].matches('C').count(), paths[0].matches('H').count()), (1, 1));
		for child in &places[1..] {
			let end = format!("M{:.0} 97.0V100", child.x + WIDTH / 2.0);
			assert!(paths[0].contains(&end), "{end} in {}", paths[0]);
		}
	}

	#[test]
	fn few_children_should_have_lines_of_their_own_in_the_path_of_their_row() {
		let places = [(0.0, 0.0), (0.0, 100.0), (200.0, 100.0), (0.0, 200.0)].map(|(x, y)| Place { x, y });
		let paths = lines([(0, 1), (0, 2), (1, 3)].iter(), &places);
		assert_eq!(paths.iter().map(|path| path.matches('C').count()).collect::<Vec<_>>(), [2, 1]);
	}
}
