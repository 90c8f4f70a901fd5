//! The lineage of an asset as a drawing: what it comes from above, what came from it below. Each node is a link, so
//! that it is reached by keyboard and needs no script.

mod layout;
mod sheet;

pub use layout::{Layout, NotALineage, layout};

use super::format::{Html, escaped};
use layout::{HEIGHT, Place, WIDTH};
use std::fmt::Write as _;

/// A node of the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
	/// The asset's number; none of a node that stands for several.
	pub asset: Option<i64>,
	/// What stands on it: an asset's name.
	pub name: String,
	/// What stands below, smaller.
	pub under: String,
	/// Where it leads.
	pub href: String,
	/// `data`, `model` or `script`; none of a node that stands for several.
	pub kind: Option<String>,
	/// The asset the picture is about.
	pub focus: bool,
	/// Taken off the list.
	pub delisted: bool,
}

/// Characters of a name that fit a node.
const FITTING: usize = 20;

/// Nodes of a picture in which each is drawn with all that is said of it. In a larger one a browser takes seconds for that, so
/// nodes have their names alone there, see [`sheet`].
const DETAILED: usize = 1_000;

/// Draws nodes with edges from parents to children. `label` says what the picture is.
pub fn draw(nodes: &[Node], edges: &[(usize, usize)], label: &str) -> Result<Html, NotALineage> {
	let layout = layout(nodes.len(), edges)?;
	if nodes.len() > DETAILED {
		return Ok(Html(sheet::draw(nodes, edges, &layout, label)));
	}
	let mut svg = format!(
		"<svg role=\"group\" aria-label=\"{}\" viewBox=\"0 0 {:.0} {:.0}\" width=\"{:.0}\" height=\"{:.0}\">",
		escaped(label),
		layout.width,
		layout.height,
		layout.width,
		layout.height,
	);
	svg += "<g aria-hidden=\"true\">";
	for near in [false, true] {
		let class = if near { "edge near" } else { "edge" };
		for (parent, child) in edges {
			if (nodes[*parent].focus || nodes[*child].focus) == near {
				let line = line(layout.places[*parent], layout.places[*child]);
				// Writing into a String cannot fail, so the result is let go, as below.
				let _ = write!(svg, "<path class=\"{class}\" d=\"{line}\"/>");
			}
		}
	}
	svg += "</g>";
	for (node, place) in nodes.iter().zip(&layout.places) {
		draw_node(&mut svg, node, *place);
	}
	svg += "</svg>";
	Ok(Html(svg))
}

/// A pixel as an integer: a picture has tens of thousands of them, and a float takes far longer to write.
fn pixel(at: f64) -> i64 {
	at.round_ties_even() as i64
}

/// The line from a parent to its child.
fn line(parent: Place, child: Place) -> String {
	let (x, y) = (parent.x + WIDTH / 2.0, parent.y + HEIGHT);
	let (to_x, to_y) = (child.x + WIDTH / 2.0, child.y);
	let bend = (to_y - y) / 2.0;
	let (above, below) = (pixel(y + bend), pixel(to_y - bend));
	let (x, y, to_x, to_y) = (pixel(x), pixel(y), pixel(to_x), pixel(to_y));
	format!("M{x} {y}C{x} {above} {to_x} {below} {to_x} {to_y}")
}

fn draw_node(svg: &mut String, node: &Node, Place { x, y }: Place) {
	let mut class = String::from("node");
	class += if node.focus { " focus" } else { "" };
	class += if node.kind.is_none() { " fold" } else { "" };
	class += if node.delisted { " delisted" } else { "" };
	let current = if node.focus { " aria-current=\"true\"" } else { "" };
	let asset = node.asset.map(|asset| format!(" data-asset=\"{asset}\"")).unwrap_or_default();
	let (name, under) = (escaped(&node.name), escaped(&node.under));
	let shown = escaped(&fitted(&node.name));
	let text = pixel(x + if node.kind.is_some() { 34.0 } else { 14.0 });
	let _ = write!(
		svg,
		"<a class=\"{class}\" href=\"{}\" data-node{asset}{current}><title>{name}, {under}</title>\
		<rect x=\"{}\" y=\"{}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"9\"/>{}\
		<text x=\"{text}\" y=\"{}\">{shown}</text><text class=\"under\" x=\"{text}\" y=\"{}\">{under}</text></a>",
		escaped(&node.href),
		pixel(x),
		pixel(y),
		node.kind.as_deref().map(|kind| mark(kind, x + 17.0, y + HEIGHT / 2.0)).unwrap_or_default(),
		pixel(y + 18.0),
		pixel(y + 34.0),
	);
}

/// Kinds differ by shape: a disc for data, a square for models, a triangle for scripts.
pub fn mark(kind: &str, x: f64, y: f64) -> String {
	match kind {
		"model" => format!(
			"<rect class=\"mark\" x=\"{}\" y=\"{}\" width=\"11\" height=\"11\" rx=\"2\"/>",
			x - 5.5,
			y - 5.5
		),
		"script" => format!("<path class=\"mark\" d=\"M{} {}l6.5 11.5h-13z\"/>", x, y - 6.5),
		_ => format!("<circle class=\"mark\" cx=\"{x}\" cy=\"{y}\" r=\"6\"/>"),
	}
}

fn fitted(name: &str) -> String {
	// Ideographs are twice as wide.
	let wide = |character: char| if character.is_ascii() { 1 } else { 2 };
	if name.chars().map(wide).sum::<usize>() <= FITTING {
		return name.into();
	}
	let (mut kept, mut width) = (String::new(), 0);
	for character in name.chars() {
		width += wide(character);
		if width > FITTING - 1 {
			break;
		}
		kept.push(character);
	}
	kept + "…"
}

#[cfg(test)]
mod tests {
	use super::*;

	pub fn node(name: &str) -> Node {
		let (name, under, href) = (name.into(), "data".into(), format!("/asset/{name}"));
		Node { asset: Some(1), name, under, href, kind: Some("data".into()), focus: false, delisted: false }
	}

	#[test]
	fn each_node_should_be_a_link_and_each_edge_a_line() {
		let nodes = [node("A"), node("B"), node("C")];
		let svg = draw(&nodes, &[(0, 1), (0, 2)], "lineage").unwrap().0;
		assert_eq!(svg.matches("<a class=\"node\" href=\"/asset/").count(), 3);
		assert_eq!(svg.matches("<path class=\"edge\"").count(), 2);
	}

	#[test]
	fn large_picture_should_have_every_name_as_a_link_in_its_row() {
		let mut nodes: Vec<Node> = (0..=DETAILED).map(|number| node(&format!("A-{number}"))).collect();
		nodes[0].focus = true;
		nodes[DETAILED].name = "A-NAME-THAT-IS-LONGER-THAN-A-NODE".into();
		let edges: Vec<_> = (1..DETAILED).map(|child| (child, child + 1)).chain([(0, 1)]).collect();
		let html = draw(&nodes, &edges, "lineage").unwrap().0;
		assert_eq!(
			(html.matches("<a ").count(), html.matches(" data-node").count()),
			(DETAILED + 1, DETAILED + 1)
		);
		// A chain: each in a row of its own, with one line to it.
		assert_eq!(html.matches("<div class=\"row").count() - 1, DETAILED + 1);
		assert_eq!(
			(html.matches("class=\"edge\"").count(), html.matches("class=\"edge near\"").count()),
			(DETAILED - 1, 1)
		);
		assert!(html.contains("<a class=\"focus\" href=\"/asset/A-0\" aria-current=\"true\" data-node>"));
		assert!(
			html.contains(" title=\"A-NAME-THAT-IS-LONGER-THAN-A-NODE\"")
				&& html.contains(">A-NAME-THAT-IS-LONG…</a>")
		);
	}

	#[test]
	fn long_names_should_fit_and_stay_whole_for_readers() {
		let svg = draw(&[node("A-NAME-THAT-IS-LONGER-THAN-A-NODE")], &[], "").unwrap().0;
		assert!(svg.contains(">A-NAME-THAT-IS-LONG…</text>"), "{svg}");
		assert!(svg.contains("<title>A-NAME-THAT-IS-LONGER-THAN-A-NODE, data</title>"));
	}

	#[test]
	fn names_should_not_become_markup() {
		assert!(draw(&[node("<i>")], &[], "").unwrap().0.contains("&lt;i&gt;</text>"));
	}
}
