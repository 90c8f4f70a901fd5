//! Charts, drawn by the server. Each stands beside a table of the same figures.

use super::format::{Html, escaped};
use heirloom_primitives::{U, grouped};
use std::fmt::Write as _;

/// A bar of one or two parts, in micro-U.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
	/// What stands below.
	pub name: String,
	/// What is said where it is pointed at.
	pub title: String,
	/// The lower part.
	pub first: u128,
	/// On top of it.
	pub second: u128,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 240.0;
const LEFT: f64 = 64.0;
const BOTTOM: f64 = 28.0;
const TOP: f64 = 12.0;
/// The widest bar: two months should not fill the page.
const WIDEST: f64 = 64.0;

/// Bars beside each other over an axis in U. `label` says what they show.
pub fn bars(bars: &[Bar], label: &str) -> Html {
	let most = bars.iter().map(|bar| bar.first + bar.second).max().unwrap_or_default();
	let step = round_step(most);
	let ticks = most.div_ceil(step).max(1);
	let scale = (HEIGHT - TOP - BOTTOM) / (ticks * step) as f64;
	let base = HEIGHT - BOTTOM;
	let mut svg = format!(
		"<svg class=\"chart\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">",
		escaped(label)
	);
	for tick in 0..=ticks {
		let y = base - (tick * step) as f64 * scale;
		let class = if tick == 0 { "axis" } else { "grid" };
		// Writing into a String cannot fail, so results are let go here and below.
		let _ = write!(
			svg,
			"<line class=\"{class}\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
			<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
			LEFT - 10.0,
			y + 4.0,
			in_u(tick * step),
		);
	}
	let slot = (WIDTH - LEFT) / bars.len().max(1) as f64;
	let width = (slot * 0.62).min(WIDEST);
	for (index, bar) in bars.iter().enumerate() {
		let x = LEFT + slot * (index as f64 + 0.5);
		let (first, second) = (bar.first as f64 * scale, bar.second as f64 * scale);
		let _ = write!(svg, "<g><title>{}</title>", escaped(&bar.title));
		for (class, height, under) in [("bar", first, 0.0), ("bar second", second, first)] {
			if height > 0.0 {
				let _ = write!(
					svg,
					"<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>",
					x - width / 2.0,
					base - under - height,
				);
			}
		}
		let _ = write!(
			svg,
			"<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text></g>",
			HEIGHT - 8.0,
			escaped(&bar.name)
		);
	}
	svg += "</svg>";
	Html(svg)
}

/// 1, 2 or 5 times a power of ten, so that two to five steps reach the greatest value.
fn round_step(most: u128) -> u128 {
	let mut power = 1;
	while power * 50 < most {
		power *= 10;
	}
	[1, 2, 5, 10].into_iter().map(|times| times * power).find(|step| step * 5 >= most).unwrap_or(power * 10)
}

fn in_u(micro: u128) -> String {
	match micro % U {
		0 => grouped(micro / U),
		rest => format!("{}.{}", grouped(micro / U), format!("{rest:06}").trim_end_matches('0')),
	}
}

/// How a weight came about, as steps to the right and to the left of 1.0. `parts` are names and basis points, the last
/// is the sum.
pub fn steps(parts: &[(String, i64)], label: &str) -> Html {
	const ROW: f64 = 34.0;
	const NAMES: f64 = 150.0;
	const VALUES: f64 = 80.0;
	let width = 620.0;
	let height = ROW * parts.len() as f64;
	let (mut low, mut high, mut at) = (0, 0, 0);
	for (_, part) in parts.iter().take(parts.len().saturating_sub(1)) {
		at += part;
		(low, high) = (low.min(at), high.max(at));
	}
	high = parts.last().map_or(high, |(_, sum)| high.max(*sum)).max(1);
	let scale = (width - NAMES - VALUES) / (high - low) as f64;
	let place = |bps: i64| NAMES + (bps - low) as f64 * scale;
	let mut svg = format!(
		"<svg class=\"chart\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {width} {height}\">",
		escaped(label)
	);
	let mut at = 0;
	for (index, (name, part)) in parts.iter().enumerate() {
		let last = index + 1 == parts.len();
		let (from, to) = if last { (0, *part) } else { (at, at + part) };
		at = to;
		let y = ROW * index as f64;
		let class = if *part < 0 {
			"loss"
		} else if last || index == 0 {
			"bar"
		} else {
			"bar second"
		};
		let (left, right) = (place(from.min(to)), place(from.max(to)));
		let value =
			if last || index == 0 { super::format::factor(*part) } else { super::format::signed(*part) };
		let _ = write!(
			svg,
			"<text x=\"0\" y=\"{:.1}\">{}</text><rect class=\"{class}\" x=\"{left:.1}\" y=\"{:.1}\" width=\"{:.1}\" \
			height=\"16\" rx=\"2\"/><text class=\"value\" x=\"{:.1}\" y=\"{:.1}\">{value}</text>",
			y + 22.0,
			escaped(name),
			y + 9.0,
			(right - left).max(1.0),
			right + 8.0,
			y + 22.0,
		);
	}
	let zero = place(0);
	let _ = write!(
		svg,
		"<line class=\"axis\" x1=\"{zero:.1}\" x2=\"{zero:.1}\" y1=\"0\" y2=\"{height}\"/></svg>"
	);
	Html(svg)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn axes_should_have_few_round_steps() {
		assert_eq!([0, 1, 5, 6, 2_000, 2_100, 999_999].map(round_step), [1, 1, 1, 2, 500, 500, 200_000]);
		assert_eq!(in_u(500_000_000), "500");
		assert_eq!(in_u(20_000), "0.02");
	}

	#[test]
	fn a_bar_should_have_its_parts_on_top_of_each_other() {
		let bar = Bar { name: "03".into(), title: "March".into(), first: 3 * U, second: U };
		let svg = bars(&[bar], "earnings").0;
		assert!(
			svg.contains("<rect class=\"bar\" x=\"360.0\" y=\"62.0\" width=\"64.0\" height=\"150.0\"/>"),
			"{svg}"
		);
		assert!(
			svg.contains(
				"<rect class=\"bar second\" x=\"360.0\" y=\"12.0\" width=\"64.0\" height=\"50.0\"/>"
			),
			"{svg}"
		);
	}

	#[test]
	fn steps_should_name_every_part() {
		let parts = [("base".into(), 10_000), ("usage".into(), -5_000), ("weight".into(), 5_000)];
		let svg = steps(&parts, "weight").0;
		assert!(svg.contains(">−0.5</text>") && svg.contains("class=\"loss\""), "{svg}");
	}

	#[test]
	fn nothing_should_be_drawn_of_nothing() {
		assert!(bars(&[], "").0.ends_with("</svg>"));
		assert!(steps(&[], "").0.ends_with("</svg>"));
	}
}
