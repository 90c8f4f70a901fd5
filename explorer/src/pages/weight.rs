//! How a weight came about, and what each of its parts counted.

use super::{explain::Explanation, format, site::Site};
use crate::store::read::statements::Statement;
use heirloom_primitives::Formula;

impl Explanation {
	/// What its quality gave or took: `5 × (98.00 % − 92.00 %) = +0.3`. None where it counted nothing.
	pub fn quality_equation(&self, site: &Site) -> Option<String> {
		let (quality, average) = (self.statement.quality?, self.statement.average?);
		let slope = self.formula.quality_slope;
		let equation = format!("{slope} × ({} − {})", format::percent(quality), format::percent(average));
		let cap = (self.statement.attested == Some(false)).then_some(self.formula.unattested_cap);
		Some(equal_to(site, &equation, slope * (quality - average), cap))
	}

	/// What its usage gave or took.
	pub fn usage_equation(&self, site: &Site) -> String {
		let (rank, median) = (self.statement.rank.unwrap_or_default(), self.formula.median_rank);
		let equation = format!("{} − {}", format::percent(rank), format::percent(median));
		equal_to(site, &equation, rank - median, None)
	}

	/// What its impact gave.
	pub fn impact_equation(&self, site: &Site) -> String {
		let impact = self.statement.impact.unwrap_or_default();
		let (numerator, denominator) = self.formula.impact_slope;
		let equation = format!("{numerator} × {} ÷ {denominator}", format::percent(impact));
		equal_to(site, &equation, numerator * impact / denominator, Some(self.formula.impact_cap))
	}
}

/// An equation with what it comes to, and how much of that counts where it is more.
fn equal_to(site: &Site, equation: &str, comes_to: i64, most: Option<i64>) -> String {
	let text = format!("{equation} = {}", format::signed(comes_to));
	match most.filter(|most| *most < comes_to) {
		Some(most) => text + &site.with("weight-at-most", "cap", format::signed(most)),
		None => text,
	}
}

/// What a quality counts that nobody attested.
pub fn claimed(site: &Site, formula: &Formula) -> String {
	match formula.unattested_cap {
		0 => site.say("claimed-adds-nothing"),
		cap => site.with("claimed-adds", "cap", format::factor(cap)),
	}
}

/// What new assets weigh times as much: `1.2`.
pub fn bonus(formula: &Formula) -> String {
	format::factor(formula.bonus.0 * formula.base / formula.bonus.1)
}

/// How a weight came about, as the steps of a chart: 1.0, quality, usage, impact, the bonus or a bound, the weight.
pub fn weight_steps(site: &Site, formula: &Formula, statement: &Statement) -> Vec<(String, i64)> {
	let Some(weight) = statement.weight else { return Vec::new() };
	let part = |part: Option<i64>| part.unwrap_or_default();
	let mut steps = vec![
		(site.say("weight-base"), formula.base),
		(site.say("weight-quality"), part(statement.part_quality)),
		(site.say("weight-usage"), part(statement.part_usage)),
		(site.say("weight-impact"), part(statement.part_impact)),
	];
	let sum: i64 = steps.iter().map(|(_, step)| step).sum();
	let bounded = sum.clamp(formula.floor, formula.ceiling);
	if bounded != sum {
		steps.push((site.say("weight-bound"), bounded - sum));
	}
	if weight != bounded {
		steps.push((site.say("weight-bonus"), weight - bounded));
	}
	steps.push((site.say("weight"), weight));
	steps
}

#[cfg(test)]
mod tests {
	use super::{
		super::{
			explain::tests::{annotator, explained},
			language::Language,
		},
		*,
	};
	use heirloom_primitives::FormulaVersion;

	const V1: Formula = FormulaVersion::V1.formula();
	const V2: Formula = FormulaVersion::V2.formula();

	#[test]
	fn equations_should_say_how_much_counts() {
		let site = Site::plain(Language::English);
		let plain = explained();
		assert_eq!(plain.quality_equation(&site).unwrap(), "5 × (98.00\u{a0}% − 92.00\u{a0}%) = +0.3");
		assert_eq!(plain.usage_equation(&site), "80.00\u{a0}% − 50.00\u{a0}% = +0.3");
		assert_eq!(plain.impact_equation(&site), "5 × 12.00\u{a0}% ÷ 3 = +0.2");
		let bounded = Statement { attested: Some(false), impact: Some(9_000), ..annotator() };
		let first = Explanation { statement: bounded.clone(), ..explained() };
		assert_eq!(
			first.quality_equation(&site).unwrap(),
			"5 × (98.00\u{a0}% − 92.00\u{a0}%) = +0.3, of which at most +0.1 counts"
		);
		assert_eq!(first.impact_equation(&site), "5 × 90.00\u{a0}% ÷ 3 = +1.5, of which at most +1.0 counts");
		let second = Explanation { statement: bounded, formula: V2, ..explained() };
		assert!(second.quality_equation(&site).unwrap().ends_with("= +0.3, of which at most +0.0 counts"));
	}

	#[test]
	fn the_steps_should_add_up_to_the_weight() {
		let site = Site::plain(Language::English);
		let steps = weight_steps(&site, &V1, &annotator());
		assert_eq!(
			steps.iter().map(|step| step.1).collect::<Vec<_>>(),
			[10_000, 3_000, 3_000, 2_000, 18_000]
		);
	}

	#[test]
	fn a_bonus_should_be_a_step() {
		let site = Site::plain(Language::English);
		let new = Statement { bonus: Some(true), weight: Some(21_600), ..annotator() };
		assert_eq!(weight_steps(&site, &V1, &new)[4].1, 3_600);
	}
}
