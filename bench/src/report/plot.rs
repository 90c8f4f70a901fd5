//! The plot: settlement's time by the size of its work, both logarithmic, phase by phase.

use crate::{figures::Figures, settlement::Measured};
use heirloom_primitives::Phase;
use std::fmt::Write;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 480.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 130.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 60.0;

/// Told apart by people who do not see red from green (Okabe and Ito).
const COLOURS: [&str; 7] = ["#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#8c8c00"];

/// A curve: its points are pairs and payees against seconds.
struct Curve {
	name: String,
	colour: &'static str,
	dashed: bool,
	points: Vec<(f64, f64)>,
}

/// The plot as SVG.
pub fn plot(measured: &[Measured], figures: &[Figures]) -> String {
	let curves = curves(figures);
	let points = || curves.iter().flat_map(|curve| &curve.points);
	let horizontal = Axis::over(points().map(|point| point.0), LEFT, WIDTH - RIGHT);
	let vertical = Axis::over(points().map(|point| point.1), HEIGHT - BOTTOM, TOP);
	let mut svg = format!(
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
		 font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
	);
	let text = |x: f64, y: f64, anchor: &str, text: &str| {
		format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>\n")
	};
	svg += &text(LEFT, TOP - 18.0, "start", "Import time of a settlement, in seconds");
	svg += &text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12.0, "middle", "pairs + payees");
	for decade in vertical.decades() {
		let y = vertical.place(decade);
		svg += &line(LEFT, y, WIDTH - RIGHT, y, "#dddddd");
		svg += &text(LEFT - 8.0, y + 4.0, "end", &decade.to_string());
	}
	for (measured, figures) in measured.iter().zip(figures) {
		let x = horizontal.place(work(figures));
		svg += &line(x, TOP, x, HEIGHT - BOTTOM, "#dddddd");
		svg += &text(x, HEIGHT - BOTTOM + 18.0, "middle", &format!("{} assets", measured.size));
	}
	let mut names: Vec<(f64, &Curve)> = Vec::new();
	for curve in &curves {
		svg += &drawn(curve, &horizontal, &vertical);
		names.extend(curve.points.last().map(|last| (vertical.place(last.1), curve)));
	}
	names.sort_by(|one, other| one.0.total_cmp(&other.0));
	let mut lowest = 0.0;
	for (y, curve) in names {
		// Names of curves that end close together stand below each other.
		lowest = f64::max(y + 4.0, lowest + 14.0);
		svg += &text(WIDTH - RIGHT + 10.0, lowest, "start", &curve.name).replacen(
			"<text",
			&format!("<text fill=\"{}\"", curve.colour),
			1,
		);
	}
	svg + "</svg>\n"
}

fn work(figures: &Figures) -> f64 {
	figures.json.pairs as f64 + f64::from(figures.json.payees)
}

fn curves(figures: &[Figures]) -> Vec<Curve> {
	let total: Vec<_> = figures.iter().map(|of| (work(of), of.settlement_seconds)).collect();
	let mut curves = Vec::new();
	if let Some((least, seconds)) = total.first().copied() {
		let points = total.iter().map(|(work, _)| (*work, seconds * work / least)).collect();
		curves.push(Curve { name: "proportional".into(), colour: "#999999", dashed: true, points });
	}
	curves.push(Curve { name: "all of it".into(), colour: "black", dashed: false, points: total });
	let mut phases: Vec<Phase> = Vec::new();
	for (phase, _) in figures.iter().flat_map(|figures| &figures.phases) {
		if !phases.contains(phase) {
			phases.push(*phase);
		}
	}
	for (phase, colour) in phases.into_iter().zip(COLOURS) {
		let seconds = |of: &Figures| of.phases.iter().find(|(other, _)| *other == phase).map(|(_, s)| *s);
		let points = figures.iter().filter_map(|of| Some((work(of), seconds(of)?))).collect();
		curves.push(Curve { name: format!("{phase:?}").to_lowercase(), colour, dashed: false, points });
	}
	curves
}

/// A logarithmic axis over whole decades.
struct Axis {
	first: i32,
	last: i32,
	from: f64,
	to: f64,
}

impl Axis {
	fn over(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
		let logarithms = values.filter(|value| *value > 0.0).map(f64::log10);
		let (least, greatest) = logarithms
			.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, greatest), value| {
				(least.min(value), greatest.max(value))
			});
		let (least, greatest) = if least.is_finite() { (least, greatest) } else { (0.0, 0.0) };
		let first = least.floor() as i32;
		Self { first, last: (greatest.ceil() as i32).max(first + 1), from, to }
	}

	/// Where a value stands; what is not positive stands at the beginning.
	fn place(&self, value: f64) -> f64 {
		let part = (value.max(10f64.powi(self.first)).log10() - f64::from(self.first))
			/ f64::from(self.last - self.first);
		self.from + part * (self.to - self.from)
	}

	fn decades(&self) -> impl Iterator<Item = f64> {
		(self.first..=self.last).map(|decade| 10f64.powi(decade))
	}
}

fn line(x1: f64, y1: f64, x2: f64, y2: f64, colour: &str) -> String {
	format!("<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{colour}\"/>\n")
}

fn drawn(curve: &Curve, horizontal: &Axis, vertical: &Axis) -> String {
	let (mut path, mut dots) = (String::new(), String::new());
	for (x, y) in &curve.points {
		let (x, y) = (horizontal.place(*x), vertical.place(*y));
		// Writing to a string does not fail.
		_ = write!(path, "{x:.1},{y:.1} ");
		if !curve.dashed {
			_ = writeln!(dots, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{}\"/>", curve.colour);
		}
	}
	let dash = if curve.dashed { " stroke-dasharray=\"6 4\"" } else { "" };
	format!(
		"<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\"{dash}/>\n{dots}",
		path.trim_end(),
		curve.colour,
	)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::figures::tests::measured;

	#[test]
	fn axis_covers_whole_decades() {
		let axis = Axis::over([0.03, 40.0].into_iter(), 0.0, 100.0);
		assert_eq!(axis.decades().collect::<Vec<_>>(), [0.01, 0.1, 1.0, 10.0, 100.0]);
		assert_eq!([0.01, 1.0, 100.0, 0.0].map(|value| axis.place(value)), [0.0, 50.0, 100.0, 0.0]);
	}

	#[test]
	fn every_phase_is_a_curve() {
		let measured = [100_000, 1_000_000].map(measured);
		let svg = plot(&measured, &Figures::of_all(&measured, ""));
		for name in ["all of it", "proportional", "count", "spread", "pay", "1M assets"] {
			assert!(svg.contains(&format!(">{name}</text>")), "{name}");
		}
		assert_eq!(svg.matches("<polyline").count(), 5);
		assert!(!svg.contains("NaN") && !svg.contains("inf"));
	}
}
