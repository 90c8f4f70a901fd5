//! The handbook: how to build assets of high weight. Its numbers are the code's own constants, its example is computed.

use super::{
	chart,
	explain::share_formula,
	failure::{Page, page},
	format::{self, Html},
	site::Site,
	weight::{bonus, claimed},
};
use crate::State;
use askama::Template;
use axum::extract::State as Shared;
use heirloom_primitives::{
	CENT, Formula, Period, Quality, U, WeightInput, WeightParts, rate_per_weight, share, weigh,
};

#[derive(Template)]
#[template(path = "handbook.html")]
struct Handbook {
	s: Site,
	/// The rule of the open month.
	formula: Formula,
	example: Example,
}

/// The annotator's month: her data, its weight, her share.
struct Example {
	input: WeightInput,
	parts: WeightParts,
	total: i64,
	revenue: u128,
	share: u128,
	fees: u128,
}

impl Example {
	fn new(formula: &Formula) -> Self {
		let march = Period(12 * 2026 + 2);
		let input = WeightInput {
			quality: Some(Quality { bps: 9_800, attested: true }),
			average: Some(9_200),
			rank: 8_000,
			impact: 1_200,
			minted: Period(12 * 2025 + 2),
		};
		let parts = weigh(formula, &input, march);
		let (total, revenue) = (135_000u32, 15_000 * U);
		let rate = rate_per_weight(formula, revenue, total.into()).unwrap_or_default();
		let share = share(parts.weight, rate).unwrap_or_default();
		Self { input, parts, total: total.into(), revenue, share, fees: 400 * U }
	}

	fn quality(&self) -> u16 {
		self.input.quality.map(|quality| quality.bps).unwrap_or_default()
	}
}

/// What each question is asked as; its answer is `answer-` and the same.
const QUESTIONS: [&str; 9] =
	["why-less", "when", "carried", "buyout", "private", "wallet", "delisted", "verify", "fee"];

/// Rows of the self-check table.
const CHECKS: [&str; 6] = ["precise", "described", "attested", "wanted", "improves", "terms"];

/// Pitfalls.
const PITFALLS: [&str; 5] = ["self-calls", "inflated", "copies", "names", "expensive"];

impl Handbook {
	fn questions(&self) -> [&'static str; 9] {
		QUESTIONS
	}

	fn checks(&self) -> [&'static str; 6] {
		CHECKS
	}

	fn pitfalls(&self) -> [&'static str; 5] {
		PITFALLS
	}

	fn answer(&self, question: impl AsRef<str>) -> String {
		let key = format!("answer-{}", question.as_ref());
		self.s.with2(key, "percent", self.formula.ancestors_percent, "cent", format::amount_text(CENT))
	}

	fn bonus(&self) -> String {
		bonus(&self.formula)
	}

	/// The parts of the formula, as the chain computes them.
	fn rules(&self) -> [(String, String); 5] {
		let (numerator, denominator) = self.formula.impact_slope;
		let s = &self.s;
		[
			(s.say("weight-base"), format::factor(self.formula.base)),
			(s.say("weight-quality"), s.with("rule-quality", "slope", self.formula.quality_slope)),
			(
				s.say("weight-usage"),
				s.with("rule-usage", "median", format::percent(self.formula.median_rank)),
			),
			(
				s.say("weight-impact"),
				s.language.tell(
					"rule-impact",
					&[
						("numerator", numerator.to_string().into()),
						("denominator", denominator.to_string().into()),
						("cap", format::factor(self.formula.impact_cap).into()),
					],
				),
			),
			(
				s.say("weight-bound"),
				s.with2(
					"rule-bound",
					"floor",
					format::factor(self.formula.floor),
					"ceiling",
					format::factor(self.formula.ceiling),
				),
			),
		]
	}

	/// What a quality counts that nobody attested.
	fn claimed(&self) -> String {
		claimed(&self.s, &self.formula)
	}

	fn percent(&self) -> String {
		self.formula.ancestors_percent.to_string()
	}

	fn pool_percent(&self) -> String {
		(100 - self.formula.ancestors_percent).to_string()
	}

	fn months(&self) -> u32 {
		self.formula.bonus_periods
	}

	fn weight_chart(&self) -> Html {
		let parts = self.example.parts;
		let steps = [
			(self.s.say("weight-base"), self.formula.base),
			(self.s.say("weight-quality"), parts.quality.into()),
			(self.s.say("weight-usage"), parts.usage.into()),
			(self.s.say("weight-impact"), parts.impact.into()),
			(self.s.say("weight"), parts.weight.into()),
		];
		chart::steps(&steps, &self.s.say("weight-how"))
	}

	fn formula(&self) -> Html {
		let example = &self.example;
		share_formula(
			&self.s,
			&self.formula,
			example.parts.weight.into(),
			example.total,
			example.revenue,
			example.share,
		)
	}
}

/// `/handbook`
pub async fn handbook(Shared(state): Shared<State>, s: Site) -> Page {
	let formula = state.store.formula().await?.formula();
	page(&Handbook { s, formula, example: Example::new(&formula) })
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_primitives::FormulaVersion;

	#[test]
	fn the_example_should_be_the_storys() {
		for version in [FormulaVersion::V1, FormulaVersion::V2] {
			let example = Example::new(&version.formula());
			assert_eq!((example.parts.weight, example.share + example.fees), (18_000, 2_000 * U));
		}
	}
}
